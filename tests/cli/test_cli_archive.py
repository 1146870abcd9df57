"""Opening an archive: made when it may be, refused with a sentence when it cannot be used."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from command_line import HOGARTH, environment, type_alone, write_stories


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two works, which no test changes."""
    folder = tmp_path_factory.mktemp("stocked")
    data = folder / "deep" / "own"
    ran = type_alone(data, "import", write_stories(folder / "found"))
    assert ran.code == 0, ran.told
    return data


def test_the_first_import_makes_an_archive_that_is_its_owners_alone(stocked: Path) -> None:
    assert stat.S_IMODE(stocked.stat().st_mode) == 0o700
    assert stat.S_IMODE((stocked / "secret-key").stat().st_mode) == 0o600
    ran = type_alone(stocked, "works", "--json")
    assert (ran.code, len(ran.records)) == (0, 2)


@pytest.mark.parametrize("words", [["publish", "--all"], ["doctor"]])
def test_other_commands_make_none(words: list[str], tmp_path: Path) -> None:
    ran = type_alone(tmp_path / "mistyped", *words)
    assert ran.code == 3
    assert f"There is no archive in {tmp_path}/mistyped." in ran.told
    assert not (tmp_path / "mistyped").exists()


def test_a_directory_of_other_things_is_left_alone(tmp_path: Path) -> None:
    folder = write_stories(tmp_path / "found")
    before = sorted(folder.iterdir())
    ran = type_alone(folder, "import", folder)
    assert ran.code == 3
    assert "holds other things and no archive" in ran.told
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_place_that_cannot_be_a_directory(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = type_alone(tmp_path / place, "import", tmp_path)
    assert ran.code == 3
    assert "cannot be used" in ran.told
    assert "Traceback" not in ran.told


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"HOGARTH_PAGE_SIZE": "many"}, "The option page_size is “many”"),
        ({"HOGARTH_DATABASE": "mysql://here"}, "The option database"),
        ({"HOGARTH_DATABASE": "postgresql://u:secret@127.0.0.1:1/x"}, "The database cannot be"),
    ],
    ids=["number", "scheme", "absent"],
)
def test_settings_that_make_no_sense(environ: dict[str, str], said: str, stocked: Path) -> None:
    ran = type_alone(stocked, "works", environ=environ)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.told
    assert "secret" not in ran.told


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "hogarth.sqlite3").write_bytes(b"this is no database at all " * 100)
    ran = type_alone(tmp_path, "works")
    assert ran.code == 3
    assert "The database cannot be used" in ran.told


def test_an_archive_of_a_newer_hogarth(tmp_path: Path) -> None:
    folder = write_stories(tmp_path / "found")
    data = tmp_path / "own"
    type_alone(data, "import", folder)
    with closing(sqlite3.connect(data / "hogarth.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('hogarth', '9999_later', '2100-01-01')"
        )
    ran = type_alone(data, "import", folder)
    assert ran.code == 3
    assert "A newer Hogarth than this one" in ran.told


def test_several_first_starts_at_once(tmp_path: Path) -> None:
    folder = write_stories(tmp_path / "found")
    data = tmp_path / "own"
    processes = [
        subprocess.Popen(
            [*HOGARTH, "import", folder / name, "--json", "--workers", "1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(data),
        )
        for name in ("kettle.txt", "extracts.txt", "kettle.txt")
    ]
    outcomes = []
    for process in processes:
        written, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
        outcomes.append(json.loads(written)["outcome"])
    assert sorted(outcomes) == ["duplicate", "imported", "imported"]


def test_debug_shows_where_an_error_arose(tmp_path: Path) -> None:
    for words in (["--debug", "works"], ["works", "--debug"]):
        ran = type_alone(tmp_path / "none", *words)
        assert ran.code == 3
        assert "Traceback" in ran.told
        assert ran.told.rstrip().endswith("--data names another directory.")


def test_data_wins_over_the_environment(stocked: Path, tmp_path: Path) -> None:
    for words in (["--data", stocked, "works"], ["works", "--data", stocked]):
        assert type_alone(tmp_path / "none", *words).code == 0


def test_backup_and_back(stocked: Path, tmp_path: Path) -> None:
    target = tmp_path / "hogarth.tar"
    ran = type_alone(stocked, "backup", target)
    assert ran.code == 0, ran.told
    assert ran.out.startswith(f"The archive is backed up in {target}\n")
    assert tarfile.is_tarfile(target)
    again = type_alone(stocked, "backup", target)
    assert again.code == 1
    assert "overwrite nothing" in again.told

    other = tmp_path / "other"
    ran = type_alone(other, "restore-backup", target)
    assert ran.code == 0, ran.told
    assert ran.out == f"The archive in {other} has 2 works and 2 originals again.\n"
    assert type_alone(other, "works", "--json").out == type_alone(stocked, "works", "--json").out
    full = type_alone(other, "restore-backup", target)
    assert full.code == 1
    assert "holds works or accounts already" in full.told


def test_a_backup_that_is_none(tmp_path: Path) -> None:
    ran = type_alone(tmp_path / "own", "restore-backup", tmp_path / "mistyped.tar")
    assert ran.code == 1
    assert not (tmp_path / "own").exists()
    (tmp_path / "text.tar").write_text("not a backup", "utf-8")
    assert type_alone(tmp_path / "own", "restore-backup", tmp_path / "text.tar").code == 2


def test_doctor_tells_versions_aids_settings_and_findings(stocked: Path) -> None:
    (stocked / "hogarth.toml").write_text('site_name = "Bloomsbury"\n', "utf-8")
    ran = type_alone(stocked, "doctor", environ={"HOGARTH_PAGE_SIZE": "50"})
    (stocked / "hogarth.toml").unlink()
    assert ran.code == 0, ran.told
    lines = [line.split() for line in ran.out.splitlines()]
    assert any(line[:1] == ["Python"] for line in lines)
    assert any(line[:1] == ["Chromium"] for line in lines)
    assert ["site_name", "Bloomsbury", "hogarth.toml"] in lines
    assert ["page_size", "50", "HOGARTH_PAGE_SIZE"] in lines
    assert ["port", "1882", "default"] in lines
    assert "well: The database is sound and up to date." in ran.out


def test_doctor_finds_what_is_broken_and_hides_the_password(tmp_path: Path) -> None:
    data = tmp_path / "own"
    type_alone(data, "import", write_stories(tmp_path / "found"))
    original = next(path for path in (data / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(b"something else")
    ran = type_alone(data, "doctor")
    assert ran.code == 3
    assert "broken: " in ran.out
    elsewhere = {"HOGARTH_DATABASE": "postgresql://u:s3cret@127.0.0.1:1/x"}
    away = type_alone(data, "doctor", environ=elsewhere)
    assert away.code == 3
    assert "postgresql://u:…@127.0.0.1:1/x" in away.out
    assert "s3cret" not in away.out + away.told
