"""What the title page of a book says of the story: labelled facts in a list, a table or lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import text_of
from hogarth.intake.facts import Facts, read_people, state
from hogarth.intake.ffn_line import read_ffn_line
from hogarth.intake.label_rows import first_lines, read_rows
from hogarth.intake.labels import read_label
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Tag, clean

#: Units: characters.
_LONGEST: Final = 4_000
#: Elements that may hold the line of a site.
_MOST_LINES: Final = 200
#: A head has so many lines at most, and names so many facts at least.
_FIRST_LINES: Final = 20
_FEWEST_LABELS: Final = 3
#: A value of stars is what a reader thought of the book.
_WORD: Final = re.compile(r"\w")
_BY: Final = re.compile(
    r"(?:(?P<title>.{1,200}?)[\s,–—-]+)?\b(?:written\s+)?by:?\s+(?P<name>\S.{0,79})", re.IGNORECASE
)


def read_title_page(bodies: Iterable[LexborNode]) -> Facts:
    """The facts that these pages label. Labels that are not known are passed over."""
    facts = Facts()
    for body in bodies:
        known = []
        for row in read_rows(body):
            read = read_label(f"{row.label}: {row.line}"[:_LONGEST])
            if read is not None and read.field == "summary" and "<" in row.html:
                facts.summary = facts.summary or clean(row.html, newlines="break") or None
            elif read is not None and _WORD.search(read.value):
                known.append(read)
        state(facts, known)
    return facts


def read_head_of_text(body: LexborNode) -> Facts:
    """The facts that the first lines of a story label, where there are so many that it is meant."""
    read = map(read_label, first_lines(body, _FIRST_LINES))
    rows = [row for row in read if row is not None and row.value]
    facts = Facts()
    if len({row.field for row in rows} - {"", "aside", "notes"}) >= _FEWEST_LABELS:
        state(facts, rows)
    return facts


def sort_subjects(subjects: Iterable[Tag], page: Facts) -> tuple[Tag, ...]:
    """A book's subjects, whose kinds are lost, with the kinds that its title page gives them."""
    named = {tag.name.casefold() for tag in page.tags}
    rest = [tag for tag in subjects if tag.name.casefold() not in named]
    return tuple(dict.fromkeys((*page.tags, *rest)))


def read_byline(body: LexborNode, title: str, *, alone: bool = True) -> Facts:
    """The people in “Title by Somebody” or “By: Somebody”, in one of the first lines.

    Shape: `title` as the book states it, or "" to take the one before “by”; `alone` whether a line
    counts that neither holds the title nor follows it, as it does on a title page.
    """
    facts = Facts()
    above = ""
    for line in first_lines(body, _FIRST_LINES):
        found = _BY.fullmatch(line)
        after_title = bool(title) and fold_title(above) == fold_title(title)
        above = line
        if found is None or (read_label(line) and line[:3].casefold() != "by:"):
            continue
        before = (found["title"] or "").strip()
        if before and title and fold_title(before) != fold_title(title):
            continue
        if not before and not alone and not after_title:
            continue
        facts.credits = read_people(found["name"])
        facts.title = "" if title else before
        break
    return facts


def find_ffn_line(body: LexborNode) -> Facts | None:
    """What the line of facts of FanFiction.Net says where the page has one, as some tools copy it.

    Cost: the text of each element that names a rating.
    """
    for node in body.css("span, p, div, td")[:_MOST_LINES]:
        line = text_of(node)
        if len(line) < _LONGEST and "rated" in line[:200].lower():
            facts = read_ffn_line(line)
            if facts is not None:
                return facts
    return None
