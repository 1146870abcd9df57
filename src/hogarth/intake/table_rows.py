"""The rows of a table as they were written: CSV and its kin, JSON, JSON Lines.

A quotation mark that never closes swallows every row after it; the place where rows begin again
is looked for, and which rows were broken is told.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from hogarth.intake.table_names import read_name

#: Units: characters. No line of a table and no field of one is longer.
LONGEST_FIELD: Final = 16 * 1024 * 1024
#: No table of stories has more; what has is data, and would fill the memory.
_MOST_CELLS: Final = 5_000_000
#: So much is looked at to tell by what the fields of a row are parted.
_SAMPLE: Final = 256 * 1024
_LONGEST_SAMPLE: Final = 4 * 1024 * 1024
_SAMPLE_ROWS: Final = 40
_DELIMITERS: Final = {",": "CSV", "\t": "TSV", ";": "CSV, semicolons", "|": "pipes"}
ENDINGS: Final = frozenset({".csv", ".tsv", ".tab", ".psv"})
#: What looking for the next row may cost in all. Units: lines tried, characters of each.
_MOST_TRIED: Final = 4_000
_LONGEST_TRIED: Final = 16 * 1024
_LONGEST_NAME: Final = 60
_FEWEST_COLUMNS: Final = 4
_FEWEST_ROWS: Final = 3


class Row(NamedTuple):
    """One row.

    Shape: `number` as a spreadsheet counts it; `cells` texts, or values of JSON by their column.
    """

    number: int
    cells: Sequence[Any] | Mapping[int, Any]

    def at(self, place: int) -> Any:
        """The cell in a column, None where the row has none."""
        if isinstance(self.cells, Mapping):
            return self.cells.get(place)
        return self.cells[place] if place < len(self.cells) else None


class TooDense(ValueError):
    """More cells, brackets or commas than tables of stories have."""


@dataclass(slots=True)
class Table:
    """A table as it was found.

    Shape: `form` in words; `names` of the columns, empty where none are given; `broken` the
    numbers of rows that could not be read as they stand; `left_out` of rows that are none at all.
    """

    form: str
    names: tuple[str, ...]
    rows: list[Row]
    broken: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text writes a table.

    Shape: `width` the fields of most rows; `start` of the first; `counted` when rows begin with a
    number.
    """

    delimiter: str
    width: int
    named: bool
    start: int
    counted: bool


def tell_dialect(text: str, *, expected: bool) -> Dialect | None:
    """How the text writes a table, or None when it is none.

    Shape: `expected` when its name says that it is one; else its columns must be well known, or
    quoted and many.
    """
    start = _skip_preamble(text)
    first = text[start : start + 4096].partition("\n")[0]
    best: tuple[float, int] = (0.0, 0)
    found: Dialect | None = None
    for delimiter in _DELIMITERS:
        if delimiter not in first and not expected:
            continue
        rows = _sample_rows(text, start, delimiter)
        if not rows:
            continue
        named = _is_header(rows)
        width = _usual_width(rows, named)
        alike = sum(len(row) == width for row in rows) / len(rows)
        known = sum(read_name(name) is not None for name in rows[0]) if named else 0
        if width < 2 or (known < 2 and alike < 0.6):
            continue
        if not expected and not _is_sure(rows, named, known, width, alike):
            continue
        # Names that are known say more than rows that are alike.
        score = (known + alike, width)
        if score > best:
            best, found = score, Dialect(delimiter, width, named, start, _are_counted(rows, width))
    if found is None and expected:
        return _single_column(text, start)
    return found


def name_form(dialect: Dialect) -> str:
    """What the form is called."""
    return _DELIMITERS[dialect.delimiter]


def read_delimited(text: str, dialect: Dialect, most: int) -> Table:
    """All rows, at most `most` + 1 of them. Raises: TooDense."""
    table = Table(name_form(dialect), (), [])
    search = _Search(text, dialect)
    number, position, count = 0, dialect.start, 0
    while position < len(text) and len(table.rows) <= most:
        lines = _Lines(text, position, len(text))
        for found in _records(lines, dialect.delimiter):
            number += 1
            begin, position = position, lines.position
            cells, after = found, search.next_row(found, begin, position)
            if after is not None:
                cells = _read_alone(text[begin:after], dialect.delimiter)
            if cells is None or after is not None or lines.cut or search.is_open(begin, position):
                table.broken.append(number)
                lines.cut = False
            _add(table, number, cells, dialect)
            count += len(cells or ())
            if count > _MOST_CELLS:
                raise TooDense
            if after is not None or cells is None or len(table.rows) > most:
                position = after or position
                break
        else:
            break
    return table


def _add(table: Table, number: int, cells: list[str] | None, dialect: Dialect) -> None:
    if cells is None:
        return
    if dialect.delimiter == "|":
        cells = _bare_pipes(cells)
    if number == 1 and dialect.named:
        table.names = tuple(cell.strip().lstrip("\ufeff") for cell in cells)
    elif any(cell.strip() for cell in cells):
        table.rows.append(Row(number, cells))


# --- lines and records --------------------------------------------------------------------------


class _Lines:
    """The lines of a text from a place on, each with its newline, and how far they were read.

    Shape: `cut` once a line was longer than any field may be.
    """

    def __init__(self, text: str, position: int, end: int) -> None:
        self._text = text
        self._end = end
        self.position = position
        self.cut = False

    def __iter__(self) -> Iterator[str]:
        while self.position < self._end:
            found = self._text.find("\n", self.position, self._end)
            after = self._end if found < 0 else found + 1
            line = self._text[self.position : min(after, self.position + LONGEST_FIELD)]
            self.cut = self.cut or after - self.position > LONGEST_FIELD
            self.position = after
            yield line


def _records(lines: _Lines, delimiter: str) -> Iterator[list[str] | None]:
    """The records of the lines; None for one that no reader of CSV can take."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(iter(lines), delimiter=delimiter, quoting=_quoting(delimiter))
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _quoting(delimiter: str) -> Any:
    return csv.QUOTE_NONE if delimiter == "|" else csv.QUOTE_MINIMAL


def _read_alone(text: str, delimiter: str) -> list[str] | None:
    """The text as one record, whatever quotation mark in it is left open."""
    lines = _Lines(text, 0, len(text))
    return next(_records(lines, delimiter), None)


def _is_strict(text: str, delimiter: str) -> bool:
    """Whether a record keeps the rule that a mark is followed by a separator or a mark."""
    if delimiter == "|" or '"' not in text:
        return True
    lines = _Lines(text, 0, len(text))
    try:
        next(csv.reader(iter(lines), delimiter=delimiter, strict=True), None)
    except csv.Error:
        return False
    return True


def _sample_rows(text: str, start: int, delimiter: str) -> list[list[str]]:
    """The first whole records, without empty ones."""
    for size in (_SAMPLE, _LONGEST_SAMPLE):
        end = min(len(text), start + size)
        lines = _Lines(text, start, end)
        rows: list[list[str]] = []
        for cells in _records(lines, delimiter):
            # What ends where the sample ends may go on behind it.
            if cells is None or (lines.position >= end < len(text)):
                break
            if any(cell.strip() for cell in cells):
                rows.append(_bare_pipes(cells) if delimiter == "|" else cells)
            if len(rows) >= _SAMPLE_ROWS:
                break
        if len(rows) > 1 or end == len(text):
            return rows
    return rows


def _bare_pipes(cells: list[str]) -> list[str]:
    """A row of Markdown begins and ends with a pipe."""
    stripped = [cell.strip() for cell in cells]
    if len(stripped) > 2 and not stripped[0] and not stripped[-1]:
        stripped = stripped[1:-1]
    return [""] if all(set(cell) <= set("-: ") for cell in stripped) else stripped


def _skip_preamble(text: str) -> int:
    """Where the table begins: after blank lines and a spreadsheet's word on its separator."""
    start = len(text) - len(text.lstrip("\n\ufeff \r"))
    if text[start : start + 4].lower() == "sep=":
        return text.find("\n", start) + 1 or len(text)
    return start


# --- what the rows are like ---------------------------------------------------------------------


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: known names, or words above columns of other things."""
    first = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in first if cell]
    if not filled or any(len(cell) > _LONGEST_NAME or "\n" in cell for cell in filled):
        return False
    if len(set(filled)) < len(filled) or any(_is_number(cell) for cell in filled):
        return False
    known = sum(read_name(cell) is not None for cell in filled)
    if known >= 2 or (known and len(filled) <= 3):
        return True
    if any(cell.startswith(("http://", "https://", "[", "{")) for cell in filled):
        return False
    below = [row for row in rows[1:] if len(row) == len(rows[0])]
    return bool(below) and any(
        all(_is_number(row[place]) or len(row[place]) > 2 * _LONGEST_NAME for row in below)
        for place in range(len(first))
    )


def _is_number(cell: str) -> bool:
    return cell.strip().replace(",", "").replace(".", "", 1).lstrip("-").isdecimal()


def _usual_width(rows: Sequence[Sequence[str]], named: bool) -> int:
    """How many fields rows have. Lines of a text that a row lost have one or two."""
    widths = [len(row) for row in rows[1:] or rows] if named else [len(row) for row in rows]
    if named and widths.count(len(rows[0])) >= 0.2 * len(widths):
        return len(rows[0])
    return max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width))


def _is_sure(
    rows: Sequence[Sequence[str]], named: bool, known: int, width: int, alike: float
) -> bool:
    """Whether a text that is not called a table is one all the same."""
    if named:
        fitting = sum(len(row) == len(rows[0]) for row in rows[1:])
        if known >= 3:
            return 2 * fitting >= len(rows) - 1
        return known == 2 and width < _FEWEST_COLUMNS and alike > 0.9 and len(rows) > 2
    return alike == 1.0 and width >= _FEWEST_COLUMNS and len(rows) >= _FEWEST_ROWS


def _single_column(text: str, start: int) -> Dialect | None:
    """A file that is called a table and has one column, of known name."""
    name = text[start : start + 200].partition("\n")[0].strip().strip('"')
    named = read_name(name)
    if named is None or named.field != "text":
        return None
    return Dialect(",", 1, True, start, False)


def _are_counted(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether rows begin with a number each."""
    whole = [row for row in rows[1:] if len(row) == width]
    return bool(whole) and all(_is_number(row[0]) for row in whole)


# --- rows that swallowed others -----------------------------------------------------------------


class _Search:
    """Looks for where rows begin again after a quotation mark that never closed."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self._text = text
        self._dialect = dialect
        self._left = _MOST_TRIED

    def is_open(self, begin: int, end: int) -> bool:
        """Whether the text ends inside of quotation marks."""
        return end >= len(self._text) and self._text.count('"', begin, end) % 2 == 1

    def next_row(self, cells: list[str] | None, begin: int, end: int) -> int | None:
        """Where a row begins that this record swallowed, or None.

        What stands before it leaves a quotation mark open; it is as wide as most rows are.
        """
        if not self._is_suspect(cells, begin, end):
            return None
        text, quotes, position = self._text, 0, begin
        while self._left:
            after = text.find("\n", position, end) + 1
            if not after or after >= end:
                return None
            quotes += text.count('"', position, after)
            position = after
            if quotes % 2 and self._begins_row(position):
                return position
        return None

    def _is_suspect(self, cells: list[str] | None, begin: int, end: int) -> bool:
        if cells is None:
            return True
        if self._text.find("\n", begin, end - 1) < 0 or self._dialect.width < 2:
            return False
        return (
            len(cells) != self._dialect.width
            or self.is_open(begin, end)
            or not _is_strict(self._text[begin:end], self._dialect.delimiter)
        )

    def _begins_row(self, position: int) -> bool:
        dialect = self._dialect
        line = self._text[position : position + 200].partition("\n")[0]
        first = line.partition(dialect.delimiter)[0]
        if first == line or (dialect.counted and not _is_number(first.strip('"'))):
            return False
        if not dialect.counted and dialect.width < _FEWEST_COLUMNS and not line.startswith('"'):
            return False
        self._left -= 1
        lines = _Lines(self._text, position, min(len(self._text), position + _LONGEST_TRIED))
        cells = next(_records(lines, dialect.delimiter), None)
        return cells is not None and len(cells) == dialect.width
