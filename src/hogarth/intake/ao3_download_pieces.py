"""The pieces a download of an otwarchive work is made of, whatever frames stand around them.

A download is one page, or an e-book made of that page: then the frames are repeated in each file,
classes have other numbers, or all frames are gone. So pieces are told by what they say and by the
classes that survive everything, and come out flat, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from selectolax.lexbor import LexborNode

from hogarth.intake.ao3_labelled import field_of
from hogarth.intake.elements import attribute, children, pieces, text_of
from hogarth.intake.titles import fold_title

Kind = Literal[
    "part",  # a frame begins: “preface”, “chapters”, “afterword”
    "message",  # title and address above everything
    "list",  # the list of tags
    "row",  # one label and its value, where the list was lost
    "title",
    "byline",
    "label",  # “Summary”, “Chapter Notes”, above what it names
    "quote",  # a quotation with summary or notes
    "related",  # works this one has to do with
    "children",  # works inspired by this one
    "heading",  # of a chapter
    "name",  # the title once more, above a work of one chapter
    "text",
    "loose",  # anything else
]

#: What labels name, in lower case.
LABELS: Final = {
    "summary": "summary",
    "notes": "notes",
    "end notes": "end notes",
    "chapter summary": "chapter summary",
    "chapter notes": "chapter notes",
    "chapter end notes": "chapter end notes",
}
#: The frames of a download, as their ids and headings name them.
PARTS: Final = frozenset({"preface", "chapters", "afterword"})
_FRAMES: Final = frozenset({"div", "section", "article", "main", "center", "body", "html"})
_JUMP: Final = re.compile(
    r"\(?see the end of the (?:work|chapter) for\s*(?:more\s+)?(?:notes)?\W*", re.IGNORECASE
)
_POSTED: Final = "posted originally on the"
_FAREWELL: Final = "drop by the archive and comment"
#: Units: characters. No label, message or heading is longer.
_SHORT: Final = 1_500
_LONGEST_HEADING: Final = 400


class Piece(NamedTuple):
    """Shape: `words` of a short piece on one line, else ""; `place` of its file in a book."""

    kind: Kind
    node: LexborNode
    words: str
    place: int


def find_pieces(
    body: LexborNode, place: int = 0, labels: frozenset[str] = frozenset()
) -> Iterator[Piece]:
    """The pieces in order. Shape: `labels` what a table of contents calls places in this file.

    Links to the end of the work and the asking for comments are left out.
    """
    skipped: set[int] = set()
    yield from _walk(body, place, labels, skipped)


def is_posted_line(words: str) -> bool:
    """Whether this is the line that says where the work was posted."""
    return _POSTED in words[:600].casefold()


def _walk(
    node: LexborNode, place: int, labels: frozenset[str], skipped: set[int]
) -> Iterator[Piece]:
    """What is in a page, with its frames opened. A loop, for frames can be nested very deeply."""
    open_frames = [pieces(node)]
    while open_frames:
        child = next(open_frames[-1], None)
        if child is None:
            open_frames.pop()
        elif child.mem_id in skipped:
            continue
        elif not child.is_element_node:
            if child.is_text_node and child.text().strip():
                yield Piece("loose", child, "", place)
        elif child.tag in _FRAMES and not _is_text(child):
            found, goes_on = _open_frame(child, place)
            yield from found
            if goes_on:
                open_frames.append(pieces(child))
        else:
            piece = _tell(child, place, labels)
            if piece is not None and piece.kind == "row":
                skipped.add(piece.node.mem_id)
            if piece is not None:
                yield piece


def _open_frame(node: LexborNode, place: int) -> tuple[list[Piece], bool]:
    """What a frame is itself, and whether to look inside."""
    ident = attribute(node, "id")
    if _has_class(node, "byline"):
        return [Piece("byline", node, text_of(node), place)], False
    if _has_class(node, "endnote-link"):
        return [], False
    part = [Piece("part", node, ident, place)] if ident in PARTS else []
    if ident == "chapters" and _holds_loose_text(node):
        return [*part, Piece("text", node, "", place)], False
    return part, True


def _is_text(node: LexborNode) -> bool:
    return _has_class(node, "userstuff") and attribute(node, "id") != "chapters"


def _has_class(node: LexborNode, name: str) -> bool:
    """Whether a class is the name, or the name with the number that a converter gave it."""
    return any(
        given == name or (given.startswith(name) and given[len(name) :].lstrip("-_").isdecimal())
        for given in attribute(node, "class").split()
    )


def _holds_loose_text(chapters: LexborNode) -> bool:
    """Until 2013 the text of a work of one chapter had no frame of its own."""
    frames = chapters.css("div[class^=userstuff], div.meta, h2.heading, h2.toc-heading")
    framed = any(frame.mem_id != chapters.mem_id for frame in frames)
    return not framed and bool(chapters.text().strip())


def _tell(node: LexborNode, place: int, labels: frozenset[str]) -> Piece | None:
    """What kind of piece an element is; None for what only points to another place."""
    tag = node.tag
    if tag == "dl":
        return _tell_list(node, place)
    if tag == "blockquote":
        return Piece("quote", node, "", place)
    if tag in ("ul", "ol"):
        return Piece("related", node, "", place)
    if _is_text(node):
        return Piece("text", node, "", place)
    if tag == "h1":
        return Piece("title", node, text_of(node), place)
    if _has_class(node, "byline"):
        return Piece("byline", node, text_of(node), place)
    if tag in ("h2", "h3"):
        return _tell_heading(node, place)
    return _tell_line(node, place, labels)


def _tell_list(node: LexborNode, place: int) -> Piece:
    term = text_of(node.css_first("dt"))
    folded = term.rstrip(": ").casefold()
    if folded == "works inspired by this one":
        return Piece("children", node, term, place)
    if folded == "this work was inspired by":
        return Piece("related", node, term, place)
    known = any(field_of(text_of(term)) for term in children(node) if term.tag == "dt")
    return Piece("list" if known or _has_class(node, "tags") else "loose", node, "", place)


def _tell_heading(node: LexborNode, place: int) -> Piece:
    words = text_of(node)
    if words.casefold() in PARTS:
        return Piece("part", node, words.casefold(), place)
    kind: Kind = "name" if _has_class(node, "toc-heading") else "heading"
    return Piece(kind, node, words, place)


def _tell_line(node: LexborNode, place: int, labels: frozenset[str]) -> Piece | None:
    """A paragraph, or whatever else is no frame."""
    if node.tag not in ("p", "span", "b", "font"):
        return Piece("loose", node, "", place)
    words = text_of(node) if len(node.text()) <= _SHORT else ""
    folded = words.casefold()
    if not words:
        return Piece("loose", node, "", place)
    if _POSTED in folded:
        return Piece("message", node, words, place)
    if _FAREWELL in folded or _JUMP.fullmatch(words):
        return None
    following = _next_element(node)
    quoted = following is not None and following.tag == "blockquote"
    if folded.rstrip(":") in LABELS and (quoted or following is None or _jumps(following)):
        return Piece("label", node, LABELS[folded.rstrip(":")], place)
    if quoted and folded.endswith(":") and field_of(words) and following is not None:
        return Piece("row", following, words, place)
    if len(words) <= _LONGEST_HEADING and fold_title(words) in labels:
        if folded in PARTS:
            return Piece("part", node, folded, place)
        return Piece("heading", node, words, place)
    return Piece("loose", node, words, place)


def _jumps(node: LexborNode) -> bool:
    return _has_class(node, "endnote-link") or bool(_JUMP.fullmatch(text_of(node)[:200]))


def _next_element(node: LexborNode) -> LexborNode | None:
    following = node.next
    while following is not None and not following.is_element_node:
        following = following.next
    return following
