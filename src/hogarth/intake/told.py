"""What somebody says of a file in another one."""

from __future__ import annotations

from dataclasses import dataclass

from hogarth.intake.facts import Facts


@dataclass(frozen=True, slots=True)
class Told:
    """Shape: `place` where it is said: “list.csv row 12”."""

    facts: Facts
    place: str
