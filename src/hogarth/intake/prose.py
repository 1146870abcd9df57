"""From lines of plain text to canonical HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from hogarth.manuscript import clean

#: A paragraph without words keeps the distance that the writer set.
SPACER: Final = "<p>\u00a0</p>"


def print_paragraphs(paragraphs: Iterable[str]) -> str:
    """Canonical HTML of paragraphs. A newline inside one stays a line break; "" is a spacer."""
    return clean("\n".join(_print(paragraph) for paragraph in paragraphs))


def _print(paragraph: str) -> str:
    if not paragraph:
        return SPACER
    return f"<p>{escape(paragraph, quote=False).replace(chr(10), '<br>')}</p>"
