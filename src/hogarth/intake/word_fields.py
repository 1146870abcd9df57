"""Fields of Word: an instruction that is not shown, and its result, which is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hogarth.intake.symbols import is_symbol_face, read_symbols

_LINK: Final = re.compile(
    r'\s*HYPERLINK\s+(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]\S*))?', re.IGNORECASE
)
_PLACE: Final = re.compile(r'\\l\s+"?(?P<place>[^"\s]+)')
#: Results that are no text of the writer's.
_UNTOLD: Final = re.compile(r"\s*(?:TOC|INDEX|PAGE|NUMPAGES|PAGEREF|TC|XE)\b", re.IGNORECASE)
_SYMBOL: Final = re.compile(
    r'\s*SYMBOL\s+(?P<code>\d{1,5})(?:[^"]{0,40}\\f\s+"(?P<face>[^"]{1,60})")?', re.IGNORECASE
)
_LONGEST: Final = 4_000


def read_link(instruction: str) -> str:
    """The address in the instruction of a link, or ""."""
    found = _LINK.match(instruction[:_LONGEST])
    if found is None:
        return ""
    address = found["quoted"] or found["bare"] or ""
    place = _PLACE.search(instruction[:_LONGEST])
    return f"{address}#{place['place']}" if place else address


def is_untold(instruction: str) -> bool:
    """Whether the field's result is none of the writer's text: contents, page numbers."""
    return _UNTOLD.match(instruction) is not None


def read_symbol(instruction: str) -> str:
    """The sign that the instruction of a symbol asks for, or ""."""
    found = _SYMBOL.match(instruction[:_LONGEST])
    if found is None:
        return ""
    code = int(found["code"])
    if not 32 <= code < 0xFFFE:
        return ""
    face = found["face"] or ""
    return read_symbols(chr(code), face) if is_symbol_face(face) else chr(code)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows: bool = False
    href: str = ""
    untold: bool = False


class Fields:
    """The fields that are open, the innermost last; they may go on over paragraphs."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def is_hidden(self) -> bool:
        """Whether what comes now is an instruction or a result that is left out."""
        return any(field.untold or not field.shows for field in self._open)

    @property
    def href(self) -> str:
        return next((field.href for field in reversed(self._open) if field.href), "")

    def mark(self, kind: str) -> None:
        """Shape: `kind` “begin”, “separate” or “end”."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            field = self._open[-1]
            field.shows = True
            field.href = read_link(field.instruction)
            field.untold = is_untold(field.instruction)
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        if self._open and len(self._open[-1].instruction) < _LONGEST:
            self._open[-1].instruction += text
