"""Quotes, dashes and letters that another code page made of them: `ÒIt isnÕt,Ó she saidÉ`.

Where contractions show which code page it was, the other marks follow; elsewhere pairs of quotes
are needed, one before a word and one behind its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hogarth.restoration.apostrophes import (
    ENDED,
    EVIDENT,
    LIKELY,
    OFFERED,
    Mark,
    count_sure,
    find_apostrophes,
    propose,
)
from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair


class _Page(NamedTuple):
    """The letters that stand for marks.

    Shape: `inside` when the apostrophe's letter is none that stands behind a small one.
    """

    apostrophe: str
    opening: str
    closing: str
    single: str
    dots: str
    em_dash: str
    en_dash: str
    inside: bool = True


_PAGES: Final = (
    _Page("Õ", "Ò", "Ó", "Ô", "É", "Ñ", "Ð"),  # Mac Roman read as Windows-1252
    _Page("í", "ì", "î", "ë", "Ö", "ó", "ñ", inside=False),  # and the reverse
    _Page("Æ", "ô", "ö", "æ", "à", "ù", "û"),  # Windows-1252 read as DOS had it,
    _Page("Т", "У", "Ф", "С", "Е", "Ч", "Ц"),  # and Russian DOS
)
_OPENS: Final = r"(?<![^\s(\[“—–-])"


def find_code_pages(draft: Draft) -> Iterator[Repair]:
    """Marks and letters that are letters and marks of another code page."""
    text = draft.text
    if text.isascii():
        return
    for page in _PAGES:
        if page.apostrophe in text or (page.inside and page.opening in text):
            yield from propose(draft, "e-charset", list(_read_page(text, page)))
    if "‚" in text:
        yield from propose(draft, "e-charset", list(_find_dos_letters(text)))


def _read_page(text: str, page: _Page) -> Iterator[Mark]:
    apostrophes = find_apostrophes(text, page.apostrophe, inside=page.inside)
    evidence = count_sure(apostrophes)
    yield from apostrophes
    if evidence >= EVIDENT:
        known = {mark.start for mark in apostrophes}
        yield from (mark for mark in _read_all(text, page) if mark.start not in known)
    elif evidence or page.inside:
        yield from _pair(text, page, evidence)


def _read_all(text: str, page: _Page) -> Iterator[Mark]:
    """Every letter of the page that stands where its mark would."""
    sides = f"{page.em_dash}{page.en_dash}{page.dots}{page.opening}{page.closing}{page.apostrophe}"
    before = rf"(?<=[A-Za-z0-9.,:;!?…)\-’”—{sides}])"
    behind = rf"\s,.!?$’”—{sides}"
    start = rf"(?:{_OPENS}|(?<=[{page.opening}{page.single}{page.em_dash}—]))"
    word = f"A-Za-z0-9‘“{page.single}"
    marks = (
        ("“", rf"(?:{start}|(?<=[{sides}])){page.opening}(?=[\w.…‘’$—{sides}{page.single}])"),
        ("‘", rf"{start}{page.single}(?=[A-Za-z’])"),
        ("”", rf"{before}{page.closing}(?![a-z])"),
        ("’", rf"{before}{page.apostrophe}|{start}{page.apostrophe}(?=\w)"),
        ("…", rf"(?:{before}|{_OPENS}){page.dots}(?=[{behind}]|\Z)"),
        ("—", rf"{before}{page.em_dash}(?=[{word}{behind}]|\Z)|(?<= ){page.em_dash}(?= )"),
        ("–", rf"(?<=[a-z\d]){page.en_dash}(?=[a-z\d])|(?<= ){page.en_dash}(?= )"),
    )
    seen: set[int] = set()
    for mark, pattern in marks:
        for match in re.finditer(pattern, text):
            if match.start() not in seen:
                seen.add(match.start())
                yield Mark(*match.span(), mark, LIKELY)


def _pair(text: str, page: _Page, evidence: int) -> Iterator[Mark]:
    """Quotes around speech, when there is no other evidence or little."""
    pattern = rf"{_OPENS}{page.opening}(?=[A-Za-z])|{page.closing}(?<=[{ENDED}].)(?!\w)"
    pairs = []
    opening: re.Match[str] | None = None
    for match in re.finditer(pattern, text):
        if match[0] == page.opening:
            opening = match
        elif opening is not None:
            if text.find("\n\n", opening.end(), match.start()) < 0:
                pairs.append((opening, match))
            opening = None
    if not evidence and len(pairs) < EVIDENT:
        return
    certainty = LIKELY if evidence or len(pairs) >= 2 * EVIDENT else OFFERED
    for start, end in pairs:
        yield Mark(*start.span(), "“", certainty)
        yield Mark(*end.span(), "”", certainty)


# --- letters of DOS -------------------------------------------------------------------------------

#: Accented letters of code page 437 read as Windows-1252: signs that stand in no word.
_DOS_LETTERS: Final = {"‚": "é", "Š": "è", "‡": "ç", "‰": "ë", "ƒ": "â", "„": "ä"}
_IN_A_WORD: Final = re.compile("[‚Š‡‰ƒ„](?<=[a-z].)(?=[a-z])")


def _find_dos_letters(text: str) -> Iterator[Mark]:
    found = list(_IN_A_WORD.finditer(text))
    if any(match[0] == "‚" for match in found):
        for match in found:
            yield Mark(*match.span(), _DOS_LETTERS[match[0]], LIKELY)
