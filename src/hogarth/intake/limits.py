"""How much the reading of one file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reading may cost. All are options of the archive.

    Units: bytes, seconds, counts.
    """

    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 1024 * 1024 * 1024
    members: int = 20_000
    depth: int = 3
    markup_depth: int = 400
    rows: int = 100_000
    seconds: float = 120.0
    memory_bytes: int = 2 * 1024 * 1024 * 1024
