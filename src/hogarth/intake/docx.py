"""Word documents since 2007 (DOCX), and what other word processors write in their form."""

from __future__ import annotations

import re
from typing import Final

from hogarth.errors import Unreadable
from hogarth.intake.archive import Archive
from hogarth.intake.blocks import Note
from hogarth.intake.document import Document, read_document, tell_changes
from hogarth.intake.docx_body import Body
from hogarth.intake.docx_flow import Sources
from hogarth.intake.docx_numbering import read_numbering
from hogarth.intake.docx_paragraphs import Setter
from hogarth.intake.docx_styles import Styles
from hogarth.intake.office_properties import state_properties
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.xml import attribute_of, local_name, parse_xml, text_in
from hogarth.intake.xml_events import walk_xml

_CONTENT_TYPES: Final = "[Content_Types].xml"
_USUAL: Final = "word/document.xml"
#: Places that links in the text lead to.
_PLACES: Final = re.compile(rb'anchor="([^"]{1,200})"|\\l\s+(?:"|&quot;)?([^"&\s]{1,200})')
_COMMENT: Final = re.compile(rb"<\w{1,20}:comment[\s>]")
#: What core properties are called, and here.
_PROPERTIES: Final = {
    "title": "title",
    "creator": "creator",
    "description": "description",
    "keywords": "keywords",
    "language": "language",
    "created": "created",
    "modified": "modified",
}


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """A zip with a Word document in it."""
    if not found.data.startswith(b"PK"):
        return None
    try:
        names = Archive(found.data, found.limits).names
    except Unreadable:
        return None
    if _USUAL in names or (_CONTENT_TYPES in names and any(n.startswith("word/") for n in names)):
        return (Evidence("zip", "a Word document"),)
    return None


def read(found: Found) -> Reading:
    """The document as one work.

    Raises: Unreadable, when the zip is broken, locked or beyond the limits, or holds no text.
    """
    archive = Archive(found.data, found.limits)
    name = _find_main(archive)
    part = _Part(archive, name)
    document = Document()
    styles = Styles(part.read_kind("styles"))
    setter = Setter(styles, read_numbering(part.read_kind("numbering")))
    data = archive.read(name)
    places = {(one or two).decode("utf-8", "replace") for one, two in _PLACES.findall(data)}
    body, whole = _read_body(part, data, setter, document, frozenset(places))
    document.blocks = body.flow.blocks
    if not whole:
        document.problems.append(Problem("cut-off", "its XML breaks off"))
    _read_notes(part, body, setter, document)
    _state_core(archive, document)
    comments = _count_comments(part)
    tell_changes(document, inserted=body.inserted, deleted=body.deleted, comments=comments)
    return read_document(found, "docx", document)


class _Part:
    """A part of the package with its relationships."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive, self.name = archive, name
        self.targets: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self.links: dict[str, str] = {}
        folder, _, file = name.rpartition("/")
        relations = archive.find("", f"{folder}/_rels/{file}.rels")
        root = parse_xml(archive.read(relations)) if relations else None
        for row in root if root is not None else ():
            ident, target = attribute_of(row, "Id"), attribute_of(row, "Target")
            kind = attribute_of(row, "Type").rpartition("/")[2]
            if attribute_of(row, "TargetMode") == "External":
                self.links[ident] = target
                continue
            found = archive.find("" if target.startswith("/") else name, target.lstrip("/"))
            if found:
                self.targets[ident] = found
                self._kinds.setdefault(kind, found)

    def read_kind(self, kind: str) -> bytes | None:
        """The part that this one has for styles, notes or comments, or None."""
        found = self.name_of(kind)
        return self.archive.read(found) if found else None

    def name_of(self, kind: str) -> str | None:
        return self._kinds.get(kind) or self.archive.find(self.name, f"{kind}.xml")


def _find_main(archive: Archive) -> str:
    """The name of the document proper, which the package's relationships tell."""
    root = parse_xml(archive.read("_rels/.rels")) if "_rels/.rels" in archive.names else None
    for row in root if root is not None else ():
        if attribute_of(row, "Type").endswith("/officeDocument"):
            found = archive.find("", attribute_of(row, "Target").lstrip("/"))
            if found:
                return found
    found = archive.find("", _USUAL)
    if found is None:
        raise refuse("damaged-document", reason="it has no text part")
    return found


def _read_body(
    part: _Part, data: bytes, setter: Setter, document: Document, places: frozenset[str]
) -> tuple[Body, bool]:
    def keep_picture(ident: str) -> str | None:
        if ident in part.links:
            return part.links[ident]
        name = part.targets.get(ident)
        kept = document.pictures.keep(part.archive.read(name)) if name else None
        if kept is None:
            document.pictures.missing.append(name or ident)
        return kept

    body = Body(setter, Sources(part.links, keep_picture, places))
    whole = walk_xml(data, body)
    return body, whole


def _read_notes(part: _Part, main: Body, setter: Setter, document: Document) -> None:
    """The notes that the text refers to, under the labels that it gave them."""
    cited = main.flow.cited
    for kind in ("footnotes", "endnotes"):
        name = part.name_of(kind)
        if name is None or not any(key.startswith(kind[0]) for key in cited):
            continue
        notes = _Part(part.archive, name)
        body, _ = _read_body(notes, part.archive.read(name), setter, document, frozenset())
        for key, blocks in body.notes.items():
            if key in cited:
                document.notes[key] = Note(cited[key], blocks)


def _state_core(archive: Archive, document: Document) -> None:
    name = archive.find("", "docProps/core.xml")
    root = parse_xml(archive.read(name)) if name else None
    stated = {}
    for row in root if root is not None else ():
        key = _PROPERTIES.get(local_name(row))
        if key:
            stated[key] = text_in(row)
    state_properties(document.facts, stated)


def _count_comments(part: _Part) -> int:
    name = part.name_of("comments")
    return len(_COMMENT.findall(part.archive.read(name))) if name else 0
