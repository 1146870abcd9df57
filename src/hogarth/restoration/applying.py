"""The restored text: the text as it was read, and the repairs that are active.

The HTML is copied from front to back; at the places of the repairs something else is written. So
any set of repairs can be applied, and taking one out undoes it without a trace.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final, NamedTuple

from hogarth.manuscript import Chapter, Credit, Manuscript, clean, plain_text
from hogarth.restoration.repairs import Repair
from hogarth.restoration.text_map import TextMap, map_text

_TAG: Final = re.compile(r"<(/?)([a-z0-9]+)([^<>]*)>")
_ID: Final = re.compile(r' id="[^"]*"')
_RUBY: Final = frozenset({"ruby", "rt", "rp"})
_VOID: Final = frozenset({"br", "hr", "wbr", "img"})
#: Between two paragraphs that may become one there is nothing else.
_BORDER: Final = re.compile(r"(?:</[a-z]+>)*\s*(?:<p>\u00a0</p>\s*)*(?:<[a-z]+(?: [^<>]*)?>)*")
_SPACER: Final = r"<p>\u00a0</p>"
_SPACED_RULE: Final = re.compile(rf"(?:{_SPACER}\n)+(<hr/>)|(<hr/>)(?:\n{_SPACER})+")
_RULES: Final = re.compile(r"<hr/>(?:\n<hr/>)+")
_LEAF: Final = "p"


class _Edit(NamedTuple):
    """What to do at a place of the HTML. Shape: in order of `start`, then `rank`."""

    start: int
    rank: int
    end: int
    action: str
    text: str = ""
    number: int = 0


@dataclass(slots=True)
class _Moved:
    """What was taken out of a chapter. Shape: `html` fragments in the order of the text."""

    repair: Repair
    html: list[str] = field(default_factory=list)


def restore(manuscript: Manuscript, repairs: Iterable[Repair]) -> Manuscript:
    """The manuscript with these repairs done, in whatever order they are given.

    A repair that does not fit the text any more, or overlaps one that comes before it in the order
    given, is passed over.
    """
    chosen: dict[int, list[Repair]] = {}
    for repair in repairs:
        chosen.setdefault(repair.chapter, []).append(repair)
    if not chosen:
        return manuscript
    chapters = list(manuscript.chapters)
    moved: list[tuple[Repair, str]] = []
    for place, wanted in chosen.items():
        if place < len(chapters):
            html, taken = _restore_html(chapters[place].html, select(wanted))
            chapters[place] = _fill_chapter(replace(chapters[place], html=html), taken)
            moved += taken
    return _fill_work(replace(manuscript, chapters=tuple(chapters)), moved)


def select(repairs: Iterable[Repair]) -> list[Repair]:
    """Those that can be done together: the first of any that overlap, by place.

    Repairs inside of what is moved go with it.
    """
    kept: list[Repair] = []  # by place, none overlaps another
    moves: list[Repair] = []
    for repair in repairs:
        if any(_overlap(repair, move) and not _is_inside(repair, move) for move in moves):
            continue
        if repair.kind == "move":
            ends = (_neighbours(kept, repair.start), _neighbours(kept, repair.end))
            near = (other for pair in ends for other in pair)
            if not any(_overlap(repair, other) and not _is_inside(other, repair) for other in near):
                moves.append(repair)
        elif not any(_overlap(repair, other) for other in _neighbours(kept, repair.start)):
            insort(kept, repair, key=_place_of)
    return sorted([*kept, *moves], key=_place_of)


def _place_of(repair: Repair) -> tuple[int, int]:
    return repair.start, repair.end


def _neighbours(kept: Sequence[Repair], place: int) -> Sequence[Repair]:
    """Those before and after a place that could reach over it."""
    at = bisect_left(kept, (place, 0), key=_place_of)
    return kept[max(0, at - 1) : at + 2]


def _overlap(one: Repair, other: Repair) -> bool:
    if one.start < other.end and other.start < one.end:
        return True
    return _place_of(one) == _place_of(other)


def _is_inside(one: Repair, move: Repair) -> bool:
    return one.kind != "move" and move.start <= one.start and one.end <= move.end


# --- one chapter ----------------------------------------------------------------------------------


def _restore_html(html: str, repairs: Sequence[Repair]) -> tuple[str, list[tuple[Repair, str]]]:
    """The chapter's HTML and what was taken out of it."""
    mapped = map_text(html)
    edits: list[_Edit] = []
    for number, repair in enumerate(repairs):
        if (
            repair.end <= len(mapped.text)
            and mapped.text[repair.start : repair.end] == repair.before
        ):
            edits += _plan(repair, number, mapped, html)
    if not edits:
        return html, []
    copier = _Copier(html, repairs)
    for edit in sorted(edits):
        copier.perform(edit)
    written, moved = copier.finish()
    return tidy(written), [(m.repair, clean("".join(m.html))) for m in moved]


def tidy(html: str) -> str:
    """Canonical again: one rule for a scene break, and no blank lines around it."""
    html = clean(html)
    if "<hr/>" in html:
        html = _SPACED_RULE.sub(lambda found: found[1] or found[2], html)
        html = _RULES.sub("<hr/>", html)
        html = html.removeprefix("<hr/>\n").removesuffix("\n<hr/>")
    return html


def _plan(repair: Repair, number: int, mapped: TextMap, html: str) -> list[_Edit]:
    start, end = repair.start, repair.end
    if repair.kind == "move":
        last = mapped.after(end)
        return [
            _Edit(mapped.before(start), 0, mapped.before(start), "take", number=number),
            _Edit(last, -1, last, "put", number=number),
        ]
    if repair.kind == "join":
        return _plan_join(repair, mapped, html)
    block = mapped.block_at(start)
    if block is None or end > block.text_end:
        return []  # it crosses a border that is none of its business
    if repair.kind == "scene-break" and (start, end) == (block.text_start, block.text_end):
        return [_Edit(block.html_start, 1, block.html_end, "write", "<hr/>")]
    edits = _erase(start, end, mapped)
    at = mapped.before(start) if start < block.text_end else mapped.after(start)
    if repair.kind == "replace":
        if repair.after:
            edits.append(_Edit(at, 1, at, "write", escape(repair.after, quote=False)))
        return edits
    between = "\n<hr/>\n" if repair.kind == "scene-break" else "\n"
    return [*edits, _Edit(at, 2, at, "split", between)]


def _erase(start: int, end: int, mapped: TextMap) -> list[_Edit]:
    """Takes out the characters; the tags between them stay."""
    edits = []
    for piece in mapped.pieces_in(start, end):
        first = max(start, piece.text_start)
        last = min(end, piece.text_end)
        html_start = piece.html_start + (first - piece.text_start if piece.linear else 0)
        html_end = piece.html_start + last - piece.text_start if piece.linear else piece.html_end
        edits.append(_Edit(html_start, 3, html_end, "write"))
    return edits


def _plan_join(repair: Repair, mapped: TextMap, html: str) -> list[_Edit]:
    edits = []
    for piece in mapped.pieces_in(repair.start, repair.end):
        border = html[piece.html_start : piece.html_end]
        if piece.text_end - piece.text_start == 2 and not piece.linear and border != "<hr/>":
            if not _BORDER.fullmatch(border) or border.count("<p") > 1 + border.count(_SPACER):
                return []
            edits.append(_Edit(piece.html_start, 3, piece.html_end, "write"))
        else:
            first = max(repair.start, piece.text_start)
            edits += _erase(first, min(repair.end, piece.text_end), mapped)
    at = mapped.before(repair.start)
    return [*edits, _Edit(at, 1, at, "write", escape(repair.after, quote=False))]


class _Copier:
    """Copies the HTML, edit by edit, and knows which tags are open where it stands."""

    def __init__(self, html: str, repairs: Sequence[Repair]) -> None:
        self._html = html
        self._repairs = repairs
        self._place = 0
        self._open: list[tuple[str, str]] = []
        self._written: list[str] = []
        self._taking: dict[int, _Moved] = {}
        self._moved: list[_Moved] = []

    def perform(self, edit: _Edit) -> None:
        if edit.start < self._place:
            return
        self._copy(edit.start)
        if edit.action == "write":
            self._write(edit.text)
            self._place = edit.end
        elif edit.action == "split":
            self._split(edit.text)
        elif edit.action == "take":
            leaf = self._leaf()
            inside = self._open[leaf:] if leaf is not None else []
            opened = "".join(f"<{tag}{attributes}>" for tag, attributes in inside)
            self._taking[edit.number] = _Moved(self._repairs[edit.number], [opened])
        elif edit.number in self._taking:
            self._moved.append(self._taking.pop(edit.number))

    def finish(self) -> tuple[str, list[_Moved]]:
        self._copy(len(self._html))
        return "".join(self._written), self._moved

    def _write(self, text: str) -> None:
        if not self._taking:
            self._written.append(text)
        for moved in self._taking.values():
            moved.html.append(text)

    def _copy(self, end: int) -> None:
        chunk = self._html[self._place : end]
        self._place = end
        for found in _TAG.finditer(chunk):
            closing, tag, attributes = found.groups()
            if closing:
                if self._open:
                    self._open.pop()
            elif tag not in _VOID:
                self._open.append((tag, attributes))
            if self._taking and tag not in _VOID:
                self._written.append(found[0])
        self._write(chunk)

    def _leaf(self) -> int | None:
        """Where in the open tags the paragraph is."""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == _LEAF:
                return place
        return None

    def _split(self, between: str) -> None:
        leaf = self._leaf()
        if any(tag in _RUBY for tag, _ in self._open):
            return  # a reading and what it is of are of a piece
        if leaf is None:
            # List items, cells, headings: a break inside of them.
            self._write("<br/>")
            return
        inside = self._open[leaf:]
        closed = "".join(f"</{tag}>" for tag, _ in reversed(inside))
        opened = "".join(f"<{tag}{_ID.sub('', attributes)}>" for tag, attributes in inside)
        self._write(f"{closed}{between}{opened}")


# --- what was moved -------------------------------------------------------------------------------


def _fill_chapter(chapter: Chapter, moved: Sequence[tuple[Repair, str]]) -> Chapter:
    for repair, html in moved:
        if repair.field == "chapter_title":
            chapter = replace(chapter, title=repair.after or plain_text(html) or chapter.title)
        elif repair.field == "chapter_notes":
            chapter = replace(chapter, notes=_add(chapter.notes, html))
        elif repair.field == "chapter_end_notes":
            chapter = replace(chapter, end_notes=_add(chapter.end_notes, html))
    return chapter


def _fill_work(manuscript: Manuscript, moved: Sequence[tuple[Repair, str]]) -> Manuscript:
    for repair, html in moved:
        if repair.field == "title":
            title = repair.after or " ".join(plain_text(html).split())
            manuscript = replace(manuscript, title=title or manuscript.title)
        elif repair.field == "author":
            name = repair.after or " ".join(plain_text(html).split())
            known = {credit.name.casefold() for credit in manuscript.credits}
            if name and name.casefold() not in known:
                people = (*manuscript.credits, Credit(name))
                manuscript = replace(manuscript, credits=people)
        elif repair.field == "summary":
            manuscript = replace(manuscript, summary=_add(manuscript.summary, html))
        elif repair.field == "notes":
            manuscript = replace(manuscript, notes=_add(manuscript.notes, html))
        elif repair.field == "end_notes":
            manuscript = replace(manuscript, end_notes=_add(manuscript.end_notes, html))
    return manuscript


def _add(known: str | None, html: str) -> str | None:
    return "\n".join(filter(None, [known, html])) or None


def choose(repairs: Sequence[Repair], changed: Collection[str] = ()) -> list[Repair]:
    """The active ones: applied unless switched off, offered and accepted.

    Shape: `changed` the keys of repairs whose default a person turned over.
    """
    return [repair for repair in repairs if repair.is_applied is not (repair.key in changed)]
