"""Chapters as FanFicFare writes them: its heading, its notes, the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import (
    ancestors,
    attribute,
    children,
    classes,
    inner_of,
    pieces,
    text_of,
)
from hogarth.intake.titles import fold_title
from hogarth.intake.toc import title_of
from hogarth.manuscript import Chapter, clean

_NEW: Final = re.compile(r"^\(new\)\s+", re.IGNORECASE)
_NOTES: Final = ".fff_chapter_notes"
#: Labels of notes: those it is delivered with, and those of single sites.
_OF_WORK: Final = frozenset({"author's note"})
_OF_CHAPTER: Final = frozenset(
    {
        "notes for the chapter",
        "author's notes",
        "notes",
        "description",
        "примечания",
        "notas do autor",
        "notas finais",
    }
)
#: Of the Archive's works, which had no other mark for some years.
_OF_ARCHIVE: Final = frozenset({"notes for the chapter", "summary for the chapter"})
_MOST_PARTS: Final = 6
#: Frames that sites put around a text.
_MOST_FRAMES: Final = 5
_SAY_NOTHING: Final = frozenset({"class", "id", "role"})
_SUMMARIES: Final = frozenset({"summary for the chapter", "summary"})


@dataclass(slots=True)
class Notes:
    """What stands around the text of a chapter. Shape: canonical HTML; of the work, or its own."""

    of_work: str = ""
    summary: str = ""
    head: str = ""
    foot: str = ""
    of_work_end: str = ""


def read_title(stated: str, number: int) -> str | None:
    """The title without the mark of a new chapter and without a number that says nothing new."""
    return title_of(_NEW.sub("", stated.strip()), number)


def take_notes(body: LexborNode, ids: str, *, first: bool, last: bool) -> Notes:
    """Remove the notes whose labels are known, and give them. Others stay in the text.

    Shape: `first` and `last` tell whether notes of the whole work may stand here.
    """
    notes = Notes()
    frames = body.css(_NOTES)
    for frame in frames or _find_frames(body):
        at_end = _is_at_end(frame, body)
        for label, parts in _parts(frame):
            if not frames:
                parts = _quoted(parts)
                at_end = _is_at_end(parts[0], body)
            _keep(notes, label, parts, ids, at_end=at_end, of_work=last if at_end else first)
        empty = not text_of(frame) and frame.css_first("img") is None
        if empty and frame.mem_id != body.mem_id:
            frame.decompose()
    return notes


def _find_frames(body: LexborNode) -> list[LexborNode]:
    """What holds notes where nothing is marked as such: before 2020, and in books made over."""
    frames: dict[int, LexborNode] = {}
    for label in body.css("b"):
        known = _fold(label.text(deep=False).strip()) in _OF_WORK | _OF_ARCHIVE
        if known and label.parent is not None and len(_quoted(_following(label))) > 1:
            frames[label.parent.mem_id] = label.parent
    return list(frames.values())


def _following(label: LexborNode) -> list[LexborNode]:
    found = [label]
    node = label.next
    while node is not None and node.tag != "b" and len(found) < _MOST_PARTS:
        if node.is_element_node:
            found.append(node)
        elif node.text().strip():
            break
        node = node.next
    return found


def _quoted(parts: list[LexborNode]) -> list[LexborNode]:
    """The label and the quotation, list or block right after it."""
    end = 1
    while end < len(parts) and parts[end].tag in ("blockquote", "ul"):
        end += 1
    return parts[:end]


def take_heading(body: LexborNode, title: str) -> None:
    """Remove the heading of the chapter that FanFicFare wrote."""
    heading = body.css_first("h3.fff_chapter_title")
    if heading is None:
        heading = body.css_first("h1, h2, h3")
        if heading is None or fold_title(text_of(heading)) != fold_title(title):
            return
    heading.decompose()


def make_chapter(
    number: int, body: LexborNode, title: str, notes: Notes, *, ids: str, source: str = ""
) -> Chapter:
    """The chapter of what is left in the page once heading and notes were taken out."""
    return Chapter(
        number,
        clean(inner_of(unwrap(body)), ids=ids),
        read_title(title, number),
        source=source or None,
        summary=notes.summary or None,
        notes=notes.head or None,
        end_notes=notes.foot or None,
    )


def unwrap(node: LexborNode) -> LexborNode:
    """The innermost of the blocks that frame all the text and say nothing of their own."""
    for _ in range(_MOST_FRAMES):
        found = [
            piece
            for piece in pieces(node)
            if (piece.is_element_node and piece.tag != "br") or piece.text().strip()
        ]
        if len(found) != 1 or found[0].tag != "div" or set(found[0].attributes) - _SAY_NOTHING:
            break
        node = found[0]
    return node


def join_parts(parts: list[Chapter]) -> Chapter:
    """The chapter that was cut into these."""

    def join(texts: Iterable[str | None]) -> str | None:
        return "\n".join(filter(None, texts)) or None

    return replace(
        parts[0],
        html=join(part.html for part in parts) or "",
        summary=join(part.summary for part in parts),
        notes=join(part.notes for part in parts),
        end_notes=join(part.end_notes for part in parts),
    )


def _keep(
    notes: Notes, label: str, parts: list[LexborNode], ids: str, *, at_end: bool, of_work: bool
) -> None:
    """Take the parts of one label out of the page when it is known."""
    if label in _SUMMARIES:
        name = "summary"
    elif label in _OF_WORK and of_work:
        name = "of_work_end" if at_end else "of_work"
    elif label in _OF_WORK or label in _OF_CHAPTER:
        name = "foot" if at_end else "head"
    else:
        return
    quoted = (inner_of(part) if part.tag == "blockquote" else part.html for part in parts[1:])
    html = clean("".join(filter(None, quoted)), ids=ids)
    setattr(notes, name, "\n".join(filter(None, [getattr(notes, name), html])))
    for part in parts:
        part.decompose()


def _parts(frame: LexborNode) -> list[tuple[str, list[LexborNode]]]:
    """Each label of the frame, folded, with its element and what follows it up to the next."""
    holder = frame
    inner = list(children(frame))
    # Some sites wrap the notes once more.
    if len(inner) == 1 and inner[0].tag == "div":
        holder = inner[0]
    found: list[tuple[str, list[LexborNode]]] = []
    for node in children(holder):
        if node.tag == "b" and text_of(node).endswith(":"):
            found.append((_fold(text_of(node)), [node]))
        elif found:
            found[-1][1].append(node)
    return found


def _fold(label: str) -> str:
    return label.rstrip(": ").replace("’", "'").casefold()


def _is_at_end(frame: LexborNode, body: LexborNode) -> bool:
    """Whether the frame stands after the text: it says so, or there are words before it."""
    if "fff_foot_notes" in classes(frame):
        return True
    if "fff_head_notes" in classes(frame):
        return False
    node = frame
    for above in [frame, *ancestors(frame)]:
        if above.mem_id == body.mem_id:
            break
        node = above
        before = node.prev
        while before is not None:
            if before.text().strip() and _NOTES[1:] not in attribute(before, "class"):
                return True
            before = before.prev
    return False
