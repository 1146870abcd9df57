"""Damage that a text shows: wrong characters, lost paragraphs, an end that is missing.

Nothing is put right here. A sign counts only when no correct text in any language would have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hogarth.intake.reading import Problem
from hogarth.manuscript import Manuscript

# --- characters -------------------------------------------------------------------------------

_TAIL_BYTES: Final = bytes(range(0x80, 0xC0))
#: What bytes 0x80 to 0xBF look like when read as Windows-1252 or Latin-1, and as Windows-1251.
_TAIL: Final = "\x80-\xbf" + _TAIL_BYTES[:0x20].decode("cp1252", "ignore")
_CYRILLIC_TAIL: Final = _TAIL_BYTES.decode("cp1251", "ignore")
#: The same without what may stand after a capital letter in correct text: quotes, dashes, blanks.
_SURE_TAIL: Final = "\x80-\x9f¡-¬®-ºŸ¼-¿€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œž"
#: A byte of a Shift_JIS pair, read as Windows-1252.
_PAIRED: Final = "!-~\xa1-\xffŒœŠšŸŽžƒˆ˜…†‡‰‹›‘’“”•–—™€"


class Sign(NamedTuple):
    """Damage of one kind. Shape: every match of `pattern` holds one of `hints`.

    A hint is one character, which is looked for a hundred times faster than a pattern; most texts
    have none. Patterns begin with one where they can, for the same reason.
    """

    hints: tuple[str, ...]
    pattern: re.Pattern[str]


def _sign(hints: str, pattern: str) -> Sign:
    return Sign(tuple(hints.split()), re.compile(pattern))


#: Each a run that no language writes.
_SIGNS: Final = (
    # UTF-8 read as Windows-1252: quotes and dashes, then letters, then wider characters.
    _sign("â", rf"â€[{_TAIL}]|â€|â\x80[\x80-\xbf]|â„¢"),
    _sign("Ã", rf"Ã[{_SURE_TAIL}]|(?<=[a-zà-ÿ])Ã[{_TAIL}]|Ã¢â|Ã\xad"),
    _sign("Â", r"Â[\x80-\x9f¡-¬®-´¶-¹»-¿](?![A-ZÀ-Þ])|(?<![A-ZÀ-Ýa-zà-ÿ])Â\xa0"),
    _sign("ã ä å æ ç è é ê ë ì í î ï", rf"(?:[ã-ï][{_TAIL}]{{2}}){{2,}}"),
    _sign("ð", rf"ðŸ[{_TAIL}]{{2}}"),
    # The same, of Cyrillic letters.
    _sign("Р С", rf"(?:[РС][{re.escape(_CYRILLIC_TAIL)}]){{3,}}"),
    _sign("Ð Ñ", rf"(?:[ÐÑ][{_TAIL}]){{2,}}"),
    # Mac Roman and DOS apostrophes read as Windows-1252.
    _sign("Õ Æ", r"(?<=[a-z])[ÕÆ](?=[a-z])"),
    # What mail on the Macintosh made of apostrophes.
    _sign("¹", r"(?<=[A-Za-z])¹(?=[a-z])"),
    # Shift_JIS read as Windows-1252.
    _sign("‚ ƒ", rf"(?:[‚ƒ][{_PAIRED}]){{3,}}"),
    # Signs written out once too often.
    _sign("&", r"&(?:#(?:8[0-9]{3}|x20[0-9a-fA-F]{2}|1[34][0-9])|(?:amp;)?[lr][sd]quo);"),
    _sign("&", r"&(?:amp;(?:quot|amp)|[mn]dash|hellip);"),
    # Question marks where apostrophes were.
    _sign("?", r"\?(?:(?<=[a-z]n\?)t|(?<=\b[Ii]t\?)s|(?<=\bI\?)(?:m|d|ll|ve))\b"),
    _sign("?", r"\?(?:(?<=\b[Hh]e\?)|(?<=\b[Ss]he\?)|(?<=\b[Yy]ou\?))(?:s|d|ll|re|ve)\b"),
)
#: Cyrillic, Greek and Hebrew read as Windows-1252: words of nothing but accented letters.
_ACCENTED_WORD: Final = re.compile(r"(?<![^\W\d_])[À-ÖØ-öø-ÿ]{4,}(?![^\W\d_])")
_FEWEST_ACCENTED: Final = 3
_MARK: Final = "\ufffd"


def find_mojibake(text: str) -> list[str]:
    """Each run of damaged characters, in no order."""
    found = [
        match[0]
        for sign in _SIGNS
        if any(hint in text for hint in sign.hints)
        for match in sign.pattern.finditer(text)
    ]
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    if beyond > len(text) // 5:
        words = _ACCENTED_WORD.findall(text)
        if len(words) >= _FEWEST_ACCENTED:
            found += words
    return found


# --- the end ----------------------------------------------------------------------------------

_CLOSED: Final = re.compile(
    r"[.!?…:;*~_=#•·–—\-。！？」』）】〉》♪؟۔।]['\"”’»“‘«)\]*_~\s]*$|[\"”’»“«)\]>]\s*$"
)
#: Units: characters. No more is looked at for how a paragraph ends.
_END: Final = 80
_OPEN_DOUBLE: Final = re.compile(r"[“„«「『]")
_CLOSE_DOUBLE: Final = re.compile(r"[”»」』]")
_WORDLIKE: Final = re.compile(r"[^\W\d_]")
#: Scripts whose sentences end without a mark.
_UNMARKED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_FUNCTION_WORDS_LINE: Final = (
    "a an the and or but nor of to in on at by for from with into onto upon as if that than then "
    "his her their my your its our he she they we was were is are had has have be been would could "
    "should will not so because while when where who which what this these those "
    "le la les un une des et ou de du que qui dans pour el los las una y o en con por para der die "
    "das ein eine und oder mit von zu dem den"
)
_FUNCTION_WORDS: Final = frozenset(_FUNCTION_WORDS_LINE.split())
#: Units: words. A shorter last line that no sentence is part of is a signature or a link.
_SIGNATURE_WORDS: Final = 8
#: The share of paragraphs that end openly above which the writer just does not close them.
_OPEN_STYLE: Final = 0.4


def find_cut(paragraphs: Sequence[str]) -> str | None:
    """The words at the end of a text that stops in the middle of a sentence, or None."""
    last = next((text for text in reversed(paragraphs) if _WORDLIKE.search(text)), "")
    if not last or _UNMARKED.search(last):
        return None
    words = last.split()
    tail = " ".join(words[-6:])
    closed = _is_closed(last)
    if _leaves_open_quote(last):
        return tail if not closed or _ends_openly(words) else None
    if closed:
        return None
    if _ends_openly(words):
        return tail
    if len(words) <= _SIGNATURE_WORDS:
        return None
    earlier = [text for text in paragraphs[:-1] if len(text.split()) > _SIGNATURE_WORDS]
    still_open = sum(1 for text in earlier if not _is_closed(text))
    return None if earlier and still_open >= _OPEN_STYLE * len(earlier) else tail


def _is_closed(text: str) -> bool:
    return _CLOSED.search(text[-_END:]) is not None


def _ends_openly(words: Sequence[str]) -> bool:
    word = words[-1].strip("\"“”'‘’*_")
    return word.endswith(",") or word.casefold() in _FUNCTION_WORDS


def _leaves_open_quote(text: str) -> bool:
    if "„" in text and "”" not in text:  # „as in German“
        opened = text.count("„") - text.count("“")
    else:
        opened = len(_OPEN_DOUBLE.findall(text)) - len(_CLOSE_DOUBLE.findall(text))
    return opened > 0 or text.count('"') % 2 == 1


# --- all of it --------------------------------------------------------------------------------

#: Units: words. Shorter texts may well be one paragraph; a longer stretch without a break is not.
_SHORT_TEXT: Final = 300
_WORDS_A_LINE: Final = 400
_EXAMPLES: Final = 3


def find_damage(manuscript: Manuscript, index: int, known: frozenset[str]) -> Iterator[Problem]:
    """The problems of a manuscript that its text shows, but for the codes already known."""
    texts = [chapter.text for chapter in manuscript.chapters]
    if "paragraphs-lost" not in known:
        lines = sum(text.count("\n") + 1 - text.count("\n\n") for text in texts if text)
        if manuscript.words >= _SHORT_TEXT and manuscript.words > _WORDS_A_LINE * lines:
            yield Problem(
                "paragraphs-lost", f"words: {manuscript.words:,}; lines: {lines:,}", index
            )
    if "mojibake" not in known:
        runs = [run for text in texts for run in find_mojibake(text)]
        if "undecodable-bytes" not in known:
            runs += [_MARK] * sum(text.count(_MARK) for text in texts)
        if runs:
            yield Problem("mojibake", _show(runs), index)
    if "cut-off" not in known and manuscript.chapters:
        tail = find_cut(texts[-1].split("\n\n"))
        if tail:
            yield Problem("cut-off", f"… {tail}", index)
    for chapter in manuscript.chapters:
        if not chapter.paragraphs and "<img " not in chapter.html:
            yield Problem("empty-chapter", f"chapter {chapter.number}", index)


def _show(runs: Sequence[str]) -> str:
    """The commonest runs with how often each was seen."""
    counts: dict[str, int] = {}
    for run in runs:
        counts[run[:12]] = counts.get(run[:12], 0) + 1
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_EXAMPLES]
    return ", ".join(f"{run} ({count})" for run, count in commonest)
