"""`hogarth restore` and `hogarth rerestore`: mending files, and texts that are here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import type_here

from hogarth.restoration import from_row

SPEECH = "“Watson,” he said, and nothing moved in the whole long street. "
FLAT = f"The Organ A/N: I wrote this at noon. Enjoy! It was noon. {SPEECH * 60}"


def write_flat(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "organ.txt"
    file.write_text(FLAT, "utf-8")
    return file


def test_json_tells_paragraphs_and_every_repair(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = type_here(capsysbinary, "restore", write_flat(tmp_path), "--json")
    assert (ran.code, ran.told) == (0, "")
    (line,) = ran.records
    assert list(line) == [
        "title", "notes", "paragraphs", "scene_breaks_after", "problems", "repairs",
    ]  # fmt: skip
    assert line["title"] == "The Organ"
    assert line["notes"] == "A/N: I wrote this at noon. Enjoy!"
    assert len(line["paragraphs"]) == 61
    assert {"code": "paragraphs-lost"}.items() <= line["problems"][0].items()
    applied = [row.pop("applied") for row in line["repairs"]]
    assert all(applied)
    assert {from_row(row).code for row in line["repairs"]} == {"h-title", "h-note", "p-quote"}


def test_the_restored_text_goes_into_a_file(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "mended.txt"
    ran = type_here(capsysbinary, "restore", write_flat(tmp_path), "-o", target)
    assert ran.code == 0
    written = target.read_text("utf-8")
    assert written.startswith("The Organ\n\nA/N: I wrote this at noon. Enjoy!\n\nIt was noon.\n\n")
    assert "62 repairs done, 0 offered" in ran.out


def test_a_target_that_cannot_be_written_is_told(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = type_here(capsysbinary, "restore", write_flat(tmp_path), "-o", tmp_path)
    assert ran.code == 2
    assert "cannot be written: is a directory." in ran.told


def test_differences_line_by_line(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = type_here(capsysbinary, "restore", write_flat(tmp_path), "--diff")
    assert "--- as found" in ran.out
    assert "+It was noon." in ran.out.splitlines()


def test_a_batch_changes_white_space_alone(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [{"id": 1, "text": SPEECH * 60}, {"id": "b", "text": "Short & <sweet>."}]
    batch.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    first, second = type_here(capsysbinary, "restore", "--batch", batch).records
    assert first["id"] == 1
    assert len(first["paragraphs"]) == 60
    assert "".join(first["paragraphs"]).split() == "".join([SPEECH.strip()] * 60).split()
    assert second == {"id": "b", "paragraphs": ["Short & <sweet>."], "scene_breaks_after": []}


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": 1}', '{"id": 1, "text": 2}'])
def test_a_line_that_is_no_row_is_told(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], line: str
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(line + "\n", "utf-8")
    ran = type_here(capsysbinary, "restore", "--batch", batch)
    assert ran.code != 0
    assert "Line 1" in ran.told


def test_a_refused_file_is_told(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    ran = type_here(capsysbinary, "restore", empty)
    assert ran.code == 1
    assert "The file is empty." in ran.told


@pytest.mark.django_db(transaction=True)
def test_newer_rules_are_listed_and_then_done(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    from hogarth.works.models import ChapterText, Version

    assert type_here(capsysbinary, "import", write_flat(tmp_path / "found")).code == 0
    nothing = type_here(capsysbinary, "rerestore")
    assert (nothing.code, nothing.out) == (0, "There was nothing to do.\n")
    # As if the rules had known nothing when the work came in.
    ChapterText.objects.filter(read_as=None).update(repairs=[])
    listed = type_here(capsysbinary, "rerestore", "--dry-run")
    assert "The Organ: +1 h-note, +1 h-title, +60 p-quote" in listed.out
    assert Version.objects.count() == 2
    done = type_here(capsysbinary, "rerestore", "--json")
    assert done.records[0]["done"] is True
    assert ChapterText.objects.get(read_as=None).repairs != []
