"""The blocks of a document, paragraphs above all, and the HTML of a row of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median_low
from typing import Final, Literal, NamedTuple

from hogarth.intake.prose import SPACER
from hogarth.intake.runs import Run, is_blank, print_runs, text_of_runs

Role = Literal["", "title", "subtitle", "author", "quote", "left-out"]

RULE: Final = "<hr>"
_DEEPEST_LIST: Final = 8
#: Empty paragraphs after so many of the others are how the writer sets paragraphs apart.
_USUAL_SHARE: Final = 0.6
_FEWEST_GAPS: Final = 3


class Item(NamedTuple):
    """A place in a list. Shape: `level` counts from 0; `number` of an ordered item."""

    ordered: bool = False
    level: int = 0
    number: int = 1


@dataclass(slots=True)
class Block:
    """A paragraph, or what stands in its place.

    Shape: `rank` 1 to 6 of a heading, else 0; `align` "center", "right" or ""; `html` a table or
    a rule, which has no runs.
    """

    runs: list[Run] = field(default_factory=list)
    rank: int = 0
    role: Role = ""
    align: str = ""
    rtl: bool = False
    item: Item | None = None
    html: str = ""
    new_page: bool = False

    @property
    def text(self) -> str:
        return text_of_runs(self.runs).strip()

    @property
    def line(self) -> str:
        """The words on one line."""
        return " ".join(text_of_runs(self.runs).split())

    @property
    def is_blank(self) -> bool:
        return not self.html and is_blank(self.runs)


class Note(NamedTuple):
    """A footnote or endnote. Shape: `label` as printed in the text."""

    label: str
    blocks: list[Block]


def refer_to_note(key: str, label: str) -> Run:
    """The sign in the text that leads to the note."""
    return Run("", html=f'<sup><a id="ref-{key}" href="#note-{key}">{label}</a></sup>', note=key)


def drop_usual_blanks(blocks: Sequence[Block]) -> list[Block]:
    """Without the empty paragraphs that stand between all paragraphs; wider gaps stay gaps.

    At most one empty paragraph is left in a row, and none at either end.
    """
    gaps = [gap for gap, _ in _gaps(blocks)][1:]
    filled = [gap for gap in gaps if gap]
    usual = 0
    if len(gaps) >= _FEWEST_GAPS and len(filled) >= _USUAL_SHARE * len(gaps):
        usual = median_low(filled)
    kept: list[Block] = []
    for gap, block in _gaps(blocks):
        if kept and gap > usual:
            kept.append(Block())
        kept.append(block)
    return kept


def _gaps(blocks: Iterable[Block]) -> Iterator[tuple[int, Block]]:
    """Each block that says something, with the number of empty ones before it."""
    gap = 0
    for block in blocks:
        if block.is_blank:
            gap += 1
        else:
            yield gap, block
            gap = 0


def print_blocks(blocks: Sequence[Block]) -> str:
    """The blocks as HTML, list items in their lists."""
    parts: list[str] = []
    lists: list[Item] = []
    quoted = False
    for block in blocks:
        if block.item is None:
            _close_lists(parts, lists, 0)
        if quoted != (block.role == "quote"):
            quoted = not quoted
            parts.append("<blockquote>" if quoted else "</blockquote>")
        if block.item is not None:
            _open_item(parts, lists, block.item)
        parts.append(print_block(block))
    _close_lists(parts, lists, 0)
    if quoted:
        parts.append("</blockquote>")
    return "\n".join(parts)


def print_block(block: Block, ident: str = "", before: str = "") -> str:
    """One block. Shape: `ident` its id; `before` HTML that goes before its words."""
    if block.html:
        return block.html
    if block.is_blank and not before:
        return SPACER
    name = f"h{block.rank}" if block.rank else "p"
    attributes = f' align="{block.align}"' if block.align else ""
    if block.rtl:
        attributes += ' dir="rtl"'
    if ident:
        attributes += f' id="{ident}"'
    return f"<{name}{attributes}>{before}{print_runs(block.runs)}</{name}>"


def print_notes(notes: Iterable[tuple[str, Note]]) -> str:
    """The notes below a text, each with the way back to its place. Shape: (key, note)."""
    parts = []
    for key, note in notes:
        first, *rest = [block for block in note.blocks if not block.is_blank] or [Block()]
        back = f'<a href="#ref-{key}">{note.label}</a> '
        parts.append(print_block(first, f"note-{key}", back))
        parts.extend(map(print_block, rest))
    return "\n".join(['<div class="notes">', *parts, "</div>"]) if parts else ""


def _open_item(parts: list[str], lists: list[Item], item: Item) -> None:
    depth = min(item.level, _DEEPEST_LIST, len(lists)) + 1
    _close_lists(parts, lists, depth)
    if len(lists) == depth:
        if lists[-1].ordered == item.ordered:
            parts.append("</li><li>")
            return
        _close_lists(parts, lists, depth - 1)
    start = f' start="{item.number}"' if item.ordered and item.number != 1 else ""
    parts.append(f"<ol{start}><li>" if item.ordered else "<ul><li>")
    lists.append(item)


def _close_lists(parts: list[str], lists: list[Item], depth: int) -> None:
    while len(lists) > depth:
        parts.append("</li></ol>" if lists.pop().ordered else "</li></ul>")
