"""Originals: bytes as they were received, kept by digest for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from hogarth.works import store

FOLDER: Final = "originals"


def keep(data: bytes) -> str:
    """Keep the bytes and say their digest. Raises: Unavailable when they cannot be written."""
    digest = store.digest_of(data)
    keep_many([(digest, data)])
    return digest


def keep_many(files: Iterable[tuple[str, bytes]]) -> None:
    """Keep (digest, bytes) pairs. Raises: Unavailable."""
    store.keep_all(FOLDER, files)


def path_of(digest: str) -> Path:
    """Where an original lies."""
    return store.place_of(FOLDER, digest)


def read_original(digest: str) -> bytes:
    """The exact bytes. Raises: NotFound; Unavailable when the disk no longer holds them."""
    return store.read_kept(FOLDER, digest)


def kept() -> Iterator[str]:
    """The digest of every original on the disk, in order."""
    return store.kept_digests(FOLDER)
