"""Errors in the reader's language, for values that carry a refusal instead of raising it."""

from __future__ import annotations

from django.utils.translation import gettext

from hogarth.errors import HogarthError


def translated(error: HogarthError) -> tuple[str, str | None]:
    """The message and the hint, None where there is none."""
    message, hint = (
        gettext(text) % error.values if text and error.values else text and gettext(text)
        for text in (error.msgid, error.hint_msgid)
    )
    return message, hint or None
