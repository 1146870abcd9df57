"""What the title page of a book says of the story: labelled facts in a list, a table or lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import text_of
from hogarth.intake.labels import read_label
from hogarth.intake.tags import split_tags
from hogarth.manuscript import Status, Tag

_KINDS: Final = frozenset(
    {"fandom", "relationship", "character", "rating", "warning", "category", "genre", "freeform"}
)
_STATUSES: Final[dict[str, Status]] = {
    "complete": "complete",
    "completed": "complete",
    "in-progress": "in-progress",
    "in progress": "in-progress",
    "ongoing": "in-progress",
    "abandoned": "abandoned",
}
#: Kinds of pairing, which archives call categories; other makers call a fandom so.
_CATEGORIES: Final = frozenset({"f/f", "f/m", "gen", "m/m", "multi", "other"})
_COUNT: Final = re.compile(r"(\d+)\s*/\s*(\d+|\?)")
_LONGEST: Final = 4_000


@dataclass(slots=True)
class TitlePage:
    """Shape: `tags` in the order of the page; `chapters` how many the story shall have."""

    tags: list[Tag] = field(default_factory=list)
    status: Status = "unknown"
    chapters: int | None = None


def read_title_page(bodies: Iterable[LexborNode]) -> TitlePage:
    """The facts that these pages label. Labels that are not known are passed over."""
    page = TitlePage()
    for body in bodies:
        for line in _lines(body):
            labelled = read_label(line)
            if labelled is not None and labelled.value:
                _take(page, labelled.field, labelled.value)
    return page


def sort_subjects(subjects: Iterable[Tag], page: TitlePage) -> tuple[Tag, ...]:
    """A book's subjects, whose kinds are lost, with the kinds that its title page gives them."""
    named = {tag.name.casefold() for tag in page.tags}
    rest = [tag for tag in subjects if tag.name.casefold() not in named]
    return tuple(dict.fromkeys((*page.tags, *rest)))


def _take(page: TitlePage, field_name: str, value: str) -> None:
    if field_name in _KINDS:
        for tag in split_tags(field_name, value):
            known = field_name != "category" or tag.name.casefold() in _CATEGORIES
            page.tags.append(tag if known else Tag("fandom", tag.name))
    elif field_name == "status":
        page.status = _STATUSES.get(value.casefold(), page.status)
    elif field_name == "chapters":
        count = _COUNT.fullmatch(value)
        page.chapters = int(count[2]) if count and count[2] != "?" else page.chapters


def _lines(body: LexborNode) -> Iterator[str]:
    """“Label: value” for each pair: dt and dd, two cells of a row, a paragraph that has both."""
    for term in body.css("dt"):
        told = term.next
        while told is not None and told.tag != "dd":
            told = told.next if told.tag != "dt" else None
        if told is not None:
            yield _line(text_of(term), text_of(told))
    for row in body.css("tr"):
        cells = row.css("td, th")
        if len(cells) == 2:
            yield _line(text_of(cells[0]), text_of(cells[1]))
    for paragraph in body.css("p"):
        yield text_of(paragraph)[:_LONGEST]


def _line(label: str, value: str) -> str:
    return f"{label.strip().rstrip(':')}: {value.strip()}"[:_LONGEST]
