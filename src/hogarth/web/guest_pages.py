"""Pages that guests were shown, ready to be shown again: the same bytes for everybody.

An entry is good for as long as the change log has not grown since before it was rendered, so what
an author withdraws is gone with the next request. Anything else than a plain question of a guest
goes past, and so does every answer that is not meant for all.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings

from hogarth.web.visiting import ADULT_COOKIE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Headers = list[tuple[str, str]]

_OURS: Final = "hogarth-"
_ADULT: Final = f"{ADULT_COOKIE}=yes"
_LONGEST_ADDRESS: Final = 512
_PACKED_FROM: Final = 1_024
#: One page may take this share of the whole.
_SHARE: Final = 8


class Question(NamedTuple):
    """What tells one guest's question from another."""

    scheme: str
    host: str
    path: str
    query: str
    adult: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given. Shape: `position` of the change log before it was rendered."""

    position: int
    headers: Headers
    etag: str
    body: bytes
    packed: bytes | None

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed or b"") + 1_024


def question_of(environ: WSGIEnvironment) -> Question | None:
    """The question, if any guest might ask just the same; else None."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if path.startswith(settings.STATIC_URL) or len(path) + len(query) > _LONGEST_ADDRESS:
        return None
    cookies = [part.strip() for part in environ.get("HTTP_COOKIE", "").split(";")]
    ours = [part for part in cookies if part.startswith(_OURS)]
    if ours not in ([], [_ADULT]):
        return None
    return Question(
        environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), path, query, bool(ours)
    )


class GuestPages:
    """The answers kept in this process, the ones asked for longest ago dropped first."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[Question, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, question: Question, position: int) -> Kept | None:
        """The answer, if nothing changed since it was rendered."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is None:
                return None
            if kept.position != position:
                self._drop(question)
                return None
            self._kept.move_to_end(question)
            return kept

    def keep(self, question: Question, position: int, headers: Headers, body: bytes) -> None:
        """Keep an answer of status 200, if it is meant for everybody and not too large."""
        named = {name.lower(): value for name, value in headers}
        meant_for_all = named.get("cache-control", "").startswith("public")
        if not meant_for_all or "set-cookie" in named or "etag" not in named:
            return
        text = named.get("content-type", "").startswith("text/")
        packed = gzip.compress(body, 6, mtime=0) if text and len(body) >= _PACKED_FROM else None
        kept = Kept(position, headers, named["etag"], body, packed)
        with self._lock:
            self._drop(question)
            if kept.size * _SHARE > self._most:
                return
            self._kept[question] = kept
            self._size += kept.size
            while self._size > self._most:
                self._drop(next(iter(self._kept)))

    def _drop(self, question: Question) -> None:
        kept = self._kept.pop(question, None)
        if kept is not None:
            self._size -= kept.size


def answer_again(kept: Kept, environ: WSGIEnvironment) -> tuple[str, Headers, Iterable[bytes]]:
    """Status, headers and body for one guest: packed, not changed, or as it is."""
    packs = kept.packed is not None
    packed = packs and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag = f'{kept.etag[:-1]}-gz"' if packed else kept.etag
    body = kept.packed if packed and kept.packed is not None else kept.body
    headers = [
        (name, value)
        for name, value in kept.headers
        if name.lower() not in ("content-length", "etag", "vary")
    ]
    headers += [("ETag", etag), ("Vary", "Accept-Encoding, Cookie" if packs else "Cookie")]
    if packed:
        headers.append(("Content-Encoding", "gzip"))
    if etag in _known_to(environ):
        kept_back = ("content-type", "content-encoding")
        return "304 Not Modified", [h for h in headers if h[0].lower() not in kept_back], ()
    headers.append(("Content-Length", str(len(body))))
    return "200 OK", headers, () if environ["REQUEST_METHOD"] == "HEAD" else (body,)


def _takes_gzip(written: str) -> bool:
    """Whether the browser names gzip, and does not refuse it by q=0."""
    for part in written.split(","):
        name, _, rank = part.replace(" ", "").partition(";")
        if name.casefold() == "gzip":
            return rank not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _known_to(environ: WSGIEnvironment) -> list[str]:
    """The tags of the copies that the browser has."""
    written = environ.get("HTTP_IF_NONE_MATCH", "")
    return [part.strip().removeprefix("W/") for part in written.split(",")]
