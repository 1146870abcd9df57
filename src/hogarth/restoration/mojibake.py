"""UTF-8 that was read as Windows-1252, once or more: how a run of it is told and turned back.

Each byte above 0x7F has become a character. A sequence is a lead (Â to ô) and its tail; as most
tails are signs that stand behind no letter, a run shows itself. Five bytes are no character of
Windows-1252 and were lost on the way, 0x9D of every closing quote among them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

_HIGH: Final = range(0x80, 0x100)
#: What each character was as a byte, in Windows-1252 and in Latin-1 (they differ below 0xA0).
BYTES: Final[dict[str, int]] = {
    **{chr(byte): byte for byte in _HIGH},
    **{char: byte for byte in _HIGH if (char := bytes([byte]).decode("cp1252", "ignore"))},
}
_TAILS: Final = "".join(char for char, byte in BYTES.items() if byte < 0xC0)
TAIL: Final = f"[{re.escape(_TAILS)}]"

_WHOLE: Final = rf"[Â-ÖØ-Û]{TAIL}|×{TAIL}(?=\s?×)|(?<=×.)×{TAIL}|[à-ï]{TAIL}{{2}}|[ðñò]{TAIL}{{3}}"
#: Where a byte was lost: of quotes and joiners, of quotes read twice, of hearts and what colours
#: them, of ligatures and word joiners; where it became a blank; of Cyrillic and Hebrew letters.
_CUT: Final = (
    rf"â€(?!{TAIL})|(?:(?<=â‚¬)|(?<=â‚¬Ã‚)|(?<=â€šÂ¬Ã‚))Â(?!{TAIL})|â¤(?=ï¸)|ï[¸¬](?!{TAIL})|â\xa0"
    rf"|[ã-é]{TAIL} (?=[ã-é]{TAIL}{{2}})"
    rf"|(?:(?<=[ÐÑ].)|(?<=[ÐÑ]))[ÐÑ](?!{TAIL})|[ÐÑ](?=[ÐÑ]{TAIL})|(?<=×.)×(?!{TAIL})"
)
#: A run of sequences, as long as it goes, and how it begins, which is looked for much faster.
RUN: Final = re.compile(rf"(?:{_WHOLE}|{_CUT})+")
_BEGINNING: Final = re.compile("[Â-ò][^\x00-\x7f]")
_SEQUENCE: Final = re.compile(rf"{_WHOLE}|{_CUT}")

#: What a sequence without its lost byte begins with → all of it.
_LOST: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"\xe2\x80\xf0", b"\xe2\x80\x8d\xf0"),
    (b"\xe2\x80", b"\xe2\x80\x9d"),
    (b"\xe2\xa4", b"\xe2\x9d\xa4"),
    (b"\xe2\xa0", b"\xe2\x81\xa0"),
    (b"\xef\xb8", b"\xef\xb8\x8f"),
    (b"\xef\xac", b"\xef\xac\x81"),
    (b"\xc2", b"\xc2\x9d"),
    # The likeliest letters: Н and с, and final mem.
    (b"\xd0", b"\xd0\x9d"),
    (b"\xd1", b"\xd1\x81"),
    (b"\xd7", b"\xd7\x9d"),
)
#: More than three readings have not been seen.
_DEEPEST: Final = 4
#: More bytes than these cannot have been lost of one run that makes sense.
_MOST_LOST: Final = 24


class Mended(NamedTuple):
    """A run turned back. Shape: `lost` when a byte had to be put in."""

    text: str
    lost: bool


def find_runs(text: str) -> Iterator[re.Match[str]]:
    """The runs of a text, in order."""
    place = 0
    while beginning := _BEGINNING.search(text, place):
        run = RUN.match(text, beginning.start())
        place = run.end() if run else beginning.start() + 1
        if run:
            yield run


@lru_cache(maxsize=4096)
def mend(run: str) -> Mended | None:
    """What a match of `RUN` was, or None when it makes no sense."""
    mended = _decode(run)
    for _ in range(_DEEPEST):
        # What replaced the lost byte of a quote may itself have been read wrongly.
        again = _turn_back(mended.text.replace("â€\ufffd", "â€\x9d")) if mended else None
        if mended is None or again is None:
            break
        mended = Mended(again.text, again.lost or mended.lost)
    if mended is None:
        return None
    text = "".join(map(_settle, mended.text))
    return Mended(text, mended.lost) if all(map(is_plausible, text)) else None


def _turn_back(text: str) -> Mended | None:
    """One more reading turned back: what was read twice is made of sequences alone."""
    parts: list[str] = []
    lost = False
    at = 0
    for found in find_runs(text):
        decoded = _decode(found[0])
        if decoded is None or not text[at : found.start()].isascii():
            return None
        parts += [text[at : found.start()], decoded.text]
        lost = lost or decoded.lost
        at = found.end()
    return Mended("".join([*parts, text[at:]]), lost) if at and text[at:].isascii() else None


def _decode(run: str) -> Mended | None:
    """One reading turned back."""
    raw = bytearray(0xA0 if char == " " else BYTES[char] for char in run)
    lost = False
    for _ in range(_MOST_LOST):
        try:
            return Mended(raw.decode(), lost)
        except UnicodeDecodeError as error:
            at = error.start
        whole = next((pair for pair in _LOST if raw.startswith(pair[0], at)), None)
        if whole is None:
            return None
        raw[at : at + len(whole[0])] = whole[1]
        lost = True
    return None


def _settle(char: str) -> str:
    """C1 controls were characters of Windows-1252."""
    if "\x80" <= char <= "\x9f":
        return char.encode("latin-1").decode("cp1252", "replace")
    return char


#: First and last characters of the blocks that stories are written in.
_BLOCKS: Final = (
    "\x20~", "\xa0ϿЀԯԱ֏֐ۿ", "ऀ෿", "฀\u0effက჻", "ក\u17ff", "Ḁ⯿", "⸀\u2e7f", "\u3000鿿", "가힣", "ﬀﭏ",
    "\ufe00\ufe0f", "︰﹏", "\ufeff\ufeff", "！￮", "𝐀𝟿", "🀀🫿", "𠀀\U0002fa1f",
)  # fmt: skip
_EDGES: Final = [
    ord(char) + last for block in _BLOCKS for last, char in ((0, block[0]), (1, block[-1]))
]


def is_plausible(char: str) -> bool:
    """Whether a character is one that stories are written in."""
    known = bisect_right(_EDGES, ord(char)) % 2 == 1
    return known and unicodedata.category(char) not in {"Cc", "Cn"}


#: What may follow a letter in sound text, too.
_QUOTING: Final = frozenset("‘’“”«»‹›–—…\xa0•™")
_LETTERS: Final = frozenset("ŠšŽžŒœŸ")
COMMON: Final = _QUOTING | _LETTERS | frozenset("´·®©°ºª¡¿")


#: Signs that stand beside no word; next to a run they show that more is damaged.
GARBLE: Final = frozenset(_TAILS) - COMMON | frozenset("ÃÂÐÑ×")


@lru_cache(maxsize=4096)
def is_strange(run: str) -> bool:
    """Whether no sound text in any language holds this run, whatever stands around it."""
    return "ï»¿" in run or any(map(_is_strange, _SEQUENCE.findall(run)))


def _is_strange(sequence: str) -> bool:
    lead, tails = sequence[0], sequence[1:]
    if len(tails) < 2:
        sound = _QUOTING if lead in "ÂÃ" else _QUOTING | _LETTERS
        return bool(tails) and tails not in sound
    if lead in "ðñò" and len(tails) == 3:
        return True
    if lead == "â":  # it ends no word that a quote could follow
        return not _QUOTING.issuperset(tails)
    return tails[0] not in COMMON or (tails[0] != "\xa0" and tails[1] not in COMMON)
