"""Books of Project Gutenberg as plain text, with the licence and the makers set apart.

Its form is agreed: paragraphs stand between empty lines and are wrapped, verse is indented, words
between underscores are in italics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hogarth.intake.facts import make_manuscript
from hogarth.intake.gutenberg import find_ebook, find_start, is_credit
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.text_chapters import Section, number_chapters, split_chapters
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.intake.wrapped import join_paragraphs, print_italics
from hogarth.manuscript import clean

_NAME: Final = re.compile("project gutenberg", re.IGNORECASE)
#: Units: characters of the text in which the name must stand, lines in which the marker must.
_HEAD: Final = 40_000
_HEAD_LINES: Final = 700
_CONTENTS: Final = re.compile(
    r"\W{0,3}(?:table of )?contents\W{0,3}(?:page)?\W{0,3}", re.IGNORECASE
)
_PAGE_NUMBER: Final = re.compile(r"[\s.]+(?:\d{1,4}|[ivxlc]{1,7})\s*$")
#: Units: words. A title page says no more; what does is a preface.
_TITLE_PAGE: Final = 80
#: The share of the lines of a list that come again as headings, in a table of contents.
_CONTENTS_SHARE: Final = 0.6
#: A heading of fewer is a number, which is in any line.
_FEWEST_LETTERS: Final = 4


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The project's name at the top, and the line that its header ends with."""
    head = found.text[:_HEAD]
    if found.is_markup or not _NAME.search(head):
        return None
    _, start = find_start(head.split("\n", _HEAD_LINES)[:_HEAD_LINES])
    return (Evidence("maker", "Project Gutenberg"),) if start else None


def read(found: Found) -> Reading:
    """The book between the markers, its facts from the header.

    Raises: Unreadable, when nothing stands between them.
    """
    lines = found.text.split("\n")
    ebook = find_ebook(lines)
    if ebook is None:
        raise refuse("no-story")
    facts = ebook.facts
    facts.status = "complete"
    paragraphs = list(join_paragraphs(_without_end(lines[ebook.start : ebook.end])))
    sections = split_chapters(paragraphs, bare=True)
    sections, front = _part_title_page(sections)
    if front:
        facts.notes = _print(front)
    chapters = number_chapters(sections, printer=_print)
    evidence = [Evidence("licence", "what stands before and after the markers")]
    title = title_from_name(found.name)
    problems = () if facts.title else (Problem("title-guessed", title),)
    manuscript = make_manuscript(facts, chapters, title=title)
    return Reading(found.name, "gutenberg-text", (manuscript,), tuple(evidence), problems)


def _print(paragraphs: Sequence[str]) -> str:
    return clean("\n".join(print_italics(paragraph) for paragraph in paragraphs if paragraph))


def _without_end(lines: Sequence[str]) -> list[str]:
    """The lines without notes of the makers that stand right above the end."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    start = len(kept)
    while start and kept[start - 1].strip():
        start -= 1
    return kept[:start] if start < len(kept) and is_credit(kept[start].strip()) else kept


def _part_title_page(sections: list[Section]) -> tuple[list[Section], list[str]]:
    """The sections, and what stands above the first heading: the rest of a title page.

    A table of contents goes; its entries come again as headings.
    """
    headed = [section for section in sections if section.heading is not None]
    if not headed:
        return sections, []
    first = sections[0]
    folded = [fold_title(section.heading.whole) for section in headed if section.heading]
    front = [text for text in first.preamble if not _is_contents(text, folded)]
    if sum(len(text.split()) for text in front) > _TITLE_PAGE:
        return [Section(None, front), first._replace(preamble=()), *sections[1:]], []
    return [first._replace(preamble=()), *sections[1:]], front


def _is_contents(paragraph: str, headings: Sequence[str]) -> bool:
    """Whether a paragraph is a table of contents, or a line of one."""
    if _CONTENTS.fullmatch(paragraph.strip()):
        return True
    entries = [fold_title(_PAGE_NUMBER.sub("", line)) for line in paragraph.split("\n")]
    entries = [entry for entry in entries if entry]
    found = sum(
        any(entry in heading or heading in entry for heading in headings) for entry in entries
    )
    return bool(entries) and found >= _CONTENTS_SHARE * len(entries)
