"""`hogarth import`: files to works, and what is told of each."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest
from command_line import HOGARTH, environment, type_alone, type_here, write_stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

KEYS = [
    "source", "outcome", "reader", "work", "title", "authors", "chapters", "words", "problem",
    "message",
]  # fmt: skip


def test_json_has_one_line_a_work_with_the_agreed_keys(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = write_stories(tmp_path / "found")
    (folder / "nothing.txt").touch()
    ran = type_here(capsysbinary, "import", folder, "--json")
    assert ran.code == 1
    assert ran.told == ""
    extracts, kettle, nothing = ran.records
    assert list(extracts) == list(kettle) == list(nothing) == KEYS
    assert extracts == {
        "source": f"{folder}/extracts.txt",
        "outcome": "imported",
        "reader": "plain-text",
        "work": extracts["work"],
        "title": "Extracts",
        "authors": ["Mary Bennet"],
        "chapters": 1,
        "words": 24,
        "problem": None,
        "message": None,
    }
    assert isinstance(extracts["work"], int)
    assert nothing == {
        **dict.fromkeys(KEYS),
        "source": f"{folder}/nothing.txt",
        "outcome": "refused",
        "authors": [],
        "problem": "empty",
        "message": "The file is empty.",
    }


def test_twice_changes_nothing_and_is_well(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = write_stories(tmp_path / "found")
    assert type_here(capsysbinary, "import", folder, "--json").code == 0
    before = type_here(capsysbinary, "works", "--json").out
    again = type_here(capsysbinary, "import", folder, "--json")
    assert again.code == 0
    assert [line["outcome"] for line in again.records] == ["duplicate", "duplicate"]
    assert type_here(capsysbinary, "works", "--json").out == before


def test_the_closing_table_counts_and_says_what_was_refused(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = write_stories(tmp_path / "found")
    for number in range(12):
        (folder / f"nothing{number}\x1b[31m.txt").touch()
    type_here(capsysbinary, "import", folder / "kettle.txt")
    ran = type_here(capsysbinary, "import", folder)
    assert ran.code == 1
    assert ran.told == "", "a bar is for terminals alone"
    assert "\x1b" not in ran.out
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["imported", "1"] in lines
    assert ["known", "already", "1"] in lines
    assert ["refused", "12"] in lines
    assert ran.out.count("The file is empty. Look for another copy.") == 1
    assert f"  {folder}/nothing0[31m.txt" in ran.out
    assert "and 2 more" in ran.out
    assert "hogarth publish --all" in ran.out


def test_what_is_wrong_with_works_that_landed_is_told(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    flat = tmp_path / "flat.txt"
    flat.write_text(
        "Title: The Kettle\n\n" + "She put the kettle on and he went out again. " * 90, "utf-8"
    )
    ran = type_here(capsysbinary, "import", flat)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert any(line.startswith("The text has no paragraphs left.") for line in lines)
    assert "what is wrong" not in type_here(capsysbinary, "import", flat).out


def test_imports_are_private_unless_published(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = write_stories(tmp_path / "found")
    type_here(capsysbinary, "import", folder / "kettle.txt")
    type_here(capsysbinary, "import", folder / "extracts.txt", "--publish")
    seen = {
        line["title"]: line["visibility"]
        for line in type_here(capsysbinary, "works", "--json").records
    }
    assert seen == {"The Kettle": "private", "Extracts": "public"}


def test_only_those_import_who_may(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = type_here(capsysbinary, "--as", "judith", "import", write_stories(tmp_path / "found"))
    assert ran.code == 1
    assert "Only the owner" in ran.told
    assert type_here(capsysbinary, "import", "x", "--as", "nobody").told.startswith(
        "hogarth: There is no account called “nobody”."
    )


@pytest.mark.parametrize("number", ["-1", "many", "9999"])
def test_a_number_of_workers_that_makes_no_sense(
    number: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = type_here(capsysbinary, "import", tmp_path, f"--workers={number}")
    assert ran.code == 2
    assert "import_workers" in ran.told


def test_an_empty_folder(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "bare").mkdir()
    ran = type_here(capsysbinary, "import", tmp_path / "bare")
    assert (ran.code, ran.out) == (0, "There was nothing to import.\n")


def test_an_interrupted_import_tells_what_landed_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    names = [f"{number:03}.txt" for number in range(200)]
    for name in names:
        (folder / name).write_text(
            f"Letter {name}\n\nThe letter numbered {name} was never sent.\n\nIt said too much.\n",
            "utf-8",
        )
    data = tmp_path / "own"
    process = subprocess.Popen(
        [*HOGARTH, "import", folder, "--json", "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(data),
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    with process.stdout, process.stderr:
        rest, told = process.stdout.read(), process.stderr.read()
    assert process.wait(60) == 130, told
    assert b"Finishing the works in hand" in told
    assert b"nothing is done twice" in told
    landed = [json.loads(line) for line in (first + rest).splitlines()]
    assert 0 < len(landed) < len(names)
    kept = type_alone(data, "works", "--json").records
    assert sorted(line["id"] for line in kept) == sorted(line["work"] for line in landed)

    ended = type_alone(data, "import", folder, "--json")
    assert ended.code == 0
    outcomes = [line["outcome"] for line in ended.records]
    assert outcomes.count("duplicate") == len(landed)
    assert outcomes.count("imported") == len(names) - len(landed)


def test_a_terminal_sees_a_bar_with_rate_and_time_left(tmp_path: Path) -> None:
    folder = write_stories(tmp_path / "found")
    above, below = pty.openpty()
    process = subprocess.Popen(
        [*HOGARTH, "import", folder, "--json"],
        stdout=subprocess.PIPE,
        stderr=below,
        env=environment(tmp_path / "own", {"TERM": "xterm", "COLUMNS": "100"}),
    )
    os.close(below)
    written, _none = process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(written.splitlines()) == 2
    shown = os.read(above, 100_000).decode("utf-8")
    os.close(above)
    assert "importing" in shown
    assert "2/2" in shown
    assert "a second" in shown
    assert "0:00:00" in shown
