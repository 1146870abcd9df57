"""Keeps what the parser is given within bounds, so that no input makes it slow or hungry.

An HTML parser walks up its stack of open elements at every block, and opens every unclosed
emphasis again in every paragraph. 20,000 nested blocks cost it a second, growing with the square,
and 18 KB of unclosed emphasis become 20 MB. Small inputs cannot do much harm; for large ones, and
those with much emphasis that carries attributes, the tags are told over one by one: nesting stays
shallow, emphasis is opened again only so often, and only attributes of the table pass.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from hogarth.manuscript.markup.table import (
    ELEMENTS,
    GLOBAL_ATTRIBUTES,
    READ_ATTRIBUTES,
    SWALLOWED,
    VOID_MARKUP,
    Kind,
)

#: Below all of these a parser needs no help. Units: characters, tags, tags.
_LONG: Final = 200_000
_MANY_TAGS: Final = 5_000
_MANY_STYLED: Final = 150

#: Nesting that is kept, and how often in all emphasis may be opened again by new blocks.
_DEPTH: Final = 120
_EMPHASIS_DEPTH: Final = 30
_REOPENINGS: Final = 50_000

_STYLED: Final = re.compile(
    r"<(?:font|b|i|em|strong|u|s|small|big|code|tt|strike|nobr)[\s/]", re.IGNORECASE
)
_TOKEN: Final = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))"""  # a comment
    r"""|</?[A-Za-z](?:[^\s/>]*+)"""  # a tag and its attributes
    r"""(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+)*+"""
    r"""(?:>|\Z)"""
    r"""|<[!?/][^>]*>?"""  # what a parser takes for a comment
    r"""|<""",
    re.DOTALL,
)
_NAME: Final = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE: Final = re.compile(
    r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+"""
)
_PASSED: Final = GLOBAL_ATTRIBUTES.union(
    *READ_ATTRIBUTES.values(), *(element.attributes for element in ELEMENTS.values())
) - {"*"}
_RAW: Final = frozenset({"script", "style", "xmp", "noembed", "noframes", "plaintext"})
#: These cannot nest in themselves without one of the others between.
_SHALLOW: Final = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"} | {"rt", "rp"}
)
_EMPHASIS: Final = frozenset(
    name for name, element in ELEMENTS.items() if element.kind is Kind.INLINE
) - {"a", "rt", "rp", "ruby", "q", "bdo", "bdi"}


def bound(html: str) -> str:
    """The same HTML, or HTML that shows the same and costs a parser little."""
    if (
        len(html) <= _LONG
        and html.count("<") <= _MANY_TAGS
        and len(_STYLED.findall(html)) <= _MANY_STYLED
    ):
        return html
    teller = _Teller()
    written = teller.written
    unclosed: set[str] = set()
    place = 0
    while found := _TOKEN.search(html, place):
        written.append(html[place : found.start()])
        place = found.end()
        token = found[0]
        named = _NAME.match(token)
        if named is None:
            if token == "<":  # noqa: S105  a sign, no secret
                written.append("&lt;")
            continue
        name = named[1].lower()
        if token[1] == "/":
            teller.end(name)
        elif name in SWALLOWED:
            if name not in unclosed:
                place = _find_end(html, name, place)
                if place < 0:
                    unclosed.add(name)
                    place = len(html) if name in _RAW else found.end()
        elif token[-1] == ">":
            teller.start(name, token[named.end() : -1])
    written.append(html[place:])
    return "".join(written)


def _find_end(html: str, name: str, place: int) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])[^>]*>?", re.IGNORECASE).search(html, place)
    return found.end() if found else -1


class _Teller:
    """Tells the tags over, balanced and not too deep."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._open: list[str] = []
        self._emphasis = 0
        self._left_out: Counter[str] = Counter()
        self._reopenings = _REOPENINGS

    def start(self, name: str, attributes: str) -> None:
        element = ELEMENTS.get(name)
        if element is None:
            return
        emphasis = name in _EMPHASIS
        if name not in VOID_MARKUP and name not in _SHALLOW:
            if len(self._open) >= _DEPTH or (emphasis and self._emphasis >= _EMPHASIS_DEPTH):
                self._left_out[name] += 1
                return
            self._open.append(name)
            self._emphasis += emphasis
        if element.kind in (Kind.LEAF, Kind.BOX) and self._emphasis:
            self._reopenings -= self._emphasis
            if self._reopenings < 0:
                self._end_emphasis()
        self.written.append(f"<{name}{_tell_attributes(attributes)}>")

    def end(self, name: str) -> None:
        if name == "br" or name in _SHALLOW:
            self.written.append(f"</{name}>")
        elif self._left_out[name]:
            self._left_out[name] -= 1
        elif name in self._open:
            self._end_open(name)

    def _end_open(self, name: str) -> None:
        place = len(self._open) - 1 - self._open[::-1].index(name)
        inside = self._open[place + 1 :]
        if "table" in inside:
            return  # no end tag reaches out of a table
        for inner in reversed(inside):
            self.written.append(f"</{inner}>")
        self.written.append(f"</{name}>")
        del self._open[place:]
        self._emphasis -= (name in _EMPHASIS) + sum(inner in _EMPHASIS for inner in inside)
        if name in _EMPHASIS and all(inner in _EMPHASIS for inner in inside):
            for inner in inside:  # crossed tags: the inner one goes on
                self.start(inner, "")

    def _end_emphasis(self) -> None:
        """No more of it is opened again."""
        for name in [name for name in self._open if name in _EMPHASIS]:
            self.written.append(f"</{name}>")
        self._open = [name for name in self._open if name not in _EMPHASIS]
        self._emphasis = 0


def _tell_attributes(source: str) -> str:
    told: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(source):
        name = found[1].lower()
        if name in _PASSED:
            told.setdefault(name, found[2] or found[3] or found[4] or "")
    return "".join(f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in told.items())
