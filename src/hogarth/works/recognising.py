"""What a reading process does besides reading: knows files again, tells works from one another.

Pure: reading processes import this, and need no database.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hogarth.errors import Conflict
from hogarth.intake import Found, Reading
from hogarth.intake.readers import read_found
from hogarth.works.identity import Identity, identify

#: The code of the “refusal” of a file that is in the archive already.
KNOWN: Final = "known"
_SIZE: Final = 32


@dataclass(frozen=True, slots=True)
class Recognised(Reading):
    """A reading, and the identity of each of its manuscripts."""

    identities: tuple[Identity, ...] = ()


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
    for manuscript in reading.manuscripts:
        for chapter in manuscript.chapters:
            _ = chapter.words, chapter.paragraphs
            # Counts go through the pipe; the text can be had again from the HTML beside it.
            vars(chapter).pop("text", None)
    return Recognised(
        reading.source,
        reading.reader,
        reading.manuscripts,
        reading.evidence,
        reading.problems,
        identities,
    )
