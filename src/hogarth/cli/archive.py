"""Opening the archive for a command: its directory, Django, the tables, and who acts."""

from __future__ import annotations

import argparse
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hogarth import config
from hogarth.errors import HogarthError, Invalid, Unavailable

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from hogarth.people.models import Account

#: What shows that a directory holds an archive.
_MARKS: Final = ("secret-key", "hogarth.sqlite3", "hogarth.toml")
#: What a new archive may lie beside: what file systems put into an empty volume, and what
#: another first start at this same moment has begun.
_HARMLESS: Final = ("lost+found", "secret-key", "setup.lock")
_FULL_OR_FORBIDDEN: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)
#: Any number will do, so long as every start of Hogarth asks PostgreSQL for the same one.
_POSTGRES_LOCK: Final = 18820101


@contextmanager
def opened(arguments: argparse.Namespace, *, make: bool = False) -> Iterator[Account]:
    """The archive, ready for use, and the account that acts on it.

    Raises: Unavailable, when it cannot be used (or is not there, unless `make`); NotFound, when
    `--as` names nobody. Database and disk failures while it is open are Unavailable too.
    """
    # What is made here holds private works and password hashes: for this account alone.
    os.umask(0o077)
    data = directory()
    if not holds_archive(data):
        if not make:
            raise Unavailable(
                "There is no archive in %(path)s.",
                "“hogarth import PATH” makes one; --data names another directory.",
                code="no-archive", path=str(data),
            )  # fmt: skip
        _make_directory(data)
    _start_django()
    from django.db import DatabaseError, InterfaceError, OperationalError

    try:
        _bring_tables_up_to_date(data)
        yield _account(arguments.acting)
    except (DatabaseError, InterfaceError) as error:
        if type(error) not in (DatabaseError, InterfaceError, OperationalError):
            raise  # a fault of the program's own
        raise Unavailable(
            "The database cannot be used: %(reason)s",
            "“hogarth doctor” tells more of it.",
            code="database", reason=" ".join(str(error).split()) or type(error).__name__,
        ) from error  # fmt: skip
    except OSError as error:
        if error.errno not in _FULL_OR_FORBIDDEN:
            raise
        raise _unwritable(data, error) from error


def directory() -> Path:
    """Where the archive lies. Raises: Unavailable, when a setting is nonsense."""
    try:
        return config.current().data
    except Invalid as error:
        raise _as_unavailable(error) from None


def holds_archive(data: Path) -> bool:
    """Whether an archive was made in this directory."""
    try:
        return any((data / mark).exists() for mark in _MARKS)
    except OSError as error:
        raise _unwritable(data, error) from None


def _as_unavailable(error: HogarthError) -> Unavailable:
    return Unavailable(error.msgid, error.hint_msgid, code="settings", **error.values)


def _make_directory(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = [path.name for path in data.iterdir() if not path.name.startswith(_HARMLESS)]
    except OSError as error:
        raise _unwritable(data, error) from None
    if any(not name.startswith(".") for name in others) and not holds_archive(data):
        raise Unavailable(
            "The directory %(path)s holds other things and no archive.",
            "Name a new or empty directory with --data; Hogarth fills it with files of its own.",
            code="not-an-archive", path=str(data),
        )  # fmt: skip


def _unwritable(data: Path, error: OSError) -> Unavailable:
    return Unavailable(
        "The archive in %(path)s cannot be used: %(reason)s.",
        "See that the disk has room and that the directory is yours to write.",
        code="directory", path=str(data), reason=error.strerror or str(error),
    )  # fmt: skip


def _start_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hogarth.settings"
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured

    if apps.ready:
        return
    try:
        django.setup()
    except Invalid as error:
        raise _as_unavailable(error) from None
    except OSError as error:
        raise _unwritable(directory(), error) from None
    except ImproperlyConfigured as error:
        raise Unavailable(
            "The archive cannot be opened with its settings: %(reason)s",
            "For PostgreSQL install the extra: pip install 'hogarth[postgres]'.",
            code="settings", reason=str(error).splitlines()[0],
        ) from error  # fmt: skip


def _bring_tables_up_to_date(data: Path) -> None:
    from django.core.management import call_command
    from django.db import connection

    if not _behind(connection):
        return
    with _alone(connection, data):
        # Another start may have done it while this one waited.
        if _behind(connection):
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def _behind(connection: BaseDatabaseWrapper) -> bool:
    """Whether tables are missing. Raises: Unavailable, when they are of a newer Hogarth."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    if any(app == "hogarth" for app, _name in applied - known):
        raise Unavailable(
            "A newer Hogarth than this one has used this archive.",
            "Install the newer one again; nothing was changed.",
            code="too-new",
        )
    return bool(known - applied)


@contextmanager
def _alone(connection: BaseDatabaseWrapper, data: Path) -> Iterator[None]:
    """One start at a time: of this machine by a file, of a PostgreSQL cluster by its lock."""
    with (data / "setup.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_POSTGRES_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_POSTGRES_LOCK])


def _account(name: str | None) -> Account:
    from hogarth.people.operations import account_named, ensure_owner

    owner = ensure_owner()
    return owner if name is None else account_named(name)
