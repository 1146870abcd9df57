"""E-books for Kindle, Palm and other devices, which Calibre turns into EPUB where it is there."""

from __future__ import annotations

import re
import struct
import tempfile
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from hogarth.intake.programs import find_program, run_program
from hogarth.intake.reading import Evidence, Found
from hogarth.intake.refusals import refuse

_PROGRAM: Final = "ebook-convert"
#: Where, which bytes, ending for Calibre, what it is.
_KINDS: Final = (
    (60, b"BOOKMOBI", ".mobi", "a Kindle (MOBI or AZW3) e-book"),
    (60, b"TEXtREAd", ".pdb", "a Palm e-book"),
    (60, b"PNRdPPrs", ".pdb", "an eReader (PDB) e-book"),
    (60, b"zTXTGPlm", ".pdb", "a Palm (zTXT) e-book"),
    (0, b"ITOLITLS", ".lit", "a Microsoft Reader (LIT) e-book"),
    (0, b"L\x00R\x00F\x00", ".lrf", "a Sony (LRF) e-book"),
    (0, b"\xb0\x0c\xb0\x0c\x02\x00", ".rb", "a Rocket e-book"),
)
#: The book stays as it is: no cover made, no sizes of type changed, cut only where it says so.
_OPTIONS: Final = (
    "--no-default-epub-cover",
    "--disable-font-rescaling",
    "--flow-size=0",
    "--chapter-mark=none",
    "--page-breaks-before=/",
)
#: Shape: a book in XML says so in its first element.
_FICTION_BOOK: Final = re.compile(rb"<FictionBook[\s>]")
_FICTION_BOOK_START: Final = 2_000
_FIRST_RECORD: Final = 78


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The signature of a kind of e-book that Calibre reads."""
    kind = _find_kind(found)
    return (Evidence("signature", kind[1]),) if kind else None


def convert(found: Found) -> Found:
    """The same book as an EPUB.

    Raises: Unreadable, when it is locked, Calibre is missing or cannot read it.
    """
    ending, what = _find_kind(found) or ("", "")
    if ending in (".mobi", ".pdb") and _is_locked(found.data, ending):
        raise refuse("drm")
    program = find_program(_PROGRAM)
    if program is None:
        raise refuse("needs-program", what=what, program="Calibre (Debian: apt install calibre)")
    with tempfile.TemporaryDirectory(prefix="hogarth-") as name:
        folder = Path(name)
        source, target = folder / f"book{ending}", folder / "book.epub"
        source.write_bytes(found.data)
        status = run_program(
            [program, str(source), str(target), *_OPTIONS],
            folder,
            found.limits,
            {
                "QT_QPA_PLATFORM": "offscreen",
                "CALIBRE_CONFIG_DIRECTORY": str(folder / "config"),
                "CALIBRE_TEMP_DIR": str(folder),
            },
        )
        if status or not target.is_file():
            raise refuse("program-failed", what=what, reason="Calibre cannot read it")
        if target.stat().st_size > found.limits.file_bytes:
            raise refuse("too-large", limit=found.limits.file_bytes >> 20)
        made = str(PurePath(found.name).with_suffix(".epub")) if found.name else "book.epub"
        return replace(found, name=made, data=target.read_bytes())


def _find_kind(found: Found) -> tuple[str, str] | None:
    for place, signature, ending, what in _KINDS:
        if found.data.startswith(signature, place):
            return ending, what
    start = found.data[:_FICTION_BOOK_START]
    if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") and _FICTION_BOOK.search(start):
        return ".fb2", "a FictionBook (FB2) e-book"
    return None


def _is_locked(data: bytes, ending: str) -> bool:
    """Whether the first record of a MOBI says that the text is encrypted.

    In a plain Palm text the same four bytes say how far it was read, which is never beyond its
    end.
    """
    try:
        (start,) = struct.unpack_from(">I", data, _FIRST_RECORD)
        length, _, place = struct.unpack_from(">III", data, start + 4)
    except struct.error:
        return False
    return bool(place >> 16) and (ending == ".mobi" or place > length)
