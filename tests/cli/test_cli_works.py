"""`hogarth works` and `hogarth show`: what the archive holds."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from command_line import type_here, write_stories

from cast import Cast, write_story
from hogarth.manuscript import Dates, SeriesPlace

pytestmark = pytest.mark.django_db

LINE = {
    "title": "The Second Stair",
    "authors": ["Mary Wollstonecraft"],
    "credits": [{"name": "Mary Wollstonecraft", "role": "author", "pseud_of": None}],
    "fandoms": ["Sherlock Holmes"],
    "tags": [
        {"kind": "rating", "name": "Mature"},
        {"kind": "fandom", "name": "Sherlock Holmes"},
    ],
    "series": [{"title": "Stairs", "position": 2}],
    "summary": "<p>He counts.</p>",
    "language": "en",
    "status": "complete",
    "words": 5,
    "chapters": 1,
    "expected_chapters": 1,
    "published": "2020-02-29",
    "updated": None,
    "state": "posted",
    "visibility": "public",
    "anonymous": False,
    "unrevealed": False,
    "hidden": False,
    "adult": True,
}


def test_json_tells_all_that_should_be_equal(
    cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    number = cast.bring(
        write_story(
            series=(SeriesPlace("Stairs", 2),),
            summary="<p>He counts.</p>",
            language="en",
            status="complete",
            expected_chapters=1,
            dates=Dates(published=date(2020, 2, 29)),
        )
    )
    (line,) = type_here(capsysbinary, "works", "--json").records
    assert list(line) == ["id", *LINE, "changed"]
    assert line.pop("id") == number
    assert "T" in line.pop("changed")
    assert line == LINE


def test_json_lists_every_work_and_a_person_sees_a_page(
    cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    numbers = [
        cast.bring(write_story(f"Stair {n}", chapters=[f"<p>Holmes counted {n} stairs.</p>"]))
        for n in range(27)
    ]
    every = type_here(capsysbinary, "works", "--json").records
    assert sorted(line["id"] for line in every) == numbers
    assert len(type_here(capsysbinary, "works", "--json", "--page", "2").records) == 2
    page = type_here(capsysbinary, "works").out
    assert page.splitlines()[0].split() == [
        "work", "title", "by", "fandom", "words", "chapters", "seen", "by",
    ]  # fmt: skip
    assert page.count("Mary Wollstonecraft") == 25
    assert "Page 1 of 2, 27 works" in page
    assert type_here(capsysbinary, "works", "--all").out.count("Mary Wollstonecraft") == 27
    beyond = type_here(capsysbinary, "works", "--page", "3")
    assert (beyond.code, beyond.out) == (1, "")
    assert "There is no page 3" in beyond.told
    assert type_here(capsysbinary, "works", "--page", "0").code == 2


def test_lists_are_narrowed(cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    stair = cast.bring(write_story("The Second Stair"))
    fog = cast.bring(
        write_story("Fog", author="Charlotte", tags=[("freeform", "Fluff")],
                    chapters=["<p>It was the fog again.</p>"])
    )  # fmt: skip
    type_here(capsysbinary, "withdraw", fog)

    def listed(*words: object) -> list[int]:
        return [line["id"] for line in type_here(capsysbinary, "works", "--json", *words).records]

    assert listed("--title", "second") == [stair]
    assert listed("--author", "charlotte") == [fog]
    assert listed("--tag", "fluff") == [fog]
    assert listed("--state", "posted") == [stair]
    assert listed("--tag", "angst") == []
    assert type_here(capsysbinary, "works", "--tag", "angst").out == (
        "There are no works to list.\n"
    )


def test_accounts_see_what_they_may(cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    number = cast.bring(visibility="private")
    assert type_here(capsysbinary, "works", "--json", "--as", "judith").out == ""
    ran = type_here(capsysbinary, "--as", "judith", "show", number)
    assert (ran.code, ran.out) == (1, "")
    assert "There is no work" in ran.told
    assert type_here(capsysbinary, "--as", "Mary", "show", number).code == 0


def test_a_title_cannot_steer_the_terminal(
    cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    number = cast.bring(
        write_story("Red\x1b[31m \u202eStair", author="M\x9bary",
                    chapters=["<p>Holmes\x1b]0;x\x07 counted.</p>"])
    )  # fmt: skip
    for words in (["works"], ["works", "--json"], ["show", number], ["show", number, "--json"]):
        written = type_here(capsysbinary, *words).out
        assert "Stair" in written
        assert not set("\x1b\x07\x9b") & set(written), words


@pytest.mark.usefixtures("cast")
def test_show_json_is_what_read_gave(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = write_stories(tmp_path / "found")
    read = type_here(capsysbinary, "read", folder, "--json").records
    landed = type_here(capsysbinary, "import", folder, "--json").records
    for reading, outcome in zip(read, landed, strict=True):
        shown = type_here(capsysbinary, "show", outcome["work"], "--json")
        assert shown.records == [reading["manuscript"]]
        assert list(shown.records[0]) == list(reading["manuscript"])


@pytest.mark.usefixtures("cast")
def test_show_original_is_the_file_byte_for_byte(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "old.txt"
    data = "Fog\r\n\r\nThe fog said “no”.\r\n\r\nIt was believed.\r\n\x1a".encode("cp1252")
    file.write_bytes(data)
    (outcome,) = type_here(capsysbinary, "import", file, "--json").records
    number = outcome["work"]
    assert type_here(capsysbinary, "show", number, "--original").written == data
    digest = hashlib.sha256(data).hexdigest()
    named = type_here(capsysbinary, "show", number, "--original", "--digest", digest)
    assert named.written == data
    wrong = type_here(capsysbinary, "show", number, "--original", "--digest", "0" * 64)
    assert (wrong.code, wrong.written) == (1, b"")


@pytest.mark.usefixtures("cast")
def test_show_is_a_card_and_the_text(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = write_stories(tmp_path / "found") / "extracts.txt"
    (outcome,) = type_here(capsysbinary, "import", file, "--json").records
    shown = type_here(capsysbinary, "show", outcome["work"]).out
    assert shown.startswith("Extracts\nby Mary Bennet\n\nFandoms: Pride and Prejudice\n")
    assert "24 words · 1 of ? chapters" in shown
    assert f"Original: {file} (read as plain-text), SHA-256 " in shown
    assert "Mary copied the sermon twice" in shown
    text = type_here(capsysbinary, "show", outcome["work"], "--text").out
    assert text.split("\n\n")[0] == (
        "Mary copied the sermon twice, once for her sister and once for the fire."
    )


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("word", ["x", "1-2", "0x1", "", "٣", "9" * 40])
def test_what_is_no_number_of_a_work(word: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    ran = type_here(capsysbinary, "show", word)
    assert ran.code == 2
    assert "is not the number of a work" in ran.told
    assert json.dumps(word, ensure_ascii=False)[1:-1][:20] in ran.told
