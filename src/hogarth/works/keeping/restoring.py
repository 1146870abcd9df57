"""Restoring a backup into an archive without works: whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tarfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.contrib.auth.hashers import is_password_usable
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from hogarth import config
from hogarth.errors import Conflict, Invalid, NotFound, Unavailable
from hogarth.people.models import Account
from hogarth.works import assets, originals, store
from hogarth.works.keeping.layout import (
    FILES,
    FORMAT,
    LARGEST_MANIFEST,
    MANIFEST,
    ROWS,
    SECRET_KEY,
    SETTINGS,
)
from hogarth.works.keeping.tables import empty_tables, load_rows
from hogarth.works.models import Asset, Change, Original, Work
from hogarth.works.values import Progress

_PIECE: Final = 2**20
#: Units: bytes. Files that are written in one go share the waiting for their directories.
_BATCH: Final = 32 * 2**20


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration brought back.

    Shape: `settings` is where the backup's settings lie when they could not take their place,
    because there are others or because they name another database.
    """

    works: int
    originals: int
    settings: Path | None


def restore_backup(
    source: Path, data: Path, *, on_progress: Callable[[Progress], None] | None = None
) -> Restored:
    """Bring an archive back from a backup. `data` is the archive that is open, without works.

    The file is read twice: first every digest is checked, then it is taken in. The rows come last,
    in one transaction: until it is done the archive is as empty as before.
    Raises: NotFound, Invalid for no backup or a damaged one, Conflict for an archive with works,
    Unavailable for a backup of a newer Hogarth.
    """
    if data.resolve() != store.data_directory().resolve():
        raise Invalid("The archive in %(path)s is not the one that is open.", path=str(data))
    _check_empty()
    manifest = _verify(source, on_progress)
    _check_versions(manifest)
    with transaction.atomic():
        _check_empty()
        _take_files(source)
        empty_tables()
        counts = load_rows(_lines(source))
        _check_complete()
    left = _take_settings(source, data)
    return Restored(counts["work"], counts["original"], left)


def _check_empty() -> None:
    """Raises: Conflict."""
    claimed = any(
        is_password_usable(password)
        for password in Account.objects.values_list("password", flat=True)[:100]
    )
    if claimed or Work.objects.exists() or Original.objects.exists() or Change.objects.exists():
        raise Conflict(
            "This archive holds works or accounts already.",
            "Restore into a new directory; name it with --data.",
            code="not-empty",
        )


def _opened(source: Path) -> tarfile.TarFile:
    try:
        # No compression is guessed: a backup has none, and a bomb would.
        return tarfile.open(source, mode="r:")
    except FileNotFoundError:
        raise NotFound("There is no file %(path)s.", path=str(source)) from None
    except (tarfile.TarError, OSError, EOFError) as error:
        raise Invalid(
            "%(path)s is no backup: %(reason)s.", "Name a file that “hogarth backup” wrote.",
            code="no-backup", path=str(source), reason=str(error),
        ) from None  # fmt: skip


def _forget(tar: tarfile.TarFile) -> None:
    vars(tar)["members"].clear()  # they serve random access; a million would take a gigabyte


def _damaged(what: str) -> Invalid:
    return Invalid(
        "This backup is damaged: %(what)s.", "Nothing was changed. Try another copy of it.",
        code="damaged-backup", what=what,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Member:
    """One file in a backup, to be read before the next is asked for."""

    name: str
    size: int
    file: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        """Its bytes in order. Raises: Invalid, when they end too soon."""
        left = self.size
        while left:
            try:
                piece = self.file.read(min(_PIECE, left))
            except (tarfile.TarError, EOFError, OSError) as error:
                raise _damaged(str(error)) from None
            if not piece:
                raise _damaged(f"“{self.name}” is cut off")
            left -= len(piece)
            yield piece

    def read(self) -> bytes:
        return b"".join(self.pieces())


def _members(source: Path) -> Iterator[_Member]:
    """Every member, none of which can be anything but a file of ours. Raises: NotFound, Invalid."""
    with _opened(source) as tar:
        while True:
            try:
                info = tar.next()
            except (tarfile.TarError, EOFError, ValueError, OSError) as error:
                raise _damaged(str(error)) from None
            if info is None:
                return
            _forget(tar)
            ours = info.name in (MANIFEST, SECRET_KEY, SETTINGS) or ROWS.fullmatch(info.name)
            file = tar.extractfile(info) if info.isreg() else None
            if file is None or not (ours or FILES.fullmatch(info.name)):
                raise _damaged(f"“{info.name[:80]}” does not belong in it")
            yield _Member(info.name, info.size, file)


def _verify(source: Path, on_progress: Callable[[Progress], None] | None) -> dict[str, Any]:
    """Read everything once, and compare every digest. Raises: Invalid."""
    digests: dict[str, str] = {}
    counts = {originals.FOLDER: 0, assets.FOLDER: 0}
    manifest: dict[str, Any] = {}
    done = size = 0
    for member in _members(source):
        if member.name == MANIFEST:
            if member.size > LARGEST_MANIFEST:
                raise _damaged("its manifest is too large")
            manifest = _read_manifest(member.read())
            continue
        hashed = hashlib.sha256()
        for piece in member.pieces():
            hashed.update(piece)
        found = FILES.fullmatch(member.name)
        if member.name in digests:
            raise _damaged(f"“{member.name}” is in it twice")
        if found is None:
            digests[member.name] = hashed.hexdigest()
        elif hashed.hexdigest() != found[2] + found[3]:
            raise _damaged(f"“{member.name}” is not what it was")
        else:
            counts[found[1]] += 1
        done, size = done + 1, size + member.size
        if on_progress:
            on_progress(Progress(done, None, size))
    if not manifest:
        raise _damaged("it has no manifest, so it was never finished")
    if manifest["members"] != digests or any(manifest[name] != n for name, n in counts.items()):
        raise _damaged("something is missing, or is not what it was")
    return manifest


def _read_manifest(data: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(data)
        kinds = {
            "format": int,
            "migrations": list,
            "members": dict,
            "originals": int,
            "assets": int,
        }
        if all(isinstance(manifest[name], kind) for name, kind in kinds.items()):
            return dict(manifest)
    except (ValueError, KeyError, TypeError):
        pass
    raise _damaged("its manifest cannot be read")


def _check_versions(manifest: dict[str, Any]) -> None:
    known = {name for app, name in MigrationLoader(connection).disk_migrations if app == "hogarth"}
    if manifest["format"] != FORMAT or not set(manifest["migrations"]) <= known:
        raise Unavailable(
            "This backup was made by a newer Hogarth.", "Install that one, then restore.",
            code="too-new",
        )  # fmt: skip


def _take_files(source: Path) -> None:
    """Originals and pictures, which harm nobody when what follows fails."""
    gathered: dict[str, list[tuple[str, bytes]]] = {originals.FOLDER: [], assets.FOLDER: []}
    size = 0
    for member in _members(source):
        found = FILES.fullmatch(member.name)
        if found is None:
            continue
        data = member.read()
        if store.digest_of(data) != found[2] + found[3]:
            raise _damaged(f"“{member.name}” changed while it was read")
        gathered[found[1]].append((found[2] + found[3], data))
        size += len(data)
        if size > _BATCH:
            _keep(gathered)
            size = 0
    _keep(gathered)


def _keep(gathered: dict[str, list[tuple[str, bytes]]]) -> None:
    for folder, files in gathered.items():
        store.keep_all(folder, files)
        files.clear()


def _lines(source: Path) -> Iterator[str]:
    """The lines of all rows, in the order in which they were written."""
    for member in _members(source):
        if ROWS.fullmatch(member.name):
            yield from filter(None, member.read().decode("utf-8").split("\n"))


def _check_complete() -> None:
    """Every row of a file has its file. Raises: Invalid, which undoes the rows."""
    for folder, rows in ((originals.FOLDER, Original.objects), (assets.FOLDER, Asset.objects)):
        for digest in rows.values_list("digest", flat=True).iterator():
            if not store.place_of(folder, digest).exists():
                raise _damaged(f"the file {digest} is missing")


def _take_settings(source: Path, data: Path) -> Path | None:
    """The secret key takes the place of the new one; settings only where none say otherwise."""
    left: Path | None = None
    for member in _members(source):
        if member.name == SECRET_KEY:
            _put(data / SECRET_KEY, member.read())
        elif member.name == SETTINGS:
            written = member.read()
            place = data / SETTINGS
            if place.exists() or _names_other_database(written):
                left = place = data / f"{SETTINGS}.from-backup"
            _put(place, written)
    return left


def _names_other_database(written: bytes) -> bool:
    """The rows went into the database of today's settings; these may name another."""
    try:
        database = tomllib.loads(written.decode("utf-8")).get("database")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return True
    return database not in (None, config.current().text("database"))


def _put(place: Path, data: bytes) -> None:
    draft = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
