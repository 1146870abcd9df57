"""The line of facts of FanFiction.Net and FictionPress, in each form that has been printed."""

from __future__ import annotations

from datetime import date

import pytest

from hogarth.intake.facts import Facts
from hogarth.intake.ffn_line import (
    find_ffn_id,
    read_ffn_characters,
    read_ffn_date,
    read_ffn_genres,
    read_ffn_line,
)
from hogarth.manuscript import Dates, Stated, Tag

DESK = (
    "Rated: Fiction T - English - Adventure/Hurt/Comfort - [Emma W., George K.] Harriet S. - "
    "Chapters: 22 - Words: 114,414 - Reviews: 395 - Favs: 779 - Follows: 835 - "
    "Updated: 3/21/2013 - Published: 4/28/2012 - Status: Complete - id: 8067258"
)
PHONE = (
    "Rated: T, English, Drama & Hurt/Comfort, words: 226k+, favs: 12k+, follows: 10k+, "
    "updated: Mar 14, 2017 published: May 31, 2011, [Emma W., George K.] Harriet S."
)


def _read(line: str) -> Facts:
    facts = read_ffn_line(line)
    assert facts is not None
    return facts


def _names(facts: Facts, kind: str) -> list[str]:
    return [tag.name for tag in facts.tags if tag.kind == kind]


def test_the_line_of_a_page() -> None:
    facts = _read(DESK)
    assert _names(facts, "rating") == ["T"]
    assert _names(facts, "genre") == ["Adventure", "Hurt/Comfort"]
    assert _names(facts, "relationship") == ["Emma W./George K."]
    assert _names(facts, "character") == ["Emma W.", "George K.", "Harriet S."]
    assert facts.language == "en"
    assert (facts.status, facts.posted, facts.expected) == ("complete", 22, 22)
    assert facts.stated == Stated(words=114_414, kudos=779, comments=395)
    assert facts.dates == Dates(date(2012, 4, 28), date(2013, 3, 21))
    assert find_ffn_id(DESK) == "8067258"


def test_the_line_of_a_page_for_phones_has_rounded_counts_which_are_not_taken() -> None:
    facts = _read(PHONE)
    assert _names(facts, "genre") == ["Drama", "Hurt/Comfort"]
    assert _names(facts, "relationship") == ["Emma W./George K."]
    assert _names(facts, "character") == ["Emma W.", "George K.", "Harriet S."]
    assert facts.stated == Stated()
    assert (facts.status, facts.posted) == ("unknown", None)
    assert facts.dates == Dates(date(2011, 5, 31), date(2017, 3, 14))


def test_a_line_without_the_word_rated() -> None:
    facts = _read("K+, Spanish, Humor, chapters: 3, words: 5,120, published: Mar 1, complete")
    assert (facts.language, facts.status, facts.posted) == ("es", "complete", 3)
    assert _names(facts, "rating") == ["K+"]
    assert facts.stated.words == 5120
    assert facts.dates == Dates()


def test_a_row_of_a_list_has_the_fandom_before_and_characters_after() -> None:
    facts = _read(
        "Crossover - Emma & Persuasion - Rated: K+ - English - Angst - Words: 4,512 - "
        "Updated: 5/8 - Published: 8m ago - Emma W., Anne E. - Complete"
    )
    assert _names(facts, "fandom") == ["Emma", "Persuasion"]
    assert _names(facts, "character") == ["Emma W.", "Anne E."]
    assert (facts.status, facts.expected) == ("complete", 1)
    assert facts.dates == Dates()


def test_tools_that_label_everything_do_not_say_how_many_chapters_there_are() -> None:
    facts = _read(
        "Rated: Fiction M - Language: German - Genre: Romance/Mystery - "
        "Characters: [Emma W., George K.] - Reviews: 3 - Favs: 2 - Follows: 5"
    )
    assert facts.language == "de"
    assert _names(facts, "genre") == ["Romance", "Mystery"]
    assert _names(facts, "character") == ["Emma W.", "George K."]
    assert (facts.status, facts.posted) == ("unknown", None)


def test_a_line_that_names_no_status_is_of_a_story_in_progress_and_no_chapters_is_one() -> None:
    facts = _read("Rated: PG-13 - English - General - Words: 12 - Published: 02-04-01 - id:123")
    assert (facts.status, facts.posted, facts.expected) == ("in-progress", 1, None)
    assert facts.dates.published == date(2001, 2, 4)


def test_names_may_hold_dashes_and_look_like_languages() -> None:
    facts = _read("Rated: T - English - Ron - Ana - B., Fin - Words: 9 - Published: 1/2/2003")
    assert facts.language == "en"
    assert _names(facts, "character") == ["Ron - Ana - B.", "Fin"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Rated: Teen And Up Audiences",
        "Rating: T",
        "“Rated: T, words: few, favs: none,” said Emma",
        "Words: 3 - Chapters: 2 - Published: 1/2/2003",
        "Rated: T " + "- " * 5000,
    ],
)
def test_what_is_no_such_line(line: str) -> None:
    assert read_ffn_line(line) is None


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("3/21/2013", date(2013, 3, 21)),
        ("21/3/2013", date(2013, 3, 21)),
        ("3/4/2013", date(2013, 3, 4)),
        ("1/5/2020, 3:12:37 AM", date(2020, 1, 5)),
        ("01/05/2020, 03:12:37", date(2020, 5, 1)),
        ("1/5/2020, 3:12:37 am", date(2020, 5, 1)),
        ("5.1.2020, 03:12:37", date(2020, 1, 5)),
        ("02-04-11", date(2011, 2, 4)),
        ("12-31-99", date(1999, 12, 31)),
        ("Mar 14, 2017", date(2017, 3, 14)),
        ("2017-03-14", date(2017, 3, 14)),
        ("5/8", None),
        ("Mar 14", None),
        ("8h ago", None),
        ("13/13/2013", None),
        ("soon", None),
    ],
)
def test_days_are_written_with_the_month_first(stated: str, day: date | None) -> None:
    assert read_ffn_date(stated) == day


def test_genres_are_a_closed_list() -> None:
    assert read_ffn_genres("Hurt/Comfort/Sci-Fi") == ["Hurt/Comfort", "Sci-Fi"]
    assert read_ffn_genres("Romance & Humor") == ["Romance", "Humor"]
    assert read_ffn_genres("Emma W.") is None


def test_several_pairs_and_triads() -> None:
    assert read_ffn_characters("[Emma W., George K., Jane F.] [A., B.] C.") == [
        Tag("relationship", "Emma W./George K./Jane F."),
        Tag("relationship", "A./B."),
        *(Tag("character", name) for name in ("Emma W.", "George K.", "Jane F.", "A.", "B.", "C.")),
    ]
