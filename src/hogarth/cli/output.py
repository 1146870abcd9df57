"""What the command writes: lines, tables, JSON. Nothing written can steer the terminal.

Titles and file names come from strangers: whatever would move the cursor, colour the screen or
turn the direction of writing is taken out before it is shown.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, TextIO

from hogarth.cli.words import told
from hogarth.errors import HogarthError

#: Control characters but newline, directions of writing, and halves of surrogate pairs.
_UNSAFE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: What JSON allows as it is, and a reader of lines or a terminal stumbles over.
_UNSAFE_IN_JSON: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def printable(text: str) -> str:
    """The text without what would steer a terminal; newlines stay, other controls go."""
    return _UNSAFE.sub(lambda found: " " if found[0] in "\t\r" else "", text)


def one_line(text: str) -> str:
    """The text fit for one line of a list."""
    return " ".join(printable(text.replace("\n", " ")).split())


def say(text: str = "", *, to: TextIO | None = None) -> None:
    """Write text and a newline to stdout, or `to` another stream."""
    stream = to or sys.stdout
    line = printable(text) + "\n"
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "replace").decode(encoding))


def say_json(record: dict[str, Any]) -> None:
    """Write one object as one line of UTF-8, whatever the terminal's own encoding is."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    line = _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    say_bytes(line.encode() + b"\n")


def say_bytes(data: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def complain(error: HogarthError) -> None:
    """Tell on stderr what happened and what to do."""
    message, hint = told(error)
    say(f"hogarth: {message}", to=sys.stderr)
    if hint:
        say(f"  {hint}", to=sys.stderr)


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    to: TextIO | None = None,
) -> None:
    """Write rows in columns to stdout, or `to` another stream; on a terminal they fit its width.

    Shape: `numbers` are the indexes of columns set flush right.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for index, heading in enumerate(headings):
        right = index in numbers
        shown.add_column(
            Text(heading), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in rows:
        shown.add_row(*(Text(one_line(cell)) for cell in row))
    # A file or a pipe has no width: each row stays one line there.
    stream = to or sys.stdout
    width = None if stream.isatty() else 10_000
    console = Console(width=width, highlight=False)
    with console.capture() as captured:
        console.print(shown)
    for line in captured.get().splitlines():
        stream.write(_encodable(line.rstrip(), stream) + "\n")


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
