"""Which old character set fits some bytes: every candidate is tried and its text is rated.

A rating asks of each character that is not ASCII whether a writer would have put it there: is the
letter common, does it stand among letters of its own script, is its case possible, does the quote
open before a word and close after one? What each answer is worth stands in `letters`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from hogarth.intake.frequent import ALPHABETS
from hogarth.intake.letters import weigh
from hogarth.intake.loanwords import LOANWORDS


class Candidate(NamedTuple):
    """Shape: `codec` Python's name; `prior` how unlikely it is before the bytes are looked at.

    A prior is worth as much as so many letters that fit, so that a handful of odd bytes is read
    in the commonest way and a page of them in the one that fits.
    """

    label: str
    codec: str
    prior: float


#: The first of equals wins.
CANDIDATES: Final = (
    Candidate("windows-1252", "cp1252", 0.0),
    Candidate("windows-1251", "cp1251", 1.5),
    Candidate("shift_jis", "cp932", 1.5),
    Candidate("gb18030", "gb18030", 1.5),
    Candidate("big5", "big5hkscs", 1.6),
    Candidate("euc-kr", "cp949", 1.6),
    Candidate("euc-jp", "euc_jp", 1.6),
    Candidate("ibm437", "cp437", 0.8),
    Candidate("ibm850", "cp850", 0.85),
    Candidate("mac-roman", "mac_roman", 1.0),
    Candidate("koi8-r", "koi8_r", 1.7),
    Candidate("windows-1250", "cp1250", 1.4),
    Candidate("windows-1255", "cp1255", 1.8),
    Candidate("windows-1253", "cp1253", 1.8),
    Candidate("windows-1254", "cp1254", 1.6),
    Candidate("windows-1256", "cp1256", 3.0),
    Candidate("windows-1258", "cp1258", 2.0),
    Candidate("windows-874", "cp874", 2.0),
    Candidate("ibm866", "cp866", 1.8),
    Candidate("iso-8859-2", "iso8859_2", 1.9),
    Candidate("koi8-u", "koi8_u", 1.9),
    Candidate("ibm852", "cp852", 2.0),
    Candidate("iso-8859-7", "iso8859_7", 2.0),
    Candidate("iso-8859-5", "iso8859_5", 2.2),
    Candidate("x-mac-cyrillic", "mac_cyrillic", 2.2),
    Candidate("iso-8859-6", "iso8859_6", 2.2),
    Candidate("windows-1257", "cp1257", 2.4),
    Candidate("ibm862", "cp862", 2.2),
)
CODECS: Final = {candidate.label: candidate.codec for candidate in CANDIDATES}

_WIDE: Final = frozenset({"cp932", "gb18030", "big5hkscs", "cp949", "euc_jp"})

#: Units: bytes. The first look drops what cannot be; the second tells the rest apart.
_FIRST_LOOK: Final = 2_000
_SAMPLE_BYTES: Final = 16_000
_MIDDLE: Final = 2_000
#: A text that reads no better than this as a whole may be of several sets.
_DOUBTFUL: Final = 0.3
_MOST_LINES: Final = 60
_STILL_IN: Final = 6
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_LINE_END: Final = re.compile(rb"[\r\n]")
_MARKED_WORD: Final = re.compile("[A-Za-z]*[\u00c0-\u024f][A-Za-z\u00c0-\u024f]*")
_OTHER_ALPHABET: Final = re.compile("[\u0370-\u052f\u05d0-\u05ea\u0620-\u06ff\u0e01-\u0e4e]")
_MIXED: Final = 1.5
#: What a word that English has borrowed is worth, with its mark in place.
_LOANWORD: Final = 1.5
#: What a word with a mark costs in an English text that is none of these.
_UNKNOWN: Final = 0.6
_ENGLISH: Final = re.compile(
    rb"\b(?:the|and|of|to|was|you|that|she|her|his|is|it|with|he|said)\b", re.IGNORECASE
)
#: In what English was kept, and what a reading as anything else must be better by.
_ENGLISH_CODECS: Final = frozenset({"cp1252", "mac_roman", "cp437", "cp850"})
_FOREIGN: Final = 3.0
#: What a letter costs that the language of the others does not have.
_STRANGER: Final = 1.0
#: Units: words. More are no better witness.
_MOST_LOANWORDS: Final = 12


class Rating(NamedTuple):
    """Shape: `total` over `seen` characters that are not ASCII; a wide one counts twice."""

    total: float
    seen: int

    @property
    def mean(self) -> float:
        return self.total / self.seen if self.seen else 0.0


def guess_charset(data: bytes) -> tuple[str, float]:
    """The label of the candidate that fits best, and its mean rating: 1 is sure, below 0 is not."""
    english = is_english(data)
    sample = _sample(data, _SAMPLE_BYTES)
    left: Iterable[Candidate] = CANDIDATES
    if len(sample) > 2 * _FIRST_LOOK:
        left = _rank(_sample(data, _FIRST_LOOK), CANDIDATES, english)[:_STILL_IN]
    best = _rank(sample, left, english)[0]
    if _rate(sample, best.codec, english).mean < _DOUBTFUL:
        best = _vote(sample, english)
    return best.label, _rate(sample, best.codec, english).mean


def _vote(sample: bytes, english: bool) -> Candidate:
    """The candidate in which most lines read well, where some are in other sets."""
    lines = sample.split(b"\n")[:_MOST_LINES]

    def count(candidate: Candidate) -> float:
        ratings = (_rate(line, candidate.codec, english) for line in lines)
        total = sum(max(-0.3 * rating.seen, rating.total) for rating in ratings)
        return total - candidate.prior - (_FOREIGN if _is_foreign(candidate, english) else 0.0)

    return max(CANDIDATES, key=count)


def _is_foreign(candidate: Candidate, english: bool) -> bool:
    return english and candidate.codec not in _ENGLISH_CODECS


def rate_charset(data: bytes, codec: str) -> float | None:
    """How well `codec` fits `data`, or None when it cannot be asked."""
    try:
        return _rate(_sample(data, _SAMPLE_BYTES), codec, is_english(data)).mean
    except (LookupError, UnicodeError):
        return None


def rate_text(text: str, *, wide: bool = False) -> Rating:
    """How well some text that was decoded reads. Shape: `wide` when characters took two bytes."""
    padded = f" {text} "
    triples = Counter(
        triple for triple in zip(padded, padded[1:], padded[2:], strict=False) if triple[1] > "\x7f"
    )
    total, seen = 0.0, 0
    for (before, char, after), count in triples.items():
        # A character of two bytes speaks for two bytes, or Latin readings would drown it.
        width = 2 * count if wide or char > "\u2e7f" else count
        total += width * weigh(before, char, after)
        seen += width
    return Rating(total, seen)


def _rank(sample: bytes, candidates: Iterable[Candidate], english: bool) -> list[Candidate]:
    """The candidates, best first."""
    rated = []
    for candidate in candidates:
        doubt = _FOREIGN if _is_foreign(candidate, english) else 0.0
        rating = _rate(sample, candidate.codec, english)
        rated.append((rating.total - candidate.prior - doubt, candidate))
    return [candidate for _, candidate in sorted(rated, key=lambda pair: -pair[0])]


@lru_cache(maxsize=64)
def _rate(sample: bytes, codec: str, english: bool) -> Rating:
    text = sample.decode(codec, "replace")
    rating = rate_text(text, wide=codec in _WIDE)
    words = _MARKED_WORD.findall(text)
    if not words:
        return rating
    # Sets with letters of two scripts have none of both in one text, but for noise.
    mixed = min(len(words), len(_OTHER_ALPHABET.findall(text)))
    return Rating(rating.total + _rate_words(words, english) - _MIXED * mixed, rating.seen)


def _rate_words(words: list[str], english: bool) -> float:
    """What the words with marked letters say: known ones, and letters no language has together."""
    known = [word for word in words if word.casefold() in LOANWORDS]
    marked = Counter(char for word in words for char in word.lower() if char > "\x7f")
    most = max(sum(marked[char] for char in alphabet) for alphabet in ALPHABETS)
    unknown = (len(words) - len(known)) * _UNKNOWN if english else 0.0
    return (
        _LOANWORD * min(len(known), _MOST_LOANWORDS) - unknown - _STRANGER * (marked.total() - most)
    )


def is_english(data: bytes) -> bool:
    """Whether the middle of some bytes has the small words of English, whatever else it has."""
    start = max(0, len(data) // 2 - _MIDDLE)
    middle = data[start : start + 2 * _MIDDLE]
    small = len(_ENGLISH.findall(middle))
    return small >= 3 and small * 9 >= middle.count(b" ")


def _sample(data: bytes, limit: int) -> bytes:
    """The rest of each line from shortly before its first byte beyond ASCII, up to a limit.

    No trail byte of a wide character is ever a line end, so every piece begins and ends whole.
    """
    pieces, size, place = [], 0, 0
    while size < limit and (high := _HIGH.search(data, place)):
        line_end = _LINE_END.search(data, high.end())
        end = line_end.start() if line_end else len(data)
        piece = data[max(place, high.start() - 40) : min(end, high.start() + limit - size)]
        pieces.append(piece)
        size += len(piece)
        place = end
    return b"\n".join(pieces)
