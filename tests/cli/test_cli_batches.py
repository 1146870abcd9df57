"""`hogarth publish`, `withdraw`, `delete`, `edit`: one thing done to many works."""

from __future__ import annotations

import io
from typing import Any

import pytest
from command_line import Ran, type_here

from cast import Cast, write_story
from hogarth.cli import edit as edit_command
from hogarth.manuscript import TAG_KINDS
from hogarth.works.edits import FIELDS, TAG_FIELDS

pytestmark = pytest.mark.django_db


def _three(cast: Cast, **columns: Any) -> list[int]:
    return [
        cast.bring(
            write_story(f"Stair {n}", chapters=[f"<p>Holmes counted {n} stairs.</p>"]), **columns
        )
        for n in range(3)
    ]


def _seen(capture: pytest.CaptureFixture[bytes], *fields: str) -> dict[int, Any]:
    lines = type_here(capture, "works", "--json").records
    return {line["id"]: tuple(line[field] for field in fields) for line in lines}


def test_numbers_and_ranges_name_works(
    cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    first, second, third = _three(cast, visibility="private")
    ran = type_here(capsysbinary, "publish", f"{first}-{third}", f"#{second}")
    assert ran.code == 0
    assert ran.out == (
        f"Published {first}: Stair 0\nPublished {second}: Stair 1\nPublished {third}: Stair 2\n"
    )
    assert set(_seen(capsysbinary, "visibility").values()) == {("public",)}


def test_each_work_has_its_line_and_none_stops_the_others(
    cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    first, second, third = _three(cast)
    type_here(capsysbinary, "delete", second, "--yes")
    ran = type_here(capsysbinary, "withdraw", f"{first}-{third}", third + 1000, "--json")
    assert ran.code == 1
    assert [list(line) for line in ran.records] == [
        ["work", "title", "done", "problem", "message"]
    ] * 4
    assert [(line["work"], line["done"], line["problem"]) for line in ran.records] == [
        (first, True, None),
        (second, False, "deleted"),
        (third, True, None),
        (third + 1000, False, "no-work"),
    ]
    told = type_here(capsysbinary, "withdraw", second).out
    assert told.startswith(f"{second}: This work was deleted.")


def test_publish_all_takes_what_nobody_has_seen(
    cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    private, withdrawn, draft = _three(cast, visibility="private")
    type_here(capsysbinary, "withdraw", withdrawn)
    cast.bring(write_story("Fog", chapters=["<p>Fog.</p>"]), visibility="private", state="draft")
    assert draft
    ran = type_here(capsysbinary, "publish", "--all", "--restricted")
    assert ran.out.splitlines() == [f"Published {private}: Stair 0", f"Published {draft}: Stair 2"]
    assert _seen(capsysbinary, "visibility")[private] == ("restricted",)
    assert _seen(capsysbinary, "state")[withdrawn] == ("withdrawn",)
    assert type_here(capsysbinary, "publish", "--all").out == "There was nothing to do.\n"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["publish"], "Name works"),
        (["publish", "1", "--all"], "Name works"),
        (["publish", "3-1"], "ends before it begins"),
        (["publish", "1-99999999"], "works at once"),
        (["publish", "one"], "is not the number of a work"),
        (["edit", "1"], "nothing to change"),
        (["edit", "1", "--add-tag", "fluff"], "no tag with its kind"),
        (["edit", "1", "--add-tag", "mood:fluff"], "no tag with its kind"),
        (["edit", "1", "--language", "xx yy"], "language"),
        (["edit", "1", "--status", "done"], "status"),
        (["edit", "1", "--published", "yesterday"], "published"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_refused_at_once(
    words: list[str], said: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = type_here(capsysbinary, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.told


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_deleting_asks_where_somebody_can_answer(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    number = cast.bring()

    def answer(text: str) -> Ran:
        monkeypatch.setattr("sys.stdin", _Terminal(text))
        return type_here(capsysbinary, "delete", number)

    refused = answer("no\n")
    assert refused.told.startswith("Delete 1 work from the archive?")
    assert (refused.code, refused.out) == (0, "There was nothing to do.\n")
    assert answer("").out == "There was nothing to do.\n"
    assert number in _seen(capsysbinary)
    assert answer("Yes\n").out == f"Deleted {number}: The Second Stair\n"
    assert number not in _seen(capsysbinary)
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    ran = type_here(capsysbinary, "delete", number)
    assert ran.code == 2
    assert "--yes" in ran.told


def test_editing_replaces_fields(cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    first, second, third = _three(cast)
    ran = type_here(
        capsysbinary, "edit", first, second,
        "--title", "Stairs", "--author", "Fanny", "--author", "Eliza", "--summary", "He counts.",
        "--language", "fr", "--status", "abandoned", "--published", "2020-02-29",
        "--fandom", "Emma", "--rating", "", "--series", "Stairs #2", "--anonymous",
    )  # fmt: skip
    assert (ran.code, ran.told) == (0, "")
    assert ran.out == f"Corrected {first}: Stair 0\nCorrected {second}: Stair 1\n"
    fields = (
        "title", "authors", "summary", "language", "status", "published", "tags", "series",
        "anonymous",
    )  # fmt: skip
    seen = _seen(capsysbinary, *fields)
    assert seen[first] == seen[second] == (
        "Stairs", ["Fanny", "Eliza"], "<p>He counts.</p>", "fr", "abandoned", "2020-02-29",
        [{"kind": "fandom", "name": "Emma"}], [{"title": "Stairs", "position": 2}], True,
    )  # fmt: skip
    assert seen[third][0] == "Stair 2"
    type_here(capsysbinary, "edit", first, "--no-anonymous", "--summary", "")
    assert _seen(capsysbinary, "anonymous", "summary")[first] == (False, None)


def test_tags_are_added_and_removed_beside_the_others(
    cast: Cast, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    first, second, _third = _three(cast)
    type_here(capsysbinary, "edit", second, "--freeform", "Fog")
    ran = type_here(
        capsysbinary, "edit", first, second, second + 1000, "--json",
        "--add-tag", "freeform: Fluff", "--add-tag", "fandom:Emma",
        "--remove-tag", "fandom:sherlock holmes",
    )  # fmt: skip
    assert ran.code == 1
    assert [line["problem"] for line in ran.records] == [None, None, "no-work"]
    seen = _seen(capsysbinary, "tags")
    names = [[tag["name"] for tag in seen[number][0]] for number in (first, second)]
    assert names == [["Mature", "Emma", "Fluff"], ["Mature", "Emma", "Fog", "Fluff"]]


def test_every_field_that_can_be_corrected_has_its_option() -> None:
    tables = (edit_command._ONE, edit_command._MANY, edit_command._FLAGS)
    assert {field for table in tables for field, _sentence in table.values()} == set(FIELDS)
    kinds = {kind: field for field, kind in TAG_FIELDS.items()}
    assert kinds == edit_command._TAG_FIELDS
    assert set(kinds) == set(TAG_KINDS)
