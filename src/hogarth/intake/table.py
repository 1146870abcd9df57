"""Tables whose rows are works: what scrapers write and spreadsheets hold, as CSV or JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.table_columns import Columns, tell_columns
from hogarth.intake.table_entries import read_entries
from hogarth.intake.table_rows import Table
from hogarth.intake.table_works import Work, address_works, gather, tell_site
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Manuscript

#: Of a list of rows a person reads the first few ranges.
_MOST_RANGES: Final = 12
#: Columns that tell of works, though they hold none of the text.
_OF_WORKS: Final = (
    "author", "fandom", "relationship", "character", "freeform", "warning", "kudos", "hits",
    "words", "chapters", "summary", "series", "source", "file",
)  # fmt: skip
_FEWEST_OF_WORKS: Final = 2
_LONGEST_SHOWN: Final = 1_000


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Rows and columns, whatever they hold."""
    table = found.table
    if table is None:
        return None
    return (Evidence("table", f"{table.form}, rows: {len(table.rows):,}"),)


def read(found: Found) -> Reading:
    """One manuscript for each work in the table.

    Raises: Unreadable, when its rows are no works, or tell of works and hold none of their text.
    """
    table = found.table
    if table is None or not table.rows:
        raise refuse("data-file", what=_what(table))
    columns = tell_columns(table)
    if not columns.holds("text", "chapters", "paragraph") and not _is_wide(columns):
        raise _refuse(table, columns)
    depth = found.limits.markup_depth
    entries = read_entries(table.rows, columns, depth)
    works = gather(entries, columns, depth)
    if not works:
        raise _refuse(table, columns)
    ratings = (tag.name for e in entries[:500] for tag in e.facts.tags if tag.kind == "rating")
    works = address_works(works, tell_site(columns.usual, ratings))
    bare = [e.number for e in entries if not e.parts and e.paragraph is None]
    manuscripts, problems = _finish(works, found, table)
    return Reading(
        found.name,
        "table",
        tuple(manuscripts),
        tuple(
            _evidence(columns, works, {"no text": [*bare, *table.left_out], "broken": table.broken})
        ),
        tuple(problems),
    )


def _is_wide(columns: Columns) -> bool:
    return any(column.field.startswith("chapter:") for column in columns.usual)


def _what(table: Table | None) -> str:
    return "a JSON file" if table is not None and table.form == "JSON" else "a table of data"


def _refuse(table: Table, columns: Columns) -> Exception:
    """The error for a table without text: it tells of works, or of something else."""
    telling = sum(columns.holds(name) for name in _OF_WORKS)
    only_guessed = columns.guessed and bool(table.names)
    if columns.holds("title") and telling >= _FEWEST_OF_WORKS and not only_guessed:
        return refuse("table-without-text", rows=f"{len(table.rows):,}")
    return refuse("data-file", what=_what(table))


def _finish(
    works: Sequence[Work], found: Found, table: Table
) -> tuple[list[Manuscript], list[Problem]]:
    """The manuscripts, with titles where rows have none, and what is wrong with each."""
    manuscripts: list[Manuscript] = []
    problems: list[Problem] = []
    broken = set(table.broken)
    for index, work in enumerate(works):
        manuscript = work.manuscript
        if not manuscript.title:
            title = title_from_name(found.name)
            if len(works) > 1:
                title = f"{title}, {work.key or work.rows[0]}"
            manuscript = replace(manuscript, title=title)
            problems.append(Problem("title-guessed", title, index))
        if work.lost:
            problems.append(
                Problem("paragraphs-lost", "lines are wrapped and nothing parts them", index)
            )
        if work.missing > 0:
            problems.append(Problem("chapters-missing", f"{work.missing:,} of them", index))
        mine = sorted(broken.intersection(work.rows))
        if mine:
            problems.append(Problem("row-broken", show_rows(mine), index))
        manuscripts.append(manuscript)
    return manuscripts, problems


def _evidence(
    columns: Columns, works: Sequence[Work], bare: Mapping[str, Sequence[int]]
) -> list[Evidence]:
    """What was seen. Shape: `bare` the rows that are in no work, by the reason."""
    shown = "; ".join(
        f"{column.name or column.place + 1}: {column.field}"
        for column in sorted(columns.usual)
        if column.field not in ("", "ignore")
    )
    if columns.moved:
        shown = f"moved to fit the cells of {columns.moved:,} rows; {shown}"
    evidence = [Evidence("columns", shown[:_LONGEST_SHOWN])]
    again = sorted(number for work in works for number in work.again)
    if again:
        evidence.append(Evidence("again", show_rows(again)))
    used = {number for work in works for number in (*work.rows, *work.again)}
    left = {reason: sorted(set(numbers) - used) for reason, numbers in bare.items()}
    told = "; ".join(f"{reason}: {show_rows(rows)}" for reason, rows in left.items() if rows)
    if told:
        evidence.append(Evidence("left-out", told))
    return evidence


def show_rows(numbers: Sequence[int]) -> str:
    """Which rows, in a few words: “rows 3–42, 57”."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number <= ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [f"{a}" if a == b else f"{a}–{b}" for a, b in ranges[:_MOST_RANGES]]
    more = len(ranges) - _MOST_RANGES
    return f"{'row' if len(numbers) == 1 else 'rows'} {', '.join(shown)}" + (
        f" and {more:,} more" if more > 0 else ""
    )
