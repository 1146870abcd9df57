"""A table of facts beside the files: its columns, its rows, and which file each row is about."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from hogarth.errors import Invalid
from hogarth.intake.containers import Place
from hogarth.intake.decoding import decode
from hogarth.intake.facts import Facts
from hogarth.intake.limits import Limits
from hogarth.intake.table_cells import read_list, read_text, tell_separator
from hogarth.intake.table_columns import Column, tell_columns
from hogarth.intake.table_facts import TAG_FIELDS, read_facts
from hogarth.intake.table_names import FIELDS, fold_name, read_name
from hogarth.intake.table_profile import is_missing
from hogarth.intake.table_rows import Table
from hogarth.intake.table_works import tell_site
from hogarth.intake.tables import open_table
from hogarth.intake.titles import fold_title
from hogarth.intake.told import Told

#: What a column may be said to hold besides the fields of a work.
_NOTHING: Final = frozenset({"-", "", "nothing", "none"})
#: Fields of a table whose rows are works; beside files they say nothing.
_OF_ROWS: Final = ("text", "paragraph", "ignore", "site", "end notes")
#: What a column that names files may say besides.
_SAID_TOO: Final = frozenset({"title", "id", "source"})
_DEEPEST: Final = 12
_ENDINGS_LINE: Final = (
    ".epub .html .htm .xhtml .txt .md .docx .odt .rtf .doc .pdf .mobi .azw3 .azw .fb2 .zip .htmlz "
    ".txtz .json .csv .mhtml"
)
_ENDINGS: Final = frozenset(_ENDINGS_LINE.split())


@dataclass(frozen=True, slots=True)
class Line:
    """A row. Shape: `files` what it calls the files it is about, as written."""

    number: int
    facts: Facts
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A column, for telling. Shape: `field` as people call it, "" for one that is passed over."""

    name: str
    field: str
    filled: int


@dataclass(slots=True)
class Matched:
    """Which row each file has.

    Shape: `by_name` and `by_address` the facts for a place's name and for the address of a work;
    `rows` how many name files that are here; `strangers` rows that name no file here;
    `bare` files without a row; `doubtful` rows and files that could not be told apart.
    """

    columns: tuple[Shown, ...]
    by_name: dict[str, Told] = field(default_factory=dict)
    by_address: list[tuple[str, Told]] = field(default_factory=list)
    rows: int = 0
    strangers: list[int] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    doubtful: list[tuple[tuple[int, ...], tuple[str, ...]]] = field(default_factory=list)
    itself: str = ""

    def tell(self, places: Iterable[Place]) -> Iterator[Place]:
        """The places with what the table says of each, without the table itself."""
        for place in places:
            if not place.members and os.path.realpath(place.path) == self.itself:
                continue
            told = self.by_name.get(place.name)
            yield place if told is None else replace(place, told=told)


def read_mapping(line: str) -> dict[str, str]:
    """Which columns hold what, as typed: “Ship Name=relationship,Fic=title”.

    Shape: folded name of a column → field, “ignore” for nothing.
    Raises: Invalid, naming what cannot be understood.
    """
    mapping: dict[str, str] = {}
    for part in line.split(","):
        name, equals, said = part.rpartition("=")
        if not equals or not name.strip():
            raise Invalid(
                "“%(part)s” does not say which column holds what.",
                "Write NAME=FIELD, such as --columns “Ship Name=relationship,Fic=title”.",
                code="bad-columns", part=part.strip()[:80],
            )  # fmt: skip
        mapping[fold_name(name) or name.strip()] = _read_field(said.strip())
    return mapping


def _read_field(said: str) -> str:
    folded = fold_name(said)
    if said in _NOTHING or folded in _NOTHING:
        return "ignore"
    dashed = folded.replace(" ", "-")
    for name in (folded, dashed):
        if name in FIELDS:
            return name
    named = read_name(said)
    if named is None or named.field.startswith("chapter:"):
        raise Invalid(
            "“%(said)s” is no field of a work.",
            "The fields are %(fields)s, or - to pass a column over.",
            code="bad-columns", said=said[:80], fields=", ".join(_SETTABLE),
        )  # fmt: skip
    return named.field


_SETTABLE: Final = tuple(
    name for name in FIELDS if name not in _OF_ROWS and not name.startswith("chapter-")
)


def read_sidecar(
    data: bytes, name: str, places: Sequence[Place], mapping: Mapping[str, str], limits: Limits
) -> Matched:
    """Which rows of the table are about which of the files.

    Raises: Invalid, when it is no table, or has no row for any of them.
    """
    table = _open(data, name, limits)
    names = table.names or [str(place + 1) for place in range(_width(table))]
    unknown = sorted(set(mapping) - {fold_name(column) or column for column in names})
    if unknown:
        raise Invalid(
            "The table %(name)s has no column called “%(column)s”.",
            "Its columns are: %(columns)s.",
            code="bad-columns", name=name, column=unknown[0],
            columns=", ".join(names)[:500],
        )  # fmt: skip
    index = _Index(places)
    columns = _choose_columns(table, mapping, index)
    lines = _read_lines(table, columns, index)
    matched = Matched(_show(table, columns))
    _match(lines, index, matched, name)
    if not matched.by_name and not matched.by_address:
        raise _nothing(name, columns)
    return matched


def _open(data: bytes, name: str, limits: Limits) -> Table:
    ending = PurePosixPath(name).suffix.lower()
    table = open_table(decode(data).text, ending, limits.rows, expected=True) if data else None
    if table is None or not table.rows:
        raise Invalid(
            "The file %(name)s holds no table of facts.",
            "It may be CSV, TSV, JSON or JSON Lines, with a column that names the files.",
            code="no-table", name=name,
        )  # fmt: skip
    return table


def _nothing(name: str, columns: Sequence[Column]) -> Invalid:
    files = [column.name or str(column.place + 1) for column in columns if column.field == "file"]
    if not files:
        return Invalid(
            "No column of %(name)s names files, and none holds addresses of works.",
            "Say which one does: --columns NAME=file.",
            code="metadata-without-files", name=name,
        )  # fmt: skip
    return Invalid(
        "No row of %(name)s is about any of these files.",
        "Names of files were looked for in “%(column)s”; --columns NAME=file says another column.",
        code="metadata-matches-nothing", name=name, column=files[0],
    )  # fmt: skip


# --- columns and rows ---------------------------------------------------------------------------


def _choose_columns(table: Table, mapping: Mapping[str, str], index: _Index) -> list[Column]:
    """The columns; as the one that names files, where nobody said so, the one that names most."""
    told = tell_columns(table, mapping).usual
    best = None if "file" in mapping.values() else _most_files(table, told, index)
    if best is not None:
        name = table.names[best] if table.names else ""
        also = [c for c in told if c.place == best and c.field in _SAID_TOO and c.name]
        key = fold_name(name) or name or str(best + 1)
        others = tell_columns(table, {**mapping, key: "file"}).usual
        told = (Column(best, name, "file"), *also, *(c for c in others if c.place != best))
        told = tuple(c for c in told if c.field != "file" or c.place == best)
    return [c for c in told if c.field not in ("text", "paragraph", "short text")]


def _most_files(table: Table, columns: Sequence[Column], index: _Index) -> int | None:
    counts = {
        place: sum(index.knows(cell) for row in table.rows for cell in _files_in(row.at(place)))
        for place in range(_width(table))
    }
    # A column of that name is believed when it names any file at all.
    named = [c.place for c in columns if c.field == "file" and counts.get(c.place)]
    best = named[0] if named else max(counts, key=lambda place: counts[place])
    return best if counts[best] else None


def _files_in(cell: Any) -> list[str]:
    if is_missing(cell):
        return []
    parts = read_list(cell)
    return [read_text(part) for part in parts] if parts is not None else [read_text(cell)]


def _read_lines(table: Table, columns: Sequence[Column], index: _Index) -> list[Line]:
    separators = {
        c.place: tell_separator(row.at(c.place) for row in table.rows[:500])
        for c in columns
        if c.field in TAG_FIELDS
    }
    ids = [c.place for c in columns if c.field == "id"]
    site = _site_of(table, columns)
    lines = []
    for row in table.rows:
        facts = read_facts(row, columns, separators)
        if not facts.source and site and ids:
            number = read_text(row.at(ids[0]) or "")
            facts.source = site.format(number) if number.isdecimal() else None
        files = [name for c in columns if c.field == "file" for name in _files_in(row.at(c.place))]
        if not any(index.knows(name) for name in files):
            # Libraries and downloaders call a file after the work, and list no names of files.
            files += [name for name in _names_of(facts) if index.knows(name)][:1]
        lines.append(Line(row.number, facts, tuple(files)))
    return lines


def _names_of(facts: Facts) -> list[str]:
    """What a file of this work may be called."""
    people = [credit.name for credit in facts.credits if credit.role == "author"]
    if not facts.title:
        return []
    named = [
        name
        for person in people
        for name in (f"{facts.title} - {person}", f"{person} - {facts.title}")
    ]
    return [*named, f"{facts.title} - {' & '.join(people)}", facts.title]


def _site_of(table: Table, columns: Sequence[Column]) -> str:
    ratings = [c.place for c in columns if c.field == "rating"]
    return tell_site(columns, (str(row.at(p)) for row in table.rows[:500] for p in ratings))


def _width(table: Table) -> int:
    return len(table.names) or max(len(row.cells) for row in table.rows)


def _show(table: Table, columns: Sequence[Column]) -> tuple[Shown, ...]:
    shown = []
    for place in range(_width(table)):
        filled = sum(not is_missing(row.at(place)) for row in table.rows)
        fields = [c.field for c in columns if c.place == place and c.field not in ("", "ignore")]
        name = table.names[place] if table.names else str(place + 1)
        shown.append(Shown(name, ", ".join(fields), filled))
    return tuple(shown)


# --- rows and files -----------------------------------------------------------------------------


class _Index:
    """The files by their path, the ends of it, their stems and the letters of these."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self._by_end: defaultdict[str, list[int]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)
        self._by_letters: defaultdict[str, list[int]] = defaultdict(list)
        for number, place in enumerate(places):
            parts = _parts_of(place.name)
            for end in _ends(parts):
                self._by_end[end].append(number)
            stem = _stem_of(parts[-1]) if parts else ""
            self._by_stem[stem].append(number)
            self._by_letters[fold_title(stem)].append(number)

    def knows(self, name: str) -> bool:
        return bool(self.find(name))

    def find(self, name: str) -> list[int]:
        """The files that a name may mean: by the longest end of their path, by stem, by letters."""
        if len(name) > 4096:
            return []
        parts = _parts_of(name)
        if not parts:
            return []
        for end in _ends(parts):
            if end in self._by_end:
                return self._by_end[end]
        stem = _stem_of(parts[-1])
        return self._by_stem.get(stem) or self._by_letters.get(fold_title(stem) or "-", [])

    def are_one_book(self, numbers: Sequence[int]) -> bool:
        """Whether files are one book in several forms: in one folder, of one name."""
        books = {self.places[number].name.rpartition(".")[0] for number in numbers}
        return len(books) == 1


def _parts_of(name: str) -> tuple[str, ...]:
    """The parts of a path, without what systems write in different ways."""
    if name.startswith("file://") or "%20" in name:
        name = unquote(name.removeprefix("file://"))
    folded = unicodedata.normalize("NFKC", name.replace("\\", "/")).casefold()
    parts = (part.strip() for part in folded.split("/"))
    return tuple(part for part in parts if part not in ("", "."))


def _ends(parts: Sequence[str]) -> Iterator[str]:
    """The ends of a path, the longest first."""
    for start in range(max(0, len(parts) - _DEEPEST), len(parts)):
        yield "/".join(parts[start:])


def _stem_of(name: str) -> str:
    path = PurePosixPath(name)
    return path.stem if path.suffix in _ENDINGS else name


def _match(lines: Sequence[Line], index: _Index, matched: Matched, name: str) -> None:
    wanted: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        numbers = list(dict.fromkeys(n for file in line.files for n in index.find(file)))
        if len(numbers) > 1 and len(line.files) < 2 and not index.are_one_book(numbers):
            names = tuple(index.places[number].name for number in numbers)
            matched.doubtful.append(((line.number,), names))
        elif numbers:
            for number in numbers:
                wanted[number].append(line)
        elif line.facts.source:
            matched.by_address.append((line.facts.source, _told(line, name)))
        else:
            matched.strangers.append(line.number)
    used: set[int] = set()
    for number, candidates in wanted.items():
        place = index.places[number].name
        if any(line.facts != candidates[0].facts for line in candidates[1:]):
            rows = tuple(line.number for line in candidates)
            matched.doubtful.append((rows, (place,)))
            continue
        matched.by_name[place] = _told(candidates[0], name)
        used.add(candidates[0].number)
    matched.rows = len(used)
    matched.bare = [place.name for place in index.places if place.name not in matched.by_name]


def _told(line: Line, name: str) -> Told:
    return Told(line.facts, f"{name} row {line.number}")
