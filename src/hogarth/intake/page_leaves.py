"""The leaf blocks of canonical HTML, their lines, and cutting between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

LEAF: Final = re.compile(
    r"<(?P<tag>p|h[1-6]|li|td|th|dt|dd|pre|caption|figcaption|summary|address)(?: [^<>]*)?>"
    r"(?P<inner>[^<]*(?:<(?!/?(?:p|h[1-6]|li|td|th|dt|dd|pre|ul|ol|dl|div|blockquote|table|tbody"
    r"|thead|tfoot|tr|figure|details|caption|figcaption|summary|address|hr)[ />])[^<]*)*)"
    r"</(?P=tag)>|<hr(?: [^<>]*)?/>"
)
BREAK: Final = "<br/>"
_INLINE: Final = r"(?:b|i|u|em|strong|span)"
_LABEL_CELL: Final = re.compile(
    rf"<t(?P<kind>[dh])(?: [^<>]*)?>(?P<above><p(?: [^<>]*)?>)?"
    rf"(?P<label>(?:<{_INLINE}(?: [^<>]*)?>){{0,3}}[^<>:]{{2,30}}:?\s?(?:</{_INLINE}>:?){{0,3}})"
    r"(?(above)</p>)</t(?P=kind)>\s*<td(?: [^<>]*)?>(?P<open><p(?: [^<>]*)?>)?"
)
#: A head is looked for in so many blocks and lines.
_MOST_BLOCKS: Final = 60
_MOST_LINES: Final = 120
#: Units: characters, cells.
_TOP: Final = 20_000
_FEWEST_CELLS: Final = 2
_TAG: Final = re.compile(r"<[^<>]*>")
_OPEN_OR_CLOSE: Final = re.compile(r"<(/?)([a-z0-9]+)((?: [^<>]*)?)>")
_STARTS_LEAF: Final = re.compile(r"<(?:p|h[1-6]|li|td|th|dt|dd)[ >]")

#: Units: characters that are looked back for the beginning of a leaf.
_LONGEST_LEAF: Final = 100_000


class Line(NamedTuple):
    """Shape: `block` counts the leaf blocks; `start` and `end` are the line's place in the HTML."""

    text: str
    html: str
    tag: str
    block: int
    start: int
    end: int


def text_in(html: str) -> str:
    """The words of a piece of canonical HTML on one line."""
    return " ".join(unescape(_TAG.sub("", html)).split())


def without_tags(html: str) -> str:
    return unescape(_TAG.sub("", html))


def lines_of(found: re.Match[str], block: int = 0) -> Iterator[Line]:
    """The lines of a leaf. A rule is a line without words, a pre is one line."""
    tag = found["tag"] or "hr"
    if tag in ("hr", "pre"):
        text = text_in(found["inner"]) if tag == "pre" else ""
        yield Line(text, found[0], tag, block, found.start(), found.end())
        return
    place = found.start("inner")
    for piece in found["inner"].split(BREAK):
        yield Line(text_in(piece), piece, tag, block, place, place + len(piece))
        place += len(piece) + len(BREAK)


def whole_line(found: re.Match[str], block: int = 0) -> Line:
    """The leaf as one line, however many it is broken into."""
    lines = list(lines_of(found, block))
    text = " ".join(line.text for line in lines if line.text)
    html = " ".join(line.html for line in lines)
    return lines[-1]._replace(text=text, html=html, start=lines[0].start)


def first_lines(html: str) -> list[Line]:
    lines: list[Line] = []
    for block, found in enumerate(LEAF.finditer(html)):
        if block >= _MOST_BLOCKS or len(lines) >= _MOST_LINES:
            break
        heading = (found["tag"] or "")[:1] == "h" and found["tag"] != "hr"
        lines += [whole_line(found, block)] if heading else lines_of(found, block)
    return lines


def join_cells(html: str) -> str:
    """With “Title:” and what it labels in one cell, where a table at the top holds them in two."""
    top = html[:_TOP]
    if len(_LABEL_CELL.findall(top)) < _FEWEST_CELLS:
        return html
    return _LABEL_CELL.sub(_join_cell, top) + html[_TOP:]


def _join_cell(found: re.Match[str]) -> str:
    if not text_in(found["label"]).endswith(":"):
        if found["kind"] == "d":
            return found[0]
        return f"<td>{found['open'] or ''}{found['label']}: "
    return f"<td>{found['open'] or ''}{found['label']} "


def rest_after(html: str, line: Line, end: int | None = None) -> str:
    """The HTML after the line, with the tags that are open there. Shape: to be cleaned."""
    if line.tag in ("hr", "pre"):
        return html[line.end : end]
    if html.startswith(BREAK, line.end):
        return _open_tags(html, line.end) + html[line.end + len(BREAK) : end]
    return html[html.index(">", line.end) + 1 : end]


def _open_tags(html: str, end: int) -> str:
    """The tags that are open at a place, from the leaf on that it is in."""
    leaf = start = max(0, end - _LONGEST_LEAF)
    for found in _STARTS_LEAF.finditer(html, start, end):
        leaf = found.start()
    opened: list[tuple[str, str]] = []
    for found in _OPEN_OR_CLOSE.finditer(html, leaf, end):
        if found[3].endswith("/"):
            continue
        if not found[1]:
            opened.append((found[2], found[0]))
        elif opened and opened[-1][0] == found[2]:
            opened.pop()
    return "".join(tag for _, tag in opened)
