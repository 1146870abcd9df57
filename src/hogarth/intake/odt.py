"""OpenDocument texts (ODT, flat too) and their older form (SXW)."""

from __future__ import annotations

import re
from typing import Final

from hogarth.errors import Unreadable
from hogarth.intake.archive import Archive
from hogarth.intake.document import Document, read_document, tell_changes
from hogarth.intake.languages import language_tag
from hogarth.intake.odt_body import Body
from hogarth.intake.office_properties import state_properties
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.xml_events import walk_xml

_TEXTS: Final = re.compile(
    rb"application/(?:vnd\.oasis\.opendocument\.text[\w-]*|vnd\.sun\.xml\.writer[\w.]*)"
)
_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
#: A document as one file says so, and that it is a text, before anything else.
_FLAT: Final = re.compile(
    rb"<office:document\s[^>]{0,8000}?office:mimetype=\"application/vnd\.oasis\.opendocument\.text"
)
_FLAT_START: Final = 12_000
_PLACES: Final = re.compile(rb'xlink:href="#([^"|]{1,200})"')
_LOCKED: Final = (b"encryption-data", b"encrypted-package")


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """A zip that says that it is such a text, or a flat one."""
    data = found.data
    if data.startswith(b"PK"):
        try:
            archive = Archive(data, found.limits)
            kind = archive.read("mimetype")[:200] if "mimetype" in archive.names else b""
        except Unreadable:
            return None
        if _TEXTS.match(kind):
            return (Evidence("zip", kind.decode("ascii", "replace")),)
        return None
    if _FLAT.search(data[:_FLAT_START]):
        return (Evidence("page", "a flat OpenDocument text"),)
    return None


def read(found: Found) -> Reading:
    """The document as one work.

    Raises: Unreadable, when the zip is broken, locked or beyond the limits, or holds no text.
    """
    archive: Archive | None = None
    parts = [found.data]
    if found.data.startswith(b"PK"):
        archive = Archive(found.data, found.limits)
        parts = _open_parts(archive)
    document = Document()
    places = {name.decode("utf-8", "replace") for name in _PLACES.findall(parts[-1])}

    def keep_picture(source: str | bytes) -> str | None:
        if isinstance(source, str) and source.startswith(("http://", "https://")):
            return source
        data = source if isinstance(source, bytes) else _read_picture(archive, source)
        kept = document.pictures.keep(data)
        if kept is None:
            document.pictures.missing.append(source if isinstance(source, str) else "a picture")
        return kept

    body = Body(keep_picture, frozenset(places))
    whole = [walk_xml(part, body) for part in parts]
    if not whole[-1]:
        document.problems.append(Problem("cut-off", "its XML breaks off"))
    document.blocks, document.notes = body.flow.blocks, body.flow.notes
    _state(body, document)
    return read_document(found, "odt", document)


def _open_parts(archive: Archive) -> list[bytes]:
    """What the document says of itself, its styles, and its text last."""
    if _MANIFEST in archive.names and any(mark in archive.read(_MANIFEST) for mark in _LOCKED):
        raise refuse("locked-document")
    if _CONTENT not in archive.names:
        raise refuse("damaged-document", reason="it has no text part")
    names = [name for name in ("meta.xml", "styles.xml") if name in archive.names]
    return [archive.read(name) for name in (*names, _CONTENT)]


def _read_picture(archive: Archive | None, address: str) -> bytes:
    name = archive.find("", address) if archive else None
    return archive.read(name) if archive and name else b""


def _state(body: Body, document: Document) -> None:
    first = {name: values[0] for name, values in body.meta.items()}
    default = body.styles.resolve("paragraph", "")
    spoken = "-".join(filter(None, (default.get("fo:language"), default.get("fo:country"))))
    state_properties(
        document.facts,
        {
            "title": first.get("dc:title", ""),
            "creator": first.get("meta:initial-creator") or first.get("dc:creator", ""),
            "description": first.get("dc:description", ""),
            "keywords": ", ".join(body.meta.get("meta:keyword", [])),
            "language": first.get("dc:language", ""),
            "created": first.get("meta:creation-date", ""),
            "modified": first.get("dc:date", ""),
        },
    )
    document.facts.language = document.facts.language or language_tag(spoken)
    counted = body.counted
    tell_changes(
        document,
        inserted=counted["text:insertion"],
        deleted=counted["text:deletion"],
        comments=counted["office:annotation"],
    )
