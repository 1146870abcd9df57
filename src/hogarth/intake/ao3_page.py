"""Saved pages of the Archive of Our Own and sites of its software, whole or the text alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.ao3_gates import explain_gate
from hogarth.intake.ao3_header import Header, read_header, read_series
from hogarth.intake.ao3_preface import Preface, read_notes, read_preface
from hogarth.intake.ao3_text import read_chapters
from hogarth.intake.elements import attribute, classes, first, text_of
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Manuscript

_ARCHIVE: Final = "https://archiveofourown.org"
_ARCHIVE_NAMES: Final = ("Archive of Our Own", "archiveofourown.org", "Transformative Works")
#: One of these stands in every page of the software; looking for them costs nothing.
_HINTS: Final = ("workskin", "work meta", "work-show", "chapters", *_ARCHIVE_NAMES)
_SAVED_FROM: Final = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
#: Browsers write it above the first element.
_HEAD: Final = 2000
_SITE: Final = re.compile(r"(https?://[^/\s\"']+)/(?:works|users|collections|chapters)\b")
_WORK: Final = re.compile(r"(?:/works/|/downloads/|%2Fworks%2F)(\d+)")
_TITLE_TAIL: Final = re.compile(r"\s+-\s+(?:Chapter \d+\b.*|[^-]+ - [^-]+)$")

#: Where the number of the work stands, the surest place first.
_WORK_LINKS: Final = (
    ("#kudo_commentable_id", "value"),
    ("li.download a[href*='/downloads/']", "href"),
    ("#chapters h3.title a[href*='/works/']", "href"),
    ("li.entire a, li.bychapter a, li.share a", "href"),
    ("#add_comment form, #feedback form", "action"),
    ("#login-dropdown", "href"),
    ("a[href*='/works/'][href*='/bookmarks']", "href"),
)


def recognise_page(found: Found) -> tuple[Evidence, ...] | None:
    """A page with the header or the frame of an otwarchive work, or another page of the Archive."""
    if not found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    page = found.page
    if first(page, "#workskin", "dl.work.meta", ".work-show") is not None:
        return (Evidence("page", "the frame of an otwarchive work"),)
    if first(page, "#chapters", "#preface") is None and _is_of_the_archive(page):
        return (Evidence("page", "a page of the Archive of Our Own"),)
    return None


def recognise_fragment(found: Found) -> tuple[Evidence, ...] | None:
    """The text block of a work page alone, as scrapers and copying by hand leave it."""
    if not found.is_markup or not any(hint in found.text for hint in ("userstuff", "chapters")):
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
    work = first(page, "#workskin", ".work-show", "#main", "body")
    body = first(work, "#chapters", "div.userstuff")
    if work is None or body is None:
        raise explain_gate(page)
    origin = _origin(page, found.text)
    meta = first(page, "dl.work.meta", "dl.meta")
    header = read_header(meta) if meta is not None else Header()
    if not header.series:
        afterword = first(work, "#series")
        header.series = read_series(afterword) if afterword is not None else []
    pictures = _keep_pictures(found)
    chapters = read_chapters(body, origin)
    preface = _preface(work, origin)
    manuscript, guessed = _assemble(found, page, header, preface, chapters, work, origin)
    manuscript = replace(manuscript, assets=pictures.assets)
    evidence = _page_evidence(found, header, preface, chapters)
    problems = [Problem("title-guessed", manuscript.title)] if guessed else []
    if header.posted and header.posted > len(chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {header.posted}"))
    return Reading(found.name, "ao3-page", (manuscript,), evidence, tuple(problems))


def read_fragment(found: Found) -> Reading:
    """The chapters alone. What the page said about the work is lost, so the file names it."""
    body = _fragment_body(found.page)
    if body is None:
        raise explain_gate(found.page)
    title = title_from_name(found.name)
    pictures = _keep_pictures(found)
    chapters = read_chapters(body, _origin(found.page, found.text) or _ARCHIVE)
    manuscript = Manuscript(title, chapters, assets=pictures.assets)
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
    number = _work_number(page, found.text)
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
    if header.hidden:
        kinds = ", ".join(dict.fromkeys(header.hidden))
        evidence.append(Evidence("hidden-tags", kinds))
    if header.collections:
        evidence.append(Evidence("collections", ", ".join(header.collections)))
    saved = _SAVED_FROM.search(found.text[:_HEAD])
    if saved:
        evidence.append(Evidence("saved-from", saved[1]))
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
    # A `.userstuff` quoted in some page is not enough: it must be all there is.
    start = first(page, "body > div.userstuff")
    return page.body if start is not None and start.prev is None else None


def _describe(node: LexborNode) -> str:
    ident = attribute(node, "id")
    return f"#{ident}" if ident else ".userstuff"


def _origin(page: LexborHTMLParser, text: str) -> str:
    """The site the page comes from, such as "https://archiveofourown.org", or ""."""
    for address in (
        *_SAVED_FROM.findall(text[:_HEAD]),
        attribute(page.css_first("link[rel=canonical]"), "href"),
    ):
        site = _SITE.match(address)
        if site:
            return site[1].replace("http://", "https://")
    if any(name in text for name in _ARCHIVE_NAMES):
        return _ARCHIVE
    site = _SITE.match(attribute(page.css_first("a[rel=author]"), "href"))
    return site[1].replace("http://", "https://") if site else ""


def _work_number(page: LexborHTMLParser, text: str) -> str:
    for selector, name in _WORK_LINKS:
        value = attribute(first(page, selector), name)
        found = _WORK.search(value)
        if found:
            return found[1]
        if value.isdigit():
            return value
    saved = _SAVED_FROM.search(text[:_HEAD])
    number = _WORK.search(saved[1]) if saved else None
    return number[1] if number else ""
