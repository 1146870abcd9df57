"""The manuscript as JSON: there and back, and what is refused."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hogarth.errors import Invalid
from hogarth.manuscript import (
    ROLES,
    STATUSES,
    TAG_KINDS,
    Asset,
    Chapter,
    Credit,
    Dates,
    Manuscript,
    SeriesPlace,
    Stated,
    Tag,
    clean,
    from_json,
    to_json,
)

PICTURE = b"\x89PNG a rabbit"


def make_asset(data: bytes) -> Asset:
    name = f"assets/{hashlib.sha256(data).hexdigest()[:16]}.png"
    return Asset(name=name, media_type="image/png", data=data)


LETTER = Manuscript(
    title="A Letter from the Looking-Glass",
    credits=(Credit("Dinah"), Credit("Lory", "translator", pseud_of="Edith")),
    summary="<p>Alice writes home.</p>",
    tags=(Tag("fandom", "Alice in Wonderland"), Tag("freeform", "Letters")),
    series=(SeriesPlace("Letters", 2), SeriesPlace("Oddments")),
    source="https://archive.example/works/1",
    language="en",
    status="in-progress",
    expected_chapters=3,
    dates=Dates(published=date(2020, 2, 29)),
    stated=Stated(words=6, as_of=date(2021, 1, 1)),
    assets=(make_asset(PICTURE),),
    chapters=(
        Chapter(1, "<p>Dear Dinah,</p>\n<p>be good.</p>", title="First"),
        Chapter(2, "<p>Yours, Alice</p>", notes="<p>The end?</p>"),
    ),
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
maybe_text = st.none() | texts
html = texts.map(clean)
maybe_html = st.none() | html
counts = st.none() | st.integers(0, 10**9)
days = st.none() | st.dates()

chapters = st.builds(
    Chapter,
    number=st.integers(1, 999),
    html=html,
    title=maybe_text,
    source=maybe_text,
    summary=maybe_html,
    notes=maybe_html,
    end_notes=maybe_html,
)
manuscripts = st.builds(
    Manuscript,
    title=texts,
    credits=st.lists(st.builds(Credit, texts, st.sampled_from(ROLES), maybe_text), max_size=3).map(
        tuple
    ),
    summary=maybe_html,
    notes=maybe_html,
    end_notes=maybe_html,
    tags=st.lists(st.builds(Tag, st.sampled_from(TAG_KINDS), texts), max_size=3).map(tuple),
    series=st.lists(st.builds(SeriesPlace, texts, counts), max_size=2).map(tuple),
    source=maybe_text,
    language=maybe_text,
    status=st.sampled_from(STATUSES),
    expected_chapters=counts,
    dates=st.builds(Dates, days, days),
    stated=st.builds(Stated, counts, counts, counts, counts, counts, days),
    assets=st.lists(st.binary(max_size=20).map(make_asset), max_size=2).map(tuple),
    chapters=st.lists(chapters, max_size=3).map(tuple),
)


@given(manuscripts)
def test_there_and_back(manuscript: Manuscript) -> None:
    assert from_json(json.loads(json.dumps(to_json(manuscript)))) == manuscript


def test_the_shape_is_the_agreed_one() -> None:
    value = to_json(LETTER)
    assert " ".join(value) == (
        "title credits summary notes end_notes tags series source language status"
        " expected_chapters dates stated words assets chapters"
    )
    assert value["credits"][1] == {"name": "Lory", "role": "translator", "pseud_of": "Edith"}
    assert value["notes"] is None
    assert value["series"][1] == {"title": "Oddments", "position": None}
    assert value["dates"] == {"published": "2020-02-29", "updated": None}
    assert value["stated"]["as_of"] == "2021-01-01"
    assert value["stated"]["kudos"] is None
    assert value["words"] == 6
    assert " ".join(value["assets"][0]) == "name media_type digest data"
    assert value["chapters"][0] == {
        "number": 1,
        "title": "First",
        "source": None,
        "summary": None,
        "notes": None,
        "end_notes": None,
        "html": "<p>Dear Dinah,</p>\n<p>be good.</p>",
        "words": 4,
        "paragraphs": 2,
    }


def test_what_is_derived_is_derived() -> None:
    assert LETTER.words == 6
    assert LETTER.chapters[0].text == "Dear Dinah,\n\nbe good."
    assert LETTER.chapters[0].paragraphs == 2
    assert LETTER.tags_of("fandom") == ("Alice in Wonderland",)
    assert LETTER.credited() == ("Dinah",)
    assert LETTER.credited("translator") == ("Lory",)


def test_derived_numbers_are_not_believed() -> None:
    value = to_json(LETTER)
    value["words"] = 1_000_000
    value["chapters"][0]["words"] = 1_000_000
    assert from_json(value).words == 6


def test_markup_that_comes_as_json_is_cleaned() -> None:
    value = to_json(LETTER)
    value["summary"] = "<script>alert(1)</script>a"
    value["chapters"][0]["html"] = "<p onclick=alert(1)>b</p>"
    value["chapters"][1]["notes"] = '<a href="javascript:alert(1)">c</a>'
    manuscript = from_json(value)
    assert manuscript.summary == "<p>a</p>"
    assert manuscript.chapters[0].html == "<p>b</p>"
    assert manuscript.chapters[1].notes == "<p>c</p>"


@pytest.mark.parametrize("value", [None, [], "title", 7, {}, {"title": "Alice"}])
def test_what_is_no_manuscript_is_refused(value: object) -> None:
    with pytest.raises(Invalid) as refusal:
        from_json(value)
    assert refusal.value.code == "not-a-manuscript"
    assert refusal.value.message.startswith("This is not a manuscript: ")
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("title",), None, "title"),
        (("title",), 7, "title"),
        (("title",), "Alice\x00", "title"),
        (("title",), "Alice\ud83d", "title"),
        (("status",), "finished", "status"),
        (("expected_chapters",), "3", "expected_chapters"),
        (("expected_chapters",), True, "expected_chapters"),
        (("credits",), {}, "credits"),
        (("credits", 0), "Dinah", "credits[0]"),
        (("credits", 0, "role"), "owner", "credits[0].role"),
        (("tags", 1, "kind"), "mood", "tags[1].kind"),
        (("series", 0, "position"), 1.5, "series[0].position"),
        (("dates", "updated"), "yesterday", "dates.updated"),
        (("dates", "updated"), 20200229, "dates.updated"),
        (("stated",), None, "stated"),
        (("assets", 0, "data"), "?", "assets[0].data"),
        (("assets", 0, "name"), "assets/../secret", "assets[0].name"),
        (("chapters", 1, "html"), None, "chapters[1].html"),
        (("chapters", 1, "number"), 0, "chapters[1].number"),
    ],
)
def test_a_misfit_is_named(path: tuple[Any, ...], value: object, place: str) -> None:
    manuscript = to_json(LETTER)
    within = manuscript
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = value
    with pytest.raises(Invalid, match="not a manuscript") as refusal:
        from_json(manuscript)
    assert f"“{place}”" in refusal.value.message


def test_a_missing_field_is_named() -> None:
    manuscript = to_json(LETTER)
    del manuscript["chapters"][1]["end_notes"]
    with pytest.raises(Invalid, match=r"“chapters\[1\].end_notes” is missing"):
        from_json(manuscript)
