"""The marks of Aozora Bunko within a line, and the HTML of it.

Readings stand behind the characters, as in 東京《とうきょう》; notes in ［＃…］ say how what stands
before them is set, what character was meant, or what the line does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final

#: Units: characters. A note names what stands right before it; further back it is not looked for.
_REACH: Final = 400
_PIECE: Final = re.compile(
    r"《(?P<reading>[^《》\n]{1,100})》|｜(?=[^《》｜\n]{1,60}《)|〔(?P<foreign>[^〔〕]{1,300})〕"
)
_MEANT: Final = re.compile(r"「(?P<words>.{1,200}?)」(?:の左)?[にはの](?P<how>.{1,40})")
_CODE: Final = re.compile(r"(?P<plane>[12])-(?P<row>\d{1,2})-(?P<cell>\d{1,2})(?!\d)")
_UNICODE: Final = re.compile(r"U\+(?P<code>[0-9A-Fa-f]{4,6})")
_NAMED: Final = {
    "米印": "※", "始め二重山括弧": "《", "終わり二重山括弧": "》", "縦線": "｜", "井げた": "＃",
    "始め角括弧": "［", "終わり角括弧": "］", "始めきっこう（亀甲）括弧": "〔",
    "終わりきっこう（亀甲）括弧": "〕",
}  # fmt: skip
#: What a note says → the element. Kinds of dots beside a word are all emphasis.
_SETTINGS: Final = (
    ("傍点", "em"), ("傍線", "u"), ("波線", "u"), ("破線", "u"), ("鎖線", "u"), ("太字", "b"),
    ("ゴシック体", "b"), ("斜体", "i"), ("イタリック体", "i"), ("下付き小文字", "sub"),
    ("上付き小文字", "sup"), ("行右小書き", "sup"), ("行左小書き", "sub"), ("取消線", "s"),
    ("小さな文字", "small"), ("大きな文字", ""), ("縦中横", ""), ("横組み", ""), ("罫囲み", ""),
    ("割り注", "small"), ("キャプション", ""),
)  # fmt: skip
_HEADINGS: Final = {"大見出し": 1, "中見出し": 2, "小見出し": 3}
_RETURN_MARK: Final = re.compile(r"[一二三四上中下甲乙丙丁天地人レ]{1,2}")
_SMALL_KANA: Final = re.compile(r"（(?P<kana>[^（）]{1,12})）")
_ACCENTS: Final = {"`": "\u0300", "'": "\u0301", "^": "\u0302", ":": "\u0308", "~": "\u0303",
                   "&": "\u030a", ",": "\u0327", "_": "\u0304"}  # fmt: skip
_ACCENTED: Final = re.compile(
    r"((?<![qQ])[A-Za-z])([`'^:~&,_])|(ae|AE|oe|OE)&|s&|([?!])@|([oOdDlL])/"
)
_JOINED: Final = {"ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ"}
_STROKES: Final = {"o": "ø", "O": "Ø", "d": "đ", "D": "Đ", "l": "ł", "L": "Ł"}


@dataclass(slots=True)
class Unit:
    """Shape: `plain` as notes name it, `html` as it is printed."""

    plain: str
    html: str


@dataclass(slots=True)
class Line:
    """One line, read.

    Shape: `heading` its rank from 1, 0 for none; `notes` those that say what the line or the page
    does; `left` how many say something of the printed book alone.
    """

    units: list[Unit] = field(default_factory=list)
    heading: int = 0
    notes: list[str] = field(default_factory=list)
    left: int = 0

    @property
    def html(self) -> str:
        return "".join(unit.html for unit in self.units)

    @property
    def plain(self) -> str:
        return "".join(unit.plain for unit in self.units)


def read_line(text: str) -> Line:
    """The line with its marks read."""
    line = Line()
    for piece, is_note in _split(text):
        if is_note:
            _read_note(piece, line)
        else:
            _read_text(piece, line)
    return line


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """The text between the notes, and the notes, which may hold others."""
    start = 0
    while True:
        begin = text.find("［＃", start)
        if begin < 0:
            break
        depth, end = 0, begin
        for end in range(begin, min(len(text), begin + _REACH)):
            depth += (text[end] == "［") - (text[end] == "］")
            if depth == 0:
                break
        if depth:
            break
        yield text[start:begin], False
        yield text[begin + 2 : end], True
        start = end + 1
    yield text[start:], False


def _read_text(text: str, line: Line) -> None:
    start, base = 0, None
    for found in _PIECE.finditer(text):
        line.units += [
            Unit(char, escape(char, quote=False)) for char in text[start : found.start()]
        ]
        start = found.end()
        if found["reading"]:
            _put_ruby(line, base, found["reading"])
            base = None
        elif found["foreign"]:
            _put_foreign(line, found["foreign"])
        else:
            base = len(line.units)
    line.units += [Unit(char, escape(char, quote=False)) for char in text[start:]]


def _put_ruby(line: Line, base: int | None, reading: str) -> None:
    """The reading over what stands before it: from the mark, else characters of one kind."""
    units = line.units
    start = base if base is not None else len(units)
    if base is None and units:
        kind = _kind(units[-1].plain)
        while start and len(units) - start < 40 and _kind(units[start - 1].plain) == kind != "":
            start -= 1
    if start == len(units):
        units += [Unit(char, escape(char, quote=False)) for char in f"《{reading}》"]
        return
    plain = "".join(unit.plain for unit in units[start:])
    inner = "".join(unit.html for unit in units[start:])
    html = f"<ruby>{inner}<rp>（</rp><rt>{escape(reading, quote=False)}</rt><rp>）</rp></ruby>"
    units[start:] = [Unit(plain, html)]


def _kind(char: str) -> str:
    """Which characters share a reading: Chinese ones, either kana, Latin letters."""
    if len(char) != 1:
        return ""
    if char in "々〆〇ヶヵ仝※" or "\u3400" <= char <= "\u9fff" or char >= "\U00020000":
        return "han"
    if "\u3041" <= char <= "\u309f":
        return "hiragana"
    if "\u30a1" <= char <= "\u30ff":
        return "katakana"
    folded = unicodedata.normalize("NFKC", char)
    return "latin" if folded.isalnum() and folded < "\u3000" else ""


def _put_foreign(line: Line, words: str) -> None:
    """Letters and the signs of their accents, in brackets that say so."""
    joined = _ACCENTED.sub(_join_accent, words)
    shown = joined if joined != words else f"〔{words}〕"
    line.units += [Unit(char, escape(char, quote=False)) for char in shown]


def _join_accent(found: re.Match[str]) -> str:
    if found[3]:
        return _JOINED[found[3]]
    if found[4]:
        return "¿" if found[4] == "?" else "¡"
    if found[5]:
        return _STROKES[found[5]]
    if not found[1]:
        return "ß"
    joined = unicodedata.normalize("NFC", found[1] + _ACCENTS[found[2]])
    return joined if len(joined) == 1 else found[0]


def _read_note(note: str, line: Line) -> None:
    if line.units and line.units[-1].plain == "※" and (char := _find_character(note)):
        line.units[-1] = Unit(char, escape(char, quote=False))
        return
    if line.units and line.units[-1].plain == "※" and "「" in note[:1]:
        # A character that has no code: what it looks like is all there is.
        line.units[-1] = Unit("※", f"※［{escape(note.partition('、')[0], quote=False)}］")
        return
    meant = _MEANT.match(note)
    if meant and _set_words(line, meant["words"], meant["how"]):
        return
    kana = _SMALL_KANA.fullmatch(note)
    if kana:
        line.units.append(Unit("", f"<sup>{escape(kana['kana'], quote=False)}</sup>"))
    elif _RETURN_MARK.fullmatch(note):
        line.units.append(Unit("", f"<sub>{escape(note, quote=False)}</sub>"))
    elif not _open_or_close(note, line):
        if meant or "底本" in note or "ママ" in note:
            line.left += 1
        else:
            line.notes.append(note)
            line.units.append(Unit("", f"\x00{len(line.notes) - 1}\x00"))


def _find_character(note: str) -> str:
    """The character that a note stands for, by its code or its name, or ""."""
    name = note.partition("、")[0]
    if name in _NAMED:
        return _NAMED[name]
    code = _UNICODE.search(note)
    if code:
        value = int(code["code"], 16)
        return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else ""
    place = _CODE.search(note)
    if place is None:
        return ""
    row, cell = int(place["row"]), int(place["cell"])
    if not (1 <= row <= 94 and 1 <= cell <= 94):
        return ""
    data = bytes([0xA0 + row, 0xA0 + cell])
    data = b"\x8f" + data if place["plane"] == "2" else data
    return data.decode("euc_jis_2004", "ignore")


def _set_words(line: Line, words: str, how: str) -> bool:
    """Set the words before a note as it says; whether it says how they are set."""
    rank = next((rank for name, rank in _HEADINGS.items() if name in how), 0)
    if rank:
        line.heading = rank
        return True
    if how.startswith("「") and ("のルビ" in how or "の注記" in how):
        beside = how[1:].partition("」")[0]
        line.units.append(Unit("", f"<small>（{escape(beside, quote=False)}）</small>"))
        return True
    tag = next((tag for name, tag in _SETTINGS if name in how), None)
    if tag is None:
        return False
    span = _find_words(line, read_line(words).plain)
    if span and tag:
        line.units[span[0]].html = f"<{tag}>{line.units[span[0]].html}"
        line.units[span[1]].html += f"</{tag}>"
    return True


def _find_words(line: Line, words: str) -> tuple[int, int] | None:
    """The first and the last unit of the words that stand last."""
    start, plain = len(line.units), ""
    while start and len(plain) < len(words) + _REACH:
        start -= 1
        plain = line.units[start].plain + plain
        at = plain.rfind(words)
        if at >= 0:
            break
    else:
        return None
    end, size = start, len(line.units[start].plain)
    while size < at + len(words):
        end += 1
        size += len(line.units[end].plain)
    return start, end


def _open_or_close(note: str, line: Line) -> bool:
    """Whether the note begins or ends a setting within the line."""
    closes = note.endswith("終わり")
    name = (
        note.removesuffix("終わり")
        .removeprefix("左に")
        .removeprefix("ここから")
        .removeprefix("ここで")
    )
    if note.startswith(("ここから", "ここで")) and "字" in note:
        return False
    if name in _HEADINGS:
        line.heading = _HEADINGS[name]
        return not note.startswith("ここ")
    for ending, tag in _SETTINGS:
        if name.endswith(ending):
            if tag:
                line.units.append(Unit("", f"</{tag}>" if closes else f"<{tag}>"))
            return True
    return False
