"""The structure of a DOC: where its text is, and how each stretch of it is set."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from hogarth.intake.ole import CompoundFile
from hogarth.intake.refusals import refuse

_WORD: Final = (0xA5EC, 0xA5DC)
#: The first version whose text is in Unicode.
WORD_97: Final = 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PAIRS: Final = 0x9A
_PAGE: Final = 512
_COMPRESSED: Final = 0x40000000
_MOST: Final = 2_000_000

#: Which pair of the header tells of what.
STYLES, NOTE_PLACES, NOTE_TEXTS, RUNS, PARAGRAPHS, FACES, PIECES = 1, 2, 3, 12, 13, 15, 33
END_NOTE_PLACES, END_NOTE_TEXTS, LISTS, LIST_USES = 46, 47, 73, 74


class Piece(NamedTuple):
    """A stretch of text. Shape: `first` its first character; `place` in the file; `wide` two
    bytes a character.
    """

    first: int
    length: int
    place: int
    wide: bool


class Stretch(NamedTuple):
    """Bytes set alike. Shape: from `start` up to `end` in the file; `changes` not yet read."""

    start: int
    end: int
    style: int
    changes: bytes


@dataclass(slots=True)
class WordFile:
    """A DOC that was opened. Shape: `lengths` of the text, notes, headers, macros, comments and
    endnotes, which follow one another.
    """

    stream: bytes
    table: bytes
    version: int
    language: int
    lengths: tuple[int, ...] = ()
    pieces: list[Piece] = field(default_factory=list)

    def read_part(self, pair: int) -> bytes:
        """The part of the table that a pair of the header tells of, or b""."""
        try:
            start, size = struct.unpack_from("<II", self.stream, _PAIRS + 8 * pair)
        except struct.error:
            return b""
        return self.table[start : start + size] if size else b""


def open_word(file: CompoundFile) -> WordFile:
    """The document in a compound file.

    Raises: Unreadable, when it is locked, too old, or its parts are not where they should be.
    """
    stream = file.read("WordDocument")
    try:
        ident, version = struct.unpack_from("<HH", stream)
        language, flags = struct.unpack_from("<H2xH", stream, 6)
    except struct.error:
        raise refuse("damaged-document", reason="it has no text part") from None
    if ident not in _WORD:
        raise refuse("damaged-document", reason="its text part makes no sense")
    if flags & _ENCRYPTED:
        raise refuse("locked-document")
    word = WordFile(stream, b"", version, language)
    if version >= WORD_97:
        word.table = file.read("1Table" if flags & _SECOND_TABLE else "0Table")
        text, notes, headers, macros, comments, ends = struct.unpack_from("<6I", stream, 0x4C)
        word.lengths = (text, notes, headers, macros, comments, ends)
        word.pieces = _read_pieces(word.read_part(PIECES))
    else:
        word.lengths, word.pieces = _read_old_pieces(stream, complex_file=bool(flags & 4))
    if not word.pieces:
        raise refuse("damaged-document", reason="its text is not where it should be")
    return word


def _read_pieces(part: bytes) -> list[Piece]:
    place = 0
    while place + 5 <= len(part) and part[place] == 1:
        place += 3 + struct.unpack_from("<H", part, place + 1)[0]
    if place + 5 > len(part) or part[place] != 2:
        return []
    (size,) = struct.unpack_from("<I", part, place + 1)
    plan = part[place + 5 : place + 5 + size]
    count = min((len(plan) - 4) // 12, _MOST)
    if count < 1:
        return []
    borders = struct.unpack_from(f"<{count + 1}I", plan)
    pieces = []
    for number in range(count):
        (told,) = struct.unpack_from("<I", plan, 4 * (count + 1) + 8 * number + 2)
        length = borders[number + 1] - borders[number]
        wide = not told & _COMPRESSED
        start = told & 0x3FFFFFFF if wide else (told & 0x3FFFFFFF) // 2
        if length > 0:
            pieces.append(Piece(borders[number], length, start, wide))
    return pieces


def _read_old_pieces(stream: bytes, *, complex_file: bool) -> tuple[tuple[int, ...], list[Piece]]:
    """Of Word 6 and 95: one stretch of bytes, or pieces as later."""
    try:
        (start,) = struct.unpack_from("<I", stream, 0x18)
        lengths = struct.unpack_from("<6I", stream, 0x34)
        where, size = struct.unpack_from("<II", stream, 0x160)
    except struct.error:
        return (), []
    if complex_file and size:
        pieces = _read_pieces(stream[where : where + size])
        return lengths, [piece._replace(wide=False) for piece in _undo_halving(pieces)]
    return lengths, [Piece(0, lengths[0], start, False)]


def _undo_halving(pieces: list[Piece]) -> Iterator[Piece]:
    """Before Word 97 a piece told its place as it is."""
    for piece in pieces:
        yield piece if piece.wide else piece._replace(place=2 * piece.place)


# --- stretches set alike ------------------------------------------------------------------------


class Stretches:
    """What is set alike, found by its place in the file."""

    def __init__(self, word: WordFile, pair: int) -> None:
        self._all = sorted(_read_stretches(word, pair))
        self._starts = [stretch.start for stretch in self._all]

    def at(self, place: int) -> Stretch:
        number = bisect_right(self._starts, place) - 1
        if number >= 0 and place < self._all[number].end:
            return self._all[number]
        following = number + 1
        end = self._starts[following] if following < len(self._starts) else 1 << 32
        return Stretch(place, end, 0, b"")


def _read_stretches(word: WordFile, pair: int) -> Iterator[Stretch]:
    """From the pages that the plan names. A page is 512 bytes and holds up to some hundred."""
    plan = word.read_part(pair)
    count = min((len(plan) - 4) // 8, len(word.stream) // _PAGE + 1)
    for number in range(count):
        (told,) = struct.unpack_from("<I", plan, 4 * (count + 1) + 4 * number)
        page = word.stream[(told & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) == _PAGE:
            yield from _read_page(page, 13 if pair == PARAGRAPHS else 1)


def _read_page(page: bytes, step: int) -> Iterator[Stretch]:
    count = page[-1]
    if 4 * (count + 1) + step * count > _PAGE - 1:
        return
    borders = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        place = 2 * page[4 * (count + 1) + step * number]
        style, changes = 0, b""
        if place and step == 1:
            changes = page[place + 1 : place + 1 + page[place]]
        elif place:
            size = 2 * page[place] - 1
            if size < 0:
                place, size = place + 1, 2 * page[place + 1]
            told = page[place + 1 : place + 1 + size]
            if len(told) >= 2:
                style, changes = struct.unpack_from("<H", told)[0], told[2:]
        if borders[number + 1] > borders[number]:
            yield Stretch(borders[number], borders[number + 1], style, changes)
