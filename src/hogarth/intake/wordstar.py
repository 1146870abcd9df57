"""Documents of WordStar, which marked what it had set by the highest bit of a byte.

A line end that it made itself, which the next setting would move, is 0x8D and a line feed; the last
letter of a word may carry the bit; commands stand in lines that begin with a dot.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SOFT_BREAK: Final = re.compile(rb"[ \xa0]{0,200}\x8d\r?\n[ \xa0]{0,200}")
#: The same where a word was parted.
_SOFT_HYPHEN: Final = re.compile(rb"[-\x1e\x1f]?\x1f\x8d\r?\n[ \xa0]{0,200}")
_FLAGGED: Final = re.compile(rb"(?<=[A-Za-z])[\xc1-\xda\xe1-\xfa](?=[ \xa0\x8d\r\n.,;:!?\"')-]|\Z)")
_HIGH: Final = re.compile(rb"[\x80-\x8c\x8e-\x9f\xa1-\xff]")
_COMMAND: Final = re.compile(
    rb"^\.(?:av|bp|cp|cs|cw|df|dm|ef|fi|fm|fo|he|hm|if|ig|lh|ls|mb|mt|oc|oj|op|pa|pc|pl|pn|po|pr"
    rb"|ps|rm|rr|rv|sr|sv|uj|ul)\b[^\n]{0,120}\n",
    re.IGNORECASE | re.MULTILINE,
)
#: Bold, double strike, underline, superscript, subscript, strike, italic, and their like.
_PRINTING: Final = bytes([0x02, 0x04, 0x13, 0x14, 0x16, 0x18, 0x19, 0x0E, 0x01, 0x10, 0x1E])
_STRIPPED: Final = bytes.maketrans(bytes(range(0x80, 0x100)), bytes(range(0x80)))
_FEWEST: Final = 3
_FEWEST_FLAGGED: Final = 20
_SHARE: Final = 0.9


class Undone(NamedTuple):
    """Shape: `done` says what was undone, in words."""

    data: bytes
    done: str


def undo_wordstar(data: bytes) -> Undone | None:
    """The text as it was typed, paragraphs in one line, or None when WordStar did not write it."""
    total = data.count(b"\x8d")
    soft = data.count(b"\x8d\n") + data.count(b"\x8d\r\n")
    flagged = len(_FLAGGED.findall(data)) if soft or total == 0 else 0
    is_flagged = flagged >= _FEWEST_FLAGGED and flagged >= _SHARE * len(_HIGH.findall(data))
    is_soft = soft >= _FEWEST and soft >= _SHARE * total
    if not is_soft:
        return None
    done = [f"{soft:,} soft line ends of WordStar joined"]
    data, commands = _COMMAND.subn(b"", data)
    if commands:
        done.append(f"{commands} of its commands left out")
    data = _SOFT_HYPHEN.sub(b"", data)
    data = _SOFT_BREAK.sub(b" ", data)
    if is_flagged:
        data = data.translate(_STRIPPED)
        done.append(f"the highest bit of {flagged:,} letters cleared")
    before = len(data)
    data = data.translate(None, _PRINTING + b"\x1f")
    if len(data) < before:
        done.append(f"{before - len(data)} codes for printers left out")
    return Undone(data, ", ".join(done))
