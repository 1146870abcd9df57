"""What the cells of a column are like: numbers, days, addresses, names, prose."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from hogarth.intake.dates import parse_date
from hogarth.intake.facts import CATEGORIES, read_status
from hogarth.intake.languages import language_tag

#: Units: words. A column with a cell of so many, and usual cells of so many, is prose.
PROSE_CELL: Final = 120
PROSE_USUAL: Final = 60
#: The same where the column is called so.
NAMED_CELL: Final = 60
NAMED_USUAL: Final = 12

_RATINGS_LINE: Final = (
    "general audiences|teen and up audiences|mature|explicit|not rated|teen & up|general|teen"
    "|adult|g|pg|pg-13|pg13|r|nc-17|nc17|k|k+|t|m|ma|fiction k|fiction k+|fiction t|fiction m"
    "|rated: t|rated: m|rated: k|rated: k+|everyone|all ages"
)
_RATINGS: Final = frozenset(_RATINGS_LINE.split("|"))
_WARNINGS: Final = (
    "no archive warnings apply", "choose not to use archive warnings", "archive warnings",
    "graphic depictions of violence", "major character death", "rape/non-con", "underage",
    "no warnings",
)  # fmt: skip
_MISSING: Final = frozenset(
    {"", "null", "none", "nan", "n/a", "na", "<na>", "nil", "-", "[]", "{}"}
)
_NUMBER: Final = re.compile(r"-?\d[\d,.\s\u202f\xa0]*[kKmM]?\+?")
#: “3/10”, “3/?”, and what spreadsheets make of “1/1”.
_FRACTION: Final = re.compile(r"\d{1,5}\s*(?:/|of)\s*(?:\d{1,5}|\?)?|\d{1,2}-[A-Z][a-z]{2}")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
_PAIRING: Final = re.compile(r"\S\s?/\s?\S|\S (?:&|x|X|×) \S")
#: Letters of scripts that part no words: two of them count as one.
_SIGNS: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
#: Units: characters. No more of a cell is weighed.
_WEIGHED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Profile:
    """A column. Shape: shares of the filled cells from 0 to 1; `usual`, `most` words of a cell."""

    filled: int = 0
    numbers: float = 0.0
    fractions: float = 0.0
    days: float = 0.0
    addresses: float = 0.0
    lists: float = 0.0
    ratings: float = 0.0
    warnings: float = 0.0
    categories: float = 0.0
    pairings: float = 0.0
    languages: float = 0.0
    states: float = 0.0
    distinct: float = 0.0
    usual: float = 0.0
    most: float = 0.0

    @property
    def is_prose(self) -> bool:
        return self.usual >= PROSE_USUAL and self.most >= PROSE_CELL

    @property
    def is_text(self) -> bool:
        """Whether a column that is called one may be the text of stories."""
        return self.usual >= NAMED_USUAL and self.most >= NAMED_CELL

    @property
    def is_plain(self) -> bool:
        """Whether most cells are a few words: no number, day or address."""
        return self.filled > 0 and max(self.numbers, self.days, self.addresses) < 0.5


def is_missing(cell: Any) -> bool:
    """Whether nothing is said: an empty cell, or what programs write for one."""
    if isinstance(cell, str):
        return len(cell) < 8 and cell.strip().casefold() in _MISSING
    if isinstance(cell, float):
        return math.isnan(cell)
    return cell is None or cell == [] or cell == {}


def weigh(cell: Any) -> float:
    """About how many words a cell has. Units: words, two signs of Han or Kana one word."""
    if isinstance(cell, list):
        return sum(weigh(part) for part in cell[:200])
    if isinstance(cell, dict):
        return sum(weigh(part) for part in list(cell.values())[:200])
    if not isinstance(cell, str):
        return 1
    start = cell[:_WEIGHED]
    words = float(len(start.split()))
    return words if start.isascii() else words + len(_SIGNS.findall(start)) / 2


def profile(cells: Iterable[Any]) -> Profile:
    """What the cells are like; missing ones are passed over."""
    filled = [cell for cell in cells if not is_missing(cell)]
    if not filled:
        return Profile()
    texts = [_shown(cell) for cell in filled]
    weights = [weigh(cell) for cell in filled]

    def share(kind: Any) -> float:
        return sum(bool(kind(text)) for text in texts) / len(texts)

    return Profile(
        filled=len(filled),
        numbers=share(_NUMBER.fullmatch),
        fractions=share(_FRACTION.fullmatch),
        days=share(_is_day),
        addresses=share(_ADDRESS.fullmatch),
        lists=sum(map(_is_list, filled)) / len(filled),
        ratings=share(lambda text: text.casefold() in _RATINGS),
        warnings=share(lambda text: text.casefold().lstrip("['\" ").startswith(_WARNINGS)),
        categories=share(_are_categories),
        pairings=share(_PAIRING.search),
        languages=share(_is_language),
        states=share(lambda text: read_status(text) != "unknown" or text.casefold() == "updated"),
        distinct=len(set(texts)) / len(texts),
        usual=median(weights),
        most=max(weights),
    )


def _shown(cell: Any) -> str:
    """The beginning of a cell, for looking at."""
    if isinstance(cell, list):
        return ", ".join(str(part)[:100] for part in cell[:20])
    return str(cell)[:300].strip()


def _is_list(cell: Any) -> bool:
    return isinstance(cell, list) or (isinstance(cell, str) and _is_printed_list(cell.strip()))


def _is_printed_list(text: str) -> bool:
    return text.startswith("[") and text.endswith("]")


def _is_day(text: str) -> bool:
    return len(text) < 40 and (parse_date(text) is not None or _looks_like_day(text))


def _looks_like_day(text: str) -> bool:
    parts = text.replace(".", "/").replace("-", "/").split("/")
    return len(parts) == 3 and all(part.isdecimal() and len(part) <= 4 for part in parts)


def _are_categories(text: str) -> bool:
    names = [name.strip(" '\"[]") for name in text.casefold().split(",")]
    return all(name in CATEGORIES for name in names)


def _is_language(text: str) -> bool:
    if len(text) == 2:
        return text.islower()
    return len(text) > 3 and language_tag(text) is not None


def rate(field: str, column: Profile) -> float:
    """How well a column fits a field. Shape: 1 that is what it is, 0 not known, -1 it is not."""
    if not column.filled:
        return 0.0
    rule = _RULES.get(field)
    return rule(column) if rule else 0.0


def _sure(share: float, otherwise: float = -1.0) -> float:
    return 1.0 if share >= 0.5 else otherwise


def _words(column: Profile, most: float, score: float) -> float:
    return score if column.is_plain and column.usual <= most else -1.0


def _count(column: Profile) -> float:
    return 0.7 if column.numbers >= 0.6 else -1.0


def _rate_id(column: Profile) -> float:
    if column.usual > 2 or column.distinct < 0.02:
        return -1.0
    return 0.5 + 0.3 * column.numbers * column.distinct


def _rate_title(column: Profile) -> float:
    return _words(column, 20, 0.4 + 0.3 * column.distinct - 0.6 * column.lists - column.ratings)


def _rate_relationship(column: Profile) -> float:
    return (0.8 if column.pairings >= 0.3 else -0.1) if column.is_plain else -1.0


def _rate_names(column: Profile) -> float:
    return _words(column, 400, 0.3)


_RULES: Final[dict[str, Callable[[Profile], float]]] = {
    "text": lambda column: 1.0 if column.is_prose else 0.3 if column.is_text else -1.0,
    "summary": lambda column: _words(column, 400, 0.3),
    "title": _rate_title,
    "author": lambda column: _words(column, 6, 0.5 + 0.3 * column.lists),
    "rating": lambda column: _sure(column.ratings),
    "warning": lambda column: _sure(column.warnings, -0.3),
    "category": lambda column: _sure(column.categories, -0.4),
    "relationship": _rate_relationship,
    "fandom": _rate_names,
    "character": _rate_names,
    "freeform": _rate_names,
    "genre": _rate_names,
    "language": lambda column: _sure(column.languages),
    "published": lambda column: _sure(column.days),
    "updated": lambda column: _sure(column.days),
    "status": lambda column: _sure(column.states),
    "words": _count,
    "kudos": _count,
    "hits": _count,
    "comments": _count,
    "bookmarks": _count,
    "chapters": lambda column: _sure(column.fractions, 0.2 if column.numbers >= 0.6 else -0.7),
    "chapter-number": lambda column: 0.5 if column.numbers >= 0.6 else -1.0,
    "series-index": lambda column: 0.5 if column.numbers >= 0.6 else -1.0,
    "id": _rate_id,
    "source": lambda column: _sure(column.addresses),
}
