"""Answers from memory: the same bytes as without, never older than the archive, never personal."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from cast import Cast, write_story
from hogarth.web.front_door import FrontDoor
from hogarth.works.publishing import edit, publish, withdraw

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


class House:
    """Django with a front door, and a bell that counts who comes through to Django."""

    def __init__(self, most_bytes: int = 2**20) -> None:
        self.rung = 0
        self._django = get_wsgi_application()
        self.door = FrontDoor(self._ring, most_bytes)

    def _ring(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.rung += 1
        return self._django(environ, start_response)

    def ask(self, path: str, method: str = "GET", **more: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by small name, body."""
        address, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **more,
        }
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
        ) -> Callable[[bytes], object]:
            assert exc_info is None
            started.append((status, headers))
            return bytearray().extend

        parts = self.door(environ, start_response)
        body = b"".join(parts)
        ((status, headers),) = started
        return int(status[:3]), {name.lower(): value for name, value in headers}, body


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request ends by closing connections; a test has but one. Django's client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def work(cast: Cast) -> int:
    story = write_story(
        "The Long Gallery", tags=[("fandom", "Orlando")], chapters=("<p>Snow.</p>" * 300,)
    )
    return cast.bring(story)


def test_the_second_guest_is_answered_from_memory_with_the_same_bytes(
    house: House, work: int
) -> None:
    first, again = house.ask(f"/works/{work}"), house.ask(f"/works/{work}")
    assert house.rung == 1
    assert first[0] == again[0] == 200
    assert first[2] == again[2]
    for name in ("content-type", "content-security-policy", "cache-control", "etag"):
        assert first[1][name] == again[1][name]
    assert again[1]["content-length"] == str(len(again[2]))


def test_what_is_withdrawn_is_gone_at_once(house: House, work: int, cast: Cast) -> None:
    house.ask(f"/works/{work}")
    withdraw([work], by=cast.owner)
    status, _, body = house.ask(f"/works/{work}")
    assert status == 404
    assert b"The Long Gallery" not in body
    publish([work], by=cast.owner)
    assert house.ask(f"/works/{work}")[0] == 200


def test_a_correction_is_shown_at_once(house: House, work: int, cast: Cast) -> None:
    house.ask("/works")
    edit([work], by=cast.owner, changes={"title": "The Short Gallery"})
    assert b"The Short Gallery" in house.ask("/works")[2]


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "hogarth-session=abc"},
        {"HTTP_COOKIE": "a=b; hogarth-session=abc"},
        {"HTTP_COOKIE": "hogarth-adult=yes; hogarth-adult=no"},
        {"HTTP_COOKIE": "hogarth-adult=maybe"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
    ],
)
def test_who_is_no_plain_guest_goes_past(house: House, work: int, more: dict[str, str]) -> None:
    house.ask(f"/works/{work}")
    for count in (2, 3):
        house.ask(f"/works/{work}", **more)
        assert house.rung == count


def test_other_cookies_are_no_reason(house: House, work: int) -> None:
    house.ask(f"/works/{work}")
    house.ask(f"/works/{work}", HTTP_COOKIE="theme=dark")
    assert house.rung == 1


def test_the_gate_and_the_text_behind_it_are_two_answers(house: House, cast: Cast) -> None:
    work = cast.bring(
        write_story("Late", tags=[("rating", "Explicit")], chapters=("<p>Hush.</p>",))
    )
    passed = {"HTTP_COOKIE": "hogarth-adult=yes"}
    for _ in range(2):
        assert b"Hush." not in house.ask(f"/works/{work}")[2]
        assert b"Hush." in house.ask(f"/works/{work}", **passed)[2]
    assert house.rung == 2
    asked = house.ask(f"/works/{work}?adult=yes")
    assert asked[0] == 302
    assert "set-cookie" in asked[1]
    assert "set-cookie" in house.ask(f"/works/{work}?adult=yes")[1]


def test_refusals_are_not_kept(house: House) -> None:
    for count in (1, 2):
        assert house.ask("/works/999999")[0] == 404
        assert house.rung == count


def test_a_copy_that_still_holds_is_not_sent_again(house: House, work: int) -> None:
    tag = house.ask(f"/works/{work}")[1]["etag"]
    status, headers, body = house.ask(f"/works/{work}", HTTP_IF_NONE_MATCH=f'"x", W/{tag}')
    assert (status, body) == (304, b"")
    assert headers["etag"] == tag
    assert "content-length" not in headers


def test_browsers_that_take_it_get_it_packed(house: House, work: int) -> None:
    plain = house.ask(f"/works/{work}")[2]
    _, headers, body = house.ask(f"/works/{work}", HTTP_ACCEPT_ENCODING="br, gzip")
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding, Cookie"
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain)
    refused = house.ask(f"/works/{work}", HTTP_ACCEPT_ENCODING="gzip;q=0, identity")
    assert refused[2] == plain
    again = house.ask(
        f"/works/{work}", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=headers["etag"]
    )
    assert again[0] == 304


def test_head_has_the_headers_alone(house: House, work: int) -> None:
    size = len(house.ask(f"/works/{work}")[2])
    status, headers, body = house.ask(f"/works/{work}", "HEAD")
    assert (status, body, house.rung) == (200, b"", 1)
    assert headers["content-length"] == str(size)


def test_one_host_is_not_answered_with_anothers_page(house: House, work: int) -> None:
    house.ask(f"/works/{work}")
    assert house.ask(f"/works/{work}", HTTP_HOST="127.0.0.1")[0] == 200
    assert house.ask(f"/works/{work}", HTTP_HOST="evil.example")[0] == 400
    assert house.rung == 3


def test_memory_has_a_limit(work: int) -> None:
    small = House(most_bytes=40_000)
    for page in range(1, 200):
        small.ask(f"/works?page=1&n={page}")
    pages = small.door._pages
    assert 0 < sum(kept.size for kept in pages._kept.values()) == pages._size <= 40_000
    none = House(most_bytes=0)
    none.ask(f"/works/{work}")
    none.ask(f"/works/{work}")
    assert none.rung == 2


def test_senders_who_take_their_time_leave_room_for_readers() -> None:
    done = threading.Event()
    entered = threading.Semaphore(0)

    def slow(environ: Any, start_response: Any) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            entered.release()
            done.wait(20)
        start_response("204 No Content", [])
        return []

    def ask(method: str) -> str:
        heard: list[str] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": "/healthz", "HTTP_AUTHORIZATION": "x"}

        def start(status: str, *_: object) -> Any:
            heard.append(status)

        list(door(environ, start))
        return heard[0]

    door = FrontDoor(slow, 0)
    senders = [threading.Thread(target=ask, args=["POST"]) for _ in range(4)]
    for sender in senders:
        sender.start()
        assert entered.acquire(timeout=10)
    assert ask("POST").startswith("503")
    assert ask("GET").startswith("204")
    done.set()
    for sender in senders:
        sender.join(10)
    assert ask("POST").startswith("204")
