"""Reading: chapters, the entire work, pictures; and what is known about a text."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from cast import Cast, read_as_file, write_story
from hogarth.manuscript import Asset, Stated
from hogarth.works import queries
from hogarth.works.access import GUEST
from hogarth.works.publishing import edit

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def guest() -> Client:
    return Client()


@pytest.fixture
def owner(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.owner)
    return client


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_work_of_one_chapter_opens_at_its_text(guest: Client, cast: Cast) -> None:
    page = _text(guest, f"/works/{cast.bring(adult=False)}")
    assert "Holmes counted the stairs again." in page
    assert "Next chapter" not in page
    assert page.count("<h1") == 1


def test_chapters_lead_from_one_to_the_next(guest: Client, cast: Cast) -> None:
    story = write_story(chapters=("<p>First.</p>", "<p>Second.</p>", "<p>Third.</p>"))
    path = f"/works/{cast.bring(story, adult=False)}"
    read = []
    while path:
        page = _text(guest, path)
        read += re.findall(r"<p>(First|Second|Third)\.</p>", page)
        following = re.search(r'<a href="([^"]*)" rel="next"', page)
        path = following[1] if following else ""
    assert read == ["First", "Second", "Third"]


def test_the_entire_work_is_on_one_page(guest: Client, cast: Cast) -> None:
    story = write_story(chapters=('<p id="n-a">First.</p>', '<p id="n-a">Second.</p>'))
    page = _text(guest, f"/works/{cast.bring(story, adult=False)}/entire")
    assert page.index("First.") < page.index("Second.")
    assert page.count('id="c1-n-a"') == page.count('id="c2-n-a"') == 1


def test_contents_tell_how_long_each_chapter_is(guest: Client, cast: Cast) -> None:
    story = write_story(chapters=("<p>One word more.</p>", "<p>Word.</p>"))
    page = _text(guest, f"/works/{cast.bring(story)}/contents")
    assert "3 words" in page
    assert "1 word<" in page


def test_a_chapter_of_another_work_is_not_there(guest: Client, cast: Cast) -> None:
    one = cast.bring(write_story("One"), adult=False)
    two = cast.bring(write_story("Two", chapters=("<p>Other.</p>",)), adult=False)
    chapter = queries.contents(one, viewer=GUEST).contents[0].id
    assert guest.get(f"/works/{one}/chapters/{chapter}").status_code == 200
    assert guest.get(f"/works/{two}/chapters/{chapter}").status_code == 404


def test_a_text_says_its_language_and_direction(guest: Client, cast: Cast) -> None:
    work = cast.bring(write_story(language="ar"), adult=False)
    assert '<div class="text body" lang="ar" dir="rtl">' in _text(guest, f"/works/{work}")
    unknown = cast.bring(write_story("Other", chapters=("<p>?</p>",), language=None), adult=False)
    assert '<div class="text body" lang="" dir="auto">' in _text(guest, f"/works/{unknown}")


def test_pictures_are_sent_as_what_they_are_and_run_nothing(guest: Client, cast: Cast) -> None:
    png = Asset("assets/00ff00ff00ff00ff.png", "image/png", b"\x89PNG\r\n\x1a\n picture")
    svg = Asset("assets/11ff00ff00ff00ff.svg", "image/svg+xml", b"<svg onload='alert(1)'/>")
    html = f'<p><img alt="" src="{png.name}"/><img alt="" src="{svg.name}"/></p>'
    work = cast.bring(write_story(chapters=(html,), assets=(png, svg)), adult=False)
    assert f'src="/works/{work}/{png.name}"' in _text(guest, f"/works/{work}")
    response = guest.get(f"/works/{work}/{png.name}")
    assert response.content == png.data
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert guest.get(f"/works/{work}/{svg.name}").status_code == 404


def test_about_tells_where_a_text_is_from(owner: Client, guest: Client, cast: Cast) -> None:
    story = write_story(
        source="https://example.org/works/5",
        stated=Stated(words=1200, kudos=34, as_of=date(2024, 5, 6)),
    )
    outcome = cast.land(story, place="fics/<b>story.html", problems=("cut-off",))
    page = _text(owner, f"/works/{outcome.work}/about")
    for said in (
        'href="https://example.org/works/5"', "a saved web page", "fics/&lt;b&gt;story.html",
        "The text stops in the middle of a sentence.", "as it was read", "1,200", "6 May 2024",
        "Save the original file",
    ):  # fmt: skip
        assert said in page, said
    shown_to_guests = _text(guest, f"/works/{outcome.work}/about")
    assert "The text stops in the middle" in shown_to_guests
    assert "story.html" not in shown_to_guests
    assert "Save the original file" not in shown_to_guests


def test_about_tells_fields_that_were_corrected_from_those_that_were_read(
    guest: Client, cast: Cast
) -> None:
    work = cast.bring()
    assert "All of them are as they were read." in _text(guest, f"/works/{work}/about")
    edit([work], by=cast.owner, changes={"title": "The Third Stair"})
    page = " ".join(_text(guest, f"/works/{work}/about").split())
    assert "<dt>Corrected here</dt><dd>Title</dd>" in page
    assert "2, corrected here" in page


def test_about_tells_nothing_that_finds_an_anonymous_author(
    owner: Client, guest: Client, cast: Cast
) -> None:
    story = write_story(source="https://example.org/works/5", stated=Stated(kudos=31_337))
    work = cast.bring(story, anonymous=True)
    assert "31,337" in _text(owner, f"/works/{work}/about")
    page = _text(guest, f"/works/{work}/about")
    for told in ("31,337", "example.org", "Mary Wollstonecraft"):
        assert told not in page


def test_a_source_that_is_no_web_address_is_no_link(guest: Client, cast: Cast) -> None:
    work = cast.bring(write_story(source="javascript:alert(1)"))
    page = _text(guest, f"/works/{work}/about")
    assert 'href="javascript' not in page


def test_an_original_is_saved_exactly_and_never_shown(owner: Client, cast: Cast) -> None:
    file = read_as_file(write_story(), place='über "fic".html')
    outcome = cast.land_all([file])[0]
    response = owner.get(f"/works/{outcome.work}/original")
    assert response.content == file.data
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert "%C3%BCber" in response["Content-Disposition"]
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert owner.get(f"/works/{outcome.work}/original?digest={'0' * 64}").status_code == 404
