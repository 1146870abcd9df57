"""From bytes to text: which encoding, why it was chosen, and what fitted no character."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from hogarth.intake.charsets import CODECS, guess_charset, rate_charset, rate_text
from hogarth.intake.controls import MARK, has_controls, settle_controls, settle_zeros
from hogarth.intake.patchwork import decode_patchwork
from hogarth.intake.quoted_printable import undo_quoted_printable
from hogarth.intake.wordstar import undo_wordstar

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

_DECLARATION: Final = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})|"""
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
#: A lead byte of UTF-8 that only marks and blanks have, with ASCII after it.
_LOST_BLANK: Final = re.compile(rb"\xc2(?=[\x00-\x7f])")
_READS_WELL: Final = 0.4

#: How much better the best guess must be before the declared encoding is not believed.
_DOUBT: Final = 0.35


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes.

    Shape: newlines are LF, no control characters but tab and LF; `encoding` a WHATWG label, that
    of most of the text; `reason` why it was chosen and what was done besides; `marks` how many
    U+FFFD stand for bytes that fit no character.
    """

    text: str
    encoding: str
    reason: str
    marks: int = 0


def decode(data: bytes) -> Decoded:
    """The text of `data` in the encoding that fits it best. No byte is dropped without a word."""
    wide = _marked(data) or _unmarked_utf16(data)
    if wide and wide[0] != "utf-8":
        return _decode_wide(data, *wide)
    data, done = _undo_transfer(data[wide[2] :] if wide else data)
    data = _settle_newlines(data)
    text, encoding, reason, marks, others = _read(data, wide[1] if wide else "")
    if has_controls(data) or "\uffff" in text or "\ufffe" in text:
        settled = settle_controls(text)
        text, marks = settled.text, marks + settled.marks
        others += settled.done
    return Decoded(text, encoding, "; ".join([reason, *done, *others]), marks)


def _decode_wide(data: bytes, encoding: str, reason: str, start: int) -> Decoded:
    """UTF-16 and UTF-32, in which bytes mean nothing before they are characters."""
    body, marks = data[start:], 0
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text = body.decode(encoding, "replace")
        marks = text.count(MARK)
    settled = settle_controls(text)
    text = settled.text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, "; ".join([reason, *settled.done]), marks + settled.marks)


def _undo_transfer(data: bytes) -> tuple[bytes, list[str]]:
    """The bytes without what mail, padding and WordStar made of them, and what was undone."""
    done: list[str] = []
    if b"\x00" in data:
        data, done = settle_zeros(data)
    plain = undo_quoted_printable(data)
    if plain is not None:
        data = plain
        done.append("quoted-printable undone")
    if b"\x8d" in data and (typed := undo_wordstar(data)) is not None:
        data = typed.data
        done.append(typed.done)
    return data, done


def _settle_newlines(data: bytes) -> bytes:
    """Line feeds alone. In no encoding used here is a carriage return part of another character."""
    if b"\r" not in data:
        return data
    if 2 * data.count(b"\r\r\n") > data.count(b"\n"):
        # A program took each line feed for a bare one and added a return.
        data = data.replace(b"\r\r\n", b"\n")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _read(data: bytes, marked: str) -> tuple[str, str, str, int, list[str]]:
    """The text, its encoding, the reason for it, marks for bytes, what was read otherwise.

    Shape: `marked` the reason when a mark says that it is UTF-8.
    """
    if b"\x1b$" in data and _fits(data, "iso2022_jp"):
        return data.decode("iso2022_jp"), "iso-2022-jp", "escape sequences of ISO-2022-JP", 0, []
    try:
        text = data.decode()
    except UnicodeDecodeError:
        encoding, reason = ("utf-8", marked) if marked else _choose_legacy(data)
        codec = CODECS.get(encoding, encoding)
        patched = decode_patchwork(data, codec)
        # Windows-1258 writes the mark of a tone after its letter.
        text = unicodedata.normalize("NFC", patched.text) if codec == "cp1258" else patched.text
        return text, encoding, reason, patched.marks, patched.done
    reason = "plain ASCII" if len(text) == len(data) and text.isascii() else "valid UTF-8"
    return text, "utf-8", marked or reason, 0, []


def _marked(data: bytes) -> tuple[str, str, int] | None:
    """The encoding that a mark at the beginning names, why, and where the text begins."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, "byte order mark", len(mark)
    return None


def _choose_legacy(data: bytes) -> tuple[str, str]:
    if _is_damaged_utf8(data):
        return "utf-8", "nearly all of it is valid UTF-8"
    guessed, rating = guess_charset(data)
    declared = declared_charset(data)
    if declared and declared != "utf-8":
        stated = rate_charset(data, CODECS.get(declared, declared))
        if stated is not None and stated >= rating - _DOUBT:
            return declared, "declared in the file"
        return guessed, f"declared as {declared}, but its letters fit better"
    return guessed, "its letters fit best"


def declared_charset(data: bytes) -> str:
    """What an XML declaration or a meta element says, as a WHATWG label, or ""."""
    found = _DECLARATION.search(data, 0, 4096)
    if found is None:
        return ""
    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    label = _DECLARED_AS.get(label, label)
    try:
        name = codecs.lookup(CODECS.get(label, label))
    except LookupError:
        return ""
    # Codecs such as rot13 or zlib are no character sets; UTF-16 would have been seen before.
    if not getattr(name, "_is_text_encoding", True) or name.name.startswith(("utf-16", "utf-32")):
        return ""
    return "utf-8" if name.name in ("utf-8", "utf-7", "idna", "punycode") else label


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether valid sequences outnumber broken ones by far, as after a cut or lost bytes.

    A mark or blank whose second byte was lost still tells that it was UTF-8.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count(MARK) - data.count(MARK.encode())
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    lost = len(_LOST_BLANK.findall(data))
    return whole > 0 and whole + lost >= 3 * (broken - lost)


def _unmarked_utf16(data: bytes) -> tuple[str, str, int] | None:
    sample = data[:8192]
    zeros = sample.count(0)
    if not zeros:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(3, len(sample) // 200) or max(even, odd) < 20 * min(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    whole = data[: len(data) // 2 * 2]
    if not _fits(whole, encoding):
        return None
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    rating = rate_text(text)
    # Pieces of UTF-16 in a narrow file make nonsense of the rest of it.
    if rating.seen > len(text) // 20 and rating.mean < _READS_WELL:
        return None
    if max(even, odd) >= len(sample) // 20:
        return encoding, "every second byte is zero", 0
    return encoding, "read in pairs, its bytes are letters of one script", 0


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
