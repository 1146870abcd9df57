"""Which old character set fits some bytes: every candidate is tried and its text is rated.

A rating asks of each character that is not ASCII whether a writer would have put it there: is the
letter common, does it stand among letters of its own script, is its case possible, does the quote
open before a word and close after one?
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from hogarth.intake.frequent import COMMON_HAN, COMMON_HANGUL, FREQUENT, LATIN_MARKED

#: Label → Python codec, in order of likelihood: the first of equals wins.
CANDIDATES: Final = (
    ("windows-1252", "cp1252"),
    ("windows-1251", "cp1251"),
    ("shift_jis", "cp932"),
    ("gb18030", "gb18030"),
    ("big5", "big5hkscs"),
    ("euc-kr", "cp949"),
    ("euc-jp", "euc_jp"),
    ("mac-roman", "mac_roman"),
    ("koi8-r", "koi8_r"),
    ("windows-1250", "cp1250"),
    ("windows-1255", "cp1255"),
    ("windows-1253", "cp1253"),
    ("windows-1254", "cp1254"),
    ("windows-1256", "cp1256"),
    ("windows-1258", "cp1258"),
    ("windows-874", "cp874"),
    ("ibm437", "cp437"),
    ("ibm850", "cp850"),
    ("ibm866", "cp866"),
    ("ibm862", "cp862"),
)

_SAMPLE_BYTES: Final = 24_000
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_LINE_END: Final = re.compile(rb"[\r\n]")
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
#: A small handicap for each place down the list, so that ties fall to the likelier.
_HANDICAP: Final = 0.004

_OPENING: Final = frozenset("“‘«„‹「『（《【")
_CLOSING: Final = frozenset("”»›」』）》】")
_CJK_MARKS: Final = frozenset("、。！？，：；～・ー〜…—　「」『』（）《》【】〈〉")
_DASHES: Final = frozenset("–—―")


def guess_charset(data: bytes) -> tuple[str, float]:
    """The label of the candidate that fits best, and its rating (about 1 is sure, below 0 not)."""
    sample = _sample(data)
    best, best_rating = "windows-1252", -99.0
    for place, (label, codec) in enumerate(CANDIDATES):
        rating = _rate(sample, codec) - place * _HANDICAP
        if rating > best_rating:
            best, best_rating = label, rating
    return best, best_rating


def rate_charset(data: bytes, codec: str) -> float | None:
    """How well `codec` fits `data`, or None when it cannot be asked."""
    try:
        return _rate(_sample(data), codec)
    except (LookupError, UnicodeError):
        return None


def _sample(data: bytes) -> bytes:
    """The rest of each line from shortly before its first byte beyond ASCII, up to a limit.

    No trail byte of a wide character is ever a line end, so every piece begins and ends whole.
    """
    pieces, size, place = [], 0, 0
    while size < _SAMPLE_BYTES and (high := _HIGH.search(data, place)):
        line_end = _LINE_END.search(data, high.end())
        end = line_end.start() if line_end else len(data)
        piece = data[max(place, high.start() - 40) : min(end, high.start() + _SAMPLE_BYTES - size)]
        pieces.append(piece)
        size += len(piece)
        place = end
    return b"\n".join(pieces)


def _rate(sample: bytes, codec: str) -> float:
    text = f" {sample.decode(codec, 'replace')} "
    total, seen = 0.0, 0
    for found in _BEYOND_ASCII.finditer(text):
        place = found.start()
        before, char, after = text[place - 1], text[place], text[place + 1]
        # A character of two bytes speaks for two bytes, or Latin readings would drown it.
        width = 2 if ord(char) > 0x2E7F else 1
        total += width * _weigh(before, char, after)
        seen += width
    return total / seen if seen else 0.0


@lru_cache(maxsize=20_000)
def _weigh(before: str, char: str, after: str) -> float:
    if char == "\ufffd":
        return -4.0
    script = _script(char)
    if script == "":
        return _weigh_mark(before, char, after)
    if script == "latin":
        return _weigh_latin(before, char, after)
    if script == "han":
        common = 1.4 if char in COMMON_HAN else -0.25
        # Han between Latin letters is two bytes of some other set that happened to pair up.
        return common - (1.0 if "ascii" in (_script(before), _script(after)) else 0.0)
    if script in ("hiragana", "katakana", "hangul"):
        return _weigh_east(before, char, after, script)
    if script == "odd":
        return -2.0
    return _weigh_alphabet(before, char, after, script)


def _weigh_alphabet(before: str, char: str, after: str, script: str) -> float:
    neighbours = (_script(before), _script(after))
    weight = FREQUENT[script].get(char.lower(), 0.0)
    if "latin" in neighbours or "ascii" in neighbours:
        return -1.5
    if char.isupper() and before.islower():
        return -2.0
    if script not in neighbours and len(char.strip()) == 1 and not unicodedata.combining(char):
        weight -= 0.3
    return weight


def _weigh_latin(before: str, char: str, after: str) -> float:
    if char.isupper() and before.islower():
        return -2.0
    neighbours = (_script(before), _script(after))
    if "latin" in neighbours:
        return -0.8
    if not set(neighbours) <= {"ascii", ""}:
        return -1.5
    weight = LATIN_MARKED.get(char.lower(), -0.5)
    if "ascii" not in neighbours:
        return weight * 0.4
    return weight


def _weigh_east(before: str, char: str, after: str, script: str) -> float:
    neighbours = (_script(before), _script(after))
    if 0xFF61 <= ord(char) <= 0xFF9F:  # half-width katakana: what other sets look like as Shift_JIS
        return -0.8
    if "ascii" in neighbours or "latin" in neighbours:
        return -0.8
    if script == "hangul":
        return (0.9 if "hangul" in neighbours else 0.1) + (0.4 if char in COMMON_HANGUL else 0.0)
    return 1.3 if script == "hiragana" else 0.8


def _weigh_mark(before: str, char: str, after: str) -> float:  # noqa: C901 - a table in words
    """Punctuation and symbols: would a writer have put this one here?"""
    between = before.isalpha() and after.isalpha()
    if char == "’":
        if between:
            return 1.15
        return 1.0 if before.isalpha() or before in ".,!?…" else 0.2
    if char in _OPENING:
        if between or before.isalpha():
            return 0.5 if _script(before) in ("han", "hiragana", "katakana") else -1.5
        return 1.0 if not after.isspace() or char == "«" else -0.5
    if char in _CLOSING:
        return 1.0 if not before.isspace() or before == "\xa0" else -0.5
    if char in _CJK_MARKS and ord(char) > 0x2FFF:
        return 1.0
    if char in _DASHES:
        return 0.8
    if char == "…":
        return 0.9
    if char in "¿¡":
        return 1.0 if after.isalpha() and not before.isalpha() else -1.5
    if char in "£€¥":
        return 0.8 if after.isdigit() or before.isdigit() or after == "\xa0" else -0.6
    if char in "\xa0\xad":
        return -1.0 if between else 0.4
    if char in "°ªº½¼¾§©®™·•×²³†":
        return -1.0 if between else 0.2
    return -2.0 if between else -1.2


@lru_cache(maxsize=8_000)
def _script(char: str) -> str:
    """`ascii`, the script of a letter, "" for marks and blanks, `odd` for what nobody types."""
    if char < "\x80":
        return "ascii" if char.isalpha() else ""
    category = unicodedata.category(char)
    if category in ("Cc", "Co", "Cn", "Cs"):
        return "odd"
    if category[0] not in "LM":
        return ""
    name = unicodedata.name(char, "").split(" ", 1)[0].lower()
    if name in ("cjk", "hiragana", "katakana", "hangul", "halfwidth", "fullwidth"):
        return {"cjk": "han", "halfwidth": "katakana", "fullwidth": "odd"}.get(name, name)
    if name == "combining":
        return "latin"
    if name == "katakana-hiragana":
        return "katakana"
    if name in ("latin", "feminine", "masculine"):
        return "latin" if name == "latin" else ""
    return name if name in FREQUENT else "odd"
