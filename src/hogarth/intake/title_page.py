"""What the title page of a book says of the story: labelled facts in a list, a table or lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import text_of
from hogarth.intake.facts import Facts, state
from hogarth.intake.labels import read_label
from hogarth.manuscript import Tag

_LONGEST: Final = 4_000


def read_title_page(bodies: Iterable[LexborNode]) -> Facts:
    """The facts that these pages label. Labels that are not known are passed over."""
    facts = Facts()
    for body in bodies:
        rows = (read_label(line) for line in _lines(body))
        state(facts, [row for row in rows if row is not None and row.value])
    return facts


def sort_subjects(subjects: Iterable[Tag], page: Facts) -> tuple[Tag, ...]:
    """A book's subjects, whose kinds are lost, with the kinds that its title page gives them."""
    named = {tag.name.casefold() for tag in page.tags}
    rest = [tag for tag in subjects if tag.name.casefold() not in named]
    return tuple(dict.fromkeys((*page.tags, *rest)))


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
