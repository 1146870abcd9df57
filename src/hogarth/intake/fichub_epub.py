"""E-books made by FicHub."""

from __future__ import annotations

from typing import Final

from hogarth.intake.book import Book
from hogarth.intake.book_reading import read_book
from hogarth.intake.facts import Facts
from hogarth.intake.fichub_facts import is_signed, read_intro
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page

_FRONT: Final = 4
#: It writes this language whatever the story's is.
_ANY_LANGUAGE: Final = "en"


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The line with its name on the introduction."""
    if found.book is None or _find_intro(found.book) is None:
        return None
    return (Evidence("maker", "FicHub, on the introduction"),)


def read(found: Found) -> Reading:
    """The story with what the introduction says."""
    book = found.book
    intro = _find_intro(book) if book is not None else None
    if book is None or intro is None or intro.body is None:
        raise refuse("zip-without-book")
    facts = _gather_facts(book, read_intro(intro.body))
    intro.release()
    intro.matter = len(book.pages) > 1
    manuscript, evidence, problems = read_book(book, found.name, facts)
    return Reading(found.name, "fichub-epub", (manuscript,), evidence, problems)


def _gather_facts(book: Book, facts: Facts) -> Facts:
    package = book.package.facts
    facts.title = package.title or facts.title
    facts.credits = facts.credits or package.credits
    facts.summary = facts.summary or package.summary
    if package.language != _ANY_LANGUAGE:
        facts.language = facts.language or package.language
    return facts


def _find_intro(book: Book) -> Page | None:
    return next((page for page in book.pages[:_FRONT] if is_signed(page.text)), None)
