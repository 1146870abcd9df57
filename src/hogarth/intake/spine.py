"""The pages of an e-book in reading order, told from covers and tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.archive import Archive
from hogarth.intake.decoding import decode
from hogarth.intake.elements import attribute, children, first, text_of
from hogarth.intake.limits import Limits
from hogarth.intake.matter import is_matter
from hogarth.intake.nesting import flatten
from hogarth.intake.opf import Item, Package
from hogarth.intake.titles import fold_title
from hogarth.intake.toc import Entry, Place, read_landmarks, read_nav, read_ncx, tell_kinds
from hogarth.intake.xml import parse_xml

_VOID: Final = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|image|use|path"
#: XML lets any element close itself; a page that is read as HTML must say so.
_SELF_CLOSED: Final = re.compile(rf"<(?!(?:{_VOID})\b)([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_CDATA: Final = "<![CDATA["
#: A few tools give every element of a page a prefix.
_PREFIX: Final = re.compile(r"""<(\w{1,10}):html\s[^>]{0,300}?xmlns:\1=["'][^"']*/xhtml["']""")
_PAGES: Final = ("html", "text/xml", "application/xml", "x-oeb1-document", "octet-stream", "plain")
_PAGE_ENDINGS: Final = (".xhtml", ".html", ".htm", ".xml")


@dataclass(slots=True)
class Page:
    """One file of the spine.

    Shape: `place` counts from 0; `marks` stand for bytes that fit no character; `entries`
    (fragment, label) in the order of the contents, those in `parts` of parts and not of chapters;
    `heading` with which it begins; `linked` words in links to other pages of the book; `matter`
    when it is no part of the story; `notes` and `end_notes` of the chapter, canonical HTML, where
    a reader took them out of the page.
    """

    name: str
    place: int
    text: str = field(repr=False)
    properties: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    marks: int = 0
    title: str = ""
    heading: str = ""
    words: int = 0
    linked: int = 0
    pictures: int = 0
    entries: list[tuple[str, str]] = field(default_factory=list)
    parts: set[tuple[str, str]] = field(default_factory=set)
    matter: bool = False
    notes: str = ""
    end_notes: str = ""
    _tree: LexborHTMLParser | None = field(default=None, repr=False)

    @property
    def tree(self) -> LexborHTMLParser:
        """The page as elements. Readers may take some out; they stay out until `release`.

        Cost: ten times the memory of the text, until `release`.
        """
        if self._tree is None:
            self._tree = LexborHTMLParser(self.text)
        return self._tree

    @property
    def body(self) -> LexborNode | None:
        return self.tree.body

    def release(self) -> None:
        """Forget the elements, which are made anew when they are asked for again."""
        self._tree = None


class Spine(NamedTuple):
    """Shape: `lost` the pages that are listed and not there, or cannot be read whole; `broken`
    what is wrong with the first of those that are there.
    """

    pages: list[Page]
    lost: list[str]
    broken: str = ""


def parse_page(data: bytes, limits: Limits) -> tuple[LexborHTMLParser, int]:
    """A page of a book, written as HTML or as XML, and how many bytes of it fit no character."""
    text, marks = _as_html(data, limits)
    return LexborHTMLParser(text), marks


def read_spine(archive: Archive, package: Package, base: str, limits: Limits) -> Spine:
    """The pages in reading order with what the contents call them, covers and the like marked."""
    pages: dict[str, Page] = {}
    lost: list[str] = []
    reasons: list[str] = []
    for item in package.spine:
        name = locate(archive, base, item.address)
        if name is None:
            lost.append(item.address)
        elif name not in pages and _is_page(item):
            data, broken = archive.salvage(name)
            if broken:
                lost.append(item.address)
                reasons.append(broken)
            text, marks = _as_html(data, limits)
            pages[name] = Page(name, len(pages), text, item.properties, marks=marks)
    for page in pages.values():
        _look_at(page, pages, archive)
    special = _read_contents(archive, package, base, limits, pages)
    for page in pages.values():
        page.matter = is_matter(page, special.get(page.name, frozenset()), package.facts, pages)
    if all(page.matter or not page.words for page in pages.values()):
        for page in pages.values():
            page.matter = "nav" in page.properties
    return Spine(list(pages.values()), lost, next(iter(reasons), ""))


def locate(archive: Archive, base: str, address: str) -> str | None:
    """The file at the address, or the only one of its name where that leads nowhere."""
    found = archive.find(base, address)
    if found is not None:
        return found
    alike = archive.named(address.partition("#")[0])
    return alike[0] if len(alike) == 1 else None


def first_heading(node: LexborNode) -> LexborNode | None:
    """The heading with which the text begins, or None when something stands before it."""
    heading = first(node, "h1, h2, h3, h4, h5, h6")
    words = text_of(heading)
    if not words or not text_of(node).startswith(words):
        return None
    return heading


def _as_html(data: bytes, limits: Limits) -> tuple[str, int]:
    decoded = decode(data)
    text = decoded.text
    if _CDATA in text:
        text = _open_sections(text)
    prefix = _PREFIX.search(text[:3000])
    if prefix:
        text = re.sub(rf"<(/?){prefix[1]}:", r"<\1", text)
    text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    return flatten(text, limits.markup_depth), decoded.marks


def _open_sections(text: str) -> str:
    """The text in sections of XML, in which nothing is markup, as HTML has it."""
    start, *parts = text.split(_CDATA)
    opened = [start]
    for part in parts:
        inside, _, after = part.partition("]]>")
        opened += [inside.replace("<", "&lt;"), after]
    return "".join(opened)


def _is_page(item: Item) -> bool:
    if item.media_type.startswith("image/") or item.address.lower().endswith(".ncx"):
        return False
    path = item.address.partition("#")[0].lower()
    return (
        not item.media_type
        or any(kind in item.media_type for kind in _PAGES)
        or path.endswith(_PAGE_ENDINGS)
    )


def _look_at(page: Page, pages: dict[str, Page], archive: Archive) -> None:
    """What is asked of every page before any is read, so that it is parsed for it once."""
    tree = LexborHTMLParser(page.text)
    page.title = text_of(tree.css_first("title"))[:300]
    body = tree.body
    if body is None:
        return
    page.types = _types(body)
    page.words = len(body.text(separator=" ").split())
    page.pictures = len(body.css("img, image"))
    heading = first_heading(body)
    page.heading = text_of(heading)[:300]
    for link in body.css("a[href]"):
        target = archive.find(page.name, attribute(link, "href"))
        if target is not None and target != page.name and target in pages:
            page.linked += len(text_of(link).split())


def _types(body: LexborNode) -> frozenset[str]:
    """The semantic types of the page, which stand on its body or on the one section it is."""
    sections = [node for node in children(body) if node.tag in ("section", "div", "nav")]
    nodes = [body, *sections] if len(sections) == 1 else [body]
    return frozenset(" ".join(attribute(node, "epub:type") for node in nodes).lower().split())


def _read_contents(
    archive: Archive, package: Package, base: str, limits: Limits, pages: dict[str, Page]
) -> dict[str, frozenset[str]]:
    """Give the pages their entries in the contents. Returns file → its special types."""
    entries: list[Entry] = []
    special = [(kind, base, address) for kind, address in package.guide]
    source = base
    nav = next((item for item in package.items.values() if "nav" in item.properties), None)
    name = archive.find(base, nav.address) if nav else None
    if name:
        tree, _ = parse_page(archive.salvage(name)[0], limits)
        entries, source = read_nav(tree), name
        special += [(kind, name, address) for kind, address in read_landmarks(tree)]
    if not any(_find_page(archive, source, entry, pages) for entry in entries):
        entries, source = _read_old_contents(archive, package, base)
    _give_entries(list(_place(archive, source, entries, pages)), package.facts.title, pages)
    types: dict[str, frozenset[str]] = {}
    for kind, where, address in special:
        target = locate(archive, where, address)
        if target:
            types[target] = types.get(target, frozenset()) | {kind}
    return types


def _give_entries(places: list[Place], title: str, pages: dict[str, Page]) -> None:
    folded = fold_title(title)
    kinds = tell_kinds(places)
    target: Place | None = None
    # From the last to the first: a part that has no page of its own begins with what it holds.
    for place, kind in reversed(list(zip(places, kinds, strict=True))):
        if kind == "section":
            continue
        if place.name:
            target = place
        # The title of the book may hold the whole contents; it is no part.
        if target is None or (kind == "part" and fold_title(place.label) == folded):
            continue
        page, entry = pages[target.name], (target.fragment, place.label)
        # A part that is called like its first chapter says nothing more.
        if kind == "part" and entry in page.entries[-1:]:
            continue
        page.entries.append(entry)
        if kind == "part":
            page.parts.add(entry)
    for page in pages.values():
        page.entries.reverse()


def _place(
    archive: Archive, source: str, entries: Iterable[Entry], pages: dict[str, Page]
) -> Iterator[Place]:
    for entry in entries:
        name = _find_page(archive, source, entry, pages)
        if entry.label and (name or not entry.address):
            yield Place(name, entry.address.partition("#")[2], entry.label, entry.level)


def _find_page(archive: Archive, source: str, entry: Entry, pages: dict[str, Page]) -> str:
    if not entry.address:
        return ""
    name = locate(archive, source, entry.address)
    return name if name is not None and name in pages else ""


def _read_old_contents(archive: Archive, package: Package, base: str) -> tuple[list[Entry], str]:
    listed = package.items.get(package.contents)
    address = listed.address if listed else ""
    if not address:
        address = next(
            (i.address for i in package.items.values() if i.address.endswith(".ncx")), "toc.ncx"
        )
    name = locate(archive, base, address)
    root = parse_xml(archive.salvage(name)[0]) if name else None
    return (read_ncx(root), name) if root is not None and name else ([], base)
