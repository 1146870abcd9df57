"""The block of labelled lines at the head of a plain text, and titles written above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.bylines import read_byline, strip_addresses, strip_name
from hogarth.intake.facts import Facts, clean_title, state
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.labels import Labelled, read_label

#: A head is looked for in so many lines that are not empty.
_LONGEST_HEAD: Final = 60
_LONGEST_TITLE: Final = 120
#: Units: characters. Mailing lists used shorter categories for codes such as “MSR”.
_CODE: Final = 5
#: Units: lines. A value that goes on for longer is the text itself.
_LONGEST_VALUE: Final = 24
_FULL_LINE: Final = 60
_SHORT_LINE: Final = 45
_ENDS_SENTENCE: Final = re.compile(r"[.!?…)\"”]$")
_GOES_ON: Final = re.compile(r"[.,;:!?…)\"”]$")
#: Units: words in a line of names.
_MOST_NAMES: Final = 16
_WORDS_A_NAME: Final = 4
_SPOKEN: Final = re.compile(r"[?!]\s|[?!]$|(?<=[^\W\d_]{3})\.\s+\S|\.\.\.|\n\s*\S+(?:\s+\S+){6}")
_LETTER: Final = re.compile(r"[^\W\d_]")
#: Values of these go on over several lines.
_PROSE: Final = frozenset({"summary", "notes", "aside", ""})
_PEOPLE: Final = frozenset({"author", "beta", "translator", "artist"})
_ONCE: Final = frozenset({"author", "title", "fandom", "rating", "status", "summary", "published"})


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
    rows, end = read_rows(lines, place)
    if not (make_a_head(rows) or (place and any(row.field for row in rows))):
        rows, end = [], place
    head.lines = end
    head.labels = [row.label for row in rows]
    state_rows(head.facts, rows)
    return head


def make_a_head(rows: Sequence[Labelled]) -> bool:
    """Whether rows are a head rather than what people say in turn: one names the title, or two
    are known. In a head nobody speaks twice.
    """
    known = [row.field for row in rows if row.field]
    labels = [row.label.casefold() for row in rows if row.field in _ONCE]
    if len(set(labels)) < len(labels) or any(map(is_speech, rows)):
        return False
    return "title" in known or len(set(known)) > 1 or known.count("aside") > 1


def is_speech(row: Labelled) -> bool:
    """Whether what stands behind “Author:” is no name but what an author says in a play."""
    if row.field != "author":
        return False
    value = strip_addresses(row.value)
    parts = value.split(",")
    if len(parts) > 2 and all(len(part.split()) <= _WORDS_A_NAME for part in parts):
        return False
    return len(value.split()) > _MOST_NAMES or _SPOKEN.search(value) is not None


def state_rows(facts: Facts, rows: Sequence[Labelled]) -> None:
    """Add what labelled lines of a plain text state."""
    short = all(
        len(row.value) < _CODE or "/" in row.value for row in rows if row.field == "category"
    )
    rows = [row._replace(value=_without_address(row)) for row in rows]
    state(facts, rows, asides=True, category_is_fandom=not short)


def _without_address(row: Labelled) -> str:
    """The value; of people the names alone, where there are any."""
    if row.field not in _PEOPLE:
        return row.value
    return strip_name(strip_addresses(" ".join(row.value.split()))) or row.value


def _read_title_and_byline(lines: Sequence[str], head: Head) -> int:
    """A short line and “by Somebody” below it. Returns the place after both, or 0."""
    full = [(place, line.strip()) for place, line in enumerate(lines[:20]) if line.strip()][:2]
    if len(full) < 2 or len(full[0][1]) > _LONGEST_TITLE or read_label(full[0][1]):
        return 0
    byline = read_byline(full[1][1])
    if byline is None or byline.title or names_a_chapter(full[0][1]):
        return 0
    head.facts.title = clean_title(full[0][1])
    head.facts.credits += byline.credits
    return full[1][0] + 1


def read_rows(lines: Sequence[str], start: int) -> tuple[list[Labelled], int]:
    """The labelled lines from `start` on, values that go on joined, and the place after them."""
    rows: list[Labelled] = []
    end, blank, width, going = start, False, 0, 0
    for place in range(start, min(len(lines), start + 3 * _LONGEST_HEAD)):
        line = lines[place].strip()
        if not _LETTER.search(line):
            # An empty line parts what belongs together; a rule does as much.
            blank = True
            continue
        row = read_label(line)
        if names_a_chapter(line) or len(rows) > _LONGEST_HEAD:
            break
        if row is not None and (row.field or (rows and not blank and _goes_with(rows))):
            rows.append(row)
            going = 0
        elif (
            rows
            and not blank
            and not begins_anew(lines[place - 1], line)
            and (_goes_on(rows[-1], width, lines[place], going))
        ):
            rows[-1] = rows[-1]._replace(value=f"{rows[-1].value}\n{line}".strip())
            going += 1
        else:
            break
        end, blank, width = place + 1, False, len(line)
    return rows, end


def begins_anew(above: str, line: str) -> bool:
    """Whether a short line below a finished sentence looks like a title rather than its end."""
    return (
        _ENDS_SENTENCE.search(above.rstrip()) is not None
        and len(line) <= _SHORT_LINE
        and not line[:1].islower()
        and _GOES_ON.search(line) is None
    )


def _goes_with(rows: Sequence[Labelled]) -> bool:
    """Whether a label that is not known may follow: in a block of known ones, not in a dialogue."""
    return sum(1 for row in rows if row.field) >= max(1, len(rows) // 2)


def _goes_on(row: Labelled, width: int, line: str, going: int) -> bool:
    """Whether a line without a label belongs to the one above."""
    if going >= _LONGEST_VALUE:
        return False
    if not row.value:
        return True
    indented = line[:1].isspace() and going == 0 and row.field not in _PROSE
    return width >= _FULL_LINE or row.field in _PROSE or (indented and len(line) < _FULL_LINE)
