"""What the name of a file says of the text in it: which title, which chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Final, NamedTuple

#: “story-03”, “story Ch 4-”, “story_part_2”: a number that stands apart or is filled with zeros.
_NUMBERED: Final = re.compile(
    r"(?P<base>.{0,200}?[^\W\d_].{0,200}?)"
    r"(?:[\s._-]*(?:chapter|chap|ch|part|pt|episode|ep)[\s._-]*(?P<named>\d{1,3})"
    r"|[\s._-]+(?P<apart>\d{1,2})|(?P<filled>0\d{1,2})|(?<=[^\W\d_])(?P<bare>\d{1,2}))[\s._-]*",
    re.IGNORECASE,
)
_CHAPTER_ALONE: Final = re.compile(
    r"(?:chapter|chap|ch|part|pt|episode|ep)[\s._-]*(?P<number>\d{1,3})\b.{0,40}", re.IGNORECASE
)
_MARKED: Final = re.compile(
    r"(?:《(?P<title>[^《》]{1,60})》|(?P<plain>[^《》]{1,60}?)(?=\s*作者))[^《》：:]{0,12}?"
    r"(?:\s*作者\s*[:：]?\s*(?P<author>[^\s《》][^《》]{0,30}))?"
)
#: What programs name files after: a digest, an id. Its last digits count nothing.
_DIGEST: Final = re.compile(r"(?=[0-9a-f]*\d[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{10,}", re.IGNORECASE)
_PARTS: Final = re.compile(r"[\s._~-]+")
_WORD: Final = re.compile(r"[^\W_]+")
#: Units: letters. Fewer that agree say nothing.
_FEWEST: Final = 3
#: Units: words. No title that a file is called after has more.
_MOST_WORDS: Final = 16
#: Words that the first letters of a title often pass over.
_SMALL: Final = frozenset(
    {"a", "an", "the", "of", "in", "to", "for", "and", "or", "on", "at", "no"}
)


class Stem(NamedTuple):
    """Shape: `base` the name without its number; `number` None where it has none."""

    base: str
    number: int | None


def read_stem(name: str) -> Stem:
    """The title and the chapter in a file's name, as far as it says."""
    # Places in containers and flattened paths have their folders in front.
    stem = PurePath(name.replace("~", "/")).stem if name else ""
    alone = _CHAPTER_ALONE.fullmatch(stem)
    if alone:
        return Stem("", int(alone["number"]) or None)
    found = _NUMBERED.fullmatch(stem)
    if any(_DIGEST.fullmatch(part) for part in _PARTS.split(stem)):
        found = None
    if found:
        stated = found["named"] or found["apart"] or found["filled"]
        if stated or (found["bare"] and _PARTS.search(found["base"])):
            return Stem(found["base"].strip(" ._-"), int(stated or found["bare"]) or None)
    return Stem(stem, None)


def split_name(base: str) -> tuple[str, str]:
    """The title and the author in a name such as “《雾》作者：白露”, each "" for none."""
    found = _MARKED.fullmatch(base.replace("_", " ").strip())
    if found is None:
        return "", ""
    return (found["title"] or found["plain"] or "").strip(), (found["author"] or "").strip()


def agrees(title: str, base: str) -> bool:
    """Whether a file of that name could be called after the title.

    Each part of the name is a word of the title, shortened in any way, or the first letters of
    some of its words, in their order: “nnf-ghost” is “No Need for a Ghost”.
    """
    words = [word.casefold() for word in _WORD.findall(title.replace("'", "").replace("’", ""))]
    parts = _split(base)
    if not words or not parts or len(words) > _MOST_WORDS:
        return False
    joined, whole = "".join(words), "".join(parts)
    if joined == whole:
        return True
    if len(parts) == 1 and len(whole) >= max(5, 0.6 * len(joined)) and _shortens(whole, joined):
        return True
    telling = [word for word in words if word not in _SMALL]
    return _agree(parts, words) or _agree(parts, telling)


@lru_cache(maxsize=64)
def _split(base: str) -> tuple[str, ...]:
    return tuple(part.casefold() for part in _PARTS.split(base.rstrip("0123456789")) if part)


def _agree(parts: Sequence[str], words: list[str]) -> bool:
    agreeing = place = 0
    for part in parts:
        found = _find(part, words, place)
        if found is None:
            return False
        place = found
        agreeing += len(part)
    return agreeing >= _FEWEST


def _find(part: str, words: list[str], place: int) -> int | None:
    """Where to go on in the words once the part has been found from `place` on."""
    for start in range(place, len(words)):
        if _shortens(part, words[start]):
            return start + 1
        initials = "".join(word[0] for word in words[start : start + len(part)])
        if len(part) > 1 and initials == part:
            return start + len(part)
        # Words run together: “truelove”.
        joined = ""
        for end in range(start, min(len(words), start + 6)):
            joined += words[end]
            if joined == part:
                return end + 1
            if not part.startswith(joined):
                break
    return None


def _shortens(part: str, word: str) -> bool:
    """Whether the part has letters of the word in order, its first among them."""
    if part[0] != word[0] or len(part) > len(word):
        return False
    letters = iter(word)
    return all(letter in letters for letter in part)
