"""The one value that goes through the line: a work as it was written, without where it came from.

Every field that may be unknown is None, never absent. `summary`, `notes`, `end_notes` and `html`
hold canonical HTML (see `markup`); every other string is plain text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass, replace
from datetime import date
from functools import cached_property
from types import UnionType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from hogarth.errors import Invalid
from hogarth.manuscript.markup import clean, plain_text
from hogarth.manuscript.measure import count_paragraphs, count_words

Role = Literal["author", "translator", "archivist", "beta", "artist"]
Status = Literal["complete", "in-progress", "abandoned", "unknown"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
TAG_KINDS: Final = (
    "rating",
    "warning",
    "category",
    "fandom",
    "relationship",
    "character",
    "freeform",
    "genre",
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did what. `pseud_of` is the account's name where the archive tells it apart."""

    name: str
    role: Role = "author"
    pseud_of: str | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag in its author's wording. Shape: `kind` one of TAG_KINDS."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A series the work is in. `position` counts from 1."""

    title: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    published: date | None = None
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What the source says of itself, never recomputed. `as_of` is the day it said so."""

    words: int | None = None
    kudos: int | None = None
    hits: int | None = None
    comments: int | None = None
    bookmarks: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture that came with the text.

    Shape: `name` is what `<img src="…">` in the chapters says: `assets/`, 16 hex digits of the
    SHA-256 of `data`, and an ending that fits `media_type`.
    """

    name: str
    media_type: str
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Chapter:
    """One chapter. `number` counts from 1; `source` is its own address where it has one."""

    number: int
    html: str
    title: str | None = None
    source: str | None = None
    summary: str | None = None
    notes: str | None = None
    end_notes: str | None = None

    @cached_property
    def text(self) -> str:
        return plain_text(self.html)

    @cached_property
    def words(self) -> int:
        return count_words(self.html)

    @cached_property
    def paragraphs(self) -> int:
        return count_paragraphs(self.html)


@dataclass(frozen=True)
class Manuscript:
    """A work: what its author wrote and what its source says of it."""

    title: str
    chapters: tuple[Chapter, ...]
    credits: tuple[Credit, ...] = ()
    summary: str | None = None
    notes: str | None = None
    end_notes: str | None = None
    tags: tuple[Tag, ...] = ()
    series: tuple[SeriesPlace, ...] = ()
    source: str | None = None
    language: str | None = None
    status: Status = "unknown"
    expected_chapters: int | None = None
    dates: Dates = Dates()
    stated: Stated = Stated()
    assets: tuple[Asset, ...] = ()

    @cached_property
    def words(self) -> int:
        return sum(chapter.words for chapter in self.chapters)

    def tags_of(self, kind: str) -> tuple[str, ...]:
        return tuple(tag.name for tag in self.tags if tag.kind == kind)

    def credited(self, role: Role = "author") -> tuple[str, ...]:
        return tuple(credit.name for credit in self.credits if credit.role == role)


def to_json(manuscript: Manuscript) -> dict[str, Any]:
    """The manuscript as plain values for `json.dumps`, in the agreed order of keys.

    Shape: see docs/reference/manuscript.md; unknown is null, never absent; dates are ISO 8601;
    asset bytes are base64.
    """
    return {
        "title": manuscript.title,
        "credits": [_row(credit) for credit in manuscript.credits],
        "summary": manuscript.summary,
        "notes": manuscript.notes,
        "end_notes": manuscript.end_notes,
        "tags": [_row(tag) for tag in manuscript.tags],
        "series": [_row(place) for place in manuscript.series],
        "source": manuscript.source,
        "language": manuscript.language,
        "status": manuscript.status,
        "expected_chapters": manuscript.expected_chapters,
        "dates": _row(manuscript.dates),
        "stated": _row(manuscript.stated),
        "words": manuscript.words,
        "assets": [
            {
                "name": asset.name,
                "media_type": asset.media_type,
                "digest": asset.digest,
                "data": base64.b64encode(asset.data).decode("ascii"),
            }
            for asset in manuscript.assets
        ],
        "chapters": [
            {
                "number": chapter.number,
                "title": chapter.title,
                "source": chapter.source,
                "summary": chapter.summary,
                "notes": chapter.notes,
                "end_notes": chapter.end_notes,
                "html": chapter.html,
                "words": chapter.words,
                "paragraphs": chapter.paragraphs,
            }
            for chapter in manuscript.chapters
        ],
    }


def from_json(value: object) -> Manuscript:
    """The manuscript that `to_json` wrote. Derived numbers are computed anew, markup is cleaned.

    Raises: Invalid, naming the place, when the value has another shape.
    """
    manuscript: Manuscript = _read(value, Manuscript, "")
    for number, tag in enumerate(manuscript.tags):
        if tag.kind not in TAG_KINDS:
            raise _misfit(f"tags[{number}].kind")
    for number, chapter in enumerate(manuscript.chapters):
        if chapter.number < 1:
            raise _misfit(f"chapters[{number}].number")
    for number, asset in enumerate(manuscript.assets):
        if not asset.name.startswith(f"assets/{asset.digest[:16]}"):
            raise _misfit(f"assets[{number}].name")
    return replace(
        manuscript,
        summary=_clean(manuscript.summary),
        notes=_clean(manuscript.notes),
        end_notes=_clean(manuscript.end_notes),
        chapters=tuple(
            replace(
                chapter,
                html=clean(chapter.html),
                summary=_clean(chapter.summary),
                notes=_clean(chapter.notes),
                end_notes=_clean(chapter.end_notes),
            )
            for chapter in manuscript.chapters
        ),
    )


def _clean(html: str | None) -> str | None:
    """What comes as JSON need not come from us: nothing that can run gets in this way."""
    return None if html is None else clean(html)


def _read(value: object, kind: Any, place: str) -> Any:
    """The value as what the annotation `kind` promises. Shape: `place` such as "dates.updated"."""
    if isinstance(kind, UnionType):
        return None if value is None else _read(value, get_args(kind)[0], place)
    if is_dataclass(kind):
        return _read_row(value, kind, place)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise _misfit(place)
        inner = get_args(kind)[0]
        return tuple(_read(item, inner, f"{place}[{n}]") for n, item in enumerate(value))
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise _misfit(place)
        return value
    if type(value) is not (kind if kind is int else str):  # a bool is no number here
        raise _misfit(place)
    try:
        return _READ_VALUE[kind](value)
    except ValueError:
        raise _misfit(place) from None


def _read_row(value: object, kind: Any, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise _misfit(place)
    hints = get_type_hints(kind)
    told = {}
    for name in kind.__dataclass_fields__:
        inner = f"{place}.{name}" if place else name
        if name not in value:
            raise Invalid(
                "This is not a manuscript: “%(place)s” is missing.",
                "Unknown values are null, never absent.",
                code="not-a-manuscript",
                place=inner,
            )
        told[name] = _read(value[name], hints[name], inner)
    return kind(**told)


def _read_text(text: str) -> str:
    """Text that any database keeps: no NUL and no half characters."""
    if "\x00" in text:
        raise ValueError(text)
    return text.encode().decode()


_READ_VALUE: Final[dict[Any, Callable[[Any], Any]]] = {
    int: int,
    str: _read_text,
    date: date.fromisoformat,
    bytes: lambda text: base64.b64decode(text, validate=True),
}


def _misfit(place: str) -> Invalid:
    return Invalid(
        "This is not a manuscript: “%(place)s” holds something else than it should.",
        "The reference of the manuscript says what each field holds.",
        code="not-a-manuscript",
        place=place or "the whole",
    )


def _row(record: Any) -> dict[str, Any]:
    # `dataclasses.fields` makes a new tuple at each call, which told in an import of thousands.
    return {name: _iso(getattr(record, name)) for name in record.__dataclass_fields__}


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
