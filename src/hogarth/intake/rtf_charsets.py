"""Which characters the bytes of an RTF are: by its code page and by the set of each typeface."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.symbols import is_symbol_face, read_symbols

#: Sets of characters that typefaces state → codec. 0 and 1 mean the document's own.
_SETS: Final = {
    77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 83: "mac_roman",
    84: "mac_roman", 85: "mac_greek", 86: "mac_turkish", 88: "mac_latin2", 89: "mac_cyrillic",
    128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 179: "cp1256", 180: "cp1256",
    181: "cp1255", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
    255: "cp850",
}  # fmt: skip
_SYMBOLS: Final = 2
#: In place of a typeface: the document's own code page.
OWN_PAGE: Final = -2
_PAGES: Final = {936: "gb18030", 10000: "mac_roman", 65001: "utf-8", 1361: "johab"}
_WESTERN: Final = "cp1252"
_RAW: Final = re.compile(rb"[\x80-\xff]")
_LONGEST: Final = 200


@dataclass(slots=True)
class Face:
    """A typeface of the document. Shape: `charset` -1 and `page` "" where it states none."""

    name: str = ""
    charset: int = -1
    page: str = ""


@dataclass(slots=True)
class Faces:
    """The typefaces by number. Shape: `page` the codec of the document itself."""

    page: str = _WESTERN
    default: int = 0
    known: dict[int, Face] = field(default_factory=dict)

    def open(self, number: int) -> Face:
        return self.known.setdefault(number, Face())

    def name(self, number: int, text: str) -> None:
        face = self.open(number)
        face.name = (face.name + text)[:_LONGEST]

    def decode(self, data: bytes, number: int) -> str:
        """The characters of bytes. Shape: `number` of the typeface, -1 for the usual one."""
        if number == OWN_PAGE:
            return data.decode(self.page, "replace")
        face = self.known.get(self.default if number < 0 else number, Face())
        name = face.name.strip().rstrip(";")
        if face.charset == _SYMBOLS and is_symbol_face(name):
            return read_symbols(data.decode("latin-1"), name)
        return data.decode(self._codec(face), "replace")

    def show(self, text: str, number: int) -> str:
        """Text in Unicode as a typeface shows it, which matters for signs alone."""
        if not any("\uf020" <= char <= "\uf0ff" for char in text):
            return text
        face = self.known.get(self.default if number < 0 else number, Face())
        name = face.name.strip().rstrip(";")
        return read_symbols(text, name) if is_symbol_face(name) else text

    def _codec(self, face: Face) -> str:
        """Where no typeface names the document's own set, those that state none mean it."""
        if face.page or face.charset in _SETS:
            return face.page or _SETS[face.charset]
        if face.charset == 0 and any(
            _SETS.get(other.charset) == self.page for other in self.known.values()
        ):
            return _WESTERN
        return self.page


def codec_of_page(number: int) -> str:
    """The codec of a code page, or that of Western Europe when there is none."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return _WESTERN
    return name


def holds_raw_utf8(data: bytes) -> bool:
    """Whether bytes beyond ASCII, which RTF does not have, are UTF-8."""
    if _RAW.search(data) is None:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class Collector:
    """Collects bytes and Unicode numbers until they can be read as text."""

    def __init__(self, faces: Faces, *, raw_utf8: bool) -> None:
        self._faces, self._raw_utf8 = faces, raw_utf8
        self._bytes = bytearray()
        self._units: list[int] = []
        self._raw = False
        self._skipped = 0

    def skip(self, data: bytes) -> bytes:
        """The bytes without those that stand for a Unicode character before them."""
        if not self._skipped:
            return data
        count = min(self._skipped, len(data))
        self._skipped -= count
        return data[count:]

    @property
    def holds_bytes(self) -> bool:
        return bool(self._bytes)

    def needs_flush(self, data: bytes, *, escaped: bool) -> bool:
        """Whether what was collected is read otherwise than these bytes."""
        return bool(self._units) or self._raw != self._is_raw(data, escaped=escaped)

    def add(self, data: bytes, *, escaped: bool) -> None:
        self._raw = self._is_raw(data, escaped=escaped)
        self._bytes += data

    def _is_raw(self, data: bytes, *, escaped: bool) -> bool:
        return self._raw_utf8 and not escaped and not data.isascii()

    def add_unicode(self, number: int, skip: int) -> None:
        """Shape: `number` of sixteen bits, half a character at times; `skip` stand-ins follow."""
        self._units.append(number & 0xFFFF)
        self._skipped = skip

    def flush(self, font: int) -> str:
        """The text of what was collected, in a typeface."""
        text, self._skipped = "", 0
        if self._units:
            units = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            text = self._faces.show(units.decode("utf-16-le", "replace"), font)
            self._units = []
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            raw, self._raw = self._raw, False
            text += data.decode("utf-8", "replace") if raw else self._faces.decode(data, font)
        return text
