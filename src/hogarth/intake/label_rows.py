"""Labelled facts in the markup of a title page, in each of the forms that tools give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import chain, islice
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import children, inner_of, text_of
from hogarth.intake.labels import read_label

_LONGEST: Final = 4_000
#: Units: characters.
_LONGEST_LABEL: Final = 40
#: A page has no more rows than these, and a row no more values; what has more is a table in a text.
_MOST_ROWS: Final = 200
_BLOCKS: Final = "p, li, h1, h2, h3, h4, h5, h6, blockquote, dd, td, div"
_BOLD_TAGS: Final = frozenset({"b", "strong", "span", "u", "em", "i"})
_BOLD: Final = ", ".join(sorted(_BOLD_TAGS))
#: Values of these go on over several lines.
_PROSE: Final = frozenset({"summary", "notes"})
_BR: Final = re.compile(r"<br[^<>]{0,20}>", re.IGNORECASE)


class Row(NamedTuple):
    """One labelled fact. Shape: `html` the markup of the value, `line` its words."""

    label: str
    line: str
    html: str


def read_rows(body: LexborNode) -> list[Row]:
    """Each label of the page with its value, once, in the order of the forms they have."""
    forms = (_defined, _in_cells, _under_headings, _after_bold, _in_lines)
    found = islice(chain.from_iterable(form(body) for form in forms), _MOST_ROWS)
    return list({(row.label, row.line): row for row in found if row.line}.values())


def first_lines(body: LexborNode, most: int) -> list[str]:
    """The first lines of a page, headings or not."""
    lines = (line for block in _leaves(body, _BLOCKS) for line in _lines_of(block))
    return list(islice(lines, most))


def _defined(body: LexborNode) -> Iterator[Row]:
    """Terms of a list and what they mean."""
    for term in body.css("dt"):
        told = term.next
        while told is not None and told.tag != "dd":
            told = told.next if told.tag != "dt" else None
        if told is not None:
            yield _row(text_of(term), told)


def _in_cells(body: LexborNode) -> Iterator[Row]:
    """Rows of a table with two cells."""
    for row in body.css("tr"):
        cells = [cell for cell in children(row) if cell.tag in ("td", "th")]
        if len(cells) == 2 and 0 < len(text_of(cells[0])) <= _LONGEST_LABEL:
            yield _row(text_of(cells[0]), cells[1])


def _under_headings(body: LexborNode) -> Iterator[Row]:
    """A heading that is a label, and the block below it."""
    for heading in body.css("h2, h3, h4, h5, h6"):
        told = heading.next
        while told is not None and not told.is_element_node:
            told = told.next
        if told is not None and told.tag in ("blockquote", "p", "div"):
            label = _bold_label(heading)
            if label:
                yield _row(label, told)


def _after_bold(body: LexborNode) -> Iterator[Row]:
    """A label in bold and what follows it, up to the next one."""
    for inner in _leaves(body, _BOLD):
        label = _bold_label(inner)
        if label:
            yield _value_after(label, _outermost(inner))


def _in_lines(body: LexborNode) -> Iterator[Row]:
    """Lines that begin with a label. Where that is bold they have been read."""
    for block in _leaves(body, f"{_BLOCKS}, dl, table"):
        if any(_bold_label(node) for node in children(block) if node.tag in _BOLD_TAGS):
            continue
        for line in _lines_of(block):
            read = read_label(line)
            if read is not None:
                yield Row(read.label, read.value, escape(read.value, quote=False))


def _row(label: str, told: LexborNode) -> Row:
    items = [text_of(item) for item in told.css("li")[:_MOST_ROWS]]
    line = ", ".join(filter(None, items)) if items else text_of(told)
    return Row(label.strip().rstrip(":").strip(), line, inner_of(told))


def _bold_label(bold: LexborNode) -> str:
    """The label that the element is, its colon inside or right after it, or ""."""
    text = text_of(bold)
    if not text or len(text) > _LONGEST_LABEL:
        return ""
    if text.endswith(":"):
        return text.rstrip(": ")
    after = bold.next
    return text if after is not None and after.text().lstrip().startswith(":") else ""


def _value_after(label: str, bold: LexborNode) -> Row:
    """What follows the label up to the next one, or to the end of the line where it is no prose."""
    read = read_label(f"{label}: x")
    prose = read is not None and read.field in _PROSE
    html, words = "", ""
    node = bold.next
    while node is not None:
        if node.tag == "br" and not prose and words.strip(" :"):
            break
        if node.tag in _BOLD_TAGS and _bold_label(node):
            break
        html += node.html or ""
        words += f" {node.text()}"
        node = node.next
    return Row(label, " ".join(words.split()).lstrip(": "), html.lstrip(": \n\r\t"))


def _outermost(bold: LexborNode) -> LexborNode:
    """The element that is bold twice, as a whole."""
    while bold.next is None and bold.parent is not None and bold.parent.tag in _BOLD_TAGS:
        bold = bold.parent
    return bold


def _leaves(body: LexborNode, selector: str) -> list[LexborNode]:
    """The elements that hold no other of these.

    Cost: one step an element, however deep they lie.
    """
    found = body.css(selector)
    holding: set[int] = set()
    for node in found:
        above = node.parent
        while above is not None and above.mem_id not in holding:
            holding.add(above.mem_id)
            above = above.parent
    return [node for node in found if node.mem_id not in holding]


def _lines_of(block: LexborNode) -> list[str]:
    """The lines of a block, which `br` parts."""
    lines = _BR.split(inner_of(block)[: 4 * _LONGEST])
    texts = (LexborHTMLParser(line).text() if "<" in line else unescape(line) for line in lines)
    return [line for line in (" ".join(text.split()) for text in texts) if line]
