"""Headings of chapters: which lines are one, what number they state, what title is left."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_WORDS_LINE: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_WORDS: Final = _WORDS_LINE.split()
_TENS: Final = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_NUMBER: Final = re.compile(
    r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE
)

#: What a chapter is called, in the languages that files have been found in.
_NAMES: Final = (
    "chapter|chap|ch|part|capítulo|capitulo|chapitre|kapitel|capitolo|hoofdstuk|rozdział|rozdzial"
    "|kapitola|fejezet|глава|часть|פרק|κεφάλαιο|bölüm|adventure|letter|act|book|episode|scene"
)
_SPELT: Final = (
    rf"(?:{'|'.join(reversed(_WORDS))}|(?:thir|for|fif)ty)(?:[\s-](?:{'|'.join(_WORDS[:9])}))?\b"
)
_NAMED: Final = re.compile(
    rf"(?P<name>{_NAMES})(?:\.\s*|\s+|\s*#\s*|(?=\d))(?P<number>\d{{1,4}}|[ivxlc]{{1,8}}\b|{_SPELT})"
    r"\s*(?:[:.,–—~|-]+\s*|\s+|$)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED: Final = re.compile(
    r"(?P<number>\d{1,4}|[IVXLC]{1,8})\s*(?:[:.)–—]+|\s-)\s*(?P<title>\S.*)", re.DOTALL
)
_BARE: Final = re.compile(r"(?P<number>\d{1,4}|[IVXLC]{1,8})\.?")
_EAST: Final = re.compile(
    r"第\s*(?P<number>[\d０-９一二三四五六七八九十百]{1,5})\s*"
    r"[章話话回節节幕][\s:：　]*(?P<title>.*)"
)
_EAST_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")}
_UNNUMBERED: Final = re.compile(
    r"(?:prologue|epilogue|interlude|foreword|afterword|preface|prólogo|epílogo|prolog|epilog"
    r"|пролог|эпилог)\b\s*(?:[:.–—-]+\s*)?(?P<title>.{0,120})",
    re.IGNORECASE,
)
#: “Chapter 4 & 5” is no chapter 4 with the title “& 5”.
_BEGINS_TITLE: Final = re.compile(r"[\w\"'“‘«„¿¡(\[*…]")


class Heading(NamedTuple):
    """Shape: `number` as stated or None; `title` what is left, or None; `whole` the heading."""

    number: int | None
    title: str | None
    whole: str

    def title_at(self, position: int) -> str | None:
        """The title for the chapter at `position`: the number goes when it says nothing new."""
        if self.number != position or (self.title and not _BEGINS_TITLE.match(self.title)):
            return self.whole
        return self.title


def read_heading(line: str) -> Heading | None:
    """The heading when the line names or numbers a chapter: “Chapter Two: Fog”, “第三章”, “IV”."""
    line = " ".join(line.split())
    if not line or len(line) > 160:
        return None
    for pattern in (_NAMED, _EAST, _NUMBERED, _BARE):
        found = pattern.fullmatch(line)
        number = read_number(found["number"]) if found else None
        if found and number is not None:
            title = found.groupdict().get("title") or ""
            return Heading(number, title.strip() or None, line)
    if _UNNUMBERED.fullmatch(line):
        return Heading(None, line, line)
    return None


def names_a_chapter(line: str) -> bool:
    """Whether the line says outright that a chapter begins: a bare number does not."""
    line = line.strip()
    if len(line) > 120:
        return False
    named = _NAMED.fullmatch(line) or _EAST.fullmatch(line)
    if named:
        # "Part of him wanted to go." and "Chapter one was over." are sentences.
        return read_number(named["number"]) is not None and not _is_sentence(line, named["title"])
    unnumbered = _UNNUMBERED.fullmatch(line)
    return unnumbered is not None and not _is_sentence(line, unnumbered["title"])


def title_at(label: str, position: int) -> str | None:
    """The title in an entry of a table of contents, for the chapter at `position`."""
    heading = read_heading(label)
    return heading.title_at(position) if heading else (" ".join(label.split()) or None)


def read_number(stated: str) -> int | None:
    """A number in digits, Roman numerals, English words or Chinese characters."""
    stated = stated.strip().lower()
    if stated.isdecimal():
        return int(stated)
    if stated in _WORDS:
        return _WORDS.index(stated) + 1
    tens, _, ones = stated.replace("-", " ").partition(" ")
    value = 20 if tens == "twenty" else _TENS.get(tens)
    if value is not None and (not ones or ones in _WORDS[:9]):
        return value + (_WORDS.index(ones) + 1 if ones else 0)
    if _ROMAN_NUMBER.fullmatch(stated):
        return _read_roman(stated)
    return (
        _read_east(stated)
        if stated and all(c in "零一二三四五六七八九十百" for c in stated)
        else None
    )


def _read_roman(stated: str) -> int:
    total = 0
    for char, following in zip(stated, [*stated[1:], ""], strict=True):
        value = _ROMAN[char]
        total += -value if value < _ROMAN.get(following, 0) else value
    return total


def _read_east(stated: str) -> int:
    total = digit = 0
    for char in stated:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _EAST_DIGITS[char]
    return total + digit


def _is_sentence(line: str, rest: str) -> bool:
    return len(rest) > 70 or (line.endswith((".", ",", ";", '"', "”")) and rest[:1].islower())
