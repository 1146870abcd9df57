"""From bytes to text: which encoding, why it was chosen, and what fitted no character."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from hogarth.intake.charsets import CANDIDATES, guess_charset, rate_charset

_BYTE_ORDER_MARKS: Final = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: What pages declare → what browsers have always read instead.
_DECLARED_AS: Final = {
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "windows-31j": "shift_jis",
    "x-sjis": "shift_jis",
    "shift-jis": "shift_jis",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "euc-kr",
    "iso-8859-9": "windows-1254",
    "iso-8859-8-i": "iso-8859-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}

#: Encodings whose Python codec is narrower than what files of that name hold.
_CODEC: Final = dict(CANDIDATES)

_DECLARATION: Final = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})|"""
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_CONTROLS: Final = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_STRAY: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_MARK: Final = "\ufffd"

#: How much better the best guess must be before the declared encoding is not believed.
_DOUBT: Final = 0.35


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes.

    Shape: newlines are LF, no control characters but tab and LF; `encoding` a WHATWG label;
    `reason` why it was chosen; `marks` how many U+FFFD stand for bytes that fit no character.
    """

    text: str
    encoding: str
    reason: str
    marks: int = 0


def decode(data: bytes) -> Decoded:
    """The text of `data` in the encoding that fits it best. No byte is dropped without a mark."""
    encoding, reason, start = _choose(data)
    body = data[start:]
    codec = _CODEC.get(encoding, encoding)
    text, marks = _decode(body, codec)
    wide = encoding.startswith(("utf-16", "utf-32"))
    if wide or len(body.translate(None, _CONTROLS)) != len(body) or _has_noncharacter(text):
        text, strays = _settle_controls(text)
        marks += strays
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, reason, marks)


def _decode(body: bytes, codec: str) -> tuple[str, int]:
    try:
        return body.decode(codec), 0
    except UnicodeDecodeError:
        text = body.decode(codec, "replace")
        meant = body.count(_MARK.encode()) if codec == "utf-8" else 0
        return text, text.count(_MARK) - meant


def _has_noncharacter(text: str) -> bool:
    return "\uffff" in text or "\ufffe" in text


def _settle_controls(text: str) -> tuple[str, int]:
    """Page and line feeds become newlines, an end-of-file mark ends the text, others are marked."""
    text = text.rstrip("\x00\x1a").replace("\x0b", "\n").replace("\x0c", "\n\n")
    return _STRAY.subn(_MARK, text)


def _choose(data: bytes) -> tuple[str, str, int]:
    """The encoding, the reason in words, and where the text begins."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, "byte order mark", len(mark)
    wide = _unmarked_utf16(data)
    if wide:
        return wide, "every second byte is zero", 0
    if b"\x1b$" in data and _fits(data, "iso2022_jp"):
        return "iso-2022-jp", "escape sequences of ISO-2022-JP", 0
    try:
        data.decode()
    except UnicodeDecodeError:
        return _choose_legacy(data)
    return "utf-8", "plain ASCII" if data.isascii() else "valid UTF-8", 0


def _choose_legacy(data: bytes) -> tuple[str, str, int]:
    if _is_damaged_utf8(data):
        return "utf-8", "nearly all of it is valid UTF-8", 0
    guessed, rating = guess_charset(data)
    declared = declared_charset(data)
    if declared and declared != "utf-8":
        stated = rate_charset(data, _CODEC.get(declared, declared))
        if stated is not None and stated >= rating - _DOUBT:
            return declared, "declared in the file", 0
        return guessed, f"declared as {declared}, but its letters fit better", 0
    return guessed, "its letters fit best", 0


def declared_charset(data: bytes) -> str:
    """What an XML declaration or a meta element says, as a WHATWG label, or ""."""
    found = _DECLARATION.search(data, 0, 4096)
    if found is None:
        return ""
    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    label = _DECLARED_AS.get(label, label)
    try:
        name = codecs.lookup(_CODEC.get(label, label))
    except LookupError:
        return ""
    # Codecs such as rot13 or zlib are no character sets; UTF-16 would have been seen before.
    if not getattr(name, "_is_text_encoding", True) or name.name.startswith(("utf-16", "utf-32")):
        return ""
    return "utf-8" if name.name in ("utf-8", "utf-7", "idna", "punycode") else label


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether valid sequences outnumber broken ones by far, as after a cut or a lost byte."""
    text = data.decode("utf-8", "replace")
    broken = text.count(_MARK) - data.count(_MARK.encode())
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return whole >= 3 * broken


def _unmarked_utf16(data: bytes) -> str:
    sample = data[:4096]
    if b"\x00" not in sample or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 20 or max(even, odd) < 20 * min(even, odd):
        return ""
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return encoding if _fits(data, encoding) else ""


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
