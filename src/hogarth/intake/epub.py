"""E-books in EPUB 2 and 3 whose maker no other reader knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hogarth.intake.book import Book
from hogarth.intake.book_chapters import read_chapters, take_notes
from hogarth.intake.book_pictures import settle_addresses
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.title_page import read_title_page, sort_subjects
from hogarth.intake.titles import title_from_name

#: A title page is among the first pages.
_FRONT: Final = 4


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Any book that could be opened."""
    return (Evidence("package", found.book.base),) if found.book is not None else None


def read(found: Found) -> Reading:
    """The book as one work, its chapters as the table of contents cuts them."""
    book = found.book
    if book is None:
        raise refuse("zip-without-book")
    pictures = Pictures()
    told = [page for page in book.pages if not page.matter]
    settle_addresses(told, book.archive, pictures)
    marks = sum(page.marks for page in told)
    notes, end_notes = take_notes(told, 0), take_notes(told, -1)
    manuscript = make_manuscript(
        _facts(book), read_chapters(told), title=title_from_name(found.name), assets=pictures.assets
    )
    manuscript = replace(
        manuscript, notes=notes or manuscript.notes, end_notes=end_notes or manuscript.end_notes
    )
    problems = [] if book.package.facts.title else [Problem("title-guessed", manuscript.title)]
    if marks:
        problems.append(Problem("undecodable-bytes", str(marks)))
    if pictures.missing:
        problems.append(Problem("picture-missing", ", ".join(pictures.missing[:3])))
    left_out = ", ".join(page.name for page in book.pages if page.matter)
    evidence = (Evidence("left-out", left_out),) if left_out else ()
    return Reading(found.name, "epub", (manuscript,), evidence, tuple(problems))


def _facts(book: Book) -> Facts:
    """What the package says, and what the title page says where the package is silent."""
    front = [page.body for page in book.pages[:_FRONT] if page.matter and page.body is not None]
    stated = book.package.facts
    labelled = read_title_page(front)
    stated.tags = list(sort_subjects(stated.tags, labelled))
    stated.status, stated.expected = labelled.status, labelled.expected
    stated.posted = labelled.posted
    return stated
