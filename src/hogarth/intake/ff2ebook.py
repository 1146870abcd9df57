"""E-books made by ff2ebook.com."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.book import Book
from hogarth.intake.book_reading import read_book
from hogarth.intake.elements import attribute, take_out, text_of
from hogarth.intake.facts import Facts, state
from hogarth.intake.ffn_line import read_ffn_characters, read_ffn_genres
from hogarth.intake.label_rows import read_rows
from hogarth.intake.labels import Labelled, read_label
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page
from hogarth.manuscript import Credit, Tag, clean

_MAKER: Final = "ff2ebook.com"
_FRONT: Final = 3
_FIELDS: Final = {
    "last updated": "updated",
    "words count": "words",
    "chapters count": "chapters",
}


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Its name as the publisher's, or on the title page."""
    book = found.book
    if book is None:
        return None
    if _MAKER in book.package.publisher.casefold() or _find_title_page(book) is not None:
        return (Evidence("maker", "ff2ebook.com"),)
    return None


def read(found: Found) -> Reading:
    """The story with what the title page says."""
    book = found.book
    if book is None:
        raise refuse("zip-without-book")
    facts = Facts()
    page = _find_title_page(book)
    if page is not None and page.body is not None:
        facts = _read_title_page(page.body)
        page.release()
        page.matter = len(book.pages) > 1
    package = book.package.facts
    facts.title = package.title or facts.title
    facts.credits = facts.credits or package.credits
    facts.summary = facts.summary or package.summary
    manuscript, evidence, problems = read_book(book, found.name, facts, prepare=_prepare)
    return Reading(found.name, "ff2ebook", (manuscript,), evidence, problems)


def _find_title_page(book: Book) -> Page | None:
    pages = book.pages[:_FRONT]
    return next((page for page in pages if _MAKER in page.text.casefold()), None)


def _read_title_page(body: LexborNode) -> Facts:
    facts = Facts()
    rows: list[Labelled] = []
    for row in read_rows(body):
        label = row.label.casefold()
        read = read_label(f"{row.label}: {row.line}")
        field = _FIELDS.get(label) or (read.field if read is not None else "")
        if label == "additional infos":
            facts.tags += _read_infos(row.line)
        elif label == "fic type":
            # “Books/Emma”: the shelf, then what stands on it.
            rows.append(Labelled("fandom", row.label, row.line.partition("/")[2] or row.line))
        elif field == "summary":
            facts.summary = clean(row.html) or None
        elif field:
            rows.append(Labelled(field, row.label, row.line))
    fandoms = [row for row in rows if row.field == "fandom" and row.label.casefold() != "fic type"]
    state(facts, [row for row in rows if row.label.casefold() != "fic type" or not fandoms])
    facts.title = text_of(body.css_first(".fic-title"))
    link = body.css_first(".fic-title a[href]")
    address = attribute(link, "href")
    facts.source = address if address.startswith("http") else None
    author = text_of(body.css_first(".fic-author a")) or text_of(body.css_first(".fic-author"))
    author = author.removeprefix("By:").strip()
    if author:
        facts.credits = [Credit(author)]
    return facts


def _read_infos(line: str) -> list[Tag]:
    """“Romance/Angst - Emma W., George K.”: genres, then characters, each where it is."""
    first, _, rest = line.partition(" - ")
    genres = read_ffn_genres(first)
    if genres is None:
        return read_ffn_characters(line)
    return [*(Tag("genre", name) for name in genres), *read_ffn_characters(rest)]


def _prepare(page: Page) -> None:
    """Its heading is no heading in the markup; the contents know the title."""
    take_out(page.tree, "div.chap-title")
    for frame in page.tree.css("div.chap-text"):
        frame.unwrap()
