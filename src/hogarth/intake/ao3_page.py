"""Saved pages of the Archive of Our Own and sites of its software, whole or the text alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.ao3_gates import explain_gate
from hogarth.intake.ao3_header import Header, read_header, read_series
from hogarth.intake.ao3_preface import Preface, add_people, read_notes, read_preface
from hogarth.intake.ao3_site import (
    ARCHIVE,
    ARCHIVE_NAMES,
    find_site,
    find_work,
    saved_from,
    work_in,
)
from hogarth.intake.ao3_text import read_chapter_bylines, read_chapters
from hogarth.intake.elements import attribute, classes, first, text_of
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Manuscript

#: One of these stands in every page of the software; looking for them costs nothing.
_HINTS: Final = (
    "workskin",
    "work meta",
    "work-show",
    "skiplinks",
    "blurb group",
    "<title",
    *ARCHIVE_NAMES,
)
_FRAGMENT_HINTS: Final = ("userstuff", "chapters", "landmark")
_OTHER_PAGES: Final = (
    "#skiplinks ~ #inner #main, #skiplinks ~ #header ~ #inner, li.work.blurb.group,"
    " li.bookmark.blurb.group, li.series.blurb.group, #main.user.home"
)
_TITLE_TAIL: Final = re.compile(r"\s+-\s+(?:Chapter \d+\b.*|[^-]+ - [^-]+)$")


def recognise_page(found: Found) -> tuple[Evidence, ...] | None:
    """A page with the header or the frame of an otwarchive work, or another page of the Archive."""
    if not found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    page = found.page
    if first(page, "#workskin", "dl.work.meta", ".work-show") is not None:
        return (Evidence("page", "the frame of an otwarchive work"),)
    if first(page, "#chapters", "#preface") is None and _is_of_the_archive(page):
        return (Evidence("page", "a page of the Archive of Our Own"),)
    if first(page, "#chapters", "#preface") is None and first(page, _OTHER_PAGES) is not None:
        return (Evidence("page", "a page of an otwarchive site"),)
    return None


def recognise_fragment(found: Found) -> tuple[Evidence, ...] | None:
    """The text block of a work page alone, as scrapers and copying by hand leave it."""
    if not found.is_markup or not any(hint in found.text for hint in _FRAGMENT_HINTS):
        return None
    page = found.page
    # A download has its own frame around a `#chapters`.
    if first(page, "#preface", "p.message", "h2.toc-heading", "div.meta") is not None:
        return None
    body = _fragment_body(page)
    if body is None:
        return None
    landmark = first(body, "h3.landmark", ".landmark")
    shown = f"“{text_of(landmark)}”" if landmark is not None else "no heading"
    return (Evidence("fragment", f"{_describe(body)} with {shown}"),)


def read_page(found: Found) -> Reading:
    """The work on a page.

    Raises: Unreadable, saying which kind of page without a story it is.
    """
    page = found.page
    meta = first(page, "dl.work.meta")
    work = first(page, "#workskin", ".work-show")
    if work is None and meta is not None:
        work = first(page, "#main", "body")
    body = first(work, "#chapters", "div.userstuff")
    if work is None or body is None:
        raise explain_gate(page)
    meta = meta if meta is not None else first(page, "dl.meta")
    origin = find_site(page, found.text)
    header = read_header(meta) if meta is not None else Header()
    if not header.series:
        afterword = first(work, "#series")
        header.series = read_series(afterword) if afterword is not None else []
    pictures = _keep_pictures(found)
    chapters = read_chapters(body, origin)
    if not any(chapter.paragraphs for chapter in chapters):
        raise refuse("no-story-empty")
    preface = _preface(work, origin)
    bylines = read_chapter_bylines(body)
    manuscript, guessed = _assemble(found, page, header, preface, chapters, work, origin)
    manuscript = replace(
        manuscript,
        credits=add_people(manuscript.credits, (c for found in bylines.values() for c in found)),
        assets=pictures.assets,
    )
    evidence = [*_page_evidence(found, header, preface, chapters)]
    if bylines:
        evidence.append(Evidence("chapter-bylines", "; ".join(bylines)))
    if "#workskin" in "".join(sheet.text() for sheet in page.css("#main style, #work-skin style")):
        evidence.append(Evidence("left-out", "the style sheet of the work"))
    problems = [Problem("title-guessed", manuscript.title)] if guessed else []
    if header.posted and header.posted > len(chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {header.posted}"))
    return Reading(found.name, "ao3-page", (manuscript,), tuple(evidence), tuple(problems))


def read_fragment(found: Found) -> Reading:
    """The chapters alone. What the page said about the work is lost, so the file names it."""
    body = _fragment_body(found.page)
    if body is None:
        raise explain_gate(found.page)
    title = title_from_name(found.name)
    pictures = _keep_pictures(found)
    site = find_site(found.page, found.text)
    chapters = read_chapters(body, site or ARCHIVE)
    number = work_in(chapters[0].source or "")
    # Without a site the number may be that of another work, which this would be joined to.
    source = f"{site}/works/{number}" if site and number else None
    manuscript = Manuscript(title, chapters, source=source, assets=pictures.assets)
    return Reading(
        found.name, "ao3-fragment", (manuscript,), (), (Problem("title-guessed", title),)
    )


def _keep_pictures(found: Found) -> Pictures:
    """Pictures written into the page itself, as some ways of saving do."""
    pictures = Pictures()
    if "data:" in found.text:
        keep_inline_pictures(found.page, pictures)
    return pictures


def _assemble(
    found: Found,
    page: LexborHTMLParser,
    header: Header,
    preface: Preface | None,
    chapters: tuple[Chapter, ...],
    work: LexborNode,
    origin: str,
) -> tuple[Manuscript, bool]:
    title = preface.title if preface is not None else ""
    title = title or _TITLE_TAIL.sub("", text_of(page.css_first("title")).partition(" [")[0])
    number = find_work(page, found.text)
    manuscript = Manuscript(
        title=title or title_from_name(found.name),
        chapters=chapters,
        credits=preface.credits if preface else (),
        summary=preface.summary if preface else None,
        notes=preface.notes if preface else None,
        end_notes=_end_notes(work, origin),
        tags=tuple(header.tags),
        series=tuple(header.series),
        source=f"{origin}/works/{number}" if origin and number else None,
        language=header.language,
        status=header.status,
        expected_chapters=header.expected,
        dates=header.dates,
        stated=header.stated,
    )
    return manuscript, not title


def _page_evidence(
    found: Found, header: Header, preface: Preface | None, chapters: tuple[Chapter, ...]
) -> tuple[Evidence, ...]:
    evidence = [Evidence("view", _view(header, chapters))]
    if preface is not None and preface.byline.casefold() == "anonymous":
        evidence.append(Evidence("byline", preface.byline))
    if preface is not None and preface.marks:
        evidence.append(Evidence("marks", ", ".join(preface.marks)))
    if header.hidden:
        kinds = ", ".join(dict.fromkeys(header.hidden))
        evidence.append(Evidence("hidden-tags", kinds))
    if header.collections:
        evidence.append(Evidence("collections", ", ".join(header.collections)))
    saved = saved_from(found.text)
    if saved:
        evidence.append(Evidence("saved-from", saved))
    return tuple(evidence)


def _view(header: Header, chapters: tuple[Chapter, ...]) -> str:
    if len(chapters) > 1:
        return "entire work"
    if header.posted and header.posted > 1:
        return f"chapter {chapters[0].number} alone"
    return "single chapter"


def _preface(work: LexborNode, origin: str) -> Preface | None:
    for node in work.css(".preface"):
        if not classes(node) & {"chapter", "afterword"}:
            return read_preface(node, origin)
    return None


def _end_notes(work: LexborNode, origin: str) -> str | None:
    """The notes after the whole work, which stand outside of every chapter."""
    node = first(work, "#work_endnotes")
    above = node.parent if node is not None else None
    return read_notes(above, origin, end=True) if above is not None else None


def _is_of_the_archive(page: LexborHTMLParser) -> bool:
    title = text_of(page.css_first("title"))
    if "Archive of Our Own" in title and first(page, "#main", "#outer") is not None:
        return True
    author = attribute(page.css_first("meta[name=author]"), "content")
    return author == "Organization for Transformative Works"


def _fragment_body(page: LexborHTMLParser) -> LexborNode | None:
    body = first(page, "#chapters")
    if body is not None:
        marks = first(body, ".landmark", ".userstuff", "[id^=chapter-]")
        return body if marks is not None or "userstuff" in classes(body) else None
    # A `.userstuff` quoted in some page is not enough: it must be all there is. So must what
    # stands under the heading that is inside of it.
    start = first(
        page, "body > div.userstuff", "body > h3.landmark#work", "body > div.chapter[id^=chapter-]"
    )
    return page.body if start is not None and start.prev is None else None


def _describe(node: LexborNode) -> str:
    ident = attribute(node, "id")
    return f"#{ident}" if ident else ".userstuff"
