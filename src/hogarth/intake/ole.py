"""Compound files (OLE): the small file system in one file that old Office documents are."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from hogarth.errors import Unreadable
from hogarth.intake.refusals import refuse

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA  # this and all above mean: no sector
_ENTRY: Final = 128
_IN_HEADER: Final = 109
_MOST_ENTRIES: Final = 50_000
_STREAM, _ROOT = 2, 5


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory.

    Raises: Unreadable, when its tables lead nowhere.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise _damaged("it has no header")
        sector, mini = struct.unpack_from("<HH", data, 30)
        if sector not in (9, 12) or mini != 6:
            raise _damaged("its header makes no sense")
        self._sector, self._mini = 1 << sector, 1 << mini
        directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        mini_table, _, more, _ = struct.unpack_from("<IIII", data, 60)
        self._table = self._read_table(more)
        self._entries = [
            _read_entry(raw)
            for raw in _cut(b"".join(self._chain(directory)), _ENTRY)[:_MOST_ENTRIES]
        ]
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        if root is None:
            raise _damaged("it has no root")
        self._top = {entry.name: entry for entry in self._walk(root.child)}
        self._mini_table = _numbers(b"".join(self._chain(mini_table)))
        self._mini_stream = b"".join(self._chain(root.start))[: root.size]

    @property
    def names(self) -> frozenset[str]:
        """What the file holds at its top."""
        return frozenset(self._top)

    def read(self, name: str) -> bytes:
        """The bytes of a stream, b"" when there is none of the name."""
        entry = self._top.get(name)
        if entry is None or entry.kind != _STREAM:
            return b""
        if entry.size >= self._cutoff:
            return b"".join(self._chain(entry.start))[: entry.size]
        parts, place, left = [], entry.start, len(self._mini_table)
        while place < _END and place < len(self._mini_table) and left:
            parts.append(self._mini_stream[place * self._mini : (place + 1) * self._mini])
            place, left = self._mini_table[place], left - 1
        return b"".join(parts)[: entry.size]

    def _read_table(self, more: int) -> tuple[int, ...]:
        """Of each sector the one that follows it; of no more sectors than the file can hold."""
        listed = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        most = len(self._data) // self._sector + 1
        needed = most // (self._sector // 4) + 1
        while more < _END and len(listed) < needed:
            numbers = _numbers(self._read_sector(more))
            if not numbers:
                break
            listed += numbers[:-1]
            more = numbers[-1]
        sectors = [place for place in listed[: max(needed, _IN_HEADER)] if place < _END]
        return _numbers(b"".join(map(self._read_sector, sectors[:needed])))[:most]

    def _read_sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, start: int) -> Iterator[bytes]:
        """The sectors from one on. A chain that goes round ends where all have been seen."""
        for _ in range(len(self._table)):
            if start >= _END or start >= len(self._table):
                return
            yield self._read_sector(start)
            start = self._table[start]

    def _walk(self, start: int) -> Iterator[_Entry]:
        """The entries beside one another: a tree, gone through without a call for each."""
        waiting, seen = [start], set()
        while waiting:
            place = waiting.pop()
            if place >= len(self._entries) or place in seen:
                continue
            seen.add(place)
            entry = self._entries[place]
            yield entry
            waiting += [entry.left, entry.right]


def _read_entry(raw: bytes) -> _Entry:
    length = min(struct.unpack_from("<H", raw, 64)[0], 64)
    name = raw[: max(0, length - 2)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<III", raw, 68)
    start, size = struct.unpack_from("<II", raw, 116)
    return _Entry(name, raw[66], left, right, child, start, size)


def _cut(data: bytes, size: int) -> list[bytes]:
    return [data[place : place + size] for place in range(0, len(data) - size + 1, size)]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) & ~3])


def _damaged(reason: str) -> Unreadable:
    return refuse("damaged-document", reason=reason)
