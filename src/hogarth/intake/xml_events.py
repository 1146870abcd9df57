"""XML from strangers, element by element, so that a long document need not be held as a tree."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Any, Final, Protocol

#: Units: bytes that are parsed at a time.
_CHUNK: Final = 1 << 16
_DEEPEST: Final = 256
_MARK: Final = "\ufffd".encode()
#: No document declares entities; one that does is after something else.
_ENTITY: Final = b"<!ENTITY"
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REFERENCE: Final = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]{1,8})|(\d{1,9}));")


class Listener(Protocol):
    """What is told of each element and each text, in order. Shape: names as “{namespace}name”."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class _Target:
    """The listener as lxml asks for it, and whether all that began has ended."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._open = 0
        self.whole = False

    def start(self, tag: Any, attributes: Mapping[Any, Any]) -> None:
        self._open += 1
        if self._open > _DEEPEST:
            raise _TooDeep
        self._listener.start(tag, attributes)

    def end(self, tag: Any) -> None:
        self._open -= 1
        self.whole = self._open == 0
        self._listener.end(tag)

    def data(self, data: Any) -> None:
        self._listener.data(data)

    def comment(self, data: Any) -> None:
        """Nothing: comments are no part of a text."""

    def close(self) -> None:
        return None


class _TooDeep(Exception):
    pass


def walk_xml(data: bytes, listener: Listener) -> bool:
    """Tell the listener what the XML holds, as far as it goes. Whether it was whole.

    Nothing is fetched; XML that declares entities of its own is not read at all; elements may be
    256 deep.
    Cost: some 20 MB a second, and memory for what the listener keeps alone.
    """
    from lxml import etree

    wide = data.startswith(_WIDE)
    if wide:
        data = data.decode("utf-16", "replace").encode()
    if _ENTITY in data:
        return False
    # The parser passes on what is no character, and nobody after it could read that.
    data = _REFERENCE.sub(_mark_surrogate, data)
    target = _Target(listener)
    parser = etree.XMLParser(
        target=target,
        encoding="utf-8" if wide else None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for place in range(0, len(data), _CHUNK):
            parser.feed(data[place : place + _CHUNK])
        parser.close()
    except (etree.XMLSyntaxError, UnicodeDecodeError, _TooDeep):
        return False
    return target.whole


def _mark_surrogate(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    return _MARK if 0xD800 <= number <= 0xDFFF else found[0]
