"""What each row of a table says and holds, before rows come together to works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hogarth.intake.facts import Facts
from hogarth.intake.table_cells import read_count, read_rich, read_text, tell_separator
from hogarth.intake.table_columns import Column, Columns
from hogarth.intake.table_facts import TAG_FIELDS, read_facts
from hogarth.intake.table_profile import is_missing
from hogarth.intake.table_rows import Row
from hogarth.intake.table_text import Part, read_parts

#: Two rows may be numbered 1 and 2 by chance.
_FEWEST_COUNTED: Final = 3


@dataclass(slots=True)
class Entry:
    """One row. Shape: `key` the id in it; `chapter`, `order` numbers, of a paragraph too."""

    number: int
    facts: Facts
    parts: list[Part]
    key: str = ""
    end_notes: str | None = None
    chapter: int | None = None
    chapter_title: str | None = None
    order: int | None = None
    paragraph: Any = None


def read_entries(rows: Sequence[Row], columns: Columns, depth: int) -> list[Entry]:
    """What each row says and holds."""
    separators = {
        column.place: tell_separator(row.at(column.place) for row in rows[:500])
        for column in columns.usual
        if column.field in TAG_FIELDS
    }
    in_paragraphs = columns.holds("paragraph")
    counted = _is_counted(rows, columns)
    return [
        _read_entry(row, columns.of(row), separators, depth, in_paragraphs, counted) for row in rows
    ]


def _is_counted(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether a column of numbers tells chapters apart, and does not count them."""
    heads = [c.place for c in columns.usual if c.field in ("id", "title")]
    told = [c.place for c in columns.usual if c.field == "chapter-number"]
    if not told or not heads:
        return bool(told)
    # An id that comes again, a title that does, or numbers that count the rows through.
    again = any(len({str(row.at(place)) for row in rows}) < len(rows) for place in heads)
    return again or is_counted_through([read_count(row.at(told[0]) or "") for row in rows])


def is_counted_through(numbers: Sequence[int | None]) -> bool:
    """Whether the numbers are all from the first to the last, each once, in any order."""
    known = {number for number in numbers if number is not None}
    if len(numbers) < _FEWEST_COUNTED or len(known) < len(numbers):
        return False
    return min(known) <= 1 and max(known) - min(known) == len(numbers) - 1


def _read_entry(
    row: Row,
    columns: Sequence[Column],
    separators: Mapping[int, str | None],
    depth: int,
    in_paragraphs: bool,
    counted: bool,
) -> Entry:
    if not counted:
        columns = [
            column._replace(field="chapters") if column.field == "chapter-number" else column
            for column in columns
        ]
    entry = Entry(row.number, read_facts(row, columns, separators), [])
    wide: list[tuple[int, Part]] = []
    for column in columns:
        cell = row.at(column.place)
        if is_missing(cell):
            continue
        if column.field == "text" and in_paragraphs:
            entry.paragraph = cell if entry.paragraph is None else entry.paragraph
        elif column.field == "text" or (column.field == "chapters" and _holds_text(cell)):
            entry.parts = entry.parts or read_parts(
                cell, depth, chapters=column.field != "text", posted=entry.facts.posted
            )
        elif column.field.startswith("chapter:"):
            number = int(column.field.partition(":")[2])
            wide += ((number, part) for part in read_parts(cell, depth, chapters=False))
        else:
            _state(entry, column.field, cell)
    if wide and not entry.parts:
        entry.parts = [part for _, part in sorted(wide, key=lambda pair: pair[0])]
    return entry


def _holds_text(cell: Any) -> bool:
    return isinstance(cell, list | dict) or (isinstance(cell, str) and len(cell) > 40)


def _state(entry: Entry, name: str, cell: Any) -> None:
    if name == "id" and not entry.key:
        entry.key = read_text(cell)[:200]
    elif name == "end notes":
        entry.end_notes = read_rich(cell)
    elif name == "chapter-number" and entry.chapter is None:
        entry.chapter = read_count(cell)
    elif name == "chapter-title":
        entry.chapter_title = entry.chapter_title or read_text(cell)
    elif name == "paragraph" and entry.order is None:
        entry.order = read_count(cell) if not isinstance(cell, list | dict) else None
