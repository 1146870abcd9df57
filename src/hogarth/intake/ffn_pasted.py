"""A page of FanFiction.Net as it is when someone copies it into a text file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.ffn_line import find_ffn_id, read_ffn_line
from hogarth.intake.headings import read_heading, title_at
from hogarth.intake.layout import lay_out
from hogarth.intake.page_chapters import split_chapters
from hogarth.intake.prose import print_paragraphs
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Chapter, Credit, Tag, clean

#: Units: lines. Above the line of facts stand the menus of the page, at most.
_TOP: Final = 60
_LONGEST_TITLE: Final = 160
_BY: Final = re.compile(r"(?:(?P<title>.{1,160}?)\s+)?[Bb]y\s?:\s+(?P<name>\S.{0,60})")
_BY_BARE: Final = re.compile(r"[Bb]y\s+(?P<name>\S.{0,60})")
#: The words on the page's buttons and menus.
_BUTTONS_LINE: Final = (
    "follow/fav follow favorite fav jump share go next prev login signup sign up pm fanfiction "
    "just in community communities forum forums beta betas browse story more book books anime "
    "cartoon cartoons comic comics game games misc play plays movie movies tv shows unleash your "
    "imagination full 3/4 1/2 expand tighten light dark a b c d e s abc"
)
_BUTTONS: Final = frozenset(_BUTTONS_LINE.split())
_FOLLOW: Final = re.compile(r"\s*Follow/Fav\s*")
_TRAIL: Final = re.compile(
    r"(?:Anime|Books?|Cartoons?|Comics?|Games?|Misc|Plays?|Movies?|TV(?: Shows)?)\s*[»>\s]\s*(.+)"
)
_CROSSED: Final = re.compile(r"(?:\W*Crossovers?\W*)?(?P<names>.+?) Crossover")
#: “1. Prologue2. The Fog3. Home”: what is left of the list of chapters.
_SQUASHED: Final = re.compile(r"\W*1\.\s?\S")
_NUMBER: Final = re.compile(r"(?<!\d)(\d{1,4})\.\s?")
_TRAILER: Final = re.compile(
    r"(?:The author would like to thank you for your continued support"
    r"|Your review has been posted|Favorite\s*:\s*Story\s+Author|Follow\s*:\s*Story\s+Author"
    r"|Share\s*:\s*Email|Jump:?\s*$|Review this (?:Story|Chapter)|Return to Top"
    r"|Favorite Story|Follow Author|Contrast:? (?:Dark|Light)|Story Alert).*",
    re.IGNORECASE,
)
#: Units: lines at the end among which the trailer begins.
_END: Final = 40


@dataclass(slots=True)
class _Head:
    """Shape: `end` is the place of the first line of the text; `chapters` titles in order."""

    facts: Facts
    end: int
    chapters: list[str] = field(default_factory=list)


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The line of facts of the site near the top, in a text without markup."""
    if found.is_markup or "Rated:" not in found.text[:20_000]:
        return None
    place = _find_line(found.text[:20_000].split("\n"))
    return None if place is None else (Evidence("header", "the facts of a page of FanFiction.Net"),)


def read(found: Found) -> Reading:
    """The chapter that was copied, without what stood around it on the page."""
    lines = found.text.split("\n")
    head = _read_head(lines)
    facts = head.facts
    layout = lay_out(lines[head.end : _find_end(lines, head.end)])
    chapters = _read_chapters(layout.paragraphs, head)
    problems = []
    if not facts.title:
        facts.title = title_from_name(found.name)
        problems.append(Problem("title-guessed", facts.title))
    posted = max(facts.posted or 0, len(head.chapters))
    if posted > len(chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {posted}"))
    if layout.kind == "wrapped-without-breaks":
        problems.append(Problem("paragraphs-lost", "lines are wrapped and nothing parts them"))
    manuscript = make_manuscript(facts, chapters)
    evidence = (Evidence("paragraphs", layout.kind),)
    return Reading(found.name, "ffn-pasted", (manuscript,), evidence, tuple(problems))


# --- above the text -------------------------------------------------------------------------------


def _find_line(lines: Sequence[str]) -> int | None:
    """The place of the line of facts."""
    full = 0
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        full += 1
        if full > _TOP:
            return None
        start = line.find("Rated:")
        if start >= 0 and " - " in line and read_ffn_line(line[start:]) is not None:
            return place
    return None


def _read_head(lines: Sequence[str]) -> _Head:
    place = _find_line(lines) or 0
    line = lines[place]
    start = line.find("Rated:")
    facts = read_ffn_line(line[start:]) or Facts()
    number = find_ffn_id(line)
    facts.source = f"https://www.fanfiction.net/s/{number}/" if number else None
    above = [line[:start], ""] if start > 0 else []
    _read_above([*lines[:place], *above], facts)
    head = _Head(facts, place + 1)
    _skip_controls(lines, head)
    return head


def _read_above(lines: Sequence[str], facts: Facts) -> None:
    """Fandom, title, author and summary, in this order, one to a line or nearly."""
    told = [" ".join(line.split()) for line in lines if line.strip()]
    place = next((at for at in range(len(told) - 1, -1, -1) if _byline(told[at])), None)
    if place is None:
        told = [line for line in told if not _is_buttons(line)]
        facts.title = _FOLLOW.sub("", told[0])[:_LONGEST_TITLE] if told else ""
        _summarise(facts, told[1:])
        return
    byline = _byline(told[place])
    title = (byline and byline.groupdict().get("title")) or ""
    above = told[:place]
    if not title and above:
        title = above.pop()
    above = [line for line in above if not _is_buttons(line)]
    facts.title = _FOLLOW.sub(" ", title).strip()[:_LONGEST_TITLE]
    if byline:
        facts.credits = [Credit(_FOLLOW.sub(" ", byline["name"]).strip())]
    if above and not any(tag.kind == "fandom" for tag in facts.tags):
        facts.tags += [Tag("fandom", name) for name in _fandoms(above[-1])]
    _summarise(facts, [line for line in told[place + 1 :] if not _is_buttons(line)])


def _byline(line: str) -> re.Match[str] | None:
    return _BY.fullmatch(line) or _BY_BARE.fullmatch(line)


def _fandoms(line: str) -> list[str]:
    crossed = _CROSSED.fullmatch(line)
    if crossed:
        names = crossed["names"].split(" + ")
        return names if len(names) == 2 else [crossed["names"]]
    trail = _TRAIL.fullmatch(line)
    return [trail[1].strip(" »>")] if trail else []


def _summarise(facts: Facts, lines: Sequence[str]) -> None:
    if lines:
        facts.summary = clean("\n\n".join(lines), newlines="break") or None


def _skip_controls(lines: Sequence[str], head: _Head) -> None:
    """Past the buttons and the list of chapters between the facts and the text."""
    place = head.end
    while place < len(lines):
        line = " ".join(lines[place].split())
        if not line or (_is_buttons(line)):
            place += 1
            continue
        chapters = _split_list(line)
        if not chapters:
            break
        head.chapters = chapters
        place += 1
        head.end = place
    head.end = max(head.end, place)


def _is_buttons(line: str) -> bool:
    words = (word.strip("+-<>|»«.·:&").casefold() for word in line.split())
    return all(not word or word in _BUTTONS for word in words)


def _split_list(line: str) -> list[str]:
    """The titles in “1. Prologue2. The Fog3. Home”, or nothing."""
    if not _SQUASHED.match(line):
        return []
    ends: list[tuple[int, int]] = []
    for found in _NUMBER.finditer(line):
        if int(found[1]) == len(ends) + 1:
            ends.append(found.span())
        elif str(len(ends) + 1) == found[1][-len(str(len(ends) + 1)) :] and ends:
            # “Chapter 12.” is the end of “Chapter 1” and the number 2.
            cut = found.start() + len(found[1]) - len(str(len(ends) + 1))
            ends.append((cut, found.end()))
    if len(ends) < 2:
        return []
    starts = [end for _, end in ends]
    stops = [*(start for start, _ in ends[1:]), len(line)]
    titles = [line[start:stop].strip() for start, stop in zip(starts, stops, strict=True)]
    titles[-1] = re.sub(r"\s*(?:Next\s*>|<\s*Prev).*$", "", titles[-1]).strip()
    return titles


# --- the text -------------------------------------------------------------------------------------


def _find_end(lines: Sequence[str], start: int) -> int:
    """The place of the first line below the text."""
    first = max(start, len(lines) - _END)
    for place in range(first, len(lines)):
        if _TRAILER.match(lines[place].strip()):
            end = place
            while end > first and _is_control(lines[end - 1]):
                end -= 1
            return end
    end = len(lines)
    while end > first and _is_control(lines[end - 1]):
        end -= 1
    return end


def _is_control(line: str) -> bool:
    """Whether the line is blank, a button or the list of chapters."""
    told = " ".join(line.split())
    return (
        not told or bool(_split_list(told)) or told in ("Next >", "< Prev", "< Prev Next >", "Go")
    )


def _read_chapters(paragraphs: list[str], head: _Head) -> tuple[Chapter, ...]:
    """The chapters, where several were copied below one another; else the one."""
    chapters = split_chapters(print_paragraphs(paragraphs))
    if len(chapters) == 1:
        number, label, rest = _read_chapter(paragraphs, head.chapters)
        title = title_at(label, number) if label else None
        chapters = (Chapter(number, print_paragraphs(rest), title),)
    source = head.facts.source
    if not source:
        return chapters
    return tuple(replace(chapter, source=f"{source}{chapter.number}/") for chapter in chapters)


def _read_chapter(paragraphs: list[str], chapters: Sequence[str]) -> tuple[int, str, list[str]]:
    """Number and title of the chapter, as its first line says or its place in the list."""
    if not paragraphs or "\n" in paragraphs[0]:
        return 1, "", paragraphs
    first = paragraphs[0].strip("* ")
    heading = read_heading(first)
    if heading is not None and heading.number is not None and heading.title is None:
        named = chapters[heading.number - 1] if heading.number <= len(chapters) else ""
        return heading.number, named, paragraphs[1:]
    for place, title in enumerate(chapters, start=1):
        if fold_title(title) and fold_title(title) in (
            fold_title(first),
            fold_title((heading and heading.title) or ""),
        ):
            return place, title, paragraphs[1:]
    return 1, "", paragraphs
