"""The text of a DOC, character by character: what Word shows, and nothing that it does not."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from hogarth.intake.blocks import Block, Item, Note, refer_to_note
from hogarth.intake.charsets import CANDIDATES, guess_charset
from hogarth.intake.doc_file import (
    END_NOTE_PLACES,
    END_NOTE_TEXTS,
    NOTE_PLACES,
    NOTE_TEXTS,
    PARAGRAPHS,
    RUNS,
    WORD_97,
    Piece,
    Stretches,
    WordFile,
)
from hogarth.intake.doc_sprms import ParagraphSetting, RunSetting, set_paragraph, set_run
from hogarth.intake.doc_styles import Styles, read_faces, read_numbering
from hogarth.intake.document_tables import Cell, lay_table
from hogarth.intake.pictures import Pictures
from hogarth.intake.runs import Run, Style, is_blank
from hogarth.intake.symbols import is_symbol_face, read_symbols
from hogarth.intake.word_fields import Fields

_CONTROL: Final = re.compile("[\x00-\x1f]")
_ENDS: Final = frozenset("\r\x07\x0c\x0e")
_SIGNS: Final = {"\t": "\t", "\x0b": "\n", "\x1e": "\u2011", "\x1f": "\u00ad"}
_PICTURE, _NOTE, _CELL = "\x01", "\x02", "\x07"
_FIELD: Final = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
_PICTURE_STARTS: Final = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff")
#: Languages of Word 6 and 95, whose text is in bytes → how it is read.
_SAMPLE: Final = 50_000
_MOST_PIECES: Final = 1_000
_HIGH_LETTERS: Final = bytes(range(0xC0, 0x100))
#: So many letters beyond ASCII no Western language has.
_FOREIGN_SHARE: Final = 0.4
_PAGES: Final = {0x0D: "cp1255", 0x01: "cp1256", 0x19: "cp1251", 0x22: "cp1251", 0x08: "cp1253"}


@dataclass(slots=True)
class _Open:
    """What is under way: a paragraph, a cell, a row, a table."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


class _Segment(NamedTuple):
    """Text set alike. Shape: `first` its place; `style` and `changes` of its paragraph."""

    first: int
    text: str
    run: RunSetting
    style: int
    changes: bytes


class Body:
    """Reads the text and its notes. Shape: `inserted` and `deleted` count tracked changes."""

    def __init__(self, word: WordFile, data: bytes, pictures: Pictures) -> None:
        self.notes: dict[str, Note] = {}
        self.inserted = self.deleted = 0
        self._word, self._data, self._pictures = word, data, pictures
        self._styles = Styles(word)
        self._numbering = read_numbering(word)
        self._faces = read_faces(word)
        self._runs = Stretches(word, RUNS)
        self._paragraphs = Stretches(word, PARAGRAPHS)
        self._codec = _choose_codec(word)
        self._places = {
            **_read_places(word.read_part(NOTE_PLACES), "f"),
            **_read_places(word.read_part(END_NOTE_PLACES), "e"),
        }
        self._cited: dict[str, str] = {}
        self._settings: dict[tuple[int, bytes], RunSetting] = {}
        self._fields = Fields()
        self._open = _Open()

    def read(self) -> list[Block]:
        """The blocks of the text; after that the notes are known too."""
        text, notes, headers, macros, comments, _ = self._word.lengths
        blocks = self._read_range(0, text)
        self._read_notes(NOTE_TEXTS, text, "f")
        self._read_notes(END_NOTE_TEXTS, text + notes + headers + macros + comments, "e")
        return blocks

    def _read_notes(self, pair: int, base: int, kind: str) -> None:
        part = self._word.read_part(pair)
        borders = struct.unpack(f"<{len(part) // 4}I", part[: len(part) & ~3])
        for number, (start, end) in enumerate(pairwise(borders)):
            label = self._cited.get(f"{kind}{number}")
            if label is not None:
                blocks = self._read_range(base + start, base + end)
                self.notes[f"{kind}{number}"] = Note(label, blocks)

    # --- segments -------------------------------------------------------------------------------

    def _read_range(self, start: int, end: int) -> list[Block]:
        self._open, self._fields = _Open(), Fields()
        for piece in self._word.pieces:
            first, last = max(start, piece.first), min(end, piece.first + piece.length)
            if first < last:
                for segment in self._read_piece(piece, first, last):
                    self._take(segment)
        if self._open.runs:
            self._end_paragraph(ParagraphSetting())
        self._end_table()
        return self._open.blocks

    def _read_piece(self, piece: Piece, first: int, last: int) -> Iterator[_Segment]:
        width = 2 if piece.wide else 1
        place = piece.place + width * (first - piece.first)
        end = min(piece.place + width * (last - piece.first), len(self._word.stream))
        while place < end:
            run, paragraph = self._runs.at(place), self._paragraphs.at(place)
            stop = min(end, run.end, paragraph.end)
            stop = max(place + width, stop - (stop - place) % width)
            raw = self._word.stream[place:stop]
            text = raw.decode("utf-16-le" if piece.wide else self._codec, "replace")
            setting = self._set_run(paragraph.style, run.changes)
            yield _Segment(first, text, setting, paragraph.style, paragraph.changes)
            first += (stop - place) // width
            place = stop

    def _set_run(self, style: int, changes: bytes) -> RunSetting:
        known = self._settings.get((style, changes))
        if known is None:
            below = self._styles.run(style)
            known = set_run(below, changes, below)
            if known.style >= 0:
                below = self._styles.lay_over(below, known.style)
                known = set_run(below, changes, below)
            self._settings[style, changes] = known
        return known

    def _take(self, segment: _Segment) -> None:
        run = segment.run
        if run.deleted:
            self.deleted += 1
        elif run.inserted:
            self.inserted += 1
        if run.deleted or run.hidden:
            # A paragraph whose end was deleted goes on with the next one.
            return
        place = 0
        for found in _CONTROL.finditer(segment.text):
            self._put(segment.text[place : found.start()], run)
            self._take_control(found[0], segment, segment.first + found.start())
            place = found.end()
        self._put(segment.text[place:], run)

    def _take_control(self, char: str, segment: _Segment, place: int) -> None:
        if char in _ENDS:
            own = set_paragraph(self._styles.paragraph(segment.style), segment.changes)
            self._end(char, own)
        elif char in _SIGNS:
            self._put(_SIGNS[char], segment.run)
        elif char in _FIELD:
            self._fields.mark(_FIELD[char])
        elif char == _NOTE and place in self._places:
            self._put_note(self._places[place], segment.run)
        elif char == _PICTURE and segment.run.special and segment.run.picture >= 0:
            self._put_picture(segment.run)

    def _put(self, text: str, run: RunSetting) -> None:
        if not text:
            return
        if self._fields.is_hidden:
            self._fields.instruct(text)
            return
        face = self._faces[run.face] if 0 <= run.face < len(self._faces) else ""
        if run.special and run.symbol is not None:
            number, code = run.symbol
            face = self._faces[number] if number < len(self._faces) else ""
            text = read_symbols(chr(code), face) if is_symbol_face(face) else chr(code)
        elif is_symbol_face(face) and any("\uf020" <= char <= "\uf0ff" for char in text):
            text = read_symbols(text, face)
        self._open.runs.append(Run(text, self._style(run)))

    def _style(self, run: RunSetting) -> Style:
        return Style(
            bold=run.bold,
            italic=run.italic,
            underline=run.underline,
            strike=run.strike,
            small_caps=run.small_caps,
            raised=run.raised,
            rtl=run.rtl,
            href=self._fields.href,
        )

    def _put_note(self, key: str, run: RunSetting) -> None:
        label = self._cited.setdefault(key, str(len(self._cited) + 1))
        style = self._style(run)._replace(raised="", href="", rtl=False)
        self._open.runs.append(refer_to_note(key, label)._replace(style=style))

    def _put_picture(self, run: RunSetting) -> None:
        """The picture's bytes stand behind a head of their own in another stream."""
        try:
            (size,) = struct.unpack_from("<I", self._data, run.picture)
        except struct.error:
            return
        told = self._data[run.picture : run.picture + size]
        found = _PICTURE_STARTS.search(told)
        kept = self._pictures.keep(told[found.start() :]) if found else None
        if kept and not self._fields.is_hidden:
            self._open.runs.append(Run("", self._style(run), f'<img src="{kept}" alt="">'))

    # --- ends -----------------------------------------------------------------------------------

    def _end(self, char: str, setting: ParagraphSetting) -> None:
        if char == _CELL and setting.ends_row:
            self._end_row()
        elif char == _CELL:
            if self._open.runs or not self._open.cell:
                self._open.cell += self._make_block(setting)
            self._open.row.append(Cell(self._open.cell))
            self._open.cell = []
        elif char == "\r" or not is_blank(self._open.runs):
            self._end_paragraph(setting)

    def _end_paragraph(self, setting: ParagraphSetting) -> None:
        blocks = self._make_block(setting)
        if setting.in_table:
            self._open.cell += blocks
        else:
            self._end_table()
            self._open.blocks += blocks

    def _end_row(self) -> None:
        if self._open.row:
            self._open.rows.append(self._open.row)
        self._open.row = []

    def _end_table(self) -> None:
        if self._open.cell:
            self._open.row.append(Cell(self._open.cell))
            self._open.cell = []
        self._end_row()
        if self._open.rows:
            self._open.blocks += lay_table(self._open.rows)
            self._open.rows = []

    def _make_block(self, setting: ParagraphSetting) -> list[Block]:
        runs, self._open.runs = self._open.runs, []
        role = self._styles.role_of(setting.style)
        if role == "left-out":
            return []
        blank = is_blank(runs)
        rank = min(setting.outline + 1, 6) if 0 <= setting.outline < 9 else 0
        rank = rank or (self._styles.rank_of(setting.style) if setting.outline != 9 else 0)
        if rank or role == "title":
            runs = [run._replace(style=run.style._replace(bold=False)) for run in runs]
        if setting.rtl:
            runs = [run._replace(style=run.style._replace(rtl=False)) for run in runs]
        shown = setting.align == "center" or (setting.align == "right" and not setting.rtl)
        block = Block(
            runs,
            rank=0 if blank else rank,
            role=role,
            align=setting.align if shown else "",
            rtl=setting.rtl,
            new_page=setting.new_page,
        )
        if setting.list_number and not blank:
            self._number(block, setting)
        return [block]

    def _number(self, block: Block, setting: ParagraphSetting) -> None:
        ident = str(setting.list_number)
        if block.rank:
            label = self._numbering.label(ident, setting.level)
        else:
            mark = self._numbering.mark(ident, setting.level)
            label = mark.label if mark else ""
            if mark and not label and not mark.hidden:
                block.item = Item(mark.ordered, mark.level, mark.number)
        if label:
            block.runs.insert(0, Run(f"{label} "))


def _read_places(part: bytes, kind: str) -> dict[int, str]:
    """The places in the text that refer to notes, and the key of each."""
    count = max(0, (len(part) - 4) // 6)
    places = struct.unpack_from(f"<{count}I", part) if count else ()
    return {place: f"{kind}{number}" for number, place in enumerate(places)}


def _choose_codec(word: WordFile) -> str:
    """How bytes are read: by the language of a document before Word 97, else as fits best.

    Since Word 97 they are Western letters, but for documents that were only renumbered.
    """
    known = _PAGES.get(word.language & 0x3FF)
    if known and word.version < WORD_97:
        return known
    narrow = [piece for piece in word.pieces if not piece.wide]
    sample = b"".join(
        word.stream[piece.place : piece.place + piece.length] for piece in narrow[:_MOST_PIECES]
    )[:_SAMPLE]
    letters = len(sample) - len(sample.translate(None, _HIGH_LETTERS))
    if word.version >= WORD_97 and letters < _FOREIGN_SHARE * len(sample):
        return "cp1252"
    label = guess_charset(sample)[0]
    return next((one.codec for one in CANDIDATES if one.label == label), "cp1252")
