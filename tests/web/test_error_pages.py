"""What goes wrong is told in words, and hidden and absent are told alike."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from cast import Cast
from hogarth.errors import Conflict
from hogarth.web.pages import keeping
from hogarth.works.values import Done

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def guest() -> Client:
    return Client()


@pytest.fixture
def owner(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.owner)
    return client


@pytest.mark.parametrize(
    "path", ["/nothing", "/works/0", "/works/01", "/works/9" + "9" * 30, "/works/999", "/series/9"]
)
def test_what_is_not_there_says_so_in_words(guest: Client, path: str) -> None:
    response = guest.get(path)
    assert response.status_code == 404
    assert b"<h1>" in response.content
    assert b"Sign in" in response.content
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/tags/%00", "/authors/a%00b", "/works?page=%00", "/tags/%ff", "/authors/%ed%a0%80",
        "/tags/" + "a" * 5000, "/works/1/assets/%00", "/works/1/assets/..%2f..%2fsecret-key",
        "/claim/%00", "/claim/%ed%a0%80", "/sign-in?next=%00", "/works/1/original?digest=%00",
        "/authors/%0d%0aSet-Cookie:x", "/works/1/chapters/0", "/%2e%2e/",
    ],
)  # fmt: skip
def test_odd_addresses_are_not_there(owner: Client, path: str) -> None:
    response = owner.get(path)
    assert response.status_code == 404
    assert b"<h1>" in response.content


def test_a_slash_too_many_leads_to_the_page(guest: Client) -> None:
    response = guest.get("/works/?page=1")
    assert response.status_code == 301
    assert response["Location"] == "/works?page=1"
    assert guest.get("/nothing/").status_code == 404


def test_hidden_and_absent_are_the_same_answer(guest: Client, cast: Cast) -> None:
    hidden = cast.bring(visibility="private")
    absent = hidden + 1000
    for tail in ("", "/entire", "/about", "/contents", "/original", "/publish"):
        one = guest.get(f"/works/{hidden}{tail}")
        other = guest.get(f"/works/{absent}{tail}")
        assert one.status_code == other.status_code == 404
        assert _unnumbered(one.content, hidden) == _unnumbered(other.content, absent)


def _unnumbered(page: bytes, work: int) -> bytes:
    return page.replace(f"work {work} ".encode(), b"work N ")


def test_a_wrong_method_is_told_in_words(guest: Client) -> None:
    response = guest.post("/works")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert b"<h1>" in response.content


def test_a_wrong_host_is_told_in_words(guest: Client) -> None:
    response = guest.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"<h1>" in response.content
    guest.cookies["hogarth-session"] = "stale"
    assert guest.get("/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_a_fault_of_ours_is_told_in_words_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is gone")

    with connection.execute_wrapper(fail):
        response = Client(raise_request_exception=False).get("/works")
    assert response.status_code == 500
    assert b"not your doing" in response.content
    assert b"disk" not in response.content
    assert "the disk is gone" in caplog.text
    assert response["Cache-Control"] == "no-store"


def test_a_form_from_elsewhere_changes_nothing(cast: Cast) -> None:
    work = cast.bring()
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.owner)
    response = client.post(f"/works/{work}/delete")
    assert response.status_code == 400
    assert b"nothing was changed" in response.content
    assert client.get(f"/works/{work}").status_code == 200


def test_a_change_that_cannot_be_made_is_told() -> None:
    with pytest.raises(Conflict, match="somebody was first"):
        keeping._check((Done(1, "A", done=False, problem="x", message="100 % somebody was first"),))


def test_a_foreign_host_is_one_line_in_the_log(
    guest: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert guest.get("/", headers={"host": "evil.example"}).status_code == 400
    (record,) = (row for row in caplog.records if row.name == "django.security.DisallowedHost")
    assert "evil.example" in record.getMessage()
    assert record.exc_info is None
