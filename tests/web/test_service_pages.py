"""What programs ask for."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def guest() -> Client:
    return Client()


def test_healthz(guest: Client) -> None:
    response = guest.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_healthz_without_a_database(guest: Client) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(fail):
        assert guest.get("/healthz").status_code == 503


def test_robots_turns_collectors_away(guest: Client) -> None:
    rules = RobotFileParser()
    rules.parse(guest.get("/robots.txt").content.decode().splitlines())
    assert rules.can_fetch("SomeSearch", "/works/1")
    assert not rules.can_fetch("GPTBot", "/works/1")
    assert not rules.can_fetch("CCBot", "/")
    assert not rules.can_fetch("SomeSearch", "/claim/token")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"csp-report": {"blocked-uri": "x\\ny", "document-uri": "/"}}', 204),
        (b"{}", 400),
        (b"[]", 400),
        (b'{"csp-report": 3}', 400),
        (b"not json \xff", 400),
        (b"[" * 10_000, 400),
        (b" " * 20_000, 413),
    ],
)
def test_reports_of_browsers(
    guest: Client, caplog: pytest.LogCaptureFixture, body: bytes, status: int
) -> None:
    response = guest.post("/csp-report", body, content_type="application/csp-report")
    assert response.status_code == status
    told = [record.getMessage() for record in caplog.records if record.name == "hogarth.web"]
    assert len(told) == (1 if status == 204 else 0)
    assert not [line for line in told if "\n" in line]
