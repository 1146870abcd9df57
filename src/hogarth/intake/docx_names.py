"""The names of DOCX's elements, short and the same in both forms of the format."""

from __future__ import annotations

from typing import Final

#: Namespaces, in the form of 2006 and in the strict one of later, and how they are called here.
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex": "w16se",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}


class Names:
    """Short names of elements and attributes, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __getitem__(self, tag: str) -> str:
        known = self._known.get(tag)
        if known is None:
            space, _, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
            prefix = _PREFIXES.get(space, "?" if space else "")
            known = self._known[tag] = f"{prefix}:{local}" if prefix else local
        return known
