"""The change log: what search, feeds and mail follow. Appended in the change's own transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from django.db import connection

from hogarth.people.models import Account
from hogarth.works.bulk import insert_rows
from hogarth.works.models import Change, Work

ChangeKind = Literal[
    "imported", "updated", "witnessed", "published", "withdrawn", "deleted", "edited", "restored"
]

#: Any number that nothing else in this database locks by.
_LOCK: Final = 0x486F6761


class _Looked(threading.local):
    """What this thread saw when it last looked: by which connection, what it said, the position."""

    connection: Any = None
    data_version: int = -1
    position: int = 0


_looked: Final = _Looked()


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
    rows = [(entry.kind, entry.work.pk, by and by.pk, entry.reduces, at) for entry in entries]
    if not rows:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    insert_rows(Change.objects, ("kind", "work", "by", "reduces", "at"), rows)
    # SQLite's data_version tells a connection of every write but its own.
    _looked.connection = None


def position() -> int:
    """Where the log ends: the id of its newest line, 0 while it is empty.

    Cost: some microseconds on SQLite while nothing was written, else one look at an index.
    """
    if connection.vendor != "sqlite":
        return _last_id()
    connection.ensure_connection()
    raw: Any = connection.connection
    (version,) = raw.execute("PRAGMA data_version").fetchone()
    if _looked.connection is not raw or _looked.data_version != version:
        # The version was read first: a write that comes between makes the next look look again.
        _looked.position = _last_id()
        _looked.connection, _looked.data_version = raw, version
    return _looked.position


def _last_id() -> int:
    last: int | None = Change.objects.order_by("-id").values_list("id", flat=True).first()
    return last or 0
