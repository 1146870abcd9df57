"""Text whose form is agreed: paragraphs between empty lines, wrapped, with marks for emphasis.

Lines are joined here because the format says that they were one; in text of which nobody knows who
broke its lines, joining them is a repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

_INDENT: Final = re.compile(r"[ \t]{2,}\S|\t")
#: “_so_”: a mark that opens before a word and closes after one, the line ends between included.
_ITALIC: Final = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])_(?![\w_])", re.DOTALL)
#: The share of indented lines above which a paragraph is verse or a list, and keeps its lines.
_VERSE: Final = 0.6
#: Units: characters. Lines that are all shorter were not wrapped: verse, lists, letterheads.
_NARROW: Final = 50


def join_paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs. Lines of one are joined, but for verse, which is indented.

    Shape: a newline in a paragraph is a line that the text has.
    """
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield _join(block)
            block = []


def _join(block: Sequence[str]) -> str:
    indented = sum(1 for line in block if _INDENT.match(line))
    # The first line alone may be indented where writers part paragraphs twice.
    verse = len(block) > 1 and indented > 1 and indented >= _VERSE * len(block)
    verse = verse or (len(block) > 1 and max(map(len, block)) < _NARROW)
    return ("\n" if verse else " ").join(line.strip() for line in block)


def print_italics(paragraph: str) -> str:
    """The paragraph in HTML, words between underscores in italics."""
    marked = _ITALIC.sub(r"<em>\1</em>", escape(paragraph, quote=False))
    return f"<p>{marked.replace(chr(10), '<br>')}</p>"
