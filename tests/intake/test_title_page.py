"""What a book's title page labels: kinds of tag that its subjects have lost, and how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import hogarth
from hogarth.intake.facts import Facts
from hogarth.intake.title_page import read_title_page, sort_subjects
from hogarth.manuscript import Tag

DEMO = Path(__file__).parent.parent.parent / "demo" / "found"


def _read(html: str) -> Facts:
    body = LexborHTMLParser(html).body
    assert body is not None
    return read_title_page([body])


@pytest.mark.parametrize(
    "html",
    [
        "<dl><dt>Fandom:</dt><dd>Emma</dd><dt>Status</dt><dd>Completed</dd></dl>",
        (
            "<table><tr><td><b>Fandom:</b></td><td>Emma</td></tr>"
            "<tr><td>Status:</td><td>Completed</td></tr></table>"
        ),
        "<p><b>Fandom:</b> Emma</p><p><b>Status:</b> Completed</p>",
    ],
)
def test_lists_tables_and_lines_say_the_same(html: str) -> None:
    page = _read(html)
    assert page.tags == [Tag("fandom", "Emma")]
    assert page.status == "complete"


def test_a_category_is_a_kind_of_pairing_or_else_a_fandom() -> None:
    page = _read("<p>Category: F/F, Gen</p><p>Category: Emma</p>")
    assert page.tags == [Tag("category", "F/F"), Tag("category", "Gen"), Tag("fandom", "Emma")]


def test_chapters_to_come() -> None:
    assert _read("<p>Chapters: 3/12</p>").expected == 12
    assert _read("<p>Chapters: 3/?</p>").expected is None
    assert _read("<p>Chapters: three</p>").expected is None


def test_subjects_keep_what_the_page_does_not_name() -> None:
    page = _read("<p>Characters: Emma Woodhouse</p>")
    subjects = [Tag("freeform", "emma woodhouse"), Tag("freeform", "Picnics")]
    assert sort_subjects(subjects, page) == (
        Tag("character", "Emma Woodhouse"),
        Tag("freeform", "Picnics"),
    )


def test_a_book_as_it_was_found() -> None:
    (work,) = hogarth.read(next(DEMO.glob("Sow*.epub"))).manuscripts
    assert work.tags_of("fandom") == ("Anne of Green Gables - L. M. Montgomery",)
    assert work.tags_of("rating") == ("General Audiences",)
    assert work.credited("beta") == ("Mrs_Rachel_Blind",)
    assert (work.status, work.expected_chapters, len(work.chapters)) == ("complete", 3, 3)
    assert work.end_notes is not None
