"""Plain text in any encoding, with its paragraphs marked in any way or in none."""

from __future__ import annotations

from hogarth.intake.not_prose import name_no_prose
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.text_work import read_work


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Any text. This reader comes last."""
    return (Evidence("text", f"no markup, in {found.decoded.encoding}"),)


def read(found: Found) -> Reading:
    """The text as it is: paragraphs where the format marks them, every line break kept.

    Raises: Unreadable, when it is no text that a person wrote to be read.
    """
    no_prose = name_no_prose(found.text, found.name)
    if no_prose:
        raise refuse("data-file", what=no_prose)
    lines = found.text.replace("\u2028", "\n").strip("\n").split("\n")
    work = read_work(lines, found.name)
    return Reading(found.name, "plain-text", (work.manuscript,), work.evidence, work.problems)
