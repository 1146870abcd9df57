"""The table of converters: files that hold a file of another kind, which is then read as that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hogarth.intake import calibre, mhtml
from hogarth.intake.reading import Evidence, Found


@dataclass(frozen=True, slots=True)
class Converter:
    """One kind of file that readers know in another form.

    Shape: `recognise` gives what it saw when the file is of its kind, else None; `convert` is then
    called once and gives what is to be read, or raises Unreadable.
    """

    name: str
    reads: str
    recognise: Callable[[Found], tuple[Evidence, ...] | None]
    convert: Callable[[Found], Found]


#: In order of trial. What a converter gives is never converted again.
CONVERTERS: Final[tuple[Converter, ...]] = (
    Converter(
        "calibre",
        "E-books for Kindle, Palm and other devices, through Calibre where it is installed.",
        calibre.recognise,
        calibre.convert,
    ),
    Converter(
        "mhtml",
        "Pages saved with their pictures as one file (MHTML), and mails.",
        mhtml.recognise,
        mhtml.convert,
    ),
)


def convert(found: Found) -> tuple[Found, tuple[Evidence, ...]]:
    """What is to be read in place of the file, and what was seen; mostly the file itself.

    Raises: Unreadable, when the file is one to convert and cannot be.
    """
    for converter in CONVERTERS:
        evidence = converter.recognise(found)
        if evidence is not None:
            made = converter.convert(found)
            return made, (Evidence("converted", converter.name), *evidence)
    return found, ()
