"""The table of contents of an EPUB, old form or new."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from hogarth.intake.elements import attribute, text_of
from hogarth.intake.xml import attribute_of, local_name, text_in

if TYPE_CHECKING:
    from lxml.etree import _Element


class Entry(NamedTuple):
    """Shape: `address` as written, its fragment with it."""

    label: str
    address: str


def read_ncx(root: _Element) -> list[Entry]:
    """The entries of an EPUB 2 table, nested ones after the one that holds them."""
    entries = []
    for point in root.iter():
        if local_name(point) != "navPoint":
            continue
        label = next((text_in(row) for row in point if local_name(row) == "navLabel"), "")
        target = next((row for row in point if local_name(row) == "content"), None)
        address = attribute_of(target, "src") if target is not None else ""
        if address:
            entries.append(Entry(label, address))
    return entries


def read_nav(page: LexborHTMLParser) -> list[Entry]:
    """The entries of an EPUB 3 table."""
    tables = [nav for nav in page.css("nav") if "toc" in attribute(nav, "epub:type").split()]
    if not tables:
        tables = page.css("nav")[:1]
    return [
        Entry(text_of(link), attribute(link, "href"))
        for nav in tables
        for link in nav.css("a[href]")
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
