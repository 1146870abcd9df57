"""Stories that FanFicFare saved as one HTML page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import inner_of, text_of
from hogarth.intake.facts import make_manuscript
from hogarth.intake.fff_chapters import Notes, make_chapter, take_notes
from hogarth.intake.fff_facts import read_fff_page, settle_otw
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter

_SECTION: Final = re.compile(r"""<a\s[^>]{0,40}?name=["']?section0*1["'>\s]""", re.IGNORECASE)
_ANCHOR: Final = 'a[name^="section"]'
#: No text holds control characters, so no text holds this.
_MARK: Final = "\x01cut"
_END_MARK: Final = "\x01"


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """A heading that links to the story and its author, then anchors before each chapter."""
    if not found.is_markup or _SECTION.search(found.text) is None:
        return None
    page = found.page
    if page.css_first(f"{_ANCHOR} h2") is None:
        return None
    if page.css_first("h1 a.authorlink") is None and page.css_first("table.full") is None:
        return None
    return (Evidence("maker", "FanFicFare, by its frame"),)


def read(found: Found) -> Reading:
    """The story with what the table above it says."""
    body = found.page.body
    if body is None:
        raise refuse("no-story")
    pictures = Pictures()
    keep_inline_pictures(found.page, pictures)
    head, titles, parts = _cut(body)
    facts = read_fff_page(head)
    settle_otw(facts)
    of_work = Notes()
    chapters: list[Chapter] = []
    for number, (title, html) in enumerate(zip(titles, parts, strict=True), start=1):
        text = LexborHTMLParser(html).body
        if text is None:
            continue
        _take_heading(text)
        notes = take_notes(text, "", first=number == 1, last=number == len(parts))
        of_work.of_work = of_work.of_work or notes.of_work
        of_work.of_work_end = of_work.of_work_end or notes.of_work_end
        chapters.append(make_chapter(number, text, title, notes, ids=""))
    manuscript = make_manuscript(
        facts, chapters, title=title_from_name(found.name), assets=pictures.assets
    )
    manuscript = replace(
        manuscript,
        notes=of_work.of_work or manuscript.notes,
        end_notes=of_work.of_work_end or manuscript.end_notes,
    )
    problems = [] if facts.title else [Problem("title-guessed", manuscript.title)]
    if facts.posted and facts.posted > len(chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {facts.posted}"))
    return Reading(found.name, "fff-html", (manuscript,), (), tuple(problems))


def _take_heading(text: LexborNode) -> None:
    """Remove the anchor with its heading; one that was left open holds the text, which stays."""
    heading = text.css_first(f"{_ANCHOR} h2")
    if heading is None:
        return
    anchor = heading.parent
    heading.decompose()
    if anchor is not None and not text_of(anchor):
        anchor.decompose()


def _cut(body: LexborNode) -> tuple[LexborNode, list[str], list[str]]:
    """The head, then the titles and texts of the chapters."""
    titles: list[str] = []
    for anchor in body.css(_ANCHOR):
        # The page's own links to the chapters are no anchors; a text may hold some.
        if anchor.css_first("h2") is None:
            continue
        anchor.insert_before(f"{_MARK}{len(titles)}{_END_MARK}")
        titles.append(text_of(anchor))
    before, *parts = inner_of(body).split(_MARK)
    head = LexborHTMLParser(before).body
    if head is None or not parts:
        raise refuse("no-story")
    found = [part.partition(_END_MARK) for part in parts]
    return head, [titles[int(number)] for number, _, _ in found], [html for _, _, html in found]
