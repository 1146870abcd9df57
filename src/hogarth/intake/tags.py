"""Names of tags that archives have changed, and lists of tags written as one line."""

from __future__ import annotations

import re
from typing import Final

from hogarth.manuscript import Tag

#: Lower-case name → the name in use today.
_WARNINGS: Final = {
    "choose not to use archive warnings": "Creator Chose Not To Use Archive Warnings",
    "author chose not to use archive warnings": "Creator Chose Not To Use Archive Warnings",
    "creator chose not to use archive warnings": "Creator Chose Not To Use Archive Warnings",
    "underage": "Underage Sex",
}
#: Not the comma in “20,000 Leagues”.
_COMMA: Final = re.compile(r"\s*(?:,(?!\d{3}\b)|;)\s*")
#: A full stop at the end of a list, but not the one of an initial: “Harriet S.”
_STOP: Final = re.compile(r"(?<!\b\w)[ .]+$")


def unify_tag(kind: str, name: str) -> Tag:
    """The tag under the name in use today; other names stay in their author's wording."""
    if kind == "warning":
        name = _WARNINGS.get(name.casefold(), name)
    return Tag(kind, name)


def split_tags(kind: str, line: str) -> list[Tag]:
    """The tags of one line, in order, each once."""
    names = [strip_stop(part.strip()) for part in _COMMA.split(line)]
    return list(dict.fromkeys(unify_tag(kind, name) for name in names if name))


def strip_stop(name: str) -> str:
    """The name without the full stop that ends a list, but with the one of an initial."""
    return _STOP.sub("", name)
