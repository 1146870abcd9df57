"""Whether a text is a table, and what rows it has."""

from __future__ import annotations

from hogarth.intake.refusals import refuse
from hogarth.intake.table_json import read_json
from hogarth.intake.table_rows import ENDINGS, Table, TooDense, read_delimited, tell_dialect


def open_table(text: str, ending: str, most: int, *, expected: bool = False) -> Table | None:
    """The table that the text is, or None.

    Shape: `ending` of the file's name; `most` the rows it may have; `expected` when somebody said
    that it is one.
    Raises: Unreadable, when it has more rows than it may have, or more cells than stories need.
    """
    if text[:100].lstrip()[:1] == "<":
        return None
    try:
        table = read_json(text, most)
        if table is None:
            dialect = tell_dialect(text, expected=expected or ending in ENDINGS)
            table = read_delimited(text, dialect, most) if dialect is not None else None
    except TooDense:
        raise refuse("data-file", what="a table of data") from None
    if table is None:
        return None
    if len(table.rows) > most:
        raise refuse("too-many-rows", limit=most)
    return table
