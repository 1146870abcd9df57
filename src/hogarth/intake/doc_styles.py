"""The styles, typefaces and lists of a DOC."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hogarth.intake.blocks import Role
from hogarth.intake.doc_file import FACES, LIST_USES, LISTS, STYLES, WordFile
from hogarth.intake.doc_sprms import ParagraphSetting, RunSetting, set_paragraph, set_run
from hogarth.intake.numbering import Level, Numbering

_NO_BASE: Final = 0xFFF
_DEEPEST: Final = 20
_MOST: Final = 5_000
#: Numbers of styles that every Word has, whatever they are called in its language.
_ROLES: Final[dict[int, Role]] = {62: "title", 74: "subtitle", 180: "quote", 181: "quote"}
_CONTENTS: Final = range(19, 28)
_NAMED: Final[dict[str, Role]] = {"author": "author", "byline": "author", "quote": "quote"}
_KINDS: Final = {1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"}


@dataclass(slots=True)
class NamedStyle:
    """Shape: `number` what Word knows it by; `base` its place among the styles, or -1."""

    number: int = 0xFFE
    name: str = ""
    base: int = -1
    paragraph: bytes = b""
    run: bytes = b""


class Styles:
    """The styles by their place, each with what it takes over."""

    def __init__(self, word: WordFile) -> None:
        self._styles = list(_read_styles(word.read_part(STYLES)))
        self._paragraphs: dict[int, ParagraphSetting] = {}
        self._runs: dict[int, RunSetting] = {}

    def paragraph(self, place: int) -> ParagraphSetting:
        known = self._paragraphs.get(place)
        if known is None:
            known = ParagraphSetting(style=place)
            for style in self._chain(place):
                known = set_paragraph(known, style.paragraph)
            self._paragraphs[place] = known
        return known

    def run(self, place: int) -> RunSetting:
        known = self._runs.get(place)
        if known is None:
            known = RunSetting()
            for style in self._chain(place):
                known = set_run(known, style.run, known)
            self._runs[place] = known
        return known

    def lay_over(self, below: RunSetting, place: int) -> RunSetting:
        """The setting of a run under a style of its own."""
        for style in self._chain(place):
            below = set_run(below, style.run, below)
        return below

    def _chain(self, place: int) -> list[NamedStyle]:
        chain: list[NamedStyle] = []
        while 0 <= place < len(self._styles) and len(chain) < _DEEPEST:
            chain.append(self._styles[place])
            place = chain[-1].base
        return chain[::-1]

    def rank_of(self, place: int) -> int:
        for style in reversed(self._chain(place)):
            if 1 <= style.number <= 9:
                return min(style.number, 6)
        return 0

    def role_of(self, place: int) -> Role:
        chain = self._chain(place)
        if chain and chain[-1].number in _CONTENTS:
            return "left-out"
        found = (_ROLES.get(style.number) or _NAMED.get(style.name) for style in reversed(chain))
        return next((role for role in found if role), "")


def _read_styles(part: bytes) -> Iterator[NamedStyle]:
    """As far as they make sense."""
    try:
        (size,) = struct.unpack_from("<H", part)
        count, base_size = struct.unpack_from("<HH", part, 2)
        place = 2 + size
        for _ in range(min(count, _MOST)):
            (length,) = struct.unpack_from("<H", part, place)
            yield _read_style(part[place + 2 : place + 2 + length], base_size)
            place += 2 + length
    except struct.error:
        return


def _read_style(told: bytes, base_size: int) -> NamedStyle:
    if not told:
        return NamedStyle()
    first, second, third = struct.unpack_from("<HHH", told)
    kind, base, parts = second & 0xF, second >> 4, third & 0xF
    style = NamedStyle(first & 0xFFF, base=-1 if base == _NO_BASE else base)
    (length,) = struct.unpack_from("<H", told, base_size)
    place = base_size + 2
    style.name = told[place : place + 2 * length].decode("utf-16-le", "replace").lower()
    place += 2 * length + 2
    changes = []
    for _ in range(parts):
        if place + 2 > len(told):
            break
        (size,) = struct.unpack_from("<H", told, place)
        changes.append(told[place + 2 : place + 2 + size])
        place += 2 + size + (size & 1)
    if kind == 1 and changes:
        style.paragraph = changes[0][2:]
        style.run = changes[1] if len(changes) > 1 else b""
    elif kind == 2 and changes:
        style.run = changes[0]
    return style


def read_faces(word: WordFile) -> list[str]:
    """The names of the typefaces, as far as they make sense."""
    names: list[str] = []
    part, place = word.read_part(FACES), 4
    while place < len(part) and len(names) < _MOST:
        size = part[place] + 1
        told = part[place + 40 : place + size]
        names.append(told.decode("utf-16-le", "replace").partition("\x00")[0])
        place += size
    return names


def read_numbering(word: WordFile) -> Numbering:
    """The lists, by the numbers that paragraphs name them with."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    try:
        levels = dict(_read_lists(word))
        uses = word.read_part(LIST_USES)
        (count,) = struct.unpack_from("<I", uses)
        for number in range(min(count, _MOST)):
            (ident,) = struct.unpack_from("<i", uses, 4 + 16 * number)
            lists[str(number + 1)] = str(ident)
    except struct.error:
        pass
    return Numbering(levels, lists)


def _read_lists(word: WordFile) -> Iterator[tuple[str, dict[int, Level]]]:
    """The levels stand behind the lists, outside of what the header says of them."""
    start, size = struct.unpack_from("<II", word.stream, 0x9A + 8 * LISTS)
    if not size:
        return
    (count,) = struct.unpack_from("<H", word.table, start)
    place = start + size
    for number in range(min(count, _MOST)):
        told = start + 2 + 28 * number
        (ident,) = struct.unpack_from("<i", word.table, told)
        levels = {}
        for level in range(1 if word.table[told + 26] & 1 else 9):
            levels[level], place = _read_level(word.table, place)
        yield str(ident), levels


def _read_level(table: bytes, place: int) -> tuple[Level, int]:
    start, kind = struct.unpack_from("<iB", table, place)
    run_size, paragraph_size = struct.unpack_from("<BB", table, place + 24)
    place += 28 + run_size + paragraph_size
    (length,) = struct.unpack_from("<H", table, place)
    raw = table[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(char) + 1}" if ord(char) < 9 else char for char in raw)
    named = "bullet" if kind == 23 else "none" if kind == 255 else _KINDS.get(kind, "decimal")
    return Level(named, text, start), place + 2 + 2 * length
