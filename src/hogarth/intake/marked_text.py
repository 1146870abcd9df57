"""From the marked text that tools make of pages, with signs for what was markup, to HTML.

It is Markdown as html2text writes it: “_so_”, “**so**”, “~~so~~”, “* * *”, “### heading”,
“> quoted”, two blanks at the end of a line for a break, and a backslash before signs that are
meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

_RULE: Final = re.compile(r"\s{0,3}(?:\*\s?){3,}\s*|\s{0,3}(?:-\s?){3,}\s*|\s{0,3}(?:_\s?){3,}\s*")
_HEADING: Final = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>\S.*)", re.DOTALL)
_ITEM: Final = re.compile(r"\s{1,12}(?P<mark>[*+-]|\d{1,4}\\?\.)\s+(?P<words>\S.*)")
_QUOTED: Final = re.compile(r"\s{0,3}>\s?")
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])")
#: Characters that stand for those that were escaped while the other signs are read.
_SAFE: Final = {sign: chr(0xE000 + place) for place, sign in enumerate("\\`*_{}[]()#+.!~>|-")}
_PLAIN: Final = str.maketrans({safe: sign for sign, safe in _SAFE.items()})
_PICTURE: Final = re.compile(
    r"!\[([^\[\]]{0,300})\]\(([^()\s]{1,1000})(?:\s+&quot;[^()]{0,200}&quot;)?\)"
)
_LINK: Final = re.compile(
    r"\[([^\[\]]{0,1000})\]\((&lt;)?([^()\s]{1,1000}?)(?:&gt;)?(?:\s+&quot;[^()]{0,200}&quot;)?\)"
)
_SPANS: Final = (
    (re.compile(r"\*\*(?=[^\s*])([^*]{1,3000}?)(?<=[^\s*])\*\*"), "b"),
    (re.compile(r"~~(?=[^\s~])([^~]{1,3000}?)(?<=[^\s~])~~"), "s"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,3000}?)(?<=[^\s_])_(?![\w_])"), "i"),
)
#: Units: levels. Deeper quotations are read as these.
_DEEPEST: Final = 8


def read_marked(lines: Sequence[str], depth: int = 0) -> str:
    """The HTML of the lines. Two breaks in a row part paragraphs, as they do on the page.

    Cost: one pass, and one more for each level of quotation.
    """
    html: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            html.append(_read_block(block, depth))
            block = []
    return "\n".join(html)


def _read_block(block: list[str], depth: int) -> str:
    if depth < _DEEPEST and all(_QUOTED.match(line) or not line.strip() for line in block):
        inner = [_QUOTED.sub("", line, 1) for line in block]
        return f"<blockquote>{read_marked(inner, depth + 1)}</blockquote>"
    first = block[0]
    if len(block) == 1 and _RULE.fullmatch(first):
        return "<hr>"
    heading = _HEADING.fullmatch(" ".join(line.strip() for line in block))
    if heading:
        level = len(heading["marks"])
        return f"<h{level}>{_read_spans(heading['words'])}</h{level}>"
    if _ITEM.match(first):
        return _read_items(block)
    return f"<p>{_read_spans(_join(block))}</p>"


def _read_items(block: Sequence[str]) -> str:
    items: list[list[str]] = []
    kind = "ul"
    for line in block:
        found = _ITEM.match(line)
        if found:
            kind = "ol" if found["mark"][0].isdigit() else kind
            items.append([found["words"]])
        else:
            items[-1].append(line)
    return f"<{kind}>{''.join(f'<li>{_read_spans(_join(item))}</li>' for item in items)}</{kind}>"


def _join(lines: Sequence[str]) -> str:
    """One line of those that were wrapped, newlines where the text has breaks."""
    joined = ""
    for place, line in enumerate(lines):
        joined += line.strip()
        if place + 1 < len(lines):
            joined += "\n" if line.endswith("  ") else " "
    return joined.strip("\n")


def _read_spans(text: str) -> str:
    held = _ESCAPED.sub(lambda found: _SAFE[found[1]], text)
    held = escape(held, quote=False).replace('"', "&quot;")
    held = _PICTURE.sub(r'<img src="\2" alt="\1">', held)
    held = _LINK.sub(r'<a href="\3">\1</a>', held)
    for pattern, tag in _SPANS:
        held = pattern.sub(rf"<{tag}>\1</{tag}>", held)
    return held.translate(_PLAIN).replace("\n", "<br>")
