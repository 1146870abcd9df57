"""What a character that is not ASCII is worth as a sign that it was decoded rightly.

About 1 is what any text is full of, below 0 what nobody types there.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from hogarth.intake.frequent import COMMON_HAN, COMMON_HANGUL, FREQUENT, LATIN_MARKED

_OPENING: Final = frozenset("“‘«„‹「『（《【")
_CLOSING: Final = frozenset("”»›」』）》】")
_CJK_MARKS: Final = frozenset("、。！？，：；～・ー〜…—　「」『』（）《》【】〈〉")
_DASHES: Final = frozenset("–—―")
_EAST: Final = frozenset({"han", "hiragana", "katakana", "hangul"})
#: Words of one letter.
_WORDS: Final = {
    "latin": frozenset("àáâåäèéíìòóôöøúýěšž"),
    "cyrillic": frozenset("иваскоуяюжбйїє"),
    "greek": frozenset("οηήώό"),
    "arabic": frozenset("و"),
}
_SYMBOLS: Final = frozenset("°©®™·•§")
_VOWELS: Final = frozenset("aeiouyâêôăơưAEIOUYÂÊÔĂƠƯ")
#: What mail programs on the Macintosh made of quotes: a wrong character set, but not this one.
_MAC_QUOTES: Final = frozenset("¹²³")


@lru_cache(maxsize=60_000)
def weigh(before: str, char: str, after: str) -> float:
    """The worth of `char` between its neighbours."""
    if char == "\ufffd":
        return -4.0
    script = _script(char)
    if script == "":
        return _weigh_mark(before, char, after)
    if script == "odd":
        return -2.0
    if script in _EAST:
        return _weigh_east(before, char, after, script)
    if before == char == after:
        return -0.3
    if script == "combining":
        return 0.9 if before in _VOWELS else -2.0
    if script == "latin":
        return _weigh_latin(before, char, after)
    return _weigh_alphabet(before, char, after, script)


def _weigh_alphabet(before: str, char: str, after: str, script: str) -> float:
    neighbours = (_script(before), _script(after))
    weight = FREQUENT[script].get(char.lower(), 0.0)
    if "latin" in neighbours or "ascii" in neighbours:
        return -1.5
    if char.isupper() and before.islower():
        return -2.0
    if script not in neighbours:
        return 0.3 if char.lower() in _WORDS.get(script, "") else -0.9
    # A word in capitals is rarer than what one set's small letters look like in another.
    return weight * 0.5 if char.isupper() and before.isupper() else weight


def _weigh_latin(before: str, char: str, after: str) -> float:
    if char.isupper() and before.islower():
        return -2.0
    marked = _script(before) == "latin", _script(after) == "latin"
    if all(marked):
        return -1.5
    if any(marked):
        beside = before if marked[0] else after
        return 0.5 if beside.lower() == char.lower() else 0.0
    plain = _is_plain(before), _is_plain(after)
    if not any(plain):
        if before.isalpha() or after.isalpha():
            return -1.5
        return 0.45 if char.lower() in _WORDS["latin"] else -0.8
    return _weigh_letter(char.lower(), after)


def _weigh_letter(char: str, after: str) -> float:
    """The worth of a marked letter beside plain ones."""
    weight = LATIN_MARKED.get(char, -0.5)
    follows = after.lower() if after.isalpha() else ""
    if char == "ã":
        return weight if not follows or follows in "oe" else 0.3
    if char == "õ":
        return 0.9 if follows == "e" else 0.4
    if char == "ù":
        return 0.2 if follows else 0.9
    if char == "à" and not follows:
        return 0.9
    return weight


def _is_plain(char: str) -> bool:
    return (char < "\x80" and char.isalpha()) or _script(char) == "combining"


def _weigh_east(before: str, char: str, after: str, script: str) -> float:
    neighbours = (_script(before), _script(after))
    latin = "ascii" in neighbours or "latin" in neighbours
    if before == char == after and char not in "ー～":
        return -1.0
    if script == "han":
        common = 1.4 if char in COMMON_HAN else -0.25
        # Han between Latin letters is two bytes of some other set that happened to pair up.
        return common - (1.0 if latin else 0.0) - (0.0 if _EAST & set(neighbours) else 0.6)
    if 0xFF61 <= ord(char) <= 0xFF9F:  # half-width katakana: what other sets look like as Shift_JIS
        return -0.8
    if latin:
        return -0.8
    if script == "hangul":
        if char in COMMON_HANGUL:
            return 1.3 if "hangul" in neighbours else 0.2
        # Of eleven thousand syllables four fifths stand in no word, only in the set's extension.
        return 0.5 if char.encode("euc_kr", "ignore") else -1.5
    return 1.3 if script == "hiragana" else 0.8


def _weigh_mark(before: str, char: str, after: str) -> float:  # noqa: C901 - a table in words
    """Punctuation and symbols: would a writer have put this one here?"""
    between = before.isalpha() and after.isalpha()
    if char == "’":
        if between:
            return 1.15
        return 1.0 if before.isalpha() or before in ".,!?…" else 0.2
    if char in _OPENING:
        if char == "‘" and before.isalpha():
            return 0.3
        if between or before.isalpha():
            return 0.5 if _script(before) in _EAST else -1.5
        return 1.0 if not after.isspace() or char == "«" else -0.5
    if char in _CLOSING:
        return 1.0 if not before.isspace() or before == "\xa0" else -0.5
    if char in _CJK_MARKS and ord(char) > 0x2FFF:
        return 1.0
    if char in _DASHES:
        return 0.9
    if char == "…":
        return 1.2 if before != " " and not between else 0.9
    if char in "¿¡":
        return 1.0 if after.isalpha() and not before.isalpha() else -1.5
    if char in "£€¥":
        return 0.8 if after.isdigit() or before.isdigit() or after == "\xa0" else -0.6
    if char == "\xa0":
        return -1.0 if between else 0.6
    if char == "\xad":
        return 0.2 if between else -0.2
    if char in "´`":
        return 0.7 if before.isalpha() else 0.1
    if char in _MAC_QUOTES:
        return 0.6 if before.isalpha() or after.isalpha() or before in ".,!?" else -0.2
    if char in "½¼¾":
        return 0.7 if (before.isspace() or before.isdigit()) and not after.isalpha() else -0.6
    if char in _SYMBOLS:
        return -1.0 if between else 0.6
    if char in "ªº×÷¬¶¤¦¨¯¸±µ":
        return -1.0 if between else 0.0
    return -2.0 if between else -1.2


@lru_cache(maxsize=20_000)
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
    if name == "katakana-hiragana":
        return "katakana"
    if name in ("feminine", "masculine"):
        return ""
    return name if name in FREQUENT or name in ("latin", "combining") else "odd"
