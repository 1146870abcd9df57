"""Characters that do not show and part words for a search: soft hyphens, zero-width blanks, marks.

A book that was typeset with soft hyphens in every second word is sound; so are joiners in scripts
and emoji that need them, and blanks without width where a line may break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Kind, Repair

_HINTS: Final = ("\u200b", "\ufeff", "\u200c", "\u200d")
#: Scripts that are written without blanks between words need the one without width.
_UNSPACED: Final = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u1aaf]")
_BREAKABLE: Final = frozenset("-‐–—/\\…_.@#&=?")
_UNSEEN: Final = re.compile("[\u200b\ufeff]+|(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])")
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])\u00ad+(?:[ \n](?=[a-zß-ÿ])|(?=[^\W\d_]))")
_SURE: Final = 0.97
_LIKELY: Final = 0.93
#: Units: characters. With more soft hyphens than one in so many the text was typeset.
_TYPESET: Final = 1_000


def find_unseen(draft: Draft) -> Iterator[Repair]:
    """Characters without width in and between words."""
    text = draft.text
    if text.isascii():
        return
    if "\u00ad" in text and text.count("\u00ad") <= 3 + len(text) // _TYPESET:
        for found in _HYPHEN.finditer(text):
            broken = found[0][-1].isspace()
            kind: Kind = "join" if found[0].endswith("\n") else "replace"
            certainty = _LIKELY if broken else _SURE
            yield draft.propose("e-hyphen", kind, *found.span(), "", certainty)
    if any(hint in text for hint in _HINTS):
        german = (draft.manuscript.language or "").startswith("de")
        for found in _UNSEEN.finditer(text):
            before, after = (
                text[max(0, found.start() - 1) : found.start()],
                text[found.end() : found.end() + 1],
            )
            # In German one parts letters that must not become one shape.
            parted = german and "\u200c" in found[0]
            if "\ufeff" in found[0] or not (parted or _is_meant(before, after)):
                yield draft.propose("e-unseen", "replace", *found.span(), "", _SURE)


def _is_meant(before: str, after: str) -> bool:
    if before in _BREAKABLE or after in _BREAKABLE:
        return True
    return _UNSPACED.match(before) is not None or _UNSPACED.match(after) is not None
