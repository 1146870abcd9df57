"""Control characters in text: what each was for, and a mark where that cannot be told."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MARK: Final = "\ufffd"

_PADDING: Final = re.compile(rb"\x00{2,}|\x00(?=[\r\n]|\Z)")
_WIDE_PIECE: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e]\x00){4,}|(?:\x00[\t\n\r\x20-\x7e]){4,}")
#: Underlined or printed twice, as typewriters did it.
_OVERSTRUCK: Final = re.compile("_\x08([^\n\x08_])|([^\n\x08])\x08(?:_|\\2)")
#: Colours and cursor movements of terminals.
_TERMINAL: Final = re.compile("\x1b\\[[0-9;?]{0,20}[A-Za-z]")
_STRAY: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROLS: Final = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])


class Settled(NamedTuple):
    """Shape: `marks` how many U+FFFD were put in; `done` what else was done, in words."""

    text: str
    marks: int
    done: list[str]


def has_controls(data: bytes) -> bool:
    """Whether any byte is a control character other than tab and line ends."""
    return len(data.translate(None, _CONTROLS)) != len(data)


def settle_zeros(data: bytes) -> tuple[bytes, list[str]]:
    """Bytes without the zeros that carry no text, and what was done, in words."""
    done: list[str] = []
    pieces = 0

    def narrow(found: re.Match[bytes]) -> bytes:
        nonlocal pieces
        pieces += 1
        return found[0].replace(b"\x00", b"")

    data = _WIDE_PIECE.sub(narrow, data)
    if pieces:
        done.append(f"{pieces} {'piece' if pieces == 1 else 'pieces'} in UTF-16")
    zeros = data.count(b"\x00")
    data = _PADDING.sub(b"", data)
    padding = zeros - data.count(b"\x00")
    if padding:
        done.append(f"{padding:,} zero bytes of padding left out")
    return data, done


def settle_controls(text: str) -> Settled:
    """Page and line feeds become newlines, an end-of-file mark ends the text, others are marked."""
    done: list[str] = []
    text = text.rstrip("\x00\x1a").replace("\x0b", "\n").replace("\x0c", "\n\n")
    if "\x08" in text:
        text, struck = _OVERSTRUCK.subn(_read_overstruck, text)
        if struck:
            done.append(f"{struck:,} overstruck characters read once")
    if "\x1b" in text:
        text, moves = _TERMINAL.subn("", text)
        if moves:
            done.append(f"{moves:,} codes for terminals left out")
    text, marks = _STRAY.subn(MARK, text)
    return Settled(text, marks, done)


def _read_overstruck(found: re.Match[str]) -> str:
    return found[1] or found[2]
