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
_HEBREW: Final = dict(zip("אבגדהוזחטיכלמנ", [*range(1, 11), 20, 30, 40, 50], strict=True))
_ROMAN_NUMBER: Final = re.compile(
    r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE
)

#: What a chapter is called, in the languages that files have been found in, by rank: a book has
#: parts, a part chapters, a chapter scenes.
_RANKS: Final = (
    "book|volume|vol|tome|tomo|band|livre|libro|книга|том",
    "part|pt|act|teil|partie|parte|część|часть|частина|phase|stage",
    (
        "chapter|chap|ch|capítulo|capitulo|capítol|capitolul|chapitre|kapitel|capitolo|hoofdstuk"
        "|rozdział|rozdzial|kapitola|fejezet|luku|глава|розділ|פרק|κεφάλαιο|bölüm|chương|บทที่|ตอนที่"
        "|الفصل|bab|kabanata|adventure|letter|episode|ep|eps|issue|canto|installment|instalment|stave"
    ),
    "scene|section|szene|scène|scena|escena|сцена",
)
_NAMES: Final = "|".join(_RANKS)
_RANK_OF: Final = {name: rank for rank, names in enumerate(_RANKS) for name in names.split("|")}
_BELOW: Final = 2
#: Units: words. A title without a capital is no longer, where nothing parts it from the number.
_SHORT: Final = 5
#: Ordinals that stand for the number, before or after the name.
_ORDINALS: Final = {
    word: number
    for line in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes",
        "первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая",
        "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый",
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
        "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
        "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
        "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر",
    )
    for number, word in enumerate(line.split(), start=1)
}
_SPELT: Final = (
    rf"(?:{'|'.join(reversed(_WORDS))}|(?:thir|for|fif)ty)(?:[\s-](?:{'|'.join(_WORDS[:9])}))?\b"
    rf"|(?:the\s)?(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b"
)
_NAMED: Final = re.compile(
    rf"(?P<name>{_NAMES})(?:\.\s*|\s+|\s*#\s*|\s*[:-]\s*(?=\d)|(?=\d))"
    rf"(?P<number>\d{{1,4}}(?!\d)|[ivxlc]{{1,8}}\b|[א-ת]{{1,3}}['׳]?(?=\s|$|:)|{_SPELT})"
    r"(?:\s*[)\]}]|\s*[(\[]?\s*(?:of|/|out\s+of|von|de|из)\s*(?P<total>\d{1,3}|\w{3,9}\b)\s*[)\]]?)?"
    r"\s*(?:[:;.,–—~|=*-]+\s*|\s+|$)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED: Final = re.compile(
    r"(?P<number>\d{1,4}|[IVXLC]{1,8})\s*(?:[:.)–—]+|\s-)\s*(?P<title>\S.*)"
    r"|(?P<han>[一二三四五六七八九十百]{1,5})[\s、．.]\s*(?P<rest>\S.*)",
    re.DOTALL,
)
#: “1. Kapitel”, “First Chapter”, “제1장”.
_TURNED: Final = re.compile(
    rf"(?:the\s)?(?P<number>\d{{1,4}}|[ivxlc]{{1,8}}|{'|'.join(_ORDINALS)})[.º]?\s*"
    r"(?P<name>fejezet|kapitel|kapitola|luku|rozdział|глава|розділ|часть|bölüm|chapter|part|capítulo"
    r"|chapitre|capitolo|episode)\b(?!\s*\d)\s*(?:[:.,–—~|-]+\s*|\s+|$)(?P<title>.*)"
    r"|제?\s*(?P<hangul>\d{1,4})\s*[장화부]\b[\s:.]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE: Final = re.compile(r"(?P<number>\d{1,4}|[IVXLC]{1,8})\.?")
_EAST: Final = re.compile(
    r"(?:正文\s*)?第\s*(?P<number>[\d０-９一二三四五六七八九十百]{1,5})\s*"
    r"[章話话回節节幕][\s:：　]*(?P<title>.*)"
)
#: What a sentence has that begins like “第二节课” and a heading has not.
_EAST_SENTENCE: Final = re.compile("[，。！？；…]")
_EAST_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")}
_UNNUMBERED: Final = re.compile(
    r"(?:prologue|epilogue|interlude|foreword|afterword|preface|prólogo|epílogo|prolog|epilog"
    r"|пролог|эпилог|序章|終章|终章|尾声|楔子|番外|エピローグ|プロローグ|프롤로그|에필로그)\b\s*(?:[:.–—-]+\s*)?(?P<title>.{0,120})",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(
    rf"[\s:;,~|(\[*–—-]+(?=(?:{_NAMES}|prologue|epilogue|interlude|#\s?\d)\b|#\s?\d|第)",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"(?P<title>\S.{0,120}?)\s*[(\[]\s*(?P<number>\d{1,3})\s*(?:/|of)\s*(?P<total>\d{1,3})\s*[)\]]"
)
#: “Chapter 4 & 5” is no chapter 4 with the title “& 5”.
_BEGINS_TITLE: Final = re.compile(r"[\w\"'“‘«„¿¡(\[*…]")


class Heading(NamedTuple):
    """Shape: `number` as stated or None; `title` what is left, or None; `whole` the heading;
    `total` how many there are of its kind, where it says so.
    """

    number: int | None
    title: str | None
    whole: str
    total: int | None = None

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
    for pattern in (_NAMED, _EAST, _TURNED, _NUMBERED, _BARE):
        found = pattern.fullmatch(line)
        if found is None:
            continue
        groups = found.groupdict()
        number = read_number(groups["number"] or groups.get("hangul") or groups.get("han") or "")
        if number is not None:
            title = groups.get("title") or groups.get("rest") or ""
            total = read_number(groups.get("total") or "")
            return Heading(number, title.strip() or None, line, total)
    if _UNNUMBERED.fullmatch(line):
        return Heading(None, line, line)
    return None


def names_a_chapter(line: str) -> bool:
    """Whether the line says outright that a chapter begins: a bare number does not."""
    line = line.strip()
    if len(line) > 120:
        return False
    for pattern in (_NAMED, _EAST, _TURNED):
        named = pattern.fullmatch(line)
        if named:
            # "Part of him wanted to go." and "Chapter one was over." are sentences.
            groups = named.groupdict()
            number = read_number(groups["number"] or groups.get("hangul") or "")
            rest = groups.get("title") or groups.get("rest") or ""
            if pattern is _EAST and _EAST_SENTENCE.search(line) and not _parted_east(line, rest):
                return False
            return number is not None and not _is_sentence(line, rest)
    unnumbered = _UNNUMBERED.fullmatch(line)
    if unnumbered is None:
        return False
    title = unnumbered["title"]
    return not title or (_BEGINS_TITLE.match(title) is not None and not _is_sentence(line, title))


def _parted_east(line: str, rest: str) -> bool:
    """Whether a blank or a colon parts “第二回” from what follows."""
    return line[: len(line) - len(rest)][-1:] in " \u3000：:" and not line.endswith("。")


def heading_rank(line: str) -> int:
    """Where a heading stands: 0 a book, 1 a part, 2 a chapter or a number, 3 a scene."""
    east = _EAST.fullmatch(line.strip())
    if east:
        return 1 if re.search("第[^章话話回節节幕巻卷集部篇夜]{1,8}[巻卷集部篇]", line) else _BELOW
    found = _NAMED.fullmatch(" ".join(line.split()))
    return _RANK_OF[found["name"].lower()] if found else _BELOW


def split_heading(line: str) -> tuple[str, Heading] | None:
    """The title of a work and the heading behind it in one line: “The Sea, Chapter 2: Fog”."""
    line = " ".join(line.split())
    if len(line) > 160 or names_a_chapter(line):
        return None
    for found in _WITHIN.finditer(line):
        title = line[: found.start()].strip(" \t:;,~|(*=–—-[")
        rest = line[found.end() :].strip(" \t*=~")
        if rest.startswith("#"):
            rest = f"Chapter {rest[1:].strip()}"
        if title and names_a_chapter(rest) and (heading := read_heading(rest)):
            return title, heading._replace(whole=line[found.end() :].strip(" \t*=~"))
    parts = _COUNTED.fullmatch(line)
    if parts:
        number, total = int(parts["number"]), int(parts["total"])
        if 0 < number <= total:
            return parts["title"].strip(" -–—:,"), Heading(number, None, f"Part {number}", total)
    return None


def title_at(label: str, position: int) -> str | None:
    """The title in an entry of a table of contents, for the chapter at `position`."""
    heading = read_heading(label)
    return heading.title_at(position) if heading else (" ".join(label.split()) or None)


def read_number(stated: str) -> int | None:
    """A number in digits, Roman numerals, English words or Chinese characters."""
    stated = stated.strip().lower().removeprefix("the ")
    if stated.isdecimal():
        return int(stated)
    if stated in _ORDINALS:
        return _ORDINALS[stated]
    if stated in _WORDS:
        return _WORDS.index(stated) + 1
    tens, _, ones = stated.replace("-", " ").partition(" ")
    value = 20 if tens == "twenty" else _TENS.get(tens)
    if value is not None and (not ones or ones in _WORDS[:9]):
        return value + (_WORDS.index(ones) + 1 if ones else 0)
    if _ROMAN_NUMBER.fullmatch(stated):
        return _read_roman(stated)
    if stated and "א" <= stated[0] <= "ת":
        return sum(_HEBREW.get(char, 0) for char in stated) or None
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
    """Whether what looks like a heading goes on, or ends, as a sentence does."""
    if len(rest) > 70:
        return True
    if not rest[:1].islower():
        return False
    before = line[: len(line) - len(rest)].rstrip()
    parted = before.endswith((":", ".", "-", "–", "—", "~", "|", "*", "="))
    short = before[-1:].isdigit() and len(rest.split()) <= _SHORT and not line[0].islower()
    return line.endswith((".", ",", ";", '"', "”")) or not (parted or short)
