"""Apostrophes, quotes and dashes that all became one sign: `?I don?t know,? she said`.

Where each stood tells what it was. A paragraph in which openings and closings do not follow one
another as they should is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from hogarth.restoration.apostrophes import (
    BEFORE_OPENING,
    BEHIND_CLOSING,
    CLIPPED,
    ENDED,
    EVIDENT,
    GUESSED,
    LIKELY,
    OFFERED,
    SURE,
    Mark,
    around,
    count_sure,
    find_apostrophes,
    propose,
)
from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair


class _Sign(NamedTuple):
    """What all marks became.

    Shape: `pattern` an expression; `never` when no sound text has the sign; `inside` when it was
    a mark for sure, and no accented letter.
    """

    hint: str
    code: str
    pattern: str
    never: bool = False
    inside: bool = False


_SIGNS: Final = (
    _Sign("â", "e-unknown", r"â(?:\?\?|\ufffd\ufffd|\?\ufffd|\ufffd\?)", never=True, inside=True),
    _Sign("\ufffd", "e-unknown", "(?:\ufffd){1,3}", never=True),
    _Sign("ï¿½", "e-unknown", "(?:ï¿½|Ã¯Â¿Â½){1,3}", never=True),
    _Sign("???", "e-question", r"\?\?\?"),
    _Sign("?", "e-question", r"\?"),
    _Sign("â", "e-unknown", r"â(?![?\ufffd])"),
)
_BORROWED: Final = (
    "café cafés fiancé fiancée fiancés cliché clichés clichéd naïve naïvely naïveté façade façades "
    "soufflé touché risqué décor déjà protégé protégée crème brûlée señor señora señorita jalapeño "
    "piñata mañana purée sauté sautéed blasé passé attaché communiqué entrée soirée matinée über"
)
#: Words that English has borrowed, by how they look without their marks.
_LOANWORDS: Final = {re.sub("[^a-z]", "\ufffd", word): word for word in _BORROWED.split()}
_MARKED_WORD: Final = re.compile(r"[A-Za-z]{0,12}\ufffd[A-Za-z\ufffd]{0,12}")


def find_lost_marks(draft: Draft) -> Iterator[Repair]:
    """Apostrophes, quotes and dashes behind the one sign they became."""
    for sign in _SIGNS:
        if sign.hint in draft.text:
            marks = list(_read_sign(draft.text, sign))
            if marks:
                yield from propose(draft, sign.code, marks)


def _read_sign(text: str, sign: _Sign) -> Iterator[Mark]:
    letters = list(_find_loanwords(text)) if sign.hint == "\ufffd" else []
    known = {mark.start for mark in letters}
    yield from letters
    found = find_apostrophes(text, sign.pattern, inside=sign.inside)
    apostrophes = [mark for mark in found if mark.start not in known]
    yield from apostrophes
    evidence = count_sure(apostrophes)
    if evidence or sign.never or text.count(",?") > 1:
        known.update(mark.start for mark in apostrophes)
        yield from _find_quotes(text, sign, evidence, known)


def _find_loanwords(text: str) -> Iterator[Mark]:
    for found in _MARKED_WORD.finditer(text):
        word = _LOANWORDS.get(found[0].lower(), "")
        for at, (shown, letter) in enumerate(zip(found[0], word, strict=False)):
            if shown == "\ufffd":
                yield Mark(found.start() + at, found.start() + at + 1, letter, LIKELY)


# --- what each sign is by where it stands ---------------------------------------------------------


class _Place(NamedTuple):
    """A sign and what it may be: an opening, a closing, a weak one (“boys” too), or another."""

    start: int
    end: int
    kind: str
    paragraph: int


def _find_quotes(text: str, sign: _Sign, evidence: int, known: set[int]) -> Iterator[Mark]:
    places = []
    paragraph = at = 0
    for match in re.finditer(sign.pattern, text):
        paragraph += text.count("\n\n", at, match.start())
        at = match.start()
        if at in known:
            continue
        before, after = around(text, match)
        if after and not before.isalnum() and CLIPPED.match(text, match.end()):
            certainty = LIKELY if evidence >= EVIDENT else OFFERED
            yield Mark(*match.span(), "’", certainty)
            continue
        kind = _judge(before, after, loose=sign.never and evidence > 0)
        if kind or sign.never or evidence >= EVIDENT:
            places.append(_Place(*match.span(), kind, paragraph))
    quotes = [place for place in places if place.kind]
    commas = sum(text[p.start - 1] == "," for p in quotes if p.kind == "closing")
    openings = sum(place.kind == "opening" for place in quotes)
    clear = evidence >= EVIDENT or ((evidence > 0 or sign.never) and commas > 0)
    if clear or (evidence and openings) or (openings >= EVIDENT and commas > 1):
        yield from _read_paragraphs(quotes, LIKELY if clear else OFFERED, text)
    for place in places:
        if not place.kind:
            yield from _guess(text, place, evidence)


def _judge(before: str, after: str, *, loose: bool) -> str:
    if (not before.strip() or before in BEFORE_OPENING) and (after.isalnum() or after in "…."):
        return "opening" if after else ""
    if (after.strip() and after not in BEHIND_CLOSING) or not before.strip():
        return ""
    if before in ENDED:
        return "closing"
    return "weak" if loose and before.isalnum() else ""


def _guess(text: str, place: _Place, evidence: int) -> Iterator[Mark]:
    """What a sign was that is no quote: offered, but for names."""
    before, after = text[max(0, place.start - 1) : place.start], text[place.end : place.end + 1]
    if before == " " and after == " ":
        yield Mark(place.start, place.end, "–", OFFERED)
    elif before in ("O", "D") and after.isupper():
        yield Mark(place.start, place.end, "’", SURE)
    elif evidence and before.islower() and after.islower():
        yield Mark(place.start, place.end, "—", GUESSED)


# --- quotes that follow one another ---------------------------------------------------------------


def _read_paragraphs(places: list[_Place], certainty: float, text: str) -> Iterator[Mark]:
    paragraphs = [list(group) for _, group in groupby(places, key=lambda place: place.paragraph)]
    for here, following in pairwise([*paragraphs, []]):
        speaks_on = (
            bool(following)
            and following[0].kind == "opening"
            and following[0].paragraph == here[0].paragraph + 1
            and text[following[0].start - 1] == "\n"
        )
        yield from _read_paragraph(here, certainty, speaks_on=speaks_on)


def _read_paragraph(places: list[_Place], certainty: float, *, speaks_on: bool) -> Iterator[Mark]:
    """The quotes of a paragraph, speech by speech; one inside of another is single."""
    speech: list[Mark] = []
    stack: list[_Place] = []
    doubtful = False
    for place, following in pairwise([*places, None]):
        if place is None:
            continue
        if place.kind == "opening":
            if not stack:
                yield from _doubt(speech, doubtful)
                speech, doubtful = [], False
            stack.append(place)
        elif place.kind == "weak" and following is not None and following.kind != "opening":
            # An apostrophe behind a plural, or a closing quote: the stronger one comes yet.
            speech.append(Mark(place.start, place.end, "’", OFFERED))
        elif stack:
            start = stack.pop()
            opened, closed = ("‘", "’") if stack else ("“", "”")
            speech.append(Mark(start.start, start.end, opened, certainty))
            speech.append(Mark(place.start, place.end, closed, certainty))
            doubtful = doubtful or len(stack) > 1
        else:
            doubtful = True
    if len(stack) == 1 and not speech and speaks_on:
        yield Mark(stack[0].start, stack[0].end, "“", certainty)
    else:
        left = [Mark(place.start, place.end, "“", OFFERED) for place in stack]
        yield from _doubt([*speech, *left], doubtful or bool(stack))


def _doubt(marks: list[Mark], doubtful: bool) -> Iterator[Mark]:
    for mark in marks:
        yield mark._replace(certainty=min(mark.certainty, OFFERED)) if doubtful else mark
