"""Corrections of what is said of a work: what a person wrote, checked, as values. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from hogarth.errors import Invalid
from hogarth.manuscript import STATUSES, Credit, Manuscript, SeriesPlace, clean

#: Field of an edit → kind of tag.
TAG_FIELDS: Final[Mapping[str, str]] = {
    "rating": "rating",
    "warnings": "warning",
    "categories": "category",
    "fandoms": "fandom",
    "relationships": "relationship",
    "characters": "character",
    "freeforms": "freeform",
    "genres": "genre",
}
FLAGS: Final = ("anonymous", "unrevealed", "hidden")
#: Every field that can be corrected.
FIELDS: Final = (
    "title", "authors", "summary", "language", "status", *TAG_FIELDS, "series", "published",
    "updated", *FLAGS,
)  # fmt: skip

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_PLACE: Final = re.compile(r"(?P<title>.+?)\s*#\s*(?P<position>\d{1,6})")
_LONGEST_NAME: Final = 255
_LONGEST_TAG: Final = 500
_LONGEST_TITLE: Final = 500
_LONGEST_SUMMARY: Final = 100_000
_MOST_NAMES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Edit:
    """Checked changes. Shape: `head` by the names of `merging.FIELDS`, but `authors`."""

    head: Mapping[str, Any]
    flags: Mapping[str, bool]

    @property
    def touches_head(self) -> bool:
        return bool(self.head)

    def for_head(self, head: Manuscript) -> dict[str, Any]:
        """The fields of this head as they shall be. Other credits stay when authors change."""
        changes = dict(self.head)
        if "authors" in changes:
            known = {c.name: c for c in head.credits if c.role == "author"}
            authors = tuple(known.get(name, Credit(name)) for name in changes.pop("authors"))
            changes["credits"] = authors + tuple(c for c in head.credits if c.role != "author")
        return changes


def read_changes(changes: Mapping[str, object]) -> Edit:
    """What was written, as values. Raises: Invalid, naming the field."""
    head: dict[str, Any] = {}
    flags: dict[str, bool] = {}
    if not changes:
        raise Invalid("There is nothing to change.", "Name at least one field.")
    for field, value in changes.items():
        if field in FLAGS:
            flags[field] = _flag(field, value)
        elif field in _READ:
            head[TAG_FIELDS.get(field, field)] = _READ[field](field, value)
        else:
            raise Invalid(
                "There is no field “%(field)s”.", "The fields are: %(fields)s.",
                code="no-field", field=str(field), fields=", ".join(FIELDS),
            )  # fmt: skip
    return Edit(head, flags)


def _bad(field: str, value: object, wanted: str) -> Invalid:
    return Invalid(
        "The field %(field)s cannot be “%(value)s”.", "It holds %(wanted)s.",
        code="bad-field", field=field, value=str(value)[:80], wanted=wanted,
    )  # fmt: skip


def _line(field: str, value: object, most: int) -> str:
    """One line of plain text without control characters."""
    if not isinstance(value, str):
        raise _bad(field, value, "text")
    kept = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in value)
    line = " ".join(kept.split())
    if not line:
        raise _bad(field, value, "text, and it may not be empty")
    if len(line) > most:
        raise _bad(field, value, f"at most {most} characters")
    return line


def _title(field: str, value: object) -> str:
    return _line(field, value, _LONGEST_TITLE)


def _lines(field: str, value: object, most: int) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        raise _bad(field, value, "a list of names")
    if len(given) > _MOST_NAMES:
        raise _bad(field, len(given), f"at most {_MOST_NAMES} names")
    return tuple(dict.fromkeys(_line(field, name, most) for name in given if name != ""))


def _summary(field: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _bad(field, value, "text")
    if len(value) > _LONGEST_SUMMARY:
        raise _bad(field, value, f"at most {_LONGEST_SUMMARY} characters")
    readable = value.encode("utf-8", "replace").decode("utf-8")
    return clean(readable, newlines="break") or None


def _language(field: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > 35 or not _LANGUAGE.fullmatch(value):
        raise _bad(field, value, "a language tag such as “en” or “pt-BR”")
    return value


def _status(field: str, value: object) -> str:
    if value not in STATUSES:
        raise _bad(field, value, "one of: " + ", ".join(STATUSES))
    return str(value)


def _day(field: str, value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise _bad(field, value, "a day such as 2024-02-29") from None


def _series(field: str, value: object) -> tuple[SeriesPlace, ...]:
    """Shape: each “Title”, “Title #3”, a SeriesPlace, or a pair of title and position."""
    if value is None or value == "":
        return ()
    given = [value] if isinstance(value, str | SeriesPlace) else value
    if not isinstance(given, list | tuple) or len(given) > _MOST_NAMES:
        raise _bad(field, value, "a list of series such as “Title #3”")
    return tuple(_place(field, place) for place in given if place != "")


def _place(field: str, value: object) -> SeriesPlace:
    title: object = value
    position: object = None
    if isinstance(value, SeriesPlace):
        title, position = value.title, value.position
    elif isinstance(value, list | tuple) and len(value) == 2:
        title, position = value
    elif isinstance(value, str) and (found := _PLACE.fullmatch(value.strip())):
        title, position = found["title"], int(found["position"])
    if position is not None and not (isinstance(position, int) and 0 <= position < 10**6):
        raise _bad(field, value, "a title and a position such as “Title #3”")
    return SeriesPlace(_line(field, title, _LONGEST_TITLE), position)


def _flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _bad(field, value, "true or false")
    return value


_READ: Final[Mapping[str, Callable[[str, object], Any]]] = {
    "title": _title,
    "authors": partial(_lines, most=_LONGEST_NAME),
    "summary": _summary,
    "language": _language,
    "status": _status,
    **dict.fromkeys(TAG_FIELDS, partial(_lines, most=_LONGEST_TAG)),
    "series": _series,
    "published": _day,
    "updated": _day,
}
