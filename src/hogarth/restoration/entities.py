"""Entities that were written out once too often, or without their end: &amp;quot; and &#8217.

What they stand for may itself have been read in the wrong encoding (&acirc;&euro;&trade;), so that
a run of entities is turned back in one repair, with the characters around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import name2codepoint
from typing import Final

from hogarth.restoration.drafts import Draft
from hogarth.restoration.guarded import Guarded, is_in_address, is_mentioned
from hogarth.restoration.mojibake import BYTES, RUN, is_plausible, is_strange, mend
from hogarth.restoration.repairs import Repair

#: Names that also mean other things between an ampersand and a semicolon, or are formulas.
_SIGNS: Final = (
    "quot amp apos lt gt nbsp iexcl iquest laquo raquo ldquo rdquo lsquo rsquo sbquo bdquo lsaquo "
    "rsaquo ndash mdash hellip bull middot deg trade copy reg euro pound cent yen sect para dagger "
    "frac12 frac14 frac34 oelig OElig scaron Scaron Yuml ordf ordm acute uml cedil macr brvbar "
    "plusmn times sup1 sup2 sup3 micro not curren fnof circ tilde permil shy zwnj zwj ensp emsp "
    "thinsp hearts"
)
_LETTERS: Final = [
    name
    for name, code in name2codepoint.items()
    if 0xC0 <= code <= 0xFF and code not in (0xD7, 0xF7)
]
_NAMED: Final = "|".join([*_SIGNS.split(), *_LETTERS])
#: The body of an entity, with its semicolon or, where that is sure, without.
_ENTITY: Final = re.compile(
    rf"&(?:amp;){{0,4}}(#(?:\d{{2,6}}|[xX][0-9a-fA-F]{{2,5}})(?:;|(?![\w;]))"
    rf"|#82(?:1[1-9]|2[0-69]|30)(?!\d)|(?:{_NAMED});|nbsp|hellip|[mn]dash|[lr][sd]quo|quot(?![a-z;]))"
)
_BEYOND: Final = re.compile(f"[{re.escape(''.join(BYTES))}]*")
_SURE: Final = 0.98
_GUESSED: Final = 0.6
#: So many in a chapter are damage, not talk of entities.
_QUOTED: Final = 3
#: Tags that are shown as text are better asked about. Units: characters.
_TAG: Final = re.compile(r"&lt;/?[a-z]")
_TAG_END: Final = re.compile(r"(?:&lt;|<)/?[a-z][^&<>\n]*\Z")
_LONGEST_TAG: Final = 100


def find_entities(draft: Draft) -> Iterator[Repair]:
    """Entities in the words of the text, each run of them with what it stands for."""
    text = draft.text
    if "&" not in text:
        return
    found = list(_ENTITY.finditer(text))
    if not found:
        return
    guarded = Guarded(draft)
    for start, end in _find_runs(text, found):
        after = _read(text[start:end])
        if is_in_address(text, start, end) or guarded.holds(draft.locate(start, end)[0]):
            continue
        if not all(map(is_plausible, after)):
            continue
        # What stood beside the entities, and is as it was, is no part of the repair.
        while after and text[start] == after[0] > "\x7f":
            start, after = start + 1, after[1:]
        while after and text[end - 1] == after[-1] > "\x7f":
            end, after = end - 1, after[:-1]
        few = len(found) <= _QUOTED and is_mentioned(text, start, end)
        tag = _TAG.match(text, start) or _TAG_END.search(text, max(0, start - _LONGEST_TAG), start)
        certainty = _GUESSED if few or tag else _SURE
        group = "tags" if tag else ""
        yield draft.propose("e-entity", "replace", start, end, after, certainty, group=group)


def _find_runs(text: str, found: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Entities with those that follow at once, and the characters beyond ASCII around them."""
    start = end = -1
    for entity in found:
        if entity.start() != end:
            if end >= 0:
                yield start, end
            start, least = entity.start(), max(end, 0)
            while start > least and text[start - 1] in BYTES:
                start -= 1
        beyond = _BEYOND.match(text, entity.end())
        end = beyond.end() if beyond else entity.end()
    if end >= 0:
        yield start, end


def _read(run: str) -> str:
    """What a run of entities stands for."""
    return RUN.sub(_mend, _ENTITY.sub(lambda found: unescape(f"&{found[1].rstrip(';')};"), run))


def _mend(found: re.Match[str]) -> str:
    mended = mend(found[0]) if is_strange(found[0]) else None
    return mended.text if mended else found[0]
