"""Dates, languages, tags and titles as files write them."""

from __future__ import annotations

from datetime import date

import pytest

from hogarth.intake.dates import parse_date
from hogarth.intake.languages import language_tag
from hogarth.intake.tags import split_tags, unify_tag
from hogarth.intake.titles import fold_title, title_from_name


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2012-03-04", date(2012, 3, 4)),
        ("2012-03-04T10:20:30Z", date(2012, 3, 4)),
        ("20120304T102030", date(2012, 3, 4)),
        ("2012/3/4", date(2012, 3, 4)),
        ("4 March 2012", date(2012, 3, 4)),
        ("Sun, 4 Mar 2012 10:00:00 GMT", date(2012, 3, 4)),
        ("March 4th, 2012", date(2012, 3, 4)),
        ("Mar 4, 2012", date(2012, 3, 4)),
        ("25/12/2012", date(2012, 12, 25)),
        ("12/25/2012", date(2012, 12, 25)),
        ("5/5/2012", date(2012, 5, 5)),
        ("2012", date(2012, 1, 1)),
        ("2012-07", date(2012, 7, 1)),
        ("3/4/2012", None),
        ("2012-13-40", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(stated: str | None, day: date | None) -> None:
    assert parse_date(stated) == day


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("English", "en"),
        ("Português brasileiro", "pt-BR"),
        ("ptBR", "pt-BR"),
        ("en_US", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("eng", "en"),
        ("iw", "he"),
        ("FR", "fr"),
        ("中文-普通话 國語", "zh"),
        ("tlh", "tlh"),
        ("no language at all", None),
        ("", None),
        (None, None),
    ],
)
def test_languages(stated: str | None, tag: str | None) -> None:
    assert language_tag(stated) == tag


def test_warnings_go_under_their_present_names() -> None:
    named = "Creator Chose Not To Use Archive Warnings"
    assert unify_tag("warning", "Author Chose Not To Use Archive Warnings").name == named
    assert unify_tag("warning", "Underage").name == "Underage Sex"
    assert unify_tag("freeform", "Underage").name == "Underage"


def test_tags_on_one_line() -> None:
    names = [tag.name for tag in split_tags("fandom", "20,000 Leagues, Oz; Oz , Peter Pan.")]
    assert names == ["20,000 Leagues", "Oz", "Peter Pan"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("The_Organ.html", "The Organ"),
        ("fics.zip/below/the-organ.txt", "the organ"),
        ("A Well-Kept House.epub", "A Well-Kept House"),
        ("", "Untitled"),
        (".txt", ".txt".strip(" .")),
        ("\x07.html", "Untitled"),
    ],
)
def test_titles_from_names(name: str, title: str) -> None:
    assert title_from_name(name) == title


def test_titles_are_compared_by_their_letters() -> None:
    assert fold_title("The Organ!") == fold_title("the-organ")
