"""All rows as lines of JSON, from either database and into either.

Shape: a line `{"table", "columns"}` begins each table; a line `[value, …]` is a row. A column that
a later Hogarth added is missing there and takes its default.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final, cast

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Field, Manager, Model

from hogarth.errors import Invalid
from hogarth.people.models import Account, Claim, Pseud
from hogarth.works.models import (
    Asset,
    Change,
    Chapter,
    ChapterText,
    Original,
    Series,
    SeriesEntry,
    Tag,
    Version,
    VersionAsset,
    VersionText,
    Witness,
    Work,
    WorkCredit,
    WorkTag,
)

#: Every table by its name in backups, those that others point to first.
TABLES: Final[dict[str, Manager[Any]]] = {
    "account": Account.objects,
    "claim": Claim.objects,
    "pseud": Pseud.objects,
    "original": Original.objects,
    "asset": Asset.objects,
    "tag": Tag.objects,
    "series": Series.objects,
    "work": Work.objects,
    "work_tag": WorkTag.objects,
    "work_credit": WorkCredit.objects,
    "series_entry": SeriesEntry.objects,
    "version": Version.objects,
    "version_asset": VersionAsset.objects,
    "chapter": Chapter.objects,
    "chapter_text": ChapterText.objects,
    "version_text": VersionText.objects,
    "witness": Witness.objects,
    "change": Change.objects,
}
#: Units: rows in memory at once; texts are large.
_ROWS: Final = 500


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the database as it is now, whatever is written meanwhile; writers are not held up."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Django would begin with a lock for writing; a plain transaction of WAL is a snapshot.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def dump_rows() -> Iterator[str]:
    """Every row, table by table, as lines."""
    for table, rows in TABLES.items():
        columns = [field.attname for field in _fields(rows)]
        yield _line({"table": table, "columns": columns})
        for row in rows.order_by("pk").values_list(*columns).iterator(chunk_size=_ROWS):
            yield _line(row)


def load_rows(lines: Iterable[str]) -> dict[str, int]:
    """Write rows into empty tables, inside the caller's transaction; count them by table.

    Raises: Invalid for lines that are no rows of ours.
    """
    counts = dict.fromkeys(TABLES, 0)
    table = ""
    fields: list[Field[Any, Any]] = []
    gathered: list[Model] = []

    def write() -> None:
        if gathered:
            TABLES[table].bulk_create(gathered)
            counts[table] += len(gathered)
            gathered.clear()

    try:
        for line in lines:
            value = json.loads(line)
            if isinstance(value, dict):
                write()
                table = value["table"]
                known = {field.attname: field for field in _fields(TABLES[table])}
                fields = [known[column] for column in value["columns"]]
            elif not table or len(value) != len(fields):
                raise ValueError("a row without its table")
            else:
                pairs = zip(fields, value, strict=True)
                columns = {field.attname: _read(field, item) for field, item in pairs}
                gathered.append(TABLES[table].model(**columns))
                if len(gathered) >= _ROWS:
                    write()
        write()
    except (ValueError, TypeError, KeyError) as error:
        raise Invalid(
            "The rows of this backup cannot be read: %(reason)s.",
            "It was damaged, or made by another Hogarth.",
            code="bad-rows", reason=str(error)[:200],
        ) from None  # fmt: skip
    reset_sequences()
    return counts


def reset_sequences() -> None:
    """Let new rows be numbered after those that were loaded."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [rows.model for rows in TABLES.values()]
        ):
            cursor.execute(statement)


def empty_tables() -> None:
    """Remove every row, inside the caller's transaction: only for an archive without works."""
    for rows in reversed(TABLES.values()):
        rows.all().delete()


def _fields(rows: Manager[Any]) -> Sequence[Field[Any, Any]]:
    return cast("Sequence[Field[Any, Any]]", rows.model._meta.concrete_fields)  # noqa: SLF001 - documented


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_told) + "\n"


def _told(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a backup")


def _read(field: Field[Any, Any], value: Any) -> Any:
    if field.get_internal_type() in ("DateField", "DateTimeField") and value is not None:
        return field.to_python(value)
    return value
