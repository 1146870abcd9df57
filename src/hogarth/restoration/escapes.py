r"""Characters that were written out for a machine and never read back: =E2=80=99, %20, \u2019, \'.

Mail (quoted-printable), addresses (percent) and programs (backslash) each have their way. What
shows itself by its bytes is certain alone; the rest (=20, a line that ends in =) follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from hogarth.restoration.drafts import Draft
from hogarth.restoration.guarded import Guarded, is_in_address, is_mentioned, word_around
from hogarth.restoration.mojibake import is_plausible
from hogarth.restoration.repairs import Kind, Repair

_SURE: Final = 0.97
_LIKELY: Final = 0.93
_GUESSED: Final = 0.6
#: With so many of a kind in a chapter the unsure are certain, too.
_EVIDENT: Final = 3


class _Escape(NamedTuple):
    """One escape. Shape: `sure` when it is damage wherever it stands; `kind` that of its repair."""

    start: int
    end: int
    after: str
    sure: bool
    kind: Kind = "replace"


def find_escapes(draft: Draft) -> Iterator[Repair]:
    """Escapes in the words of the text."""
    for hint, code, find in _KINDS:
        if hint in draft.text:
            escapes = list(find(draft.text))
            if escapes:
                yield from _propose(draft, code, escapes)


def _propose(draft: Draft, code: str, escapes: list[_Escape]) -> Iterator[Repair]:
    text = draft.text
    guarded = Guarded(draft)
    evidence = sum(escape.sure for escape in escapes)
    for escape in escapes:
        start, end = escape.start, escape.end
        if is_in_address(text, start, end) or not all(map(is_plausible, escape.after.strip())):
            continue
        certainty = _LIKELY if evidence >= _EVIDENT else _GUESSED
        if escape.sure:
            certainty = _SURE
        if guarded.holds(draft.locate(start, end)[0]):
            continue
        if len(escapes) < _EVIDENT and is_mentioned(text, start, end):
            certainty = _GUESSED
        yield draft.propose(code, escape.kind, start, end, escape.after, certainty)


def _decode(data: bytes) -> str:
    """Bytes as UTF-8 or, where they are none, as Windows-1252."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _is_utf8(data: bytes) -> bool:
    try:
        return len(data.decode()) < len(data)
    except UnicodeDecodeError:
        return False


# --- mail -----------------------------------------------------------------------------------------

_QUOTED: Final = re.compile(r"(?:=[0-9A-F]{2})+")
_APOSTROPHE: Final = re.compile(r"(?<=[a-z])=92(?=(?:s|t|d|m|ll|re|ve)\b)")
_SOFT: Final = re.compile(r"(?<=[^\s=])=(?:\n|(?<=[A-Za-z,]=) (?=[a-z]))")
#: Quotes, dashes and dots of Windows-1252.
_MARKS: Final = frozenset({0x85, *range(0x91, 0x98)})


def _find_quoted(text: str) -> Iterator[_Escape]:
    runs = [(found, bytes.fromhex(found[0].replace("=", ""))) for found in _QUOTED.finditer(text)]
    soft = list(_SOFT.finditer(text))
    sure = [_is_utf8(data) or _APOSTROPHE.match(text, found.start()) for found, data in runs]
    if not any(sure) and not (len(soft) >= _EVIDENT and any(data == b" " for _, data in runs)):
        return
    many = len(soft) >= _EVIDENT or sum(map(bool, sure)) >= _EVIDENT
    for (found, data), is_sure in zip(runs, sure, strict=True):
        follows = many or _MARKS.issuperset(data)
        if is_sure or follows:
            after = _decode(data)
            ends_line = text[found.end() : found.end() + 1] in ("", "\n")
            after = after.rstrip() if ends_line else after
            yield _Escape(*found.span(), after, True)
    for found in soft:
        kind: Kind = "join" if found[0].endswith("\n") else "replace"
        yield _Escape(found.start(), found.end(), "", len(soft) >= _EVIDENT, kind)


# --- addresses ------------------------------------------------------------------------------------

_PERCENT: Final = re.compile(r"%u([0-9A-Fa-f]{4})|(?:%[0-9A-Fa-f]{2})+")


def _find_percent(text: str) -> Iterator[_Escape]:
    found = list(_PERCENT.finditer(text))
    words = sum(match[0] == "%20" for match in found)
    for match in found:
        start, end = match.span()
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if match[1]:
            yield _Escape(start, end, chr(int(match[1], 16)), True)
            continue
        data = bytes.fromhex(match[0].replace("%", ""))
        if _is_path(text, start, end):
            continue
        if _is_utf8(data):
            yield _Escape(start, end, _decode(data), True)
        elif words and before and (before.isalpha() or before in ".,!?;:") and after.isalpha():
            yield _Escape(start, end, _decode(data), words >= _EVIDENT)


def _is_path(text: str, start: int, end: int) -> bool:
    """Whether what stands between blanks looks like the name of a file."""
    around = word_around(text, start, end).replace(text[start:end], "", 1)
    return any(sign in around for sign in "/_=&")


# --- programs -------------------------------------------------------------------------------------

_CODE_UNITS: Final = re.compile(r"(?:\\{1,4}u[0-9a-fA-F]{4})+|(?:\\{1,4}x[0-9a-fA-F]{2})+")
_SLASHED: Final = re.compile(
    r"""(?<=[A-Za-z])\\{1,4}'(?=[A-Za-z])|\\{1,4}"(?=[A-Za-z])|(?<=[.,!?…-])\\{1,4}\""""
)
_NEWLINES: Final = re.compile(r"""(?<=[.!?…"”’'*)\]:;,>-])(?:(?:\\r)?\\n)+(?=$|["“‘'*(A-Z\\])""")
_UNIT: Final = re.compile(r"[ux]([0-9a-fA-F]+)")


def _find_backslashes(text: str) -> Iterator[_Escape]:
    for found in _CODE_UNITS.finditer(text):
        after = _read_units(found[0])
        if after:
            sure = not after.isascii() or not after.isalnum()
            yield _Escape(found.start(), found.end(), after, sure)
    slashed = list(_SLASHED.finditer(text))
    quotes = sum(found[0].endswith('"') for found in slashed)
    paired = quotes >= 2 * _EVIDENT and quotes % 2 == 0
    for found in slashed:
        sign = found[0][-1]
        yield _Escape(found.start(), found.end(), sign, paired or sign == "'")
    newlines = list(_NEWLINES.finditer(text))
    for found in newlines:
        sure = len(newlines) >= _EVIDENT
        yield _Escape(found.start(), found.end(), "\n\n", sure, "break")


def _read_units(run: str) -> str:
    units = _UNIT.findall(run)
    try:
        if "u" in run:
            return b"".join(bytes.fromhex(unit) for unit in units).decode("utf-16-be")
        data = bytes.fromhex("".join(units))
    except (UnicodeDecodeError, ValueError):
        return ""
    return _decode(data)


# --- programs that wrote it in words, or lost the backslash ---------------------------------------

_NAMED: Final = re.compile(r"<U\+([0-9A-F]{4,5})>")
_BARE: Final = re.compile(r"(?<![\\%+])u20(?:1[89a-e]|26)")
_CONTRACTION: Final = re.compile("(?:s|t|d|m|ll|re|ve)\\b")


def _find_named(text: str) -> Iterator[_Escape]:
    for found in _NAMED.finditer(text):
        yield _Escape(found.start(), found.end(), chr(int(found[1], 16)), True)


def _find_bare(text: str) -> Iterator[_Escape]:
    for found in _BARE.finditer(text):
        before = text[max(0, found.start() - 1) : found.start()]
        inside = before.islower() and _CONTRACTION.match(text, found.end()) is not None
        after = chr(int(found[0][1:], 16))
        yield _Escape(found.start(), found.end(), after, inside and found[0] == "u2019")


_KINDS: Final[tuple[tuple[str, str, Callable[[str], Iterator[_Escape]]], ...]] = (
    ("=", "e-mail", _find_quoted),
    ("%", "e-escape", _find_percent),
    ("\\", "e-escape", _find_backslashes),
    ("<U+", "e-escape", _find_named),
    ("u20", "e-escape", _find_bare),
)
