"""Paragraphs that were lost: the plain rule, a break before every opening quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair

#: Where a speech can begin: behind the end of a sentence or of another speech.
_SPEECH: Final = re.compile(r"(?<=[.!?…”\"’—-])( +)(?=[“\"«„「])")
#: Units: words. Shorter texts may well be one paragraph.
_SHORT: Final = 300
_WORDS_A_LINE: Final = 400
_CERTAINTY: Final = 0.9


def find_breaks(draft: Draft) -> Iterator[Repair]:
    """A break before each opening quote of a text that is one long line."""
    text = draft.text
    if "paragraphs-lost" not in draft.problems and not is_flat(text):
        return
    inside = False
    at = 0
    for found in _SPEECH.finditer(text):
        if text[found.end()] == '"':
            # The same sign opens and closes: count those before it.
            inside = (text.count('"', at, found.start()) % 2 == 1) is not inside
            at = found.end()
            if inside:
                inside = not inside
                continue
            at = found.start()
        yield draft.propose("p-quote", "break", found.start(), found.end(), "\n\n", _CERTAINTY)


def is_flat(text: str) -> bool:
    """Whether a text is so long for its lines that it must have lost them."""
    words = text.count(" ")
    return words >= _SHORT and words > _WORDS_A_LINE * (1 + text.count("\n"))
