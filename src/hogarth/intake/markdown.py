"""Markdown, with the block of facts that site generators and writing programs put above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hogarth.intake.document import Document, read_document
from hogarth.intake.front_matter import read_front_matter, state_front_matter
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.layout import lay_out
from hogarth.intake.markdown_blocks import read_blocks
from hogarth.intake.reading import Evidence, Found, Reading

_ENDINGS: Final = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".rmd"})
#: Units: characters. The parser takes a second for each of some hundred thousand words.
_LONGEST: Final = 12_000_000
_SAMPLE: Final = 200_000
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(?P<words>[^\s#].*)$", re.MULTILINE)
#: Marks that plain texts do not have, or seldom.
_MARKS: Final = (
    re.compile(r"(?<![*\w])\*\*[^*\s][^*\n]{0,200}\*\*(?![*\w])"),
    re.compile(r"\[[^\]\n]{1,200}\]\((?:https?://|#|/)[^)\s]{0,500}\)"),
    re.compile(r"^\[\^[^\]\s]{1,40}\]:", re.MULTILINE),
    re.compile(r"^>[ \t]\S", re.MULTILINE),
    re.compile(r"^```", re.MULTILINE),
)


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The ending of the file's name, facts above the text, or headings and other marks."""
    text = found.text
    if len(text) > _LONGEST or text[:200].lstrip().startswith("<"):
        return None
    if found.ending in _ENDINGS:
        return (Evidence("file-name", found.ending),)
    start = text[:_SAMPLE]
    if start.startswith(("---", "+++")):
        matter = read_front_matter(start.split("\n"))
        if matter is not None:
            return (Evidence("header", ", ".join(list(matter.values)[:12])),)
    if found.is_markup:
        return None
    headings = [heading["words"] for heading in _HEADING.finditer(start)]
    marks = sum(mark.search(start) is not None for mark in _MARKS)
    chapters = sum(map(names_a_chapter, headings))
    if headings and (marks or (len(headings) > 1 and chapters)):
        return (Evidence("headings", ", ".join(headings[:3])[:200]),)
    return None


def read(found: Found) -> Reading:
    """The text as one work, its headings as chapters."""
    lines = found.text.strip("\n").split("\n")
    document = Document()
    matter = read_front_matter(lines)
    if matter is not None:
        state_front_matter(document.facts, matter)
        document.title_is_sure = bool(document.facts.title)
        document.evidence.append(Evidence("header", ", ".join(list(matter.values)[:12])))
        lines = lines[matter.lines :]
    document.blocks, document.notes = read_blocks(_part_lines(lines))
    return read_document(found, "markdown", document)


def _part_lines(lines: Sequence[str]) -> list[str]:
    """The lines, apart where each is a paragraph that its writer set no empty line around."""
    if lay_out(lines).kind != "one-a-line":
        return list(lines)
    return [part for line in lines for part in (line, "")]
