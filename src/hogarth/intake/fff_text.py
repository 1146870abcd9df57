"""Stories that FanFicFare saved as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.intake.facts import Facts, make_manuscript, read_people
from hogarth.intake.fff_chapters import Notes, make_chapter, take_notes
from hogarth.intake.fff_facts import settle_otw, state_rows
from hogarth.intake.label_rows import Row
from hogarth.intake.marked_text import read_marked
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter

_LABEL: Final = re.compile(r"(?P<label>[^\s:][^:\n]{0,39}):(?:\s+(?P<value>.*)|$)")
_CONTENTS: Final = "TABLE OF CONTENTS"
_END: Final = "End file."
#: A tab, which becomes eight blanks where lines are wrapped.
_HEADING: Final = re.compile(r"(?:\t| {8})(?=\S)")
#: The label of a note, which is a paragraph here and was none on the page.
_LABELLED: Final = re.compile(r"<p>(<b>[^<>]{1,60}:</b>)</p>\n<blockquote>")
#: Units: lines. A head with a long summary.
_LONGEST_HEAD: Final = 600
#: Labels that every story has one of, whichever site it is from.
_TELLING: Final = frozenset({"Publisher", "Packaged", "Story URL", "Author URL", "Status"})
_FEWEST: Final = 2
#: Units: lines of a title that was wrapped.
_LONGEST_TITLE: Final = 6


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """A title, “by Somebody”, labels of its own, and a line that ends the file."""
    if found.is_markup:
        return None
    head = found.text[:20_000].split("\n")[:_LONGEST_HEAD]
    place = _find_byline(head)
    if place is None:
        return None
    labels = {line.partition(":")[0] for line in head[place:] if ":" in line}
    ended = found.text.rstrip().endswith(_END)
    telling = len(labels & _TELLING)
    if telling < _FEWEST or not (ended or _CONTENTS in head or telling > _FEWEST):
        return None
    return (Evidence("maker", "FanFicFare, by its frame"),)


def read(found: Found) -> Reading:
    """The story with what stands above it.

    Raises: Unreadable, when no chapter does.
    """
    lines = found.text.split("\n")
    byline = _find_byline(lines[:_LONGEST_HEAD])
    if byline is None:
        raise refuse("no-story")
    contents, titles = _read_contents(lines)
    places = _find_chapters(lines, contents or byline + 1, titles)
    if not places:
        raise refuse("no-story")
    end_of_head = contents or places[0][0]
    facts = _read_head(lines, byline, end_of_head)
    chapters, of_work = _read_chapters(lines, places)
    manuscript = make_manuscript(facts, chapters, title=title_from_name(found.name))
    if of_work.of_work or of_work.of_work_end:
        facts.notes = of_work.of_work or facts.notes
        manuscript = make_manuscript(facts, chapters, title=manuscript.title)
    problems = [] if facts.title else [Problem("title-guessed", manuscript.title)]
    if facts.posted and facts.posted > len(chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {facts.posted}"))
    return Reading(found.name, "fff-text", (manuscript,), (), tuple(problems))


def _find_byline(lines: Sequence[str]) -> int | None:
    """The place of “by Somebody”, the second paragraph."""
    full = [place for place, line in enumerate(lines[:40]) if line.strip()]
    for place in full[1:8]:
        if lines[place].startswith("by ") and not lines[place - 1].strip():
            return place
    return None


def _read_head(lines: Sequence[str], byline: int, end: int) -> Facts:
    rows: list[Row] = []
    names = [lines[byline][3:].strip()]
    place = byline + 1
    while place < end and lines[place].strip():
        names.append(lines[place].strip())
        place += 1
    for line in lines[place:end]:
        found = _LABEL.match(line)
        known = found is not None and (not rows or rows[-1].label != "Summary")
        if found and known:
            rows.append(Row(found["label"], (found["value"] or "").strip(), ""))
        elif rows:
            rows[-1] = rows[-1]._replace(line=f"{rows[-1].line}\n{line.rstrip()}")
    facts = state_rows(map(_settle, rows))
    facts.title = " ".join(line.strip() for line in lines[:byline] if line.strip())
    facts.credits = read_people(" ".join(names)) + [c for c in facts.credits if c.role != "author"]
    settle_otw(facts)
    return facts


def _settle(row: Row) -> Row:
    """The row with the lines of its value joined; a summary keeps its paragraphs."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", row.line.strip())]
    parts = [part for part in parts if part]
    html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts)
    return Row(row.label, " ".join(parts), html)


def _read_contents(lines: Sequence[str]) -> tuple[int, list[str]]:
    """The place of the table of contents and the titles in it, or 0 and none."""
    start = next(
        (place for place, line in enumerate(lines[:_LONGEST_HEAD]) if line.strip() == _CONTENTS), 0
    )
    if not start:
        return 0, []
    titles: list[str] = []
    block: list[str] = []
    for line in lines[start + 1 :]:
        if _HEADING.match(line):
            break
        if line.strip():
            block.append(line.strip())
        elif block:
            titles.append(" ".join(block))
            block = []
    return start, titles


def _find_chapters(
    lines: Sequence[str], start: int, titles: Sequence[str]
) -> list[tuple[int, int, str]]:
    """Where each chapter's heading begins and ends, and its title.

    With a table of contents only its titles are headings: a text may have indented lines too.
    """
    left = list(titles)
    places: list[tuple[int, int, str]] = []
    for place in range(start, len(lines)):
        if not _HEADING.match(lines[place]) or (place and lines[place - 1].strip()):
            continue
        end = place
        while end < min(len(lines), place + _LONGEST_TITLE) and lines[end].strip():
            end += 1
        title = " ".join(line.strip() for line in lines[place:end])
        if titles and title in left:
            del left[: left.index(title) + 1]
            places.append((place, end, title))
        elif not titles and not "".join(lines[max(0, place - 2) : place]).strip():
            places.append((place, end, title))
    return places


def _read_chapters(
    lines: Sequence[str], places: Sequence[tuple[int, int, str]]
) -> tuple[list[Chapter], Notes]:
    of_work = Notes()
    chapters: list[Chapter] = []
    ends = [start for start, _, _ in places[1:]]
    for number, ((_, start, title), end) in enumerate(
        zip(places, [*ends, len(lines)], strict=True), start=1
    ):
        html = _LABELLED.sub(r"\1<blockquote>", read_marked(_without_end(lines[start:end])))
        body = LexborHTMLParser(html).body
        if body is None:
            continue
        notes = take_notes(body, "", first=number == 1, last=number == len(places))
        of_work.of_work = of_work.of_work or notes.of_work
        of_work.of_work_end = of_work.of_work_end or notes.of_work_end
        chapters.append(make_chapter(number, body, title, notes, ids=""))
    return chapters, of_work


def _without_end(lines: Sequence[str]) -> list[str]:
    """The lines without the one that ends the file."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    if kept and kept[-1].strip() == _END:
        kept.pop()
    return kept
