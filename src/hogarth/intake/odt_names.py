"""The names of OpenDocument's elements, and those of its older form, short and alike."""

from __future__ import annotations

import re
from typing import Final

_NOW: Final = re.compile(r"urn:oasis:names:tc:opendocument:xmlns:([\w-]+):1\.0")
_ONCE: Final = re.compile(r"http://openoffice\.org/2000/(\w+)")
_OTHERS: Final = {
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1999/XSL/Format": "fo",
    "http://www.w3.org/2000/svg": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_SHORT: Final = {"xsl-fo-compatible": "fo", "svg-compatible": "svg", "drawing": "draw"}


class Names:
    """Short names of elements and attributes, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __getitem__(self, tag: str) -> str:
        known = self._known.get(tag)
        if known is None:
            space, _, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
            found = _NOW.fullmatch(space) or _ONCE.fullmatch(space)
            prefix = _SHORT.get(found[1], found[1]) if found else _OTHERS.get(space, "?")
            known = self._known[tag] = f"{prefix}:{local}" if space else local
        return known
