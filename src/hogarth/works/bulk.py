"""Rows without objects: for tables whose rows an import writes and never looks at again.

Cost: a twentieth of `bulk_create`, which makes an object of every row and SQL of every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import Manager

#: What both databases take as it is; anything else its field makes ready.
_AS_THEY_ARE: Final = frozenset((int, str, type(None)))


def insert_rows(
    rows: Manager[Any],
    columns: Sequence[str],
    values: Iterable[tuple[Any, ...]],
    *,
    ignore_conflicts: bool = False,
) -> None:
    """Insert rows into the manager's table. Shape: `columns` by name, as the model has them."""
    meta = rows.model._meta  # noqa: SLF001  # documented
    fields = [meta.get_field(column) for column in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(columns))
    tail = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    prepared = [
        tuple(
            value if type(value) in _AS_THEY_ARE else field.get_db_prep_save(value, connection)
            for field, value in zip(fields, row, strict=True)
        )
        for row in values
    ]
    if not prepared:
        return
    with connection.cursor() as cursor:
        # Only names of our own models are put into the statement; every value is a parameter.
        cursor.executemany(
            f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({places}){tail}",  # noqa: S608
            prepared,
        )
