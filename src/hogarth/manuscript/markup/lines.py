"""Writes one leaf: its text, its inline elements, its breaks.

Two lists of inline elements are kept: those that *should* be open here, which the writer owns, and
those that *are* written as open. They are brought together only when something is to be written,
so that inline elements close and reopen round blocks by themselves, empty ones vanish, and white
space moves out of their ends.
"""

from __future__ import annotations

import re
from typing import Final

from hogarth.manuscript.markup.structure import SPACER, Item
from hogarth.manuscript.markup.table import UNSEEN, ZERO_WIDTH

_RUBY_WITHOUT_READING: Final = re.compile(r"<ruby([^<>]*)>((?:[^<]|<(?!/ruby|r[tp]))*+)</ruby>")
_TAG: Final = re.compile(r"<[^<>]*>")
_RAW_UNSEEN: Final = UNSEEN + "\n\t"


class Inline:
    """An inline element that should be open. `ident` is printed once, with the first opening."""

    __slots__ = ("address", "attributes", "ident", "pictured", "tag", "written")

    def __init__(self, tag: str, attributes: str = "", ident: str = "", address: str = "") -> None:
        self.tag = tag
        self.attributes = attributes
        self.ident = ident
        self.address = address
        self.written = False
        self.pictured = False


class Place:
    """What follows the text from leaf to leaf: the inline elements, and ids that wait."""

    __slots__ = ("active", "anchors")

    def __init__(self) -> None:
        self.active: list[Inline] = []
        self.anchors: list[str] = []

    def stands_in(self, *tags: str) -> bool:
        return any(inline.tag in tags for inline in self.active)


class Leaf:
    """One leaf on its way. `implied` when its tag was not in the source."""

    __slots__ = (
        "_border",
        "_line_empty",
        "_opened",
        "_parts",
        "_place",
        "_space",
        "_visible",
        "attributes",
        "ident",
        "implied",
        "tag",
    )

    def __init__(
        self, place: Place, tag: str, attributes: str, ident: str, *, implied: bool = False
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        # An id that waited since before the leaf names the leaf; later ones name a place in it.
        self.ident = place.anchors.pop(0) if place.anchors and not ident else ident
        self.implied = implied
        self._place = place
        self._parts: list[str] = []
        self._opened: list[Inline] = []
        self._visible = False
        self._line_empty = True  # nothing yet in this line: white space goes
        self._space = False  # white space waits for what follows
        self._border = False  # a block began or ended in a leaf that can hold none

    def add_border(self) -> None:
        self._border = True

    def forget_space(self) -> None:
        self._space = False

    def write_text(self, text: str) -> None:
        """Text with its white space collapsed; what is white at the ends of lines goes."""
        if self.tag == "pre":
            self.write_raw(text)
            return
        if self._line_empty:
            text = text.lstrip(" ")
        elif text[:1] == " ":
            self._space = True
            text = text[1:]
        if not text:
            return
        if self._border:
            self._write_border()
        if not self._visible and text.strip(UNSEEN):
            self._visible = True
        space = text[-1] == " "
        self._sync()
        self._parts.append(text[:-1] if space else text)
        self._space = space
        self._line_empty = False

    def write_raw(self, text: str) -> None:
        """Text in a pre, as it is."""
        if not self._parts:
            text = text.lstrip("\n")  # HTML takes the first newline in a pre for no part of it
        if not text:
            return
        if self._border:
            self._write_border()
        if not self._visible and text.strip(_RAW_UNSEEN):
            self._visible = True
        self._sync()
        self._parts.append(text)

    def write_thing(self, html: str, *, visible: bool = True) -> None:
        """One thing without text that stands in a line."""
        if self._border:
            self._write_border()
        self._visible = self._visible or visible
        self._sync()
        self._parts.append(html)
        self._line_empty = False

    def write_break(self) -> None:
        self._border = False
        self._close_inlines()
        self._parts.append("<br/>")
        self._line_empty = True
        self._space = False

    def finish(self, *, trailing_break: bool = False) -> Item | None:
        """The finished block: a spacer when it was blank, None when it was empty."""
        parts = self._parts
        for inline in reversed(self._opened):
            parts.append(f"</{inline.tag}>")
        if trailing_break and parts:
            parts.append("<br/>")
        if self._visible:
            if self._place.anchors:
                self._write_anchors()
            inner = "".join(parts)
            if "<ruby" in inner:
                inner = _RUBY_WITHOUT_READING.sub(_unwrap_ruby, inner)
            return Item(self.tag, self.attributes + print_id(self.ident), inner, self.implied)
        if self.ident:
            self._place.anchors.insert(0, self.ident)
        if self.tag == "dt":
            return Item("dt", self.attributes, "")
        if self.tag in ("pre", "summary", "caption") or not _is_space("".join(parts)):
            return None
        return SPACER._replace(implied=self.implied)

    def _write_border(self) -> None:
        self._border = False
        if self._parts:
            self._close_inlines()
            self._parts.append("\n" if self.tag == "pre" else "<br/>")
            self._space = False

    def _close_inlines(self) -> int:
        """Close what is written as open and should not be. Returns how many stay open."""
        opened = self._opened
        same = 0
        for one, other in zip(opened, self._place.active, strict=False):
            if one is not other:
                break
            same += 1
        while len(opened) > same:
            self._parts.append(f"</{opened.pop().tag}>")
        return same

    def _sync(self) -> None:
        """Make what is written as open equal to what should be, with the space in between."""
        same = self._close_inlines()
        if self._space:
            self._parts.append(" ")
            self._space = False
        if self._place.anchors:
            self._write_anchors()
        for inline in self._place.active[same:]:
            self._parts.append(f"<{inline.tag}{inline.attributes}{print_id(inline.ident)}>")
            inline.ident = ""
            inline.written = True
            self._opened.append(inline)

    def _write_anchors(self) -> None:
        """The ids that wait."""
        anchors = self._place.anchors
        self._parts.extend(f"<span{print_id(ident)}></span>" for ident in anchors)
        anchors.clear()


def print_id(ident: str) -> str:
    return f' id="{ident}"' if ident else ""


def _unwrap_ruby(found: re.Match[str]) -> str:
    attributes, inner = found.groups()
    return f"<span{attributes}>{inner}</span>" if attributes else inner


def _is_space(inner: str) -> bool:
    """Whether what prints nothing still takes up a line."""
    if inner == "\u00a0" or "<br/>" in inner:
        return True
    return bool(_TAG.sub("", inner).strip(ZERO_WIDTH))
