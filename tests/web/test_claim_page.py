"""The one-time link that gives the archive to its owner."""

from __future__ import annotations

import pytest
from django.test import Client

from hogarth.people.operations import issue_claim

pytestmark = pytest.mark.django_db

GOOD = {"name": "Vita", "password": "orlando, a biography", "again": "orlando, a biography"}


def test_it_makes_the_archive_ones_own_once() -> None:
    path = f"/claim/{issue_claim(hours=1)}"
    client = Client()
    assert "no-store" in client.get(path)["Cache-Control"]
    response = client.post(path, GOOD)
    assert response.status_code == 302
    assert "Vita" in client.get("/").content.decode()
    used = Client().get(path)
    assert used.status_code == 404
    assert "If you used it, sign in." in used.content.decode()
    assert Client().post(path, GOOD).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"again": "orlando"}, "The two passwords differ."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "password", "again": "password"}, "too common"),
        ({"name": "<script>"}, "will not do"),
        ({"name": ""}, "required"),
    ],
)
def test_what_will_not_do_is_told_and_the_link_stays_good(wrong: dict[str, str], said: str) -> None:
    path = f"/claim/{issue_claim(hours=1)}"
    page = Client().post(path, {**GOOD, **wrong})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert b"<script" not in page.content
    assert Client().get(path).status_code == 200
