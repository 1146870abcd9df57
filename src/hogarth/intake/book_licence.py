"""The licence that Project Gutenberg puts around the text of its e-books."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import attribute, text_of
from hogarth.intake.gutenberg import is_end, is_start
from hogarth.intake.spine import Page

#: Its own marks, in books of recent years.
_FRAMES: Final = "#pg-header, #pg-footer, .pg-boilerplate, .pgheader, .pgfooter"
_BLOCKS: Final = "p, pre, div, h1, h2, h3, h4, h5, h6, section, blockquote"
#: Units: characters. Markers are short; an old header is all in one block.
_LONGEST_MARKER: Final = 400
#: Units: blocks from the start of a page, and from the end of one.
_DEEPEST: Final = 300
#: Pages at each end that a licence can take.
_ENDS: Final = 4
_SIGN: Final = "project gutenberg"


def take_out_licence(pages: list[Page]) -> str:
    """Remove what stands before the text and after it. Returns where it was, or "".

    Shape: pages that hold nothing else leave the list.
    """
    names = []
    for page in [*pages[:_ENDS], *pages[_ENDS:][-_ENDS:]]:
        if _SIGN not in page.text.lower() or page.body is None:
            continue
        before = _targets(page.body)
        taken = _take_frames(page.body)
        taken = _take_start(page.body) or taken
        if _take_end(page.body) or taken:
            names.append(page.name)
            lost = before - _targets(page.body)
            page.entries = [entry for entry in page.entries if entry[0] not in lost]
            # What was changed must stay changed when the page is parsed again.
            page.text = page.tree.html or ""
            if not text_of(page.body):
                pages.remove(page)
    return ", ".join(names)


def _targets(body: LexborNode) -> set[str]:
    return {attribute(node, "id") or attribute(node, "name") for node in body.css("[id], a[name]")}


def _take_frames(body: LexborNode) -> bool:
    frames = body.css(_FRAMES)
    for frame in reversed(frames):
        frame.decompose()
    return bool(frames)


def _take_start(body: LexborNode) -> bool:
    marker = None
    for block in body.css(_BLOCKS)[:_DEEPEST]:
        if _marks(block, start=True):
            marker = block
    if marker is not None:
        _take_until(marker, body, before=True)
    return marker is not None


def _take_end(body: LexborNode) -> bool:
    for block in body.css(_BLOCKS)[-_DEEPEST:]:
        if _marks(block, start=False):
            _take_until(block, body, before=False)
            return True
    return False


def _marks(block: LexborNode, *, start: bool) -> bool:
    if block.tag == "pre":
        lines = block.text().splitlines()
        lines = lines[-_DEEPEST:] if start else lines[:_DEEPEST]
        return any((is_start if start else is_end)(line.strip()) for line in lines)
    # The first that is found is the block itself.
    if len(block.css(_BLOCKS)) > 1:
        return False
    line = text_of(block)
    return len(line) <= _LONGEST_MARKER and (is_start if start else is_end)(line)


def _take_until(marker: LexborNode, body: LexborNode, *, before: bool) -> None:
    """Remove the marker and all that stands before it in the page, or after it."""
    node = marker
    while node.parent is not None and node.mem_id != body.mem_id:
        beside = node.prev if before else node.next
        while beside is not None:
            following = beside.prev if before else beside.next
            beside.decompose()
            beside = following
        node = node.parent
    marker.decompose()
