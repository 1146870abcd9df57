"""Saved pages of Wattpad: one part of a story, its text in paragraphs that carry numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.dates import parse_date
from hogarth.intake.elements import ancestors, attribute, first, take_out, text_of
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.headings import read_heading
from hogarth.intake.languages import language_tag
from hogarth.intake.page_gates import explain_empty, find_gate_in
from hogarth.intake.page_head import PageHead, read_page_head
from hogarth.intake.page_style import read_style
from hogarth.intake.page_text import print_text
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Chapter, Credit, Dates, Stated, Tag, clean

_SITE: Final = "wattpad.com"
_PARAGRAPHS: Final = "[data-p-id]"
#: Counts of comments and buttons that stand inside of paragraphs.
_FURNITURE: Final = (
    "script, style, button, svg, [class*='comment'], [class*='num-comment'], [class*='marker'], "
    "[aria-hidden=true], .sr-only"
)
_CONTENTS: Final = ".table-of-contents, .story-parts, [data-testid=title]"
_RECORD: Final = re.compile(r'"(?:story|group)"\s*:\s*(?=\{)')
_PART: Final = re.compile(r"wattpad\.com/(\d{5,12})(?:-|$|[?/])")
_PAGES: Final = re.compile(r"\bPage\s+(\d{1,3})\s+of\s+(\d{1,3})\b")
_TITLE_TAIL: Final = re.compile(r"\s+-\s+(?:Page \d+\s+-\s+)?Wattpad$", re.IGNORECASE)
_PAID: Final = re.compile(
    r"paid stories program|historias pagadas|wattpad originals? (?:program|is locked)",
    re.IGNORECASE,
)
#: Units: paragraphs. A stub says it in one language after the other.
_LONGEST_STUB: Final = 6
#: Records that are tried. A page lists other stories too.
_MOST_RECORDS: Final = 20


class _Story(NamedTuple):
    """Shape: `parts` (number, title) of the story's parts in order."""

    facts: Facts
    parts: list[tuple[str, str]]


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Paragraphs with their numbers, or another page of the site."""
    if not found.is_markup:
        return None
    if "data-p-id" in found.text and found.page.css_first(_PARAGRAPHS) is not None:
        return (Evidence("site", "Wattpad"),)
    title = text_of(found.page.css_first("title")) if _SITE in found.text else ""
    return (Evidence("site", "Wattpad"),) if title.endswith("Wattpad") else None


def read(found: Found) -> Reading:
    """The part on the page, in the story it is of.

    Raises: Unreadable, when the part is for paying readers or the page holds none.
    """
    page = found.page
    stated = read_page_head(page, found.text)
    story = _read_story(page)
    links = len(page.css("a[href]"))
    style = read_style(page)
    take_out(page, _FURNITURE)
    paragraphs = [node for node in page.css(_PARAGRAPHS) if not _is_inside(node)]
    words = " ".join(text_of(node) for node in paragraphs)
    if len(paragraphs) <= _LONGEST_STUB and _PAID.search(words):
        raise refuse("no-story-paid")
    if not words:
        listed = story.parts or page.css_first(_CONTENTS) is not None
        raise refuse("no-story-contents") if listed else explain_empty(page, links)
    # The paragraphs stand in a pre, in which blanks would count.
    text = LexborHTMLParser("\n".join(node.html or "" for node in paragraphs)).body
    if text is None:
        raise refuse("no-story-empty")
    pictures = Pictures()
    html, _ = print_text(text, style, pictures)
    return _assemble(found, page, stated, story, html, pictures)


def _is_inside(node: LexborNode) -> bool:
    return any("data-p-id" in above.attributes for above in ancestors(node))


def _assemble(
    found: Found,
    page: LexborHTMLParser,
    stated: PageHead,
    story: _Story,
    html: str,
    pictures: Pictures,
) -> Reading:
    facts = story.facts
    part, title = _read_titles(page, facts.title)
    facts.title = facts.title or title
    if not facts.credits:
        facts.credits = [Credit(name) for name in _authors(page, stated)]
    facts.language = facts.language or stated.language
    number, chapter = _chapter(story, part, stated.source, html)
    problems = []
    if not facts.title:
        facts.title = title_from_name(found.name)
        problems.append(Problem("title-guessed", facts.title))
    if facts.posted and facts.posted > 1:
        problems.append(Problem("chapters-missing", f"1 of {facts.posted}"))
    elif number > 1:
        problems.append(Problem("chapters-missing", f"chapter {number} alone"))
    missing = _missing_pages(page)
    if missing:
        problems.append(Problem("part-of-chapter", missing))
    notice = find_gate_in(chapter.text) if not part else None
    if notice is not None:
        raise notice
    manuscript = replace(make_manuscript(facts, [chapter]), assets=pictures.assets)
    return Reading(found.name, "wattpad-page", (manuscript,), (), tuple(problems))


def _chapter(story: _Story, part: str, source: str | None, html: str) -> tuple[int, Chapter]:
    heading = read_heading(part) if part else None
    number = _place(story, part, source) or (heading.number if heading else None) or 1
    title = heading.title_at(number) if heading else part or None
    return number, Chapter(number, html, title, source)


def _place(story: _Story, part: str, source: str | None) -> int | None:
    """The place of this part among all, by its number or its title."""
    address = _PART.search(source or "")
    for place, (ident, title) in enumerate(story.parts, start=1):
        if (address and ident == address[1]) or (part and fold_title(title) == fold_title(part)):
            return place
    return None


# --- what the page says ---------------------------------------------------------------------------


def _read_titles(page: LexborHTMLParser, story: str) -> tuple[str, str]:
    """The titles of the part and of the story. Both stand in the page's title, in either order."""
    part = text_of(first(page, "header h1.h2", "h1.h2", ".part-title", "header.panel h1", "h1"))
    titled = _TITLE_TAIL.sub("", text_of(page.css_first("title")))
    if not part and " - " in titled:
        story_, _, part = titled.partition(" - ")
        return part.strip(), story or story_.strip()
    if titled.startswith(f"{part} - "):
        return part, titled.removeprefix(f"{part} - ").strip()
    if titled.endswith(f" - {part}"):
        return part, titled.removesuffix(f" - {part}").strip()
    return part, titled if titled != part else ""


def _authors(page: LexborHTMLParser, stated: PageHead) -> list[str]:
    node = first(
        page,
        ".toc-header .author",
        "span.author",
        ".author-info__username a",
        "a.on-navigate[href*='/user/']",
        "a[href*='wattpad.com/user/']",
        "a[href^='/user/']",
    )
    name = text_of(node).removeprefix("by ").strip()
    return [name] if name else stated.names


def _read_story(page: LexborHTMLParser) -> _Story:
    """What the scripts of the page know of the story."""
    facts = Facts()
    for record in _records(page):
        user = record.get("user")
        title = record.get("title")
        if not isinstance(user, dict) or not isinstance(title, str):
            continue
        facts.title = title.strip()
        facts.credits = _credit(user)
        _state(facts, record)
        parts = record.get("parts")
        rows = [row for row in parts if isinstance(row, dict)] if isinstance(parts, list) else []
        listed = [(str(row.get("id", "")), str(row.get("title", ""))) for row in rows]
        facts.posted = len(listed) or facts.posted
        if facts.status == "complete":
            facts.expected = facts.posted
        return _Story(facts, listed)
    return _Story(facts, [])


def _records(page: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    tried = 0
    for script in page.css("script"):
        text = script.text()
        for found in _RECORD.finditer(text):
            tried += 1
            if tried > _MOST_RECORDS:
                return
            try:
                record, _ = decoder.raw_decode(text, found.end())
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict):
                yield record


def _credit(user: dict[str, Any]) -> list[Credit]:
    name, account = user.get("name"), user.get("username")
    if not isinstance(name, str) or not name.strip():
        name = account
    if not isinstance(name, str):
        return []
    other = isinstance(account, str) and account != name
    return [Credit(name.strip(), pseud_of=str(account) if other else None)]


def _state(facts: Facts, record: dict[str, Any]) -> None:
    number = record.get("id")
    if isinstance(number, int | str) and str(number).isdecimal():
        facts.source = f"https://www.wattpad.com/story/{number}"
    described = record.get("description")
    if isinstance(described, str):
        facts.summary = clean(described, newlines="break") or None
    tags = record.get("tags")
    if isinstance(tags, list):
        facts.tags = [Tag("freeform", tag) for tag in tags if isinstance(tag, str) and tag]
    if isinstance(record.get("completed"), bool):
        facts.status = "complete" if record["completed"] else "in-progress"
    language = record.get("language")
    if isinstance(language, dict):
        facts.language = language_tag(str(language.get("name", "")))
    facts.stated = Stated(
        kudos=_count(record.get("voteCount")),
        comments=_count(record.get("commentCount")),
        hits=_count(record.get("readCount")),
    )
    day = parse_date(str(record.get("createDate") or ""))
    facts.dates = Dates(day, parse_date(str(record.get("modifyDate") or "")))
    count = _count(record.get("numParts"))
    facts.posted = count


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _missing_pages(page: LexborHTMLParser) -> str:
    """A long part is shown in pages, as far as it was scrolled."""
    shown = {attribute(node, "data-page-number") for node in page.css("[data-page-number]")} - {""}
    body = page.body
    stated = _PAGES.search(body.text()[-20_000:]) if body is not None else None
    if stated and int(stated[2]) > max(1, len(shown)):
        return f"page {stated[1]} of {stated[2]}"
    if shown and "1" not in shown:
        return f"page {min(shown)}"
    return ""
