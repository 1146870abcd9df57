"""The one value that goes through the line: a work as it was written, without where it came from.

Every field that may be unknown is None, never absent. `summary`, `notes`, `end_notes` and `html`
hold canonical HTML (see `markup`); every other string is plain text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal, cast, get_args

from hogarth.errors import Invalid
from hogarth.manuscript.markup import plain_text
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
    """The manuscript that `to_json` wrote. Derived numbers are computed anew.

    Raises: Invalid, naming the field, when the value has another shape.
    """
    try:
        head = cast("Mapping[str, Any]", value)
        dates, stated = head["dates"], head["stated"]
        manuscript = Manuscript(
            title=head["title"],
            credits=tuple(Credit(**row) for row in head["credits"]),
            summary=head["summary"],
            notes=head["notes"],
            end_notes=head["end_notes"],
            tags=tuple(Tag(**row) for row in head["tags"]),
            series=tuple(SeriesPlace(**row) for row in head["series"]),
            source=head["source"],
            language=head["language"],
            status=head["status"],
            expected_chapters=head["expected_chapters"],
            dates=Dates(published=_day(dates["published"]), updated=_day(dates["updated"])),
            stated=Stated(**{**stated, "as_of": _day(stated["as_of"])}),
            assets=tuple(
                Asset(row["name"], row["media_type"], base64.b64decode(row["data"], validate=True))
                for row in head["assets"]
            ),
            chapters=tuple(
                Chapter(**{key: row[key] for key in row if key not in ("words", "paragraphs")})
                for row in head["chapters"]
            ),
        )
    except KeyError as error:
        raise Invalid(
            "This is not a manuscript: the field “%(field)s” is missing.",
            "Unknown values are null, never absent.",
            code="not-a-manuscript",
            field=str(error.args[0]),
        ) from None
    except (TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise Invalid(
            "This is not a manuscript: %(reason)s.", code="not-a-manuscript", reason=str(error)
        ) from None
    _check(manuscript)
    return manuscript


def _check(manuscript: Manuscript) -> None:
    """Refuse what a type annotation promises and JSON does not keep."""
    faults = [
        *(f"role {c.role!r}" for c in manuscript.credits if c.role not in ROLES),
        *(f"tag kind {t.kind!r}" for t in manuscript.tags if t.kind not in TAG_KINDS),
    ]
    if manuscript.status not in STATUSES:
        faults.append(f"status {manuscript.status!r}")
    if not isinstance(manuscript.title, str):
        faults.append("a title that is no text")
    faults += [
        f"chapter {c.number!r}"
        for c in manuscript.chapters
        if not isinstance(c.number, int) or not isinstance(c.html, str)
    ]
    if faults:
        raise Invalid(
            "This is not a manuscript: unknown %(faults)s.",
            code="not-a-manuscript",
            faults=", ".join(faults),
        )


def _row(record: object) -> dict[str, Any]:
    return {
        field.name: _iso(getattr(record, field.name))
        for field in fields(record)  # type: ignore[arg-type]  # every caller passes a dataclass
    }


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
