"""The WSGI callable a server calls: every request enters here.

What a guest asks that was asked before is answered from memory; everything else by Django.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hogarth.settings")
#: Made when the server imports this module: before the first request, and once a process.
_django: Final = get_wsgi_application()

# These need Django's settings, which the line above has loaded.
from django.db import Error as DatabaseError  # noqa: E402
from django.utils.translation import gettext as _  # noqa: E402

from hogarth import config  # noqa: E402
from hogarth.web.guest_pages import GuestPages, Headers, answer_again, question_of  # noqa: E402
from hogarth.works.changes import position  # noqa: E402

#: A body may come as slowly as its sender likes, and holds one of the server's eight threads for so
#: long. The other threads are for those who read.
_MOST_SENDING: Final = 4
_BODILESS: Final = ("GET", "HEAD", "OPTIONS")


class FrontDoor:
    """Answers from memory where it can, and passes on what it cannot."""

    def __init__(self, passed_to: WSGIApplication, most_bytes: int) -> None:
        self._passed_to = passed_to
        self._pages = GuestPages(most_bytes)
        self._sending = threading.BoundedSemaphore(_MOST_SENDING)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in _BODILESS:
            return self._receive(environ, start_response)
        question = question_of(environ)
        if question is None:
            return self._passed_to(environ, start_response)
        try:
            # Read before rendering: a change that comes meanwhile makes the answer old at once.
            now = position()
        except DatabaseError:
            return self._passed_to(environ, start_response)
        kept = self._pages.find(question, now)
        if kept is None and environ["REQUEST_METHOD"] == "GET":
            started = _Started(start_response)
            body = _whole(self._passed_to(environ, started))
            if started.status.startswith("200 "):
                self._pages.keep(question, now, started.headers, body)
            return (body,)
        if kept is None:
            return self._passed_to(environ, start_response)
        status, headers, parts = answer_again(kept, environ)
        start_response(status, headers)
        return parts

    def _receive(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on what has a body, while few others send theirs."""
        if not self._sending.acquire(blocking=False):
            words = _("Too many forms are being sent at once. Send yours again in a moment.")
            start_response(
                "503 Service Unavailable",
                [
                    ("Content-Type", "text/plain; charset=utf-8"),
                    ("Cache-Control", "no-store"),
                    ("Retry-After", "10"),
                ],
            )
            return (words.encode(),)
        try:
            return (_whole(self._passed_to(environ, start_response)),)
        finally:
            self._sending.release()


class _Started:
    """Hears what an answer starts with, and hands it on."""

    def __init__(self, start_response: StartResponse) -> None:
        self._start_response = start_response
        self.status = ""
        self.headers: Headers = []

    def __call__(
        self, status: str, headers: Headers, exc_info: OptExcInfo | None = None, /
    ) -> Callable[[bytes], object]:
        self.status, self.headers = status, list(headers)
        return self._start_response(status, headers, exc_info)


def _whole(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()


application: Final = FrontDoor(_django, config.current().count("page_cache_bytes"))
