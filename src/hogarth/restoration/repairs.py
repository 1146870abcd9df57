"""A repair: one place in a text as it was read, what is wrong there, and what should stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from hogarth.errors import Invalid

Kind = Literal["replace", "break", "join", "scene-break", "move"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

#: Where moved words can go: fields of the work, and of the chapter they stood in.
FIELDS: Final = (
    "title", "author", "summary", "notes", "end_notes",
    "chapter_title", "chapter_notes", "chapter_end_notes",
)  # fmt: skip
#: A repair at least so certain is applied without being asked for.
APPLIED: Final = 0.9


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair.

    Shape: `code` a key of CODES; `chapter` the index of the chapter; `start` and `end` in the plain
    text of that chapter as it was read; `before` what stands there; `after` what shall: for a
    “break” the break itself, for a “move” what goes into `field`. `certainty` 0 to 1. Repairs of
    one `group` are done and undone together.
    """

    code: str
    kind: Kind
    chapter: int
    start: int
    end: int
    before: str
    after: str
    certainty: float
    field: str = ""
    group: str = ""

    @property
    def key(self) -> str:
        """What tells this repair from all others of its chapter, from newer rules too."""
        return f"{self.code}:{self.start}-{self.end}"

    @property
    def is_applied(self) -> bool:
        """Whether it is done unless somebody says otherwise."""
        return self.certainty >= APPLIED


def to_row(repair: Repair) -> dict[str, Any]:
    """The repair as plain values for `json.dumps`."""
    return asdict(repair)


def from_row(row: Mapping[str, Any]) -> Repair:
    """The repair that `to_row` wrote. Raises: Invalid, naming what is wrong with it."""
    try:
        repair = Repair(**row)
    except TypeError:
        raise _invalid("its fields are not those of a repair") from None
    whole = all(isinstance(n, int) for n in (repair.chapter, repair.start, repair.end))
    if not whole or not 0 <= repair.start <= repair.end or repair.chapter < 0:
        raise _invalid("its place is none")
    if repair.kind not in KINDS or (repair.kind == "move" and repair.field not in FIELDS):
        raise _invalid("its kind is not known")
    return repair


def _invalid(reason: str) -> Invalid:
    return Invalid(
        "This repair cannot be read: %(reason)s.",
        "It may come from a newer version of Hogarth.",
        code="bad-repair",
        reason=reason,
    )
