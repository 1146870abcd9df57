"""The rule for guests: nothing personal in a page, so that one copy serves everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from cast import Cast, write_story
from hogarth import config
from hogarth.manuscript import SeriesPlace
from hogarth.works import queries
from hogarth.works.access import GUEST
from hogarth.works.models import Work
from hogarth.works.publishing import withdraw

PAGES = (
    "/",
    "/works",
    "/fandoms",
    "/works/{work}",
    "/works/{work}/chapters/{chapter}",
    "/works/{work}/entire",
    "/works/{work}/contents",
    "/works/{work}/about",
    "/works/{adult}",
    "/authors/{author}",
    "/tags/{tag}",
    "/series/{series}",
    "/robots.txt",
)


pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def places(cast: Cast) -> dict[str, object]:
    story = write_story(
        chapters=("<p>One.</p>", "<p>Two.</p>"),
        tags=[("fandom", "Dracula")],
        series=(SeriesPlace("Nights", 1),),
    )
    work = cast.bring(story, adult=False)
    adult = cast.bring(write_story("For adults", tags=[("rating", "Explicit")]))
    assert Work.objects.get(pk=adult).adult
    page = queries.contents(work, viewer=GUEST)
    return {
        "work": work,
        "adult": adult,
        "chapter": page.contents[1].id,
        "author": f"{page.blurb.bylines[0].id}-mary-wollstonecraft",
        "tag": f"{page.blurb.tags[0].id}-dracula",
        "series": page.blurb.series[0].id,
    }


@pytest.fixture
def guest() -> Iterator[Client]:
    """A browser that has never been here; it must leave as it came."""
    client = Client(enforce_csrf_checks=True)
    yield client
    assert not client.cookies


@pytest.mark.parametrize("page", PAGES)
def test_guest_page_holds_nothing_personal(
    guest: Client, places: dict[str, object], page: str
) -> None:
    response = guest.get(page.format(**places))
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response["Cache-Control"] == "public, no-cache"
    assert "Cookie" in response["Vary"]
    assert b"csrf" not in response.content.lower()
    assert b"nonce" not in response.content.lower()
    assert b"<form" not in response.content


@pytest.mark.parametrize("page", PAGES)
def test_guest_page_is_the_same_each_time_and_answers_304(
    guest: Client, places: dict[str, object], page: str
) -> None:
    path = page.format(**places)
    first, second = guest.get(path), guest.get(path)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    again = guest.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert "Set-Cookie" not in again.headers


@pytest.mark.parametrize("page", PAGES)
def test_guest_page_touches_no_session(
    guest: Client,
    places: dict[str, object],
    page: str,
) -> None:
    with CaptureQueriesContext(connection) as asked:
        guest.get(page.format(**places))
    assert not [query for query in asked if "session" in query["sql"]]


@pytest.mark.parametrize("page", PAGES)
def test_page_of_somebody_signed_in_is_kept_by_nobody(
    cast: Cast, places: dict[str, object], page: str
) -> None:
    client = Client()
    client.force_login(cast.reader)
    response = client.get(page.format(**places))
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("page", [*PAGES, "/no/such/page", "/sign-in", "/works/999999"])
def test_every_page_has_its_headers(places: dict[str, object], page: str) -> None:
    response = Client().get(page.format(**places))
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["report-uri"] == "/csp-report"
    assert "script-src" not in policy
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("page", [*PAGES, "/no/such/page", "/sign-in", "/works/999999"])
def test_no_page_names_what_its_template_was_not_given(
    places: dict[str, object], page: str
) -> None:
    engine: dict[str, Any] = deepcopy(settings.TEMPLATES[0])
    engine["OPTIONS"]["string_if_invalid"] = "NOT GIVEN: %s"
    with override_settings(TEMPLATES=[engine]):
        assert "NOT GIVEN" not in Client().get(page.format(**places)).content.decode()


def test_what_is_withdrawn_is_gone_for_a_browser_that_kept_a_copy(
    cast: Cast, guest: Client, places: dict[str, object]
) -> None:
    path = f"/works/{places['work']}"
    kept = guest.get(path)["ETag"]
    withdraw([int(str(places["work"]))], by=cast.owner)
    response = guest.get(path, headers={"If-None-Match": kept})
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"


def test_pages_name_their_files_by_content(guest: Client) -> None:
    page = guest.get("/").content.decode()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]*)"', page)
    assert len(addresses) == 2
    for address in addresses:
        assert re.fullmatch(r"/static/[a-z.]+\?v=[0-9a-f]{12}", address)
        response = guest.get(address)
        assert response.status_code == 200
        assert "max-age=31536000" in response["Cache-Control"]
        response.close()


class TestAdultGate:
    """The question before a work for adults goes by GET and keeps one cookie."""

    @pytest.fixture
    def path(self, places: dict[str, object]) -> str:
        return f"/works/{places['adult']}"

    def test_it_comes_before_the_text(self, guest: Client, path: str) -> None:
        for page in (path, f"{path}/entire"):
            text = guest.get(page).content.decode()
            assert "Explicit" in text
            assert "?adult=yes" in text
            assert "counted the stairs" not in text

    def test_saying_yes_sets_one_cookie_and_leads_to_the_clean_address(self, path: str) -> None:
        client = Client()
        response = client.get(f"{path}?adult=yes&from=here")
        assert response.status_code == 302
        assert response["Location"] == f"{path}?from=here"
        assert response["Cache-Control"] == "private, no-store"
        assert list(client.cookies) == ["hogarth-adult"]
        assert client.cookies["hogarth-adult"]["httponly"]
        assert client.cookies["hogarth-adult"]["samesite"] == "Lax"
        opened = client.get(path)
        assert "counted the stairs" in opened.content.decode()
        assert opened["Cache-Control"] == "public, no-cache"

    def test_lists_and_what_is_known_of_it_stay_open(self, guest: Client, path: str) -> None:
        assert "For adults" in guest.get("/works").content.decode()
        assert guest.get(f"{path}/about").status_code == 200

    def test_readers_are_asked_and_keepers_are_not(self, cast: Cast, path: str) -> None:
        for part, asked in (("reader", True), ("moderator", True), ("author", False),
                            ("owner", False)):  # fmt: skip
            client = Client()
            account = cast.account(part)
            assert account is not None
            client.force_login(account)
            assert ("counted the stairs" not in client.get(path).content.decode()) is asked, part

    def test_an_archive_may_do_without(
        self, guest: Client, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOGARTH_ADULT_GATE", "no")
        config.current.cache_clear()
        try:
            assert "counted the stairs" in guest.get(path).content.decode()
        finally:
            monkeypatch.undo()
            config.current.cache_clear()
