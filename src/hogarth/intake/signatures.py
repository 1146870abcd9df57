"""Files that are no text and no e-book, known by their first bytes."""

from __future__ import annotations

import re
from typing import Final

from hogarth.errors import Unreadable
from hogarth.intake.reading import Found
from hogarth.intake.refusals import refuse

#: Where, which bytes, code of the refusal, what it is. The first row that fits wins.
_SIGNATURES: Final[tuple[tuple[int, bytes, str, str], ...]] = (
    (0, b"%PDF-", "not-read-yet", "a PDF document"),
    (0, b"\xffWPC", "not-read-yet", "a WordPerfect document"),
    (0, b"\xdb\xa5", "not-read-yet", "a document of Word 2 or older"),
    (0, b"1\xbe\x00\x00", "not-read-yet", "a document of Word for DOS or Write"),
    (0, b"2\xbe\x00\x00", "not-read-yet", "a document of Write"),
    (0, b"\xeaDRMION\xee", "drm", ""),
    (0, b"TPZ", "not-read-yet", "a Kindle (Topaz) e-book"),
    (0, b"CONT\x02\x00", "not-read-yet", "a Kindle (KFX) e-book"),
    (0, b"%!PS", "not-read-yet", "a PostScript document"),
    (0, b"AT&TFORM", "not-read-yet", "a DjVu document"),
    (0, b"ITSF", "not-read-yet", "a Windows help (CHM) file"),
    (0, b"\x1f\x8b", "packed", "a file packed with gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "packed", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "packed", "a RAR archive"),
    (0, b"BZh", "packed", "a file packed with bzip2"),
    (0, b"\xfd7zXZ\x00", "packed", "a file packed with xz"),
    (0, b"\x28\xb5\x2f\xfd", "packed", "a file packed with Zstandard"),
    (257, b"ustar", "packed", "a tar archive"),
    (0, b"SQLite format 3\x00", "data-file", "a database"),
    (0, b"\x89PNG\r\n\x1a\n", "picture", "PNG"),
    (0, b"\xff\xd8\xff", "picture", "JPEG"),
    (0, b"GIF87a", "picture", "GIF"),
    (0, b"GIF89a", "picture", "GIF"),
    (8, b"WEBP", "picture", "WebP"),
    (4, b"ftypavif", "picture", "AVIF"),
    (4, b"ftypheic", "picture", "HEIC"),
    (0, b"II*\x00", "picture", "TIFF"),
    (0, b"MM\x00*", "picture", "TIFF"),
    (0, b"8BPS", "picture", "Photoshop"),
    (4, b"ftyp", "recording", "MP4"),
    (0, b"ID3", "recording", "MP3"),
    (0, b"OggS", "recording", "Ogg"),
    (0, b"fLaC", "recording", "FLAC"),
    (8, b"WAVEfmt", "recording", "WAV"),
    (0, b"\x1aE\xdf\xa3", "recording", "Matroska"),
    (0, b"\x7fELF", "data-file", "a program"),
    (0, b"MZ\x90\x00", "data-file", "a program"),
    (0, b"wOFF", "data-file", "a typeface"),
    (0, b"wOF2", "data-file", "a typeface"),
    (0, b"OTTO", "data-file", "a typeface"),
    (0, b"\x00\x01\x00\x00\x00", "data-file", "a typeface"),
    (0, b"bplist00", "not-read-yet", "a Safari web archive"),
)
_ZIP: Final = b"PK\x03\x04"
#: What a member at the start of a zip says about the document.
_IN_ZIP: Final = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "a slide show"),
    (b"mimetypeapplication/vnd.oasis.opendocument.", "a drawing"),
    (b"Index/Document.iwa", "a Pages document"),
    (b"index.apxl", "a Pages document"),
    (b"FixedDocSeq.fdseq", "a printed document (XPS)"),
    (b".scrivx", "a Scrivener project"),
    (b"xl/", "a spreadsheet"),
    (b"ppt/", "a slide show"),
)
#: Units: bytes at the end of a zip, which list what is in it.
_LIST: Final = 65_536
#: All that a busy archive sends in place of a page.
_BUSY: Final = re.compile(r"\s*retry later\.?\s*", re.IGNORECASE)
_XML_ROOT: Final = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_BINARY: Final = bytes([*range(7), 0x0E, 0x0F, *range(0x10, 0x1A), *range(0x1C, 0x20)])


def name_known_file(found: Found) -> Unreadable | None:
    """Why the bytes can hold no text, when their beginning tells what else they are."""
    data = found.data
    if not data:
        return refuse("empty")
    for place, signature, code, what in _SIGNATURES:
        if data.startswith(signature, place):
            return refuse(code, what=what) if what else refuse(code)
    if data.startswith(_ZIP):
        return _name_zip(data)
    if data.startswith(b"PK"):
        return refuse("damaged-zip", reason="it begins in the middle")
    return None


def name_data(found: Found) -> Unreadable | None:
    """Why the text is none that a person wrote to be read: blank, binary, JSON, XML."""
    text = found.text
    if not text.strip(" \t\n\r\ufeff\xa0\u200b"):
        return refuse("blank")
    if _BUSY.fullmatch(text[:100]):
        return refuse("no-story-retry-later")
    sample = found.data[:65536]
    strange = len(sample) - len(sample.translate(None, _BINARY))
    if not found.decoded.encoding.startswith("utf-") and strange > len(sample) // 50:
        return refuse("not-text")
    if found.decoded.marks > max(20, len(text) // 8):
        return refuse("not-text")
    start = text[:2000].lstrip()
    if start.startswith("<?xml"):
        root = _XML_ROOT.search(start)
        if root and root[1].lower() not in ("html", "body", "div", "p"):
            return refuse("data-file", what=f"an XML file ({root[1][:40]})")
    return None


def _name_zip(data: bytes) -> Unreadable:
    told = data[:4096] + data[-_LIST:]
    for mark, what in _IN_ZIP:
        if mark in told:
            return refuse("not-read-yet", what=what)
    return refuse("zip-without-book")
