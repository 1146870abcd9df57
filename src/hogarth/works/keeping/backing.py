"""Backing up: the whole archive in one file, while it is in use."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tarfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model, QuerySet
from django.utils import timezone

import hogarth
from hogarth.errors import Conflict, Unavailable
from hogarth.works import assets, originals, store
from hogarth.works.keeping.layout import (
    FORMAT,
    MANIFEST,
    SECRET_KEY,
    SETTINGS,
    file_name,
    rows_name,
)
from hogarth.works.keeping.tables import dump_rows, snapshot
from hogarth.works.models import Asset, Original
from hogarth.works.values import Progress

#: Units: bytes of rows in one member.
_CHUNK: Final = 8 * 2**20


def back_up(target: Path, *, on_progress: Callable[[Progress], None] | None = None) -> Path:
    """Write the archive to a file, or to a dated file in a directory, and say where.

    It holds every row, original and picture, the settings and the secret key: keep it as safe as
    the archive. Raises: Conflict when the file exists; Unavailable when it cannot be written or an
    original is not what it was.
    """
    place = target
    if target.is_dir():
        place = target / f"hogarth-{timezone.now():%Y-%m-%d-%H%M%S}.tar"
    if place.exists():
        raise Conflict(
            "There is a file %(path)s already.", "Name another; backups overwrite nothing.",
            code="file-exists", path=str(place),
        )  # fmt: skip
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        _write(draft, on_progress)
        # A link fails where a file has appeared meanwhile; a rename would replace it.
        os.link(draft, place)
        _sync(place.parent)
    except FileExistsError:
        raise Conflict("There is a file %(path)s already.", path=str(place)) from None
    except OSError as error:
        raise Unavailable(
            "The backup cannot be written to %(path)s: %(reason)s.",
            "Nothing was left behind. Look for a full disk or missing rights.",
            code="cannot-write", path=str(place), reason=error.strerror or str(error),
        ) from error  # fmt: skip
    finally:
        draft.unlink(missing_ok=True)
    return place


def _write(draft: Path, on_progress: Callable[[Progress], None] | None) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar, snapshot():
            _Backup(tar, on_progress).write()
        file.flush()
        os.fsync(file.fileno())


class _Backup:
    """One tar that is being written."""

    def __init__(
        self, tar: tarfile.TarFile, on_progress: Callable[[Progress], None] | None
    ) -> None:
        self._tar = tar
        self._on_progress = on_progress
        self._members: dict[str, str] = {}
        self._done = 0
        self._bytes = 0
        # Rows come before files: a row's file is on the disk before the row is.
        self._total = Original.objects.count() + Asset.objects.count()

    def write(self) -> None:
        for name in (SECRET_KEY, SETTINGS):
            path = store.data_directory() / name
            if path.exists():
                self._add_named(name, path.read_bytes())
        for number, chunk in enumerate(_chunks(), start=1):
            self._add_named(rows_name(number), chunk)
        kept = [
            self._add_files(originals.FOLDER, Original.objects.values_list("digest", flat=True)),
            self._add_files(assets.FOLDER, Asset.objects.values_list("digest", flat=True)),
        ]
        manifest = {
            "format": FORMAT,
            "hogarth": hogarth.__version__,
            "made": timezone.now().isoformat(),
            "migrations": sorted(
                name
                for app, name in MigrationRecorder(connection).applied_migrations()
                if app == "hogarth"
            ),
            "members": self._members,
            "originals": kept[0],
            "assets": kept[1],
        }
        self._add(MANIFEST, json.dumps(manifest, indent=1).encode())

    def _add_files(self, folder: str, digests: QuerySet[Model, str]) -> int:
        count = 0
        for digest in digests.order_by("digest").iterator():
            data = store.read_kept(folder, digest)
            self._add(file_name(folder, digest), data)
            count += 1
            self._done += 1
            self._bytes += len(data)
            if self._on_progress:
                self._on_progress(Progress(self._done, self._total, self._bytes))
        return count

    def _add_named(self, name: str, data: bytes) -> None:
        self._members[name] = hashlib.sha256(data).hexdigest()
        self._add(name, data)

    def _add(self, name: str, data: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        info.mode = 0o600
        info.mtime = int(time.time())
        self._tar.addfile(info, BytesIO(data))
        vars(self._tar)["members"].clear()  # for reading only; a million would take a gigabyte


def _chunks() -> Iterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    for line in dump_rows():
        gathered.append(line.encode("utf-8"))
        size += len(gathered[-1])
        if size >= _CHUNK:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
