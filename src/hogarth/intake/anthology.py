"""E-books that were put together from several, each of which is a work of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from hogarth.errors import Unreadable
from hogarth.intake.book import Book
from hogarth.intake.facts import Facts
from hogarth.intake.opf import Package, split_names
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Credit, Manuscript, SeriesPlace, plain_text

#: Works in one file. What has more packages is read as one book.
_MOST: Final = 1_000
_MERGER: Final = "epubmerge"
#: The folder of each book, where the merger left the packages out.
_FOLDER: Final = re.compile(r"(\d{1,4})/")
_TAIL: Final = re.compile(
    r"[\s:,–—-]*\b(?:the\s+)?(?:complete\s+)?(?:anthology|omnibus|collection|series|box(?:ed)?\s+set)\s*$",
    re.IGNORECASE,
)
_CONTAINED: Final = re.compile(r"(?P<title>.{1,300}) by (?P<name>.{1,200})")


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """More than one package, each with pages that no other has."""
    if found.part is not None or found.book is None:
        return None
    books = _split(found.book)
    if not books:
        return None
    return (Evidence("books", f"{len(books)} in “{found.book.package.facts.title}”"),)


def split(found: Found) -> list[Found]:
    """Each of the books, in the order of the whole."""
    if found.book is None:
        return []
    return [replace(found, part=book) for book in _split(found.book)]


def bind(found: Found, readings: Sequence[Reading], unread: Iterable[str]) -> Reading:
    """The works of all the books in one reading, each in the series that the whole is."""
    book = found.book
    title = book.package.facts.title if book is not None else ""
    works = [work for reading in readings for work in reading.manuscripts]
    problems = [Problem("book-unread", what) for what in [*unread, *_list_unopened(book)]]
    start = 0
    for reading in readings:
        problems += [
            replace(problem, manuscript=start + problem.manuscript) for problem in reading.problems
        ]
        start += len(reading.manuscripts)
    makers = dict.fromkeys(reading.reader for reading in readings)
    evidence = (Evidence("readers", ", ".join(makers)),)
    series = _series(title, works)
    return Reading(
        found.name,
        "anthology",
        tuple(_place(work, series, number) for number, work in enumerate(works, start=1)),
        evidence,
        tuple(problems),
    )


def _split(book: Book) -> list[Book]:
    if len(book.packages) > _MOST:
        return []
    order = {name: place for place, name in enumerate(book.names)}
    inner: list[Book] = []
    taken: set[str] = set()
    for base in book.packages:
        if base == book.base:
            continue
        try:
            other = book.open_package(base)
        except Unreadable:
            continue
        names = set(other.names)
        if names & taken or other.base != base:
            continue
        taken |= names
        inner.append(other)
    if inner and taken <= set(order) and not _beside(book, inner):
        return sorted(inner, key=lambda other: order[other.names[0]])
    if inner and taken.isdisjoint(order) and _differ([book, *inner]):
        return [book, *inner]
    return _split_merged(book)


def _list_unopened(book: Book | None) -> list[str]:
    """The packages of books that lead to no page."""
    if book is None:
        return []
    unopened = []
    for base in book.packages:
        try:
            book.open_package(base)
        except Unreadable as error:
            unopened.append(f"{base}: {error.message}")
    return unopened


def _beside(book: Book, inner: list[Book]) -> bool:
    """Whether the only other package lies beside the book's own: the same for other devices."""
    return len(inner) == 1 and posixpath.dirname(inner[0].base) == posixpath.dirname(book.base)


def _differ(books: list[Book]) -> bool:
    titles = {fold_title(book.package.facts.title) for book in books}
    return len(titles) == len(books) and "" not in titles


def _split_merged(book: Book) -> list[Book]:
    """The books of a merger that kept no packages, which lie in numbered folders."""
    if _MERGER not in (maker.casefold() for maker in book.package.makers):
        return []
    folders: dict[str, Package] = {}
    for item in book.package.spine:
        found = _FOLDER.match(item.address)
        if found is not None:
            package = folders.setdefault(found[1], Package(contents=book.package.contents))
            package.spine.append(item)
    if len(folders) < 2 or len(folders) > _MOST:
        return []
    contained = _read_contained(book.package.facts.summary or "")
    books = []
    for number, package in enumerate(folders.values()):
        package.items = book.package.items
        if len(contained) == len(folders):
            package.facts = contained[number]
        books.append(replace(book, package=package))
    return books


def _read_contained(summary: str) -> list[Facts]:
    """The merger lists what it was given: “Title by Somebody”."""
    found = (_CONTAINED.fullmatch(line.strip()) for line in plain_text(summary).split("\n"))
    return [
        Facts(
            title=line["title"].strip(),
            credits=[Credit(name) for name in split_names(line["name"].strip())],
        )
        for line in found
        if line is not None
    ]


def _series(title: str, works: list[Manuscript]) -> str:
    """The series that the title of the whole names; a merger that was given none makes one up."""
    series = _TAIL.sub("", title).strip()
    made_up = works and fold_title(series) == fold_title(works[0].title)
    return "" if made_up or len(works) < 2 else series


def _place(work: Manuscript, series: str, number: int) -> Manuscript:
    if work.series or not series:
        return work
    return replace(work, series=(SeriesPlace(series, number),))
