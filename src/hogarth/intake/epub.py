"""E-books in EPUB 2 and 3 whose maker no other reader knows."""

from __future__ import annotations

from hogarth.intake.book_reading import read_book
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Any book that could be opened."""
    if found.book is None:
        return None
    return (Evidence("package", found.book.base or "none; the pages in the order of their names"),)


def read(found: Found) -> Reading:
    """The book as one work, its chapters as the table of contents cuts them."""
    if found.book is None:
        raise refuse("zip-without-book")
    manuscript, evidence, problems = read_book(found.book, found.name)
    return Reading(found.name, "epub", (manuscript,), evidence, problems)
