"""What holds inside of a group of an RTF and ends with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from hogarth.intake.runs import PLAIN, Style

#: Where text goes: to the story, nowhere, or to what a reader of this place keeps.
Place = Literal[
    "text", "nowhere", "fonts", "styles", "info", "instruction", "picture", "label", "shape"
]

#: Why text is not shown.
HIDDEN: Final = 1
DELETED: Final = 2


class ParagraphSetting(NamedTuple):
    """How a paragraph is set. Shape: `style` its number; `level` of an item, from 0."""

    style: int = 0
    rank: int = 0
    align: str = ""
    rtl: bool = False
    in_table: bool = False
    level: int = 0
    new_page: bool = False


@dataclass(slots=True)
class LinkField:
    """A field. Shape: `instruction` as far as it was read; `shown` whether it had a result."""

    instruction: str = ""
    shown: bool = False


@dataclass(slots=True)
class State:
    """Shape: `hidden` why text is not shown, or 0; `skip` so many characters stand for each in
    Unicode; `entry` of the properties; `beside` the place of the group around; `ends` is called
    when the group ends.
    """

    place: Place = "text"
    style: Style = PLAIN
    paragraph: ParagraphSetting = field(default_factory=ParagraphSetting)
    font: int = -1
    skip: int = 1
    hidden: int = 0
    field: LinkField | None = None
    entry: str = ""
    starred: bool = False
    beside: Place = "text"
    ends: Callable[[], None] | None = None
