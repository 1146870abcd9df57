"""Pages that browsers saved as one file (MHTML), and mails: the page in them as if saved alone."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from html import escape, unescape
from pathlib import PurePath
from typing import Final
from urllib.parse import urljoin

from hogarth.intake.decoding import decode
from hogarth.intake.reading import Evidence, Found
from hogarth.intake.refusals import refuse

#: Units: bytes. Headers are no longer than this.
_HEADERS: Final = 32_768
_MOST_PARTS: Final = 5_000
_DEEPEST: Final = 4
#: Units: bytes of pictures that are written into the page.
_MOST_PICTURES: Final = 96 * 1024 * 1024
_FIRST_LINE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,20}[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:[ \t]*\S"
)
_KIND: Final = re.compile(
    rb"^content-type:\s*(?P<kind>multipart/[\w-]+|text/html|application/xhtml\+xml)",
    re.IGNORECASE | re.MULTILINE,
)
_VERSION: Final = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
#: A header or the rest of one; any other line would hide all headers below it.
_HEADER_LINE: Final = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:|[ \t]).*", re.MULTILINE)
_BLANK_LINE: Final = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r(?!\n)")
_SOURCE: Final = re.compile(
    r"(?P<before><img\b[^<>]{0,2000}?\ssrc\s*=\s*)(?P<quote>[\"'])(?P<address>[^\"'<>]{1,4000})(?P=quote)",
    re.IGNORECASE,
)
_PAGES: Final = ("text/html", "application/xhtml+xml")
_TITLE: Final = re.compile(r"<title\b", re.IGNORECASE)


@dataclass(slots=True)
class _Part:
    """One part. Shape: `body` as sent, not yet decoded."""

    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get_content_type()

    @property
    def location(self) -> str:
        return " ".join(str(self.headers.get("Content-Location", "")).split())

    @property
    def ident(self) -> str:
        return str(self.headers.get("Content-ID", "")).strip().strip("<>")

    def read(self) -> bytes:
        """The bytes as they were before they were sent."""
        sent_as = str(self.headers.get("Content-Transfer-Encoding", "")).strip().lower()
        if sent_as == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if sent_as == "base64":
            try:
                return base64.b64decode(self.body + b"==")
            except ValueError:
                return b""
        return self.body

    def read_text(self) -> str:
        """The text of a page, in the characters that the part states, or those that fit."""
        data = self.read()
        charset = self.headers.get_content_charset()
        if charset:
            try:
                return data.decode(charset)
            except (LookupError, UnicodeError):
                pass
        return decode(data).text


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Headers at the very start that tell of parts, or of a page."""
    start = found.data[:_HEADERS]
    if not _FIRST_LINE.match(start):
        return None
    end = _BLANK_LINE.search(start)
    head = start[: end.start()] if end else start
    kind = _KIND.search(head)
    if kind is None or not (_VERSION.search(head) or b"multipart" in kind["kind"].lower()):
        return None
    return (Evidence("header", kind["kind"].decode("ascii")),)


def convert(found: Found) -> Found:
    """The page alone, in UTF-8, with its address and its pictures written into it.

    Raises: Unreadable, when no part of it is a page or a text.
    """
    whole = _split_headers(found.data)
    parts = list(_list_parts(whole, 0))
    address = str(whole.headers.get("Snapshot-Content-Location", "")).strip()
    main = _find_main(whole, parts, address)
    if main is None:
        raise refuse("no-story")
    if main.kind not in _PAGES:
        text = f"{_write_mail_head(whole.headers)}\n{main.read_text()}"
        return _make(found, ".txt", text)
    page = main.read_text()
    address = address or main.location
    page = _write_pictures(page, parts, main)
    head = ""
    if address.startswith(("http://", "https://")):
        safe = re.sub(r"[\s<>]|--", "", address)
        head = f"<!-- saved from url=({len(safe):04}){safe} -->\n"
    if not _TITLE.search(page):
        subject = _read_header(whole.headers, "Subject")
        head += f"<title>{escape(subject)}</title>\n" if subject else ""
    sender = parseaddr(_read_header(whole.headers, "From"))[0]
    if sender and not sender.lower().startswith("saved by"):
        head += f'<meta name="author" content="{escape(sender)}">\n'
    return _make(found, ".html", head + page)


def _make(found: Found, ending: str, text: str) -> Found:
    name = str(PurePath(found.name).with_suffix(ending)) if PurePath(found.name).name else ""
    return replace(found, name=name, data=text.encode("utf-8", "replace"))


def _find_main(whole: _Part, parts: list[_Part], address: str) -> _Part | None:
    """The page that the others belong to; a text where there is no page."""
    start = str(whole.headers.get_param("start") or "").strip("<> ")
    pages = [part for part in parts if part.kind in _PAGES]
    for part in pages:
        if (start and part.ident == start) or (address and part.location == address):
            return part
    if pages:
        return pages[0]
    return next((part for part in parts if part.kind == "text/plain"), None)


def _list_parts(part: _Part, depth: int) -> Iterator[_Part]:
    """The parts that hold something, those in parts too."""
    boundary = part.headers.get_boundary()
    if part.headers.get_content_maintype() != "multipart" or not boundary:
        yield part
        return
    if depth >= _DEEPEST:
        return
    for piece in _cut(part.body, boundary.encode("utf-8", "surrogateescape")):
        yield from _list_parts(_split_headers(piece), depth + 1)


def _cut(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the lines of a boundary. The last line may be missing."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start = -1
    for count, found in enumerate(line.finditer(body)):
        if start >= 0:
            yield body[start : found.start()]
        start = found.end()
        if found[1] or count >= _MOST_PARTS:
            return
    if start >= 0:
        yield body[start:]


def _split_headers(data: bytes) -> _Part:
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith((b"\r\n\r\n", b"\n\n")):
        return _Part(Message(), data.lstrip(b"\r\n"))
    data = data.lstrip(b"\r\n")
    blank = _BLANK_LINE.search(data, 0, _HEADERS)
    head, body = (data[: blank.start()], data[blank.end() :]) if blank else (data, b"")
    lines = (found[0] for found in _HEADER_LINE.finditer(head[:_HEADERS]))
    return _Part(BytesHeaderParser().parsebytes(b"\n".join(lines)), body)


def _write_pictures(page: str, parts: list[_Part], main: _Part) -> str:
    """The page with the pictures that other parts hold in place of their addresses."""
    pictures: dict[str, _Part] = {}
    for part in parts:
        if part.kind.startswith("image/"):
            pictures.update({key: part for key in (part.location, f"cid:{part.ident}") if key})
    left = _MOST_PICTURES

    def write(found: re.Match[str]) -> str:
        nonlocal left
        address = unescape(found["address"]).strip()
        part = pictures.get(address) or pictures.get(_join(main.location, address))
        if part is None:
            return found[0]
        data = base64.b64encode(part.read()).decode("ascii")
        left -= len(data)
        if left < 0:
            return found[0]
        quote = found["quote"]
        return f"{found['before']}{quote}data:{part.kind};base64,{data}{quote}"

    return _SOURCE.sub(write, page) if pictures else page


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _write_mail_head(headers: Message) -> str:
    lines = [f"{name}: {_read_header(headers, name)}" for name in ("Subject", "From", "Date")]
    return "".join(f"{line}\n" for line in lines if not line.endswith(": "))


def _read_header(headers: Message, name: str) -> str:
    """A header on one line, its words decoded."""
    stated = str(headers.get(name, ""))[:_HEADERS]
    with suppress(HeaderParseError, MessageError, LookupError, UnicodeError, ValueError):
        stated = str(make_header(decode_header(stated)))
    return " ".join(stated.split())
