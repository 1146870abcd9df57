"""Who wrote an old text and what it is called, told from its first lines and the file's name."""

from __future__ import annotations

from contextlib import suppress

import pytest

from hogarth.errors import Unreadable
from hogarth.intake import Reading, read
from hogarth.intake.bylines import read_byline, read_copyright, read_signed
from hogarth.intake.naming import agrees, read_stem, split_name

STORY = (
    "The fog had been three days in the street when the bell rang, and by then nobody in the\n"
    "house expected visitors. Mrs Hudson took the lamp down with her and was gone for so long\n"
    "that the others had begun to talk of something else."
)


def reading(head: str, name: str = "input.txt") -> Reading:
    return read(f"{head}\n\n{STORY}\n\n{STORY}\n".encode(), name=name)


def told(head: str, name: str = "input.txt") -> tuple[str, tuple[str, ...]]:
    manuscript = reading(head, name).manuscripts[0]
    return manuscript.title, manuscript.credited()


@pytest.mark.parametrize(
    ("line", "title", "names"),
    [
        ("by Jane Fairfax", "", "Jane Fairfax"),
        ("By: Jane Fairfax <jane@example.org>", "", "Jane Fairfax"),
        ("By, Jane Fairfax", "", "Jane Fairfax"),
        ("(by Jane Fairfax)", "", "Jane Fairfax"),
        ("Written by Jane Fairfax and Frank C.", "", "Jane Fairfax|Frank C"),
        ("A Wonderland fan fiction by Jane Fairfax", "", "Jane Fairfax"),
        ("An MST by Jane Fairfax", "", "Jane Fairfax"),
        ("MSTed by: Jane", "", "Jane"),
        ("The Tide Table  by Jane Fairfax", "The Tide Table", "Jane Fairfax"),
        ("The Tide Table, by Jane Fairfax", "The Tide Table", "Jane Fairfax"),
        ("Tide! Part 2   *~*By Jane*~*", "Tide! Part 2", "Jane"),
        ('by Jane "The Pen" Fairfax (8-2-98)', "", 'Jane "The Pen" Fairfax'),
        ("By Jane Fairfax aka Miss F", "", "Jane Fairfax"),
        ("von Anna Müller", "", "Anna Müller"),
        ("作者：白露", "", "白露"),
    ],
)
def test_bylines(line: str, title: str, names: str) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert byline.title == title
    assert "|".join(credit.name for credit in byline.credits) == names


@pytest.mark.parametrize(
    "line",
    [
        "by the time he got there, it was late",
        "Stand by Me",
        "He was followed by Watson",
        "The man sat by the river and thought of home",
        "The characters were created by Arthur Conan Doyle",
        "Based on the novels by Jane Austen",
        "Story Idea By: Anne Elliot",
        "Send all comments by mail",
        "by accident",
        "passing by Lyme",
        "Copyright 1811 by Jane Austen",
        "The opening song is by the Bakerloo Band",
    ],
)
def test_lines_that_are_no_bylines(line: str) -> None:
    assert read_byline(line) is None


def test_other_roles_are_no_authors() -> None:
    byline = read_byline("Translated by Anne Elliot")
    assert byline is not None
    assert [(credit.name, credit.role) for credit in byline.credits] == [
        ("Anne Elliot", "translator")
    ]


def test_names_beside_addresses_and_rights() -> None:
    signed = [
        read_signed("Jane Fairfax (jane@example.org)"),
        read_signed("jane@example.org (Jane Fairfax)"),
        read_copyright("Story (c) 1999 by Jane Fairfax. All rights reserved."),
    ]
    assert [found and found.credits[0].name for found in signed] == ["Jane Fairfax"] * 3
    assert read_signed("You can mail me at jane@example.org if you like") is None
    assert read_copyright("All characters are copyright the estate of the author") is None


@pytest.mark.parametrize(
    ("head", "title", "names"),
    [
        ("The Bell\nby Jane Fairfax", "The Bell", ("Jane Fairfax",)),
        ("The Bell\nA Wonderland fanfic\nby Jane <j@example.org>", "The Bell", ("Jane",)),
        ("The Bell\nJane Fairfax\njane@example.org", "The Bell", ("Jane Fairfax",)),
        (
            "Jane Fairfax (j@example.org)\nCrossover\nThe Bell - Part 2",
            "The Bell",
            ("Jane Fairfax",),
        ),
        (
            "               The Bell\n\n                by\n\n            Jane",
            "The Bell",
            ("Jane",),
        ),
        ("*** The Bell ***\n\nWritten by: Jane Fairfax", "The Bell", ("Jane Fairfax",)),
        ("The Bell by Jane Fairfax", "The Bell", ("Jane Fairfax",)),
        ("The Bell\nChapter Three\nby Jane", "The Bell", ("Jane",)),
        ("Author: Jane Fairfax <j@example.org>\nTitle: The Bell", "The Bell", ("Jane Fairfax",)),
        ("Title = The Bell\nAuthor = Jane", "The Bell", ("Jane",)),
        (
            "Disclaimer: They belong to Miss Austen. I make no money.\n\nThe Bell\nby Jane",
            "The Bell",
            ("Jane",),
        ),
        ("《钟》\n作者：白露", "钟", ("白露",)),
    ],
)
def test_title_and_author(head: str, title: str, names: tuple[str, ...]) -> None:
    assert told(head) == (title, names)
    text = reading(head).manuscripts[0].chapters[0].text
    assert "Jane" not in text
    assert "Bell" not in text


def test_a_name_is_never_an_address_when_there_is_one() -> None:
    head = 'From: "Jane Fairfax" <jane@example.org>\nSubject: The Bell\nDate: 3 Mar 1998'
    assert told(head) == ("The Bell", ("Jane Fairfax",))
    head = "From: jane@example.org (Jane Fairfax)\nSubject: Re: [FIC] The Bell (1/2)"
    assert told(head) == ("The Bell", ("Jane Fairfax",))


def test_the_file_name_tells_which_line_is_the_title() -> None:
    head = "Another evening\n\nThe Bonds of Sisterhood\n\nNot mine, all of it."
    assert told(head, "bonds-sis.txt")[0] == "The Bonds of Sisterhood"


def test_a_play_is_no_head() -> None:
    head = "Author: (with megaphone) Okay, everybody! Places!\nWatson: Where?\nAuthor: Over there."
    manuscript = reading(head).manuscripts[0]
    assert manuscript.credits == ()
    assert "Places!" in manuscript.chapters[0].text


def test_what_a_song_is_by_is_no_author() -> None:
    assert told("Opening song: “The Tide” by The Bakerloo Band")[1] == ()


def test_a_disclaimer_goes_to_the_notes_and_a_greeting_stays() -> None:
    head = (
        "The Bell\nby Jane\n\nHello again! This one took me all of the winter, and I hope it was"
        " worth it.\n\nStandard disclaimer: none of these characters belong to me."
    )
    manuscript = reading(head).manuscripts[0]
    assert "belong to me" in (manuscript.notes or "")
    assert "Hello again!" in manuscript.chapters[0].text


@pytest.mark.parametrize(
    ("head", "number", "title", "expected"),
    [
        ("The Bell\nPart Two of Three\nby Jane", 2, None, None),
        ("Title: The Bell (2/3)\nAuthor: Jane", 2, None, 3),
        ("The Bell : CHAPTER 8 - Nobody Home\n\nby Jane", 8, "Nobody Home", None),
        ("The Bell #4\nby Jane", 4, None, None),
        ("Subject: The Bell [3/12]\nFrom: Jane <j@example.org>", 3, None, 12),
    ],
)
def test_the_chapter_that_a_head_names(
    head: str, number: int, title: str | None, expected: int | None
) -> None:
    manuscript = reading(head).manuscripts[0]
    assert manuscript.title == "The Bell"
    assert manuscript.chapters[0].number == number
    assert manuscript.chapters[0].title == title
    assert manuscript.expected_chapters == expected


def test_the_file_name_gives_a_number_that_the_text_does_not() -> None:
    found = reading("The Bell\nby Jane", "the_bell-03.txt")
    assert found.manuscripts[0].chapters[0].number == 3
    assert "from the file's name" in {e.fact: e.detail for e in found.evidence}["chapter"]


@pytest.mark.parametrize(
    ("name", "base", "number"),
    [
        ("000_9a0891cb970115e4", "000_9a0891cb970115e4", None),
        ("red_waters05.txt", "red_waters", 5),
        ("The Bell Ch 4-.txt", "The Bell", 4),
        ("story-03.txt", "story", 3),
        ("apollo13.txt", "apollo13", None),
        ("1984.txt", "1984", None),
        ("chapter 7.txt", "", 7),
        ("r/bell.txt", "bell", None),
        ("", "", None),
    ],
)
def test_numbers_in_names(name: str, base: str, number: int | None) -> None:
    assert read_stem(name) == (base, number)


@pytest.mark.parametrize(
    ("title", "base", "agrees_with"),
    [
        ("Shadows of a Forgotten Sin", "shas_forg_sin", True),
        ("No Need for a Ghost", "nnf-ghost", True),
        ("True Love", "truelove", True),
        ("The Bell", "input", False),
        ("The Bell", "", False),
        ("A Quiet Evening in Lyme", "brass_key", False),
    ],
)
def test_names_that_agree(title: str, base: str, agrees_with: bool) -> None:
    assert agrees(title, base) is agrees_with


def test_names_with_the_author_in_them() -> None:
    assert split_name("《雾》作者：白露") == ("雾", "白露")
    assert split_name("the_bell") == ("", "")


@pytest.mark.parametrize(
    "unit", ["By ", "A: ", "_a ", "<a@b.c> ", "( ", "第一章 ", "\tx", "Title: "]
)
def test_one_enormous_line_at_the_top_is_no_trouble(unit: str) -> None:
    with suppress(Unreadable):
        assert read((unit * 300_000).encode(), name="x.txt").manuscripts
