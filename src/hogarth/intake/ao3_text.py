"""The chapters of an otwarchive work page, in all the ways they have been laid out since 2009."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.ao3_preface import clean_text, read_byline, read_notes, read_userstuff
from hogarth.intake.elements import (
    attribute,
    children,
    classes,
    each,
    first,
    inner_of,
    pieces,
    text_of,
)
from hogarth.manuscript import Chapter, Credit

_CHAPTER_ID: Final = re.compile(r"chapter-(\d+)")
_CHAPTER_LINK: Final = re.compile(r"/works/(\d+)/chapters/(\d+)")
_NUMBERED: Final = re.compile(r"chapter\s+(\d+)\s*(:\s*)?", re.IGNORECASE)
_BY: Final = re.compile(r"^chapter by\s+", re.IGNORECASE)
_LANDMARKS: Final = frozenset({"work text", "chapter text"})


def read_chapters(body: LexborNode, origin: str, ids: str = "") -> tuple[Chapter, ...]:
    """The chapters in `#chapters`, in the order of the page. A work without any is one chapter."""
    blocks = [
        block
        for block in body.css("[id^=chapter-]")
        if _CHAPTER_ID.fullmatch(attribute(block, "id")) and "chapter" in classes(block)
    ] or [block for block in children(body) if block.tag == "div" and "chapter" in classes(block)]
    if not blocks:
        return (Chapter(1, clean_text(_text_html(body), origin, ids)),)
    numbers = _number(blocks)
    return tuple(
        _read_chapter(block, number, origin, ids)
        for block, number in zip(blocks, numbers, strict=True)
    )


def read_chapter_bylines(body: LexborNode) -> dict[str, tuple[Credit, ...]]:
    """Who wrote a chapter where that is told apart: the names as printed → the people."""
    return {
        _BY.sub("", text_of(byline)): read_byline(byline)
        for byline in body.css("h4.byline, .chapter.preface .byline")
    }


def _number(blocks: list[LexborNode]) -> list[int]:
    """The numbers in the ids where they count upwards; they can repeat or be missing."""
    found = [_CHAPTER_ID.fullmatch(attribute(block, "id")) for block in blocks]
    stated = [int(number[1]) for number in found if number and len(number[1]) < 7]
    rising = all(first < second for first, second in zip([0, *stated], stated, strict=False))
    return stated if rising and len(stated) == len(blocks) else list(range(1, len(blocks) + 1))


def _read_chapter(block: LexborNode, number: int, origin: str, ids: str) -> Chapter:
    heading = first(block, "h3.title", ".preface .title", "h3.heading")
    link = first(heading, "a")
    address = _CHAPTER_LINK.search(attribute(link, "href"))
    source = f"{origin}{address[0]}" if address and origin else None
    preface = first(block, ".preface")
    ending = next((node for node in block.css(".end.notes")), None)
    return Chapter(
        number=number,
        html=clean_text(_text_html(block), origin, ids),
        title=_title(heading),
        source=source,
        summary=read_userstuff(preface, "summary", origin, ids) if preface is not None else None,
        notes=read_notes(preface, origin, ids) if preface is not None else None,
        end_notes=read_notes(block, origin, ids, end=True) if ending is not None else None,
    )


def _title(heading: LexborNode | None) -> str | None:
    """What stands after “Chapter N: ”, or None. Browsers’ extensions add elements of their own."""
    if heading is None:
        return None
    link = first(heading, "a")
    if link is not None and _NUMBERED.fullmatch(text_of(link)):
        own = (piece.text() for piece in pieces(heading) if piece.is_text_node)
        return " ".join(" ".join(own).split()).removeprefix(":").strip() or None
    words = text_of(heading)
    numbered = _NUMBERED.match(words)
    return (words[numbered.end() :] if numbered else words) or None


def _text_html(block: LexborNode) -> str:
    """The text in a chapter or in a whole work of one chapter, without the archive's headings.

    The outermost `.userstuff` directly inside; in the oldest pages there is none, and the text
    lies loose between the archive's own elements.
    """
    texts = [
        node
        for node in children(block)
        if "userstuff" in classes(node) and not classes(node) & {"preface", "notes", "summary"}
    ]
    if texts:
        for node in texts:
            _drop_landmarks(node)
        return "".join(inner_of(node) for node in texts)
    return "".join(piece.html or "" for piece in pieces(block) if not _is_furniture(piece))


def _drop_landmarks(node: LexborNode) -> None:
    """Headings for screen readers: “Work Text:”, “Chapter Text”."""
    for heading in each(node, ".landmark, #work"):
        if text_of(heading).rstrip(":").casefold() in _LANDMARKS:
            heading.decompose()


def _is_furniture(piece: LexborNode) -> bool:
    if not piece.is_element_node:
        return not piece.is_text_node
    names = classes(piece)
    if names & {
        "landmark",
        "preface",
        "notes",
        "summary",
        "navigation",
        "actions",
        "draft-chapter",
    }:
        return True
    if attribute(piece, "id") in ("work", "work_endnotes"):
        return True
    return text_of(piece).rstrip(":").casefold() in _LANDMARKS
