"""What queries and operations return: frozen values, so that no page can reach the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from hogarth.manuscript import Role, Status

T = TypeVar("T")

State = Literal["draft", "scheduled", "posted", "withdrawn", "deleted"]
Visibility = Literal["private", "restricted", "public"]
VersionKind = Literal["read", "restored", "edited"]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. Shape: `number` counts from 1; `total` counts things, not pages."""

    items: tuple[T, ...]
    number: int
    size: int
    total: int

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


@dataclass(frozen=True, slots=True)
class Byline:
    """A name as a work shows it. `id` is None for “Anonymous”, which leads nowhere."""

    id: int | None
    name: str
    role: Role = "author"
    of: str = ""


@dataclass(frozen=True, slots=True)
class TagRef:
    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class SeriesRef:
    id: int
    title: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Blurb:
    """A work as lists show it, to one viewer: what that viewer may know and nothing else."""

    id: int
    title: str
    bylines: tuple[Byline, ...]
    tags: tuple[TagRef, ...]
    series: tuple[SeriesRef, ...]
    summary: str | None
    language: str | None
    status: Status
    words: int
    chapters: int
    expected_chapters: int | None
    published: date | None
    updated: date | None
    state: State
    visibility: Visibility
    anonymous: bool
    unrevealed: bool
    hidden: bool
    adult: bool
    changed: datetime
    may_change: bool = False

    def tags_of(self, kind: str) -> tuple[TagRef, ...]:
        return tuple(tag for tag in self.tags if tag.kind == kind)

    @property
    def authors(self) -> tuple[Byline, ...]:
        return tuple(line for line in self.bylines if line.role == "author")


@dataclass(frozen=True, slots=True)
class ChapterRef:
    """One line of a work's contents. Units: `words` as count_words counts."""

    id: int
    number: int
    title: str | None
    words: int


@dataclass(frozen=True, slots=True)
class ChapterPage:
    """One chapter to read.

    Shape: every text is canonical HTML or None; `cut_off` when it stops in mid-sentence.
    """

    id: int
    number: int
    title: str | None
    summary: str | None
    notes: str | None
    end_notes: str | None
    html: str
    words: int
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work to read: its blurb, its notes, its contents and the chapters asked for."""

    blurb: Blurb
    notes: str | None
    end_notes: str | None
    contents: tuple[ChapterRef, ...]
    chapters: tuple[ChapterPage, ...]
    previous: ChapterRef | None = None
    next: ChapterRef | None = None


@dataclass(frozen=True, slots=True)
class TagCount:
    tag: TagRef
    works: int


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """An original that holds a work. `place` is None where the viewer may not know it."""

    digest: str
    size: int
    place: str | None
    reader: str
    evidence: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    seen: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    number: int
    kind: VersionKind
    made: datetime
    chapters: int
    words: int
    current: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """How many repairs a work has: done, and offered but not done."""

    done: int
    offered: int


@dataclass(frozen=True, slots=True)
class About:
    """Where a text comes from and what was done to it.

    Shape: `provenance` [(field, digest of an original or "edited")]; `stated` as in a manuscript.
    """

    blurb: Blurb
    source: str | None
    witnesses: tuple[WitnessRow, ...]
    versions: tuple[VersionRow, ...]
    provenance: tuple[tuple[str, str], ...]
    stated: dict[str, Any]
    may_take_originals: bool
    mended: Mended


@dataclass(frozen=True, slots=True)
class RepairRow:
    """One repair with the words around it, as it is shown.

    Shape: `chapter` its id, `number` as readers count; `found` is what stands between `before` and
    `after` in the text as it was read, `mended` what shall; `field` where a move goes to.
    """

    chapter: int
    number: int
    key: str
    code: str
    kind: str
    field: str
    before: str
    found: str
    mended: str
    after: str
    certainty: float
    done: bool


@dataclass(frozen=True, slots=True)
class MendedChapter:
    """How many repairs a chapter has."""

    id: int
    number: int
    title: str | None
    done: int
    offered: int


@dataclass(frozen=True, slots=True)
class FamilyCount:
    """How many repairs are of one family. Shape: `code` a key of restoration.FAMILIES."""

    code: str
    done: int
    offered: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What newer rules would change in a work. Shape: code → how many are `new`, and `gone`."""

    work: int
    title: str
    new: dict[str, int]
    gone: dict[str, int]


@dataclass(frozen=True, slots=True)
class RepairsPage:
    """Repairs of a work.

    Shape: `contents` all its chapters, `chapters` those with repairs; `chapter` the id of the only
    one shown; `rows` of one page.
    """

    blurb: Blurb
    contents: tuple[MendedChapter, ...]
    chapters: tuple[MendedChapter, ...]
    families: tuple[FamilyCount, ...]
    rows: Page[RepairRow]
    chapter: int | None


OutcomeKind = Literal["imported", "updated", "duplicate", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file (or one work of a file) in an import.

    Shape: `problem`, `message` and `hint` say why it was refused, or what is wrong with a text
    that is here all the same; None where all is well.
    """

    source: str
    outcome: OutcomeKind
    reader: str | None = None
    work: int | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    chapters: int | None = None
    words: int | None = None
    problem: str | None = None
    message: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one work in a batch: `problem` and `message` are None where it went well."""

    work: int
    title: str | None
    done: bool
    problem: str | None = None
    message: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long operation is. Shape: `total` is None while it is not known."""

    done: int
    total: int | None
    bytes_done: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What the archive holds, as far as one viewer may know. Units: counts."""

    works: int
    words: int
    authors: int
    fandoms: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check-up looked at. Shape: `code` in kebab-case; `hint` is "" where all is well.

    `level`: “well”, “warning” (works, but look at it) or “broken”.
    """

    code: str
    level: Literal["well", "warning", "broken"]
    sentence: str
    hint: str = ""
