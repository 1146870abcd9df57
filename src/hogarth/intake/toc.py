"""The table of contents of an EPUB, old form or new, and which of its entries begin a chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import ancestors, attribute, text_of
from hogarth.intake.headings import names_a_chapter, title_at
from hogarth.intake.xml import attribute_of, local_name, text_in

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = Literal["chapter", "part", "section"]

#: What holds chapters and is none, though it has a number as well.
_PART: Final = re.compile(
    r"(?:part|book|volume|vol|arc|act|year|saga|season|teil|buch|band|partie|livre|parte|libro"
    r"|tome|tomo|часть|книга|том|część|tom)(?!\w)|第[^章回话話节節]{1,5}(?:卷|巻|部分?|篇|编|編)",
    re.IGNORECASE,
)
#: Sites and tools count the chapters in their lists.
_LISTED: Final = re.compile(r"(\d{1,5})\s?[.):-]\s+(?=\S)")


class Entry(NamedTuple):
    """Shape: `address` as written, its fragment with it, or ""; `level` counts from 0."""

    label: str
    address: str
    level: int = 0


class Place(NamedTuple):
    """An entry whose file is known. Shape: `name` of the file, or "" where it leads nowhere."""

    name: str
    fragment: str
    label: str
    level: int


def read_ncx(root: _Element) -> list[Entry]:
    """The entries of an EPUB 2 table, nested ones after the one that holds them."""
    entries = []
    levels: dict[_Element, int] = {}
    for point in root.iter():
        if local_name(point) != "navPoint":
            continue
        above = point.getparent()
        level = levels[point] = levels[above] + 1 if above is not None and above in levels else 0
        label = next((text_in(row) for row in point if local_name(row) == "navLabel"), "")
        target = next((row for row in point if local_name(row) == "content"), None)
        address = attribute_of(target, "src") if target is not None else ""
        if address or label:
            entries.append(Entry(label, address, level))
    return entries


def read_nav(page: LexborHTMLParser) -> list[Entry]:
    """The entries of an EPUB 3 table."""
    tables = [nav for nav in page.css("nav") if "toc" in attribute(nav, "epub:type").split()]
    if not tables:
        tables = page.css("nav")[:1]
    return [
        Entry(text_of(node) or attribute(node, "title"), attribute(node, "href"), _level(node))
        for nav in tables
        for node in nav.css("a, li > span")
        if node.tag == "a" or node.css_first("a") is None
    ]


def read_landmarks(page: LexborHTMLParser) -> list[tuple[str, str]]:
    """What an EPUB 3 says its special pages are. Shape: (type, address)."""
    return [
        (kind, attribute(link, "href"))
        for nav in page.css("nav")
        if "landmarks" in attribute(nav, "epub:type").split()
        for link in nav.css("a[href]")
        for kind in attribute(link, "epub:type").lower().split()
    ]


def tell_kinds(places: Sequence[Place]) -> list[Kind]:
    """What each entry is: a chapter, a part that holds chapters, or a section of a chapter.

    Entries that hold no others are chapters, unless what holds them is one.
    """
    kinds: list[Kind] = ["chapter"] * len(places)
    ends = _ends(places)
    roots = sum(1 for place in places if place.level == 0)
    place = 0
    while place < len(places):
        inner = range(place + 1, ends[place])
        if inner and _is_chapter(places, place, inner, alone=roots == 1):
            for at in inner:
                kinds[at] = "section"
            place = ends[place]
            continue
        if inner:
            kinds[place] = "part"
        place += 1
    return kinds


def is_part(label: str) -> bool:
    """Whether the label is what parts of books are called: “Part Two”, “Year 1”."""
    return _PART.match(label.strip()) is not None


def title_of(label: str, position: int) -> str | None:
    """The title in an entry for the chapter at `position`: of “3. Chapter 3: Fog” it is “Fog”."""
    label = " ".join(label.split())
    found = _LISTED.match(label)
    if found and int(found[1]) == position:
        return title_at(label[found.end() :], position)
    return title_at(label, position) if label else None


def _is_chapter(places: Sequence[Place], at: int, inner: range, *, alone: bool) -> bool:
    """Whether the entry is a chapter although it holds others."""
    outer = places[at]
    if not outer.name:
        return False
    if names_a_chapter(outer.label) and not is_part(outer.label):
        return True
    if any(names_a_chapter(places[place].label) for place in inner):
        return False
    # What is all in one file are its sections; a book in one file has one entry that holds all.
    same_file = all(places[place].name in ("", outer.name) for place in inner)
    return same_file and not alone and not is_part(outer.label)


def _ends(places: Sequence[Place]) -> list[int]:
    """For each entry the place after the last one that it holds."""
    ends = [len(places)] * len(places)
    still_open: list[int] = []
    for at, place in enumerate(places):
        while still_open and places[still_open[-1]].level >= place.level:
            ends[still_open.pop()] = at
        still_open.append(at)
    return ends


def _level(node: LexborNode) -> int:
    level = -1
    for above in ancestors(node):
        if above.tag == "nav":
            break
        level += above.tag in ("ol", "ul")
    return max(0, level)
