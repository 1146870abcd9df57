"""The block of labelled lines at the head of a plain text, and titles written above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.facts import Facts, clean_title, read_people, state
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.labels import Labelled, read_label

#: A head is looked for in so many lines that are not empty.
_LONGEST_HEAD: Final = 60
_LONGEST_TITLE: Final = 120
#: Units: characters. Mailing lists used shorter categories for codes such as “MSR”.
_CODE: Final = 5
_BY: Final = re.compile(r"[*_]*(?:written\s+)?by\s*:?\s+(?P<name>\S.{0,79})", re.IGNORECASE)
#: Values of these go on over several lines.
_PROSE: Final = frozenset({"summary", "notes", "aside", ""})


@dataclass(slots=True)
class Head:
    """What stands above the text.

    Shape: `lines` how many lines it takes; `labels` as written, for the evidence.
    """

    lines: int = 0
    labels: list[str] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)


def read_head(lines: Sequence[str]) -> Head:
    """The head of a text, or one that takes no line.

    It needs a title label, a title with a byline below it, or two labels that are known.
    """
    head = Head()
    place = _read_title_and_byline(lines, head)
    rows, end = _read_rows(lines, place)
    known = [row for row in rows if row.field]
    titled = any(row.field == "title" for row in known)
    if not (titled or len(known) > 1 or (place and known)):
        rows, end = [], place
    head.lines = end
    head.labels = [row.label for row in rows]
    short = all(
        len(row.value) < _CODE or "/" in row.value for row in rows if row.field == "category"
    )
    state(head.facts, rows, asides=True, category_is_fandom=not short)
    return head


def _read_title_and_byline(lines: Sequence[str], head: Head) -> int:
    """A short line and “by Somebody” below it. Returns the place after both, or 0."""
    full = [(place, line.strip()) for place, line in enumerate(lines[:20]) if line.strip()][:2]
    if len(full) < 2 or len(full[0][1]) > _LONGEST_TITLE or read_label(full[0][1]):
        return 0
    byline = _BY.fullmatch(full[1][1])
    if byline is None or names_a_chapter(full[0][1]) or full[1][1].endswith((",", ";")):
        return 0
    head.facts.title = clean_title(full[0][1])
    head.facts.credits += read_people(byline["name"])
    return full[1][0] + 1


def _read_rows(lines: Sequence[str], start: int) -> tuple[list[Labelled], int]:
    """The labelled lines from `start` on, values that go on joined, and the place after them."""
    rows: list[Labelled] = []
    end, blank, width = start, False, 0
    for place in range(start, min(len(lines), start + 3 * _LONGEST_HEAD)):
        line = lines[place].strip()
        if not line:
            blank = True
            continue
        row = read_label(line)
        if names_a_chapter(line) or len(rows) > _LONGEST_HEAD:
            break
        if row is not None and (row.field or (rows and not blank)):
            rows.append(row)
        elif rows and not blank and (width >= 60 or rows[-1].field in _PROSE):
            rows[-1] = rows[-1]._replace(value=f"{rows[-1].value}\n{line}".strip())
        else:
            break
        end, blank, width = place + 1, False, len(line)
    return rows, end
