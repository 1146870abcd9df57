"""Where each character of a chapter's plain text stands in its HTML.

Canonical HTML is regular (see `manuscript.markup.texts`), so one expression finds its blocks and
another the pieces of their texts. `text` is what `plain_text` gives, character by character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple

from hogarth.manuscript.markup.texts import RULE, RULE_OR_PARAGRAPH, is_unseen

_PIECE: Final = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|[^<&]+|&")
_EDGES: Final = " \n\t"


class Piece(NamedTuple):
    """A run of text and where it stands.

    Shape: `linear` when each character is one of the HTML too; else the piece is all of a piece.
    """

    text_start: int
    text_end: int
    html_start: int
    html_end: int
    linear: bool


class Block(NamedTuple):
    """A paragraph: its place in the text, in the HTML with its tags, and its tag."""

    text_start: int
    text_end: int
    html_start: int
    html_end: int
    tag: str


@dataclass(slots=True)
class TextMap:
    """The plain text of some canonical HTML, and the way back."""

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def pieces_in(self, start: int, end: int) -> list[Piece]:
        """The pieces that hold characters from `start` to `end`."""
        first = max(0, bisect_right(self.starts, start) - 1)
        found = []
        for piece in self.pieces[first:]:
            if piece.text_start >= end:
                break
            if piece.text_end > start:
                found.append(piece)
        return found

    def before(self, offset: int) -> int:
        """The place in the HTML just before the character at `offset`."""
        place = bisect_right(self.starts, offset) - 1
        if place < 0:
            return 0
        piece = self.pieces[place]
        if offset >= piece.text_end:
            return piece.html_end
        return piece.html_start + (offset - piece.text_start if piece.linear else 0)

    def after(self, offset: int) -> int:
        """The place in the HTML just after the character that ends at `offset`."""
        if offset <= 0:
            return self.before(0)
        piece = self.pieces[bisect_right(self.starts, offset - 1) - 1]
        if offset >= piece.text_end:
            return piece.html_end
        return piece.html_start + offset - piece.text_start if piece.linear else piece.html_end

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`, or ends there."""
        place = bisect_right(self.blocks, offset, key=lambda block: block.text_start) - 1
        if place < 0 or offset > self.blocks[place].text_end:
            return None
        return self.blocks[place]


def map_text(html: str) -> TextMap:
    """The map of canonical HTML."""
    mapped = TextMap()
    texts: list[str] = []
    at = 0
    for found in RULE_OR_PARAGRAPH.finditer(html):
        if found[1] is None:
            pieces = [(RULE, found.start(), found.end(), False)]
        else:
            pieces = _trim(_read_pieces(html, found.start(1), found.end(1)))
        text = "".join(piece[0] for piece in pieces)
        if not text or (found[1] is not None and is_unseen(text)):
            continue
        if texts:
            mapped.pieces.append(Piece(at, at + 2, mapped.pieces[-1].html_end, pieces[0][1], False))
            texts.append("\n\n")
            at += 2
        tag = html[found.start() + 1 : found.start() + 12].split(">")[0].split(" ")[0].strip("/")
        mapped.blocks.append(Block(at, at + len(text), found.start(), found.end(), tag))
        for piece, start, end, linear in pieces:
            mapped.pieces.append(Piece(at, at + len(piece), start, end, linear))
            texts.append(piece)
            at += len(piece)
    mapped.text = "".join(texts)
    mapped.starts = [piece.text_start for piece in mapped.pieces]
    return mapped


_Run = tuple[str, int, int, bool]


def _read_pieces(html: str, start: int, end: int) -> list[_Run]:
    pieces: list[_Run] = []
    inner = html[start:end]
    bracketed = "<rt" in inner and "<rp" not in inner
    for found in _PIECE.finditer(html, start, end):
        token = found[0]
        if token[0] not in "<&":
            pieces.append((token, found.start(), found.end(), True))
        elif token[0] == "&":
            pieces.append((unescape(token), found.start(), found.end(), False))
        elif token == "<br/>":  # noqa: S105 - a tag, no secret
            pieces.append(("\n", found.start(), found.end(), False))
        elif bracketed and token.startswith(("<rt>", "<rt ")):
            pieces.append(("(", found.end(), found.end(), False))
        elif bracketed and token == "</rt>":  # noqa: S105 - a tag, no secret
            pieces.append((")", found.start(), found.start(), False))
    return pieces


def _trim(pieces: list[_Run]) -> list[_Run]:
    """Without the white space at both ends, which the plain text does not show."""
    while pieces:
        text, start, end, linear = pieces[0]
        kept = text.lstrip(_EDGES)
        if kept:
            if linear:
                pieces[0] = (kept, start + len(text) - len(kept), end, True)
            break
        pieces.pop(0)
    while pieces:
        text, start, end, linear = pieces[-1]
        kept = text.rstrip(_EDGES)
        if kept:
            if linear:
                pieces[-1] = (kept, start, end - (len(text) - len(kept)), True)
            break
        pieces.pop()
    return pieces
