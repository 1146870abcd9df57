"""Writes canonical HTML from a well-nested row of tags and texts.

The writer holds no tree of what it reads: only the boxes that are open, the one leaf that is open,
and for each open element what its end tag has to undo.
"""

from __future__ import annotations

from html import escape
from typing import Final, Literal, NamedTuple

from hogarth.manuscript.markup.attributes import Opening, read_tag
from hogarth.manuscript.markup.lines import Inline, Leaf, Place, print_id
from hogarth.manuscript.markup.structure import SPACER, Box, Item, close_box, gather_orphans
from hogarth.manuscript.markup.table import (
    FLAT_LEAVES,
    LOOSE_BOXES,
    MAX_BOXES,
    MAX_INLINES,
    PARENTS,
    UNSEEN,
    WHITE,
    Kind,
)

Newlines = Literal["space", "break"]

#: What a style asks for is not repeated inside what gives it already.
_SAME: Final = {"i": ("i", "em"), "b": ("b", "strong"), "s": ("s", "del"), "u": ("u", "ins", "a")}
#: Levels below these that closing may add: rows and cells, items.
_ROOM: Final = {"table": 3, "thead": 2, "tbody": 2, "tfoot": 2, "tr": 1, "ul": 1, "ol": 1, "dl": 1}
_SPACED_BOXES: Final = LOOSE_BOXES | {"li", "td", "th", "dd"}


class _Frame(NamedTuple):
    """What the end tag of an open element has to undo."""

    kind: Kind
    inlines: int = 0
    leaf: Leaf | None = None


_NOTHING: Final = _Frame(Kind.BARE)


class Writer:
    """One text on its way. Call `start`, `end` and `text` in order, then `finish` once."""

    def __init__(self, newlines: Newlines, ids: str) -> None:
        self._breaks = newlines == "break"
        self._ids = ids
        self._box = Box("", "")
        self._boxes = [self._box]
        self._leaf: Leaf | None = None
        self._frames: list[_Frame] = []
        self._place = Place()
        self._seen_ids: set[str] = set()
        # What waits in loose text until it is known what follows:
        self._br = 0
        self._newlines = 0
        self._held = ""  # no-break spaces on a line that may turn out blank

    def start(self, source: str) -> bool:
        """A start tag, without its brackets. True: what it holds is its stand-in, and goes."""
        opening = read_tag(source, self._ids)
        kind = opening.kind
        if kind is Kind.INLINE:
            self._frames.append(self._start_inline(opening))
        elif kind is Kind.LEAF or kind is Kind.BOX:
            self._frames.append(self._start_block(opening))
        elif kind is Kind.MEDIA:
            return self._start_medium(source.partition(" ")[0], opening)
        elif kind is Kind.BARE:
            self._frames.append(_NOTHING)
        else:
            self._write_void(opening)
        return False

    def end(self) -> None:
        if not self._frames:
            return
        frame = self._frames.pop()
        if frame.kind is Kind.LEAF:
            if self._leaf and (self._leaf is frame.leaf or self._leaf.implied):
                self._close_leaf()
        elif frame.kind is Kind.BOX:
            self._close_box()
        elif frame.kind is Kind.RULE and self._leaf:
            self._leaf.add_border()
        if frame.inlines:
            self._drop_inlines(frame.inlines)

    def text(self, text: str) -> None:
        """Text as it stands in markup: `&`, `<` and `>` escaped."""
        if self._leaf and self._leaf.tag == "pre":
            self._leaf.write_raw(text)
        elif self._breaks and "\n" in text and self._is_typed():
            first, *rest = text.split("\n")
            self._write_text(first)
            for line in rest:
                if self._leaf:
                    self._leaf.forget_space()
                    self._newlines += not self._br  # after a br a newline adds nothing
                self._write_text(line)
        else:
            self._write_text(text)

    def add_paragraph(self, attributes: str, inner: str) -> bool:
        """A whole paragraph that is canonical already, if nothing stands in its way."""
        if self._leaf or self._br or self._place.active or self._place.anchors:
            return False
        self._box.items.append(Item("p", attributes, inner))
        return True

    def finish(self) -> list[Item]:
        while self._frames:
            self.end()
        if self._leaf:
            self._close_leaf()
        if self._box.orphans:
            gather_orphans(self._box)
        return self._box.items

    # -- inline elements --------------------------------------------------------------------

    def _start_inline(self, opening: Opening) -> _Frame:
        tag, active = opening.tag, self._place.active
        if len(active) >= MAX_INLINES:
            return _NOTHING
        if tag in ("rt", "rp") and not (active and active[-1].tag == "ruby"):
            return _NOTHING
        if tag in ("a", "ruby") and self._place.stands_in(tag):
            return _NOTHING
        ident = self._claim(opening.ident)
        if tag == "a" and not opening.address:
            tag = "span"
        count = 0
        if ident and (tag == "ruby" or (tag == "span" and not opening.attributes)):
            self._place.anchors.append(ident)  # the element may turn out to say nothing
            ident = ""
        if tag != "span" or opening.attributes:
            active.append(Inline(tag, opening.attributes, ident, opening.address))
            count = 1
        return _Frame(Kind.INLINE, count + self._start_style(opening))

    def _start_style(self, opening: Opening) -> int:
        count = 0
        for tag in opening.within:
            if not self._place.stands_in(*_SAME.get(tag, (tag,))):
                self._place.active.append(Inline(tag))
                count += 1
        return count

    def _drop_inlines(self, count: int) -> None:
        active = self._place.active
        for _ in range(count):
            inline = active[-1]
            if inline.pictured and not inline.written:
                # its picture became a link of its own: this one speaks for itself
                self._write_text(escape(inline.address.removeprefix("mailto:"), quote=False))
            if inline.ident:
                self._place.anchors.append(inline.ident)
            active.pop()

    # -- blocks -----------------------------------------------------------------------------

    def _start_block(self, opening: Opening) -> _Frame:
        leaf = self._leaf
        if leaf and leaf.tag in FLAT_LEAVES:
            leaf.add_border()
            return _Frame(Kind.RULE, self._start_style(opening))
        self._leave_loose()
        tag, attributes = opening.tag, opening.attributes
        if tag in PARENTS and self._box.tag not in PARENTS[tag] and tag != "li":
            tag, attributes = ("p" if opening.kind is Kind.LEAF else "div"), ""
        elif tag in _NOT_IN_ADDRESS and any(box.tag == "address" for box in self._boxes):
            tag = _NOT_IN_ADDRESS[tag]
        if opening.kind is Kind.BOX:
            return self._start_box(tag, attributes, opening)
        self._leaf = Leaf(self._place, tag, attributes, self._claim(opening.ident))
        return _Frame(Kind.LEAF, self._start_style(opening), self._leaf)

    def _start_box(self, tag: str, attributes: str, opening: Opening) -> _Frame:
        depth = self._box.depth + 1
        if (tag == "li") is not (self._box.tag in PARENTS["li"]):
            depth += 1  # closing puts a list around the item, or an item around what is none
        if depth + _ROOM.get(tag, 0) > MAX_BOXES:
            return _Frame(Kind.INLINE, self._start_style(opening))
        ident = self._claim(opening.ident)
        if tag == "div" and not attributes and ident:
            self._place.anchors.append(ident)
            ident = ""
        if tag == "li" and self._box.tag not in PARENTS["li"]:
            self._box.orphans = True
        self._box = Box(tag, attributes, ident, depth)
        self._boxes.append(self._box)
        return _Frame(Kind.BOX, self._start_style(opening))

    def _close_box(self) -> None:
        if self._leaf:
            self._close_leaf()
        self._forget_gap()
        box = self._boxes.pop()
        self._box = self._boxes[-1]
        self._box.items.extend(close_box(box))
        if box.ident:
            self._place.anchors.append(box.ident)

    def _close_leaf(self, *, gap_follows: bool = False) -> None:
        leaf = self._leaf
        if leaf is None:
            return
        self._leaf = None
        trailing = leaf.implied and self._br == 1 and not gap_follows
        if trailing:
            self._br = 0
        item = leaf.finish(trailing_break=trailing)
        if item:
            self._box.items.append(item)

    # -- things that hold nothing -----------------------------------------------------------

    def _write_void(self, opening: Opening) -> None:
        kind = opening.kind
        if kind is Kind.BREAK:
            self._write_break()
        elif kind is Kind.RULE:
            self._write_rule(opening)
        elif kind is Kind.PICTURE:
            self._arrive().write_thing(f"<img{opening.attributes}/>")
        elif self._leaf:  # wbr
            self._arrive().write_thing("<wbr/>", visible=False)

    def _write_rule(self, opening: Opening) -> None:
        leaf = self._leaf
        if leaf and leaf.tag in FLAT_LEAVES and leaf.tag != "pre":
            leaf.add_border()
            return
        self._leave_loose()
        ident = self._claim(opening.ident)
        self._box.items.append(Item("hr", opening.attributes + print_id(ident), ""))
        if leaf and leaf.tag == "pre":
            again = Leaf(self._place, "pre", leaf.attributes, "")
            self._leaf = again
            self._frames = [
                frame._replace(leaf=again) if frame.leaf is leaf else frame
                for frame in self._frames
            ]

    def _start_medium(self, name: str, opening: Opening) -> bool:
        told = bool(opening.address)
        if told:
            self._write_medium(opening)
        elif name == "img" and opening.label:
            self._write_text(escape(opening.label, quote=False))
        if name == "source":
            return told and bool(self._frames) and self._frames[-1].kind is Kind.MEDIA
        if name in ("img", "embed"):
            return False
        self._frames.append(_Frame(Kind.MEDIA))
        return told

    def _write_medium(self, opening: Opening) -> None:
        active = self._place.active
        outer = next((inline for inline in active if inline.tag == "a"), None)
        label = escape(opening.label, quote=False)
        if outer and outer.address == opening.address:
            self._write_text(label)
            return
        kept = active.copy()
        if outer:
            # A link cannot stand in a link: the outer one closes, and opens again after.
            outer.pictured = True
            del active[active.index(outer) :]
        active.append(Inline("a", opening.attributes))
        self._write_text(label)
        active[:] = kept

    # -- loose text -------------------------------------------------------------------------

    def _is_typed(self) -> bool:
        """Whether a newline here was typed to be seen."""
        return (
            (self._leaf is None or self._leaf.implied)
            and self._box.tag in LOOSE_BOXES
            and not self._place.stands_in("a", "abbr")
        )

    def _write_text(self, text: str) -> None:
        if "\n" in text or "  " in text or "\t" in text:
            text = WHITE.sub(" ", text)
        if self._leaf is None or self._br or self._newlines:
            text = text.lstrip(" ")
            if not text:
                return
            if (self._br or self._newlines) and not text.strip(UNSEEN):
                self._held += text
                return
            text = self._held + text
            self._held = ""
        if text:
            self._arrive().write_text(text)

    def _arrive(self) -> Leaf:
        """The leaf to write to, after settling the breaks that wait."""
        leaf = self._leaf
        gap = max(self._br, self._newlines)
        if leaf and leaf.implied:
            if gap > 1:
                self._close_leaf(gap_follows=True)
                leaf = None
                if gap > 2:
                    self._box.items.append(SPACER)
            elif gap == 1:
                leaf.write_break()
        elif leaf is None and self._br:
            self._space_blocks()
        self._br = self._newlines = 0
        if leaf is None:
            leaf = self._leaf = Leaf(self._place, "p", "", "", implied=True)
        return leaf

    def _write_break(self) -> None:
        leaf = self._leaf
        if leaf is None or leaf.implied:
            self._br += 1
            self._held = ""
            if leaf:
                leaf.forget_space()
        elif leaf.tag == "pre":
            leaf.write_raw("\n")
        else:
            leaf.write_break()

    def _leave_loose(self) -> None:
        """A block begins: end the leaf that is open, and see whether a gap was meant."""
        gap = self._br
        if self._leaf:
            implied = self._leaf.implied
            self._close_leaf(gap_follows=gap > 1)
            if implied and gap > 2:
                self._box.items.append(SPACER)
        elif gap:
            self._space_blocks()
        self._forget_gap()

    def _space_blocks(self) -> None:
        """Breaks between two blocks: a spacer, unless there is a rule or a spacer already."""
        last = self._box.items[-1] if self._box.items else None
        if last and last.tag != "hr" and last[:3] != SPACER[:3] and self._box.tag in _SPACED_BOXES:
            self._box.items.append(SPACER)

    def _forget_gap(self) -> None:
        self._br = self._newlines = 0
        self._held = ""

    def _claim(self, ident: str) -> str:
        """The id if no other place has it."""
        if not ident or ident in self._seen_ids:
            return ""
        self._seen_ids.add(ident)
        return ident


#: Headings and addresses do not stand in an address.
_NOT_IN_ADDRESS: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "p"),
    "address": "div",
}
