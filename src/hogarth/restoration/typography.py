"""Signs of the typewriter where a printer has better ones. Offered, never done unasked.

All repairs of one kind are one group: a reader takes the quotes and leaves the dashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from hogarth.manuscript import guess_language
from hogarth.restoration.drafts import Draft
from hogarth.restoration.guarded import Guarded, is_in_address
from hogarth.restoration.repairs import Repair


class _Quotes(NamedTuple):
    """The quotation marks of a language, double and single."""

    opening: str
    closing: str
    single_opening: str = "‘"
    single_closing: str = "’"


_CURLY: Final = _Quotes("“", "”")
_LOW: Final = _Quotes("„", "“", "‚", "‘")
_LOW_HIGH: Final = _Quotes("„", "”", "‚", "’")
_POINTED: Final = _Quotes("«", "»", "„", "“")
#: By language. Others keep what they have.
_QUOTES: Final[dict[str, _Quotes]] = {
    **dict.fromkeys(("en", "ga", "cy", "tr", "vi", "id", "ms", "tl", "nl", "ko", "pt"), _CURLY),
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt"), _LOW),
    **dict.fromkeys(("pl", "ro", "hu", "hr", "sr"), _LOW_HIGH),
    **dict.fromkeys(("ru", "uk", "be"), _POINTED),
    **dict.fromkeys(("es", "it", "el", "ca", "gl", "no", "nb", "nn"), _Quotes("«", "»", "“", "”")),
    **dict.fromkeys(("sv", "fi"), _Quotes("”", "”", "’", "’")),
    "da": _Quotes("»", "«", "›", "‹"),
    "fr": _Quotes("«\u00a0", "\u00a0»", "“", "”"),
    "he": _Quotes("״", "״", "׳", "׳"),
}
#: Languages that are written with a blank before some signs, or without blanks at all.
_SPACED: Final = frozenset({"fr", "br"})
_UNSPACED: Final = frozenset({"zh", "ja", "th", "lo", "km", "my"})

_MEASURE: Final = re.compile(r"\d\s?['\"](?!s\b)(?=[\s\d.,;)x×]|$)")
_OPENING_AFTER: Final = "([{—–-/“‘«„…"
_ART: Final = re.compile(r"[^\w\s.,;:!?'\"“”‘’«»()…—–-]")
#: The share of signs that stand in no sentence above which a paragraph is a drawing or code.
_DRAWN: Final = 0.12
_CERTAINTY: Final[dict[str, float]] = {
    "t-quote": 0.8,
    "t-apostrophe": 0.85,
    "t-dash": 0.7,
    "t-dots": 0.7,
    "t-blanks": 0.6,
    "t-blank-before": 0.6,
    "t-blank-after": 0.5,
}


class _Change(NamedTuple):
    """A place and what a printer would set there."""

    start: int
    end: int
    after: str


def find_typewriting(draft: Draft) -> Iterator[Repair]:
    """What a printer would set otherwise, kind by kind."""
    text = draft.text
    language = (draft.manuscript.language or "").split("-")[0].lower()
    if not language and ('"' in text or "'" in text):
        language = guess_language(text) or ""
    addresses = "://" in text or "www." in text or "@" in text
    guarded: Guarded | None = None
    for code, find in _KINDS:
        for change in find(text, language):
            guarded = guarded or Guarded(draft)
            if guarded.holds(draft.locate(change.start, change.end)[0]):
                continue
            if not (addresses and is_in_address(text, change.start, change.end)):
                certainty = _CERTAINTY[code]
                yield draft.propose(code, "replace", *change, certainty, group=code)


def _paragraphs_with(text: str, sign: str) -> Iterator[tuple[int, int]]:
    """The places of the paragraphs of prose in which a sign stands."""
    at = text.find(sign)
    while at >= 0:
        start = text.rfind("\n\n", 0, at)
        start = 0 if start < 0 else start + 2
        end = text.find("\n\n", at)
        end = len(text) if end < 0 else end
        if len(_ART.findall(text, start, end)) <= _DRAWN * (end - start):
            yield start, end
        at = text.find(sign, end)


# --- quotes ---------------------------------------------------------------------------------------


def _find_quotes(text: str, language: str) -> Iterator[_Change]:
    quotes = _QUOTES.get(language)
    if quotes is None or '"' not in text:
        return
    for start, end in _paragraphs_with(text, '"'):
        if _MEASURE.search(text, start, end) or text.find('="', start, end) >= 0:
            continue
        yield from _pair(text, start, end, quotes)


def _pair(text: str, start: int, end: int, quotes: _Quotes) -> Iterator[_Change]:
    """The quotes of a paragraph, if opening and closing ones follow one another."""
    changes = []
    opened = False
    at = text.find('"', start, end)
    while at >= 0:
        before, after = text[at - 1 : at] if at > start else "", text[at + 1 : at + 2]
        opens = not before.strip() or (before in _OPENING_AFTER and after.isalnum())
        if quotes.opening != quotes.closing:
            if opens is opened or (opens and not after.strip()):
                return
            opened = not opened
        changes.append(_Change(at, at + 1, quotes.opening if opens else quotes.closing))
        at = text.find('"', at + 1, end)
    # A speech that goes on in the next paragraph is not closed.
    if not opened or text.startswith('"', end + 2):
        yield from changes


# --- apostrophes ----------------------------------------------------------------------------------

_INSIDE: Final = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
_CLIPPED: Final = re.compile(
    r"'(?<!\w')(?=(?:em|til|tis|twas|twere|cause|bout|round|kay|nother|n)\b|\d0s\b)"
    r"|'(?<=\Wn')(?!\w)",
    re.IGNORECASE,
)
_SINGLE: Final = re.compile(r"'(?<![\w'\"]')(?=\w)|'(?<=[,.!?…—–-]')(?!\w)")


def _find_apostrophes(text: str, language: str) -> Iterator[_Change]:
    quotes = _QUOTES.get(language)
    if quotes is None or "'" not in text:
        return
    sign = quotes.single_closing if language == "he" else "’"
    for start, end in _paragraphs_with(text, "'"):
        if _MEASURE.search(text, start, end):
            continue
        found = {match.start() for match in _INSIDE.finditer(text, start, end)}
        found.update(match.start() for match in _CLIPPED.finditer(text, start, end))
        for at in sorted(found):
            yield _Change(at, at + 1, sign)
        yield from _pair_single(text, start, end, quotes, found)


def _pair_single(
    text: str, start: int, end: int, quotes: _Quotes, taken: set[int]
) -> Iterator[_Change]:
    """Single quotes around speech: all of the paragraph's, one opening and one closing in turn."""
    places = [m.start() for m in _SINGLE.finditer(text, start, end) if m.start() not in taken]
    if len(places) % 2 or text.count("'", start, end) != len(places) + len(taken):
        return
    for opening, closing in zip(places[::2], places[1::2], strict=True):
        if not text[opening + 1].isalnum() or text[closing + 1 : closing + 2].isalnum():
            return
    for place, at in enumerate(places):
        yield _Change(at, at + 1, quotes.single_closing if place % 2 else quotes.single_opening)


# --- dashes and dots ------------------------------------------------------------------------------

_DASH: Final = re.compile(r"---?(?<![-<!]--)(?<![-<!]---)(?![->])")
_DOTS: Final = re.compile(r"\.\.\.(?<!\.\.\.\.)(?!\.)|\.(?: \.){2}(?! ?\.)")


def _find_dashes(text: str, _: str) -> Iterator[_Change]:
    if "--" not in text:
        return
    for start, end in _paragraphs_with(text, "--"):
        for match in _DASH.finditer(text, start, end):
            before, after = _around(text, match)
            # A line of its own, the start of a signature, the option of a command.
            alone = before.strip() == "" and before != " " and after.strip() == ""
            option = before == " " and after.islower() and text[match.start() - 2].isalnum()
            if alone or option:
                continue
            yield _Change(*match.span(), "—")


def _find_dots(text: str, _: str) -> Iterator[_Change]:
    if ".." not in text and ". ." not in text:
        return
    for match in _DOTS.finditer(text):
        before, after = _around(text, match)
        if before not in "\n/\\" or after not in "\n/\\":
            yield _Change(*match.span(), "…")


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The characters before and after; "" at the ends of the text."""
    return text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]


# --- blanks ---------------------------------------------------------------------------------------

#: Units: characters to both sides, of which most are letters where somebody writes prose.
_NEAR: Final = 20
_WIDE: Final = re.compile("(?:  |\u00a0 | \u00a0|\u00a0\u00a0)[ \u00a0]*")
_BEFORE: Final = re.compile(r"[,.!?;](?<=\w [,.!?;])(?=[\s\"”’]|$)")
_UNPARTED: Final = re.compile(
    r"[.!?,](?:(?<=[a-z]{2}[.!?])(?=[A-Z][a-z])|(?<=[A-Za-z][a-z],)(?=[a-z]{2}))"
)


def _find_wide_blanks(text: str, _: str) -> Iterator[_Change]:
    if "  " not in text and "\u00a0" not in text:
        return
    for match in _WIDE.finditer(text):
        before, after = _around(text, match)
        # More than a few blanks stand in a table or a drawing.
        sides = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        prose = 2 * sum(map(str.isalpha, sides)) > len(sides)
        if before.strip() and after.strip() and prose and match.end() - match.start() <= 3:
            yield _Change(*match.span(), " ")


def _find_blanks_before(text: str, language: str) -> Iterator[_Change]:
    if not language or language in _SPACED or language in _UNSPACED:
        return
    for match in _BEFORE.finditer(text):
        yield _Change(match.start() - 1, match.start(), "")


def _find_missing_blanks(text: str, language: str) -> Iterator[_Change]:
    if language in _UNSPACED:
        return
    for match in _UNPARTED.finditer(text):
        if not is_in_address(text, *match.span()):
            yield _Change(match.start(), match.end(), f"{match[0]} ")


_KINDS: Final[tuple[tuple[str, Callable[[str, str], Iterator[_Change]]], ...]] = (
    ("t-quote", _find_quotes),
    ("t-apostrophe", _find_apostrophes),
    ("t-dash", _find_dashes),
    ("t-dots", _find_dots),
    ("t-blanks", _find_wide_blanks),
    ("t-blank-before", _find_blanks_before),
    ("t-blank-after", _find_missing_blanks),
)
