"""Word documents of Word 6 to 2003 (DOC), and what else comes in the same kind of file."""

from __future__ import annotations

from typing import Final

from hogarth.intake.doc_body import Body
from hogarth.intake.doc_file import open_word
from hogarth.intake.document import Document, read_document, tell_changes
from hogarth.intake.office_properties import state_properties
from hogarth.intake.ole import SIGNATURE, CompoundFile
from hogarth.intake.ole_properties import STREAM, read_summary
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse

_TEXT: Final = "WordDocument"
#: What a file holds → what it is. The first row that fits wins.
_OTHERS: Final = (
    ("Workbook", "data-file", "a spreadsheet"),
    ("Book", "data-file", "a spreadsheet"),
    ("PowerPoint Document", "data-file", "a slide show"),
    ("__properties_version1.0", "not-read-yet", "a mail saved by Outlook"),
    ("StarWriterDocument", "not-read-yet", "a StarWriter document"),
    ("MatOST", "not-read-yet", "a Microsoft Works document"),
    ("MN0", "not-read-yet", "a Microsoft Works document"),
    ("Quill", "not-read-yet", "a Publisher document"),
    ("PerfectOffice_MAIN", "not-read-yet", "a WordPerfect document"),
    ("BodyText", "not-read-yet", "a Hangul document"),
    ("VisioDocument", "data-file", "a drawing"),
)


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The signature that documents of Office share until 2003."""
    if found.data.startswith(SIGNATURE):
        return (Evidence("signature", "a document of Office as it was until 2003"),)
    return None


def read(found: Found) -> Reading:
    """The document as one work.

    Raises: Unreadable, when it is locked or damaged, or no document of Word.
    """
    file = CompoundFile(found.data)
    if _TEXT not in file.names:
        if "EncryptedPackage" in file.names:
            raise refuse("locked-document")
        for name, code, what in _OTHERS:
            if name in file.names:
                raise refuse(code, what=what)
        raise refuse("not-read-yet", what="a document of an old program")
    document = Document()
    body = Body(open_word(file), file.read("Data"), document.pictures)
    document.blocks = body.read()
    document.notes = body.notes
    state_properties(document.facts, read_summary(file.read(STREAM)))
    tell_changes(document, inserted=body.inserted, deleted=body.deleted, comments=0)
    return read_document(found, "doc", document)
