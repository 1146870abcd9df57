"""The list of tags and figures at the head of an otwarchive work, copied as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.ao3_header import Header
from hogarth.intake.ao3_labelled import LABELS, field_of, state_line
from hogarth.intake.facts import clean_title

_LABELS: Final = "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
_LABELLED: Final = re.compile(rf"\s*({_LABELS})\s*:\s*(.*)", re.IGNORECASE)
_STAT_LINE: Final = re.compile(
    r"\s*(?:published|updated|completed|words|chapters|comments|kudos|bookmarks|hits)\s*:.*"
    r"|\s*\d{4}-\d\d-\d\d\s*|\s*\d[\d,.]*\s*(?:/\s*(?:\d[\d,.]*|\?))?\s*",
    re.IGNORECASE,
)
_END: Final = re.compile(r"(?:chapter )?(?:summary|notes|(?:work |chapter )?text):?", re.IGNORECASE)
_COUNTED: Final = re.compile(r"chapter \d{1,5}", re.IGNORECASE)
_POSTED: Final = re.compile(r"posted originally on the\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{1,200}/\s?works/\d{1,12}", re.IGNORECASE)
_PART: Final = re.compile(r"part \d+ of\b", re.IGNORECASE)
_TURN: Final = re.compile(r"(?:←\s*)?previous work|next work(?:\s*→)?", re.IGNORECASE)
#: How a program that makes text of pages writes a link.
_UNDERLINED: Final = "Archive_of_Our_Own"
#: Where a work is copied whole, what stands above the list is what the site puts there.
_ABOVE: Final = "work header"
#: Units: lines. Lists of thousands of tags have been seen.
_LONGEST: Final = 6_000
_FEWEST_FIELDS: Final = 3


@dataclass(slots=True)
class PastedHead:
    """Shape: `lines` how many it takes with all above; `fields` what its rows tell, in order."""

    header: Header = field(default_factory=Header)
    fields: list[str] = field(default_factory=list)
    lines: int = 0
    title: str = ""
    address: str = ""
    posted: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether only the Archive's software writes such a head."""
        told = set(self.fields)
        return len(told) >= _FEWEST_FIELDS and ("stats" in told or bool(self.posted))


def join_colons(lines: Sequence[str]) -> list[str]:
    """The lines, with a colon that got a line of its own back behind its label or heading."""
    joined: list[str] = []
    for line in lines:
        if (
            line.lstrip()[:1] == ":"
            and joined
            and (field_of(joined[-1][:60]) or _COUNTED.fullmatch(joined[-1].strip()[:60]))
        ):
            joined[-1] = f"{joined[-1].rstrip()}{line.strip()}"
        else:
            joined.append(line)
    return joined


def read_pasted_head(lines: Sequence[str]) -> PastedHead:
    """The head, wherever in the first lines it begins. Rows can go on over several lines."""
    head = PastedHead()
    start = next((n for n, line in enumerate(lines[:_LONGEST]) if _LABELLED.match(line)), None)
    if start is None:
        above = (n for n, line in enumerate(lines[:_LONGEST]) if line.strip().lower() == _ABOVE)
        head.lines = next(above, -1) + 1
        return head
    _read_above(lines[:start], head)
    rows, head.lines = _read_rows(lines, start)
    underlined = any(_UNDERLINED in line for line in lines[:start])
    for label, values in rows:
        name = field_of(label)
        head.fields.append(name)
        for value in _join(name, values):
            state_line(head.header, name, value.replace("_", " ") if underlined else value)
    head.header.tags = list(dict.fromkeys(head.header.tags))
    return head


def _read_above(lines: Sequence[str], head: PastedHead) -> None:
    """Title and address of a download; of a page, the names of its buttons."""
    text = " ".join(line.strip() for line in lines).replace("_", " ")
    posted = _POSTED.search(text)
    address = _ADDRESS.search(text, posted.start() if posted else 0)
    head.address = address[0].replace(" ", "") if address else ""
    if posted:
        head.posted = text[posted.start() : address.end() if address else posted.start() + 80]
        title = ""
        for line in filter(None, map(str.strip, lines)):
            if _POSTED.search(line.replace("_", " ")):
                break
            title = line
        head.title = clean_title(title) if title else ""


def _read_rows(lines: Sequence[str], start: int) -> tuple[list[tuple[str, list[str]]], int]:
    """Label and the lines of its value, for each row, and the place after them."""
    rows: list[tuple[str, list[str]]] = []
    end, last = start, _last_label(lines, start)
    for place in range(start, min(len(lines), start + _LONGEST)):
        line = lines[place]
        if not line.strip():
            continue
        labelled = _LABELLED.match(line)
        in_stats = bool(rows) and field_of(rows[-1][0]) == "stats"
        if labelled and not in_stats:
            rows.append((labelled[1], [labelled[2].strip()] if labelled[2].strip() else []))
            end = place + 1
            continue
        apart = place > last and bool(rows[-1][1]) and not lines[place - 1].strip()
        if (in_stats and not _STAT_LINE.fullmatch(line)) or (apart and not in_stats):
            break
        rows[-1][1].append(line.strip())
        end = place + 1
    return rows, end


def _last_label(lines: Sequence[str], start: int) -> int:
    """The last label before the marks of summary and text: above it all lines are of the list."""
    last = start
    for place in range(start, min(len(lines), start + _LONGEST)):
        if _END.fullmatch(lines[place].strip()[:40]):
            break
        if _LABELLED.match(lines[place]):
            last = place
    return last


def _join(name: str, values: list[str]) -> list[str]:
    """Tags stand one a line, or parted by commas in lines that were cut at a width."""
    values = [value for value in (_TURN.sub("", value).strip() for value in values) if value]
    if name == "series":
        values = [f", {value}" if _PART.match(value) else value for value in values]
    if name in ("stats", "series") or any(", " in value or value.endswith(",") for value in values):
        return [" ".join(values)]
    return values
