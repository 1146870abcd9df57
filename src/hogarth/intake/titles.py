"""Titles made from what a file is called."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

_JOINTS: Final = re.compile(r"[_\s]+")
_DASHES: Final = re.compile(r"(?<=\w)-+(?=\w)")
_UNTITLED: Final = "Untitled"


def title_from_name(name: str) -> str:
    """A title from a file name: without its ending, with blanks where names cannot have them."""
    stem = PurePath(name).stem if name else ""
    title = _JOINTS.sub(" ", stem).strip()
    if " " not in title:
        title = _DASHES.sub(" ", title)
    title = "".join(char for char in title if char.isprintable()).strip(" .")
    return title or _UNTITLED


def fold_title(title: str) -> str:
    """The letters and digits of a title alone, for telling whether two are the same."""
    return "".join(char for char in title.casefold() if char.isalnum())
