"""What a reader is given, what it gives back, and every problem it may name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.intake.book import Book, is_book, open_book
from hogarth.intake.decoding import Decoded, decode
from hogarth.intake.limits import Limits
from hogarth.intake.nesting import flatten
from hogarth.intake.table_rows import Table
from hogarth.intake.tables import open_table
from hogarth.intake.told import Told
from hogarth.manuscript import Manuscript

#: An element that only pages have; one such in the first part of a text makes it markup.
_ELEMENT: Final = re.compile(
    r"<(?:!doctype\s|/?(?:html|head|body|title|meta|div|p|br|span|h[1-6]|table|blockquote|center"
    r"|font|article|section|main|header|i|b|em|strong|hr|ul|ol|dl|a)[\s/>])",
    re.IGNORECASE,
)
_HEAD_OF_TEXT: Final = 8192


@dataclass(frozen=True)
class Found:
    """Bytes as they were found. `name` is the file's name or its place in a container.

    What more than one reader asks of the bytes is worked out once and kept.
    Shape: `companion` name and bytes of a file that tells of this one; `told` what somebody says;
    `part` one of the books that an e-book holds, to be read by itself.
    """

    name: str
    data: bytes = field(repr=False)
    limits: Limits = field(default_factory=Limits)
    companion: tuple[str, bytes] | None = field(default=None, repr=False)
    told: Told | None = None
    part: Book | None = field(default=None, repr=False)

    @property
    def stem(self) -> str:
        return PurePath(self.name).stem

    @property
    def ending(self) -> str:
        """The lower-case file ending with its dot, or ""."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def decoded(self) -> Decoded:
        return decode(self.data)

    @cached_property
    def book(self) -> Book | None:
        """The e-book that the bytes are, or None. Readers may take elements out of its pages.

        Raises: Unreadable, when it is one that cannot be opened.
        """
        if self.part is not None:
            return self.part
        return (
            open_book(self.data, self.limits)
            if is_book(self.data, self.ending, self.limits)
            else None
        )

    @property
    def text(self) -> str:
        return self.decoded.text

    @cached_property
    def table(self) -> Table | None:
        """The table that the text is, or None.

        Raises: Unreadable, when it has more rows than it may have.
        """
        return open_table(self.text, self.ending, self.limits.rows)

    @cached_property
    def is_markup(self) -> bool:
        """Whether the text is HTML, whole or a fragment, whatever the file is called."""
        start = self.text[:_HEAD_OF_TEXT]
        if not start.lstrip().startswith("<"):
            # A story may quote a tag; a page without a declaration has many of them.
            return len(_ELEMENT.findall(start)) > 2
        return _ELEMENT.search(start) is not None

    @cached_property
    def page(self) -> LexborHTMLParser:
        """The text as a page. Readers may take elements out of it as they read."""
        return LexborHTMLParser(flatten(self.text, self.limits.markup_depth))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing seen that made a reader decide. Shape: `fact` names it, `detail` shows it."""

    fact: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a text that was read all the same.

    Shape: `code` a key of PROBLEMS; `detail` what was seen; `manuscript` the index in the reading.
    """

    code: str
    detail: str = ""
    manuscript: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file turned out to hold. A reading has at least one manuscript.

    Shape: `told` the fields of each manuscript that somebody stated; empty when nobody did.
    """

    source: str
    reader: str
    manuscripts: tuple[Manuscript, ...]
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    told: tuple[frozenset[str], ...] = ()

    def problems_by_part(self) -> list[tuple[Problem, ...]]:
        """The problems of each manuscript. Cost: one pass, which a table of thousands needs."""
        parts: list[list[Problem]] = [[] for _ in self.manuscripts]
        for problem in self.problems:
            if problem.manuscript < len(parts):
                parts[problem.manuscript].append(problem)
        return [tuple(part) for part in parts]


#: Problems of texts that are read: code → (sentence, what can be done).
PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "paragraphs-lost": (
        "The text has no paragraphs left.",
        "Look for a copy that still has them; Hogarth joins it to this work.",
    ),
    "mojibake": (
        "Some characters were damaged by a wrong encoding.",
        "Look for a sound copy; Hogarth joins it to this work.",
    ),
    "cut-off": (
        "The text stops in the middle of a sentence.",
        "Look for a fuller copy; Hogarth joins it to this work.",
    ),
    "undecodable-bytes": (
        "Some bytes fit no character in the encoding of the text.",
        "They are kept in the original and shown as a mark in the text.",
    ),
    "chapters-missing": (
        "The source has more chapters than this file.",
        "Import the other chapters too; Hogarth joins them to this work.",
    ),
    "part-of-chapter": (
        "The chapter goes on, on pages that this file does not have.",
        "Scroll to its end in the browser and save it again; Hogarth joins it to this work.",
    ),
    "title-guessed": (
        "The file names no title; one was made from its name or first line.",
        "Correct it with “hogarth edit”.",
    ),
    "empty-chapter": (
        "A chapter has no text.",
        "Look for a fuller copy; Hogarth joins it to this work.",
    ),
    "row-broken": (
        "A row of the table could not be read as it stands; its text may be another's in part.",
        "Look at the row in the original: as a rule a quotation mark is missing there.",
    ),
    "pages-missing": (
        "The e-book lists pages that are not in the file or cannot be read whole.",
        "Look for a fuller copy; Hogarth joins it to this work.",
    ),
    "chapter-failed": (
        "The tool that made this file could not fetch a chapter.",
        "Fetch the story again; Hogarth joins it to this work.",
    ),
    "book-unread": (
        "One of the books in this e-book could not be read.",
        "Look for a copy of that book by itself.",
    ),
    "picture-missing": (
        "A picture named in the text is not in the file.",
        "Its address is kept as a link.",
    ),
}
