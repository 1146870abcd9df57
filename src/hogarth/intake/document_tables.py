"""Tables of documents: rows of cells that hold blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hogarth.intake.blocks import Block, drop_usual_blanks, print_blocks


class Cell(NamedTuple):
    """Shape: `span` over how many columns it goes."""

    blocks: list[Block]
    span: int = 1


def lay_table(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """The table as one block. One that has a single cell frames a text, and is just that text."""
    filled = [row for row in rows if any(not _is_empty(cell) for cell in row)]
    if not filled:
        return []
    if all(len(row) == 1 for row in filled) and len(filled) == 1:
        return filled[0][0].blocks
    printed = "".join(f"<tr>{''.join(map(_print_cell, row))}</tr>" for row in filled)
    runs = [run for row in filled for cell in row for block in cell.blocks for run in block.runs]
    return [Block(runs, html=f"<table>{printed}</table>")]


def _is_empty(cell: Cell) -> bool:
    return all(block.is_blank for block in cell.blocks)


def _print_cell(cell: Cell) -> str:
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    return f"<td{span}>{print_blocks(drop_usual_blanks(cell.blocks))}</td>"
