"""The properties of runs and paragraphs in a DOC: numbered changes, one after the other."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

#: The three highest bits of a change's number say how long its value is.
_SIZES: Final = (1, 1, 2, 4, 2, 2, -1, 3)
_TABLE_DEFINITION: Final = 0xD608
_TABS: Final = 0xC615
_SWITCHES: Final = {
    0x0835: "bold",
    0x0836: "italic",
    0x0837: "strike",
    0x2A53: "strike",
    0x083A: "small_caps",
    0x083C: "hidden",
    0x0800: "deleted",
    0x0801: "inserted",
    0x0855: "special",
    0x085A: "rtl",
}
_AS_STYLE, _NOT_AS_STYLE = 0x80, 0x81
_RAISED: Final = {1: "sup", 2: "sub"}


@dataclass(frozen=True, slots=True)
class RunSetting:
    """Shape: `style` the number of a character style; `picture` where its bytes are, or -1;
    `symbol` the number of its typeface and its code.
    """

    bold: bool = False
    italic: bool = False
    strike: bool = False
    small_caps: bool = False
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    special: bool = False
    rtl: bool = False
    underline: bool = False
    raised: str = ""
    style: int = -1
    picture: int = -1
    face: int = -1
    symbol: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ParagraphSetting:
    """Shape: `outline` 9 for text; `list_number` 0 for none; `align` as in DOCX."""

    style: int = 0
    align: str = ""
    rtl: bool = False
    in_table: bool = False
    ends_row: bool = False
    inner: bool = False
    outline: int = -1
    level: int = 0
    list_number: int = 0
    new_page: bool = False


_ALIGNMENTS: Final = {0: "left", 1: "center", 2: "right", 3: "both"}


def read_changes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each change's number and value, as far as they make sense."""
    place, end = 0, len(data)
    while place + 2 <= end:
        (number,) = struct.unpack_from("<H", data, place)
        place += 2
        size = _SIZES[number >> 13]
        if number == _TABLE_DEFINITION and place + 2 <= end:
            size = struct.unpack_from("<H", data, place)[0] + 1
        elif size < 0:
            if place >= end or (number == _TABS and data[place] == 0xFF):
                return
            size = data[place] + 1
        if place + size > end:
            return
        yield number, data[place : place + size]
        place += size


def set_run(setting: RunSetting, data: bytes, below: RunSetting) -> RunSetting:
    """The setting after the changes. Shape: `below` that of the style, which some turn round."""
    changed: dict[str, object] = {}
    for number, value in read_changes(data):
        name = _SWITCHES.get(number)
        if name is not None:
            changed[name] = _switch(value[0], on=bool(getattr(below, name)))
        elif number == 0x2A3E:
            changed["underline"] = value[0] not in (0, 5)
        elif number == 0x2A48:
            changed["raised"] = _RAISED.get(value[0], "")
        elif number == 0x4A30:
            changed["style"] = struct.unpack("<H", value)[0]
        elif number == 0x6A03:
            changed["picture"] = struct.unpack("<I", value)[0]
        elif number == 0x4A4F:
            changed["face"] = struct.unpack("<H", value)[0]
        elif number == 0x6A09:
            changed["symbol"] = struct.unpack("<HH", value)
    return replace(setting, **changed) if changed else setting  # type: ignore[arg-type] # by name


def _switch(value: int, *, on: bool) -> bool:
    if value == _AS_STYLE:
        return on
    return not on if value == _NOT_AS_STYLE else value == 1


def set_paragraph(setting: ParagraphSetting, data: bytes) -> ParagraphSetting:
    """The setting after the changes."""
    changed: dict[str, object] = {}
    for number, value in read_changes(data):
        first = value[0] if value else 0
        if number in (0x2403, 0x2461):
            changed["align"] = _ALIGNMENTS.get(first, "")
        elif number == 0x2441:
            changed["rtl"] = first == 1
        elif number == 0x2416:
            changed["in_table"] = first == 1
        elif number == 0x2417:
            changed["ends_row"] = first == 1
        elif number in (0x244B, 0x244C):
            changed["inner"] = first == 1
        elif number == 0x2640:
            changed["outline"] = first
        elif number == 0x260A:
            changed["level"] = min(first, 8)
        elif number == 0x460B:
            changed["list_number"] = struct.unpack("<H", value)[0]
        elif number == 0x2407:
            changed["new_page"] = first == 1
    return replace(setting, **changed) if changed else setting  # type: ignore[arg-type] # by name
