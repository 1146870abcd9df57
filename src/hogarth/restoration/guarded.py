"""Places where signs mean themselves: code, addresses, and texts that speak of wrong characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from hogarth.restoration.drafts import Draft
from hogarth.restoration.text_map import map_text

_CODE: Final = re.compile(r"<(code|kbd|samp|pre)(?: [^<>]*)?>.*?</\1>", re.DOTALL)
#: Units: characters. Longer addresses are taken for what they begin and end with.
_LONGEST: Final = 400
_ADDRESS: Final = re.compile(r"://|www\.|\w@\w|\w\.(?:com|net|org|html?|php|co)\b|[?&]\w+=")
_MENTION: Final = re.compile(
    r"\b(?:mojibake|unicode|utf-?8|encod(?:ed|ing)|charset|character set|code ?page|gibberish"
    r"|garbled|latin-?1|windows-125\d|ascii|apostrophes?|html|escape (?:code|sequence)s?)\b",
    re.IGNORECASE,
)
#: Units: characters to both sides within which a mention counts.
_NEAR: Final = 160
#: A word or two in quotes, before and behind a place. Units: characters.
_SHORT: Final = 30
_IN_QUOTES: Final = (
    # A writer's own quotes are whole: had the text been damaged, they would be, too.
    (
        re.compile(r"[“‘«„](?:[\w’-]+ )?[\w’-]*\Z"),
        re.compile(r"[\w’-]*(?: [\w’-]+)?[,.!?…]?[”’»“]"),
    ),
    # Straight ones were never damaged; but speech ends in a sign, and what is mentioned does not.
    (re.compile(r"[\"'`](?:[\w-]+ )?[\w-]*\Z"), re.compile(r"[\w-]*(?: [\w-]+)?[\"'`]")),
)
_PAIRS: Final = frozenset({'""', "''", "“”", "‘’", "()", "[]", "``", "«»", "„“", "<>"})


class Guarded:
    """The stretches of a chapter that stand in code, as places in the text as it was read."""

    def __init__(self, draft: Draft) -> None:
        chapters = draft.manuscript.chapters
        html = chapters[draft.place].html if draft.place < len(chapters) else ""
        self._starts: list[int] = []
        self._ends: list[int] = []
        if (
            "<code" not in html
            and "<pre" not in html
            and "<kbd" not in html
            and "<samp" not in html
        ):
            return
        mapped = map_text(html)
        if mapped.text != draft.read:
            return
        at = 0
        for found in _CODE.finditer(html):
            inside = []
            while at < len(mapped.pieces) and mapped.pieces[at].html_start < found.end():
                piece = mapped.pieces[at]
                if piece.html_start >= found.start() and piece.html_end <= found.end():
                    inside.append(piece)
                at += 1
            if inside:
                self._starts.append(inside[0].text_start)
                self._ends.append(inside[-1].text_end)

    def holds(self, place: int) -> bool:
        """Whether the character at `place` of the text as it was read stands in code."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


def word_around(text: str, start: int, end: int) -> str:
    """What stands between two blanks there, as far as that is no novel."""
    before, after = text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]
    head = before.rsplit(None, 1)[-1] if before and not before[-1].isspace() else ""
    tail = after.split(None, 1)[0] if after and not after[0].isspace() else ""
    return f"{head}{text[start:end]}{tail}"


def is_in_address(text: str, start: int, end: int) -> bool:
    """Whether what stands there is part of an address, or looks like one."""
    return _ADDRESS.search(word_around(text, start, end)) is not None


def is_mentioned(text: str, start: int, end: int) -> bool:
    """Whether the text speaks of these signs: in quoted words, or near words for such things."""
    if text[max(0, start - 1) : start] + text[end : end + 1] in _PAIRS:
        return True
    for opened, closed in _IN_QUOTES:
        if opened.search(text, max(0, start - _SHORT), start) and closed.match(text, end):
            return True
    near = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return any(_MENTION.search(side) for side in near)
