"""How plain text is laid out, what its head says, where its chapters are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hogarth.intake import read
from hogarth.intake.headings import names_a_chapter, read_heading
from hogarth.intake.layout import lay_out
from hogarth.manuscript import Manuscript, plain_text

STORY = "The captain played the organ only when the sea was quite still, which was not often."


def manuscript(text: str, name: str = "story.txt") -> Manuscript:
    return read(text.encode(), name=name).manuscripts[0]


def test_a_text_without_breaks_stays_as_it_is() -> None:
    text = f"The Organ A/N: It's short - enjoy! {STORY} " * 5 + '"He has lost'
    assert plain_text(manuscript(text).chapters[0].html) == text.strip()


@given(st.lists(st.text("abc ,.", min_size=1, max_size=60), min_size=1, max_size=12))
def test_no_word_is_moved_or_lost(lines: list[str]) -> None:
    words = " ".join(lines).split()
    paragraphs = lay_out(lines).paragraphs
    assert " ".join(paragraphs).split() == words


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Chapter 1", 1, None),
        ("CHAPTER TWO: The Fog", 2, "The Fog"),
        ("Chapter Twenty-One - Home", 21, "Home"),
        ("Ch. 4 Rain", 4, "Rain"),
        ("CHAPTER IX. Who Came to Tea", 9, "Who Came to Tea"),
        ("Part 3", 3, None),
        ("Chapitre 12 : La mer", 12, "La mer"),
        ("Глава 7", 7, None),
        ("第三章　霧", 3, "霧"),
        ("第12話", 12, None),
        ("5. The Bell", 5, "The Bell"),
        ("IV", 4, None),
        ("Chapter #3", 3, None),
        ("Chapter1", 1, None),
    ],
)
def test_headings(line: str, number: int, title: str | None) -> None:
    heading = read_heading(line)
    assert heading is not None
    assert (heading.number, heading.title) == (number, title)


@pytest.mark.parametrize(
    "line",
    [
        "Part of him wanted to go.",
        "Chapter one was over, and she put the book down.",
        "chapter two and then, tired, he slept.",
        "He read chapter 2.",
        "IV",
        "5. The Bell",
        "",
        "Chapter and verse",
        "Partings",
        "Epilogue was the word she used, and nobody knew what it meant.",
    ],
)
def test_lines_that_begin_no_chapter(line: str) -> None:
    assert not names_a_chapter(line)


def test_a_number_that_says_nothing_new_leaves_the_title() -> None:
    heading = read_heading("Chapter 2: Fog")
    assert heading is not None
    assert heading.title_at(2) == "Fog"
    assert heading.title_at(3) == "Chapter 2: Fog"


def test_numbered_titles_count_only_in_a_row() -> None:
    whole = manuscript(
        f"1. The Sea\n\n{STORY}\n\n2. The Bell\n\n{STORY}\n\n3. The Log\n\n{STORY}\n"
    )
    assert [chapter.title for chapter in whole.chapters] == ["The Sea", "The Bell", "The Log"]
    broken = manuscript(
        f"1. The Sea\n\n{STORY}\n\n4. The Bell\n\n{STORY}\n\n3. The Log\n\n{STORY}\n"
    )
    assert len(broken.chapters) == 1


def test_a_table_of_contents_makes_no_chapters() -> None:
    contents = "Chapter 1: Sea\n\nChapter 2: Bell\n\n"
    text = f"{contents}Chapter 1: Sea\n\n{STORY}\n\nChapter 2: Bell\n\n{STORY}\n"
    chapters = manuscript(text).chapters
    assert [chapter.title for chapter in chapters] == ["Sea", "Bell"]
    assert "Chapter 2: Bell" in chapters[0].text


def test_a_long_preamble_is_a_chapter_of_its_own() -> None:
    text = f"{' '.join([STORY] * 20)}\n\nChapter 1\n\n{STORY}\n\nChapter 2\n\n{STORY}\n"
    assert [chapter.title for chapter in manuscript(text).chapters] == [
        None,
        "Chapter 1",
        "Chapter 2",
    ]


def test_the_file_name_confirms_a_title_line() -> None:
    reading = read(f"The Organ\n\n{STORY}\n\n{STORY}".encode(), name="the-organ.txt")
    assert reading.manuscripts[0].title == "The Organ"
    assert "The Organ" not in reading.manuscripts[0].chapters[0].text
    assert not reading.problems


def test_a_line_that_only_looks_like_a_title_stays() -> None:
    reading = read(f"The Organ\n\n{STORY}\n\n{STORY}".encode(), name="scan.txt")
    assert reading.manuscripts[0].title == "The Organ"
    assert reading.manuscripts[0].chapters[0].text.startswith("The Organ")
    assert [problem.code for problem in reading.problems] == ["title-guessed"]


@pytest.mark.parametrize(
    "text",
    [
        f"Holmes: What is it?\nWatson: A ticket.\n\n{STORY}",
        f"Note: the door.\n\n{STORY}",
        f"He read it twice:\n{STORY}\n\n{STORY}",
    ],
)
def test_dialogue_and_sentences_are_no_header(text: str) -> None:
    assert manuscript(text).chapters[0].words == len(
        text.replace(":", " ").replace(".", " ").replace("?", " ").split()
    )


def test_mail_headers_name_the_story() -> None:
    text = (
        "From: conseil@example.org\nSubject: [FIC] The Organ (1/3)\nDate: 5 March 1998\n"
        f"Newsgroups: alt.nautilus\n\n{STORY}\n\n{STORY}\n"
    )
    read_in = manuscript(text)
    assert read_in.title == "The Organ"
    assert read_in.credited() == ("conseil@example.org",)
    assert str(read_in.dates.published) == "1998-03-05"


def test_wide_gaps_are_kept_as_spacers() -> None:
    html = manuscript(f"{STORY}\n\n{STORY}\n\n\n\n{STORY}\n\n{STORY}").chapters[0].html
    assert html.count("<p>\u00a0</p>") == 1
    assert html.index("<p>\u00a0</p>") > html.index(STORY, 10)
