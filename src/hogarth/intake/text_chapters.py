"""Where the chapters of a plain text begin, told from the paragraphs that are headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from hogarth.intake.bylines import strip_edges
from hogarth.intake.headings import Heading, heading_rank, names_a_chapter, read_heading
from hogarth.intake.prose import print_paragraphs
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Chapter

#: Units: words. What stands above the first heading is rarely a chapter; less than so much under a
#: heading that comes again is a table of contents.
_PREAMBLE_WORDS: Final = 200
_CONTENTS_WORDS: Final = 30
_FEWEST_NUMBERED: Final = 3
_FEWEST_AMONG: Final = 6
_COUNTED_SHARE: Final = 0.6
_TEASER_WORDS: Final = 25
#: Units: characters.
_LONGEST_NUMBER: Final = 12
#: The share of a chapter that the head above its second heading may be.
_HEAD_SHARE: Final = 0.1
#: The share of the first chapter that stands under “Part Three”, the title above it.
_TITLE_SHARE: Final = 0.02
_CHAPTER: Final = 2
_NONE: Final = Heading(None, None, "")
#: The share of the words below an only heading that may stand above it and still be its preface.
_ALONE_SHARE: Final = 0.5
#: A title that stands in a line of its own below “Chapter 5”.
_TITLE_BELOW: Final = re.compile(r"(?!To\s)[“\"'‘«~*_-]{0,4}[^\W\d_a-zà-öø-ÿ][^\d]{0,70}")
_ENDS_SENTENCE: Final = re.compile(r"[.,;:…—-]$")
_TITLE_WORDS: Final = 10


class Section(NamedTuple):
    """Paragraphs under one heading.

    Shape: `heading` None above the first one; `preamble` the paragraphs right above the heading
    that belong to it.
    """

    heading: Heading | None
    paragraphs: list[str]
    preamble: tuple[str, ...] = ()


def split_chapters(paragraphs: Sequence[str], *, bare: bool = False) -> list[Section]:
    """The paragraphs under their headings. A text without headings is one section.

    Shape: with `bare`, numbers alone are headings too where they count up; in most texts they only
    part scenes.
    """
    places = _heading_places(paragraphs) or (_bare_places(paragraphs) if bare else [])
    if not places:
        return [Section(None, list(paragraphs))]
    sections = [Section(None, list(paragraphs[: places[0]]))] if places[0] else []
    for place, end in zip(places, [*places[1:], len(paragraphs)], strict=True):
        heading = _read(paragraphs[place])
        sections.append(_take_title(heading, list(paragraphs[place + 1 : end])))
    return _join_preamble(_join_teaser(_join_twice(_join_empty(sections))))


def number_chapters(
    sections: Sequence[Section],
    alone: int | None = None,
    printer: Callable[[Sequence[str]], str] = print_paragraphs,
) -> tuple[Chapter, ...]:
    """Chapters numbered as their headings say where these count upwards, else one by one.

    Shape: `alone` the number of a chapter that is the only one and states none; `printer` makes
    canonical HTML of paragraphs.
    """
    stated = [section.heading.number if section.heading else None for section in sections]
    numbers = [number for number in stated if number]
    rising = all(first < second for first, second in zip([0, *numbers], numbers, strict=False))
    if not (rising and len(numbers) == len(sections)):
        numbers = list(range(1, len(sections) + 1))
        if len(sections) == 1 and alone:
            numbers = [alone]
    return tuple(
        Chapter(
            number=number,
            html=printer(without_edges([*section.preamble, *section.paragraphs])),
            title=section.heading.title_at(number) if section.heading else None,
        )
        for number, section in zip(numbers, sections, strict=True)
    )


def without_edges(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs without a spacer at either end."""
    start = 0 if not paragraphs or paragraphs[0] else 1
    end = len(paragraphs) - (1 if len(paragraphs) > start and not paragraphs[-1] else 0)
    return list(paragraphs[start:end])


def _read(paragraph: str) -> Heading | None:
    return read_heading(strip_edges(paragraph)) or read_heading(paragraph)


def _names(paragraph: str) -> bool:
    return names_a_chapter(paragraph) or names_a_chapter(strip_edges(paragraph))


def _heading_places(paragraphs: Sequence[str]) -> list[int]:
    """Where chapters begin: at lines that say so, else at lines numbered 1, 2, 3 without a gap."""
    single = [
        place
        for place, text in enumerate(paragraphs)
        if text and len(text) <= 160 and "\n" not in text
    ]
    places = _one_rank(_named_places(single, paragraphs), paragraphs)
    if not places:
        numbered = [
            (place, heading.number)
            for place in single
            if (heading := _read(paragraphs[place])) and heading.title and heading.number
        ]
        places = _count_up(numbered)
    return _drop_contents(places, paragraphs)


def _count_up(numbered: Sequence[tuple[int, int]]) -> list[int]:
    """The places of 1, 2, 3 without a gap, where hardly any other numbers stand between them."""
    places: list[int] = []
    for place, number in numbered:
        if number == len(places) + 1:
            places.append(place)
    strays = len(numbered) - len(places)
    enough = len(places) >= (_FEWEST_NUMBERED if not strays else _FEWEST_AMONG)
    return places if enough and len(places) >= _COUNTED_SHARE * len(numbered) else []


def _bare_places(paragraphs: Sequence[str]) -> list[int]:
    numbered = [
        (place, heading.number)
        for place, text in enumerate(paragraphs)
        if len(text) < _LONGEST_NUMBER and (heading := _read(text)) and heading.title is None
    ]
    numbers = [number for _, number in numbered]
    counted = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return [place for place, _ in numbered] if counted else []


def _named_places(single: Sequence[int], paragraphs: Sequence[str]) -> list[int]:
    """Lines that name a chapter, and Roman numerals with a title that go on from them."""
    places: list[int] = []
    last = 0
    for place in single:
        names = _names(paragraphs[place])
        heading = _read(paragraphs[place])
        goes_on = (
            last > 1
            and heading_rank(paragraphs[places[-1]]) == _CHAPTER
            and heading is not None
            and heading.number == last + 1
            and heading.title is not None
            and paragraphs[place][0] in "IVXLC"
        )
        if names or goes_on:
            places.append(place)
            last = (heading.number if heading else None) or last
    return places


def _one_rank(places: list[int], paragraphs: Sequence[str]) -> list[int]:
    """Without what is smaller than a chapter.

    A file that is chapter 3 of something has parts of its own, and a prologue or an epilogue alone
    makes no chapters.
    """
    ranks = {place: heading_rank(strip_edges(paragraphs[place])) for place in places}
    places = [place for place in places if ranks[place] <= _CHAPTER]
    numbered = [place for place in places if (_read(paragraphs[place]) or _NONE).number is not None]
    if not numbered:
        return []
    chapters = [place for place in numbered if ranks[place] == _CHAPTER]
    if len(numbered) == 1 and places[0] == numbered[0]:
        return numbered
    if len(chapters) == 1 and places[0] == chapters[0]:
        return chapters
    counts = Counter(ranks[place] for place in numbered)
    limit = _CHAPTER if chapters else max(counts, key=lambda rank: (counts[rank], -rank))
    kept = [place for place in numbered if ranks[place] <= limit]
    return sorted({*kept, *(place for place in places if place not in numbered)})


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


def _take_title(heading: Heading | None, paragraphs: list[str]) -> Section:
    """The section, with a title that stands below its heading taken into it."""
    place = 1 if paragraphs and not paragraphs[0] else 0
    if heading is None or heading.title or heading.number is None or len(paragraphs) <= place + 1:
        return Section(heading, paragraphs)
    line = strip_edges(paragraphs[place])
    if (
        "\n" in paragraphs[place]
        or not _TITLE_BELOW.fullmatch(line)
        or _ENDS_SENTENCE.search(paragraphs[place])
        or len(line.split()) > _TITLE_WORDS
        or names_a_chapter(line)
    ):
        return Section(heading, paragraphs)
    taken = heading._replace(title=line, whole=f"{heading.whole.rstrip(' .:')}: {line}")
    return Section(taken, paragraphs[place + 1 :])


def _join_empty(sections: list[Section]) -> list[Section]:
    """“Book Two” right above “Chapter 1” is one heading with it."""
    joined: list[Section] = []
    above: Heading | None = None
    for place, section in enumerate(sections):
        empty = not any(text.strip() for text in section.paragraphs)
        if empty and section.heading is not None and place + 1 < len(sections):
            above = _join(above, section.heading)
            continue
        if above is not None:
            heading = _join(above, section.heading) if section.heading else above
            section = section._replace(heading=heading)
            above = None
        joined.append(section)
    return joined


def _join_twice(sections: list[Section]) -> list[Section]:
    """A heading in the head of a file that stands above the text again: what is between them goes
    above the second. So does what stands between “Book Two” and its first chapter.
    """
    joined: list[Section] = []
    for place, section in enumerate(sections):
        following = sections[place + 1] if place + 1 < len(sections) else None
        if following is None or section.heading is None or following.heading is None:
            joined.append(section)
            continue
        words, below = _words(section), _words(following)
        again = section.heading.number == following.heading.number and _is_same(
            section.heading, following.heading
        )
        above = heading_rank(section.heading.whole) < heading_rank(following.heading.whole)
        if again and words < max(_PREAMBLE_WORDS, _HEAD_SHARE * below):
            heading = following.heading
        elif (above and words < _CONTENTS_WORDS <= below) or (
            place == 0 and words < _TITLE_SHARE * below
        ):
            heading = _join(section.heading, following.heading)
        else:
            joined.append(section)
            continue
        preamble = (*section.preamble, *section.paragraphs)
        sections[place + 1] = following._replace(heading=heading, preamble=preamble)
    return joined


def _is_same(first: Heading, second: Heading) -> bool:
    one, other = fold_title(first.whole), fold_title(second.whole)
    return (
        one in other
        or other in one
        or fold_title(first.title or "") == fold_title(second.title or "")
    )


def _join_teaser(sections: list[Section]) -> list[Section]:
    """“Next: Chapter 4” at the end of chapter 3 is its last line."""
    if len(sections) < 2 or _words(sections[-1]) >= _TEASER_WORDS or sections[-1].heading is None:
        return sections
    *rest, before, last = sections
    if last.heading is None or _words(last) > _HEAD_SHARE * _words(before):
        return sections
    return [
        *rest,
        before._replace(paragraphs=[*before.paragraphs, last.heading.whole, *last.paragraphs]),
    ]


def _words(section: Section) -> int:
    return sum(len(text.split()) for text in section.paragraphs)


def _join(above: Heading | None, heading: Heading) -> Heading:
    if above is None:
        return heading
    whole = f"{above.whole.rstrip(' .:')}, {heading.whole}"
    return heading._replace(whole=whole, title=whole)


def _join_preamble(sections: list[Section]) -> list[Section]:
    """A few words above the first heading belong to its chapter; many are one of their own."""
    if len(sections) < 2 or sections[0].heading is not None:
        return sections
    preamble, first, *rest = sections
    words = sum(len(text.split()) for text in preamble.paragraphs)
    under = sum(len(text.split()) for section in sections[1:] for text in section.paragraphs)
    if words >= max(_PREAMBLE_WORDS, under * (_ALONE_SHARE if not rest else 0)):
        return sections
    return [first._replace(preamble=tuple(preamble.paragraphs)), *rest]
