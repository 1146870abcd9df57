"""The head of a document: its title, its byline and the labelled lines above its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hogarth.intake.blocks import Block, drop_usual_blanks
from hogarth.intake.bylines import read_byline
from hogarth.intake.document_chapters import PREAMBLE_WORDS, count_words
from hogarth.intake.facts import Facts, clean_title, read_people
from hogarth.intake.header_block import Head, read_head
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.labels import read_label
from hogarth.intake.runs import is_blank, split_lines
from hogarth.intake.titles import fold_title

#: Units: blocks. A head does not go further.
_LONGEST_HEAD: Final = 80
_TITLE_WORDS: Final = 12
_LONGEST_TITLE: Final = 120
_LONGEST_STYLED: Final = 300
_LONGEST_UNKNOWN: Final = 120
_LETTER: Final = re.compile(r"[^\W\d_]")
_ENDS_SENTENCE: Final = re.compile(r"[.,;:…\"”’»。」』]$")
_BARE_BY: Final = re.compile(r"(?:written\s+)?by:?", re.IGNORECASE)


class DocumentHead(NamedTuple):
    """Shape: `blocks` what is left below; `place` where the title stood, for the evidence."""

    blocks: list[Block]
    facts: Facts
    place: str
    guessed: bool = False
    labels: tuple[str, ...] = ()


def read_document_head(
    blocks: Sequence[Block], stated: Facts, name: str, *, sure: bool = False
) -> DocumentHead:
    """The head and the blocks below it.

    Shape: `stated` what the properties say; `name` a title made from the file's name; `sure` when
    the title stated is beyond doubt. A line that only looks like a title stays in the text, as in
    plain text.
    """
    if sure:
        return _read_below_title(blocks, stated)
    head, rest = _read_lines(blocks)
    if head.facts.title:
        return DocumentHead(rest, head.facts, "header", labels=tuple(head.labels))
    title, place = _read_title(blocks, stated, name)
    if place:
        rest = drop_usual_blanks(blocks[1:])
        facts = Facts()
        title = _part_byline(title, facts, stated)
        rest = _read_byline(rest, facts, stated)
        head, rest = _read_lines(rest, title)
        head.facts.title = title
        head.facts.credits = [*facts.credits, *head.facts.credits]
        return DocumentHead(rest, head.facts, place, labels=tuple(head.labels))
    rest = _read_byline(rest, head.facts, stated)
    if stated.title:
        head.facts.title = stated.title
        return DocumentHead(rest, head.facts, "properties", labels=tuple(head.labels))
    if rest and not rest[0].rank and _looks_like_title(rest[0]):
        head.facts.title = clean_title(rest[0].line)
        return DocumentHead(rest, head.facts, "first line", True, tuple(head.labels))
    head.facts.title = name
    return DocumentHead(rest, head.facts, "file name", True, tuple(head.labels))


def _read_below_title(blocks: Sequence[Block], stated: Facts) -> DocumentHead:
    """The head where the title is known: the title once more, the byline and labelled lines."""
    rest = list(blocks)
    if rest and not rest[0].html and fold_title(rest[0].line) == fold_title(stated.title):
        rest = drop_usual_blanks(rest[1:])
    facts = Facts()
    head, rest = _read_lines(_read_byline(rest, facts, stated), stated.title)
    head.facts.title = stated.title
    head.facts.credits = [*stated.credits, *facts.credits, *head.facts.credits]
    return DocumentHead(rest, head.facts, "header", labels=tuple(head.labels))


def _read_title(blocks: Sequence[Block], stated: Facts, name: str) -> tuple[str, str]:
    """The title that the first block is, and by what it is known; both "" when it is none."""
    if not blocks or blocks[0].html or blocks[0].item:
        return "", ""
    first = blocks[0]
    if first.role == "title" and first.line:
        return first.line[:_LONGEST_STYLED], "title style"
    if not _looks_like_title(first):
        return "", ""
    title = clean_title(first.line)
    if first.rank and not _begins_chapters(blocks):
        return title, "heading"
    if first.rank:
        return "", ""
    if fold_title(title) in (fold_title(stated.title), fold_title(name)) and fold_title(title):
        return title, "properties" if fold_title(title) == fold_title(stated.title) else "file name"
    if first.align == "center" or _is_set_apart(first):
        return title, "first line, set apart"
    return "", ""


def _looks_like_title(block: Block) -> bool:
    line = block.line
    return (
        not (block.html or block.item)
        and len(line) <= _LONGEST_TITLE
        and len(line.split()) <= _TITLE_WORDS
        and _LETTER.search(line) is not None
        and not _ENDS_SENTENCE.search(line)
        and not names_a_chapter(line)
        and not _is_byline(line)
        and read_label(line) is None
    )


def _begins_chapters(blocks: Sequence[Block]) -> bool:
    """Whether the first heading is one of several alike and has text of its own below it.

    Little stands between a title and the heading of the first chapter.
    """
    headings = [place for place, block in enumerate(blocks) if block.rank and block.line]
    if len(headings) > 1 and any(names_a_chapter(blocks[place].line) for place in headings[1:]):
        return count_words(blocks[1 : headings[1]]) >= PREAMBLE_WORDS
    alike = [place for place in headings if blocks[place].rank == blocks[0].rank]
    if len(alike) < 2:
        return False
    own = blocks[1 : alike[1]]
    return any(len(block.text.split()) > _TITLE_WORDS for block in own if not block.rank)


def _is_set_apart(block: Block) -> bool:
    """Whether all of the line is bold or underlined."""
    words = [run for run in block.runs if run.text.strip()]
    return bool(words) and (
        all(run.style.bold for run in words) or all(run.style.underline for run in words)
    )


def _is_byline(line: str) -> bool:
    found = read_byline(line)
    return found is not None and not found.title


def _part_byline(title: str, facts: Facts, stated: Facts) -> str:
    """The title without “by Somebody Else”, whose name goes to the facts.

    One word behind it may well be part of the title: “Death by Chocolate”.
    """
    found = read_byline(title)
    if found is None or not found.title or fold_title(title) == fold_title(stated.title):
        return title
    people = {fold_title(credit.name) for credit in stated.credits}
    if all(len(c.name.split()) > 1 or fold_title(c.name) in people for c in found.credits):
        facts.credits += found.credits
        return found.title
    return title


def _read_byline(blocks: list[Block], facts: Facts, stated: Facts) -> list[Block]:
    """The blocks below “by Somebody”, whose name goes to the facts."""
    if not blocks or blocks[0].html or not blocks[0].line:
        return blocks
    first = blocks[0]
    found = read_byline(first.line)
    if found is not None and not found.title and not first.line.endswith((",", ";")):
        facts.credits += found.credits
        return drop_usual_blanks(blocks[1:])
    if _BARE_BY.fullmatch(first.line) and len(blocks) > 1 and len(blocks[1].line) < 80:
        facts.credits += read_people(blocks[1].line)
        return drop_usual_blanks(blocks[2:])
    people = {fold_title(credit.name) for credit in stated.credits}
    if fold_title(first.line) in people:
        return drop_usual_blanks(blocks[1:])
    if first.role == "author":
        facts.credits += read_people(first.line)
        return drop_usual_blanks(blocks[1:])
    return blocks


# --- labelled lines -----------------------------------------------------------------------------


def _read_lines(blocks: Sequence[Block], title: str = "") -> tuple[Head, list[Block]]:
    """The head that the lines of the blocks hold, and the blocks below it.

    Shape: `title` where one stood above; one label is enough then.
    """
    lines, places = _lay_lines(blocks[:_LONGEST_HEAD])
    above = [f"Title: {title}", ""] if title else []
    head = read_head([*above, *lines])
    taken = head.lines - len(above)
    if above:
        head.labels = head.labels[1:]
    if taken <= 0 or (not head.labels and not head.facts.title):
        return head, list(blocks)
    block, line = places[taken - 1]
    return head, drop_usual_blanks([*_rest_of(blocks[block], line), *blocks[block + 1 :]])


def _lay_lines(blocks: Sequence[Block]) -> tuple[list[str], list[tuple[int, int]]]:
    """The lines of the blocks, and of each its (block, line in the block).

    A paragraph that no label begins is set off by an empty line, so that the story does not go on
    with what stands above it.
    """
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for number, block in enumerate(blocks):
        if block.html:
            break
        for place, runs in enumerate(split_lines(block.runs)):
            lines.append("".join(run.text for run in runs))
            places.append((number, place))
        if number + 1 < len(blocks) and not _goes_on(blocks, number + 1):
            lines.append("")
            places.append((number, len(split_lines(block.runs)) - 1))
    return lines, places


def _goes_on(blocks: Sequence[Block], place: int) -> bool:
    """Whether the block begins with a known label, or with another and a known one follows."""
    for block in blocks[place : place + 2]:
        label = read_label(block.text)
        if label is None or (len(block.text) > _LONGEST_UNKNOWN and not label.field):
            return False
        if label.field:
            return True
    return False


def _rest_of(block: Block, line: int) -> list[Block]:
    """What is left of a block below the line."""
    rest = split_lines(block.runs)[line + 1 :]
    while rest and is_blank(rest[0]):
        rest = rest[1:]
    if not rest:
        return []
    runs = rest[0]
    for following in rest[1:]:
        if runs:
            runs = [*runs[:-1], runs[-1]._replace(text=runs[-1].text + "\n")]
        runs += following
    return [Block(runs, align=block.align, rtl=block.rtl, role=block.role)]
