"""The pages of an e-book in reading order, told from covers and tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.archive import Archive
from hogarth.intake.decoding import decode
from hogarth.intake.elements import attribute, children, first, text_of
from hogarth.intake.limits import Limits
from hogarth.intake.nesting import flatten
from hogarth.intake.opf import Package
from hogarth.intake.titles import fold_title
from hogarth.intake.toc import Entry, read_landmarks, read_nav, read_ncx
from hogarth.intake.xml import parse_xml

_VOID: Final = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|image|use|path"
#: XML lets any element close itself; a page that is read as HTML must say so.
_SELF_CLOSED: Final = re.compile(rf"<(?!(?:{_VOID})\b)([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml", ""})

#: Semantic types, and their names in the guide of EPUB 2, of pages that are not the story.
_MATTER_LINE: Final = (
    "cover title-page titlepage halftitle halftitlepage toc landmarks loi lot copyright-page "
    "copyright imprint colophon index"
)
_MATTER: Final = frozenset(_MATTER_LINE.split())
#: Labels and file names of the same, folded.
_MATTER_NAMES_LINE: Final = (
    "cover coverpage frontcover titlepage title halftitle halftitlepage contents tableofcontents "
    "toc tocpage nav copyright copyrightpage imprint colophon uncopyright legalnotice information "
    "logpage updatelog updatehistory"
)
_MATTER_NAMES: Final = frozenset(_MATTER_NAMES_LINE.split())
#: Units: words. A page of this length is read, whatever it is called.
_LONG_MATTER: Final = 600
_LEADING_DIGITS: Final = re.compile(r"^\d+[_-]?")


@dataclass(slots=True)
class Page:
    """One file of the spine.

    Shape: `place` counts from 0; `marks` stand for bytes that fit no character; `entries`
    fragment → label, in the order of the contents; `matter` when it is no part of the story.
    """

    name: str
    place: int
    tree: LexborHTMLParser
    properties: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    marks: int = 0
    entries: list[tuple[str, str]] = field(default_factory=list)
    matter: bool = False

    @property
    def body(self) -> LexborNode | None:
        return self.tree.body

    @property
    def words(self) -> int:
        return len(self.body.text(separator=" ").split()) if self.body is not None else 0


def parse_page(data: bytes, limits: Limits) -> tuple[LexborHTMLParser, int]:
    """A page of a book, written as HTML or as XML, and how many bytes of it fit no character."""
    decoded = decode(data)
    text = _SELF_CLOSED.sub(r"<\1\2></\1>", decoded.text)
    return LexborHTMLParser(flatten(text, limits.markup_depth)), decoded.marks


def read_spine(archive: Archive, package: Package, base: str, limits: Limits) -> list[Page]:
    """The pages in reading order with what the contents call them, covers and the like marked."""
    pages: dict[str, Page] = {}
    for item in package.spine:
        name = archive.find(base, item.address)
        if name and name not in pages and item.media_type in _PAGES:
            tree, marks = parse_page(archive.read(name), limits)
            pages[name] = Page(name, len(pages), tree, item.properties, _types(tree), marks)
    entries, special = _read_contents(archive, package, base, limits)
    for name, fragment, label in entries:
        if name in pages:
            pages[name].entries.append((fragment, label))
    for page in pages.values():
        page.matter = _is_matter(page, special.get(page.name, frozenset()))
    if all(page.matter or not page.words for page in pages.values()):
        for page in pages.values():
            page.matter = "nav" in page.properties
    return list(pages.values())


def _types(tree: LexborHTMLParser) -> frozenset[str]:
    """The semantic types of the page, which stand on its body or on the one section it is."""
    body = tree.body
    if body is None:
        return frozenset()
    sections = [node for node in children(body) if node.tag in ("section", "div", "nav")]
    nodes = [body, *sections] if len(sections) == 1 else [body]
    return frozenset(" ".join(attribute(node, "epub:type") for node in nodes).lower().split())


def _is_matter(page: Page, special: frozenset[str]) -> bool:
    if "nav" in page.properties:
        return True
    if (page.types | special) & _MATTER:
        return page.words < _LONG_MATTER
    stem = fold_title(_LEADING_DIGITS.sub("", PurePosixPath(page.name).stem))
    names = {stem, *(fold_title(label) for _, label in page.entries)}
    return bool(names & _MATTER_NAMES) and page.words < _LONG_MATTER


def _read_contents(
    archive: Archive, package: Package, base: str, limits: Limits
) -> tuple[list[tuple[str, str, str]], dict[str, frozenset[str]]]:
    """The entries as (file, fragment, label), and file → its special types."""
    entries: list[Entry] = []
    special = [(kind, base, address) for kind, address in package.guide]
    source = base
    nav = next((item for item in package.items.values() if "nav" in item.properties), None)
    name = archive.find(base, nav.address) if nav else None
    if name:
        tree, _ = parse_page(archive.read(name), limits)
        entries, source = read_nav(tree), name
        special += [(kind, name, address) for kind, address in read_landmarks(tree)]
    if not entries:
        entries, source = _read_old_contents(archive, package, base)
    found = []
    for entry in entries:
        target = archive.find(source, entry.address)
        if target and entry.label:
            found.append((target, entry.address.partition("#")[2], entry.label))
    types: dict[str, frozenset[str]] = {}
    for kind, where, address in special:
        target = archive.find(where, address)
        if target:
            types[target] = types.get(target, frozenset()) | {kind}
    return found, types


def _read_old_contents(archive: Archive, package: Package, base: str) -> tuple[list[Entry], str]:
    listed = package.items.get(package.contents)
    address = listed.address if listed else ""
    if not address:
        address = next(
            (i.address for i in package.items.values() if i.address.endswith(".ncx")), "toc.ncx"
        )
    name = archive.find(base, address)
    root = parse_xml(archive.read(name)) if name else None
    return (read_ncx(root), name) if root is not None and name else ([], base)


def first_heading(node: LexborNode) -> LexborNode | None:
    """The heading with which the text begins, or None when something stands before it."""
    heading = first(node, "h1, h2, h3, h4, h5, h6")
    words = text_of(heading)
    if not words or not text_of(node).startswith(words):
        return None
    return heading
