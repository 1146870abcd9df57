"""Assets: pictures that came with texts, kept by digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from hogarth.manuscript import Asset
from hogarth.works import store

FOLDER: Final = "assets"


def keep_asset(asset: Asset) -> str:
    """Keep the picture and say its digest. Raises: Unavailable."""
    keep_assets([asset])
    return asset.digest


def keep_assets(assets: Iterable[Asset]) -> None:
    """Keep pictures. Raises: Unavailable."""
    store.keep_all(FOLDER, ((asset.digest, asset.data) for asset in assets))


def path_of(digest: str) -> Path:
    """Where a picture lies."""
    return store.place_of(FOLDER, digest)


def read_asset(digest: str) -> bytes:
    """The exact bytes. Raises: NotFound; Unavailable."""
    return store.read_kept(FOLDER, digest)


def kept() -> Iterator[str]:
    """The digest of every picture on the disk, in order."""
    return store.kept_digests(FOLDER)
