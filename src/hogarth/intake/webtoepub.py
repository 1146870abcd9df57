"""E-books made by WebToEpub, from whatever site."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from hogarth.intake.book import Book
from hogarth.intake.book_reading import join_facts, read_book, read_front
from hogarth.intake.facts import Facts
from hogarth.intake.ffn_profile import read_ffn_profile
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page, locate
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Dates

_MAKER: Final = "webtoepub"
_INFORMATION: Final = "information"
_FRONT: Final = 3
#: Names that it writes where the site told none.
_PLACEHOLDERS: Final = re.compile(r"<unknown>|\[?unknown\]?|web(?:site|page)?", re.IGNORECASE)


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Its name among the contributors."""
    if found.book is None:
        return None
    maker = next((m for m in found.book.package.makers if _MAKER in m.casefold()), "")
    return (Evidence("maker", maker[:200]),) if maker else None


def read(found: Found) -> Reading:
    """The story with what the page “Information” says, each chapter with its address."""
    book = found.book
    if book is None:
        raise refuse("zip-without-book")
    facts = _gather_facts(book)
    manuscript, evidence, problems = read_book(book, found.name, facts, sources=_sources(book))
    return Reading(found.name, "webtoepub", (manuscript,), evidence, problems)


def _gather_facts(book: Book) -> Facts:
    """The package counts on what was typed in: title, author, language; the page on the rest."""
    package = book.package.facts
    saved = package.dates.published
    # The day on which the book was made.
    package.dates = Dates()
    package.credits = [c for c in package.credits if not _PLACEHOLDERS.fullmatch(c.name)]
    facts = Facts()
    page = _find_information(book)
    if page is not None and page.body is not None:
        facts = read_ffn_profile(page.body) or Facts()
        page.release()
        page.matter = len(book.pages) > 1
    facts = join_facts(facts, read_front(book))
    language = facts.language
    subjects = package.tags
    facts = join_facts(package, facts)
    facts.language = language or package.language
    facts.tags = list(dict.fromkeys([*(t for t in facts.tags if t not in subjects), *subjects]))
    if facts.stated.as_of is None:
        facts.stated = replace(facts.stated, as_of=saved)
    return facts


def _find_information(book: Book) -> Page | None:
    for page in book.pages[:_FRONT]:
        labels = {fold_title(label) for _, label in page.entries}
        if _INFORMATION in labels or fold_title(page.heading) == _INFORMATION:
            return page
    return None


def _sources(book: Book) -> dict[str, str]:
    """Page → the address it was saved from. Sources are named after the items of the manifest."""
    addresses = {ident.removeprefix("id."): address for ident, address in book.package.sources}
    found = {}
    for item in book.package.spine:
        name = locate(book.archive, book.base, item.address)
        if name and addresses.get(item.ident):
            found[name] = addresses[item.ident]
    return found
