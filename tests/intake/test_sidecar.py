"""A table of facts beside the files: columns, rows, and which file each row is about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from hogarth.errors import HogarthError, Invalid
from hogarth.intake import Limits, Place, Reading
from hogarth.intake.facts import Facts
from hogarth.intake.reading import Found
from hogarth.intake.sidecar import Matched, read_mapping, read_sidecar
from hogarth.intake.told import Told
from hogarth.intake.trying import read_found
from hogarth.manuscript import Credit, SeriesPlace, Tag

LIMITS = Limits()
FILES = ["/fics/kettle.txt", "/fics/deep/The_Squid.html", "/fics/deep/rain.epub"]


def match(
    text: str, name: str = "list.csv", files: Sequence[str] = FILES, columns: str = ""
) -> Matched:
    places = [Place(path) for path in files]
    mapping = read_mapping(columns) if columns else {}
    return read_sidecar(text.encode(), name, places, mapping, LIMITS)


def told(matched: Matched) -> dict[str, tuple[str, str]]:
    """Title and row by file."""
    return {
        path.rpartition("/")[2]: (said.facts.title, said.place.partition(" row ")[2])
        for path, said in matched.by_name.items()
    }


def shown(matched: Matched) -> dict[str, str]:
    return {column.name: column.field for column in matched.columns}


def test_rows_find_their_files() -> None:
    matched = match(
        "File,Title,Author,Ship,Series,Part in series\n"
        "kettle.txt,The Kettle,Martha Hudson,Holmes/Watson,Hearth,3\n"
        "deep/The_Squid.html,The Squid,Pierre Aronnax; Conseil,,,\n"
        "gone.txt,Gone,Nobody,,,\n"
    )
    assert told(matched) == {
        "kettle.txt": ("The Kettle", "2"),
        "The_Squid.html": ("The Squid", "3"),
    }
    kettle = matched.by_name["/fics/kettle.txt"].facts
    assert kettle.credits == [Credit("Martha Hudson")]
    assert kettle.tags == [Tag("relationship", "Holmes/Watson")]
    assert kettle.series == [SeriesPlace("Hearth", 3)]
    assert (matched.rows, matched.strangers, matched.bare) == (2, [4], ["/fics/deep/rain.epub"])
    assert shown(matched)["Ship"] == "relationship"


@pytest.mark.parametrize(
    "name",
    [
        "/fics/deep/The_Squid.html",
        "/elsewhere/fics/deep/The_Squid.html",
        "deep\\The_Squid.html",
        "./deep/the_squid.HTML",
        "file:///fics/deep/The_Squid.html",
        "The_Squid.html",
        "The_Squid",
        "the squid",
        "The Squid!",
        "The_Squid.docx",
    ],
)
def test_many_ways_to_name_a_file(name: str) -> None:
    matched = match(f"Filename\tTitle\n{name}\tDown\n", "list.tsv")
    assert told(matched) == {"The_Squid.html": ("Down", "2")}


def test_names_are_compared_as_they_are_read() -> None:
    files = ["/fics/cafe\u0301.txt", "/fics/ＷＩＤＥ.txt"]
    matched = match("file,title\ncafé.txt,A\nwide.txt,B\n", files=files)
    assert matched.rows == 2


def test_any_column_may_name_the_files() -> None:
    matched = match("What,Wo,Titel\nx,kettle,The Kettle\ny,rain,Rain\n")
    assert shown(matched)["Wo"] == "file"
    assert told(matched) == {"kettle.txt": ("The Kettle", "2"), "rain.epub": ("Rain", "3")}


def test_files_that_are_called_after_their_works() -> None:
    files = ["/b/The Squid - Pierre Aronnax.epub", "/b/Rain.txt", "/b/Jane - Rain Again.html"]
    matched = match(
        "title,authors,formats\nThe Squid,Pierre Aronnax & Conseil,epub\nRain,Jane,txt\n"
        "Rain Again,Jane,html\n",
        files=files,
    )
    assert matched.rows == 3


def test_a_list_without_names() -> None:
    matched = match("kettle.txt,The Kettle,Martha Hudson\nrain.epub,Rain,Jane Bennet\n")
    assert told(matched)["rain.epub"] == ("Rain", "2")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"kettle.txt": {"title": "The Kettle", "tags": ["tea", "steam"]}}, "a.json"),
        ([{"file": "kettle.txt", "title": "The Kettle", "tags": ["tea", "steam"]}], "a.json"),
        ({"files": [{"path": "x/kettle.txt", "title": "The Kettle", "tags": "tea, steam"}]}, "a"),
    ],
)
def test_json(value: Any, name: str) -> None:
    matched = match(json.dumps(value), name)
    facts = matched.by_name["/fics/kettle.txt"].facts
    assert facts.title == "The Kettle"
    assert facts.tags == [Tag("freeform", "tea"), Tag("freeform", "steam")]


def test_json_lines() -> None:
    lines = [{"filename": "kettle.txt", "title": "A"}, {"filename": "rain.epub", "title": "B"}]
    matched = match("\n".join(map(json.dumps, lines)), "a.jsonl")
    assert told(matched)["rain.epub"] == ("B", "2")


def test_works_by_their_address() -> None:
    matched = match("work_id,title,kudos,bookmarks,hits\n55,Tea,1,2,3\n66,Rain,1,2,3\n")
    assert told(matched) == {"rain.epub": ("Rain", "3")}
    assert [address for address, _ in matched.by_address] == [
        "https://archiveofourown.org/works/55"
    ]
    assert match("url,title\nhttps://archiveofourown.org/works/55,Tea\n").by_address == [
        (
            "https://archiveofourown.org/works/55",
            Told(Facts("Tea", source="https://archiveofourown.org/works/55"), "list.csv row 2"),
        )
    ]


def test_what_may_mean_two_things_is_told_and_not_guessed() -> None:
    files = ["/a/one.txt", "/b/one.txt", "/a/two.txt", "/a/two.epub", "/a/three.txt"]
    matched = match(
        "file,title\none.txt,One\ntwo,Two\nthree.txt,Three\nthree.txt,Drei\n", files=files
    )
    assert matched.doubtful == [
        ((2,), ("/a/one.txt", "/b/one.txt")),
        ((4, 5), ("/a/three.txt",)),
    ]
    assert sorted(matched.by_name) == ["/a/two.epub", "/a/two.txt"], "one book in two forms"


def test_what_somebody_says_of_the_columns() -> None:
    text = "Pfad,Fic,Ship Name,Stern\nkettle.txt,The Kettle,A/B,5\n"
    matched = match(text, columns="Pfad=file,Fic=title,Ship Name=pairing,stern=-")
    assert shown(matched) == {
        "Pfad": "file", "Fic": "title", "Ship Name": "relationship", "Stern": "",
    }  # fmt: skip
    matched = match("kettle.txt,The Kettle\n", columns="2=summary")
    assert matched.by_name["/fics/kettle.txt"].facts.summary == "<p>The Kettle</p>"


@pytest.mark.parametrize(
    ("columns", "code", "words"),
    [
        ("Fic", "bad-columns", "does not say"),
        ("=title", "bad-columns", "does not say"),
        ("Fic=wizard", "bad-columns", "“wizard” is no field"),
        ("Fic=chapter 3", "bad-columns", "no field"),
        ("Nope=title", "bad-columns", "no column called “nope”"),
    ],
)
def test_a_mapping_that_makes_no_sense(columns: str, code: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as caught:
        match("file,Fic\nkettle.txt,x\n", columns=columns)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-table"),
        ("A letter of no columns whatever.\n\nYours truly.\n", "no-table"),
        ("A letter, of no columns.\n\nYours, Jane.\n", "metadata-without-files"),
        ("<html><body><p>page</p></body></html>", "no-table"),
        ("file,title\n", "no-table"),
        ("file,title\nother.txt,Other\n", "metadata-matches-nothing"),
        ("title,author\nOther,Jane\n", "metadata-without-files"),
        ("{}", "no-table"),
        ("\x00\x01\x02\x03", "no-table"),
    ],
)
def test_what_is_no_sidecar(text: str, code: str) -> None:
    with pytest.raises(HogarthError) as caught:
        match(text)
    assert caught.value.code == code


# --- what is believed ---------------------------------------------------------------------------


def read_told(data: str, facts: Facts, name: str = "a.txt") -> Reading:
    found = Found(name, data.encode(), LIMITS, told=Told(facts, "list.csv row 2"))
    return read_found(found)


STORY = (
    "Title: Kettle\nAuthor: Somebody\nFandom: Sherlock Holmes\nRating: G\n\n"
    "The kettle had opinions, and that evening it had company.\n\n"
    "Holmes listened to it with his eyes shut; Watson only wanted his tea.\n"
)


def test_what_somebody_says_is_believed() -> None:
    facts = Facts(
        "The Kettle", [Credit("Martha Hudson")], "<p>Tea.</p>", tags=[Tag("rating", "T")],
        language="en-GB", status="complete",
    )  # fmt: skip
    reading = read_told(STORY, facts)
    (work,) = reading.manuscripts
    assert (work.title, work.credited(), work.summary) == (
        "The Kettle", ("Martha Hudson",), "<p>Tea.</p>",
    )  # fmt: skip
    assert set(work.tags) == {Tag("rating", "T"), Tag("fandom", "Sherlock Holmes")}
    assert (work.language, work.status) == ("en-GB", "complete")
    assert reading.told == (
        frozenset({"title", "credits", "summary", "rating", "language", "status"}),
    )
    assert ("metadata", "list.csv row 2") in [(e.fact, e.detail) for e in reading.evidence]


def test_a_title_that_is_said_need_not_be_guessed() -> None:
    text = STORY.partition("\n\n")[2]
    assert "title-guessed" in {p.code for p in read_found(Found("a.txt", text.encode())).problems}
    reading = read_told(text, Facts("The Kettle"))
    assert "title-guessed" not in {problem.code for problem in reading.problems}


def test_of_many_works_in_a_file_the_one_of_that_title_is_meant() -> None:
    body = STORY.partition("\n\n")[2] * 10
    rows = json.dumps([{"title": title, "text": body + title} for title in ("Kettle", "Rain")])
    reading = read_told(rows, Facts("rain", [Credit("Jane")]), "a.json")
    assert [work.credited() for work in reading.manuscripts] == [(), ("Jane",)]
    reading = read_told(rows, Facts(tags=[Tag("fandom", "Holmes")]), "a.json")
    assert [work.tags_of("fandom") for work in reading.manuscripts] == [("Holmes",), ("Holmes",)]
