"""The running text of an RTF: paragraphs, cells, notes, as they end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.blocks import Block, Item, Note, Role, refer_to_note
from hogarth.intake.document_tables import Cell, lay_table
from hogarth.intake.odt_styles import speaks
from hogarth.intake.rtf_state import ParagraphSetting
from hogarth.intake.runs import Run, Style, is_blank

_NUMBERED: Final = re.compile(r"\(?(\d{1,5})[.)]")
_BULLETS: Final = frozenset("•·●○◦▪■□◆➢✓*o§\uf0b7\u00b7")
_HEADING: Final = re.compile(r"heading ?([1-9])")
_CONTENTS: Final = re.compile(r"toc ?(?:heading|[1-9])|contents(?: heading| [1-9])")
_ROLES: Final[dict[str, Role]] = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "quote": "quote",
    "intense quote": "quote",
    "quotations": "quote",
    "block text": "quote",
}


@dataclass(slots=True)
class _Sink:
    """Where blocks go, and what is not yet one. Shape: `row_open` between its start and end."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    row_open: bool = False
    label: str = ""


class Flow:
    """The text as far as it was told. Shape: `styles` the names of paragraph styles by number."""

    def __init__(self) -> None:
        self.notes: dict[str, Note] = {}
        self.styles: dict[int, str] = {}
        self._sinks = [_Sink()]
        self._open_notes: list[str] = []

    def put(self, text: str, style: Style, html: str = "", note: str = "") -> None:
        if text or html:
            self._sinks[-1].runs.append(Run(text, style, html, note))

    def mark(self, label: str) -> None:
        """What stands before the next paragraph: a bullet or a number."""
        self._sinks[-1].label = label.strip()

    # --- paragraphs -----------------------------------------------------------------------------

    def end_paragraph(self, setting: ParagraphSetting) -> None:
        sink = self._sinks[-1]
        block = self._make_block(setting)
        if setting.in_table or sink.row_open:
            sink.cell += block
        else:
            self._end_table()
            sink.blocks += block

    def end_line(self, setting: ParagraphSetting) -> None:
        """The paragraph ends where a page or a section does, if it has begun."""
        if not is_blank(self._sinks[-1].runs):
            self.end_paragraph(setting)

    def _make_block(self, setting: ParagraphSetting) -> list[Block]:
        sink = self._sinks[-1]
        runs, label = sink.runs, sink.label
        sink.runs, sink.label = [], ""
        name = self.styles.get(setting.style, "")
        if _CONTENTS.fullmatch(name):
            return []
        found = _HEADING.fullmatch(name)
        role = _ROLES.get(name, "")
        blank = is_blank(runs)
        rank = 0 if blank else setting.rank or (min(int(found[1]), 6) if found else 0)
        if rank or role == "title":
            runs = [run._replace(style=run.style._replace(bold=False)) for run in runs]
        block = Block(
            runs,
            rank=rank,
            role=role,
            align=setting.align if setting.align == "center" or not setting.rtl else "",
            rtl=setting.rtl,
            new_page=setting.new_page,
        )
        if label and not blank:
            _mark(block, label, setting.level)
        return [block]

    # --- tables ---------------------------------------------------------------------------------

    def start_row(self) -> None:
        self._sinks[-1].row_open = True

    def end_cell(self, setting: ParagraphSetting) -> None:
        sink = self._sinks[-1]
        if sink.runs or not sink.cell:
            sink.cell += self._make_block(setting)
        sink.row.append(Cell(sink.cell))
        sink.cell = []

    def end_row(self) -> None:
        sink = self._sinks[-1]
        if sink.cell:
            sink.row.append(Cell(sink.cell))
        if sink.row:
            sink.rows.append(sink.row)
        sink.cell, sink.row, sink.row_open = [], [], False

    def _end_table(self) -> None:
        sink = self._sinks[-1]
        if sink.rows or sink.row or sink.cell:
            self.end_row()
            sink.blocks += lay_table(sink.rows)
            sink.rows = []

    # --- notes and boxes ------------------------------------------------------------------------

    def start_note(self, style: Style) -> None:
        """A note that stands right behind the place that it belongs to."""
        key = f"n{len(self.notes) + len(self._open_notes) + 1}"
        reference = refer_to_note(key, key[1:])
        plain = style._replace(raised="", href="")
        self._sinks[-1].runs.append(reference._replace(style=plain))
        self._open_notes.append(key)
        self.start_box()

    def end_note(self) -> None:
        if self._open_notes:
            key = self._open_notes.pop()
            self.notes[key] = Note(key[1:], self._end_sink())

    def start_box(self) -> None:
        self._sinks.append(_Sink())

    def end_box(self) -> None:
        """The text of a box stands above the paragraph that it hangs on."""
        blocks = [block for block in self._end_sink() if not block.is_blank]
        sink = self._sinks[-1]
        if sink.row_open or sink.row or sink.cell:
            sink.cell += blocks
        else:
            self._end_table()
            sink.blocks += blocks

    def finish(self) -> list[Block]:
        """All blocks, whatever is still open."""
        while len(self._sinks) > 1:
            self.end_note() if self._open_notes else self.end_box()
        return self._end_sink()

    def _end_sink(self) -> list[Block]:
        sink = self._sinks[-1]
        if sink.runs:
            self.end_paragraph(ParagraphSetting())
        self._end_table()
        if len(self._sinks) > 1:
            self._sinks.pop()
        return sink.blocks


def _mark(block: Block, label: str, level: int) -> None:
    """Make the block an item, or write the label before its words where it belongs to them."""
    numbered = _NUMBERED.fullmatch(label)
    if block.rank or speaks(label):
        block.runs.insert(0, Run(f"{label} "))
    elif numbered:
        block.item = Item(True, level, int(numbered[1]))
    elif label in _BULLETS or not any(char.isalnum() for char in label):
        block.item = Item(False, level)
    else:
        block.runs.insert(0, Run(f"{label} "))
