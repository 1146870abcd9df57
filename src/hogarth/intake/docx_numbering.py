"""The lists of a DOCX, as its numbering part defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hogarth.intake.numbering import Level, Numbering
from hogarth.intake.xml import attribute_of, local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_numbering(data: bytes | None) -> Numbering:
    """The lists that the part defines; none when there is no part."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    starts: dict[tuple[str, int], int] = {}
    root = parse_xml(data) if data else None
    for row in root if root is not None else ():
        if local_name(row) == "abstractNum":
            read = (_read_level(part) for part in row if local_name(part) == "lvl")
            levels[attribute_of(row, "abstractNumId")] = dict(read)
        elif local_name(row) == "num":
            ident = attribute_of(row, "numId")
            for part in row:
                if local_name(part) == "abstractNumId":
                    lists[ident] = attribute_of(part, "val")
                for inner in part:
                    if local_name(inner) == "startOverride":
                        level = _number(attribute_of(part, "ilvl"), 0)
                        starts[ident, level] = _number(attribute_of(inner, "val"), 1)
    return Numbering(levels, lists, starts)


def _read_level(row: _Element) -> tuple[int, Level]:
    values = {local_name(part): attribute_of(part, "val") for part in row}
    level = Level(
        values.get("numFmt", "decimal"), values.get("lvlText", ""), _number(values.get("start"), 1)
    )
    return _number(attribute_of(row, "ilvl"), 0), level


def _number(stated: str | None, default: int) -> int:
    return int(stated) if stated and stated.isdecimal() and len(stated) < 6 else default
