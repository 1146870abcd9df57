"""Where the chapters of a document begin: at headings, else at lines that name a chapter."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hogarth.intake.blocks import Block, Note, drop_usual_blanks, print_blocks, print_notes
from hogarth.intake.headings import Heading, names_a_chapter, read_heading
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Chapter, clean

_FEWEST_CHAPTERS: Final = 2
#: Units: words. What stands above the first heading and has fewer belongs to its chapter.
PREAMBLE_WORDS: Final = 200
#: Units: words. Fewer stand under the lines of a table of contents.
_CONTENTS_WORDS: Final = 30
#: Headings that name no chapter part a text into chapters where so many words stand under each.
_SECTION_WORDS: Final = 60
_LONGEST_TITLE: Final = 300
#: Units: blocks that are cleaned at a time.
_PIECE: Final = 1_000
#: Blocks of markup that open nothing that a later one closes.
_WHOLE: Final = ("<hr", "<table", "<pre")
_TITLE_WORDS: Final = 10
_LETTER: Final = re.compile(r"[^\W\d_]")
_ENDS_SENTENCE: Final = re.compile(r"[.,;:…\"”’»。」』]$")


class Section(NamedTuple):
    """Blocks under one heading. Shape: `heading` and `title` None above the first one."""

    blocks: list[Block]
    heading: Heading | None = None
    title: str | None = None


def read_chapters(blocks: list[Block], notes: dict[str, Note]) -> tuple[Chapter, ...]:
    """The chapters with the notes that each refers to below it. The blocks are used up."""
    sections = cut_sections(blocks)
    blocks.clear()
    stated = [section.heading.number if section.heading else None for section in sections]
    numbers = [number for number in stated if number]
    rising = all(first < second for first, second in zip([0, *numbers], numbers, strict=False))
    if not (rising and len(numbers) == len(sections)):
        numbers = list(range(1, len(sections) + 1))
    waiting = deque(sections)
    sections.clear()
    # Each section goes when it has been printed: a long document is not held twice.
    return tuple(_print_section(waiting.popleft(), number, notes) for number in numbers)


def _print_section(section: Section, number: int, notes: dict[str, Note]) -> Chapter:
    title = section.heading.title_at(number) if section.heading else section.title
    return Chapter(number, print_chapter(section.blocks, notes), title)


def print_chapter(blocks: Sequence[Block], notes: dict[str, Note]) -> str:
    """The text of a chapter and the notes that it refers to."""
    keys = dict.fromkeys(run.note for block in blocks for run in block.runs if run.note)
    own = [(key, notes[key]) for key in keys if key in notes]
    parts = [clean(print_blocks(piece)) for piece in _pieces(drop_usual_blanks(blocks))]
    return "\n".join(filter(None, [*parts, clean(print_notes(own))]))


def _pieces(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The blocks in pieces that stand by themselves, for cleaning needs many times their size."""
    if any(block.html and not block.html.startswith(_WHOLE) for block in blocks):
        yield blocks
        return
    start = 0
    for place, block in enumerate(blocks):
        if place - start >= _PIECE and block.item is None and block.role != "quote":
            yield blocks[start:place]
            start = place
    yield blocks[start:]


def cut_sections(blocks: Sequence[Block]) -> list[Section]:
    """The blocks under their headings; a text without headings is one section."""
    places = _heading_places(blocks) or _line_places(blocks)
    if not places:
        return [Section(list(blocks))]
    starts = [_step_back(blocks, place) for place in places]
    sections = []
    for place, start, end in zip(places, starts, [*starts[1:], len(blocks)], strict=True):
        above = [block for block in blocks[start:place] if not block.is_blank]
        sections.append(_read_section(blocks[place], above, list(blocks[place + 1 : end])))
    before = list(blocks[: starts[0]])
    if count_words(before) >= PREAMBLE_WORDS:
        return [Section(before), *sections]
    first = sections[0]
    return [first._replace(blocks=before + first.blocks), *sections[1:]]


def count_words(blocks: Sequence[Block]) -> int:
    """About how many words the blocks hold."""
    return sum(len(block.text.split()) for block in blocks)


def _read_section(named: Block, above: list[Block], below: list[Block]) -> Section:
    """The section that a heading begins; a heading right below a bare number is its title."""
    line = named.line[:_LONGEST_TITLE]
    heading = read_heading(line)
    if heading is not None and heading.title is None:
        following = next((place for place, block in enumerate(below) if not block.is_blank), None)
        if following is not None and _is_second_line(named, below[following]):
            title = below[following].line[:_LONGEST_TITLE]
            heading = heading._replace(title=title, whole=f"{line}: {title}")
            del below[: following + 1]
    return Section(above + below, heading, line or None)


def _is_second_line(first: Block, second: Block) -> bool:
    """Whether what stands below a number is its title: a heading too, or a line set as one."""
    line = second.line
    if not line or second.item or second.html or names_a_chapter(line):
        return False
    if second.rank:
        return second.rank > first.rank > 0 or (
            first.rank == second.rank and read_heading(line) is None
        )
    centred = second.align == "center" and (first.rank > 0 or first.align == "center")
    return (
        centred
        and len(line.split()) <= _TITLE_WORDS
        and _LETTER.search(line) is not None
        and not _ENDS_SENTENCE.search(line)
    )


def _step_back(blocks: Sequence[Block], place: int) -> int:
    """The place of the first heading of a higher rank that stands right above: “Part Two”."""
    rank, start = blocks[place].rank, place
    for above in range(place - 1, -1, -1):
        block = blocks[above]
        if block.rank and rank and block.rank < rank:
            start = above
        elif not block.is_blank:
            break
    return start


def _heading_places(blocks: Sequence[Block]) -> list[int]:
    """The headings of the rank in which most name a chapter, else of the first that repeats."""
    by_rank: dict[int, list[int]] = {}
    for place, block in enumerate(blocks):
        if block.rank and block.line:
            by_rank.setdefault(block.rank, []).append(place)
    named = {
        rank: [place for place in places if names_a_chapter(blocks[place].line)]
        for rank, places in by_rank.items()
    }
    best = max(sorted(named), key=lambda rank: len(named[rank]), default=0)
    if best and len(named[best]) >= _FEWEST_CHAPTERS:
        following = [place for place in by_rank[best] if place >= named[best][0]]
        return following if 2 * len(named[best]) >= len(following) else named[best]
    for _, places in sorted(by_rank.items()):
        if len(places) >= _FEWEST_CHAPTERS:
            return places if _are_long(blocks, places) else named.get(best, [])
    return named.get(best, [])


def _are_long(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    words = count_words(blocks[places[0] :])
    return words >= _SECTION_WORDS * len(places)


def _line_places(blocks: Sequence[Block]) -> list[int]:
    """Paragraphs that name a chapter, without those of a table of contents.

    Little stands under a line of contents, and it comes again.
    """
    places = [
        place
        for place, block in enumerate(blocks)
        if not (block.item or block.html)
        and names_a_chapter(block.text)
        and "\n\n" not in block.text
    ]
    folded = [fold_title(blocks[place].line) for place in places]
    latest = {name: index for index, name in enumerate(folded)}
    ends = [*places[1:], len(blocks)][: len(places)]
    return [
        place
        for index, (place, end) in enumerate(zip(places, ends, strict=True))
        if latest[folded[index]] == index or count_words(blocks[place + 1 : end]) >= _CONTENTS_WORDS
    ]
