"""Journeys of people through the whole archive, in real Chromium and under its own policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.serving import (
    DESKTOP,
    FOUND,
    NEEDS_CHROMIUM,
    PASSWORD,
    PHONE,
    Site,
    Visit,
    find_chromium,
    open_browser,
    open_site,
    open_window,
    run_hogarth,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if find_chromium() is None:
        pytest.skip(NEEDS_CHROMIUM)
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, private until its owner says otherwise, but for what was published."""
    data = tmp_path_factory.mktemp("journeys") / "archive"
    run_hogarth(data, "import", "--publish", FOUND)
    private = data.with_name("private.txt")
    private.write_text("A Private Matter\n\nNobody reads this yet.\n\nNor this.\n", "utf-8")
    run_hogarth(data, "import", private)
    with open_site(data) as opened:
        yield opened


def _check_nothing_was_wrong(site: Site, visit: Visit) -> None:
    assert not visit.complaints
    assert not site.forbidden()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_guest_reads_from_the_first_page_to_the_end_of_a_work(
    site: Site, browser: Browser, size: dict[str, int], javascript: bool
) -> None:
    with open_window(browser, size=size, javascript=javascript) as visit:
        page = visit.page
        page.goto(site.address)
        page.get_by_role("link", name="Works", exact=True).first.click()
        page.get_by_role("link", name="Making Extracts").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Making Extracts")
        read = [_chapter(page)]
        while (following := page.get_by_role("link", name="Next chapter")).count():
            following.click()
            page.wait_for_load_state()
            read.append(_chapter(page))
        assert [number for number, _ in read] == ["1", "2", "3", "4"]
        assert len({words for _, words in read}) == 4
        expect(page.get_by_text("The end")).to_be_visible()
        page.get_by_role("link", name="Contents").click()
        expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(4)
        page.get_by_role("link", name="Entire work").click()
        expect(page.get_by_role("heading", name="Chapter")).to_have_count(4)
        assert not visit.context.cookies()
        _check_nothing_was_wrong(site, visit)


def _chapter(page: Page) -> tuple[str, str]:
    heading = page.get_by_role("heading", name=re.compile("^Chapter")).inner_text()
    number = re.search(r"\d+", heading)
    assert number is not None
    return number[0], page.locator(".body").inner_text()


def test_a_guest_says_yes_once_to_works_for_adults(site: Site, browser: Browser) -> None:
    with open_window(browser, size=PHONE, javascript=False) as visit:
        page = visit.page
        page.goto(site.address)
        page.get_by_role("link", name="One Box, Common Earth").click()
        expect(page.get_by_text("Before you read")).to_be_visible()
        expect(page.get_by_text("Warning")).to_be_visible()
        asked_at = page.url
        page.get_by_role("link", name="Continue").click()
        expect(page.locator(".body")).to_be_visible()
        assert page.url == asked_at
        assert [cookie["name"] for cookie in visit.context.cookies()] == ["hogarth-adult"]
        _check_nothing_was_wrong(site, visit)


def test_the_owner_claims_the_archive_publishes_a_work_and_withdraws_it(
    site: Site, browser: Browser
) -> None:
    with (
        open_window(browser, size=DESKTOP) as guest,
        open_window(browser, size=PHONE, javascript=False) as owner,
    ):
        page = owner.page
        page.goto(site.claim)
        page.get_by_label("Your name here").fill("Leonard")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password once more").fill(PASSWORD)
        page.get_by_role("button", name="Make it mine").click()
        page.get_by_role("link", name="A Private Matter").click()
        expect(page.get_by_text("This work is private.")).to_be_visible()
        work = page.url
        assert not _opens(guest.page, work)

        page.get_by_role("link", name="Publish").click()
        page.get_by_label("Everybody").check()
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("This work is open to everybody.")).to_be_visible()
        assert _opens(guest.page, work)
        expect(guest.page.get_by_text("Nobody reads this yet.")).to_be_visible()

        page.get_by_role("link", name="Withdraw").click()
        page.get_by_role("link", name="Leave it as it is").click()
        assert _opens(guest.page, work)
        page.get_by_role("link", name="Withdraw").click()
        page.get_by_role("button", name="Withdraw").click()
        expect(page.get_by_text("This work is withdrawn.")).to_be_visible()
        assert not _opens(guest.page, work)

        page.get_by_role("button", name="Sign out").click()
        assert not _opens(page, work)
        page.get_by_role("link", name="Sign in").last.click()
        page.get_by_label("Name").fill("leonard")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        assert _opens(page, work)
        _check_only_404s(guest)
        _check_only_404s(owner)
        assert not site.forbidden()


def _opens(page: Page, address: str) -> bool:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status in (200, 404)
    return answer.status == 200


def _check_only_404s(visit: Visit) -> None:
    """Chromium's console tells each page that is not there, which was asked for on purpose."""
    assert not [told for told in visit.complaints if "404 (Not Found)" not in told]


def test_what_a_page_may_not_do_would_be_heard(site: Site, browser: Browser) -> None:
    """The proof that silence above means something."""
    with open_window(browser, size=DESKTOP) as visit:
        visit.page.goto(site.address)
        with visit.page.expect_request("**/csp-report"):
            visit.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'data:,'}))")
        visit.page.wait_for_timeout(300)
        assert visit.complaints
        assert site.forbidden()
