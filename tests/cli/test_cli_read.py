"""`hogarth read`: what files hold, without an archive."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command_line import STORIES, environment, type_alone, type_here, write_stories

from hogarth.manuscript import from_json


def test_json_has_one_line_a_manuscript(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = write_stories(tmp_path / "found") / "extracts.txt"
    ran = type_here(capsysbinary, "read", file, "--json")
    assert (ran.code, ran.told) == (0, "")
    (line,) = ran.records
    assert list(line) == ["source", "reader", "evidence", "problems", "manuscript"]
    assert line["source"] == str(file)
    assert line["reader"] == "plain-text"
    assert {"fact", "detail"} == set(line["evidence"][0])
    story = from_json(line["manuscript"])
    assert story.title == "Extracts"
    assert story.credited() == ("Mary Bennet",)
    assert story.tags_of("fandom") == ("Pride and Prejudice",)
    assert story.chapters[0].paragraphs == 2


def test_problems_are_those_of_the_manuscript(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "saved from a list.txt"
    file.write_text("It rained on Baker Street. " * 200 + "Holmes turned to me and", "utf-8")
    (line,) = type_here(capsysbinary, "read", file, "--json").records
    assert {"code", "detail"} == set(line["problems"][0])
    assert "cut-off" in {problem["code"] for problem in line["problems"]}


def test_a_refused_file_is_told_with_its_reason_and_the_others_go_on(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    empty = tmp_path / "empty.html"
    empty.touch()
    good = write_stories(tmp_path / "found") / "kettle.txt"
    ran = type_here(capsysbinary, "read", empty, good, "--json")
    assert ran.code == 1
    refused, read = ran.records
    assert refused == {
        "source": str(empty),
        "reader": None,
        "evidence": [],
        "problems": [{"code": "empty", "detail": "The file is empty. Look for another copy."}],
        "manuscript": None,
    }
    assert read["manuscript"]["title"] == "The Kettle"


def test_a_person_reads_a_summary(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = write_stories(tmp_path / "found")
    ran = type_here(capsysbinary, "read", folder, tmp_path / "lost.txt")
    assert ran.code == 1
    assert "kettle.txt, read as plain-text" in ran.out
    assert "Extracts, by Mary Bennet" in ran.out
    assert "lost.txt: The file cannot be opened" in ran.out


def test_folders_zips_and_the_standard_input(tmp_path: Path) -> None:
    folder = write_stories(tmp_path / "found")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.write(folder / "kettle.txt", "kettle.txt")
    piped = STORIES["extracts.txt"].encode()
    ran = type_alone(tmp_path / "none", "read", folder, packed, "-", "--json", stdin=piped)
    assert ran.code == 0
    assert [(line["source"], line["manuscript"]["title"]) for line in ran.records] == [
        (f"{folder}/extracts.txt", "Extracts"),
        (f"{folder}/kettle.txt", "The Kettle"),
        (f"{packed}/kettle.txt", "The Kettle"),
        ("-", "Extracts"),
    ]
    assert not (tmp_path / "none").exists(), "reading makes no archive"


def test_limits_are_those_of_the_settings(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_text("The fog came in. " * 100, "utf-8")
    limits = {"HOGARTH_IMPORT_FILE_BYTES": "1k"}
    words = ("read", large, "-", "--json")
    ran = type_alone(tmp_path, *words, stdin=b"x" * 4096, environ=limits)
    assert ran.code == 1
    assert [line["problems"][0]["code"] for line in ran.records] == ["too-large", "too-large"]


def test_reading_loads_no_django(tmp_path: Path) -> None:
    file = write_stories(tmp_path / "found") / "kettle.txt"
    program = (
        "import sys; sys.modules['django'] = None; "
        "from hogarth.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "read", file],
        capture_output=True,
        check=False,
        env=environment(tmp_path / "none"),
    )
    assert run.returncode == 0, run.stderr
    assert b"The Kettle, by Martha Hudson" in run.stdout
