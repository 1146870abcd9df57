"""From the element that holds the text of a page to canonical HTML."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import inner_of
from hogarth.intake.facts import Facts, state
from hogarth.intake.layout import Kind, lay_out
from hogarth.intake.page_leaves import LEAF, join_cells, lines_of
from hogarth.intake.page_lines import read_row, strip_mail
from hogarth.intake.page_style import Style, write_out
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.prose import print_paragraphs
from hogarth.manuscript import clean

#: A pre that holds so much of the words holds a plain text.
_SHARE: Final = 0.7
_BLOCKS: Final = "p, div, br, blockquote, table, ul, h1, h2, h3"
_EMPHASIS: Final = "b, i, em, strong, u, img"
#: No text holds control characters, so no text holds this.
_MARK: Final = "\x01text\x01"
#: Units: characters above a text in which facts are looked for.
_ABOVE: Final = 40_000
_FEWEST_ROWS: Final = 2


def find_plain_lines(node: LexborNode) -> list[str] | None:
    """The lines of a text file that the element shows, or None when there is markup in it."""
    pre = _plain_text(node)
    if pre is None or pre.css_first(_EMPHASIS) is not None:
        return None
    return _lines_of(pre)


def print_text(node: LexborNode, style: Style, pictures: Pictures) -> tuple[str, Kind | None]:
    """Canonical HTML of the element, and how a plain text in it marked its paragraphs.

    Shape: the pictures written into the page are kept in `pictures`.
    """
    pre = _plain_text(node)
    if pre is not None:
        return _print_plain(pre)
    write_out(node, style)
    keep_inline_pictures(node, pictures)
    return clean(inner_of(node)), None


def read_facts_above(page: LexborHTMLParser, node: LexborNode) -> Facts:
    """What labelled lines above the text state, where there are at least two.

    Shape: the page keeps a mark above the text, in no element of it.
    """
    facts = Facts()
    body = page.body
    if body is None or node.mem_id == body.mem_id:
        return facts
    node.insert_before(_MARK)
    above = join_cells(clean(inner_of(body).partition(_MARK)[0][-_ABOVE:]))
    rows = [
        row for leaf in LEAF.finditer(above) for line in lines_of(leaf) if (row := read_row(line))
    ]
    told = [row for row in rows if row.field and row.value]
    if sum(row.field != "aside" for row in told) >= _FEWEST_ROWS:
        state(facts, told, asides=True)
        strip_mail(facts)
    return facts


def _plain_text(node: LexborNode) -> LexborNode | None:
    """The pre with a plain text that is all of the element, or nearly."""
    found = [node] if node.tag == "pre" else node.css("pre")
    if not found:
        return None
    longest = max(found, key=lambda pre: len(pre.text()))
    if longest.css_first(_BLOCKS) is not None:
        return None
    return longest if len(longest.text()) >= _SHARE * len(node.text()) else None


def _print_plain(pre: LexborNode) -> tuple[str, Kind]:
    layout = lay_out(_lines_of(pre))
    if layout.kind == "blank-lines" and pre.css_first(_EMPHASIS) is not None:
        return clean(inner_of(pre), newlines="break"), layout.kind
    return print_paragraphs(layout.paragraphs), layout.kind


def _lines_of(pre: LexborNode) -> list[str]:
    return pre.text().replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
