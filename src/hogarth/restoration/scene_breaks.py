"""Scene breaks that are drawn with signs: one thematic break in their place.

Hundreds of conventions are in use, so there is no list of them: an ornament is a short block or
line without words between two pieces of prose. What is spared: a lone stop or ellipsis (a silence,
or a spacer), “>” (quoting), numerals (titles), questions and exclamations (somebody says nothing
else), and drawings of several lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair

#: Units: characters. Longer ones than this are drawings or rulers of tables.
_LONGEST: Final = 120
_LONGEST_LETTERED: Final = 40
#: Signs that ornaments are made of, and signs that only stand between them.
_DRAWN_SIGNS: Final = (
    r"*#~\-–—―_=+/\\|^<>@&%$•·∙◦‣⁂⁎✻✽❄❅❆※§¤°♦♥♡❤♠♣♪♫☆★✩✪✯✦✧○●◯◎◇◆□■△▲▽▼☼☾☽〜～＊＃＝－─━═┅┄░▒▓"
    r"❦❧☙❖◊×÷†‡¶"
)
_DRAWN: Final = re.compile(rf"[{_DRAWN_SIGNS}]")
_SIGNS: Final = re.compile(rf"""[{_DRAWN_SIGNS}…«»()\[\]{{}}:;.,!'`´"?\ufe0e\ufe0f\s]+""")
#: Of letters: one or two of them, over and over: xXx, oOo, O.o.O, HPHPHP.
_LETTERED: Final = re.compile(
    r"[\W_]*(?:(?:[xXoO0]|[\-~*.=_/| ])+|(?P<unit>[A-Z]{1,3})(?:[\W_]*(?P=unit)){2,})[\W_]*"
)
_LETTERS: Final = re.compile(r"[^\W_]")
#: In a text without lines: a run of one sign, or of one with blanks between, that parts sentences.
_INLINE: Final = re.compile(
    r"(?<=[.!?…\"”’»)])\s+((?:[*~#=_\-•]\s?){3,40}|[~\-]?\*[~\-]?|[oO]0[oO]|oOo|xXx|XxX)\s+"
    r"(?=[\"“‘«„]?[A-ZÀ-Þ])"
)
_HINT: Final = re.compile(r"[.!?…\"”’»)]\s+(?:[*~#=_•]|--|[oO]0[oO]|oOo|xXx|XxX)")
_PROSE: Final = 3
_ENDED: Final = re.compile(r"[.!?…:—–\-\"”’»)\]*_。！？」』]\s*$")


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def find_ornaments(draft: Draft) -> Iterator[Repair]:
    """Blocks and lines that are ornaments, and signs that part the sentences of a flat text."""
    text = draft.text
    lines = [line for line in _lines(text) if line.text.strip()]
    drawn = {
        place
        for place, line in enumerate(lines)
        if len(line.text) <= _LONGEST and is_ornament(line.text)
    }
    if drawn:
        yield from _find_drawn(draft, lines, drawn)
    if _HINT.search(text):
        for found in _INLINE.finditer(text):
            if "\n" not in found[0]:
                yield draft.propose("b-inline", "scene-break", found.start(), found.end(), "", 0.93)


def is_ornament(line: str) -> bool:
    """Whether a line is made of signs alone, or of letters that are drawn with."""
    shown = line.strip()
    if _SIGNS.fullmatch(shown):
        # ">" alone quotes; stops, questions and cries are said by somebody.
        return _DRAWN.search(shown) is not None and shown.strip("> ") != ""
    if shown[0] in '“”"«„' or _ROMAN.fullmatch(shown):
        return False
    return (
        2 < len(shown) <= _LONGEST_LETTERED
        and _LETTERED.fullmatch(shown) is not None
        and not (shown.isalpha() and (shown.islower() or shown in _WORDS))
    ) or shown in _KNOWN


#: Letters that are drawn with although they are nothing but letters.
_KNOWN_LINE: Final = "xXx XxX oOo OoO xxx xxxxx xXxXx XxXxX oOoOo OoOoO oOoOoOo xxxx ooo o0o 0o0"
_KNOWN: Final = frozenset(_KNOWN_LINE.split()) | {"X" * count for count in (3, 4, 5)}
_ROMAN: Final = re.compile(r"[IVXLC]+\.?")
#: What people call out, and letters with a meaning.
_WORDS: Final = frozenset({"OX", "OXO", "HAHA", "HAHAHA", "LALALA", "NONO", "NONONO", "SOSOSO"})


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        yield _Line(at, at + len(line), line)
        at += len(line) + 1


def _find_drawn(draft: Draft, lines: list[_Line], drawn: set[int]) -> Iterator[Repair]:
    repeated = Counter("".join(lines[place].text.split()) for place in drawn)
    rules = draft.rules
    for place in sorted(drawn):
        line = lines[place]
        if draft.locate(line.start, line.end)[0] in rules:
            continue
        if place in (0, len(lines) - 1) or {place - 1, place + 1} & drawn:
            continue  # decoration around a whole text, or part of a drawing
        certainty = _rate(line, lines[place - 1], lines[place + 1], repeated)
        if certainty:
            yield _propose(draft, line, certainty)


def _rate(line: _Line, before: _Line, after: _Line, repeated: Counter[str]) -> float:
    prose = all(len(_LETTERS.findall(near.text[:80])) >= _PROSE for near in (before, after))
    if not prose:
        return 0.0
    shown = "".join(line.text.split())
    certainty = 0.95
    if len(shown) < 3 and repeated[shown] < 2:
        certainty = 0.8
    if not _ENDED.search(before.text[-3:]):
        certainty -= 0.1  # a list, a table, verse
    if _LETTERS.search(shown) and repeated[shown] < 2 and shown not in _KNOWN:
        certainty -= 0.1
    return certainty


def _propose(draft: Draft, line: _Line, certainty: float) -> Repair:
    """The line with the breaks around it, where these are in its own block."""
    text, start, end = draft.text, line.start, line.end
    if text[start - 1] == "\n" and text[start - 2] != "\n":
        start -= 1
    if text[end : end + 1] == "\n" and text[end + 1 : end + 2] != "\n":
        end += 1
    return draft.propose("b-ornament", "scene-break", start, end, "", certainty)
