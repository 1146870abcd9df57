"""Whether a text is in the language that its file declares.

Tools write English when they know nothing, and word processors the language of their own menus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from hogarth.manuscript import Manuscript, guess_language

#: Units: characters. Shorter texts tell nothing.
_SAMPLE: Final = 1_500
_FEWEST: Final = 400
#: A script that has so many of the letters is the text's.
_MOSTLY: Final = 0.6
_SCRIPTS: Final = (
    ("Latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("Cyrillic", re.compile("[\u0400-\u052f]")),
    ("Greek", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Hebrew", re.compile("[\u05d0-\u05ea]")),
    ("Arabic", re.compile("[\u0620-\u06ff]")),
    ("Han", re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")),
    ("Hangul", re.compile("[\uac00-\ud7a3]")),
    ("Thai", re.compile("[\u0e01-\u0e4e]")),
    ("Devanagari", re.compile("[\u0900-\u097f]")),
)
_LATIN_LINE: Final = (
    "af br ca cs cy da de en eo es et eu fi fil fo fr ga gd gl haw hr hu id is it la lb lt lv ms mt"
    " nb nl nn no pl pt ro sk sl sq sv sw tl tr vi"
)
#: Primary tag → its script, for languages that have one. Of others nothing is said.
_SCRIPT_OF: Final = {
    **dict.fromkeys(_LATIN_LINE.split(), "Latin"),
    **dict.fromkeys(["be", "bg", "mk", "ru", "uk"], "Cyrillic"),
    **dict.fromkeys(["ar", "fa", "ur"], "Arabic"),
    **dict.fromkeys(["hi", "mr", "ne", "sa"], "Devanagari"),
    **dict.fromkeys(["ja", "zh", "yue", "wuu"], "Han"),
    **dict.fromkeys(["he", "yi"], "Hebrew"),
    "el": "Greek",
    "ko": "Hangul",
    "th": "Thai",
}
_WORD: Final = re.compile(r"[^\W\d_]+")
#: Small words that English prose cannot do without and no other language has in such numbers.
_ENGLISH_LINE: Final = (
    "the and that with his her she they was were you your from this what would there been have had"
    " not but for him it of to in is my me at"
)
_ENGLISH: Final = frozenset(_ENGLISH_LINE.split())
#: The share of them in any English prose is above a third.
_TOO_FEW: Final = 0.1
#: What is taken for it: placeholder text.
_NEVER: Final = frozenset({"la"})


def tell_language(manuscript: Manuscript) -> tuple[Manuscript, str]:
    """The manuscript with the language of its text where the file names none or lies.

    Shape: with it what was seen, or "" where the file is believed.
    """
    declared = manuscript.language
    texts = [chapter.text for chapter in manuscript.chapters]
    if declared:
        language = doubt_language(declared, texts)
        seen = f"{language}, guessed; the file says {declared}"
    else:
        language = guess_language(next((text for text in texts if text.strip()), ""))
        seen = f"{language}, guessed"
    if language is None:
        return manuscript, ""
    return replace(manuscript, language=language), seen


def doubt_language(declared: str, texts: Sequence[str]) -> str | None:
    """The language that the text is in instead, or None where nothing speaks against the declared.

    Shape: `declared` a tag of BCP 47; `texts` of the chapters.
    Cost: a thousandth of a second, unless the answer is no.
    """
    primary = declared.partition("-")[0].lower()
    script = _SCRIPT_OF.get(primary)
    samples = _samples(texts)
    if script is None or not samples:
        return None
    fits = any(_script_of(sample) in (script, "") for sample in samples)
    reads_so = primary != "en" or any(_english_share(text) >= _TOO_FEW for text in samples)
    if fits and reads_so:
        return None
    guesses = {guess_language(sample) for sample in samples}
    guess = guesses.pop() if len(guesses) == 1 else None
    return None if guess == primary or guess in _NEVER else guess


def _samples(texts: Sequence[str]) -> list[str]:
    """From the middle of the first and of the last chapter that is long enough."""
    long = [text for text in texts if len(text) >= _FEWEST]
    return [_middle(text) for text in dict.fromkeys([*long[:1], *long[-1:]])]


def _middle(text: str) -> str:
    start = max(0, (len(text) - _SAMPLE) // 2)
    return text[start : start + _SAMPLE]


def _script_of(sample: str) -> str:
    counts = Counter({name: len(letters.findall(sample)) for name, letters in _SCRIPTS})
    name, most = counts.most_common(1)[0]
    return name if most >= _MOSTLY * max(1, counts.total()) else ""


def _english_share(sample: str) -> float:
    words = _WORD.findall(sample.lower())
    return _count(words) / len(words) if words else 1.0


def _count(words: Iterable[str]) -> int:
    return sum(word in _ENGLISH for word in words)
