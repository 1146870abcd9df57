"""Rich text (RTF), as word processors and mail programs have written it for thirty years."""

from __future__ import annotations

import re
from typing import Final

from hogarth.intake.document import Document, read_document, tell_changes
from hogarth.intake.office_properties import state_properties
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.rtf_body import Body
from hogarth.intake.rtf_charsets import holds_raw_utf8

_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}\{\\rtf")


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The words that all rich text begins with."""
    if _START.match(found.data):
        return (Evidence("signature", "{\\rtf"),)
    return None


def read(found: Found) -> Reading:
    """The document as one work. One that breaks off is read as far as it goes."""
    document = Document()
    body = Body(document.pictures, raw_utf8=holds_raw_utf8(found.data))
    start = found.data.index(b"{")
    whole = body.read(found.data[start:] if start else found.data)
    document.blocks, document.notes = body.flow.finish(), body.flow.notes
    state_properties(document.facts, body.info)
    if not whole:
        document.problems.append(Problem("cut-off", "its groups are not closed"))
    counted = body.counted
    tell_changes(
        document,
        inserted=counted["revised"],
        deleted=counted["deleted"],
        comments=counted["annotation"],
    )
    return read_document(found, "rtf", document)
