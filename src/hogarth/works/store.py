"""Files kept by the digest of what they hold, in the data directory.

A file is written beside its place, brought to the disk and then renamed, so that under a digest
lies either nothing or exactly those bytes, whenever the machine stops.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from hogarth.errors import NotFound, Unavailable

#: Drafts begin with this; `doctor` names those that a killed process left behind.
DRAFT: Final = "draft-"


def data_directory() -> Path:
    """Where the archive's files lie."""
    return Path(settings.HOGARTH_DATA)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def place_of(folder: str, digest: str) -> Path:
    """Where a file with this digest lies, or would lie. Shape: `folder/ab/cdef…`, 64 hex digits."""
    return data_directory() / folder / digest[:2] / digest[2:]


def keep_all(folder: str, files: Iterable[tuple[str, bytes]]) -> None:
    """Write (digest, bytes) pairs that are not there yet, and bring them to the disk.

    Cost: one fsync a file and one a directory; many at once share those of directories.
    Raises: Unavailable when the disk is full or does not let us write.
    """
    touched: set[Path] = set()
    try:
        for digest, data in files:
            place = place_of(folder, digest)
            if not place.exists():
                _write(place, data, touched)
        for directory in sorted(touched):
            _sync(directory)
    except OSError as error:
        raise Unavailable(
            "The archive cannot write to %(path)s: %(reason)s.",
            "Look for a full disk or missing rights, then import again; what is in stays in.",
            code="cannot-write", path=str(data_directory()), reason=error.strerror or str(error),
        ) from error  # fmt: skip


def read_kept(folder: str, digest: str) -> bytes:
    """The bytes under this digest. Raises: NotFound; Unavailable when they are not those bytes."""
    try:
        data = place_of(folder, digest).read_bytes()
    except FileNotFoundError:
        raise NotFound(
            "The file %(digest)s is missing from the archive.",
            "Run “hogarth doctor”; a backup may still have it.",
            code="file-missing", digest=digest,
        ) from None  # fmt: skip
    if digest_of(data) != digest:
        raise Unavailable(
            "The file %(digest)s was changed on the disk.",
            "Run “hogarth doctor”; a backup may still have it as it was.",
            code="file-damaged", digest=digest,
        )  # fmt: skip
    return data


def kept_digests(folder: str) -> Iterator[str]:
    """Every digest that has a file, in order."""
    for path in _files(folder):
        if not path.name.startswith(DRAFT):
            yield path.parent.name + path.name


def drafts_of(folder: str) -> Iterator[Path]:
    """What processes that were killed left half-written."""
    return (path for path in _files(folder) if path.name.startswith(DRAFT))


def _files(folder: str) -> Iterator[Path]:
    root = data_directory() / folder
    if root.is_dir():
        for directory in sorted(root.iterdir()):
            if directory.is_dir():
                yield from sorted(path for path in directory.iterdir() if path.is_file())


def _write(place: Path, data: bytes, touched: set[Path]) -> None:
    directory = place.parent
    if not directory.is_dir():
        directory.mkdir(parents=True, exist_ok=True)
        touched.update((directory.parent, directory.parent.parent))
    draft = directory / f"{DRAFT}{secrets.token_hex(8)}"
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(place)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    touched.add(directory)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
