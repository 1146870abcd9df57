"""Words of another alphabet that were read as Western letters: Ïðèâåò, çÄÎÔ, ‚±‚ñ‚É‚¿‚Í.

Such words are nothing but accented letters. Each encoding of another alphabet is tried; one is
believed when its letters are as frequent as that language has them and capitals begin words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from hogarth.restoration.drafts import Draft
from hogarth.restoration.guarded import Guarded
from hogarth.restoration.mojibake import BYTES, RUN, is_plausible
from hogarth.restoration.repairs import Repair


class _Alphabet(NamedTuple):
    """Shape: `frequent` letters make at least `share` of a text in it; `wide` two bytes each."""

    codec: str
    frequent: frozenset[str]
    share: float
    wide: bool = False


_ALPHABETS: Final = (
    _Alphabet("cp1251", frozenset("оеаинтсрвл"), 0.5),
    _Alphabet("koi8_r", frozenset("оеаинтсрвл"), 0.5),
    _Alphabet("cp1253", frozenset("αοιετσνηυρςίάόέ"), 0.6),
    _Alphabet("cp1255", frozenset("יוהלאמרתבנ"), 0.6),
    _Alphabet(
        "cp932",
        frozenset("のにいるたはてとしなをがかでっんれまりすらだあこうよく、。」「ーンルス"),
        0.35,
        wide=True,
    ),
    _Alphabet(
        "gbk",
        frozenset("的一是不了在人有我他这个们中来上大为和国地到以说时要就出会你，。“”："),
        0.2,
        wide=True,
    ),
    _Alphabet(
        "cp949",
        frozenset("이다는을가에의고지하를은한로어그아나사있기리자서도들인시"),
        0.3,
        wide=True,
    ),
)
#: A class alone and then the rest: that is searched for many times faster.
_HINT: Final = re.compile("[\xa1-\xff][\xa1-\xff]{3}")
_HINT_KANA: Final = re.compile(r"(?:[‚ƒ][^\s\x00-\x1f]){3}")
#: Words of accented letters alone, with blanks and the signs of a sentence between them.
_WORD: Final = re.compile("[\xa3\xa8\xb3\xb8\xc0-\xff]+")
_PHRASE: Final = re.compile(rf"{_WORD.pattern}(?:[ ,.!?:;()\"'«»“”„—–-]{{1,4}}{_WORD.pattern})*")
#: What stands between blanks, in languages that are written without.
_TOKEN: Final = re.compile(r"[^\s\x00-\x1f]*[\xa1-\xff‚ƒ][^\s\x00-\x1f]*")
_HIGH: Final = re.compile("[^\x00-\x7f]")
_MIXED: Final = re.compile("[а-яёα-ω][А-ЯΑ-Ω]")
#: Units: letters. With fewer nobody can tell an alphabet; with so many one is certain.
_FEWEST: Final = 8
_MANY: Final = 30
_VARIED: Final = 9
#: Units: characters. So many are looked at to choose.
_SAMPLE: Final = 4_000
_CERTAIN: Final = 0.95
_GUESSED: Final = 0.6


def find_alphabets(draft: Draft) -> Iterator[Repair]:
    """Words that were written in another alphabet."""
    text = draft.text
    if text.isascii():
        return
    kana = ("‚" in text or "ƒ" in text) and _HINT_KANA.search(text) is not None
    if not kana and not _HINT.search(text):
        return
    phrases = [found for found in _PHRASE.finditer(text) if _count(found[0]) >= _FEWEST]
    words = [word for phrase in phrases for word in _WORD.finditer(text, *phrase.span())]
    yield from _settle(draft, words, wide=False)
    tokens = [found for found in _TOKEN.finditer(text) if _count(found[0]) > 1]
    yield from _settle(draft, tokens, wide=True)


def _count(piece: str) -> int:
    return len(_HIGH.findall(piece))


def _settle(draft: Draft, pieces: list[re.Match[str]], *, wide: bool) -> Iterator[Repair]:
    sample = "\n".join(piece[0] for piece in pieces)[:_SAMPLE]
    letters = _count(sample)
    # A scream is no alphabet; UTF-8 looks much the same, and has a rule of its own.
    if len(set(sample)) < _VARIED or 2 * sum(map(len, RUN.findall(sample))) > letters:
        return
    alphabet = _choose(sample, wide=wide)
    if alphabet is None:
        return
    guarded = Guarded(draft)
    for piece in pieces:
        after = _read_as(piece[0], alphabet)
        if after is None or guarded.holds(draft.locate(piece.start(), piece.end())[0]):
            continue
        # An ASCII letter among wide ones is half of a character whose other half was lost.
        whole = not wide or not any(char.isascii() and char.isalpha() for char in after)
        certainty = _CERTAIN if whole and letters >= _MANY else _GUESSED
        yield draft.propose("e-alphabet", "replace", *piece.span(), after, certainty)


def _choose(sample: str, *, wide: bool) -> _Alphabet | None:
    """The alphabet whose frequent letters are as frequent as they should be."""
    rated = []
    for alphabet in _ALPHABETS:
        if alphabet.wide is not wide:
            continue
        pieces = sample.split("\n")
        read = [text for piece in pieces if (text := _read_as(piece, alphabet)) is not None]
        letters = [char for text in read for char in text.casefold() if char > "\x7f"]
        if len(letters) < _FEWEST // 2 or 10 * len(read) < 9 * len(pieces):
            continue
        share = sum(char in alphabet.frequent for char in letters) / len(letters)
        mixed = sum(_MIXED.search(text) is not None for text in read)
        if share >= alphabet.share and 20 * mixed <= len(read):
            rated.append((share / alphabet.share, alphabet.codec, alphabet))
    return max(rated)[2] if rated else None


@lru_cache(maxsize=4096)
def _read_as(piece: str, alphabet: _Alphabet) -> str | None:
    """A piece in another alphabet, or None when it is not written in it."""
    try:
        text = bytes(BYTES.get(char, ord(char)) for char in piece).decode(alphabet.codec)
    except (UnicodeDecodeError, ValueError):
        return None
    return text if all(map(is_plausible, text)) else None
