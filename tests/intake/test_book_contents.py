"""Which entries of a table of contents begin a chapter, and what the chapter is then called."""

from __future__ import annotations

import pytest

from hogarth.intake.toc import Place, is_part, tell_kinds, title_of


def _kinds(*rows: tuple[int, str, str]) -> list[str]:
    """Shape: rows are (level, label, file with its fragment)."""
    places = []
    for level, label, address in rows:
        name, _, fragment = address.partition("#")
        places.append(Place(name, fragment, label, level))
    return list(tell_kinds(places))


def test_a_flat_list_is_all_chapters() -> None:
    assert _kinds((0, "Fog", "a"), (0, "Mud", "b")) == ["chapter", "chapter"]


def test_what_holds_chapters_is_a_part() -> None:
    assert _kinds(
        (0, "Part One", "p"), (1, "Chapter 1", "a"), (1, "Chapter 2", "b"), (0, "Coda", "c")
    ) == ["part", "chapter", "chapter", "chapter"]


def test_what_is_called_a_chapter_holds_sections() -> None:
    rows = (0, "Chapter 1", "a"), (1, "A bridge", "a#s"), (2, "Below it", "a#t"), (0, "Mud", "b")
    assert _kinds(*rows) == ["chapter", "section", "section", "chapter"]


def test_what_is_in_the_same_file_is_a_section_where_there_are_more_such_files() -> None:
    rows = (0, "Fog", "a"), (1, "A bridge", "a#s"), (0, "Mud", "b"), (1, "A boot", "b#s")
    assert _kinds(*rows) == ["chapter", "section", "chapter", "section"]


def test_a_book_in_one_file_has_one_entry_that_holds_its_chapters() -> None:
    assert _kinds((0, "A Lamp", "a"), (1, "Fog", "a#f"), (1, "Mud", "a#m")) == [
        "part",
        "chapter",
        "chapter",
    ]


def test_parts_without_a_page_of_their_own() -> None:
    assert _kinds((0, "Thames", ""), (1, "Fog", "a"), (0, "Sumida", ""), (1, "Snow", "b")) == [
        "part",
        "chapter",
        "part",
        "chapter",
    ]


def test_parts_in_parts() -> None:
    rows = (
        (0, "Book I", "x"),
        (1, "Part 1", "y"),
        (2, "I", "a"),
        (2, "II", "b"),
        (0, "Book II", "c"),
    )
    assert _kinds(*rows) == ["part", "part", "chapter", "chapter", "chapter"]


@pytest.mark.parametrize("label", ["Part Two", "Year 1", "VOLUME III", "第二部分 愛", "Книга 1"])
def test_names_of_parts(label: str) -> None:
    assert is_part(label)


@pytest.mark.parametrize("label", ["Partings", "Chapter 1", "Bookends", "第一章 部屋", "Yearning"])
def test_names_that_only_begin_so(label: str) -> None:
    assert not is_part(label)


@pytest.mark.parametrize(
    ("label", "position", "title"),
    [
        ("3. Fog", 3, "Fog"),
        ("3. Chapter 3", 3, None),
        ("3. Chapter 3: Fog", 3, "Fog"),
        ("3. Chapter 2: Fog", 3, "Chapter 2: Fog"),
        ("Chapter 3", 3, None),
        ("2. 1984", 2, "1984"),
        ("12. 12", 12, None),
        ("4. Fog", 3, "4. Fog"),
        ("  Fog \n and mud ", 1, "Fog and mud"),
        ("", 1, None),
    ],
)
def test_titles(label: str, position: int, title: str | None) -> None:
    assert title_of(label, position) == title
