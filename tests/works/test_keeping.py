"""Backups: whole, checked, restorable into either database; and the check-up."""

from __future__ import annotations

import io
import json
import random
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import transaction

from cast import PASSWORD, Cast, write_story
from hogarth.errors import Conflict, HogarthError, Invalid, NotFound, Unavailable
from hogarth.people.operations import ensure_owner
from hogarth.works import originals, queries
from hogarth.works.keeping import back_up, restore_backup
from hogarth.works.keeping.tables import TABLES, dump_rows, empty_tables
from hogarth.works.models import Original, Work
from hogarth.works.values import Progress

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

# Each test commits, since a backup reads from a transaction of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def another_archive(settings: Settings, place: Path) -> Iterator[Path]:
    """Empty tables and an empty directory, as the commands leave a new archive."""
    with transaction.atomic():
        empty_tables()
    place.mkdir()
    (place / "secret-key").write_text("the key of the second archive")
    settings.HOGARTH_DATA = place
    ensure_owner()
    yield place


def rows() -> list[str]:
    return list(dump_rows())


@pytest.mark.usefixtures("full")
def test_every_table_is_in_a_backup() -> None:
    ours = set(apps.get_app_config("hogarth").get_models())
    assert {table.model for table in TABLES.values()} == ours
    empty = [name for name, table in TABLES.items() if not table.exists()]
    assert empty == []  # so the round trip below leaves none out


def test_a_backup_brings_everything_back(full: Cast, settings: Settings, tmp_path: Path) -> None:
    before, key = rows(), (full.data / "secret-key").read_text()
    files = {digest: originals.read_original(digest) for digest in originals.kept()}
    seen: list[Progress] = []
    backup = back_up(tmp_path / "archive.tar", on_progress=seen.append)
    assert backup == tmp_path / "archive.tar"
    assert backup.stat().st_mode & 0o077 == 0
    assert seen[-1].done == seen[-1].total == len(files) + 1
    with another_archive(settings, tmp_path / "second") as data:
        restored = restore_backup(backup, data, on_progress=seen.append)
        assert (restored.works, restored.originals, restored.settings) == (2, 2, None)
        assert rows() == before
        assert {digest: originals.read_original(digest) for digest in originals.kept()} == files
        assert (data / "secret-key").read_text() == key
        assert (data / "hogarth.toml").read_text() == 'site_name = "The Press"\n'
        owner = ensure_owner()
        assert owner.check_password(PASSWORD)
        work = Work.objects.get(title="The Third Stair").pk
        (picture,) = queries.manuscript_of(work, viewer=full.viewer("owner")).assets
        assert picture.data.startswith(b"\x89PNG")
        # New rows are numbered after the old ones.
        assert full.land(write_story("A New Stair", chapters=["<p>New.</p>"])).work == (
            max(pk for pk in Work.objects.values_list("pk", flat=True))
        )


@pytest.mark.usefixtures("full")
def test_a_backup_of_a_backup_is_the_same(settings: Settings, tmp_path: Path) -> None:
    first = back_up(tmp_path / "first.tar")
    with another_archive(settings, tmp_path / "second") as data:
        restore_backup(first, data)
        second = back_up(tmp_path / "second.tar")

    def members(path: Path) -> dict[str, bytes]:
        with tarfile.open(path) as tar:
            return {
                info.name: (tar.extractfile(info) or io.BytesIO()).read()
                for info in tar
                if info.name != "manifest.json"
            }

    assert members(first) == members(second)


def test_an_archive_with_works_or_an_owner_is_never_overwritten(
    full: Cast, settings: Settings, tmp_path: Path
) -> None:
    backup = back_up(tmp_path / "archive.tar")
    before = rows()
    with pytest.raises(Conflict):
        restore_backup(backup, full.data)
    assert rows() == before
    with another_archive(settings, tmp_path / "second") as data:
        owner = ensure_owner()
        owner.set_password(PASSWORD)
        owner.save()
        with pytest.raises(Conflict):
            restore_backup(backup, data)
        with pytest.raises(Invalid):
            restore_backup(backup, full.data)  # not the archive that is open


def test_other_settings_are_not_overwritten(full: Cast, settings: Settings, tmp_path: Path) -> None:
    (full.data / "hogarth.toml").write_text('database = "postgresql://elsewhere/hogarth"\n')
    backup = back_up(tmp_path / "archive.tar")
    with another_archive(settings, tmp_path / "second") as data:
        restored = restore_backup(backup, data)
        assert restored.settings == data / "hogarth.toml.from-backup"
        assert "elsewhere" in restored.settings.read_text()
        assert not (data / "hogarth.toml").exists()


@pytest.mark.usefixtures("full")
def test_a_backup_overwrites_no_file(tmp_path: Path) -> None:
    target = tmp_path / "archive.tar"
    target.write_text("precious")
    with pytest.raises(Conflict):
        back_up(target)
    assert target.read_text() == "precious"
    dated = back_up(tmp_path)
    assert dated.parent == tmp_path
    assert dated.name.startswith("hogarth-")
    with pytest.raises(Unavailable):
        back_up(tmp_path / "no such directory" / "archive.tar")
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "archive.tar", dated.name}


@pytest.mark.parametrize("damage", [None, b"", b"changed"])
@pytest.mark.usefixtures("full")
def test_an_archive_that_is_damaged_is_not_backed_up_as_if_it_were_whole(
    tmp_path: Path, damage: bytes | None
) -> None:
    place = originals.path_of(next(originals.kept()))
    place.unlink() if damage is None else place.write_bytes(damage)
    with pytest.raises(HogarthError):
        back_up(tmp_path / "archive.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def _rewrite(source: Path, target: Path, change: Callable[[list[tuple[Any, bytes]]], None]) -> None:
    """A tar with other members: `change` gets (info, bytes) pairs to alter."""
    with tarfile.open(source) as tar:
        members = [(info, (tar.extractfile(info) or io.BytesIO()).read()) for info in tar]
    change(members)
    with tarfile.open(target, "w") as tar:
        for info, data in members:
            info.size = len(data) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(data))


def _add(name: str, data: bytes = b"x", **fields: Any) -> Callable[[list[tuple[Any, bytes]]], None]:
    def change(members: list[tuple[Any, bytes]]) -> None:
        info = tarfile.TarInfo(name)
        for field, value in fields.items():
            setattr(info, field, value)
        members.insert(0, (info, data))

    return change


def _drop(start: str) -> Callable[[list[tuple[Any, bytes]]], None]:
    def change(members: list[tuple[Any, bytes]]) -> None:
        members[:] = [member for member in members if not member[0].name.startswith(start)]

    return change


def _repeat(start: str) -> Callable[[list[tuple[Any, bytes]]], None]:
    def change(members: list[tuple[Any, bytes]]) -> None:
        members.append(next(member for member in members if member[0].name.startswith(start)))

    return change


def _manifest(**fields: Any) -> Callable[[list[tuple[Any, bytes]]], None]:
    def change(members: list[tuple[Any, bytes]]) -> None:
        info, data = members.pop()
        assert info.name == "manifest.json"
        members.append((info, json.dumps({**json.loads(data), **fields}).encode()))

    return change


TRICKS: dict[str, Callable[[list[tuple[Any, bytes]]], None]] = {
    "a path upwards": _add("../outside"),
    "an absolute path": _add("/tmp/outside"),  # noqa: S108 - nothing is written there
    "a path upwards in disguise": _add("originals/../../outside"),
    "a stranger": _add("hogarth.sqlite3"),
    "a link": _add("secret-key", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
    "a hard link": _add("hogarth.toml", type=tarfile.LNKTYPE, linkname="secret-key"),
    "a device": _add("rows/000009.jsonl", type=tarfile.CHRTYPE),
    "a directory": _add("originals", type=tarfile.DIRTYPE),
    "a file that is not its digest": _add(f"originals/00/{'0' * 62}"),
    "rows of nobody": _add("rows/000009.jsonl", b'{"table": "account", "columns": []}\n'),
    "no rows": _drop("rows/"),
    "no originals": _drop("originals/"),
    "no pictures": _drop("assets/"),
    "no manifest": _drop("manifest.json"),
    "two keys": _repeat("secret-key"),
    "the same rows twice": _repeat("rows/"),
    "a manifest that is none": _add("manifest.json", b"[]"),
    "a manifest of garbage": _add("manifest.json", b"\xff\xfe"),
    "another count": _manifest(originals=7),
    "no list of members": _manifest(members=None),
}


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.usefixtures("full")
def test_tricks_are_refused_and_change_nothing(
    settings: Settings, tmp_path: Path, trick: str
) -> None:
    whole = back_up(tmp_path / "archive.tar")
    bad = tmp_path / "bad.tar"
    _rewrite(whole, bad, TRICKS[trick])
    with another_archive(settings, tmp_path / "second") as data:
        before = rows()
        with pytest.raises(Invalid) as caught:
            restore_backup(bad, data)
        assert caught.value.message
        assert rows() == before
        assert [path.name for path in data.iterdir()] == ["secret-key"]
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("change", [_manifest(format=2), _manifest(migrations=["0999_later"])])
@pytest.mark.usefixtures("full")
def test_a_backup_of_a_newer_hogarth_is_told_as_such(
    settings: Settings, tmp_path: Path, change: Any
) -> None:
    newer = tmp_path / "newer.tar"
    _rewrite(back_up(tmp_path / "archive.tar"), newer, change)
    with another_archive(settings, tmp_path / "second") as data:
        with pytest.raises(Unavailable):
            restore_backup(newer, data)
        assert Original.objects.count() == 0


@pytest.mark.usefixtures("full")
def test_rows_that_cannot_be_loaded_leave_the_archive_empty(
    settings: Settings, tmp_path: Path
) -> None:
    """The manifest agrees with the rows, but a row points at a work that is not there."""
    import hashlib

    def change(members: list[tuple[Any, bytes]]) -> None:
        for place, (info, data) in enumerate(members):
            if info.name.startswith("rows/"):
                bad = data + b'{"table":"version","columns":["id"]}\n["many"]\n'
                members[place] = (info, bad)
                digest = hashlib.sha256(bad).hexdigest()
                told = json.loads(members[-1][1])
                told["members"][info.name] = digest
                members[-1] = (members[-1][0], json.dumps(told).encode())

    bad = tmp_path / "bad.tar"
    _rewrite(back_up(tmp_path / "archive.tar"), bad, change)
    with another_archive(settings, tmp_path / "second") as data:
        before = rows()
        with pytest.raises(Invalid):
            restore_backup(bad, data)
        assert rows() == before
        # The originals that came before the rows harm nobody: the good backup still goes in.
        restore_backup(tmp_path / "archive.tar", data)


@pytest.mark.usefixtures("full")
def test_no_changed_byte_goes_unnoticed(settings: Settings, tmp_path: Path) -> None:
    """Any byte that is not mere padding is noticed; padding changes nothing."""
    before = rows()
    whole = back_up(tmp_path / "archive.tar").read_bytes()
    dice = random.Random(1882)
    places = [dice.randrange(len(whole)) for _ in range(40)] + [0, 100, len(whole) - 1]
    cut = [dice.randrange(len(whole)) for _ in range(10)]
    damaged = [whole[:n] + bytes([whole[n] ^ 0x41]) + whole[n + 1 :] for n in places]
    damaged += [whole[:n] for n in cut]
    refused = 0
    with another_archive(settings, tmp_path / "second") as data:
        for number, content in enumerate(damaged):
            place = tmp_path / f"{number}.tar"
            place.write_bytes(content)
            try:
                restore_backup(place, data)
            except Invalid:
                refused += 1
                assert not Work.objects.exists()
                continue
            assert rows() == before
            with transaction.atomic():
                empty_tables()
            ensure_owner()
    assert refused > len(cut)


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\x1f\x8b\x08" + b"x" * 2_000])
@pytest.mark.usefixtures("cast")
def test_what_is_no_backup_is_told_as_such(
    settings: Settings, tmp_path: Path, content: bytes
) -> None:
    place = tmp_path / "archive.tar"
    place.write_bytes(content)
    with another_archive(settings, tmp_path / "second") as data:
        with pytest.raises(Invalid):
            restore_backup(place, data)
        with pytest.raises(NotFound):
            restore_backup(tmp_path / "missing.tar", data)
