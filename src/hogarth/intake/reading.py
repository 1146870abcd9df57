"""What a reader is given, what it gives back, and every problem it may name."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from hogarth.manuscript import Manuscript


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reading may cost. All are options of the archive.

    Units: bytes, seconds, counts.
    """

    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 1024 * 1024 * 1024
    members: int = 20_000
    depth: int = 3
    markup_depth: int = 400
    seconds: float = 120.0
    memory_bytes: int = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """Bytes as they were found. `name` is the file's name or its place in a container."""

    name: str
    data: bytes = field(repr=False)
    limits: Limits = Limits()

    @property
    def stem(self) -> str:
        return PurePath(self.name).stem

    @property
    def ending(self) -> str:
        """The lower-case file ending with its dot, or ""."""
        return PurePath(self.name).suffix.lower()


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
    """What one file turned out to hold. A reading has at least one manuscript."""

    source: str
    reader: str
    manuscripts: tuple[Manuscript, ...]
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()


#: Problems of texts that are read: code → (sentence, what can be done).
PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "paragraphs-lost": (
        "The text has no paragraphs left.",
        "Restoration can propose where they were.",
    ),
    "mojibake": (
        "Some characters were damaged by a wrong encoding.",
        "Restoration can put most of them right.",
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
    "title-guessed": (
        "The file names no title; one was made from its name or first line.",
        "Correct it with “hogarth edit”.",
    ),
    "empty-chapter": (
        "A chapter has no text.",
        "Look for a fuller copy; Hogarth joins it to this work.",
    ),
    "picture-missing": (
        "A picture named in the text is not in the file.",
        "Its address is kept as a link.",
    ),
}
