"""The block of labelled lines at the head of a plain text, and titles written above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from hogarth.intake.dates import parse_date
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.labels import Labelled, read_label
from hogarth.intake.languages import language_tag
from hogarth.intake.tags import split_tags
from hogarth.manuscript import Credit, Dates, Role, SeriesPlace, Stated, Status, Tag, clean

#: A head is looked for in so many lines that are not empty.
_LONGEST_HEAD: Final = 60
_LONGEST_TITLE: Final = 120
_LONGEST_FACT: Final = 300
_BY: Final = re.compile(r"[*_]*(?:written\s+)?by\s*:?\s+(?P<name>\S.{0,79})", re.IGNORECASE)
_AND: Final = re.compile(r"\s+(?:and|und|et|y|&)\s+|\s*[,;]\s*", re.IGNORECASE)
_SERIES_PLACE: Final = re.compile(r"(?P<title>.+?)\s*[\[(#]+\s*(?P<position>\d{1,4})\s*[\])]?")
_COUNTED: Final = re.compile(r"(\d+)(?:\s*(?:/|of)\s*(\d+|\?))?")
_MAIL_SUBJECT: Final = re.compile(
    r"^(?:(?:re|fwd?)\s*:|\[[^\]]{1,30}\])\s*|\s*[(\[]\d+/\d+[)\]]\s*$", re.IGNORECASE
)
_DECORATION: Final = ' \t*_=~#-–—"“”'
_CATEGORIES: Final = frozenset({"f/f", "f/m", "m/m", "m/f", "gen", "multi", "other"})
#: Values of these go on over several lines.
_PROSE: Final = frozenset({"summary", "notes", "aside", ""})
_TAG_FIELDS: Final = frozenset(
    {"fandom", "relationship", "character", "rating", "warning", "genre", "freeform"}
)
_ROLES: Final[dict[str, Role]] = {
    "author": "author",
    "beta": "beta",
    "translator": "translator",
    "artist": "artist",
}


@dataclass(slots=True)
class Head:
    """What stands above the text.

    Shape: `lines` how many lines it takes; `labels` as written, for the evidence; `notes` HTML.
    """

    lines: int = 0
    labels: list[str] = field(default_factory=list)
    title: str = ""
    credits: list[Credit] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    series: list[SeriesPlace] = field(default_factory=list)
    summary: str | None = None
    notes: str | None = None
    source: str | None = None
    language: str | None = None
    status: Status = "unknown"
    expected: int | None = None
    dates: Dates = field(default_factory=Dates)
    stated: Stated = field(default_factory=Stated)


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
    _apply(rows, head)
    return head


def clean_title(line: str) -> str:
    """A title without the rules and stars that were drawn around it."""
    return line.strip(_DECORATION) or line.strip()


def _read_title_and_byline(lines: Sequence[str], head: Head) -> int:
    """A short line and “by Somebody” below it. Returns the place after both, or 0."""
    full = [(place, line.strip()) for place, line in enumerate(lines[:20]) if line.strip()][:2]
    if len(full) < 2 or len(full[0][1]) > _LONGEST_TITLE or read_label(full[0][1]):
        return 0
    byline = _BY.fullmatch(full[1][1])
    if byline is None or names_a_chapter(full[0][1]) or full[1][1].endswith((",", ";")):
        return 0
    head.title = clean_title(full[0][1])
    head.credits += _people(byline["name"], "author")
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


def _apply(rows: Sequence[Labelled], head: Head) -> None:
    asides: list[str] = []
    fandoms = any(row.field == "fandom" for row in rows)
    for row in rows:
        line = " ".join(row.value.split())
        if row.field == "title":
            head.title = head.title or clean_title(_MAIL_SUBJECT.sub("", line))
        elif row.field in _ROLES:
            head.credits += _people(line, _ROLES[row.field])
        elif row.field in _TAG_FIELDS:
            head.tags += split_tags(row.field, line)
        elif row.field == "category":
            head.tags += _read_category(line, fandoms)
        elif row.field == "summary" and not head.summary:
            head.summary = _print(row.value) or None
        elif row.field == "notes":
            asides.append(row.value)
        elif not _apply_fact(row.field, line, head):
            asides.append(f"{row.label}: {row.value}")
    head.credits = list(dict.fromkeys(head.credits))
    head.tags = list(dict.fromkeys(head.tags))
    head.notes = "\n".join(filter(None, map(_print, asides))) or None


def _apply_fact(name: str, line: str, head: Head) -> bool:
    """Dates, counts, places: whether the line was one and could be read."""
    if name == "language":
        head.language = language_tag(line)
        return head.language is not None
    if name in ("published", "updated"):
        day = parse_date(line)
        if day and name == "published":
            head.dates = Dates(day, head.dates.updated)
        elif day:
            head.dates = Dates(head.dates.published, day)
        return day is not None
    if name == "series":
        found = _SERIES_PLACE.fullmatch(line[:_LONGEST_FACT])
        position = int(found["position"]) if found else None
        head.series.append(SeriesPlace(found["title"] if found else line, position))
        return True
    if name == "source":
        head.source = head.source or (line if line.startswith(("http://", "https://")) else None)
        return head.source == line
    return _apply_count(name, line, head)


def _apply_count(name: str, line: str, head: Head) -> bool:
    if name == "status":
        head.status = _read_status(line)
        return head.status != "unknown"
    counted = _COUNTED.match(line.replace(",", ""))
    if counted is None:
        return False
    if name == "words":
        head.stated = Stated(words=int(counted[1][:12]))
    elif name == "chapters":
        stated = counted[2] or counted[1]
        head.expected = int(stated[:6]) if stated.isdecimal() else None
    else:
        return False
    return True


def _read_status(line: str) -> Status:
    folded = line.casefold()
    if folded.startswith(("complete", "finished", "yes")):
        return "complete"
    if folded.startswith(("in progress", "in-progress", "wip", "incomplete", "ongoing", "no")):
        return "in-progress"
    return "abandoned" if folded.startswith(("abandoned", "discontinued")) else "unknown"


def _read_category(line: str, fandoms: bool) -> list[Tag]:
    tags = split_tags("category", line)
    if all(tag.name.casefold() in _CATEGORIES for tag in tags):
        return tags
    # Some tools say "Category" for the fandom; mailing lists used it for codes such as "MSR".
    return split_tags("freeform" if fandoms or len(line) < 5 or "/" in line else "fandom", line)


def _people(line: str, role: Role) -> list[Credit]:
    names = (name.strip(" *_.") for name in _AND.split(line))
    return [Credit(name, role) for name in names if name]


def _print(value: str) -> str:
    return clean(f"<p>{escape(value, quote=False).replace(chr(10), '<br>')}</p>") if value else ""
