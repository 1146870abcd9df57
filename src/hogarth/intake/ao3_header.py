"""The metadata list at the head of an otwarchive work page, in all its forms since 2009."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.dates import parse_date
from hogarth.intake.elements import attribute, children, classes, first, text_of
from hogarth.intake.languages import language_tag
from hogarth.intake.tags import unify_tag
from hogarth.manuscript import Dates, SeriesPlace, Stated, Status, Tag

#: Class of a row → kind of tag.
_KINDS: Final = {
    "rating": "rating",
    "warning": "warning",
    "warnings": "warning",
    "category": "category",
    "fandom": "fandom",
    "relationship": "relationship",
    "character": "character",
    "freeform": "freeform",
}
_POSITION: Final = re.compile(r"\bpart\s+(\d+)\s+of\b", re.IGNORECASE)
_OF: Final = re.compile(r"(\d+)\s*/\s*(\d+|\?)")
_NOT_A_DIGIT: Final = re.compile(r"\D+")


@dataclass(slots=True)
class Header:
    """What the list says.

    Shape: `posted` and `expected` are its count of chapters; `hidden` the kinds of tags that the
    reader had chosen not to see; `collections` names only.
    """

    tags: list[Tag] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    series: list[SeriesPlace] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    language: str | None = None
    dates: Dates = field(default_factory=Dates)
    status: Status = "unknown"
    posted: int | None = None
    expected: int | None = None
    stated: Stated = field(default_factory=Stated)


def read_header(meta: LexborNode) -> Header:
    """Read `dl.work.meta`. A row is known by its class, whatever its label says."""
    header = Header()
    for row in children(meta):
        if row.tag != "dd":
            continue
        names = classes(row)
        kind = next((_KINDS[name] for name in names if name in _KINDS), None)
        if kind:
            _read_tags(row, kind, header)
        elif "language" in names:
            header.language = language_tag(attribute(row, "lang")) or language_tag(text_of(row))
        elif "series" in names:
            header.series = read_series(row)
        elif "collections" in names:
            header.collections = [text_of(link) for link in row.css("a")]
        elif "stats" in names:
            _read_stats(row, header)
    header.tags = list(dict.fromkeys(header.tags))
    return header


def read_series(row: LexborNode) -> list[SeriesPlace]:
    """The places in series: `span.series` each, "Part N of" before the link to the series."""
    places = []
    for span in row.css("span.series") or [row]:
        link = next(
            (
                link
                for link in span.css("a[href*='/series/']")
                if not classes(link) & {"previous", "next"}
            ),
            None,
        )
        if link is None:
            continue
        position = _POSITION.search(text_of(span))
        places.append(SeriesPlace(text_of(link), int(position[1]) if position else None))
    return places


def _read_tags(row: LexborNode, kind: str, header: Header) -> None:
    for link in row.css("a.tag") or row.css("a"):
        if "show_hidden" in attribute(link, "href"):
            header.hidden.append(kind)
            continue
        tag = unify_tag(kind, text_of(link))
        if tag.name:
            header.tags.append(tag)


def _read_stats(row: LexborNode, header: Header) -> None:
    inner = first(row, "dl.stats", "dl")
    said: dict[str, str] = {}
    label = ""
    for piece in children(inner if inner is not None else row):
        if piece.tag == "dt":
            label = text_of(piece).rstrip(": ").casefold()
        elif piece.tag == "dd":
            for name in classes(piece) or {label}:
                said.setdefault(name, text_of(piece))
            if "status" in classes(piece):
                said["status label"] = label
    header.dates = Dates(parse_date(said.get("published")), parse_date(said.get("status")))
    header.stated = Stated(
        words=read_count(said.get("words")),
        kudos=read_count(said.get("kudos")),
        hits=read_count(said.get("hits")),
        comments=read_count(said.get("comments")),
        bookmarks=read_count(said.get("bookmarks")),
    )
    counted = _OF.search(said.get("chapters", ""))
    if counted:
        header.posted = int(counted[1])
        header.expected = None if counted[2] == "?" else int(counted[2])
    header.status = _status(said.get("status label", ""), counted)


def _status(label: str, counted: re.Match[str] | None) -> Status:
    if label.startswith("complete"):
        return "complete"
    if label.startswith("updated"):
        return "in-progress"
    if counted is None:
        return "unknown"
    return "complete" if counted[1] == counted[2] else "in-progress"


def read_count(stated: str | None) -> int | None:
    """A number with whatever separates its thousands, or None."""
    digits = _NOT_A_DIGIT.sub("", stated or "")
    return int(digits) if digits and len(digits) < 13 else None
