"""The page of repairs: seen by readers, decided by those who may."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cast import Cast, write_story
from hogarth.works import queries
from hogarth.works.access import viewer_of
from hogarth.works.models import Chapter

pytestmark = pytest.mark.django_db

SPEECH = "“Watson,” he said, and nothing moved in the whole long street. "
FLAT = f"<p>A/N: I wrote this at noon. Enjoy! It was noon. {(SPEECH * 60).strip()}</p>"


def land(cast: Cast, **fields: bool) -> int:
    outcome = cast.land(write_story(chapters=[FLAT]), problems=["paragraphs-lost"])
    assert outcome.work is not None
    if fields:
        cast.set(outcome.work, **fields)
    return outcome.work


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    account = cast.account(part)
    if account is not None:
        client.force_login(account)
    return client


def shown(cast: Cast, work: int) -> str:
    return queries.manuscript_of(work, viewer=viewer_of(cast.owner)).chapters[0].html


def page_of(client: Client, work: int, rest: str = "") -> str:
    return client.get(f"/works/{work}/repairs{rest}").content.decode()


def test_each_repair_is_shown_as_found_and_as_restored(cast: Cast) -> None:
    work = land(cast, adult=False)
    page = page_of(client_of(cast, "guest"), work)
    assert "<del>A/N: I wrote this at noon. Enjoy! </del>" in page
    assert "A new speaker begins here" in page
    assert "It goes into: Notes." in page
    assert "<form" not in page.split("<main")[1]
    assert "2</a>" not in page
    assert "Page 1 of 2" in page
    assert "Page 2 of 2" in page_of(client_of(cast, "guest"), work, "?page=2")


def test_adult_works_ask_first(cast: Cast) -> None:
    work = land(cast)
    response = client_of(cast, "guest").get(f"/works/{work}/repairs")
    assert response.status_code == 302


def test_an_anonymous_work_shows_counts_alone(cast: Cast) -> None:
    work = land(cast, anonymous=True, adult=False)
    page = page_of(client_of(cast, "guest"), work)
    assert "Lost paragraphs" in page
    assert "<del>" not in page
    assert "<del>" in page_of(client_of(cast, "owner"), work)


def test_the_owner_undoes_a_family_and_one_repair(cast: Cast) -> None:
    work = land(cast)
    client = client_of(cast, "owner")
    before = shown(cast, work).count("<p>")
    page = page_of(client, work)
    key = re.search(r'name="key" value="(p-quote:[^"]+)"', page)
    chapter = re.search(r'name="chapter" value="(\d+)"', page)
    assert key is not None
    assert chapter is not None
    response = client.post(
        f"/works/{work}/repairs", {"chapter": chapter[1], "key": key[1], "done": "0"}
    )
    assert response.status_code == 302
    assert shown(cast, work).count("<p>") == before - 1
    client.post(f"/works/{work}/repairs", {"family": "p", "done": "0"})
    assert shown(cast, work).count("<p>") == 1
    client.post(f"/works/{work}/repairs", {"done": "1"})
    assert shown(cast, work).count("<p>") == before


def test_the_owner_corrects_by_hand(cast: Cast) -> None:
    work = land(cast)
    client = client_of(cast, "owner")
    chapter = Chapter.objects.get(work=work).pk
    form = {"chapter": str(chapter), "before": "It was noon.", "after": "It was midnight."}
    assert client.post(f"/works/{work}/repairs", form).status_code == 302
    assert "It was midnight." in shown(cast, work)
    again = client.post(f"/works/{work}/repairs", {**form, "before": "whole long street"})
    assert again.status_code == 409
    assert "just one place" in again.content.decode()


@pytest.mark.parametrize("part", ["guest", "reader", "moderator"])
def test_nobody_else_decides(cast: Cast, part: str) -> None:
    work = land(cast)
    before = shown(cast, work)
    response = client_of(cast, part).post(f"/works/{work}/repairs", {"done": "0"})
    assert response.status_code == 403
    assert shown(cast, work) == before


def test_about_this_text_leads_to_the_repairs(cast: Cast) -> None:
    work = land(cast)
    page = client_of(cast, "guest").get(f"/works/{work}/about").content.decode()
    assert "61 repairs were made." in page
    assert f'href="/works/{work}/repairs"' in page


def test_a_text_that_breaks_off_says_so(cast: Cast) -> None:
    outcome = cast.land(write_story(chapters=["<p>He opened the</p>"]), problems=["cut-off"])
    cast.set(outcome.work or 0, adult=False)
    page = client_of(cast, "guest").get(f"/works/{outcome.work}").content.decode()
    assert "The text breaks off here" in page
