"""The lines above and below a text in a page: title and byline, labelled facts, links to elsewhere.

Reads canonical HTML, where a leaf block holds its lines between breaks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hogarth.intake.bylines import strip_addresses
from hogarth.intake.facts import Facts, clean_title, read_people, state
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.labels import Labelled, read_label
from hogarth.intake.page_edges import cut_before, is_navigation, is_picture
from hogarth.intake.page_leaves import (
    Line,
    first_lines,
    join_cells,
    text_in,
)
from hogarth.intake.tags import strip_stop
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Credit

_LONGEST_TITLE: Final = 160
_LONGEST_VALUE: Final = 4_000
#: Units: words.
_LONGEST_NAME: Final = 8
_LONGEST_ASIDE: Final = 80
#: Units: lines, of a summary within one block.
_MOST_FURTHER: Final = 6

_BYLINE: Final = re.compile(
    r"[*_~–—\-\s]{0,4}(?:(?:a |an )?(?:\w+ ){0,4}(?:fan ?fic(?:tion)?|story|fic|tale) )?"
    r"(?:(?:written|posted|told|brought to you) )?by\s*:?\s+(?P<name>\S.{0,79})",
    re.IGNORECASE,
)
_NOT_A_NAME: Final = re.compile(
    r"(?:the|a|an|this|that|then|now|his|her|my|your|their|which|far|and|no|some)\b"
)
_BOLD_LABEL: Final = re.compile(
    r"(?:<(?:b|strong|u|i|em|span)(?: [^<>]*)?>\s*){1,3}(?P<label>[^<>:]{2,30}?)\s*[:~–—-]?\s*"
    r"(?:</(?:b|strong|u|i|em|span)>\s*){1,3}[:~–—-]?\s*(?P<value>\S.*)",
    re.DOTALL,
)
_DASHED: Final = re.compile(r"(?P<label>[A-Z][A-Za-z/]{3,18})\s*(?:-|–|—|~|=|\|)\s+(?P<value>\S.*)")
#: Fields whose labels may go without a colon.
_SURE: Final = frozenset(
    {"title", "author", "rating", "relationship", "fandom", "summary", "warning", "character"}
)
_PROSE: Final = frozenset({"summary", "notes", "aside"})
#: Fields whose values are lists of names.
_LISTED: Final = frozenset({"warning", "rating", "genre", "category", "freeform", "fandom"})
_SENTENCE: Final = re.compile(r"[a-z]{2}[.!?](?:\s|$)|\b(?:is|are|was|don['’]t|you|I|not)\b")
#: Units: words.
_LONGEST_LIST: Final = 9
#: Units: characters. Mailing lists used shorter categories for codes such as “MSR”.
_CODE: Final = 5


@dataclass(slots=True)
class Head:
    """Shape: `html` what is left of the text; `labels` as written; `names` from a byline."""

    html: str
    facts: Facts = field(default_factory=Facts)
    title: str = ""
    names: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def sign(self, names: Sequence[str]) -> None:
        """Credit these with the text where the head names nobody, or a beta only."""
        if all(credit.role != "author" for credit in self.facts.credits):
            self.facts.credits[:0] = [Credit(name) for name in names if name]


def take_head(html: str, *, titles: Collection[str] = (), names: Collection[str] = ()) -> Head:
    """The text without the lines above it that state facts, and the facts.

    Shape: `titles` and `names` are those that the page is known by; lines that repeat them go.
    """
    joined = join_cells(html)
    lines = first_lines(joined)
    taker = _Taker(lines, {fold_title(title) for title in titles} - {""})
    taker.known = {fold_title(name) for name in names} - {""}
    taker.run()
    head = Head(html, title=taker.title, names=taker.names)
    if taker.end:
        head.html = cut_before(joined, lines, taker.end)
    rows = taker.rows
    head.labels = [row.label for row in rows]
    categories = [row.value for row in rows if row.field == "category"]
    short = all(len(value) < _CODE or "/" in value for value in categories)
    state(head.facts, rows, asides=True, category_is_fandom=not short)
    strip_mail(head.facts)
    return head


def strip_mail(facts: Facts) -> None:
    """Leave of “Name (name@somewhere)” the name."""
    facts.credits = [
        replace(credit, name=strip_addresses(credit.name) or credit.name)
        for credit in facts.credits
    ]


# --- taking the head ----------------------------------------------------------------------------


class _Taker:
    """Goes down the lines for as long as they belong to the head."""

    def __init__(self, lines: Sequence[Line], titles: set[str]) -> None:
        self._lines = lines
        self._titles = titles
        self.known: set[str] = set()
        self.rows: list[Labelled] = []
        self.title = ""
        self.names: list[str] = []
        self.end = 0

    def run(self) -> None:
        place = 0
        while place < len(self._lines):
            line = self._lines[place]
            if not line.text or is_navigation(line) or is_picture(line):
                place += 1
                continue
            after = self._take(place)
            if not after:
                break
            place = self.end = after
        known = [row for row in self.rows if row.field]
        titled = self.title or self.names or any(row.field == "title" for row in known)
        # One label alone may be the first word of the story.
        if len(known) < 2 and not titled and not (known and known[0].field in _SURE - {"title"}):
            self.rows, self.end = [], min(self.end, self._before_rows())

    def _before_rows(self) -> int:
        """The place of the first line after titles, where the rows do not count."""
        end = 0
        for place, line in enumerate(self._lines[: self.end]):
            if fold_title(line.text) in self._titles:
                end = place + 1
            elif line.text and not is_navigation(line):
                break
        return end

    def _take(self, place: int) -> int:
        """The place after what the line at `place` begins, or 0 when it is of the story."""
        line = self._lines[place]
        if fold_title(line.text) in self._titles or self._is_title_by(line.text):
            return place + 1
        byline = read_byline(line.text, linked="<a " in line.html)
        if byline and (place or fold_title(byline) in self.known):
            self.names = self.names or [credit.name for credit in read_people(byline)]
            return place + 1
        row = read_row(line)
        if row is not None and (row.field or self._stands_among_rows(place)):
            return self._take_row(place, row)
        return self._take_broken_byline(place) or self._take_title(place)

    def _take_broken_byline(self, place: int) -> int:
        """“By” on a line of its own, and the name on the next."""
        if self._lines[place].text.strip(" :").casefold() != "by":
            return 0
        for after in range(place + 1, min(place + 4, len(self._lines))):
            name = self._lines[after].text
            if name:
                fits = len(name.split()) <= _LONGEST_NAME and not names_a_chapter(name)
                # “SIR ARTHUR CONAN DOYLE” where the page leaves out the “Sir”.
                known = fold_title(name).endswith(tuple(self.known))
                if not fits or (self.known and not known):
                    return 0
                self.names = self.names or [credit.name for credit in read_people(name)]
                return after + 1
        return 0

    def _is_title_by(self, text: str) -> bool:
        """Whether the line is “Title by Name”, of a title that is known."""
        title, by, name = text.rpartition(" by ")
        if not by or fold_title(title) not in self._titles:
            return False
        self.names = self.names or [credit.name for credit in read_people(name)]
        return True

    def _take_row(self, place: int, row: Labelled) -> int:
        after = place + 1
        if row.field in _PROSE and (further := self._further(place)):
            told = [row.value, *(line.text for line in self._lines[after : after + further])]
            row = row._replace(value="\n".join(told).strip())
            after += further
        self.rows.append(row)
        if row.field == "title":
            self._titles.add(fold_title(row.value))  # it often comes again below
        return after

    def _further(self, place: int) -> int:
        """How many lines of the same block go on with the value at `place`."""
        block = self._lines[place].block
        further = self._lines[place + 1 : place + 1 + _MOST_FURTHER]
        for count, line in enumerate(further):
            if line.block != block:
                return count if self._words(place + 1, count) <= _LONGEST_ASIDE else 0
            if (row := read_row(line)) is not None and row.field:
                return count
        return 0

    def _words(self, place: int, count: int) -> int:
        return sum(len(line.text.split()) for line in self._lines[place : place + count])

    def _stands_among_rows(self, place: int) -> bool:
        """Whether a label of no known meaning has known ones beside it in its block."""
        if not self.rows:
            return False
        block = self._lines[place].block
        for line in self._lines[place + 1 : place + 4]:
            row = read_row(line) if line.text else None
            if row is not None and row.field:
                return True
        return place > 0 and self._lines[place - 1].block == block

    def _take_title(self, place: int) -> int:
        """A short line with a byline below it is the title."""
        line = self._lines[place]
        if self.title or self.rows or len(line.text) > _LONGEST_TITLE or names_a_chapter(line.text):
            return 0
        for further in range(place + 1, min(place + 5, len(self._lines))):
            after = self._lines[further]
            if not after.text:
                continue
            if read_byline(after.text, linked="<a " in after.html):
                told = (above.text for above in self._lines[place:further])
                self.title = clean_title(" ".join(filter(None, told)))
                return further
            if after.block != line.block or len(after.text) > _LONGEST_TITLE:
                return 0
        return 0


def read_byline(text: str, *, linked: bool = False) -> str:
    """The name in “by Somebody”, or ""."""
    found = _BYLINE.fullmatch(text)
    if found is None:
        return ""
    name = strip_stop(found["name"].strip(" *_~–—-").removeprefix("."))
    words = name.split()
    if not words or len(words) > _LONGEST_NAME or text.endswith((",", ";", "?", "!", '"', "”")):
        return ""
    # “by then he had gone” is no byline; a pseudonym may well begin small.
    small = name[0].islower() and not linked
    if small and (len(words) > 2 or _NOT_A_NAME.match(name)):
        return ""
    return name


def read_row(line: Line) -> Labelled | None:
    """What the line labels: “Title: …”, “<b>Rating</b> …”, “Pairing(s): …”, “Rating - …”.

    Shape: a warning in sentences is an aside, for it is no tag.
    """
    row = _read_row(line)
    if row is not None and row.field in _LISTED and _is_prose(row.value):
        return row._replace(field="aside")
    return row


def _is_prose(value: str) -> bool:
    return len(value.split()) > _LONGEST_LIST and _SENTENCE.search(value) is not None


def _read_row(line: Line) -> Labelled | None:
    text = line.text[:_LONGEST_VALUE]
    row = read_label(_plain_label(text))
    if row is not None and row.field:
        return row
    if row is not None and "/" in row.label and (field_ := _field_of_several(row.label, row.value)):
        return row._replace(field=field_)
    found = _BOLD_LABEL.match(line.html) if line.html.startswith("<") else None
    if found:
        told = read_label(f"{_plain_label(text_in(found['label']))}: {text_in(found['value'])}")
        if told is not None and told.field:
            return told
    found = _DASHED.fullmatch(text)
    if found:
        told = read_label(f"{found['label']}: {found['value']}")
        if told is not None and told.field in _SURE:
            return told
    return row


def _plain_label(text: str) -> str:
    """“Pairing(s):” and “[Title:” as “Pairings:” and “Title:”."""
    head, colon, rest = text.partition(":")
    if len(head) > 40:
        return text
    return f"{head.replace('(s)', 's').replace('(S)', 's').lstrip('[(~•·').strip()}{colon}{rest}"


def _field_of_several(label: str, value: str) -> str:
    """The field of “Characters/Pairing”: of a pairing where the value has one."""
    fields = [read_label(f"{part.strip()}: x") for part in label.split("/")]
    known = [row.field for row in fields if row is not None and row.field]
    if "relationship" in known:
        return "relationship" if "/" in value or " x " in value else "character"
    return known[0] if known else ""
