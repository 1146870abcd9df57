"""Lines that a program broke: wrapped at a width, or parted by breaks that stand for paragraphs.

A program that wraps puts a word on the next line only when it does not fit any more. So a break
before a word that would have fitted was meant by somebody: the end of a paragraph, a line of verse,
an address. Everything here rests on that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair

#: Units: characters. Nothing wraps wider or narrower than this.
_WIDEST: Final = 100
_NARROWEST: Final = 30
#: With fewer broken lines nobody can tell a width.
_FEWEST: Final = 6
#: The share of breaks before a word that did not fit, above which a program made them.
_WRAPPED: Final = 0.6
_WRAPPED_FLAT: Final = 0.5
#: Units: words in one block, above which its paragraphs must be lost.
_FLAT: Final = 400
#: Units: characters. Lines so long are paragraphs, if most of them end a sentence.
_LONG_LINE: Final = 90
_ENDED: Final = 0.9
#: Short lines in a row are verse.
_VERSE: Final = 3
_SENTENCE_END: Final = re.compile(r"[.!?…:—\-][\"'”’»)\]*_]*$|[\"”»。！？」』]$")
_OPENING: Final = '“"«„'
_CLOSING: Final = '”"»'
_EAST: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_LISTED: Final = re.compile(r"(?:[-*•>|]|\d{1,3}[.)]|\w{1,20}:)\s")


class _Line(NamedTuple):
    """A line and its place in the text. Shape: `fits` whether the next word would have fitted."""

    start: int
    text: str
    fits: bool


def find_broken_lines(draft: Draft) -> Iterator[Repair]:
    """Wrapped lines to be joined, and breaks that part paragraphs."""
    text = draft.text
    breaks = text.count("\n") - 2 * text.count("\n\n")
    if breaks < _FEWEST:
        return
    blocks = list(_blocks(text))
    width = _find_width(blocks)
    if width is None:
        for start, block in blocks:
            yield from _part_paragraphs(draft, start, block)
        return
    for start, block in blocks:
        lines = _lines(start, block, width)
        if len(lines) > 1:
            flat = block.count(" ") > _FLAT
            yield from _unwrap_flat(draft, lines, width) if flat else _unwrap(draft, lines)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for block in text.split("\n\n"):
        yield at, block
        at += len(block) + 2


def _find_width(blocks: list[tuple[int, str]]) -> int | None:
    """The width at which the lines were wrapped, or None when they were not."""
    broken = [block.split("\n") for _, block in blocks if "\n" in block]
    lengths = sorted(len(line) for lines in broken for line in lines)
    if len(lengths) < _FEWEST:
        return None
    # A few lines are longer than all others: an address, a word that could not be broken.
    width = lengths[-1 - len(lengths) // 50]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    unfitting = total = words = 0
    for lines in broken:
        total += len(lines) - 1
        words += sum(line.count(" ") for line in lines)
        unfitting += sum(not _fits(a, b, width) for a, b in pairwise(lines))
    flat = words > _FLAT * len(broken)
    return width if unfitting >= (_WRAPPED_FLAT if flat else _WRAPPED) * total else None


def _fits(line: str, following: str, width: int) -> bool:
    word = following.split(" ", 1)[0]
    return len(line) + 1 + len(word) <= width


def _lines(start: int, block: str, width: int) -> list[_Line]:
    texts = block.split("\n")
    lines = []
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        lines.append(_Line(start, text, _fits(text, following, width)))
        start += len(text) + 1
    return lines


def _unwrap(draft: Draft, lines: list[_Line]) -> Iterator[Repair]:
    """Joins in a paragraph that is known: breaks that were meant stay."""
    for line, following in pairwise(lines):
        if not line.fits and not _LISTED.match(following.text):
            yield _join(draft, line, 0.97)


def _unwrap_flat(draft: Draft, lines: list[_Line], width: int) -> Iterator[Repair]:
    """Joins and paragraphs in a block of lines without an empty one among them."""
    verse = _find_verse(lines, width)
    opening = lines[0].text[:1]
    for place, (line, following) in enumerate(pairwise(lines)):
        if place in verse and place + 1 in verse:
            continue
        end = line.start + len(line.text)
        ended = _SENTENCE_END.search(line.text) is not None
        lower = following.text[:1].islower()
        if line.fits:
            joins = lower and not ended
        else:
            joins = not (ended and _is_new_speech(opening, line.text, following.text))
        if joins:
            yield _join(draft, line, 0.9 if line.fits else 0.95)
        else:
            opening = following.text[:1]
            yield draft.propose("l-paragraph", "break", end, end + 1, "\n\n", 0.95, group="l")


def _is_new_speech(opening: str, line: str, following: str) -> bool:
    """Whether a paragraph ends with a full line: where nothing but the quotes can tell."""
    speaks = following[:1] in _OPENING
    if line[-1:] in _CLOSING:
        return speaks or not following[:1].islower()
    # Speech, who spoke, and more speech are one paragraph; narration and then speech are two.
    return speaks and opening not in _OPENING


def _find_verse(lines: list[_Line], width: int) -> frozenset[int]:
    """The places of short lines in a row that end no sentence: verse, addresses, lists."""
    found: set[int] = set()
    run: list[int] = []
    for place, line in enumerate([*lines, _Line(0, "." * width, True)]):
        short = line.fits and len(line.text) < 0.7 * width
        if short:
            run.append(place)
            continue
        open_ends = sum(not _SENTENCE_END.search(lines[i].text) for i in run)
        if len(run) >= _VERSE and 2 * open_ends > len(run):
            found.update(run)
        run = []
    return frozenset(found)


def _join(draft: Draft, line: _Line, certainty: float) -> Repair:
    end = line.start + len(line.text)
    last = line.text[-1:]
    glue = "" if last in "-—–" or _EAST.match(last) else " "
    return draft.propose("l-wrap", "join", end, end + 1, glue, certainty, group="l")


def _part_paragraphs(draft: Draft, start: int, text: str) -> Iterator[Repair]:
    """Lines so long that they are paragraphs, parted by single breaks."""
    lines = text.split("\n")
    if len(lines) < 4 or text.count(" ") < _FLAT:
        return
    ended = sum(_SENTENCE_END.search(line) is not None for line in lines)
    if ended < _ENDED * len(lines) or median(map(len, lines)) < _LONG_LINE:
        return
    at = start
    for line in lines[:-1]:
        at += len(line)
        yield draft.propose("l-break", "break", at, at + 1, "\n\n", 0.95, group="l")
        at += 1
