"""E-books that apps make of an archive's own pages: each chapter as its page has it.

They begin with a title page of labelled lines; the notes to the work are a page of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.ao3_labelled import field_of
from hogarth.intake.ao3_preface import read_names, read_notes, turn_to_translators
from hogarth.intake.ao3_site import ARCHIVE, site_in, work_in
from hogarth.intake.ao3_text import read_chapters
from hogarth.intake.elements import attribute, first, inner_of, text_of
from hogarth.intake.facts import Facts, fill_in, state
from hogarth.intake.labels import Labelled, read_label
from hogarth.intake.opf import Package
from hogarth.intake.spine import Page
from hogarth.intake.tags import unify_tag
from hogarth.manuscript import Chapter, Manuscript, clean

_CHAPTER: Final = "div.chapter[id^=chapter-] div.userstuff.module"


def has_chapter_pages(pages: Sequence[Page]) -> bool:
    return any(page.tree.css_first(_CHAPTER) is not None for page in pages)


def make_links_whole(pages: Sequence[Page]) -> None:
    """Links without a site led to places there, not to files of the book."""
    for page in pages:
        for link in page.tree.css("a[href^='/']"):
            link.attrs["href"] = f"{ARCHIVE}{attribute(link, 'href')}"


def read_page_book(pages: Sequence[Page], package: Package) -> tuple[Manuscript, int | None]:
    """The work, and how many chapters its source has. Shape: the title may be ""."""
    head = Facts()
    related: list[LexborNode] = []
    chapters: list[Chapter] = []
    notes: list[str] = []
    for page in pages:
        body = page.body
        if body is None:
            continue
        if first(body, _CHAPTER) is not None:
            chapters += read_chapters(body, head_site(head), f"d{page.place}-")
        elif not chapters and first(body, ".notes") is not None:
            related += body.css("ul.associations li")
            notes.append(read_notes(body, head_site(head)) or "")
        elif not chapters:
            _read_title_page(body, head)
    head.credits = list(turn_to_translators(tuple(head.credits), related))
    work = fill_in(Manuscript("", tuple(_renumber(chapters))), head)
    work = fill_in(replace(work, notes="\n".join(filter(None, notes)) or None), package.facts)
    return work, head.posted


def head_site(head: Facts) -> str:
    return site_in(head.source or "") or ARCHIVE


def _read_title_page(body: LexborNode, head: Facts) -> None:
    """“Title by Author” with the address of the work, then a line for each fact."""
    for link in body.css("h1 a, h2 a, h3 a"):
        number = work_in(attribute(link, "href"))
        if number and not head.source:
            head.source = f"{site_in(attribute(link, 'href')) or ARCHIVE}/works/{number}"
            head.title = text_of(link)
            above = text_of(link.parent)
            head.credits = list(read_names(above.removeprefix(head.title).strip()))
    rows: list[Labelled] = []
    for line in body.css("p"):
        row = read_label(text_of(line)[:20_000])
        if row is not None:
            rows += _read_row(row, head)
    state(head, rows)
    head.summary = head.summary or _read_summary(body)


def _read_row(row: Labelled, head: Facts) -> Iterator[Labelled]:
    """A row of tags is taken by the archive's rules: names are parted by a comma alone."""
    kind = field_of(row.label)
    if kind in ("", "language", "series", "collections", "stats"):
        yield row
    else:
        head.tags += [unify_tag(kind, name) for name in row.value.split(", ") if name]


def _read_summary(body: LexborNode) -> str | None:
    for block in body.css("div"):
        label, colon, _ = text_of(block).partition(":")
        if colon and label.strip().casefold() == "summary":
            return clean(inner_of(block).partition(":")[2]) or None
    return None


def _renumber(chapters: list[Chapter]) -> Iterator[Chapter]:
    """Their own numbers where they rise, else their places."""
    stated = [chapter.number for chapter in chapters]
    if all(one < other for one, other in zip([0, *stated], stated, strict=False)):
        yield from chapters
    else:
        for number, chapter in enumerate(chapters, start=1):
            yield replace(chapter, number=number)
