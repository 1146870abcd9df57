"""Files of several messages: mailboxes, and posts of a newsgroup that were saved one below another.

Messages of one title are its chapters, as “(1/3)” in their subjects says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hogarth.intake.mail import split_messages
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.text_work import TextWork, read_work
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Chapter, Dates, Manuscript

#: Units: characters of the text in which the first message must begin.
_TOP: Final = 400


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Headers of mail at the top, and again further down."""
    if found.is_markup or not _begins_with_header(found.text[:_TOP]):
        return None
    places = split_messages(found.text.split("\n"))
    return (Evidence("messages", str(len(places))),) if places else None


def read(found: Found) -> Reading:
    """Each message as a text of its own, those of one title joined."""
    lines = found.text.split("\n")
    places = split_messages(lines)
    works = [
        read_work(_without_quotes(lines[start:end]), found.name)
        for start, end in zip(places, [*places[1:], len(lines)], strict=True)
    ]
    groups: dict[tuple[str, str], list[TextWork]] = {}
    for work in works:
        if any(chapter.paragraphs for chapter in work.manuscript.chapters):
            key = fold_title(work.manuscript.title)
            groups.setdefault((key, _author(work)), []).append(work)
    manuscripts = [_join(group) for group in groups.values()]
    problems = [
        Problem(problem.code, problem.detail, index)
        for index, group in enumerate(groups.values())
        for problem in group[0].problems
        if problem.code != "chapters-missing" or len(group) == 1
    ]
    evidence = dict.fromkeys(seen for work in works[:1] for seen in work.evidence)
    return Reading(found.name, "mail-file", tuple(manuscripts), tuple(evidence), tuple(problems))


def _begins_with_header(top: str) -> bool:
    first = top.lstrip().partition("\n")[0]
    return first.startswith("From ") or ":" in first[:40]


def _without_quotes(lines: Sequence[str]) -> list[str]:
    """The lines without the mark that mailboxes put before “From” in a text."""
    return [line[1:] if line.startswith(">From ") else line for line in lines]


def _author(work: TextWork) -> str:
    return fold_title("".join(work.manuscript.credited()))


def _join(works: Sequence[TextWork]) -> Manuscript:
    """The first message's work, with the chapters of all, in the order of their numbers."""
    chapters = [chapter for work in works for chapter in work.manuscript.chapters]
    if len(works) == 1:
        return works[0].manuscript
    numbers = [chapter.number for chapter in chapters]
    if len(set(numbers)) == len(numbers):
        ordered: list[Chapter] = sorted(chapters, key=lambda chapter: chapter.number)
    else:
        ordered = [replace(chapter, number=at) for at, chapter in enumerate(chapters, start=1)]
    days = sorted(day for work in works if (day := work.manuscript.dates.published))
    dates = Dates(days[0], days[-1]) if len(days) > 1 else works[0].manuscript.dates
    return replace(works[0].manuscript, chapters=tuple(ordered), dates=dates)
