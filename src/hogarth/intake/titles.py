"""Titles made from what a file is called."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import Final

_JOINTS: Final = re.compile(r"[_\s]+")
_DASHES: Final = re.compile(r"(?<=\w)-+(?=\w)")
_UNTITLED: Final = "Untitled"
#: Units: characters. A list shows a title whole, so that a longer one would be all of its page.
_LONGEST: Final = 500
_ALIKE: Final = 0.8


def title_from_name(name: str) -> str:
    """A title from a file name: without its ending, with blanks where names cannot have them."""
    stem = PurePath(name).stem if name else ""
    title = _JOINTS.sub(" ", stem).strip()
    if " " not in title:
        title = _DASHES.sub(" ", title)
    title = "".join(char for char in title if char.isprintable()).strip(" .")
    return title or _UNTITLED


def shorten_title(title: str) -> str:
    """The title as long as a list can show it; of a longer one the original has the rest."""
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"


def fold_title(title: str) -> str:
    """The letters and digits of a title alone, for telling whether two are the same."""
    return "".join(char for char in title.casefold() if char.isalnum())


def are_alike(one: str, other: str) -> bool:
    """Whether two titles are the same but for a slip: “Ch. 2: Fog” and “Chapter 2: Fog”."""
    first, second = fold_title(one[:_LONGEST]), fold_title(other[:_LONGEST])
    if not first or not second:
        return False
    if first == second:
        return True
    shorter, longer = sorted((len(first), len(second)))
    if longer > 2 * shorter or re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE
