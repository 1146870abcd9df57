"""Small documents of Word as it was until 2003, made here byte by byte.

A compound file of sectors of 512 bytes that holds a text stream and a table stream: one piece of
text in UTF-16, one page of runs, one page of paragraphs, a few styles and a note.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

SECTOR: Final = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
#: Where the text begins in its stream.
_TEXT: Final = 0x800
_LENGTHS, _PAIRS = 0x4C, 0x9A
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200

BOLD, ITALIC, DELETED, INSERTED = (
    struct.pack("<HB", n, 1) for n in (0x0835, 0x0836, 0x0800, 0x0801)
)
HIDDEN, SPECIAL = struct.pack("<HB", 0x083C, 1), struct.pack("<HB", 0x0855, 1)
CENTRED, FROM_RIGHT = struct.pack("<HB", 0x2461, 1), struct.pack("<HB", 0x2441, 1)
IN_TABLE, ENDS_ROW = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
LISTED: Final = struct.pack("<HB", 0x260A, 0) + struct.pack("<HH", 0x460B, 1)


class Run(NamedTuple):
    """Text and how it is set."""

    text: str
    changes: bytes = b""


class Paragraph(NamedTuple):
    """Shape: `style` its place among STYLES; `end` the character that ends it."""

    runs: tuple[Run, ...]
    style: int = 0
    changes: bytes = b""
    end: str = "\r"


#: Number that Word knows a style by, its name, what it sets of paragraphs and of runs.
STYLES: Final = (
    (0, "Normal", b"", b""),
    (1, "Überschrift 1", b"", BOLD),
    (62, "Titel", CENTRED, BOLD),
)


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, none of them in the small sectors."""
    table: list[int] = []
    body = b""

    def add(data: bytes) -> int:
        nonlocal body
        count = max(1, -(-len(data) // SECTOR))
        start = len(table)
        table.extend([*range(start + 1, start + count), _END])
        body += data.ljust(count * SECTOR, b"\x00")
        return start

    entries = [(name, 2, add(data), len(data)) for name, data in streams.items()]
    entries.insert(0, ("Root Entry", 5, _END, 0))
    directory = b""
    for place, (name, kind, start, size) in enumerate(entries):
        raw = name.encode("utf-16-le") + b"\x00\x00"
        following = place + 1 if 0 < place < len(entries) - 1 else _FREE
        child = 1 if place == 0 and len(entries) > 1 else _FREE
        directory += raw.ljust(64, b"\x00") + struct.pack(
            "<HBBIII36xIII", len(raw), kind, 1, _FREE, following, child, start, size, 0
        )
    first = add(directory)
    table.append(_FAT)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    assert len(fat) == SECTOR
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, first, 0, 0, _END, 0, _END, 0, 0
    )[:-4]
    header += struct.pack("<I", len(table) - 1)
    return header.ljust(SECTOR, b"\xff") + body + fat


def word_document(
    paragraphs: Sequence[Paragraph],
    *,
    notes: Sequence[tuple[int, str]] = (),
    flags: int = 0,
    summary: bytes = b"",
    table_name: str = "1Table",
) -> bytes:
    """A document of Word 97. Shape: `notes` the place in the text that refers to each, its text."""
    text, runs, ends = "", [], []
    for paragraph in paragraphs:
        start = len(text)
        for run in paragraph.runs:
            halved = _halve(run.text)
            runs.append((len(text), len(text) + len(halved), run.changes))
            text += halved
        runs.append((len(text), len(text) + 1, b""))
        text += paragraph.end
        ends.append((start, len(text), paragraph.style, paragraph.changes))
    told = len(text)
    note_text = "".join(f"\x02 {note}\r" for _, note in notes) + ("\r" if notes else "")
    text += note_text
    stream = bytearray(_TEXT)
    stream += text.encode("utf-16-le", "surrogatepass")
    stream += bytes(-len(stream) % SECTOR)
    run_page = len(stream) // SECTOR
    stream += _page([(start, end, bytes([len(c)]) + c) for start, end, c in runs], 1)
    paragraph_page = len(stream) // SECTOR
    stream += _page([(s, e, _paragraph_changes(style, c)) for s, e, style, c in ends], 13)
    table, pairs = bytearray(b"\x00" * 4), {}

    def keep(pair: int, data: bytes) -> None:
        pairs[pair] = (len(table), len(data))
        table.extend(data)

    keep(1, _styles())
    whole = len(text)
    keep(12, struct.pack("<III", _TEXT, _TEXT + 2 * whole, run_page))
    keep(13, struct.pack("<III", _TEXT, _TEXT + 2 * whole, paragraph_page))
    plan = struct.pack("<II", 0, whole) + struct.pack("<HIH", 0, _TEXT, 0)
    keep(33, b"\x02" + struct.pack("<I", len(plan)) + plan)
    if notes:
        places = [place for place, _ in notes]
        keep(2, struct.pack(f"<{len(places) + 1}I", *places, told) + bytes(2 * len(places)))
        borders = [0]
        for _, note in notes:
            borders.append(borders[-1] + len(note) + 3)
        keep(3, struct.pack(f"<{len(borders) + 1}I", *borders, borders[-1] + 1))
    _keep_list(table, pairs)
    stream[:0x0C] = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x409, 0, flags | _SECOND_TABLE)
    struct.pack_into("<6I", stream, _LENGTHS, told, len(note_text), 0, 0, 0, 0)
    for pair, (place, size) in pairs.items():
        struct.pack_into("<II", stream, _PAIRS + 8 * pair, place, size)
    streams = {
        "WordDocument": bytes(stream).ljust(4096, b"\x00"),
        table_name: bytes(table).ljust(4096, b"\x00"),
    }
    if summary:
        streams["\x05SummaryInformation"] = summary.ljust(4096, b"\x00")
    return compound_file(streams)


def _halve(text: str) -> str:
    """The text with each character of four bytes as the two halves that Word counts."""
    data = text.encode("utf-16-le")
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))


def locked_document() -> bytes:
    """A document that says that it is encrypted."""
    return word_document([Paragraph((Run("qqqqq"),))], flags=_ENCRYPTED)


def summary(values: Mapping[int, str]) -> bytes:
    """What a document says of itself. Shape: number of a property → text."""
    rows, data = [(1, struct.pack("<II", 2, 1252))], b""
    rows += [
        (n, struct.pack("<II", 30, len(t) + 1) + t.encode("cp1252") + b"\x00")
        for n, t in values.items()
    ]
    index, place = b"", 8 + 8 * len(rows)
    for number, value in rows:
        value += bytes(-len(value) % 4)
        index += struct.pack("<II", number, place)
        data += value
        place += len(value)
    section = struct.pack("<II", place, len(rows)) + index + data
    return struct.pack("<HHI16xI", 0xFFFE, 0, 0, 1) + bytes(16) + struct.pack("<I", 48) + section


def _page(rows: Sequence[tuple[int, int, bytes]], step: int) -> bytes:
    """A page of properties: borders, places of the changes, the changes from the end on."""
    page = bytearray(SECTOR)
    borders = [_TEXT + 2 * start for start, _, _ in rows] + [_TEXT + 2 * rows[-1][1]]
    struct.pack_into(f"<{len(borders)}I", page, 0, *borders)
    free = SECTOR - 2
    for number, (_, _, changes) in enumerate(rows):
        if len(changes) < 2:
            continue
        free = (free - len(changes)) & ~1
        page[free : free + len(changes)] = changes
        page[4 * len(borders) + step * number] = free // 2
    assert free > 4 * len(borders) + step * len(rows)
    page[-1] = len(rows)
    return bytes(page)


def _paragraph_changes(style: int, changes: bytes) -> bytes:
    told = struct.pack("<H", style) + changes
    if len(told) % 2:
        return bytes([(len(told) + 1) // 2]) + told
    return bytes([0, len(told) // 2]) + told


def _styles() -> bytes:
    rows = b""
    for number, name, paragraph, run in STYLES:
        told = struct.pack("<HHHHH", number, 0x0001 | (0xFFF << 4), 2, 0, 0)
        told += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\x00\x00"
        for changes in (struct.pack("<H", 0) + paragraph, run):
            told += struct.pack("<H", len(changes)) + changes + bytes(len(changes) & 1)
        rows += struct.pack("<H", len(told)) + told
    return struct.pack("<HHH", 4, len(STYLES), 10) + rows


def _keep_list(table: bytearray, pairs: dict[int, tuple[int, int]]) -> None:
    """One list of one level, marked by a dash, and its one use."""
    lists = struct.pack("<H", 1) + struct.pack("<ii18xBB", 77, 0, 1, 0)
    pairs[73] = (len(table), len(lists))
    table.extend(lists)
    level = struct.pack("<iBB9xBii", 1, 23, 0, 0, 0, 0) + struct.pack("<BBH", 0, 0, 0)
    table.extend(level + struct.pack("<H", 1) + "–".encode("utf-16-le"))
    uses = struct.pack("<I", 1) + struct.pack("<i12x", 77)
    pairs[74] = (len(table), len(uses))
    table.extend(uses)
