"""A text while rules look at it: as it stands after the repairs of the rules before.

Rules see and propose places in the working text; the draft knows where these are in the text as
it was read.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from hogarth.manuscript import Manuscript
from hogarth.restoration.applying import select
from hogarth.restoration.repairs import APPLIED, Kind, Repair
from hogarth.restoration.text_map import map_text

_WRITTEN: Final[dict[str, str]] = {"break": "\n\n", "scene-break": "\n\n***\n\n", "move": ""}


class Draft:
    """One chapter. Shape: `text` the working text; `read` the plain text as it was read."""

    def __init__(
        self, text: str, place: int, manuscript: Manuscript, problems: frozenset[str]
    ) -> None:
        self.read: Final = text
        self.text = text
        self.place: Final = place
        self.manuscript: Final = manuscript
        #: Codes of what reading found wrong with the whole.
        self.problems: Final = problems
        self.repairs: list[Repair] = []
        self._origin: array[int] | None = None

    @cached_property
    def rules(self) -> frozenset[int]:
        """Where thematic breaks stand in the text as it was read: they look like “***” there.

        Cost: one pass over the HTML; ask only when there is something to tell apart.
        """
        html = self.manuscript.chapters[self.place].html
        if "<hr" not in html:
            return frozenset()
        return frozenset(b.text_start for b in map_text(html).blocks if b.tag == "hr")

    def propose(
        self,
        code: str,
        kind: Kind,
        start: int,
        end: int,
        after: str,
        certainty: float,
        *,
        field: str = "",
        group: str = "",
    ) -> Repair:
        """A repair of the working text from `start` to `end`, at its place in the text as read."""
        first, last = self.locate(start, end)
        return Repair(
            code=code,
            kind=kind,
            chapter=self.place,
            start=first,
            end=last,
            before=self.read[first:last],
            after=after,
            certainty=round(certainty, 3),
            field=field,
            group=group,
        )

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the working text stands in the text as it was read."""
        if self._origin is None:
            return start, end
        first = self._origin[start]
        return first, max(first, self._origin[end])

    def take(self, repairs: Iterable[Repair]) -> None:
        """Keep what a rule proposed; what is certain is done in the working text."""
        found = sorted(repairs, key=lambda repair: (repair.start, repair.end))
        self.repairs += found
        done = select(repair for repair in found if repair.certainty >= APPLIED)
        if done:
            self._splice(done)

    def _splice(self, done: list[Repair]) -> None:
        origin = self._origin or array("q", range(len(self.read) + 1))
        backwards = _Backwards(origin)
        parts: list[str] = []
        places = array("q")
        at = 0
        for repair in done:
            start, end = backwards.find(repair.start), backwards.find(repair.end)
            if start < at:
                continue
            written = _WRITTEN.get(repair.kind, repair.after)
            parts += [self.text[at:start], written]
            places.extend(origin[at:start])
            places.extend([repair.start] * len(written))
            at = end
        parts.append(self.text[at:])
        places.extend(origin[at:])
        self.text = "".join(parts)
        self._origin = places


class _Backwards:
    """Finds places of the text as read in the working text. Ask for them in rising order."""

    def __init__(self, origin: array[int]) -> None:
        self._origin = origin
        self._at = 0

    def find(self, place: int) -> int:
        origin, at = self._origin, self._at
        while at < len(origin) - 1 and origin[at] < place:
            at += 1
        self._at = at
        return at
