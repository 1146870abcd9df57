"""What a source says of a work besides its text: on a title page, in a header block, in a table.

Every reader fills the same value, so that “Pairing: …” means the same wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final

from hogarth.intake.dates import parse_date
from hogarth.intake.labels import Labelled
from hogarth.intake.languages import language_tag
from hogarth.intake.tags import split_tags, strip_stop
from hogarth.manuscript import (
    Asset,
    Chapter,
    Credit,
    Dates,
    Manuscript,
    Role,
    SeriesPlace,
    Stated,
    Status,
    Tag,
    clean,
)

_LONGEST_FACT: Final = 300
_AND: Final = re.compile(r"\s+(?:and|und|et|y|&)\s+|\s*[,;]\s*", re.IGNORECASE)
_SERIES_PLACE: Final = re.compile(
    r"(?P<title>.+?)\s*(?:[\[(#]+|,?\s+(?:book|part|volume|vol\.)\s)\s*(?P<position>\d{1,4})\s*[\])]?",
    re.IGNORECASE,
)
_PART_OF: Final = re.compile(
    r"part\s+(?P<position>\d{1,4})\s+of\s+(?P<title>.+)", re.IGNORECASE | re.DOTALL
)
_COUNTED: Final = re.compile(r"(\d+)(?:\s*(?:/|of)\s*(\d+|\?))?")
_MAIL_SUBJECT: Final = re.compile(
    r"^(?:(?:re|fwd?)\s*:|\[[^\]]{1,30}\])\s*|\s*[(\[]\d+/\d+[)\]]\s*$", re.IGNORECASE
)
_DECORATION: Final = " \t*_=~#-–—"
_QUOTES: Final = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("【", "】"))
#: Kinds of pairing, which archives call categories; other makers call a fandom so.
CATEGORIES: Final = frozenset({"f/f", "f/m", "m/f", "m/m", "gen", "multi", "other"})
_TAG_FIELDS: Final = frozenset(
    {"fandom", "relationship", "character", "rating", "warning", "genre", "freeform"}
)
_ROLES: Final[dict[str, Role]] = {
    "author": "author",
    "beta": "beta",
    "translator": "translator",
    "artist": "artist",
}
_NOBODY: Final = frozenset({"", "unknown", "unknown author", "anonymous", "n/a", "none"})
_COUNTS: Final = ("words", "kudos", "hits", "comments", "bookmarks")


@dataclass(slots=True)
class Facts:
    """Shape: as in Manuscript; `posted` chapters the source has now, `expected` in the end."""

    title: str = ""
    credits: list[Credit] = field(default_factory=list)
    summary: str | None = None
    notes: str | None = None
    tags: list[Tag] = field(default_factory=list)
    series: list[SeriesPlace] = field(default_factory=list)
    source: str | None = None
    language: str | None = None
    status: Status = "unknown"
    posted: int | None = None
    expected: int | None = None
    dates: Dates = field(default_factory=Dates)
    stated: Stated = field(default_factory=Stated)


def state(
    facts: Facts,
    rows: Iterable[Labelled],
    *,
    asides: bool = False,
    category_is_fandom: bool = True,
) -> None:
    """Add what labelled lines state. What is stated first stays, but names and tags add up.

    Shape: with `asides`, lines of no known meaning become notes; mailing lists used “Category”
    for codes such as “MSR”, most makers use it for the fandom.
    """
    rows = list(rows)
    notes: list[str] = []
    fandoms = any(row.field == "fandom" for row in rows)
    for row in rows:
        line = " ".join(row.value.split())
        if row.field == "category":
            facts.tags += _read_category(line, category_is_fandom and not fandoms)
        elif row.field == "notes":
            notes.append(row.value)
        elif not _state(facts, row, line) and asides:
            notes.append(f"{row.label}: {row.value}")
    facts.credits = list(dict.fromkeys(facts.credits))
    facts.tags = list(dict.fromkeys(facts.tags))
    if facts.status == "complete" and facts.expected is None:
        facts.expected = facts.posted
    printed = [_print(note) for note in notes if note]
    if printed:
        facts.notes = "\n".join(filter(None, [facts.notes, *printed]))


def make_manuscript(
    facts: Facts, chapters: Sequence[Chapter], *, title: str = "", assets: tuple[Asset, ...] = ()
) -> Manuscript:
    """The work of these facts and chapters. Shape: `title` where the facts name none."""
    return Manuscript(
        title=facts.title or title,
        chapters=tuple(chapters),
        credits=tuple(dict.fromkeys(facts.credits)),
        summary=facts.summary,
        notes=facts.notes,
        tags=tuple(dict.fromkeys(facts.tags)),
        series=tuple(dict.fromkeys(facts.series)),
        source=facts.source,
        language=facts.language,
        status=facts.status,
        expected_chapters=facts.expected,
        dates=facts.dates,
        stated=facts.stated,
        assets=assets,
    )


def fill_in(manuscript: Manuscript, facts: Facts) -> Manuscript:
    """The manuscript, with what it does not say itself from the facts."""
    dates, stated = manuscript.dates, manuscript.stated
    return replace(
        manuscript,
        title=manuscript.title or facts.title,
        credits=manuscript.credits or tuple(facts.credits),
        summary=manuscript.summary or facts.summary,
        notes=manuscript.notes or facts.notes,
        tags=tuple(dict.fromkeys((*manuscript.tags, *_new_kinds(manuscript, facts)))),
        series=manuscript.series or tuple(facts.series),
        source=manuscript.source or facts.source,
        language=manuscript.language or facts.language,
        status=facts.status if manuscript.status == "unknown" else manuscript.status,
        expected_chapters=manuscript.expected_chapters or facts.expected,
        dates=Dates(dates.published or facts.dates.published, dates.updated or facts.dates.updated),
        stated=stated if stated != Stated() else facts.stated,
    )


def overrule(manuscript: Manuscript, facts: Facts) -> Manuscript:
    """The manuscript, where the facts are believed more than what it says itself."""
    kinds = {tag.kind for tag in facts.tags}
    kept = [tag for tag in manuscript.tags if tag.kind not in kinds]
    return fill_in(
        replace(
            manuscript,
            title=facts.title or manuscript.title,
            credits=tuple(facts.credits) or manuscript.credits,
            summary=facts.summary or manuscript.summary,
            tags=(*facts.tags, *kept),
            series=tuple(facts.series) or manuscript.series,
            source=facts.source or manuscript.source,
            language=facts.language or manuscript.language,
            status=manuscript.status if facts.status == "unknown" else facts.status,
            expected_chapters=facts.expected or manuscript.expected_chapters,
            dates=Dates(
                facts.dates.published or manuscript.dates.published,
                facts.dates.updated or manuscript.dates.updated,
            ),
        ),
        facts,
    )


def read_people(line: str, role: Role = "author") -> list[Credit]:
    """The people in “Jane Bennet and Lydia B., Kitty”."""
    names = (strip_stop(name.strip(" *_").lstrip(".")) for name in _AND.split(line))
    return [Credit(name, role) for name in names if name.casefold() not in _NOBODY]


def read_series_place(line: str) -> SeriesPlace:
    """The place in “Name [3]”, “Name #3”, “Name, Book 3” or “Part 3 of Name”."""
    short = " ".join(line.split())[:_LONGEST_FACT]
    found = _PART_OF.fullmatch(short) or _SERIES_PLACE.fullmatch(short)
    if found is None:
        return SeriesPlace(short)
    return SeriesPlace(found["title"].strip(" ,"), int(found["position"]) or None)


def read_status(line: str) -> Status:
    """Whether “Complete”, “WIP”, “Abandoned” or another word for them is said."""
    folded = line.casefold()
    if folded.startswith(("complete", "finished", "yes", "true")):
        return "complete"
    if folded.startswith(
        ("in progress", "in-progress", "wip", "work in progress", "incomplete", "ongoing", "no")
    ):
        return "in-progress"
    return "abandoned" if folded.startswith(("abandoned", "discontinued")) else "unknown"


def read_number(line: str) -> int | None:
    """The count with which a line begins, whatever separates its thousands."""
    found = _COUNTED.match(line.replace(",", "").replace("\u202f", "").replace("\xa0", ""))
    return int(found[1]) if found and len(found[1]) < 13 else None


def clean_title(line: str) -> str:
    """A title without the rules, stars and quotes that were drawn around it."""
    bare = line.strip(_DECORATION)
    for opening, closing in _QUOTES:
        inside = bare.removeprefix(opening).removesuffix(closing)
        # A quote within the title, as in A Study of “Emma”, stays whole.
        if opening not in inside and closing not in inside and len(inside) + 2 >= len(bare):
            bare = inside.strip(_DECORATION)
    return bare or line.strip()


def _state(facts: Facts, row: Labelled, line: str) -> bool:
    """Whether the line stated something and it could be read."""
    name = row.field
    if name == "title":
        facts.title = facts.title or clean_title(_MAIL_SUBJECT.sub("", line))
    elif name in _ROLES:
        facts.credits += read_people(line, _ROLES[name])
    elif name in _TAG_FIELDS:
        facts.tags += split_tags(name, line)
    elif name == "summary" and not facts.summary:
        facts.summary = _print(row.value) or None
    elif name == "series":
        facts.series.append(read_series_place(line))
    elif name in _COUNTS:
        return _state_count(facts, name, line)
    else:
        return _state_fact(facts, name, line)
    return True


def _state_fact(facts: Facts, name: str, line: str) -> bool:
    if name == "language":
        facts.language = facts.language or language_tag(line)
        return facts.language is not None
    if name in ("published", "updated"):
        return _state_date(facts, name, line)
    if name == "source":
        facts.source = facts.source or (line if line.startswith(("http://", "https://")) else None)
        return facts.source == line
    if name == "status":
        return _state_status(facts, line)
    return name == "chapters" and _state_chapters(facts, line)


def _state_date(facts: Facts, name: str, line: str) -> bool:
    day = parse_date(line)
    if day is not None:
        known = facts.dates
        published = day if name == "published" else None
        updated = day if name == "updated" else None
        facts.dates = Dates(known.published or published, known.updated or updated)
    return day is not None


def _state_status(facts: Facts, line: str) -> bool:
    """“Completed: 2019-02-03” gives the day in place of the word."""
    if parse_date(line) is not None:
        facts.status = "complete"
        return _state_date(facts, "updated", line)
    status = read_status(line)
    if status != "unknown":
        facts.status = status
    return status != "unknown"


def _state_chapters(facts: Facts, line: str) -> bool:
    counted = _COUNTED.match(line.replace(",", ""))
    if counted is None:
        return False
    facts.posted = int(counted[1][:6])
    if counted[2] and counted[2].isdecimal():
        facts.expected = int(counted[2][:6])
    if counted[2] and facts.status == "unknown":
        facts.status = "complete" if counted[1] == counted[2] else "in-progress"
    return True


def _state_count(facts: Facts, name: str, line: str) -> bool:
    number = read_number(line)
    counts: dict[str, int | None] = {name: number}
    if number is not None:
        known = facts.stated
        kept = {name: getattr(known, name) for name in _COUNTS}
        counts |= {name: value for name, value in kept.items() if value is not None}
        facts.stated = Stated(**counts, as_of=known.as_of)
    return number is not None


def _read_category(line: str, fandom: bool) -> list[Tag]:
    tags = split_tags("category", line)
    if all(tag.name.casefold() in CATEGORIES for tag in tags):
        return tags
    return split_tags("fandom" if fandom else "freeform", line)


def _new_kinds(manuscript: Manuscript, facts: Facts) -> list[Tag]:
    known = {tag.kind for tag in manuscript.tags}
    names = {tag.name.casefold() for tag in manuscript.tags}
    return [tag for tag in facts.tags if tag.kind not in known and tag.name.casefold() not in names]


def _print(value: str) -> str:
    return clean(f"<p>{escape(value, quote=False).replace(chr(10), '<br>')}</p>") if value else ""
