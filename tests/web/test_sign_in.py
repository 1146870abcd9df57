"""Signing in and out."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from cast import PASSWORD

pytestmark = pytest.mark.usefixtures("cast")


def _text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_signing_in_and_out() -> None:
    client = Client()
    assert client.get("/sign-in").status_code == 200
    response = client.post("/sign-in", {"username": "JUDITH", "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert "judith" in _text(client, "/")
    assert client.post("/sign-out").status_code == 302
    assert "judith" not in _text(client, "/")


@pytest.mark.parametrize(
    ("asked", "led"), [("/works", "/works"), ("https://elsewhere.example/", "/"), ("//e.x", "/")]
)
def test_signing_in_leads_back_but_never_elsewhere(asked: str, led: str) -> None:
    response = Client().post(
        "/sign-in", {"username": "judith", "password": PASSWORD, "next": asked}
    )
    assert response["Location"] == led


def test_signing_in_pauses_after_ten_wrong_tries() -> None:
    cache.clear()
    client = Client()
    for _ in range(10):
        page = client.post("/sign-in", {"username": "judith", "password": "wrong"})
        assert b"do not belong together" in page.content
    right = {"username": "judith", "password": PASSWORD}
    assert b"too many wrong tries" in client.post("/sign-in", right).content
    elsewhere = client.post("/sign-in", right, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302
    cache.clear()


def test_the_sign_in_page_is_kept_by_nobody() -> None:
    assert "no-store" in Client().get("/sign-in")["Cache-Control"]
