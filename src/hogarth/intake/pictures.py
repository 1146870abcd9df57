"""Pictures that come with a text: kept once each, named after what they hold."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute
from hogarth.manuscript import Asset

#: Where, which bytes, media type, ending: a picture is what its bytes say, not what it is called.
_KINDS: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (0, b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (0, b"GIF8", "image/gif", "gif"),
    (8, b"WEBP", "image/webp", "webp"),
    (4, b"ftypavif", "image/avif", "avif"),
)
_SVG: Final = re.compile(rb"<svg[\s>]")
#: A drawing that can run something or fetch something is no picture.
_LIVE: Final = re.compile(
    rb"<script|<foreignobject|\son\w+\s*=|javascript:|<!entity|<iframe", re.IGNORECASE
)
_DATA: Final = re.compile(r"data:[^,;]*(?:;[^,;]*)*?(?P<packed>;base64)?,(?P<body>.*)", re.DOTALL)


class Pictures:
    """The pictures of one work. Shape: `missing` are addresses in the text that led nowhere."""

    def __init__(self) -> None:
        self._assets: dict[str, Asset] = {}
        self.missing: list[str] = []

    @property
    def assets(self) -> tuple[Asset, ...]:
        return tuple(self._assets.values())

    def keep(self, data: bytes) -> str | None:
        """The name under which the picture is kept, or None when the bytes are no picture."""
        kind = _kind_of(data)
        if kind is None:
            return None
        name = f"assets/{hashlib.sha256(data).hexdigest()[:16]}.{kind[1]}"
        self._assets.setdefault(name, Asset(name, kind[0], data))
        return name


def keep_inline_pictures(page: LexborHTMLParser | LexborNode, pictures: Pictures) -> None:
    """Keep pictures written into the page itself, and let the page name them."""
    for node in page.css("img[src^='data:']"):
        found = _DATA.fullmatch(attribute(node, "src"))
        data = _unpack(found["body"], packed=bool(found["packed"])) if found else b""
        name = pictures.keep(data)
        if name:
            node.attrs["src"] = name
        else:
            del node.attrs["src"]


def _unpack(body: str, *, packed: bool) -> bytes:
    raw = unquote_to_bytes(body)
    if not packed:
        return raw
    try:
        return base64.b64decode(raw)
    except binascii.Error:
        return b""


def _kind_of(data: bytes) -> tuple[str, str] | None:
    for place, signature, media_type, ending in _KINDS:
        if data.startswith(signature, place):
            return media_type, ending
    if _SVG.search(data[:2000]) and not _LIVE.search(data):
        return "image/svg+xml", "svg"
    return None
