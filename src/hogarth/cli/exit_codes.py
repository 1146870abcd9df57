"""What the command's exit code means."""

from __future__ import annotations

from typing import Final

from hogarth.errors import (
    Conflict,
    HogarthError,
    Invalid,
    NotFound,
    Refused,
    Unavailable,
    Unreadable,
)

LANDED: Final = 0
SOME_REFUSED: Final = 1
USED_WRONGLY: Final = 2
UNUSABLE: Final = 3
INTERRUPTED: Final = 130

#: Family of error → exit code.
OF_FAMILY: Final[dict[type[HogarthError], int]] = {
    Unreadable: SOME_REFUSED,
    NotFound: SOME_REFUSED,
    Refused: SOME_REFUSED,
    Conflict: SOME_REFUSED,
    Invalid: USED_WRONGLY,
    Unavailable: UNUSABLE,
}
