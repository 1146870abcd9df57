"""Numbers of lists and headings as word processors write them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_BULLETS_THAT_SPEAK: Final = re.compile(r"[-–—―‒]+")
_PLACEHOLDER: Final = re.compile(r"%([1-9])")

_ROMAN: Final = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip
_MOST: Final = 3_000


def write_number(number: int, kind: str) -> str:
    """The number in its kind of figures. Shape: `kind` as in DOCX, such as “lowerRoman”."""
    if kind == "none":
        return ""
    if kind in ("upperRoman", "lowerRoman") and 0 < number < _MOST:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman.upper() if kind == "upperRoman" else roman
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind == "upperLetter" else letter
    return str(number)


class Level(NamedTuple):
    """How items of one level are marked. Shape: `text` such as “%1.” or “•”."""

    kind: str
    text: str
    start: int


class Mark(NamedTuple):
    """What an item shows. Shape: `label` words that belong to the text, else ""."""

    ordered: bool
    level: int
    number: int
    label: str = ""
    hidden: bool = False


class Numbering:
    """The lists of a document, counted as its paragraphs come.

    Shape: `levels` of each kind of list; `lists` which kind each list is of; `starts` where a list
    begins anew at a level.
    """

    def __init__(
        self,
        levels: dict[str, dict[int, Level]],
        lists: dict[str, str],
        starts: dict[tuple[str, int], int] | None = None,
    ) -> None:
        self._levels, self._lists = levels, lists
        self._starts = dict(starts or {})
        self._counts: dict[str, dict[int, int]] = {}

    def mark(self, ident: str, level: int) -> Mark | None:
        """The mark of the next paragraph of the list, or None when it has none."""
        abstract = self._lists.get(ident)
        found = self._levels.get(abstract or "", {}).get(level)
        if abstract is None or found is None or ident == "0":
            return None
        counts = self._counts.setdefault(abstract, {})
        if (ident, level) in self._starts:
            # A list that begins anew does so once.
            counts[level] = self._starts.pop((ident, level)) - 1
        counts[level] = counts.get(level, found.start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if found.kind == "bullet":
            label = found.text if _BULLETS_THAT_SPEAK.fullmatch(found.text) else ""
            return Mark(False, level, 1, label)
        shown = self._show(abstract, found.text, counts)
        speaks = any(char.isalpha() for char in _PLACEHOLDER.sub("", found.text))
        return Mark(
            True, level, counts[level], shown if speaks or found.kind == "none" else "", not shown
        )

    def label(self, ident: str, level: int) -> str:
        """What stands before a heading: “Chapter 3:”, “IV.” or ""."""
        mark = self.mark(ident, level)
        abstract = self._lists.get(ident, "")
        found = self._levels.get(abstract, {}).get(level)
        if mark is None or found is None or found.kind == "bullet":
            return ""
        return self._show(abstract, found.text, self._counts[abstract])

    def _show(self, abstract: str, text: str, counts: dict[int, int]) -> str:
        levels = self._levels[abstract]

        def count(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            of = levels.get(level, Level("decimal", "", 1))
            return write_number(counts.get(level, of.start), of.kind)

        return _PLACEHOLDER.sub(count, text).strip()
