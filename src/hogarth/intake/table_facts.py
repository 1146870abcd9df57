"""What a row of a table says of a work, by what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from hogarth.intake.facts import (
    CATEGORIES,
    Facts,
    read_series_place,
    read_status,
)
from hogarth.intake.languages import language_tag
from hogarth.intake.table_cells import (
    read_count,
    read_credits,
    read_day,
    read_list,
    read_names,
    read_rich,
    read_tags,
    read_text,
)
from hogarth.intake.table_columns import Column
from hogarth.intake.table_profile import is_missing
from hogarth.intake.table_rows import Row
from hogarth.manuscript import Dates, Role, SeriesPlace, Stated, Tag

TAG_FIELDS: Final = (
    "rating", "warning", "category", "fandom", "relationship", "character", "freeform", "genre",
)  # fmt: skip
_ROLES: Final[dict[str, Role]] = {
    "author": "author", "beta": "beta", "translator": "translator", "artist": "artist",
}  # fmt: skip
_COUNTS: Final = ("words", "kudos", "hits", "comments", "bookmarks")
_CHAPTERS: Final = re.compile(r"(\d{1,6})(?:\s*(?:/|of)\s*(\d{1,6}|\?)?)?")
#: A spreadsheet takes “1/1” for a day. Only of these is it known which number is the day.
_AS_A_DAY: Final = {"1-Jan": "1/1", "2-Feb": "2/2", "3-Mar": "3/3", "4-Apr": "4/4", "5-May": "5/5"}
_IDENTIFIER: Final = re.compile(
    r"(?:^|[,\s])(url|uri|ao3|ffnet|ffn)\s*:\s*([^,\s]+)", re.IGNORECASE
)
#: Where the number of a story leads, by the kind of identifier.
ADDRESSES: Final = {
    "ao3": "https://archiveofourown.org/works/{}",
    "ffnet": "https://www.fanfiction.net/s/{}",
    "ffn": "https://www.fanfiction.net/s/{}",
}
_NOBODY: Final = frozenset({"unknown", "anonymous", "n/a"})


def read_facts(row: Row, columns: Sequence[Column], separators: Mapping[int, str | None]) -> Facts:
    """All that the row says. Shape: `separators` what parts tags, by the place of their column."""
    facts = Facts()
    positions: list[Any] = []
    for column in columns:
        cell = row.at(column.place)
        if is_missing(cell) and not (column.field == "title" and cell in ("None", "-")):
            continue
        if column.field in TAG_FIELDS:
            facts.tags += read_tags(column.field, cell, separators.get(column.place))
        elif column.field in _ROLES:
            _state_people(facts, _ROLES[column.field], cell)
        elif column.field == "series-index":
            positions.append(cell)
        else:
            _state(facts, column.field, cell)
    _settle_tags(facts)
    if positions and facts.series and facts.series[0].position is None:
        position = read_count(positions[0])
        facts.series[0] = replace(facts.series[0], position=position or None)
    if facts.status == "complete" and facts.expected is None:
        facts.expected = facts.posted
    return facts


def _state(facts: Facts, field: str, cell: Any) -> None:
    if field == "title":
        facts.title = facts.title or read_text(cell)
    elif field == "summary":
        facts.summary = facts.summary or read_rich(cell)
    elif field == "notes":
        facts.notes = facts.notes or read_rich(cell)
    elif field == "language":
        facts.language = facts.language or language_tag(read_text(cell))
    elif field in ("published", "updated"):
        _state_day(facts, field, cell)
    elif field == "status":
        _state_status(facts, cell)
    elif field == "source":
        facts.source = facts.source or read_source(cell)
    elif field == "series":
        facts.series += _read_series(cell)
    elif field in _COUNTS:
        number = read_count(cell)
        if number is not None and getattr(facts.stated, field) is None:
            facts.stated = _with_count(facts.stated, field, number)
    elif field in ("chapters", "chapter-count"):
        _state_chapters(facts, cell)


def _with_count(stated: Stated, name: str, number: int) -> Stated:
    counts: dict[str, int | None] = {count: getattr(stated, count) for count in _COUNTS}
    counts[name] = number
    return Stated(**counts, as_of=stated.as_of)


def _state_people(facts: Facts, role: Role, cell: Any) -> None:
    """The people, unless others have been named already: a second column spells them otherwise."""
    if any(credit.role == role for credit in facts.credits):
        return
    people = read_credits(cell, role)
    facts.credits += [credit for credit in people if credit.name.casefold() not in _NOBODY]


def _state_day(facts: Facts, field: str, cell: Any) -> None:
    day = read_day(cell)
    known = facts.dates
    published = known.published or (day if field == "published" else None)
    updated = known.updated or (day if field == "updated" else None)
    facts.dates = Dates(published, updated)


def _state_status(facts: Facts, cell: Any) -> None:
    if isinstance(cell, bool):
        facts.status = "complete" if cell else "in-progress"
        return
    line = read_text(cell)
    # What a scraper calls so stands before the day of the last change, of works that go on.
    status = (
        "in-progress"
        if line.casefold() in ("updated", "ongoing", "false")
        else ("complete" if line.casefold() == "true" else read_status(line))
    )
    if facts.status == "unknown":
        facts.status = status


def _state_chapters(facts: Facts, cell: Any) -> None:
    if isinstance(cell, list | dict):
        return
    line = read_text(cell)
    line = _AS_A_DAY.get(line, line)
    found = _CHAPTERS.fullmatch(line)
    if found is None:
        return
    facts.posted = int(found[1])
    if found[2] and found[2] != "?":
        facts.expected = int(found[2])
    if "/" in line:
        # Said in numbers it is surer than in a word.
        facts.status = "complete" if facts.posted == facts.expected else "in-progress"


def read_source(cell: Any) -> str | None:
    """The address in a cell: one that is written out, or the number of a story on a known site."""
    if isinstance(cell, dict):
        cell = ",".join(f"{key}:{part}" for key, part in cell.items())
    names = read_names(cell)
    line = " ".join(names) if names is not None else read_text(cell)
    for found in _IDENTIFIER.finditer(line):
        kind, value = found[1].lower(), found[2].replace("|", ":", 1)
        if kind in ADDRESSES and value.isdecimal():
            return ADDRESSES[kind].format(value)
        if value.startswith(("http://", "https://")):
            return value
    first = line.split(" ", 1)[0]
    if first.startswith("www."):
        return f"http://{first}"
    return first if first.startswith(("http://", "https://")) else None


def _read_series(cell: Any) -> list[SeriesPlace]:
    parts = [cell] if isinstance(cell, dict) else read_list(cell)
    if parts is None:
        line = read_text(cell)
        return [read_series_place(line)] if line else []
    places = []
    for part in parts:
        title = read_text(part)
        number = next((part[k] for k in ("position", "index", "part", "number") if k in part), None
                      ) if isinstance(part, dict) else None  # fmt: skip
        place = read_series_place(title) if title else None
        if place is not None:
            position = read_count(number) if number is not None else place.position
            places.append(SeriesPlace(place.title, position or None))
    return places


def _settle_tags(facts: Facts) -> None:
    """What stands in a column of categories may be fandoms, or tags, where it is no category."""
    fandoms = any(tag.kind == "fandom" for tag in facts.tags)
    settled = []
    for tag in facts.tags:
        if tag.kind == "category" and tag.name.casefold() not in CATEGORIES:
            tag = Tag("freeform" if fandoms else "fandom", tag.name)
        if tag.kind == "rating" and tag.name.replace(".", "", 1).isdecimal():
            continue  # stars
        settled.append(tag)
    typed = {tag.name.casefold() for tag in settled if tag.kind != "freeform"}
    # Libraries repeat among their tags what other columns say the kind of.
    facts.tags = list(
        dict.fromkeys(
            tag for tag in settled if tag.kind != "freeform" or tag.name.casefold() not in typed
        )
    )
