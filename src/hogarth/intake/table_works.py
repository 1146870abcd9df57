"""From rows to works: the same work again is one, rows that are its chapters come together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import Final

from hogarth.intake.facts import Facts, fill_in, make_manuscript
from hogarth.intake.table_columns import Column, Columns
from hogarth.intake.table_entries import Entry, is_counted_through
from hogarth.intake.table_facts import ADDRESSES
from hogarth.intake.table_text import Part, print_together, read_chapter_title
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Chapter, Manuscript, plain_text

#: Units: letters. Texts that begin alike for so long may be the same text, which those further
#: on decide.
_BEGINNING: Final = 100
_PROBE: Final = 40
#: The address of one chapter, and what of it leads to the whole.
_OF_CHAPTER: Final = re.compile(r"(https?://[^/]+/(?:works/\d+(?=/chapters/)|s/\d+(?=/\d)))")
_NUMBER: Final = re.compile(r"\d{1,10}")


@dataclass(slots=True)
class Work:
    """A work and the rows it was in.

    Shape: `again` rows of the same text; `lost` when no break is left in it; `missing` how many
    chapters its rows lack; `key` the id in them.
    """

    manuscript: Manuscript
    rows: list[int]
    again: list[int] = field(default_factory=list)
    lost: bool = False
    missing: int = 0
    key: str = ""


# --- rows that belong together ------------------------------------------------------------------


def gather(entries: Sequence[Entry], columns: Columns, depth: int) -> list[Work]:
    """The works, in the order of their first rows. Entries without text are passed over."""
    in_chapters = columns.holds("chapter-number", "chapter-title", "paragraph")
    told = [entry for entry in entries if entry.parts or entry.paragraph is not None]
    groups: dict[object, list[Entry]] = {}
    key = _choose_key(told, in_chapters)
    for entry in told:
        groups.setdefault(key(entry), []).append(entry)
    works: list[Work] = []
    for group in groups.values():
        if in_chapters:
            works.append(_join_chapters(group, depth))
        elif len(group) == 1:
            works.append(_make_work(group, group[0].parts, []))
        else:
            works += _join_texts(group)
    return sorted(works, key=lambda work: work.rows[0])


def _choose_key(entries: Sequence[Entry], in_chapters: bool) -> Callable[[Entry], object]:
    """What tells works apart here: the first of id, address, title and authors that comes again.

    Works of the same title stay apart where each has an id or an address of its own, unless rows
    are chapters: these may be what is counted.
    """
    ways: list[Callable[[Entry], str]] = [_id if in_chapters else _id_and_title, _address]
    if in_chapters or (not any(map(_id, entries)) and not any(map(_address, entries))):
        ways.append(_name)
    for way in ways:
        told = [value for value in map(way, entries) if value]
        if len(set(told)) < len(told):
            return partial(_key, way)
    if in_chapters and _are_one_work(entries):
        return partial(_key, lambda _: "all")
    return partial(_key, lambda _: "")


def _key(way: Callable[[Entry], str], entry: Entry) -> object:
    return way(entry) or entry.number


def _are_one_work(entries: Sequence[Entry]) -> bool:
    """Whether rows that nothing tells apart are counted through: chapters of the only work."""
    people = {tuple(entry.facts.credits) for entry in entries}
    return is_counted_through([entry.chapter for entry in entries]) and len(people) == 1


def _id(entry: Entry) -> str:
    return entry.key


def _id_and_title(entry: Entry) -> str:
    return entry.key and f"{entry.key} {fold_title(entry.facts.title)}"


def _address(entry: Entry) -> str:
    return _address_of_work(entry.facts.source)


def _name(entry: Entry) -> str:
    title = fold_title(entry.facts.title)
    people = " ".join(sorted(fold_title(credit.name) for credit in entry.facts.credits))
    return f"{title} {people}" if title else ""


def _address_of_work(address: str | None) -> str:
    if not address:
        return ""
    found = _OF_CHAPTER.match(address)
    return found[1] if found else address


def _join_chapters(group: Sequence[Entry], depth: int) -> Work:
    """Rows that are chapters: in the order of their numbers where all have one."""
    entries = _name_chapters(_join_paragraphs(group, depth))
    numbers = [entry.chapter for entry in entries]
    if all(number is not None for number in numbers):
        entries = sorted(entries, key=lambda entry: entry.chapter or 0)
    chapters: defaultdict[tuple[int | None, str | None], _Texts] = defaultdict(_Texts)
    for entry in entries:
        chapters[entry.chapter, entry.chapter_title].add(entry)
    kept = [entry for texts in chapters.values() for entry in texts.entries]
    again = [number for texts in chapters.values() for rows in texts.again for number in rows]
    parts = [part for entry in kept for part in _chapter_parts(entry)]
    return _make_work(kept, parts, sorted(again), chapters=True)


def _name_chapters(entries: list[Entry]) -> list[Entry]:
    """Rows of one work under different titles have those of its chapters."""
    if len({fold_title(entry.facts.title) for entry in entries}) == 1:
        return entries
    return [
        replace(
            entry,
            chapter_title=entry.chapter_title or entry.facts.title,
            facts=replace(entry.facts, title=""),
        )
        for entry in entries
    ]


def _join_paragraphs(group: Sequence[Entry], depth: int) -> list[Entry]:
    """Rows that are paragraphs of one chapter, as one entry."""
    if all(entry.paragraph is None for entry in group):
        return list(group)
    chapters: dict[tuple[int | None, str | None], list[Entry]] = {}
    for entry in group:
        chapters.setdefault((entry.chapter, entry.chapter_title), []).append(entry)
    joined = []
    for rows in chapters.values():
        if all(entry.order is not None for entry in rows):
            rows = sorted(rows, key=lambda entry: entry.order or 0)
        part = print_together((entry.paragraph for entry in rows), depth)
        joined.append(replace(rows[0], parts=[part]))
    return joined


def _join_texts(group: Sequence[Entry]) -> list[Work]:
    """Rows with the same head: the same text again, chapters of one work, or works of one name."""
    texts = _Texts()
    for entry in group:
        texts.add(entry)
    entries = texts.entries
    repeats = sorted(number for numbers in texts.again for number in numbers)
    if len(entries) == 1:
        return [_make_work(entries, entries[0].parts, repeats)]
    first = entries[0]
    if first.facts.posted == 1 and (first.key or first.facts.source):
        # One chapter at one address: the text was changed between two rows, the last is the latest.
        last = entries[-1]
        numbers = [entry.number for entry in group if entry.number != last.number]
        return [_make_work([last], last.parts, numbers)]
    if all(_are_of_one_work(first, other) for other in entries[1:]):
        parts = [part for entry in entries for part in _chapter_parts(entry)]
        return [_make_work(entries, parts, repeats, chapters=True)]
    return [
        _make_work([entry], entry.parts, again)
        for entry, again in zip(entries, texts.again, strict=True)
    ]


class _Texts:
    """Different texts, each with the numbers of the rows that held it again."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.again: list[list[int]] = []
        self._letters: list[str] = []
        self._alike: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, entry: Entry) -> None:
        letters = _letters(entry)
        alike = self._alike[letters[:_BEGINNING]]
        for place in alike:
            if _is_same(letters, self._letters[place]):
                self.again[place].append(entry.number)
                self.entries[place] = _longer(self.entries[place], entry)
                self._letters[place] = max(self._letters[place], letters, key=len)
                return
        alike.append(len(self.entries))
        self.entries.append(entry)
        self.again.append([])
        self._letters.append(letters)


def _is_same(one: str, other: str) -> bool:
    """Whether two texts that begin alike go on alike: chapters may share a note above them."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3 * _BEGINNING:
        return long.startswith(short)
    places = (len(short) // 3, len(short) // 2, 2 * len(short) // 3)
    return any(short[place : place + _PROBE] in long for place in places)


def _are_of_one_work(one: Entry, other: Entry) -> bool:
    """Whether two rows with different texts say the same of the work they are from."""
    a, b = one.facts, other.facts
    return (
        fold_title(a.title) == fold_title(b.title)
        and a.dates.published == b.dates.published
        and a.stated.words == b.stated.words
        and a.posted == b.posted
        and (bool(a.credits) or bool(one.key) or a.dates.published is not None)
    )


def _longer(before: Entry, entry: Entry) -> Entry:
    """The fuller text with the later row's facts; where they are alike, the later row."""
    if _length(before) > _length(entry):
        return replace(entry, parts=before.parts, number=before.number)
    return replace(entry, number=before.number)


def _length(entry: Entry) -> int:
    return sum(len(part.html) for part in entry.parts)


def _letters(entry: Entry) -> str:
    return "".join(fold_title(plain_text(part.html)) for part in entry.parts)


def _chapter_parts(entry: Entry) -> list[Part]:
    """The parts of a row that is a chapter, with what the row says of it."""
    first, *rest = entry.parts or [Part("")]
    number = first.number if first.number is not None else entry.chapter
    title = first.title or read_chapter_title(entry.chapter_title, number)
    source = first.source or entry.facts.source
    return [replace(first, number=number, title=title, source=source), *rest]


# --- the work -----------------------------------------------------------------------------------


def _make_work(
    entries: Sequence[Entry], parts: Sequence[Part], again: list[int], *, chapters: bool = False
) -> Work:
    """The work of these rows. Shape: `chapters` when each row is one, or a few, of its chapters."""
    latest = max(entries, key=lambda entry: entry.number)
    facts = latest.facts
    posted = facts.posted or 0
    if chapters or len(entries) > 1:
        facts, parts = _share(entries, parts)
    elif posted > len(parts) == 1:
        # All chapters in one piece are not one chapter of many.
        facts.expected = None
    manuscript = make_manuscript(facts, _number(parts))
    if not chapters and len(entries) == 1:
        manuscript = replace(manuscript, end_notes=latest.end_notes)
    for entry in reversed(entries):
        if entry is not latest:
            told = replace(entry.facts, summary=None, notes=None, source=None)
            manuscript = fill_in(manuscript, told)
    return Work(
        manuscript,
        sorted(entry.number for entry in entries),
        sorted(again),
        lost=any(part.lost for part in parts),
        missing=posted - len(parts) if chapters else 0,
        key=latest.key,
    )


def _share(entries: Sequence[Entry], parts: Sequence[Part]) -> tuple[Facts, list[Part]]:
    """What the rows say alike is said of the work, what they say each its own of its chapter."""
    facts = replace(entries[0].facts)
    last = entries[-1].facts
    facts.stated, facts.dates = last.stated, last.dates
    sources = {_address_of_work(entry.facts.source) for entry in entries}
    facts.source = (sources.pop() or None) if len(sources) == 1 else None
    told = [replace(part) for part in parts]
    for name in ("summary", "notes"):
        values = {getattr(entry.facts, name) for entry in entries}
        if len(values) == 1:
            continue
        setattr(facts, name, None)
        if len(parts) == len(entries):
            for part, entry in zip(told, entries, strict=True):
                setattr(part, name, getattr(part, name) or getattr(entry.facts, name))
    if len(parts) == len(entries):
        for part, entry in zip(told, entries, strict=True):
            part.end_notes = part.end_notes or entry.end_notes
            if part.source == facts.source:
                part.source = None
    return facts, told


def _number(parts: Sequence[Part]) -> list[Chapter]:
    """Chapters under their own numbers where these count upwards from 1, else one by one."""
    numbers = [part.number for part in parts]
    rising = all(number is not None and number > 0 for number in numbers) and all(
        (first or 0) < (second or 0) for first, second in pairwise(numbers)
    )
    return [
        Chapter(
            number=(part.number or place) if rising else place,
            html=part.html,
            title=part.title,
            source=part.source,
            summary=part.summary,
            notes=part.notes,
            end_notes=part.end_notes,
        )
        for place, part in enumerate(parts, start=1)
    ]


def tell_site(columns: Iterable[Column], ratings: Iterable[str]) -> str:
    """Where the numbers of works lead, "" where nothing says which archive they are of."""
    fields = {column.field for column in columns}
    names = {column.name.casefold().replace(" ", "_").replace("-", "_") for column in columns}
    if {"kudos", "bookmarks", "hits"} <= fields or {"kudos", "freeform", "warning"} <= fields:
        return ADDRESSES["ao3"]
    if names & {"favs", "favorites", "favourites"} and names & {"follows", "followers"}:
        return ADDRESSES["ffnet"]
    archive = {"Teen And Up Audiences", "General Audiences", "Not Rated"}
    return ADDRESSES["ao3"] if archive & set(ratings) else ""


def address_works(works: Sequence[Work], site: str) -> list[Work]:
    """The works with the addresses that their numbers have on this site."""
    return [
        replace(work, manuscript=replace(work.manuscript, source=site.format(work.key)))
        if site and not work.manuscript.source and _NUMBER.fullmatch(work.key)
        else work
        for work in works
    ]
