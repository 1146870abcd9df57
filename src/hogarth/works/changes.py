"""The change log: what search, feeds and mail follow. Appended in the change's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db import connection

from hogarth.people.models import Account
from hogarth.works.models import Change, Work

ChangeKind = Literal[
    "imported", "updated", "witnessed", "published", "withdrawn", "deleted", "edited"
]

#: Any number that nothing else in this database locks by.
_LOCK: Final = 0x486F6761


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log before it is written."""

    kind: ChangeKind
    work: Work
    reduces: bool = False


def append_change(
    kind: ChangeKind, work: Work, *, by: Account | None, at: datetime, reduces: bool = False
) -> None:
    """Append one line, as the last statement of a transaction. See `append_changes`."""
    append_changes([Entry(kind, work, reduces)], by=by, at=at)


def append_changes(entries: Iterable[Entry], *, by: Account | None, at: datetime) -> None:
    """Append lines, as the last statement of a transaction.

    Ids must become visible in their order, else a reader that has followed the log to 2 never sees
    a 1 that commits later. SQLite writes one transaction at a time; PostgreSQL is told to, from
    here to the commit: hence the last statement.
    """
    rows = [
        Change(kind=entry.kind, work=entry.work, by=by, reduces=entry.reduces, at=at)
        for entry in entries
    ]
    if not rows:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    Change.objects.bulk_create(rows)
