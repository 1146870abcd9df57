"""What every place that keeps files by digest promises, whatever it keeps them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hogarth.errors import NotFound, Unavailable
from hogarth.manuscript import Asset
from hogarth.works import assets, originals, store


@dataclass(frozen=True)
class Shelf:
    """One place that keeps files."""

    folder: str
    keep: Callable[[bytes], str]
    read: Callable[[str], bytes]
    path_of: Callable[[str], Path]


SHELVES = [
    Shelf(originals.FOLDER, originals.keep, originals.read_original, originals.path_of),
    Shelf(
        assets.FOLDER,
        lambda data: assets.keep_asset(Asset("assets/0.png", "image/png", data)),
        assets.read_asset,
        assets.path_of,
    ),
]


@pytest.fixture(params=SHELVES, ids=lambda shelf: shelf.folder)
def shelf(request: pytest.FixtureRequest, data: Path) -> Shelf:
    assert data.is_dir()
    kept: Shelf = request.param
    return kept


def _everything(shelf: Shelf) -> list[Path]:
    root = store.data_directory() / shelf.folder
    return [path for path in root.rglob("*") if path.is_file()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(data=st.binary(max_size=2_000))
def test_what_was_kept_is_read_byte_for_byte(shelf: Shelf, data: bytes) -> None:
    digest = shelf.keep(data)
    assert digest == store.digest_of(data)
    assert shelf.read(digest) == data
    assert shelf.path_of(digest).read_bytes() == data
    assert digest in store.kept_digests(shelf.folder)


def test_the_same_bytes_are_kept_once(shelf: Shelf) -> None:
    first = shelf.keep(b"seventeen stairs")
    before = shelf.path_of(first).stat()
    assert shelf.keep(b"seventeen stairs") == first
    after = shelf.path_of(first).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(_everything(shelf)) == 1


def test_nobody_else_on_the_machine_may_read_them(shelf: Shelf) -> None:
    digest = shelf.keep(b"private")
    assert shelf.path_of(digest).stat().st_mode & 0o077 == 0


def test_what_is_not_there_is_not_found(shelf: Shelf) -> None:
    with pytest.raises(NotFound):
        shelf.read("0" * 64)


@pytest.mark.parametrize("damage", [b"", b"seventeen stair", b"seventeen stairs!", b"SEVENTEEN"])
def test_bytes_that_changed_on_the_disk_are_never_handed_out(shelf: Shelf, damage: bytes) -> None:
    digest = shelf.keep(b"seventeen stairs")
    shelf.path_of(digest).write_bytes(damage)
    with pytest.raises(Unavailable) as caught:
        shelf.read(digest)
    assert digest in caught.value.message


def test_when_nothing_can_be_written_nothing_is_left(shelf: Shelf) -> None:
    digest = store.digest_of(b"stairs")
    place = store.data_directory() / shelf.folder / digest[:2]
    place.parent.mkdir()
    place.write_text("a file where a directory should be")
    with pytest.raises(Unavailable):
        shelf.keep(b"stairs")
    assert _everything(shelf) == [place]


def test_drafts_that_a_killed_process_left_are_no_files_of_ours(shelf: Shelf) -> None:
    digest = shelf.keep(b"stairs")
    draft = shelf.path_of(digest).parent / f"{store.DRAFT}0123"
    draft.write_bytes(b"sta")
    assert list(store.kept_digests(shelf.folder)) == [digest]
    assert list(store.drafts_of(shelf.folder)) == [draft]
