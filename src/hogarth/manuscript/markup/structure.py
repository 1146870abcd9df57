"""Closes a box: what it holds, put into the order that HTML and EPUB ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from hogarth.manuscript.markup.table import ALIGNMENTS, VOID


class Item(NamedTuple):
    """One finished block.

    Shape: `implied` when its tag was not in the source; `held` the blocks inside, where a parent
    may have to take them out again.
    """

    tag: str
    attributes: str
    inner: str
    implied: bool = False
    held: tuple[Item, ...] = ()


@dataclass(slots=True)
class Box:
    """A block of blocks that is still open.

    Shape: `depth` as it will be printed, with the lists and items that closing puts in between.
    """

    tag: str
    attributes: str
    ident: str = ""
    depth: int = 0
    items: list[Item] = field(default_factory=list)
    orphans: bool = False  # holds list items without being a list

    def print_attributes(self) -> str:
        """The attributes with the id, which is spent by this."""
        return self.attributes + self.print_ident()

    def print_ident(self) -> str:
        ident, self.ident = self.ident, ""
        return f' id="{ident}"' if ident else ""


SPACER: Final = Item("p", "", "\u00a0", implied=True)

_LINES: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_ONLY_CLASS: Final = {f' class="{name}"': name for name in ALIGNMENTS}
_CLASS: Final = re.compile(r' class="([^"]*)"')
_PICTURES: Final = re.compile(r"(?:<img [^<>]*/>)+")
_TABLE_ORDER: Final = ("caption", "thead", "tbody", "tfoot")
_SECTIONS: Final = frozenset({"thead", "tbody", "tfoot"})


def print_items(items: Iterable[Item], between: str = "") -> str:
    return between.join(
        f"<{item.tag}{item.attributes}/>"
        if item.tag in VOID
        else f"<{item.tag}{item.attributes}>{item.inner}</{item.tag}>"
        for item in items
    )


def close_box(box: Box) -> list[Item]:
    """What the box leaves in its parent; a box that holds nothing leaves nothing."""
    if not box.items and box.tag not in ("td", "th", "dd"):
        return []
    if box.orphans:
        gather_orphans(box)
    return _CLOSERS.get(box.tag, _close_plain)(box)


def gather_orphans(box: Box) -> None:
    """List items outside a list: those that follow one another get a list."""
    gathered: list[Item] = []
    for orphaned, group in groupby(box.items, key=lambda item: item.tag == "li"):
        if orphaned:
            gathered.append(Item("ul", "", print_items(group)))
        else:
            gathered.extend(group)
    box.items = gathered


def _close_plain(box: Box) -> list[Item]:
    return [Item(box.tag, box.print_attributes(), print_items(box.items))]


def _close_div(box: Box) -> list[Item]:
    """A div that says nothing goes; one that only aligns lines gives that to the lines."""
    if not box.attributes:
        if box.ident:
            _give_ident(box)
        return box.items
    klass = _ONLY_CLASS.get(box.attributes)
    if klass and not box.ident and all(i.tag in _LINES or i.tag == "hr" for i in box.items):
        return [_align(item, klass) for item in box.items]
    return _close_plain(box)


def _give_ident(box: Box) -> None:
    """The name of a place goes to the first block that has none, when its own block goes."""
    for number, item in enumerate(box.items):
        if item[:3] != SPACER[:3] and ' id="' not in item.attributes:
            attributes = item.attributes + box.print_ident()
            box.items[number] = item._replace(attributes=attributes, implied=False)
            return


def _align(item: Item, klass: str) -> Item:
    if item.tag == "hr" or item[:3] == SPACER[:3]:
        return item
    found = _CLASS.search(item.attributes)
    if found is None:
        return item._replace(attributes=f' class="{klass}"{item.attributes}', implied=False)
    if any(name in ALIGNMENTS for name in found[1].split()):
        return item
    return item._replace(
        attributes=item.attributes.replace(' class="', f' class="{klass} ', 1), implied=False
    )


def _close_flexible(box: Box) -> list[Item]:
    """A box that is a leaf itself as long as it holds loose text and nothing else."""
    items = box.items
    only = items[0] if len(items) == 1 else None
    if only and only.tag == "p" and only.implied:
        inner = only.inner
        if only.attributes and box.ident:  # an implied paragraph has nothing but an id
            inner = f"<span{only.attributes}></span>{inner}"
        else:
            box.attributes += only.attributes
    else:
        inner = print_items(items)
    return [Item(box.tag, box.print_attributes(), inner, held=tuple(items))]


def _close_list(box: Box) -> list[Item]:
    if not any(item.tag == "li" for item in box.items):
        # Old pages indent with lists that have no items.
        box.tag, box.attributes = "blockquote", ""
        return _close_plain(box)
    rows: list[Item] = []
    for item in box.items:
        if item.tag == "li":
            rows.append(item)
        elif item[:3] != SPACER[:3]:
            last = rows.pop() if rows else Item("li", "", "")
            part = Box("li", last.attributes, items=[*last.held, item])
            rows += _close_flexible(part)
    box.items = rows
    return _close_plain(box)


def _close_definitions(box: Box) -> list[Item]:
    """Terms each need a description; lists without are old ways to indent, and become lines."""
    box.items = [item for item in box.items if item[:3] != SPACER[:3]]
    shape = "".join(_LETTER.get(item.tag, "x") for item in box.items)
    if re.fullmatch("(?:t+d+)+", shape):
        return _close_plain(box)
    lines: list[Item] = []
    for item in box.items:
        if item.tag == "dt":
            if item.inner:
                lines.append(Item("p", item.attributes, item.inner))
        elif item.tag == "dd":
            lines.extend(item.held)
        else:
            lines.append(item)
    return lines


_LETTER: Final = {"dt": "t", "dd": "d"}


def _close_row(box: Box) -> list[Item]:
    box.items = [
        item if item.tag in ("td", "th") else Item("td", "", print_items([item]))
        for item in box.items
    ]
    return _close_plain(box)


def _close_section(box: Box) -> list[Item]:
    rows: list[Item] = []
    for item in box.items:
        if item.tag != "tr":
            item = Item("tr", "", print_items([Item("td", "", print_items([item]))]))
        rows.append(item)
    box.items = rows
    return [Item(box.tag, box.print_attributes(), print_items(rows), held=tuple(rows))]


def _close_table(box: Box) -> list[Item]:
    """Caption, head, bodies, foot, in this order; what is none of them goes before."""
    before: list[Item] = []
    parts: dict[str, list[Item]] = {tag: [] for tag in _TABLE_ORDER}
    for item in box.items:
        tag = item.tag
        if tag == "tr":
            body = parts["tbody"]
            if body and body[-1].implied:
                rows = (*body[-1].held, item)
                body[-1] = Item("tbody", "", print_items(rows), implied=True, held=rows)
            else:
                body.append(Item("tbody", "", print_items([item]), implied=True, held=(item,)))
        elif tag == "caption" and parts["caption"]:
            before.append(item._replace(tag="p"))
        elif tag in ("thead", "tfoot") and parts[tag]:
            parts["tbody"].append(item._replace(tag="tbody"))
        elif tag in parts:
            parts[tag].append(item)
        elif item[:3] != SPACER[:3]:
            before.append(item)
    if not any(parts[tag] for tag in _SECTIONS):
        return before + [item._replace(tag="p") for item in parts["caption"]]
    box.items = [item for tag in _TABLE_ORDER for item in parts[tag]]
    return before + _close_plain(box)


def _close_details(box: Box) -> list[Item]:
    """One summary, and it comes first; without one there is nothing to open."""
    summaries = [item for item in box.items if item.tag == "summary"]
    if not summaries:
        box.tag = "div"
        box.attributes = box.attributes.replace(' open="open"', "")
        return _close_div(box)
    first = summaries[0]
    box.items = [
        first,
        *(
            item._replace(tag="p") if item.tag == "summary" else item
            for item in box.items
            if item is not first
        ),
    ]
    return _close_plain(box)


def _close_figure(box: Box) -> list[Item]:
    """Pictures stand bare; one caption, first or last."""
    captions = [item for item in box.items if item.tag == "figcaption"]
    rest: list[Item] = []
    for item in box.items:
        if item.tag == "figcaption":
            if item is not captions[0]:
                rest.extend(item.held)
        else:
            rest.append(item)
    inner = "".join(
        item.inner
        if item.tag == "p" and item.implied and _PICTURES.fullmatch(item.inner)
        else print_items([item])
        for item in rest
    )
    if captions:
        caption = print_items(captions[:1])
        inner = caption + inner if box.items[0] is captions[0] else inner + caption
    return [Item("figure", box.print_attributes(), inner)]


_CLOSERS: Final[dict[str, Callable[[Box], list[Item]]]] = {
    "div": _close_div,
    "li": _close_flexible,
    "dd": _close_flexible,
    "td": _close_flexible,
    "th": _close_flexible,
    "figcaption": _close_flexible,
    "address": _close_flexible,
    "ul": _close_list,
    "ol": _close_list,
    "dl": _close_definitions,
    "tr": _close_row,
    "thead": _close_section,
    "tbody": _close_section,
    "tfoot": _close_section,
    "table": _close_table,
    "details": _close_details,
    "figure": _close_figure,
}
