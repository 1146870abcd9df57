"""Characters whose bytes were read in the wrong encoding, UTF-8 above all.

What no sound text holds is certain wherever it stands; what could be sound, such as a capital with
an accent before a quote, follows the rest of the chapter. A text that quotes such runs, once or
twice, is asked about and not changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from hogarth.restoration.drafts import Draft
from hogarth.restoration.guarded import Guarded, is_mentioned
from hogarth.restoration.mojibake import (
    COMMON,
    GARBLE,
    RUN,
    TAIL,
    find_runs,
    is_plausible,
    is_strange,
    mend,
)
from hogarth.restoration.repairs import Repair

#: What is left of a closing quote with a question mark for its last byte, and with anything.
_MARKED: Final = re.compile(r"(?:â€|Ã¢â‚¬Â?|â€šÂ¬(?:Ã‚Â?)?)\?")
_CLOSED: Final = re.compile(r"(?:â€|Ã¢â‚¬Â?|â€šÂ¬(?:Ã‚Â?)?)[\s?]")
_STRAY: Final = re.compile(rf"[ÂÃ](?!{TAIL})")
#: So many runs are damage, not a quotation of it.
_QUOTED: Final = 3
#: With so many sure runs in a chapter the unsure are of the same damage.
_EVIDENT: Final = 2
_SURE: Final = 0.99
_CLEAR: Final = 0.97
_LIKELY: Final = 0.93
_GUESSED: Final = 0.6
#: What stands alone in quotes is somebody's silence, not a quotation of damage.
_SILENCES: Final = frozenset("…—–")
_QUOTES: Final = frozenset("‘’“”«»‹›")
#: Languages in which í may end a word; it may be one of them, too, when none is known.
_ACUTE: Final = frozenset({"", "es", "pt"})

_CYRILLIC_TAILS: Final = re.escape(bytes(range(0x80, 0xC0)).decode("cp1251", "ignore"))
#: Other encodings that UTF-8 is read as: a letter that is looked for first, what no sound text
#: holds (quotes and dashes, or letters), and the codec. Those called sloppy come with ftfy.
_OTHERS: Final[tuple[tuple[str, re.Pattern[str], str], ...]] = (
    ("в", re.compile("вЂ[™љњќћ¦“”ў]"), "sloppy-windows-1251"),
    ("Р", re.compile(f"(?:[РС][{_CYRILLIC_TAILS}]){{3,}}"), "sloppy-windows-1251"),
    ("â", re.compile("â€[śť]"), "sloppy-windows-1250"),
    ("Ă", re.compile("Ă[ˇ©\u00adłşĽ¶]"), "sloppy-windows-1250"),
    ("β", re.compile("β€[™œ¦”“]"), "sloppy-windows-1253"),
    ("ā", re.compile("ā€[œ™¦”“¯]"), "sloppy-windows-1257"),
    ("‚", re.compile("‚Ä[ìîïòôúùû¶¢†“”]"), "mac_roman"),
    ("√", re.compile("(?<=[a-z])√[©®°±≥ßº§¶]"), "mac_roman"),
    ("Γ", re.compile("ΓÇ."), "cp437"),
    ("├", re.compile("(?<=[a-z])├.|├.(?=[a-z])"), "cp437"),
    ("Ô", re.compile("ÔÇ."), "cp850"),
    ("т", re.compile("тА[ЩШЬЭжФУ]"), "cp866"),
    ("Б", re.compile("Б─."), "koi8_r"),
)
_BEYOND: Final = re.compile(r"[^\x00-\x7f]+")


class _Run(NamedTuple):
    """A run and what it was. Shape: `sure` when it is damage wherever it stands."""

    start: int
    end: int
    text: str
    lost: bool
    sure: bool


def find_mojibake(draft: Draft) -> Iterator[Repair]:
    """Runs of UTF-8 that was read as another encoding, and what such a reading left behind."""
    text = draft.text
    if text.isascii():
        return
    others = list(_find_others(text))
    taken = frozenset(place for run in others for place in range(run.start, run.end))
    runs = list(_find_runs(text, taken))
    strays = list(_STRAY.finditer(text)) if "Â" in text or "Ã" in text else []
    if not runs and not others and not strays:
        return
    evidence = sum(run.sure for run in runs)
    sound = _find_sound(text, runs)
    guarded = Guarded(draft)
    for run in [*others, *runs]:
        certainty = _rate(text, run) if run.sure else _rate_unsure(text, run, evidence, sound)
        quoted = evidence + len(others) <= _QUOTED and is_mentioned(text, run.start, run.end)
        if (quoted and run.text not in _SILENCES) or guarded.holds(
            draft.locate(run.start, run.end)[0]
        ):
            certainty = min(certainty, _GUESSED)
        if certainty:
            code = "e-lost-byte" if run.lost else "e-utf8"
            yield draft.propose(code, "replace", run.start, run.end, run.text, certainty)
    for stray in strays:
        certainty, size, after = _settle_stray(draft, stray, evidence, len(strays))
        if certainty:
            at = stray.start()
            yield draft.propose("e-stray", "replace", at, at + size, after, certainty)


# --- UTF-8 as Windows-1252 ------------------------------------------------------------------------


def _find_runs(text: str, taken: Container[int]) -> Iterator[_Run]:
    marks = ""
    for found in find_runs(text):
        run, start, end = found[0], found.start(), found.end()
        mended = mend(run)
        if mended is None or start in taken or end - 1 in taken:
            continue
        if mended.lost and run[-1] in "€¬Â":
            marks = marks or _name_marks(text)
            if text[end : end + 1] in tuple(marks):
                end += 1
        yield _Run(start, end, mended.text, mended.lost, _is_sure(text, start, end, run))


def _name_marks(text: str) -> str:
    """What the byte that closing quotes lost has left: nothing, a mark, or a question mark."""
    marked = len(_MARKED.findall(text))
    return "\ufffd?" if marked and 2 * marked > len(_CLOSED.findall(text)) else "\ufffd"


def _is_sure(text: str, start: int, end: int, run: str) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if is_strange(run):
        # A capital may well stand before another.
        return len(run) > 2 or run[0] in "ÂÃ" or not before.isupper()
    if run in ("Â\xa0", "Ã\xa0"):
        return not before.isupper()
    # A capital inside of a word, or one with a quote before the word goes on.
    inside = before.islower() and run[0].isupper()
    return inside or (len(run) == 2 and not before.isalpha() and after.islower())


def _find_sound(text: str, runs: list[_Run]) -> frozenset[str]:
    """The signs that stand outside of runs, too: where they are sound, a run of them may be."""
    inside = Counter(char for run in runs for char in text[run.start : run.end])
    found = frozenset(char for char in COMMON if text.count(char) > inside[char])
    return found if found.isdisjoint(_QUOTES) else found | _QUOTES  # one quote has another


def _rate(text: str, run: _Run) -> float:
    """How certain it is that a run was what it has been turned into."""
    before, after = text[max(0, run.start - 1) : run.start], text[run.end : run.end + 1]
    goes_on = RUN.match(text, run.end) is not None
    ragged = before in GARBLE or (after in GARBLE and not goes_on)
    if ragged or any(is_strange(found[0]) for found in find_runs(run.text)):
        return _GUESSED  # not all of it is turned back
    if not run.lost:
        return _SURE
    if any(char.isalpha() for char in run.text if char != "ﬁ"):
        return _GUESSED  # which letters were lost nobody knows
    word = after.isalpha() and not goes_on
    inside = before.isalpha() and word
    opening = not before.strip() and word
    return _GUESSED if run.text == "”" and (inside or opening) else _CLEAR


def _rate_unsure(text: str, run: _Run, evidence: int, sound: frozenset[str]) -> float:
    """How certain a run is to be damage that sound text could hold; 0 when nothing says so."""
    before, after = text[max(0, run.start - 1) : run.start], text[run.end : run.end + 1]
    if not evidence or before.isupper() or after.isupper():
        return 0.0
    western = run.text[0] < "\u0250" or "\u1e00" <= run.text[0] < "\u2070"
    if evidence < _EVIDENT or not western or not sound.isdisjoint(text[run.start : run.end]):
        return _GUESSED
    return _LIKELY


# --- what a reading left behind -------------------------------------------------------------------


def _settle_stray(
    draft: Draft, stray: re.Match[str], evidence: int, strays: int
) -> tuple[float, int, str]:
    """How certain a lone Â or Ã is to be damage, how much to replace, and by what."""
    text, at = draft.text, stray.start()
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if stray[0] == "Â":
        return _settle_blank(before, after, evidence, strays)
    if not evidence and strays < _QUOTED:
        return 0.0, 0, ""
    likely = _LIKELY if evidence >= _EVIDENT else _GUESSED
    if before.islower() and after.islower():
        return likely, 1, "í"  # its second half was a soft hyphen
    if not after.strip() and not before.isupper():
        letter, sure = _choose_letter(draft, bool(before.strip()))
        return likely if sure else _GUESSED, 1, letter
    if evidence and not before.isalpha() and after.islower():
        return _GUESSED, 1, "Á"
    return 0.0, 0, ""


def _settle_blank(before: str, after: str, evidence: int, strays: int) -> tuple[float, int, str]:
    """A lone Â stood before a blank that must not break."""
    if after.strip() and after != "Â":
        if evidence and before and (before.islower() or before in ".,!?;:"):
            return _LIKELY if evidence >= _EVIDENT else _GUESSED, 1, " "
        return 0.0, 0, ""
    if before and (before.islower() or before.isdigit() or before in ".,!?;:…—–-)"):
        return _CLEAR, 1, ""
    if before.isalpha() or not (evidence or strays > 1):
        return 0.0, 0, ""
    certainty = _LIKELY if evidence >= _EVIDENT or strays >= _QUOTED else _GUESSED
    wide = not before.strip() and after == " "
    return certainty, 2 if wide else 1, ""


def _choose_letter(draft: Draft, attached: bool) -> tuple[str, bool]:
    """What stood where only Ã and a blank are left: à, or í at the end of a Spanish word."""
    language = (draft.manuscript.language or "")[:2]
    if language == "es" and attached:
        return "í", True
    return "à", language not in _ACUTE or not attached


# --- UTF-8 as anything else -----------------------------------------------------------------------


def _find_others(text: str) -> Iterator[_Run]:
    codecs: set[str] = set()
    taken: set[int] = set()
    for hint, pattern, codec in _OTHERS:
        if hint in text and codec not in codecs and pattern.search(text):
            # One such run says how the chapter was read: others may be letters.
            codecs.add(codec)
            for found in _BEYOND.finditer(text):
                for run in _turn_back(found, pattern, codec):
                    if taken.isdisjoint(range(run.start, run.end)):
                        taken.update(range(run.start, run.end))
                        yield run


def _turn_back(found: re.Match[str], pattern: re.Pattern[str], codec: str) -> Iterator[_Run]:
    """A run beyond ASCII as a whole, or the pieces of it that show themselves."""
    # Loading it takes longer than reading most works, and most works do not need it.
    from ftfy import fix_encoding

    text, at = found.string, found.start()
    whole = _read_as(found[0], codec)
    if whole != found[0]:
        yield _Run(at, found.end(), whole, False, True)
        return
    for piece in pattern.finditer(text, at, found.end()):
        fixed = _read_as(piece[0], codec)
        if fixed == piece[0]:
            fixed = fix_encoding(piece[0])
        if fixed != piece[0] and all(map(is_plausible, fixed)):
            yield _Run(piece.start(), piece.end(), fixed, False, True)


def _read_as(run: str, codec: str) -> str:
    """What a run was, if it is UTF-8 read by this codec; else the run."""
    try:
        fixed = run.encode(codec).decode()
    except UnicodeError:
        return run
    return fixed if all(map(is_plausible, fixed)) else run
