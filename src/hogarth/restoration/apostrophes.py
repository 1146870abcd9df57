"""Apostrophes that became another sign: a contraction gives the sign away.

`don?t`, `it�s`, `isnÕt`: no sound word of English holds such a sign there, and it can have been
nothing but an apostrophe. What is found here is the evidence for all other marks of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from hogarth.restoration.drafts import Draft
from hogarth.restoration.guarded import Guarded, is_in_address, is_mentioned
from hogarth.restoration.repairs import Repair

SURE: Final = 0.97
LIKELY: Final = 0.92
OFFERED: Final = 0.7
GUESSED: Final = 0.5
#: So many sure contractions in a chapter leave no doubt.
EVIDENT: Final = 3
#: What stands behind the end of a speech's words, before its closing quote.
ENDED: Final = ",.!?…—–-"
#: What may stand before an opening quote other than a blank, and behind a closing one.
BEFORE_OPENING: Final = "([—–-/"
BEHIND_CLOSING: Final = ".,;:!?)]—–-"

_SUFFIX: Final = r"(t|s|d|m|ll|re|ve|clock)\b(?![=/])"
_NEGATED: Final = re.compile(
    r"\b(?:do|does|did|is|are|was|were|have|has|had|ca|wo|would|could|should|must|need|ai|might|sha"
    r"|dare|ought|may)n\Z",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"\b(?:i|you|he|she|it|we|they|that|there|this|what|who|where|how|why|when|here|let|someone"
    r"|somebody|everyone|everybody|everything|nobody|nothing)\Z",
    re.IGNORECASE,
)
_HOUR: Final = re.compile(r"\bo\Z", re.IGNORECASE)
_BEFORE: Final = {"t": _NEGATED, "clock": _HOUR}
#: Units: characters. No such word is longer.
_LONGEST: Final = 12
#: Words that have lost their beginning.
CLIPPED: Final = re.compile(
    r"(?:em|tis|twas|twere|til|till|cause|bout|kay|cept|nother)\b|\d0s\b", re.IGNORECASE
)


class Mark(NamedTuple):
    """A place, what stood there, and how certain that is."""

    start: int
    end: int
    after: str
    certainty: float


def find_apostrophes(text: str, sign: str, *, inside: bool) -> list[Mark]:
    """Contractions with `sign`, an expression, for their apostrophe.

    Shape: SURE ones are those that English is known to have; others are as certain as these are
    many. `inside`: the sign can be nothing else behind a small letter.
    """
    found = []
    for match in re.finditer(f"{sign}{_SUFFIX}", text):
        before = text[max(0, match.start() - _LONGEST) : match.start()]
        if before[-1:].isalpha():
            known = _BEFORE.get(match[1], _PRONOUN).search(before) is not None
            sure = known or (inside and before[-1].islower() and match[1] != "clock")
            found.append((match.start(), match.start(1), sure))
    sure = sum(known for _, _, known in found)
    other = LIKELY if sure >= EVIDENT - 1 else OFFERED
    return [Mark(start, end, "’", SURE if known else other) for start, end, known in found if sure]


def count_sure(marks: Iterable[Mark]) -> int:
    """How many marks are evidence for others."""
    return sum(mark.certainty >= SURE for mark in marks)


def around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The characters before and behind a match; "" at the ends of the text."""
    return text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]


def propose(draft: Draft, code: str, marks: list[Mark]) -> Iterator[Repair]:
    """The repairs of some marks, but for those in code and addresses."""
    guarded = Guarded(draft) if marks else None
    text = draft.text
    for mark in marks:
        start, end = mark.start, mark.end
        if is_in_address(text, start, end) or (
            guarded and guarded.holds(draft.locate(start, end)[0])
        ):
            continue
        few = len(marks) < EVIDENT and is_mentioned(text, start, end)
        certainty = min(mark.certainty, GUESSED) if few else mark.certainty
        yield draft.propose(code, "replace", start, end, mark.after, certainty)
