"""Which column of a table holds what: by its name, by what its cells are like, by both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from hogarth.intake.table_names import Named, fold_name, read_name
from hogarth.intake.table_profile import Profile, profile, rate
from hogarth.intake.table_rows import Row, Table

#: So many rows of each width tell what its columns are like.
_SAMPLE: Final = 200
_MOST_WIDTHS: Final = 8
#: Beyond so many pairs of names and columns nothing is moved.
_MOST_PAIRS: Final = 4_000
#: How much better names must fit when they are moved, before they are.
_DOUBT: Final = 1.0
#: The columns of a scraper that thousands have used, in the order in which it writes them.
_SCRAPER_LINE: Final = (
    "id title author rating category fandom relationship character freeform language published "
    "status updated words chapters comments kudos bookmarks hits ignore ignore ignore text"
)
_SCRAPER: Final = tuple(_SCRAPER_LINE.split())
_WELL: Final = 0.4
#: Where names tell of fewer columns than these, the cells of the others are looked at.
_FEWEST_TOLD: Final = 2


class Column(NamedTuple):
    """Shape: `name` as written, or ""; `field` one of `table_names.FIELDS`, “chapter:N” or ""."""

    place: int
    name: str
    field: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    Shape: `usual` those of most rows; `by_width` those of rows with more or fewer cells, where
    they are others; `guessed` when no names told; `moved` how many rows did not fit their names.
    """

    usual: tuple[Column, ...]
    by_width: Mapping[int, tuple[Column, ...]]
    guessed: bool
    moved: int = 0

    def of(self, row: Row) -> tuple[Column, ...]:
        """The columns of this row."""
        return self.by_width.get(len(row.cells), self.usual) if self.by_width else self.usual

    def holds(self, *fields: str) -> bool:
        """Whether a column of any row holds one of these."""
        rows = [self.usual, *self.by_width.values()]
        return any(column.field in fields for columns in rows for column in columns)


def tell_columns(table: Table, stated: Mapping[str, str] | None = None) -> Columns:
    """What the columns of the table hold. Shape: `stated` name → field, as somebody said."""
    rows = table.rows
    if not table.names:
        said = {int(name) - 1: said for name, said in (stated or {}).items() if name.isdecimal()}
        return Columns(_guess(rows, (), said), {}, guessed=True)
    names = table.names
    by_width: dict[int, tuple[Column, ...]] = {}
    moved = 0
    for width, number in _widths(rows, len(names)):
        alike = rows if width is None else [row for row in rows if len(row.cells) == width]
        profiles = profile_columns(alike, width or len(names))
        places = _align_names(names, profiles) if width not in (None, len(names)) else None
        moved += number if places is not None else 0
        by_width[width or 0] = _by_names(names, profiles, places, stated or {})
    usual = by_width.get(len(names)) or next(iter(by_width.values()))
    told = {column.place: column.field for column in usual if column.field}
    if len(told) < _FEWEST_TOLD:
        return Columns(_guess(rows, names, told), {}, guessed=True)
    return Columns(usual, by_width if len(by_width) > 1 else {}, guessed=False, moved=moved)


def profile_columns(rows: Sequence[Row], width: int) -> tuple[Profile, ...]:
    """What each column is like, by a sample of the rows."""
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    return tuple(profile(row.at(place) for row in sample) for place in range(width))


def _widths(rows: Sequence[Row], width: int) -> list[tuple[int | None, int]]:
    """How many cells rows have, and how many rows: the commonest first; None for any number."""
    if not rows or isinstance(rows[0].cells, Mapping):
        return [(None, len(rows))]
    counts = Counter(len(row.cells) for row in rows)
    return list(counts.most_common(_MOST_WIDTHS)) or [(width, 0)]


# --- by names -----------------------------------------------------------------------------------


def _by_names(
    names: Sequence[str],
    profiles: Sequence[Profile],
    places: Sequence[int] | None,
    stated: Mapping[str, str],
) -> tuple[Column, ...]:
    """The columns by their names. Shape: `places` where each name stands, -1 for nowhere."""
    columns: list[Column] = []
    ranks: dict[int, int] = {}
    for number, name in enumerate(names):
        place = number if places is None else places[number]
        if place < 0:
            continue
        column = profiles[place] if place < len(profiles) else Profile()
        said = stated.get(fold_name(name) or name)
        named = Named(said) if said else read_name(name)
        ranks[place] = named.rank if named else 0
        fields = [said] if said else _settle(named, fold_name(name), column) if named else [""]
        columns += (Column(place, name, field) for field in fields)
    # Of two columns for one fact the one that says so more plainly is heard first.
    columns.sort(key=lambda column: (ranks[column.place], column.place))
    return _with_text(columns, profiles)


def _settle(named: Named, folded: str, column: Profile) -> list[str]:
    """The fields of a named column, now that its cells were looked at."""
    field = named.field
    if not column.filled:
        return [field]
    if field == "paragraph":
        return ["paragraph"] if column.numbers > 0.5 else ["text", "paragraph"]
    if field == "text":
        return _settle_text(folded, column)
    if field in ("chapters", "chapter-number"):
        return [_settle_chapters(folded, column)]
    if field == "comments" and column.numbers < 0.5:
        return ["summary"]
    if field == "id" and column.addresses >= 0.5:
        return ["source"]
    if field == "title" and column.is_prose:
        return ["text"]
    return ["ignore" if field in _CHECKED and rate(field, column) <= -1.0 else field]


#: Fields whose cells must be what their name says.
_CHECKED: Final = frozenset(
    ["words", "kudos", "hits", "bookmarks", "comments", "author", "series-index", "summary"]
)


def _settle_text(folded: str, column: Profile) -> list[str]:
    if column.is_text or column.lists >= 0.5:
        return ["text"]
    if folded in ("story", "fanfiction") and rate("title", column) > 0:
        return ["title"]
    return ["short text"]


def _settle_chapters(folded: str, column: Profile) -> str:
    """A count of chapters, the number of one, the title of one, its text, or a list of all."""
    if column.fractions >= 0.5:
        return "chapters"
    if column.is_text or column.lists >= 0.5:
        return "chapters" if column.lists >= 0.5 else "text"
    if column.numbers >= 0.5:
        return (
            "chapters"
            if folded.startswith(("chapters", "num", "n ", "total"))
            or (folded.endswith(("count", "chapters", "total")))
            else "chapter-number"
        )
    return "chapter-title"


def _with_text(columns: list[Column], profiles: Sequence[Profile]) -> tuple[Column, ...]:
    """The columns, the heaviest prose among the nameless ones as the text where none is named."""
    if any(column.field == "paragraph" for column in columns):
        columns = [c._replace(field="text") if c.field == "short text" else c for c in columns]
    if not any(column.field == "text" or column.field.startswith("chapter") for column in columns):
        here = (column for column in columns if column.place < len(profiles))
        loose = [c for c in here if c.field == "" and profiles[c.place].is_prose]
        if loose:
            best = max(loose, key=lambda column: profiles[column.place].usual)
            columns[columns.index(best)] = best._replace(field="text")
    return tuple(columns)


# --- rows of another width ----------------------------------------------------------------------


def _align_names(names: Sequence[str], profiles: Sequence[Profile]) -> list[int] | None:
    """Where each name stands, when they fit better if some are passed over, else None."""
    if len(names) * len(profiles) > _MOST_PAIRS:
        return None
    told = [read_name(name) for name in names]
    fields = [named.field if named else "" for named in told]
    left = sum(map(_worth, fields, profiles))
    score, places = _align(fields, profiles)
    return places if score > left + _DOUBT else None


def _align(fields: Sequence[str], profiles: Sequence[Profile]) -> tuple[float, list[int]]:
    """Fields to columns, each in order, so that the cells fit best: the score, and where each is.

    Shape: -1 for a field that has no column. Neither names nor columns need all be used.
    """
    height, width = len(fields), len(profiles)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for row in range(height - 1, -1, -1):
        for place in range(width - 1, -1, -1):
            both = best[row + 1][place + 1] + _worth(fields[row], profiles[place])
            best[row][place] = max(both, best[row + 1][place], best[row][place + 1])
    places = [-1] * height
    row = place = 0
    while row < height and place < width:
        both = best[row + 1][place + 1] + _worth(fields[row], profiles[place])
        if both >= max(best[row + 1][place], best[row][place + 1]):
            places[row] = place
            row, place = row + 1, place + 1
        elif best[row + 1][place] >= best[row][place + 1]:
            row += 1
        else:
            place += 1
    return best[0][0], places


def _worth(field: str, column: Profile) -> float:
    """What it is worth to take a column for a field: a little when nothing speaks against it."""
    return rate(field, column) + 0.01


# --- without names ------------------------------------------------------------------------------


def _guess(
    rows: Sequence[Row], names: Sequence[str], told: Mapping[int, str]
) -> tuple[Column, ...]:
    """The columns by their cells: those of the scraper, else what each is most likely.

    Shape: `told` what some places hold, which is known.
    """
    if not rows:
        return ()
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    profiles = profile_columns(rows, max(width, len(names)))
    shown = [names[place] if place < len(names) else "" for place in range(len(profiles))]
    score, places = _align(_SCRAPER, profiles) if width <= 2 * len(_SCRAPER) else (0.0, [])
    taken = [place for place in places if place >= 0]
    if len(taken) >= 6 and score / len(profiles) >= _WELL and taken[-1] == len(profiles) - 1:
        return tuple(
            Column(place, shown[place], told.get(place, field))
            for field, place in zip(_SCRAPER, places, strict=True)
            if place >= 0
        )
    return tuple(_guess_each(profiles, shown, told))


def _guess_each(
    profiles: Sequence[Profile], names: Sequence[str], told: Mapping[int, str]
) -> Iterable[Column]:
    fields = [told.get(place, "") for place in range(len(profiles))]
    prose = [p for p, column in enumerate(profiles) if column.is_prose and p not in told]
    if prose and "text" not in fields:
        fields[max(prose, key=lambda place: profiles[place].usual)] = "text"
    for field, least in _GUESSED:
        if field in fields:
            continue
        free = [place for place, name in enumerate(fields) if not name]
        best = max(free, key=lambda place: rate(field, profiles[place]), default=None)
        if best is not None and rate(field, profiles[best]) >= least:
            fields[best] = field
    return [Column(place, names[place], field) for place, field in enumerate(fields)]


#: What is looked for in this order, and how well a column must fit.
_GUESSED: Final = (
    ("source", 1.0),
    ("published", 1.0),
    ("updated", 1.0),
    ("rating", 1.0),
    ("language", 1.0),
    ("warning", 1.0),
    ("category", 1.0),
    ("status", 1.0),
    ("chapters", 1.0),
    ("title", 0.45),
    ("author", 0.5),
)
