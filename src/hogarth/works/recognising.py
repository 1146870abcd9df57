"""What a reading process does besides reading: knows files again, tells works from one another.

Pure: reading processes import this, and need no database.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Final

from hogarth.errors import Conflict
from hogarth.intake import Found, Reading
from hogarth.intake.telling import tell_what_was_said
from hogarth.intake.told import Told
from hogarth.intake.trying import read_found
from hogarth.manuscript import Manuscript
from hogarth.restoration import KEPT_RULES, Repair, choose, find_repairs, restore
from hogarth.works.identity import Identity, identify, source_key

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
    """The task of a reading process: see `hogarth.intake.process`.

    Shape: `told` what somebody says of works, by the key of their address.
    """

    known: Digests
    told: Mapping[str, Told] = field(default_factory=dict)

    def __call__(self, found: Found) -> Recognised:
        """Read what is new. Raises: Conflict for known bytes; Unreadable."""
        # What somebody says of a file may be new where the file is not.
        said = found.told is not None or self.told
        if not said and hashlib.sha256(found.data).digest() in self.known:
            raise Conflict("This file is in the archive already.", code=KNOWN)
        return recognise(tell_by_address(read_found(found), self.told))


@dataclass(frozen=True, slots=True)
class ReadTold:
    """The same without the archive: reading, and what somebody says of works by their address."""

    told: Mapping[str, Told]

    def __call__(self, found: Found) -> Reading:
        return tell_by_address(read_found(found), self.told)


def key_addresses(told: Iterable[tuple[str, Told]]) -> dict[str, Told]:
    """What is said by addresses, by their keys. Of two rows for one work the first counts."""
    keyed: dict[str, Told] = {}
    for address, said in told:
        key = source_key(address)
        if key is not None:
            keyed.setdefault(key, said)
    return keyed


def tell_by_address(reading: Reading, told: Mapping[str, Told]) -> Reading:
    """The reading with what is said of its works, by the addresses that they are from."""
    if not told:
        return reading
    for part, manuscript in enumerate(reading.manuscripts):
        said = told.get(source_key(manuscript.source) or "")
        if said is not None and not (reading.told and reading.told[part]):
            reading = tell_what_was_said(reading, said, part)
    return reading


def recognise(reading: Reading) -> Recognised:
    """The reading with all that costs time to know, so that the importing process need not ask."""
    identities = tuple(identify(manuscript) for manuscript in reading.manuscripts)
    problems = reading.problems_by_part()
    repairs = tuple(
        find_repairs(manuscript, problems=[p.code for p in problems[part]], rules=KEPT_RULES)
        for part, manuscript in enumerate(reading.manuscripts)
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
    known = {row.name: getattr(reading, row.name) for row in fields(reading)}
    return Recognised(**known, identities=identities, repairs=repairs, restored=restored)
