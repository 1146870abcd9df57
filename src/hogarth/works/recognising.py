"""What a reading process does besides reading: knows files again, tells works from one another.

Pure: reading processes import this, and need no database.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from hogarth.errors import Conflict
from hogarth.intake import Found, Reading
from hogarth.intake.readers import read_found
from hogarth.manuscript import Manuscript
from hogarth.restoration import Repair, choose, find_repairs, restore
from hogarth.works.identity import Identity, identify

#: The code of the “refusal” of a file that is in the archive already.
KNOWN: Final = "known"
_SIZE: Final = 32


@dataclass(frozen=True, slots=True)
class Recognised(Reading):
    """A reading, and of each of its manuscripts the identity and what there is to mend.

    Shape: `restored` the manuscript with its certain repairs done, None where there are none.
    """

    identities: tuple[Identity, ...] = ()
    repairs: tuple[tuple[Repair, ...], ...] = ()
    restored: tuple[Manuscript | None, ...] = ()


class Digests:
    """A set of SHA-256 digests. Units: 32 bytes each, a third of what a set of bytes takes."""

    def __init__(self, digests: Iterable[str]) -> None:
        self._sorted: Final = b"".join(sorted(bytes.fromhex(digest) for digest in digests))

    def __contains__(self, digest: bytes) -> bool:
        count = len(self._sorted) // _SIZE
        place = bisect_left(range(count), digest, key=self._at)
        return place < count and self._at(place) == digest

    def _at(self, place: int) -> bytes:
        return self._sorted[place * _SIZE : (place + 1) * _SIZE]


@dataclass(frozen=True, slots=True)
class Recognise:
    """The task of a reading process: see `hogarth.intake.process`."""

    known: Digests

    def __call__(self, found: Found) -> Recognised:
        """Read what is new. Raises: Conflict for known bytes; Unreadable."""
        if hashlib.sha256(found.data).digest() in self.known:
            raise Conflict("This file is in the archive already.", code=KNOWN)
        return recognise(read_found(found))


def recognise(reading: Reading) -> Recognised:
    """The reading with all that costs time to know, so that the importing process need not ask."""
    identities = tuple(identify(manuscript) for manuscript in reading.manuscripts)
    repairs = tuple(
        find_repairs(
            manuscript,
            problems=[p.code for p in reading.problems if p.manuscript == index],
        )
        for index, manuscript in enumerate(reading.manuscripts)
    )
    restored = tuple(
        restore(manuscript, active) if (active := choose(found)) else None
        for manuscript, found in zip(reading.manuscripts, repairs, strict=True)
    )
    for manuscript in (*reading.manuscripts, *filter(None, restored)):
        for chapter in manuscript.chapters:
            _ = chapter.words, chapter.paragraphs
            # Counts go through the pipe; the text can be had again from the HTML beside it.
            vars(chapter).pop("text", None)
    known = {field.name: getattr(reading, field.name) for field in fields(reading)}
    return Recognised(**known, identities=identities, repairs=repairs, restored=restored)
