"""Letters of typefaces that hold signs: what Symbol and Wingdings show, as characters of text."""

from __future__ import annotations

from typing import Final

_SYMBOL_FROM: Final = (
    "\"$'*-@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^abcdefghijklmnopqrstuvwxyz"
    "\xa1\xa2\xa3\xa5\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb7\xb9\xba\xbb\xbc"
    "\xd2\xd3\xd4\xd7\xdb\xdc\xdd\xde\xdf\xe0"
)
_SYMBOL_TO: Final = (
    "∀∃∋∗−≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ∴⊥αβχδεφγηιϕκλμνοπθρστυϖωξψζϒ′≤∞♣♦♥♠↔←↑→↓°±″≥×•≠≡≈…®©™⋅⇔⇐⇑⇒⇓◊"
)
_WINGDINGS: Final = {
    "J": "☺", "K": "😐", "L": "☹", "N": "☠", "Q": "✈", "R": "☼", "S": "💧", "T": "❄", "Y": "✡",
    "Z": "☪", "l": "●", "m": "❍", "n": "■", "o": "□", "q": "❑", "t": "⧫", "u": "◆", "v": "❖",
    "{": "❀", "|": "✿", "\x9f": "•", "\xa1": "○", "\xa7": "▪", "\xa8": "◻", "\xaa": "✦",
    "\xab": "★", "\xac": "✶", "\xad": "✴", "\xae": "✹", "\xaf": "✵", "\xb6": "✫", "\xd8": "➢",
    "\xdf": "←", "\xe0": "→", "\xe1": "↑", "\xe2": "↓", "\xe8": "➔", "\xef": "⇦", "\xf0": "⇨",
    "\xfb": "✗", "\xfc": "✓", "\xfd": "☒", "\xfe": "☑",
}  # fmt: skip
_SYMBOL: Final = dict(zip(_SYMBOL_FROM, _SYMBOL_TO, strict=True))
#: What stands for a sign that has no character here: an ornament, as most of them are.
_ORNAMENT: Final = "❖"
_PRIVATE: Final = range(0xF020, 0xF100)


def is_symbol_face(face: str) -> bool:
    """Whether the typeface shows signs where others show letters."""
    folded = face.casefold()
    return folded == "symbol" or folded.startswith(("wingdings", "webdings", "zapfdingbats"))


def read_symbols(text: str, face: str) -> str:
    """The text as the typeface shows it. Shape: codes as they are, or at U+F000 and above."""
    return "".join(_read(char, face.casefold()) for char in text)


def _read(char: str, face: str) -> str:
    code = ord(char)
    if code in _PRIVATE:
        char = chr(code - 0xF000)
    elif char.isspace() or code > 0xFF:
        return char
    if char.isspace():
        return char
    if face == "symbol":
        return _SYMBOL.get(char, char)
    if face == "wingdings":
        return _WINGDINGS.get(char, _ORNAMENT)
    return _ORNAMENT
