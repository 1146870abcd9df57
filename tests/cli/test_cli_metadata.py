"""`--metadata TABLE` and `--columns MAPPING`, tables of works, and a library's folders, typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import type_alone, type_here, write_stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

LIST = (
    "Datei;Fic;Wer;Ship Name;Reihe\n"
    "kettle.txt;A Kettle;Mrs Hudson;Holmes/Watson;Hearth [2]\n"
    "gone.txt;Gone;;;\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_stories(tmp_path / "found")
    (folder / "list.csv").write_text(LIST, "utf-8")
    return folder


def works(capture: pytest.CaptureFixture[bytes]) -> dict[str, dict[str, Any]]:
    return {line["title"]: line for line in type_here(capture, "works", "--json").records}


def test_a_table_tells_of_the_files(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = type_here(capsysbinary, "import", "--metadata", folder / "list.csv", folder)
    assert ran.code == 0, ran.told
    assert "refused" not in ran.out, "the table is no story"
    lines = [line.split() for line in ran.told.splitlines()]
    assert ["Datei", "file", "2"] in lines
    assert ["Wer", "passed", "over", "1"] in lines
    assert "files with a row: 1 of 2" in ran.told
    assert "Rows that name no file here: 3." in ran.told
    assert f"Files without a row: {folder}/extracts.txt." in ran.told
    kettle = works(capsysbinary)["A Kettle"]
    assert kettle["authors"] == ["Martha Hudson"], "what no column says stays as it is in the file"
    assert kettle["series"] == [{"title": "Hearth", "position": 2}]
    assert {"kind": "relationship", "name": "Holmes/Watson"} in kettle["tags"]


def test_columns_are_what_somebody_says(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("--metadata", folder / "list.csv", "--columns", "Wer=author,Fic=summary,Reihe=-")
    (line,) = type_here(capsysbinary, "read", folder / "kettle.txt", "--json", *words).records
    story = line["manuscript"]
    assert [credit["name"] for credit in story["credits"]] == ["Mrs Hudson"]
    assert (story["title"], story["summary"]) == ("The Kettle", "<p>A Kettle</p>")
    assert story["series"] == []
    assert {"fact": "metadata", "detail": "list.csv row 2"} in line["evidence"]


def test_known_works_learn_what_somebody_says(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    type_here(capsysbinary, "import", folder / "kettle.txt", folder / "extracts.txt")
    ran = type_here(capsysbinary, "import", "--metadata", folder / "list.csv", folder, "--json")
    assert ran.code == 0
    outcomes = {line["title"]: line for line in ran.records}
    assert outcomes["A Kettle"]["outcome"] == outcomes["Extracts"]["outcome"] == "duplicate"
    assert "completed from this copy" in outcomes["A Kettle"]["message"]
    known = works(capsysbinary)
    assert set(known) == {"A Kettle", "Extracts"}
    again = type_here(capsysbinary, "import", "--metadata", folder / "list.csv", folder, "--json")
    assert [line["message"] for line in again.records] == [None, None]
    assert works(capsysbinary) == known


def test_what_was_corrected_by_hand_stays(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (line,) = type_here(capsysbinary, "import", folder / "kettle.txt", "--json").records
    type_here(capsysbinary, "edit", line["work"], "--title", "Mine")
    type_here(capsysbinary, "import", "--metadata", folder / "list.csv", folder / "kettle.txt")
    assert works(capsysbinary)["Mine"]["series"] == [{"title": "Hearth", "position": 2}]


def test_json_by_name_and_by_address(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "page.html").write_text(
        '<html><head><link rel="canonical" href="http://www.fanfiction.net/s/7/1/Squid"></head>'
        "<body><p>Captain Nemo read the barometer as other men read a letter from home.</p>"
        "<p>It had nothing good to say.</p></body></html>"
    )
    said = folder.parent / "said.json"
    said.write_text(
        json.dumps(
            {
                "kettle.txt": {"title": "Steam", "tags": ["tea"]},
                "7": {"url": "https://fanfiction.net/s/7", "title": "The Squid", "author": "Ned"},
            }
        )
    )
    (folder / "list.csv").unlink()
    ran = type_here(capsysbinary, "import", "--metadata", said, folder)
    assert ran.code == 0, ran.told
    assert "1 row gives only the address of a work" in ran.told
    told = works(capsysbinary)
    assert told["The Squid"]["authors"] == ["Ned"]
    assert told["Steam"]["tags"] == [{"kind": "freeform", "name": "tea"}]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--metadata", "none.csv"], "none.csv cannot be read"),
        (["--metadata", "found/kettle.txt"], "kettle.txt holds no table"),
        (["--metadata", "other.csv"], "No row of other.csv is about any of these files."),
        (["--metadata", "found/list.csv", "--columns", "Fic=wizard"], "“wizard” is no field"),
        (["--metadata", "found/list.csv", "--columns", "Fic"], "does not say which column"),
        (["--columns", "Fic=title"], "no table is named"),
    ],
)
def test_nothing_is_imported_with_a_table_that_makes_no_sense(
    words: list[str], sentence: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.parent / "other.csv").write_text("file,title\nother.txt,Other\n")
    monkeypatch.chdir(folder.parent)
    ran = type_alone(folder.parent / "own", "import", "found", *words)
    assert ran.code == 2
    assert sentence in ran.told
    assert ran.out == ""
    assert not (folder.parent / "own").exists()


def test_reading_many_files_of_a_zip_with_a_table(
    folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.write(folder / "kettle.txt", "deep/kettle.txt")
        packed.write(folder / "extracts.txt", "extracts.txt")
    ran = type_here(
        capsysbinary, "read", tmp_path / "all.zip", "--json", "--metadata", folder / "list.csv"
    )
    assert {line["manuscript"]["title"] for line in ran.records} == {"A Kettle", "Extracts"}


def write_table(path: Path, count: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["work_id", "title", "author", "kudos", "bookmarks", "hits", "body"])
        for number in range(1, count + 1):
            body = f"The letter numbered {number} was never sent. " * 12
            writer.writerow([number, f"Letter {number}", "['Jane']", 1, 2, 3, body])
    return path


def test_a_table_of_works_lands_and_joins_other_copies(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    table = write_table(tmp_path / "works.csv", 120)
    ran = type_here(capsysbinary, "import", table, "--json")
    assert [line["outcome"] for line in ran.records] == ["imported"] * 120
    assert len({line["work"] for line in ran.records}) == 120
    again = type_here(capsysbinary, "import", table, "--json")
    assert [line["outcome"] for line in again.records] == ["duplicate"] * 120
    copy = tmp_path / "copy.json"
    body = "The letter numbered 7 was never sent. " * 12 + "\n\nNow it is."
    copy.write_text(json.dumps([{"title": "Letter 7", "author": "Jane", "text": body,
                                 "url": "https://archiveofourown.org/works/7"}]))  # fmt: skip
    (line,) = type_here(capsysbinary, "import", copy, "--json").records
    assert (line["outcome"], line["work"]) == ("updated", ran.records[6]["work"])
    assert len(type_here(capsysbinary, "works", "--json").records) == 120


def test_a_library_makes_one_work_of_a_book_in_two_forms(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    book = tmp_path / "Library" / "John Watson" / "The Lamplighter (12)"
    book.mkdir(parents=True)
    text = "The fog had come up the river before breakfast. " * 20
    (book / "metadata.opf").write_text(
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Lamplighter</dc:title>'
        "<dc:creator>John Watson</dc:creator>"
        '<meta name="calibre:series" content="Lamps"/></metadata></package>'
    )
    name = "The Lamplighter - John Watson"
    (book / f"{name}.txt").write_text(f"{text}\n\n{text}\n")
    (book / f"{name}.html").write_text(f"<html><body><p>{text}</p><p>{text}</p></body></html>")
    ran = type_here(capsysbinary, "import", tmp_path / "Library", "--json")
    assert [line["outcome"] for line in ran.records] == ["imported", "duplicate"]
    (work,) = type_here(capsysbinary, "works", "--json").records
    assert (work["title"], work["authors"]) == ("The Lamplighter", ["John Watson"])
    assert work["series"] == [{"title": "Lamps", "position": None}]
