"""How a plain text marks its paragraphs, told from the lengths and beginnings of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median_low
from typing import Final, Literal, NamedTuple

from hogarth.intake.headings import names_a_chapter

Kind = Literal["one-line", "blank-lines", "indents", "one-a-line", "wrapped-without-breaks"]

#: Units: characters. No program wraps lines wider than this.
_WIDEST_WRAP: Final = 100
_NARROWEST_WRAP: Final = 40
_INDENT: Final = re.compile(r"(?:\t| {2,}|\u3000|\xa0{2,})\s*\S")
_SENTENCE_END: Final = re.compile(r"[.!?…—*\"”’»。」』！？)]\s*$")
#: With more lines to a block than this, empty lines do not separate paragraphs.
_LINES_A_BLOCK: Final = 2.5
#: Units: lines; the share of them. A block of fewer lines, or with more indents, is verse.
_FEWEST_LINES: Final = 4
_MOST_INDENTS: Final = 0.7
#: Units: words to a block of wrapped lines, above which the breaks inside must be lost.
_WORDS_A_BLOCK: Final = 400


class Layout(NamedTuple):
    """Shape: `paragraphs` with newlines where the text has them; "" is a spacer."""

    kind: Kind
    paragraphs: list[str]


def lay_out(lines: Sequence[str]) -> Layout:
    """The paragraphs of the lines. No word is moved, no line is joined to another."""
    lines = [line.rstrip() for line in lines]
    kind = _tell_kind(lines)
    if kind == "one-a-line":
        return Layout(kind, _trim(_split_lines(lines)))
    return Layout(kind, _trim(_split_blocks(lines, kind)))


def _tell_kind(lines: Sequence[str]) -> Kind:
    full = [line for line in lines if line.strip()]
    if len(full) <= 1:
        return "one-line"
    blocks = sum(1 for blank, _ in groupby(lines, key=_is_blank) if not blank)
    lines_a_block = len(full) / blocks
    indented = sum(1 for line in full if _INDENT.match(line)) / len(full)
    if not _is_wrapped(lines, full):
        one_a_line = lines_a_block > _LINES_A_BLOCK or _are_sentences(lines, len(full))
        return "one-a-line" if one_a_line else "blank-lines"
    if lines_a_block > _LINES_A_BLOCK and 0.02 < indented < 0.7:
        # A wrapped text with both: blank lines win where they come as often as the indents.
        return "indents" if blocks < indented * len(full) * 0.8 else "blank-lines"
    words = sum(len(line.split()) for line in full)
    return "wrapped-without-breaks" if words / blocks > _WORDS_A_BLOCK else "blank-lines"


def _are_sentences(lines: Sequence[str], count: int) -> bool:
    """Whether most lines stand close to others and end as paragraphs do, which verse does not."""
    blocks = [list(group) for blank, group in groupby(lines, key=_is_blank) if not blank]
    close = [line for block in blocks if len(block) > 1 for line in block]
    return 2 * len(close) > count and sum(map(_ends, close)) >= 0.8 * len(close)


def _ends(line: str) -> bool:
    return _SENTENCE_END.search(line) is not None


def _is_wrapped(lines: Sequence[str], full: Sequence[str]) -> bool:
    """Whether lines were cut at a width: those that go on in the next line are nearly full."""
    lengths = sorted(len(line) for line in full)
    widest = lengths[int(0.95 * (len(lengths) - 1))]
    if not _NARROWEST_WRAP <= widest <= _WIDEST_WRAP:
        return False
    going_on = [len(line) for line, after in pairwise(lines) if line.strip() and after.strip()]
    nearly_full = sum(1 for length in going_on if length >= 0.7 * widest)
    return len(going_on) > 1 and nearly_full >= 0.6 * len(going_on)


def _split_lines(lines: Sequence[str]) -> Iterator[str]:
    """Each line a paragraph; empty lines a spacer."""
    for blank, group in groupby(lines, key=_is_blank):
        if blank:
            yield ""
        else:
            yield from (line.strip() for line in group)


def _split_blocks(lines: Sequence[str], kind: Kind) -> Iterator[str]:
    """Each block a paragraph; a gap much wider than usual is a spacer."""
    runs = [(blank, list(group)) for blank, group in groupby(lines, key=_is_blank)]
    gaps = [len(group) for blank, group in runs if blank]
    wide = (median_low(gaps) if gaps else 1) + 2
    for blank, group in runs:
        if not blank:
            yield from _split_block(group, kind)
        elif len(group) >= wide:
            yield ""


def _split_block(block: Sequence[str], kind: Kind) -> Iterator[str]:
    long_lines = any(len(line) > _WIDEST_WRAP for line in block)
    indents = kind == "indents" or (kind == "blank-lines" and _is_indented(block))
    paragraph: list[str] = []
    for place, line in enumerate(block):
        starts = (
            long_lines
            or (indents and _INDENT.match(line) is not None)
            # A heading often stands right above its text.
            or (place == 1 and names_a_chapter(block[0]))
        )
        if starts and paragraph:
            yield "\n".join(paragraph)
            paragraph = []
        paragraph.append(line.strip())
    yield "\n".join(paragraph)


def _is_indented(block: Sequence[str]) -> bool:
    """Whether paragraphs inside a block begin with an indent: what stands above each is finished,
    which it is not in verse.
    """
    places = [place for place, line in enumerate(block) if place and _INDENT.match(line)]
    if not places or len(block) < _FEWEST_LINES or len(places) > _MOST_INDENTS * len(block):
        return False
    ended = sum(_ends(block[place - 1]) for place in places)
    plain = [len(line) for place, line in enumerate(block[:-1]) if place + 1 not in places]
    full = sum(length >= _NARROWEST_WRAP for length in plain)
    return ended >= 0.8 * len(places) and full >= 0.7 * len(plain)


def _trim(paragraphs: Iterator[str]) -> list[str]:
    """Without spacers at either end, and never two in a row."""
    kept: list[str] = []
    for paragraph in paragraphs:
        if paragraph or (kept and kept[-1]):
            kept.append(paragraph)
    if kept and not kept[-1]:
        kept.pop()
    return kept


def _is_blank(line: str) -> bool:
    return not line.strip()
