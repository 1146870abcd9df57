"""Plain text in any encoding, with its paragraphs marked in any way or in none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hogarth.intake.facts import clean_title, make_manuscript
from hogarth.intake.header_block import read_head
from hogarth.intake.headings import Heading, names_a_chapter, read_heading
from hogarth.intake.layout import lay_out
from hogarth.intake.prose import print_paragraphs
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Chapter

_MARKER: Final = re.compile(
    r"(?P<title>\S[^.!?\"“”:]{0,78}?)\s+"
    r"(?:A\s?/\s?N|AN|Author['’]?s?['’]?\s+Notes?|Disclaimers?|Summary|Rating|Rated|Pairings?"
    r"|Warnings?)\s*[:\-–—]\s",
    re.IGNORECASE,
)
#: Units: words. A title is shorter; what stands above the first heading is rarely a chapter.
_TITLE_WORDS: Final = 12
_PREAMBLE_WORDS: Final = 200
_CONTENTS_WORDS: Final = 30
_ENDS_SENTENCE: Final = re.compile(r"[.,;:…\"”’»。」』]\s*$")
_LETTER: Final = re.compile(r"[^\W\d_]")


class Section(NamedTuple):
    """Paragraphs under one heading. Shape: `heading` None above the first one."""

    heading: Heading | None
    paragraphs: list[str]


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Any text. This reader comes last."""
    return (Evidence("text", f"no markup, in {found.decoded.encoding}"),)


def read(found: Found) -> Reading:
    """The text as it is: paragraphs where the format marks them, every line break kept."""
    lines = found.text.strip("\n").split("\n")
    head = read_head(lines)
    layout = lay_out(lines[head.lines :])
    paragraphs = layout.paragraphs
    problems: list[Problem] = []
    title = head.facts.title
    if not title:
        title, paragraphs, guessed = _find_title(paragraphs, found)
        if guessed:
            problems.append(Problem("title-guessed", title))
    chapters = _number(split_chapters(paragraphs))
    if layout.kind == "wrapped-without-breaks":
        problems.append(Problem("paragraphs-lost", "lines are wrapped and nothing parts them"))
    if len(chapters) == 1 and chapters[0].number > 1:
        problems.append(Problem("chapters-missing", f"chapter {chapters[0].number} alone"))
    evidence = [Evidence("paragraphs", layout.kind)]
    if head.labels:
        evidence.append(Evidence("header", ", ".join(head.labels)))
    manuscript = make_manuscript(head.facts, chapters, title=title)
    return Reading(found.name, "plain-text", (manuscript,), tuple(evidence), tuple(problems))


def _find_title(paragraphs: list[str], found: Found) -> tuple[str, list[str], bool]:
    """The title, the paragraphs that are left, and whether it was guessed.

    A line that only looks like a title stays in the text: taking it out is a repair. One that the
    file is named after is a title on two witnesses, and goes.
    """
    named = title_from_name(found.name)
    if not paragraphs:
        return named, paragraphs, True
    marked = _MARKER.match(paragraphs[0])
    if marked and len(marked["title"].split()) <= _TITLE_WORDS:
        return clean_title(marked["title"]), paragraphs, False
    if len(paragraphs) > 1 and _is_title(paragraphs[0]):
        title = clean_title(paragraphs[0])
        if fold_title(title) == fold_title(named):
            rest = paragraphs[1:]
            return title, rest[1:] if rest and not rest[0] else rest, False
        return title, paragraphs, True
    return named, paragraphs, True


def _is_title(paragraph: str) -> bool:
    return (
        "\n" not in paragraph
        and len(paragraph.split()) <= _TITLE_WORDS
        and _LETTER.search(paragraph) is not None
        and not _ENDS_SENTENCE.search(paragraph)
        and not names_a_chapter(paragraph)
    )


def split_chapters(paragraphs: Sequence[str]) -> list[Section]:
    """The paragraphs under their headings. A text without headings is one section."""
    places = _heading_places(paragraphs)
    if not places:
        return [Section(None, list(paragraphs))]
    sections = [Section(None, list(paragraphs[: places[0]]))] if places[0] else []
    for place, end in zip(places, [*places[1:], len(paragraphs)], strict=True):
        sections.append(Section(read_heading(paragraphs[place]), list(paragraphs[place + 1 : end])))
    return _join_preamble(sections)


def _heading_places(paragraphs: Sequence[str]) -> list[int]:
    """Where chapters begin: at lines that say so, else at lines numbered 1, 2, 3 without a gap."""
    single = [place for place, text in enumerate(paragraphs) if text and "\n" not in text]
    places = _named_places(single, paragraphs)
    if not places:
        numbered = [
            (place, heading)
            for place in single
            if (heading := read_heading(paragraphs[place])) and heading.title and heading.number
        ]
        numbers = [heading.number for _, heading in numbered]
        if len(numbers) < 3 or numbers != list(range(1, len(numbers) + 1)):
            return []
        places = [place for place, _ in numbered]
    return _drop_contents(places, paragraphs)


def _named_places(single: Sequence[int], paragraphs: Sequence[str]) -> list[int]:
    """Lines that name a chapter, and Roman numerals with a title that go on from them."""
    places: list[int] = []
    last = 0
    for place in single:
        names = names_a_chapter(paragraphs[place])
        heading = read_heading(paragraphs[place])
        goes_on = (
            last > 1
            and heading is not None
            and heading.number == last + 1
            and heading.title is not None
            and paragraphs[place][0] in "IVXLC"
        )
        if names or goes_on:
            places.append(place)
            last = (heading.number if heading else None) or last
    return places


def _drop_contents(places: list[int], paragraphs: Sequence[str]) -> list[int]:
    """Without the lines of a table of contents: little stands under them, and they come again."""
    kept = []
    folded = [fold_title(paragraphs[place]) for place in places]
    latest = {name: index for index, name in enumerate(folded)}
    for index, place in enumerate(places):
        end = places[index + 1] if index + 1 < len(places) else len(paragraphs)
        words = sum(len(text.split()) for text in paragraphs[place + 1 : end])
        again = latest[folded[index]] > index
        if not (again and words < _CONTENTS_WORDS):
            kept.append(place)
    return kept


def _join_preamble(sections: list[Section]) -> list[Section]:
    """A few words above the first heading belong to its chapter; many are one of their own."""
    if len(sections) < 2 or sections[0].heading is not None:
        return sections
    preamble, first, *rest = sections
    if sum(len(text.split()) for text in preamble.paragraphs) >= _PREAMBLE_WORDS:
        return sections
    return [Section(first.heading, preamble.paragraphs + first.paragraphs), *rest]


def _number(sections: list[Section]) -> tuple[Chapter, ...]:
    """Chapters numbered as their headings say where these count upwards, else one by one."""
    stated = [section.heading.number if section.heading else None for section in sections]
    numbers = [number for number in stated if number]
    rising = all(first < second for first, second in zip([0, *numbers], numbers, strict=False))
    if not (rising and len(numbers) == len(sections)):
        numbers = list(range(1, len(sections) + 1))
    return tuple(
        Chapter(
            number=number,
            html=print_paragraphs(_without_edges(section.paragraphs)),
            title=section.heading.title_at(number) if section.heading else None,
        )
        for number, section in zip(numbers, sections, strict=True)
    )


def _without_edges(paragraphs: list[str]) -> list[str]:
    start = 0 if not paragraphs or paragraphs[0] else 1
    end = len(paragraphs) - (1 if len(paragraphs) > start and not paragraphs[-1] else 0)
    return paragraphs[start:end]
