"""The facts of an otwarchive work told by labels, as downloads and copied text have them.

The labels have been in the singular and in the plural, with and without “Archive”, over the years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.ao3_header import Header, read_count
from hogarth.intake.dates import parse_date
from hogarth.intake.elements import attribute, pieces, text_of
from hogarth.intake.languages import language_tag
from hogarth.intake.tags import unify_tag
from hogarth.manuscript import Dates, SeriesPlace, Stated, Status

#: Label in lower case → kind of tag, or what else the row tells.
LABELS: Final = {
    "rating": "rating",
    "ratings": "rating",
    "archive warning": "warning",
    "archive warnings": "warning",
    "warning": "warning",
    "warnings": "warning",
    "category": "category",
    "categories": "category",
    "categorys": "category",
    "fandom": "fandom",
    "fandoms": "fandom",
    "relationship": "relationship",
    "relationships": "relationship",
    "pairing": "relationship",
    "pairings": "relationship",
    "character": "character",
    "characters": "character",
    "additional tag": "freeform",
    "additional tags": "freeform",
    "language": "language",
    "series": "series",
    "collection": "collections",
    "collections": "collections",
    "stats": "stats",
}
_NOT_TAGS: Final = frozenset({"language", "series", "collections", "stats"})
#: What the software lets nobody write into a tag, so that it parts them.
_COMMA: Final = re.compile(r"\s*,\s+")
_PLACE: Final = re.compile(r"\bpart\s+(\d{1,6})\s+of\s*$", re.IGNORECASE)
_PLACES: Final = re.compile(r"(?:^|,)\s*part\s+(\d{1,6})\s+of\s+", re.IGNORECASE)
#: A key stands right after the value before it where blanks were lost.
_STAT: Final = re.compile(
    r"(published|updated|completed|words|chapters|comments|kudos|bookmarks|hits)\s*:\s*"
    r"([\d?][\d,.?/\u00a0\u202f' -]*|)",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(r"(\d+)\s*/\s*(\d+|\?)")
#: Units: characters.
_LONGEST_STATS: Final = 2_000


def field_of(label: str) -> str:
    """What a row with this label tells, or "". Shape: a kind of tag, "language", "stats"…"""
    return LABELS.get(label.strip().rstrip(":").strip().casefold(), "")


def read_rows(rows: Iterable[tuple[str, LexborNode]]) -> Header:
    """The facts of rows, each a label and the element that holds its value."""
    header = Header()
    for label, value in rows:
        field = field_of(label)
        if field == "series":
            header.series += _read_series(value)
        elif field == "collections":
            links = [text_of(link) for link in value.css("a")]
            header.collections += links or _COMMA.split(text_of(value))
        elif field in ("language", "stats"):
            state_line(header, field, text_of(value))
        elif field:
            links = [text_of(link) for link in value.css("a")]
            _add_tags(header, field, links or _COMMA.split(text_of(value)))
    header.tags = list(dict.fromkeys(header.tags))
    return header


def state_line(header: Header, field: str, line: str) -> None:
    """Add what a row of plain text tells. Shape: `field` as from `field_of`."""
    if field == "language":
        header.language = header.language or language_tag(line)
    elif field == "series":
        header.series += _split_series(line)
    elif field == "collections":
        header.collections += [name for name in _COMMA.split(line) if name]
    elif field == "stats":
        read_stats(header, line)
    elif field:
        _add_tags(header, field, _COMMA.split(line))


def read_stats(header: Header, line: str) -> None:
    """Read “Published: 2020-01-01 Words: 1,234 Chapters: 1/?”, in any order, blanks or none.

    Before 2023 only works that had been given chapters said how many they have.
    """
    said: dict[str, str] = {}
    for found in _STAT.finditer(line[:_LONGEST_STATS]):
        said.setdefault(found[1].casefold(), found[2].strip())
    if not said:
        return
    updated = said.get("completed") or said.get("updated")
    header.dates = Dates(parse_date(said.get("published")), parse_date(updated))
    header.stated = Stated(
        words=read_count(said.get("words")),
        kudos=read_count(said.get("kudos")),
        hits=read_count(said.get("hits")),
        comments=read_count(said.get("comments")),
        bookmarks=read_count(said.get("bookmarks")),
    )
    counted = _COUNTED.search(re.sub(r"(?<=\d)[,.](?=\d)", "", said.get("chapters", "")))
    if counted:
        header.posted = int(counted[1][:6])
        header.expected = None if counted[2] == "?" else int(counted[2][:6])
    elif "chapters" not in said and "words" in said and "updated" not in said:
        header.posted = header.expected = 1
    header.status = _status(said, header)


def _status(said: dict[str, str], header: Header) -> Status:
    if "completed" in said:
        return "complete"
    if "updated" in said:
        return "in-progress"
    if header.posted is None:
        return "unknown"
    return "complete" if header.posted == header.expected else "in-progress"


def _add_tags(header: Header, kind: str, names: Iterable[str]) -> None:
    tags = (unify_tag(kind, " ".join(name.split())) for name in names)
    header.tags += [tag for tag in tags if tag.name]


def _read_series(value: LexborNode) -> list[SeriesPlace]:
    """The places in series: “Part N of” before each link to one."""
    links = value.css("a[href*='series/']")
    if not links:
        return _split_series(text_of(value))
    places, before = [], ""
    for piece in pieces(value):
        if piece.tag == "a" and "series/" in attribute(piece, "href"):
            found = _PLACE.search(before)
            places.append(SeriesPlace(text_of(piece), int(found[1]) if found else None))
            before = ""
        else:
            before += text_of(piece) if piece.is_element_node else f" {piece.text().strip()} "
    return places or [SeriesPlace(text_of(link)) for link in links]


def _split_series(line: str) -> list[SeriesPlace]:
    """The same of plain text, where titles may hold commas and “Part N of” parts them."""
    found = list(_PLACES.finditer(line))
    if not found:
        return [SeriesPlace(line)] if line else []
    ends = [match.start() for match in found[1:]] + [len(line)]
    return [
        SeriesPlace(line[match.end() : end].strip(" ,"), int(match[1]))
        for match, end in zip(found, ends, strict=True)
    ]
