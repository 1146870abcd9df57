"""Text copied from a work's page, or made of a download, on the Archive or a site like it.

All marks of the page are lost but its words: the labels of the list, “Work Text:”, “Notes:”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.ao3_pasted_head import PastedHead, join_colons, read_pasted_head
from hogarth.intake.ao3_preface import read_names
from hogarth.intake.ao3_site import ARCHIVE, site_in, work_in
from hogarth.intake.facts import clean_title
from hogarth.intake.layout import lay_out
from hogarth.intake.prose import print_paragraphs
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Chapter, Manuscript

_HINTS: Final = ("Archive Warning", "Work Text", "Chapter Text", "Posted originally on the")
_TEXT: Final = re.compile(r"(?:work|chapter) text:?", re.IGNORECASE)
_LABEL: Final = re.compile(r"(?P<of>chapter )?(?P<what>summary|notes|end notes):?", re.IGNORECASE)
_CHAPTER: Final = re.compile(r"chapter (\d{1,5})(?:\s*:\s*(.*))?", re.IGNORECASE)
_RULED: Final = re.compile(r"\*{5} (.{1,300}) \*{5}")
_BYLINE: Final = re.compile(r"chapter by .{1,300}", re.IGNORECASE)
_JUMP: Final = re.compile(
    r"\(?see the end of the (?:work|chapter) for\s*(?:(?:more\s+)?notes)?\W*", re.IGNORECASE
)
#: The rest of such a line, where each link got a line of its own.
_JUMP_ENDS: Final = frozenset({"notes", "more notes", ".)", "."})
#: What stands below the text, and goes with all that follows.
_BELOW: Final = re.compile(
    r"series this work belongs to:?|works inspired by this one:?|.{0,2000}left kudos on this work!"
    r"|please (?:drop by the archive and comment\b.{0,200})?|afterword"
    r"|↑ top|kudos ♥|← previous chapter|next chapter →",
    re.IGNORECASE,
)
_ACTIONS: Final = frozenset({"↑ top", "top", "kudos ♥", "kudos", "next chapter →", "bookmark"})
_LONGEST_LINE: Final = 400
#: Units: lines. Each of several authors can have got one.
_MOST_NAMES: Final = 12


@dataclass(slots=True)
class _Draft:
    """Lines of a chapter. Shape: `number` 0 where none is stated."""

    number: int = 0
    title: str = ""
    summary: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    end_notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Pasted:
    """Lines of a work, as they were sorted."""

    title: str = ""
    byline: str = ""
    summary: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    end_notes: list[str] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    left_out: str = ""


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Several labels of the list together with the figures, or the headings around the text."""
    if found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    lines = join_colons(found.text.split("\n"))
    head = read_pasted_head(lines)
    marked = any(_TEXT.fullmatch(line.strip()) for line in lines[head.lines :] if len(line) < 40)
    if head.is_sure or (marked and (head.lines or len(set(head.fields)) > 1)):
        told = ", ".join(dict.fromkeys(head.fields)) or "the heading of the list"
        return (Evidence("labels", told),)
    return None


def read(found: Found) -> Reading:
    """The work in the text, without the buttons above it and the comments below it.

    Raises: Unreadable, when no text stands under the head.
    """
    lines = join_colons(found.text.split("\n"))
    head = read_pasted_head(lines)
    below = lines[head.lines :]
    paged = any(_TEXT.fullmatch(line.strip()) for line in below if len(line) < 40)
    pasted = _Pasted(title=head.title)
    rest = _read_title(below, pasted)
    (_sort_page if paged else _sort_download)(rest, pasted)
    chapters = _bind_chapters(pasted)
    if not any(chapter.paragraphs for chapter in chapters):
        raise refuse("no-story-empty")
    manuscript = _bind(head, pasted, chapters, title_from_name(found.name))
    problems = [] if pasted.title else [Problem("title-guessed", manuscript.title)]
    posted = head.header.posted
    if posted and posted > len(chapters) and not _holds_unmarked(paged, posted, chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {posted}"))
    evidence = []
    if pasted.byline and not read_names(pasted.byline):
        evidence.append(Evidence("byline", pasted.byline))
    if head.header.collections:
        evidence.append(Evidence("collections", ", ".join(head.header.collections)))
    if pasted.left_out:
        evidence.append(Evidence("left-out", pasted.left_out))
    return Reading(found.name, "ao3-pasted", (manuscript,), tuple(evidence), tuple(problems))


# --- sorting the lines ------------------------------------------------------------------------


def _read_title(lines: Sequence[str], pasted: _Pasted) -> list[str]:
    """Take title and byline from the top. Gives the lines below them."""
    full = [place for place, line in enumerate(lines) if line.strip()]
    if not full or _is_mark(lines[full[0]]):
        return list(lines)
    title = clean_title(lines[full[0]].strip())
    pasted.title = title if len(title) <= _LONGEST_LINE else pasted.title
    names: list[str] = []
    for place in full[1 : 2 + _MOST_NAMES]:
        line = lines[place].strip()
        if _is_mark(line):
            pasted.byline = " ".join(names).replace(" ,", ",").replace(" ]", "]")
            return list(lines[place:])
        names.append(line)
        if line.lower().startswith("by "):
            pasted.byline = line
            return list(lines[place + 1 :])
    return list(lines[full[0] + 1 :])


def _is_jump(lines: Sequence[str], number: int) -> bool:
    """Whether the line only points to the notes at the end, or is the rest of one that does."""
    line = lines[number].strip()
    if _JUMP.fullmatch(line[:_LONGEST_LINE]):
        return True
    while number and line in _JUMP_ENDS:
        number -= 1
        line = lines[number].strip()
        if _JUMP.fullmatch(line[:_LONGEST_LINE]):
            return True
    return False


def _is_mark(line: str) -> bool:
    line = line.strip()
    if len(line) > _LONGEST_LINE:
        return False
    return any(
        pattern.fullmatch(line) is not None for pattern in (_TEXT, _LABEL, _CHAPTER, _JUMP, _RULED)
    )


def _sort_page(lines: Sequence[str], pasted: _Pasted) -> None:
    """A page has a mark before the text, so that each label rules until the next mark."""
    place: list[str] = []  # lines above the first mark belong nowhere
    single = not any(_begins_chapter(lines, n) for n in range(len(lines)))
    in_text = False
    for number, raw in enumerate(lines):
        line = raw.strip()
        short = len(line) <= _LONGEST_LINE
        heading = _CHAPTER.fullmatch(line) if short and _begins_chapter(lines, number) else None
        label = _LABEL.fullmatch(line) if short else None
        if in_text and _is_below(lines, number):
            pasted.left_out = line[:80]
            break
        if heading:
            pasted.drafts.append(_Draft(int(heading[1]), (heading[2] or "").strip()))
            in_text = False
        elif short and _TEXT.fullmatch(line):
            if not pasted.drafts:
                pasted.drafts.append(_Draft())
            place, in_text = pasted.drafts[-1].text, True
        elif label and (not in_text or line.endswith(":")):
            place = _place_for(label["what"].lower(), pasted, in_text=in_text, single=single)
        elif not (short and (_is_jump(lines, number) or _BYLINE.fullmatch(line))):
            place.append(raw)


def _place_for(what: str, pasted: _Pasted, *, in_text: bool, single: bool) -> list[str]:
    if in_text:
        if single or not pasted.drafts or pasted.drafts[-1].end_notes:
            return pasted.end_notes
        return pasted.drafts[-1].end_notes
    holder = pasted.drafts[-1] if pasted.drafts else pasted
    return holder.summary if what == "summary" else holder.notes


def _begins_chapter(lines: Sequence[str], number: int) -> bool:
    """Whether the line heads a chapter: a mark of the page follows it."""
    if not _CHAPTER.fullmatch(lines[number].strip()[:_LONGEST_LINE]):
        return False
    for line in lines[number + 1 : number + 12]:
        if line.strip():
            return _is_mark(line) or _BYLINE.fullmatch(line.strip()) is not None
    return False


def _sort_download(lines: Sequence[str], pasted: _Pasted) -> None:
    """In a download nothing marks where the text begins: what a label quotes is one block."""
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        short = len(line) <= _LONGEST_LINE
        label = _LABEL.fullmatch(line) if short else None
        title = _heading_in(line, pasted) if short else None
        if short and _BELOW.fullmatch(line.replace("_", " ")):
            _read_afterword(lines[number + 1 :], pasted)
            pasted.left_out = line[:80]
            return
        if title is not None:
            _open_chapter(title, pasted)
        elif label:
            number = _take_block(lines, number + 1, _place_in_download(label, pasted))
            continue
        elif not (short and (_is_jump(lines, number) or _BYLINE.fullmatch(line))):
            if line and not pasted.drafts:
                pasted.drafts.append(_Draft())
            if pasted.drafts:
                pasted.drafts[-1].text.append(lines[number])
        number += 1


def _open_chapter(title: str, pasted: _Pasted) -> None:
    """What stands loose above the first chapter are the works this one has to do with."""
    if pasted.drafts and not pasted.drafts[0].number:
        pasted.notes += ["", *pasted.drafts.pop(0).text]
    pasted.drafts.append(_Draft(len(pasted.drafts) + 1, title))


def _heading_in(line: str, pasted: _Pasted) -> str | None:
    """The title of the chapter that the line begins, "" where it only counts, else None."""
    ruled = _RULED.fullmatch(line)
    line = ruled[1].strip() if ruled else line
    counted = _CHAPTER.fullmatch(line)
    if counted and int(counted[1]) == sum(draft.number > 0 for draft in pasted.drafts) + 1:
        return (counted[2] or "").strip()
    return line if ruled and fold_title(line) != fold_title(pasted.title) else None


def _place_in_download(label: re.Match[str], pasted: _Pasted) -> list[str]:
    what = label["what"].lower()
    if not label["of"] or not pasted.drafts:
        return {"summary": pasted.summary, "notes": pasted.notes}.get(what, pasted.end_notes)
    draft = pasted.drafts[-1]
    return {"summary": draft.summary, "notes": draft.notes}.get(what, draft.end_notes)


def _take_block(lines: Sequence[str], start: int, place: list[str]) -> int:
    """Give the place what is quoted: indented lines, or those until the next empty one.

    Where another label or the way to the end notes follows soon, all before it is quoted.
    """
    while start < len(lines) and not lines[start].strip():
        start += 1
    for number in range(start, min(len(lines), start + 200)):
        line = lines[number].strip()
        if len(line) <= _LONGEST_LINE and (_JUMP.fullmatch(line) or _LABEL.fullmatch(line)):
            place += lines[start:number]
            return number
        if any(mark.fullmatch(line[:_LONGEST_LINE]) for mark in (_CHAPTER, _RULED, _BELOW)):
            break
    end = start
    indented = start < len(lines) and lines[start].startswith(("  ", "\t"))
    while end < len(lines):
        line = lines[end]
        if line.strip() and indented and not line.startswith(("  ", "\t")):
            break
        if not line.strip() and not indented:
            break
        end += 1
    place += lines[start:end]
    return end


def _read_afterword(lines: Sequence[str], pasted: _Pasted) -> None:
    for number, line in enumerate(lines[:50]):
        if line.strip().rstrip(":").lower() == "end notes":
            _take_block(lines, number + 1, pasted.end_notes)


def _is_below(lines: Sequence[str], number: int) -> bool:
    """Whether what follows is the page's own: its buttons, its kudos, its comments."""
    line = lines[number].strip()
    if len(line) <= 2_200 and _BELOW.fullmatch(line):
        return line.lower() != "afterword"
    if line.lower() not in ("actions", "kudos", "comments"):
        return False
    after = [text.strip().lower() for text in lines[number + 1 : number + 10] if text.strip()]
    return any(text in _ACTIONS or "left kudos on this work" in text for text in after[:5])


# --- binding ----------------------------------------------------------------------------------


def _bind(
    head: PastedHead, pasted: _Pasted, chapters: tuple[Chapter, ...], named: str
) -> Manuscript:
    header = head.header
    number = work_in(head.address)
    site = site_in(head.address) or ARCHIVE
    return Manuscript(
        title=pasted.title or named,
        chapters=chapters,
        credits=read_names(pasted.byline),
        summary=_print(pasted.summary),
        notes=_print(pasted.notes),
        end_notes=_print(pasted.end_notes),
        tags=tuple(header.tags),
        series=tuple(header.series),
        source=f"{site}/works/{number}" if number else None,
        language=header.language,
        status=header.status,
        expected_chapters=header.expected,
        dates=header.dates,
        stated=header.stated,
    )


def _bind_chapters(pasted: _Pasted) -> tuple[Chapter, ...]:
    stated = [draft.number for draft in pasted.drafts]
    rising = all(one < other for one, other in zip([0, *stated], stated, strict=False))
    return tuple(
        Chapter(
            number=draft.number if rising else place,
            html=_print(draft.text) or "",
            title=draft.title or None,
            summary=_print(draft.summary),
            notes=_print(draft.notes),
            end_notes=_print(draft.end_notes),
        )
        for place, draft in enumerate(pasted.drafts, start=1)
    )


def _holds_unmarked(paged: bool, posted: int, chapters: tuple[Chapter, ...]) -> bool:
    """Whether chapters that are not there by name may be in the text all the same."""
    return not paged and len(chapters) == 1 and posted > 1


def _print(lines: Sequence[str]) -> str | None:
    return print_paragraphs(lay_out(lines).paragraphs) or None
