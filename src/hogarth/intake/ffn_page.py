"""Saved pages of FanFiction.Net and FictionPress, for desks and for phones, since about 2005."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute, first, inner_of, take_out, text_of
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.ffn_line import find_ffn_id, read_ffn_line
from hogarth.intake.headings import title_at
from hogarth.intake.page_gates import explain_empty, find_gate
from hogarth.intake.page_head import read_source
from hogarth.intake.page_style import read_style
from hogarth.intake.page_text import print_text
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Credit, Tag, clean

_HINTS: Final = ("storytext", "storycontent", "fanfiction.net", "FanFiction", "fictionpress")
_TITLE: Final = re.compile(
    r"(?:Fanfic: )?(?P<title>.+?)(?: Ch(?:apter)? (?P<number>\d+)(?:: (?P<part>.+?))?)?"
    r"(?:, an? (?P<fandom>.+?) fanfic|, (?P<short>[^,|]+?)| fanfic)?"
    r"\s+(?:\||-)\s+F(?:an|iction)[A-Z]\w+(?:\.\w+)?",
    re.DOTALL,
)
_LONGEST_TITLE: Final = 400
_ADDRESS: Final = re.compile(r"/s/(\d{1,12})(?:/(\d{1,4}))?")
_AUTHOR: Final = re.compile(r"/u/\d+|/~\w+")
_FANDOM: Final = re.compile(
    r"(?:https?://[\w.]+)?(?:/(?:anime|book|cartoon|comic|game|misc|play|movie|tv|general|essay"
    r"|fable|fantasy|horror|humor|kids|manga|mystery|mythology|romance|sci-fi|supernatural|thriller"
    r"|young-adult|poetry|l)/[^/]+/(?:[^/]+/)*|/[^/]+-Crossovers/\d+/\d+/)"
)
_PAIR: Final = re.compile(r"([^&]+) & ([^&]+)")
#: What stands below the line of facts: the controls of the page, or the heading of the chapter.
_BELOW_LINE: Final = re.compile(
    r"\s+A a Abc|(?<=\d) (?=[\d,]{0,9} ?Chapter \d{1,4}\b)|\s+(?:font|width): "
)
_CROSSOVER: Final = re.compile(r"(?P<names>.+) Crossover")
_OPTION: Final = re.compile(r"(\d{1,4})\.\s?(.*)", re.DOTALL)
_SUMMARY: Final = re.compile(r"Story summary:\s*(.+)", re.DOTALL)
_MOBILE_PART: Final = re.compile(r"Chapter (\d{1,4})(?::\s*([^\n]{0,200}))?\s*$")
_OF_SO_MANY: Final = re.compile(r"\bCh (\d{1,4}) of (\d{1,4})\b")
_OLD_MARK: Final = "a[href*='fictionratings.com'], select[name=chapter][onchange*='/s/']"
_UNIT: Final = "fanfiction.net"
_PRESS: Final = "fictionpress.com"
#: Units: characters above the text in which the line of facts is looked for.
_ABOVE: Final = 6_000
#: No text holds control characters, so no text holds this.
_MARK: Final = "\x01text\x01"
_FURNITURE: Final = "iframe, ins, .a2a_kit, .lc-wrapper, [id^=google_ads]"


class _Chosen(NamedTuple):
    """Shape: 0 and "" where the page does not say it."""

    number: int = 0
    title: str = ""
    posted: int = 0


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The frame of a story of one of the sites, or another page of theirs."""
    if not found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    page = found.page
    if first(page, "#storytextp", "#storycontent", "#profile_top") is not None:
        return (Evidence("page", "the frame of a story on FanFiction.Net"),)
    if first(page, "#storytext") is not None and first(page, _OLD_MARK) is not None:
        return (Evidence("page", "the frame of an old story on FanFiction.Net"),)
    if _is_of_the_site(page) or page.css_first("div.z-list.zhover") is not None:
        return (Evidence("page", "a page of FanFiction.Net"),)
    return None


def read(found: Found) -> Reading:
    """The chapter on the page, with what the page says of its story.

    Raises: Unreadable, saying which kind of page without a story it is.
    """
    page = found.page
    text = first(page, "#storytext", "#storycontent", "#storytextp")
    if text is None:
        raise _explain(page)
    style = read_style(page)
    take_out(page, "script, style, noscript")
    take_out(text, _FURNITURE)
    _date(page)
    above = _text_above(page, text)
    facts = _read_facts(page, above)
    chosen = _read_chosen(page, above, found.text)
    site = _PRESS if _PRESS in found.text and "fictionpress.com/s/" in found.text else _UNIT
    number = _story_number(page, found.text, above)
    facts.source = f"https://www.{site}/s/{number}/" if number else None
    pictures = Pictures()
    html, _ = print_text(text, style, pictures)
    if not html:
        raise refuse("no-story-empty")
    return _assemble(found, facts, chosen, html, pictures)


def _assemble(
    found: Found, facts: Facts, chosen: _Chosen, html: str, pictures: Pictures
) -> Reading:
    place = chosen.number or 1
    posted = max(facts.posted or 0, chosen.posted) or 1
    facts.posted = posted
    if facts.status == "complete":
        facts.expected = posted
    problems = []
    if not facts.title:
        facts.title = title_from_name(found.name)
        problems.append(Problem("title-guessed", facts.title))
    if posted > 1:
        problems.append(Problem("chapters-missing", f"1 of {posted}"))
    title = title_at(chosen.title, place) if chosen.title else None
    source = f"{facts.source}{place}/" if facts.source else None
    chapter = Chapter(place, html, title, source)
    manuscript = replace(make_manuscript(facts, [chapter]), assets=pictures.assets)
    view = f"chapter {place} alone" if posted > 1 else "single chapter"
    return Reading(
        found.name, "ffn-page", (manuscript,), (Evidence("view", view),), tuple(problems)
    )


# --- the story ------------------------------------------------------------------------------------


def _read_facts(page: LexborHTMLParser, above: str) -> Facts:
    facts = _read_line(page, above)
    titled = _titled(page)
    facts.title = _title(page) or (titled["title"].strip() if titled else "")
    author = _author(page)
    facts.credits = [Credit(author)] if author else []
    fandoms = _fandoms(page)
    stated = (titled["fandom"] or titled["short"] or "").strip() if titled else ""
    # The page's title writes the fandom small on newer pages, so it comes last.
    facts.tags += [Tag("fandom", name) for name in fandoms or ([stated] if stated else [])]
    facts.tags = list(dict.fromkeys(facts.tags))
    facts.summary = _summary(page)
    return facts


def _date(page: LexborHTMLParser) -> None:
    """Write whole days where the page says “4/15” or “3h” and keeps the second beside it."""
    for node in reversed(page.css("span[data-xutime]")):
        seconds = attribute(node, "data-xutime")
        day = _day(seconds) if seconds.isdecimal() else None
        if day is not None:
            node.replace_with(day.isoformat())


def _read_line(page: LexborHTMLParser, above: str) -> Facts:
    """The line of facts where it stands by itself, else the last one above the text."""
    for node in page.css(".xgray"):
        facts = read_ffn_line(text_of(node))
        if facts is not None:
            return facts
    start = above.rfind("Rated:")
    line = _BELOW_LINE.split(above[start:], maxsplit=1)[0] if start >= 0 else ""
    facts = read_ffn_line(line) or Facts()
    # Before 2012 two characters were joined so, and there were never more.
    facts.tags = [part for tag in facts.tags for part in _split_pair(tag)]
    return facts


def _split_pair(tag: Tag) -> list[Tag]:
    found = _PAIR.fullmatch(tag.name) if tag.kind == "character" else None
    return [Tag("character", name) for name in found.groups()] if found else [tag]


def _titled(page: LexborHTMLParser) -> re.Match[str] | None:
    return _TITLE.fullmatch(text_of(page.css_first("title"))[:_LONGEST_TITLE])


def _title(page: LexborHTMLParser) -> str:
    node = first(
        page,
        "#profile_top b.xcontrast_txt",
        "#profile_top b",
        "#content > div[align=center] b",
        "#content b",
        "#gui_table1i b",
    )
    if node is None:
        # The last place in the line of places: “Books » Emma » **The Story**”.
        trail = [link for link in page.css("a[href]") if _FANDOM.fullmatch(attribute(link, "href"))]
        after = trail[-1].next if trail else None
        while after is not None and after.tag != "b":
            after = after.next
        node = after
    return text_of(node)


def _author(page: LexborHTMLParser) -> str:
    for selector in ("#profile_top a[href]", "#content a[href]", "#gui_table1i a[href]", "a[href]"):
        for link in page.css(selector):
            if _AUTHOR.search(attribute(link, "href")) and text_of(link):
                return text_of(link)
    return ""


def _summary(page: LexborHTMLParser) -> str | None:
    node = first(
        page, "#profile_top div.xcontrast_txt", "#gui_table1i div[style*='margin-top:2px']"
    )
    if node is not None:
        return clean(inner_of(node)) or None
    stated = _SUMMARY.search(attribute(page.css_first("meta[name=description]"), "content"))
    return clean(stated[1].strip()) or None if stated else None


def _fandoms(page: LexborHTMLParser) -> list[str]:
    links = page.css("#pre_story_links a[href]") or [
        link for link in page.css("a[href]") if _FANDOM.fullmatch(attribute(link, "href"))
    ]
    if not links:
        return []
    name = text_of(links[-1])
    crossed = _CROSSOVER.fullmatch(name)
    if crossed is None:
        return [name] if name else []
    names = crossed["names"].split(" + ")
    # A fandom may have a plus in its name; then nothing says where one ends.
    return [part.strip() for part in names] if len(names) == 2 else [crossed["names"]]


def _day(seconds: str) -> date | None:
    try:
        return datetime.fromtimestamp(int(seconds), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _story_number(page: LexborHTMLParser, text: str, above: str) -> str | None:
    found = _ADDRESS.search(read_source(page, text) or "")
    if found is None:
        canonical = attribute(page.css_first("link[rel=canonical]"), "href")
        found = _ADDRESS.search(canonical)
    if found is not None:
        return found[1]
    stated = find_ffn_id(above.rstrip())
    if stated:
        return stated
    select = page.css_first("select[name=chapter]")
    for address in (
        attribute(select, "onchange"),
        attribute(page.css_first("a[href*='/r/']"), "href").replace("/r/", "/s/"),
        attribute(page.css_first("#content a[href*='/s/']"), "href"),
    ):
        found = _ADDRESS.search(address)
        if found:
            return found[1]
    return None


# --- the chapter ----------------------------------------------------------------------------------


def _read_chosen(page: LexborHTMLParser, above: str, text: str) -> _Chosen:
    """Which chapter the page shows, of how many."""
    chosen = _read_options(page)
    found = _ADDRESS.search(read_source(page, text) or "")
    if found is None:
        found = _ADDRESS.search(attribute(page.css_first("link[rel=canonical]"), "href"))
    titled = _titled(page)
    if chosen.number:
        return chosen
    number = int(found[2] or 0) if found else 0
    part = _MOBILE_PART.search(above[-400:].rstrip())
    of_many = _OF_SO_MANY.search(page.body.text() if page.body is not None else "")
    number = number or int((part and part[1]) or (of_many and of_many[1]) or 0)
    title = (part[2] or "").strip() if part else ""
    if titled and titled["number"]:
        number = number or int(titled["number"])
        title = title or (titled["part"] or "")
    posted = int(of_many[2]) if of_many else _last_page(page)
    return _Chosen(number, title, max(posted, chosen.posted))


def _read_options(page: LexborHTMLParser) -> _Chosen:
    chosen = _Chosen()
    select = first(page, "select#chap_select", "select[name=chapter]")
    if select is None:
        return chosen
    for place, option in enumerate(select.css("option"), start=1):
        found = _OPTION.fullmatch(text_of(option))
        value = attribute(option, "value")
        number = int(value[:4]) if value.isdecimal() else place
        if "selected" in option.attributes:
            chosen = _Chosen(number, found[2] if found else text_of(option))
        chosen = chosen._replace(posted=max(chosen.posted, number))
    return chosen


def _last_page(page: LexborHTMLParser) -> int:
    """The highest chapter that the page links to."""
    numbers = [
        int(found[2])
        for link in page.css("#content a[href*='/s/']")
        if (found := _ADDRESS.search(attribute(link, "href"))) and found[2]
    ]
    return max(numbers, default=0)


def _text_above(page: LexborHTMLParser, text: LexborNode) -> str:
    """The words above the text. The page keeps a mark there, in no element of the text."""
    frame = text
    while frame.parent is not None and attribute(frame.parent, "id") == "storytextp":
        frame = frame.parent
    frame.insert_before(_MARK)
    body = page.body
    words = body.text(separator="") if body is not None else ""
    above = words.partition(_MARK)[0]
    return " ".join(above[-_ABOVE:].replace("\u00a0", " ").split())


# --- pages without a story ------------------------------------------------------------------------


def _is_of_the_site(page: LexborHTMLParser) -> bool:
    title = text_of(page.css_first("title"))
    return title.endswith(("| FanFiction", "FanFiction.Net", "| FictionPress")) or (
        title == "FanFiction"
    )


def _explain(page: LexborHTMLParser) -> Exception:
    warning = first(page, ".gui_warning", ".panel_warning", ".gui_normal")
    words = text_of(warning).casefold()
    if "not found" in words or "unavailable" in words or "unable to locate" in words:
        return refuse("no-story-not-found")
    if first(page, ".z-list", "div.bs.brb", "#myform") is not None:
        return refuse("no-story-listing")
    return find_gate(page) or explain_empty(page, len(page.css("a[href]")))
