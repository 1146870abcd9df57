"""The frame of Project Gutenberg's e-books: where the licence ends and the text begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hogarth.intake.dates import parse_date
from hogarth.intake.facts import Facts
from hogarth.intake.languages import language_tag
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Credit, Dates, Role

#: “*** START OF THIS PROJECT GUTENBERG EBOOK …”, and the small print of the years before 2000.
_START: Final = re.compile(
    r"\W{0,9}START OF (?:THE|THIS) PROJECT GUTENBERG E-?(?:BOOK|TEXT)\b(?P<title>.*)", re.IGNORECASE
)
_SMALL_PRINT: Final = re.compile(r"\W{0,3}END\W{1,3}THE SMALL PRINT\b", re.IGNORECASE)
_END: Final = re.compile(
    r"\W{0,9}(?:THIS IS THE )?END OF (?:THE |THIS )?PROJECT GUTENBERG|\W{0,9}START: FULL LICENSE",
    re.IGNORECASE,
)
#: Units: lines. The header with the small print of old has some three hundred.
_LONGEST_HEADER: Final = 600
#: Units: lines. A marker with a long title is wrapped.
_LONGEST_MARKER: Final = 5
#: Units: words, with “by” and a title before it.
_LONGEST_NAME: Final = 6

_LABEL: Final = re.compile(
    r"(?P<label>Title|Author|Authors|Translator|Illustrator|Release Date|Language"
    r"|(?:Most recently|Last) updated|\[Last updated):\s*(?P<value>.*)",
    re.IGNORECASE,
)
_OTHER_LABEL: Final = re.compile(r"[A-Z][A-Za-z ]{2,30}:\s")
_NUMBER: Final = re.compile(r"\[\s*e-?(?:book|text)\s*#\s?(\d{1,7})\s*\]", re.IGNORECASE)
_FIRST_LINE: Final = re.compile(
    r"\W{0,4}(?:This is )?(?:The )?Project Gutenberg(?:['’]s)?\s+"
    r"(?:E-?(?:text|book)[, ]+(?:of\s+)?)?"
    r"(?P<title>[^*]{1,200}?)(?:\s+#\d+\s+in our series)?,?\s+by\s+(?P<name>[^*\[#]{1,100})",
    re.IGNORECASE,
)
#: Names stand one to a line or joined; a comma may belong to a name, as in “Dumas, père”.
_AND: Final = re.compile(r"\s+(?:and|&)\s+|\s*;\s*")
_ROLES: Final[dict[str, Role]] = {
    "author": "author",
    "authors": "author",
    "translator": "translator",
    "illustrator": "artist",
}
_CREDIT: Final = re.compile(
    r"\W{0,3}(?:(?:text |html )?(?:file )?produced by|e-?text prepared|prepared by"
    r"|this (?:e-?text|e-?book|file|html)\b"
    r"|transcribed (?:from|by)|scanned (?:from|by)|proofed by|credits:|html version"
    r"|special thanks|note:\s+(?:project gutenberg|images)|transcriber(?:['’]?s['’]?)? notes?\b"
    r"|(?:additional )?(?:editing|proofreading|corrections) by|portions of this header"
    r"|chapters? [\d-]+:\s+(?:mostly )?scanned)",
    re.IGNORECASE,
)


class Ebook(NamedTuple):
    """Shape: the text is `lines[start:end]`, without the licence, the makers and the title page."""

    facts: Facts
    start: int
    end: int


def find_ebook(lines: Sequence[str]) -> Ebook | None:
    """The frame around the text, or None when these lines are no e-book of the project."""
    marker, start = find_start(lines)
    if not start:
        return None
    facts = read_header(lines[:start], marker)
    end = next(
        (place for place in range(start, len(lines)) if _END.match(lines[place])), len(lines)
    )
    return Ebook(facts, skip_title_page(lines, start, end, facts), end)


def find_start(lines: Sequence[str]) -> tuple[str, int]:
    """The title in the marker and the place of the line after it, or ("", 0)."""
    small_print = 0
    for place, line in enumerate(lines[:_LONGEST_HEADER]):
        found = _START.match(line)
        if found:
            marker, end = found["title"], place + 1
            while "***" not in marker and end < min(len(lines), place + _LONGEST_MARKER):
                if not lines[end].strip():
                    break
                marker, end = f"{marker} {lines[end]}", end + 1
            return " ".join(marker.partition("***")[0].strip(" ,").split()), end
        if _SMALL_PRINT.match(line):
            small_print = place + 1
    return "", small_print


def is_start(line: str) -> bool:
    """Whether the line ends the header."""
    return _START.match(line) is not None or _SMALL_PRINT.match(line) is not None


def is_end(line: str) -> bool:
    """Whether the line ends the text."""
    return _END.match(line) is not None


def is_credit(line: str) -> bool:
    """Whether the line begins a paragraph on who made the e-book."""
    return _CREDIT.match(line) is not None


def read_header(lines: Sequence[str], marker: str = "") -> Facts:
    """What the header states. Shape: `marker` the title in the line that ends it."""
    facts = Facts()
    for label, values in _rows(lines):
        _state(facts, label, values, marker)
    number = _NUMBER.search("\n".join(lines))
    if number:
        facts.source = f"https://www.gutenberg.org/ebooks/{number[1]}"
    if not facts.title:
        _read_first_line(lines, facts)
    return facts


def skip_title_page(lines: Sequence[str], start: int, end: int, facts: Facts) -> int:
    """The place of the first line that is no maker, no title and no byline."""
    title = fold_title(facts.title)
    names = {fold_title(credit.name) for credit in facts.credits} - {""}
    heads = {"by", title, *names, *(f"by{name}" for name in names)} - {""}
    heads |= {f"{title}by{name}" for name in names} | {f"{title}{name}" for name in names}
    while True:
        while start < end and not lines[start].strip():
            start += 1
        after = start
        while after < end and lines[after].strip():
            after += 1
        if after == start:
            return start
        words = " ".join(lines[start : min(after, start + _LONGEST_MARKER)])
        block = fold_title(words)
        # “SIR ARTHUR CONAN DOYLE” where the header leaves out the “Sir”.
        named = len(words.split()) <= _LONGEST_NAME and block.endswith(tuple(names))
        if not (named or is_credit(lines[start].strip()) or block in heads):
            return start
        start = after


def _rows(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each label with its value, and the lines on which that goes on."""
    for place, line in enumerate(lines):
        found = _LABEL.fullmatch(line.strip())
        if found is None:
            continue
        values = [found["value"].strip(" ]")]
        for further in lines[place + 1 : place + _LONGEST_MARKER]:
            if not further.strip() or _OTHER_LABEL.match(further.strip()):
                break
            values.append(further.strip())
        yield found["label"].strip("[").casefold(), [value for value in values if value]


def _state(facts: Facts, label: str, values: list[str], marker: str) -> None:
    if not values:
        return
    if label == "title" and not facts.title:
        facts.title = _read_title(values, marker)
    elif label in _ROLES:
        role = _ROLES[label]
        names = [name for value in values for name in _AND.split(value)]
        facts.credits += [Credit(name, role) for name in names if name]
    elif label == "language":
        facts.language = facts.language or language_tag(values[0])
    elif label == "release date":
        facts.dates = Dates(parse_date(values[0].partition("[")[0]), facts.dates.updated)
    elif "updated" in label:
        facts.dates = Dates(facts.dates.published, parse_date(values[0]))


def _read_title(values: list[str], marker: str) -> str:
    """The title without its subtitle where the marker leaves that out too."""
    whole = " ".join(values)
    if len(values) > 1 and fold_title(marker) == fold_title(values[0]):
        return values[0]
    return whole


def _read_first_line(lines: Sequence[str], facts: Facts) -> None:
    for place, line in enumerate(lines[:60]):
        found = _FIRST_LINE.match(" ".join([line, *lines[place + 1 : place + 2]]))
        if found:
            facts.title = " ".join(found["title"].split())
            names = _AND.split(found["name"].strip(" ."))
            facts.credits = facts.credits or [Credit(name.strip()) for name in names if name]
            return
