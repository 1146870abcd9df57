"""Pages whose elements are nested too deeply, flattened before they are parsed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Final

#: A parser's time grows with the square of the depth; below this many tags it cannot matter.
_FEW_TAGS: Final = 5_000

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)(>?)")

_VOID_LINE: Final = (
    "area base br col embed hr img input link meta param source track wbr html head body"
)
_VOID: Final = frozenset(_VOID_LINE.split())

#: Elements that close when the next of their kind opens, and with them what is open inside.
_CLOSED_BY_NEXT_LINE: Final = "p li dt dd option optgroup tr td th thead tbody tfoot rt rp"
_CLOSED_BY_NEXT: Final = frozenset(_CLOSED_BY_NEXT_LINE.split())

#: Elements that a parser opens again in the next block when they were left open.
_FORMATTING_LINE: Final = "a b big code em font i nobr s small strike strong tt u"
_FORMATTING: Final = frozenset(_FORMATTING_LINE.split())
#: Of the same element with the same attributes it opens no more than these again.
_REOPENED: Final = 3
_MOST_REOPENED: Final = 60
#: They nest without harm ten times deeper than blocks, as in pages that close nothing.
_HARMLESS: Final = 10


def flatten(text: str, limit: int) -> str:
    """The page without the tags of elements nested deeper than `limit`; their text stays.

    Costs a scan of the tags, and that only in pages of more than a few thousand.
    """
    if text.count("<") < _FEW_TAGS:
        return text
    nesting = _Nesting(limit)
    if all(nesting.keeps(*found) for found in _TAG.findall(text)):
        return text
    nesting = _Nesting(limit)
    return _TAG.sub(lambda found: found[0] if nesting.keeps(*found.groups()) else "", text)


class _Nesting:
    """How many elements are open, as far as tags alone can tell."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._blocks = 0
        self._dropped = 0
        self._inline = 0
        # Formatting elements left open, by name and as a whole, and how many open again.
        self._open: defaultdict[str, list[str]] = defaultdict(list)
        self._alike: Counter[str] = Counter()
        self._again = 0

    def keeps(self, closing: str, name: str, rest: str, _end: str) -> bool:
        """Whether the tag stays."""
        name = name.lower()
        if name in _VOID or rest.endswith("/"):
            return True
        if name in _FORMATTING:
            return self._keeps_formatting(bool(closing), name, rest)
        if name in _CLOSED_BY_NEXT:
            self._inline = min(self._inline, self._again)
            return True
        if closing:
            if self._dropped:
                self._dropped -= 1
                return False
            self._blocks = max(0, self._blocks - 1)
            return True
        if self._blocks >= self._limit:
            self._dropped += 1
            return False
        self._blocks += 1
        return True

    def _keeps_formatting(self, closing: bool, name: str, rest: str) -> bool:
        if closing:
            self._inline = max(0, self._inline - 1)
            self._close(name)
            return True
        if self._inline >= _HARMLESS * self._limit or self._again >= _MOST_REOPENED:
            return False
        if name == "a":  # one link closes the one before
            self._close(name)
        self._inline += 1
        whole = name + rest
        self._open[name].append(whole)
        self._alike[whole] += 1
        self._again += self._alike[whole] <= _REOPENED
        return True

    def _close(self, name: str) -> None:
        if self._open[name]:
            whole = self._open[name].pop()
            self._again -= self._alike[whole] <= _REOPENED
            self._alike[whole] -= 1
