"""The text in a cell of a table: one piece, paragraphs, or chapters with what is said of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hogarth.intake.headings import title_at
from hogarth.intake.layout import lay_out
from hogarth.intake.nesting import flatten
from hogarth.intake.prose import print_paragraphs
from hogarth.intake.table_cells import (
    has_blocks,
    is_markup,
    read_count,
    read_list,
    read_long_text,
    read_rich,
    read_text,
)
from hogarth.intake.table_names import read_name
from hogarth.intake.table_profile import is_missing, weigh
from hogarth.intake.text_chapters import number_chapters, split_chapters
from hogarth.manuscript import clean

#: Units: words. Parts of a list that are longer are chapters, not paragraphs.
_LONG_PARAGRAPH: Final = 250
_MOST_PARTS: Final = 20_000
_NUMBERS: Final = frozenset({"number", "index", "position", "order", "id", "no", "num", "n"})


@dataclass(slots=True)
class Part:
    """A chapter, as far as a cell says. Shape: `html` canonical; `lost` when no break is left."""

    html: str
    title: str | None = None
    number: int | None = None
    source: str | None = None
    summary: str | None = None
    notes: str | None = None
    end_notes: str | None = None
    lost: bool = False


def read_parts(cell: Any, depth: int, *, chapters: bool, posted: int | None = None) -> list[Part]:
    """The parts of a text, without empty ones.

    Shape: `depth` how deep elements may be nested; with `chapters` a list is one of chapters;
    `posted` how many there are, as far as is known.
    """
    if is_missing(cell):
        return []
    if isinstance(cell, Mapping):
        parts = [_read_chapter(_with_key(key, part), depth) for key, part in _first(cell.items())]
        return [part for part in parts if part.html]
    pieces = read_list(cell)
    if pieces is None:
        text = read_long_text(cell)
        parts = [part for part in _print_whole(text, depth) if part.html]
        # Some headings in a text whose chapters were run together are not those of all chapters.
        return parts if posted is None or len(parts) in (1, posted) else [_print(text, depth)]
    pieces = [piece for piece in _first(pieces) if not is_missing(piece)]
    if not chapters and _are_paragraphs(pieces):
        part = _print_paragraphs([read_long_text(piece) for piece in pieces], depth)
        return [part] if part.html else []
    parts = [_read_chapter(piece, depth) for piece in pieces]
    return [part for part in parts if part.html]


def print_together(texts: Iterable[Any], depth: int) -> Part:
    """The part of paragraphs that stand in a row of the table each."""
    return _print_paragraphs([read_long_text(text) for text in texts], depth)


def _first(parts: Iterable[Any]) -> list[Any]:
    return list(parts)[:_MOST_PARTS]


def _with_key(key: str, part: Any) -> Any:
    """A chapter that is told apart by its number or by its title."""
    named = {"number": int(key)} if key.isdecimal() and len(key) < 6 else {"title": key}
    if isinstance(part, Mapping):
        return {**named, **part}
    return {**named, "text": part}


def _are_paragraphs(pieces: list[Any]) -> bool:
    if not pieces or not all(isinstance(piece, str) for piece in pieces):
        return False
    weights = sorted(weigh(piece) for piece in pieces)
    return weights[len(weights) // 2] < _LONG_PARAGRAPH


def _print_whole(text: str, depth: int) -> list[Part]:
    """A text that may have chapters under headings in it."""
    if is_markup(text):
        return [_print(text, depth)]
    layout = lay_out(text.strip("\n").split("\n"))
    lost = layout.kind == "wrapped-without-breaks"
    chapters = number_chapters(split_chapters(layout.paragraphs)) if text.strip() else ()
    named = len(chapters) > 1 or any(c.title or c.number > 1 for c in chapters)
    return [
        Part(chapter.html, chapter.title, chapter.number if named else None, lost=lost)
        for chapter in chapters
    ]


def _print(text: str, depth: int) -> Part:
    """A text that is one chapter, or a part of one."""
    if has_blocks(text):
        return Part(clean(flatten(text, depth)))
    if is_markup(text):
        return Part(clean(flatten(text, depth), newlines="break"))
    parts = _print_whole(text, depth)
    if len(parts) > 1:
        return Part(print_paragraphs(lay_out(text.split("\n")).paragraphs))
    return parts[0] if parts else Part("")


def _print_paragraphs(texts: list[str], depth: int) -> Part:
    if any(is_markup(text) for text in texts):
        blocks = (text if has_blocks(text) else f"<p>{text}</p>" for text in texts)
        return Part(clean(flatten("\n".join(blocks), depth), newlines="space"))
    return Part(print_paragraphs(text.strip() for text in texts))


def _read_chapter(piece: Any, depth: int) -> Part:
    if not isinstance(piece, Mapping):
        if isinstance(piece, list):
            return _print_paragraphs([read_long_text(part) for part in _first(piece)], depth)
        return _print(read_long_text(piece), depth)
    told: dict[str, Any] = {}
    for key, value in piece.items():
        if not is_missing(value):
            told.setdefault(_chapter_field(str(key)), value)
    text = told.get("text")
    part = Part("")
    if isinstance(text, list):
        part = _print_paragraphs([read_long_text(line) for line in _first(text)], depth)
    elif text is not None:
        part = _print(read_long_text(text), depth)
    part.number = read_count(told["number"]) if "number" in told else part.number
    part.title = read_chapter_title(told.get("title"), part.number) or part.title
    source = told.get("source")
    part.source = source if isinstance(source, str) and source.startswith("http") else None
    part.summary = read_rich(told["summary"]) if "summary" in told else None
    part.notes = read_rich(told["notes"]) if "notes" in told else None
    part.end_notes = read_rich(told["end notes"]) if "end notes" in told else None
    return part


def _chapter_field(key: str) -> str:
    if key.casefold() in _NUMBERS:
        return "number"
    named = read_name(key)
    field = named.field if named else ""
    if field == "chapter-number" or (field == "chapters" and key.casefold() == "chapter"):
        return "number"
    return {"chapter-title": "title", "paragraph": "text"}.get(field, field)


def read_chapter_title(cell: Any, number: int | None) -> str | None:
    """The title of a chapter, without a number that says nothing new."""
    if cell is None or is_missing(cell):
        return None
    line = read_text(cell)
    return title_at(line, number or 0) if line and not line.isdecimal() else None
