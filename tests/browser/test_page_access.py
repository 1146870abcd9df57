"""Pages everybody can use: no axe violation, no sideways scrolling, targets a thumb can hit."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser, Page

from browser.serving import (
    DESKTOP,
    MODULES,
    NARROW,
    NEEDS_MODULES,
    PHONE,
    Site,
    Visit,
    find_pages,
    open_window,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = MODULES / "axe-core" / "axe.min.js"
LOOKS = {
    "phone": (PHONE, False),
    "phone in the dark": (PHONE, True),
    "desktop": (DESKTOP, False),
    "desktop in the dark": (DESKTOP, True),
}
_ERRORS = ("/no/such/page", "/works/999999")


@pytest.fixture(scope="module")
def pages(site: Site, owner_cookies: str) -> dict[str, list[str]]:
    """One page of each kind, and every work's first: whose cookies → paths."""
    guest = find_pages(site)
    reader = find_pages(site, "hogarth-adult=yes")
    owner = find_pages(site, owner_cookies)
    return {
        "": [*_one_of_each_kind(guest), *_ERRORS],
        "hogarth-adult=yes": [path for path in reader if re.fullmatch(r"/works/\d+", path)],
        owner_cookies: _one_of_each_kind(path for path in owner if path not in guest),
    }


def _one_of_each_kind(paths: Iterable[str]) -> list[str]:
    kinds: dict[str, str] = {}
    for path in paths:
        kinds.setdefault(re.sub(r"\d+(-[^/?]*)?", "N", path), path)
    return list(kinds.values())


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(
    site: Site, browser: Browser, pages: dict[str, list[str]], look: str
) -> None:
    if not AXE.exists():
        pytest.skip(NEEDS_MODULES)
    size, dark = LOOKS[look]
    wrong = []
    for cookies, paths in pages.items():
        # A context of its own, without the policy: axe is a script, and pages allow none.
        with open_window(browser, size=size, dark=dark, without_policy=True) as visit:
            _keep(visit, site, cookies)
            for path in paths if look == "phone" else _one_of_each_kind(paths):
                visit.page.goto(site.address + path)
                visit.page.add_script_tag(path=AXE)
                wrong += [f"{path}: {told}" for told in _violations(visit.page)]
    assert not wrong


def test_axe_would_find_something(site: Site, browser: Browser) -> None:
    if not AXE.exists():
        pytest.skip(NEEDS_MODULES)
    with open_window(browser, size=DESKTOP, without_policy=True) as visit:
        visit.page.goto(site.address)
        visit.page.evaluate("document.querySelector('h1').outerHTML = '<h4>x</h4><img src=x>'")
        visit.page.add_script_tag(path=AXE)
        assert {told.split(" ")[0] for told in _violations(visit.page)} >= {"image-alt"}


def test_nothing_scrolls_sideways_at_320_pixels(
    site: Site, browser: Browser, pages: dict[str, list[str]]
) -> None:
    wide = []
    for cookies, paths in pages.items():
        with open_window(browser, size=NARROW) as visit:
            _keep(visit, site, cookies)
            for path in paths:
                visit.page.goto(site.address + path)
                width = visit.page.evaluate("document.documentElement.scrollWidth")
                if width > NARROW["width"]:
                    wide.append(f"{path}: {width}")
    assert not wide


def test_a_name_of_one_long_word_is_broken(site: Site, browser: Browser) -> None:
    lengthen = "document.querySelector('.index a').append('Llanfair'.repeat(12))"
    with open_window(browser, size=NARROW, without_policy=True) as visit:
        for path in ("/works/2/contents", "/fandoms"):
            visit.page.goto(site.address + path)
            visit.page.evaluate(lengthen)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_nothing_is_lost_at_twice_the_size(site: Site, browser: Browser) -> None:
    with open_window(browser, size={"width": 640, "height": 450}, without_policy=True) as visit:
        for path in ("/", "/works/2", "/works/2/about", "/sign-in"):
            visit.page.goto(site.address + path)
            visit.page.add_style_tag(content="html { font-size: 200% }")
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 640, path


@pytest.mark.parametrize(("size", "least"), [(PHONE, 44), (DESKTOP, 24)])
def test_targets_are_large_enough(
    site: Site, browser: Browser, pages: dict[str, list[str]], size: dict[str, int], least: int
) -> None:
    small = []
    for cookies, paths in pages.items():
        with open_window(browser, size=size) as visit:
            _keep(visit, site, cookies)
            for path in _one_of_each_kind(paths):
                visit.page.goto(site.address + path)
                small += [f"{path}: {told}" for told in visit.page.evaluate(_SMALL_TARGETS, least)]
    assert not small


def test_a_line_of_story_is_as_long_as_a_line_in_a_book(site: Site, browser: Browser) -> None:
    with open_window(browser, size=DESKTOP) as visit:
        visit.page.goto(site.address + "/works/2/entire")
        lengths = sorted(visit.page.evaluate(_LINES))
    assert len(lengths) > 50
    # Most lines are full ones; how many letters fit differs from font to font.
    assert 58 <= lengths[len(lengths) * 2 // 3] <= 78


def test_focus_is_seen_and_the_first_stop_skips_to_the_text(site: Site, browser: Browser) -> None:
    with open_window(browser, size=DESKTOP) as visit:
        visit.page.goto(site.address + "/works")
        visit.page.keyboard.press("Tab")
        first = visit.page.locator(":focus")
        assert first.get_attribute("href") == "#main"
        assert first.bounding_box()["x"] >= 0  # type: ignore[index]  # it has a box while focused
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "main"
        for _ in range(8):
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate(_OUTLINE) >= 2


def _keep(visit: Visit, site: Site, cookies: str) -> None:
    for pair in filter(None, cookies.split("; ")):
        name, _, value = pair.partition("=")
        visit.context.add_cookies([{"name": name, "value": value, "url": site.address}])


def _violations(page: Page) -> list[str]:
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
        " 'best-practice']})"
    )
    return [
        f"{violation['id']} {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


#: Links inside a paragraph of text are as high as its lines, and may be.
_SMALL_TARGETS = """
least => [...document.querySelectorAll('a, button, input, summary')]
  .filter(it => !it.closest('.text, .summary, .skip, .address') && it.type !== 'hidden')
  .map(it => [it, (it.type === 'radio' ? it.labels[0] : it).getBoundingClientRect().height])
  .filter(([it, height]) => height < least - 0.5)
  .map(([it, height]) => `${it.outerHTML.slice(0, 90)} ${height}`)
"""

_OUTLINE = "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"

#: How many letters each line of the story's plain paragraphs has.
_LINES = """
() => [...document.querySelectorAll('.body > p')].flatMap(paragraph => {
  const lengths = new Map()
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at); range.setEnd(node, at + 1)
      const top = Math.round(range.getBoundingClientRect().top)
      lengths.set(top, (lengths.get(top) || 0) + 1)
    }
  return [...lengths.values()].slice(0, -1)
})
"""
