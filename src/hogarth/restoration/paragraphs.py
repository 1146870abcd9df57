"""Paragraphs that were lost: the plain rule, a break before every opening quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair

#: Where a speech can begin: a blank behind the end of a sentence or of another speech.
_SPEECH: Final = re.compile(r"(?<=[.!?…”\"’—-])( +)(?=[“\"«„「])")
#: Units: words. A shorter block may well be one paragraph; a longer one must have lost some.
_FLAT: Final = 400
_CERTAINTY: Final = 0.9


def find_breaks(draft: Draft) -> Iterator[Repair]:
    """A break before each opening quote, in blocks too long for a paragraph."""
    text = draft.text
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = end if end >= 0 else len(text)
        if text.count(" ", start, end) >= _FLAT:
            yield from _find_speeches(draft, start, end)
        start = end + 2


def _find_speeches(draft: Draft, start: int, end: int) -> Iterator[Repair]:
    text = draft.text
    counted, quotes = start, 0
    for found in _SPEECH.finditer(text, start, end):
        if text[found.end()] == '"':
            # The same sign opens and closes: it opens after an even number of them.
            quotes += text.count('"', counted, found.end())
            counted = found.end()
            if quotes % 2:
                continue
        yield draft.propose(
            "p-quote", "break", found.start(), found.end(), "\n\n", _CERTAINTY, group="p"
        )
