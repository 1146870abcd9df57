"""Home, the lists, and the names that lead to them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import Cast, write_story
from hogarth.manuscript import Credit, Dates, SeriesPlace
from hogarth.works import queries
from hogarth.works.access import GUEST

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def guest() -> Client:
    return Client()


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_an_empty_archive_says_how_to_fill_it(guest: Client) -> None:
    page = _text(guest, "/")
    assert "hogarth import FOLDER" in page
    assert "0 works" not in page


def test_home_counts_what_there_is(guest: Client, cast: Cast) -> None:
    cast.bring(write_story("One", tags=[("fandom", "Dracula")]))
    cast.bring(write_story("Two", author="Bram", tags=[("fandom", "Dracula")]))
    page = _text(guest, "/")
    for said in ("2 works", "2 authors", "1 fandom<", "Dracula", "One", "Two"):
        assert said in page


def test_a_card_says_what_a_reader_chooses_by(guest: Client, cast: Cast) -> None:
    story = write_story(
        "The <Card>",
        chapters=("<p>" + "word " * 1234 + "</p>", "<p>more</p>"),
        tags=[
            ("fandom", "Dracula"), ("warning", "Major Character Death"), ("rating", "Teen"),
            ("relationship", "Mina & Lucy"), ("freeform", "Letters"),
        ],
        summary="<p>A <em>fine</em> summary.</p>",
        language="de",
        status="in-progress",
        expected_chapters=5,
        dates=Dates(date(2020, 1, 2), date(2021, 3, 4)),
        series=(SeriesPlace("Nights", 2),),
    )  # fmt: skip
    cast.bring(story)
    page = _text(guest, "/works")
    for said in (
        "The &lt;Card&gt;", "1,235 words", "2 of 5 chapters", "in progress", "4 March 2021",
        ">Deutsch<", "Major Character Death", "Mina &amp; Lucy", "A <em>fine</em> summary.",
        "Part 2 of", "Nights", 'lang="de"',
    ):  # fmt: skip
        assert said in page, said
    assert page.index("Major Character Death") < page.index("fine")
    assert page.index("fine") < page.index("Letters")


def test_names_say_what_each_did(guest: Client, cast: Cast) -> None:
    names = (
        Credit("A"), Credit("B"), Credit("C", pseud_of="cc"), Credit("D", role="beta"),
        Credit("E", role="translator"),
    )  # fmt: skip
    cast.bring(replace(write_story(), credits=names))
    page = _text(guest, "/works")
    named = page[page.index('class="by"') : page.index("</p>", page.index('class="by"'))]

    words = " ".join(re.sub(r"<[^>]*>", "", named.partition(">")[2]).split())
    assert words == "by A, B and C (cc), translated by E, beta-read by D"


@pytest.mark.parametrize("page", ["0", "-1", "two", "1e3", "٣", "999999999999", "9", ""])
def test_a_page_that_is_not_there(guest: Client, page: str) -> None:
    assert guest.get("/works", {"page": page}).status_code == 404


def test_lists_are_paged(guest: Client, cast: Cast) -> None:
    for number in range(26):
        cast.bring(write_story(f"Story {number:02}", chapters=(f"<p>Text {number}.</p>",)))
    first, second = guest.get("/works"), guest.get("/works?page=2")
    assert b"Page 1 of 2" in first.content
    assert b'href="?page=2"' in first.content
    assert b"Story 00" in second.content
    assert b"Story 00" not in first.content


def test_a_list_asks_the_database_no_more_for_many_works(guest: Client, cast: Cast) -> None:
    asked = []
    for number in range(12):
        cast.bring(
            write_story(
                f"Story {number}",
                author=f"Author {number}",
                chapters=(f"<p>Text {number}.</p>",),
                tags=[("fandom", f"Fandom {number}"), ("character", "Watson")],
                series=(SeriesPlace(f"Series {number}", 1),),
            )
        )
        if number in (1, 11):
            with CaptureQueriesContext(connection) as queries_asked:
                for path in ("/", "/works", "/fandoms"):
                    guest.get(path)
            asked.append(len(queries_asked))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/tags/{tag}", "/tags/{tag}-baker-street"),
        ("/tags/{tag}-wrong", "/tags/{tag}-baker-street"),
        ("/tags/{tag}-wrong?page=1", "/tags/{tag}-baker-street?page=1"),
        ("/tags/baker street", "/tags/{tag}-baker-street"),
        ("/authors/{author}", "/authors/{author}-j-k-1984"),
        ("/authors/J. K. / 1984", "/authors/{author}-j-k-1984"),
    ],
)
def test_names_and_bare_numbers_lead_to_the_one_address(
    guest: Client, cast: Cast, asked: str, found: str
) -> None:
    work = cast.bring(write_story(author="J. K. / 1984", tags=[("fandom", "Baker Street")]))
    blurb = queries.blurb(work, viewer=GUEST)
    numbers = {"tag": blurb.tags[0].id, "author": blurb.bylines[0].id}
    response = guest.get(asked.format(**numbers))
    assert response.status_code == 302
    assert response["Location"] == found.format(**numbers)
    assert guest.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("name", ["1984", "1984-again", "ليلى", "♥", "a/b", "%20%", "Ünïcode"])
def test_every_name_has_a_page(guest: Client, cast: Cast, name: str) -> None:
    cast.bring(write_story(author=name, tags=[("fandom", name)]))
    for kind in ("authors", "tags"):
        response = guest.get(f"/{kind}/{quote(name)}", follow=True)
        assert response.status_code == 200, kind
        assert len(response.redirect_chain) <= 2
