"""The first lines of a plain text, each with its role: a byline, an address, a rule, a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from hogarth.intake.asides import is_disclaimer, opens_aside
from hogarth.intake.bylines import (
    Byline,
    describes_a_story,
    find_mail,
    is_bare_byline,
    read_byline,
    read_copyright,
    read_names,
    read_signed,
    shares_name,
    strip_addresses,
    strip_edges,
)
from hogarth.intake.header_block import begins_anew, is_speech, make_a_head, read_rows
from hogarth.intake.headings import Heading, names_a_chapter
from hogarth.intake.labels import Labelled

Role = Literal["byline", "signed", "rights", "address", "kind", "heading", "rule", "plain"]

#: Units: lines that are not empty; words of prose. A head does not go further.
_LONGEST_HEAD: Final = 90
_MOST_PROSE: Final = 450
#: Units: words. A paragraph of more is prose.
_PROSE: Final = 28
#: Units: characters. Lines of prose that was wrapped are longer than this, but for the last.
_FULL: Final = 55
_SHORT: Final = 45
#: Units: lines. An aside goes on to the next empty line, but no further.
_LONGEST_ASIDE: Final = 25
#: Units: lines. So many above the text may be short although the text goes on right below them.
_LONGEST_TITLES: Final = 6
_LETTER: Final = re.compile(r"[^\W_]")
_NUMBERED: Final = re.compile(r"#\s?\d")
#: Units: characters for each different one.
_DRAWN: Final = 3


@dataclass(slots=True)
class HeadLine:
    """One line that is not empty.

    Shape: `prose` how many words of prose stand above it; `above` and `below` whether it is parted
    from its neighbours; `goes_on` the place of a name that stands below, 0 for none; `score`,
    `title` and `heading` are filled in where a title is looked for.
    """

    place: int
    text: str
    role: Role
    indent: int
    byline: Byline | None = None
    prose: int = 0
    running: bool = False
    above: bool = False
    below: bool = False
    score: float = 0.0
    title: str = ""
    heading: Heading | None = None
    goes_on: int = 0


@dataclass(slots=True)
class HeadLines:
    """Shape: `taken` the places of lines that were read as labels and asides; `said` bylines that
    stand in these; `is_play` whether an author speaks in them.
    """

    lines: list[HeadLine] = field(default_factory=list)
    rows: list[Labelled] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    said: list[HeadLine] = field(default_factory=list)
    is_play: bool = False


def read_head_lines(lines: Sequence[str]) -> HeadLines:
    """The first lines with their roles, up to where the story is surely under way."""
    head = HeadLines()
    place = prose = full = 0
    block: list[str] = []
    fresh = running = False
    while place < len(lines) and full < _LONGEST_HEAD and prose < _MOST_PROSE:
        if not lines[place].strip():
            prose += sum(len(line.split()) for line in block) if running else 0
            block, fresh, running = [], True, False
            place += 1
            continue
        if not block:
            block = _block(lines, place)
            running = _is_running(block)
            fresh = True
        end = _read_labels(lines, place, head) or (_read_aside(lines, place, head) if fresh else 0)
        if end:
            full += end - place
            place, block = end, []
            continue
        line = _tell(lines, place)
        if running and not fresh and line.role not in ("byline", "rule", "heading"):
            line.role, line.byline, line.running = "plain", None, True
        line.prose = prose
        head.lines.append(line)
        place += 1
        full += 1
        fresh = fresh and _may_go_on(line, len(head.lines))
    _tell_neighbours(head, lines)
    _tell_signed(head)
    return head


def _tell_signed(head: HeadLines) -> None:
    """A name above its address: one that the address has too, or that stands below a title."""
    for line, below in pairwise(head.lines):
        if line.role != "plain" or line.running or below.role != "address" or line.byline:
            continue
        signed = read_signed(f"{line.text} <{find_mail(below.text)}>")
        if signed is not None and shares_name(signed, below.text):
            line.role, line.byline = "signed", signed


def _may_go_on(line: HeadLine, count: int) -> bool:
    """Whether what stands below a line may still be a head: it is one itself, or short."""
    return line.role != "plain" or (count <= _LONGEST_TITLES and len(line.text) <= _SHORT)


def _block(lines: Sequence[str], place: int) -> list[str]:
    """The lines up to the next empty one."""
    block = []
    for line in lines[place : place + _LONGEST_HEAD]:
        if not line.strip():
            break
        block.append(line)
    return block


def _is_running(block: Sequence[str]) -> bool:
    """Whether lines are prose: many words, most lines long, or one very long."""
    if sum(len(line.split()) for line in block) < _PROSE:
        return False
    long_lines = sum(1 for line in block if len(line.strip()) > _FULL)
    return 2 * long_lines >= len(block) or any(len(line) > 3 * _FULL for line in block)


def _tell(lines: Sequence[str], place: int) -> HeadLine:
    text = lines[place].strip()
    wide = lines[place].expandtabs(8)
    told = HeadLine(place, text, "plain", len(wide) - len(wide.lstrip()))
    bare = strip_edges(text)
    if not _LETTER.search(text) or _is_drawn(text):
        told.role = "rule"
    elif not _LETTER.search(strip_addresses(text)):
        told.role = "address"
    elif is_bare_byline(bare) and (below := _find_below(lines, place)):
        told.byline, told.role = Byline("", tuple(read_names(lines[below]))), "byline"
        told.text, told.goes_on = f"{text} {lines[below].strip()}", below
    elif names_a_chapter(bare) or _NUMBERED.match(bare):
        told.byline, told.role = read_byline(text), "heading"
    else:
        told.byline = read_byline(text)
        signed = read_signed(text)
        if told.byline is not None and not told.byline.title:
            told.role = "byline"
        elif signed is not None:
            told.byline, told.role = signed, "signed"
        elif told.byline is None and (rights := read_copyright(text)) is not None:
            told.byline, told.role = rights, "rights"
        elif told.byline is None and describes_a_story(text):
            told.role = "kind"
    return told


def _is_drawn(text: str) -> bool:
    """Whether letters are used to draw a line with: “oOo”, “xXxXxXx”."""
    return len(set(text.casefold())) <= min(3, len(text) // _DRAWN)


def _find_below(lines: Sequence[str], place: int) -> int:
    """The place of a name below a bare “by”, or 0."""
    below = next(
        (at for at in range(place + 1, min(len(lines), place + 4)) if lines[at].strip()), 0
    )
    line = lines[below].strip() if below else ""
    return below if 0 < len(line) <= _FULL and read_names(line) else 0


def _read_labels(lines: Sequence[str], place: int, head: HeadLines) -> int:
    """The place after a block of labelled lines, or 0."""
    rows, end = read_rows(lines, place)
    if not rows:
        return 0
    head.is_play = head.is_play or any(map(is_speech, rows))
    alone = rows[0].field == "author" and len(rows) == 1 and not head.is_play
    known = make_a_head(rows) and not head.is_play
    said = known or opens_aside(lines[place]) or alone
    if not (said or (head.rows and rows[0].field)):
        return 0
    if rows[0].field == "author":
        head.lines.append(HeadLine(place, lines[place].strip(), "byline", 0))
    head.rows += rows
    head.taken.update(range(place, end))
    return end


def _read_aside(lines: Sequence[str], place: int, head: HeadLines) -> int:
    """The place after a disclaimer or a note, or 0."""
    block = _block(lines, place)
    text = " ".join(block)
    if opens_aside(block[0]):
        length = _length_of_aside(block)
        if length == 1 and len(block) == 1 and not _says_more(block[0]):
            # A label that stands alone is that of the next paragraph.
            start = place + 2
            block = _block(lines, start) if start < len(lines) else []
            if not block:
                return 0
            length = _length_of_aside(block) + 2
            block = ["", "", *block]
    elif len(block) <= _LONGEST_ASIDE and _begins_disclaimer(block) and is_disclaimer(text):
        length = _length_of_aside(block)
    else:
        return 0
    head.asides.append("\n".join(line.strip() for line in block[:length]).strip())
    for at, line in enumerate(block[:length]):
        byline = read_byline(line) if at < 2 else None
        byline = byline or read_copyright(line)
        if byline is not None and not byline.title and line[:1].isupper():
            head.said.append(HeadLine(place + at, line.strip(), "plain", 0, byline))
    head.taken.update(range(place, place + length))
    return place + length


def _begins_disclaimer(block: Sequence[str]) -> bool:
    """Whether a block begins with what it says, rather than with a title above it."""
    return len(block[0].strip()) > _SHORT or len(block) == 1 or is_disclaimer(block[0])


def _says_more(line: str) -> bool:
    return len(strip_edges(line).split()) > 4


def _length_of_aside(block: Sequence[str]) -> int:
    """How many lines of a block belong to the aside that it begins with."""
    if len(block) > _LONGEST_ASIDE:
        return next((at + 1 for at, line in enumerate(block) if len(line.strip()) < _FULL), 1)
    for at in range(1, len(block)):
        line = block[at].strip()
        if not _LETTER.search(line) or names_a_chapter(strip_edges(line)) or opens_aside(line):
            return at
        if begins_anew(block[at - 1], line) or (len(line) <= _FULL and read_byline(line)):
            return at
    return len(block)


def _tell_neighbours(head: HeadLines, lines: Sequence[str]) -> None:
    roles = {line.place: line.role for line in head.lines}
    for line in head.lines:
        line.above = _parts(lines, line.place - 1, roles, head)
        line.below = _parts(lines, line.place + 1, roles, head)


def _parts(lines: Sequence[str], place: int, roles: dict[int, Role], head: HeadLines) -> bool:
    """Whether nothing that runs on stands at the place."""
    if not 0 <= place < len(lines) or not lines[place].strip():
        return True
    return place in head.taken or roles.get(place) == "rule"
