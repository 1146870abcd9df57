"""The families of errors: what happened, in a sentence, and what to do about it.

Message and hint are English msgids with `%(name)s` places; `values` fill them. The edges (web,
command) translate the msgid first and fill it afterwards, so that pure packages need no gettext.
"""

from __future__ import annotations

from typing import Final


class HogarthError(Exception):
    """Anything that goes wrong in a way a person can understand.

    Shape: `message` one full sentence; `hint` what to do next, or ""; `code` a stable short name
    for machines, in kebab-case, such as "no-story-in-page"; `values` fill both sentences.
    """

    code: str = "error"

    def __init__(
        self, message: str, hint: str = "", *, code: str = "", **values: str | float
    ) -> None:
        super().__init__(message, hint)
        self.msgid: Final = message
        self.hint_msgid: Final = hint
        self.values: Final = values
        if code:
            self.code = code

    @property
    def message(self) -> str:
        return self.msgid % self.values if self.values else self.msgid

    @property
    def hint(self) -> str:
        return self.hint_msgid % self.values if self.values else self.hint_msgid

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from reading processes to the one that imports."""
        return (_revive, (type(self), self.msgid, self.hint_msgid, self.code, dict(self.values)))


def _revive(
    family: type[HogarthError],
    message: str,
    hint: str,
    code: str,
    values: dict[str, str | float],
) -> HogarthError:
    return family(message, hint, code=code, **values)


class Unreadable(HogarthError):
    """The bytes hold no work that can be read; nothing was changed."""

    code = "unreadable"


class Invalid(HogarthError):
    """What was asked for makes no sense as it stands."""

    code = "invalid"


class NotFound(HogarthError):
    """There is no such thing, or the asker may not know of it: the same answer."""

    code = "not-found"


class Refused(HogarthError):
    """The asker is known, and may not do this."""

    code = "refused"


class Conflict(HogarthError):
    """Something else changed it meanwhile, or holds it."""

    code = "conflict"


class Unavailable(HogarthError):
    """The archive cannot do it now: locked, full, not set up, too new."""

    code = "unavailable"
