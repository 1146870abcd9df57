"""Quoted-printable text: what mail made of bytes beyond ASCII and of long lines.

Files are found in it without the headers that would say so, saved from mail programs that did not
undo it.
"""

from __future__ import annotations

import binascii
import re
from typing import Final

_SOFT_BREAK: Final = re.compile(rb"=[ \t]{0,40}\r?\n")
_ESCAPE: Final = re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]{0,40}\r?\n)")
#: Escapes that no other text has: an equals sign, a blank before a line end, a byte beyond ASCII.
_TELLING: Final = re.compile(rb"=(?:3[Dd]|20\r?\n|[89A-Fa-f][0-9A-Fa-f])")
_FEWEST: Final = 3
#: The share of equals signs that are escapes. In quoted-printable it is all; a rule drawn by a
#: program that quoted nothing may stand beside them.
_SHARE: Final = 0.9


def undo_quoted_printable(data: bytes) -> bytes | None:
    """The bytes that were meant, or None when these are not quoted-printable."""
    signs = data.count(b"=")
    if signs < _FEWEST:
        return None
    soft = len(_SOFT_BREAK.findall(data))
    telling = len(_TELLING.findall(data))
    if soft + telling < _FEWEST or not telling:
        return None
    if len(_ESCAPE.findall(data)) < _SHARE * signs:
        return None
    return binascii.a2b_qp(data)
