"""RTF as a row of tokens: groups, control words, bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

Kind = Literal["open", "close", "word", "symbol", "hex", "bytes"]

_TOKEN: Final = re.compile(
    rb"(?P<text>[^\\{}\r\n\x00]+)"
    rb"|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|(?P<brace>[{}])"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|[\r\n\x00]+|\\",
    re.DOTALL,
)


class Token(NamedTuple):
    """Shape: `name` of a control word or symbol; `number` its number or None; `data` bytes."""

    kind: Kind
    name: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN: Final = Token("open")
_CLOSE: Final = Token("close")


def read_tokens(data: bytes) -> Iterator[Token]:
    """The tokens in order. Line ends mean nothing and are left out; raw data comes as bytes."""
    place, end = 0, len(data)
    while place < end:
        found = _TOKEN.match(data, place)
        if found is None:
            place += 1
            continue
        place = found.end()
        kind = found.lastgroup
        if kind == "text":
            yield Token("bytes", data=found["text"])
        elif kind in ("word", "number"):
            name = found["word"].decode("ascii")
            number = int(found["number"]) if found["number"] else None
            if name == "bin" and number is not None and number > 0:
                yield Token("word", "bin", data=data[place : place + number])
                place += number
            else:
                yield Token("word", name, number)
        elif kind == "hex":
            yield Token("hex", data=bytes.fromhex(found["hex"].decode("ascii")))
        elif kind == "brace":
            yield _OPEN if found["brace"] == b"{" else _CLOSE
        elif kind == "symbol":
            yield Token("symbol", found["symbol"].decode("latin-1"))
