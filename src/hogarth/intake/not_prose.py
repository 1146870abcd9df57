"""Text that nobody wrote to be read as a story: programs, settings, logs, lists, packed files.

A story may quote any of these, so that a text counts as one only when most of its lines do, and
hardly any is prose.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import PurePath
from statistics import median
from typing import Final, NamedTuple

#: Units: characters, lines. What a file is shows in so much of it.
_SAMPLE: Final = 60_000
_MOST_LINES: Final = 1_500
_FEWEST_LINES: Final = 5

#: Shares of lines that read as prose, above which a text is one, and is no list.
_MOSTLY: Final = 0.5
_HARDLY: Final = 0.25

_ENDINGS_LINE: Final = (
    ".py .js .mjs .ts .c .h .cpp .hpp .cc .java .cs .css .scss .sh .bash .pl .pm .rb .php .go .rs"
    " .sql .ini .conf .cfg .yml .yaml .toml .bat .ps1 .lua .swift .kt .r .m .vb .asm .properties"
    " .env"
)
_ENDINGS: Final = frozenset(_ENDINGS_LINE.split())
_COMMENT: Final = re.compile(r"\s*(?:#(?!\d)|//|/\*|\*\s|;;|--\s)")
_PROSE: Final = re.compile(r"(?:[^\W\d_]['’\w]*[\s,;:.!?\"”’)—–-]+){5,}")
_EAST: Final = re.compile("[\u0e01-\u0e4e\u1000-\u109f\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_CODE_ENDS: Final = re.compile(r"[;{}]\s*$|\)\s*:\s*$|^\s*[\])}]+[,;]?\s*$|=>\s*[{(]?\s*$|\*/\s*$")
_CODE_BEGINS: Final = re.compile(
    r"\s*(?:#\s?(?:include|define|ifdef|ifndef|endif|pragma)\b|import\s+[\w{*]|from\s+[\w.]+\s+import\b"
    r"|def\s+\w+\s*\(|class\s+\w+\s*[:({]|function\s*\w*\s*\(|(?:var|let|const)\s+\w+\s*="
    r"|(?:public|private|protected|static|final|void|int|char|bool|double|float|unsigned|struct"
    r"|enum)\s+\w+"
    r"|return\b[^.]*;?$|(?:if|for|while|switch|elif|else\s+if)\s*\("
    r"|(?:if|for|while|elif|with|try|except)\b.*:\s*$"
    r"|//|/\*|\*\s|@\w+|<\?php|package\s+[\w.]+;|using\s+[\w.]+;|namespace\s+\w|module\.exports"
    r"|export\s+(?:default|const)"
    r"|(?:create|insert|select|drop|alter|update|lock|unlock)"
    r"\s+(?:table|into|database|index|tables|\w+\s+from)\b"
    r"|fn\s+\w+|impl\s|pub\s|use\s+[\w:]+;|end$|then$|fi$|done$|echo\s|\$\w+\s*=|sub\s+\w+\s*\{"
    r"|my\s+[$@%]|self\.|this\.|--\s"
    r"|\w[\w.\[\]'\"]*\s*(?:=|\+=|:=)\s*[\w\[{('\"].*$|\w+\([^)]*\)\s*;?$"
    r"|[\w-]+\s*:\s*[^;]{1,80};\s*$|[.#]?[\w-]+(?:\s*[,>]\s*[.#]?[\w-]+)*\s*\{)",
    re.IGNORECASE,
)
_SETTING: Final = re.compile(
    r"\s*(?:\[[\w .:/-]{1,60}\]|[#;!].*|-\s+[\w./\"'$-]+(?::.*)?"
    r"|[\w.\"'-]{1,60}\s*[=:]\s*\S{0,200}(?:\s\S{0,60}){0,3}"
    r"|[\w.-]{1,60}(?:==|>=|<=|~=)[\w.*]+.*|[*!]?[\w./*-]{1,80})\s*"
)
_LOGGED: Final = re.compile(
    r"\W{0,3}(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\d\d/\w{3}/\d{4}:\d\d"
    r"|\w{3}\s+\d{1,2} \d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3}\s"
    r"|\[\s*\d+\.\d+\])"
)
_REPORTED: Final = re.compile(
    r"\b(?:error|warn(?:ing)?|info|debug|notice|fatal|trace|status|install(?:ed)?|upgrade|remove"
    r"|configure|startup|get|post|http|kernel|systemd|pid|exception|failed|success|started|stopped"
    r"|update-alternatives)\b|\[\d+\]:|\d{1,3}(?:\.\d{1,3}){3}",
    re.IGNORECASE,
)
#: The share of signs, and how many braces, that a program pressed into few lines has.
_SIGNS: Final = 0.06
_MANY_BRACES: Final = 30
_CUE: Final = re.compile(
    r"\s*(?:\d{1,2}:)?\d\d:\d\d[,.]\d{2,3}\s+-->\s+(?:\d{1,2}:)?\d\d:\d\d[,.]\d{2,3}.*"
)
_ENCODED: Final = re.compile(r"\s*[A-Za-z0-9+/=_-]{40,}\s*")
_UUENCODED: Final = re.compile(r"begin [0-7]{3,4} \S.*")
_DUMPED: Final = re.compile(r"\s*[0-9a-fA-F]{4,16}:?\s+(?:[0-9a-fA-F]{2,4}\s+){4,}.*")
_LISTED: Final = re.compile(
    r"\s*(?:[-dlcbps][rwxst-]{9}[.+@]?\s.*|\d\d[/.-]\d\d[/.-]\d{2,4}\s+\d\d:\d\d.*(?:<DIR>|\d)\s+\S.*"
    r"|(?:[A-Za-z]:\\|\.{0,2}/)\S+|[├└│].*|\S+\.\w{1,5}\s+\d+)\s*"
)
_ADDRESS: Final = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|https?://\S+|www\.\S+|magnet:\?\S+"
)
_LICENCE: Final = re.compile(
    r"\W{0,20}(?:the\s+)?(?:mit license|gnu (?:lesser |affero )?general public license"
    r"|apache license|bsd \d-clause|mozilla public license|creative commons"
    r"|permission is hereby granted|redistribution and use in source"
    r"|this is free and unencumbered|copyright \(c\) \d{4}[^\n]{0,80}\n+\s*permission)",
    re.IGNORECASE,
)
_PATCH: Final = re.compile(r"(?:diff --git |@@ -\d+|Index: \S+\n=+|--- a/)")
#: Files that are about other files.
_NAMES_LINE: Final = (
    "readme license licence copying changelog changes contributing authors install installation"
    " todo makefile dockerfile requirements robots manifest codeowners notice history news faq"
    " gemfile procfile"
)
_NAMES: Final = frozenset(_NAMES_LINE.split())
_TECHNICAL: Final = re.compile(
    r"\b(?:install(?:ation|ed|ing)?|usage|licen[sc]e|version \d|github|download|repository|command"
    r"|config(?:uration)?|compile|server|folder|unzip|directory|files?|html|website|archive|software|api|python|npm|pip|bug|release)\b",
    re.IGNORECASE,
)
_JSON: Final = re.compile(
    r'\s*(?:\{\s*"[^"\n]{1,80}"\s*:'
    r'|\[\s*(?:\{\s*"|\[\s*["\d\[{-]|"[^"\n]{0,200}"\s*,|-?\d[\d.]*\s*,))'
)
_SENTENCE_ENDS: Final = frozenset('.!?…"”»')
_MOST_WORDS_ABOUT: Final = 3_000
_FEWEST_WORDS_LISTED: Final = 40


class _Measured(NamedTuple):
    """Shape: `full` the lines that are not empty; `prose` the share of those that read as prose,
    comments of programs not counted.
    """

    text: str
    full: list[str]
    prose: float

    def share(self, pattern: re.Pattern[str], *, whole: bool = False) -> float:
        match = pattern.fullmatch if whole else pattern.match
        return sum(match(line[:400]) is not None for line in self.full) / len(self.full)


def name_no_prose(text: str, name: str) -> str:
    """What the text is instead of a story, in words that go on from “This is …”, or ""."""
    sample = _take_sample(text)
    full = [line for line in sample.split("\n") if line.strip()][:_MOST_LINES]
    if not full:
        return ""
    prose = sum(_reads_as_prose(line) for line in full) / len(full)
    measured = _Measured(sample, full, prose)
    about = (
        _name_by_its_name(measured, text, name)
        or _name_licence(measured)
        or _name_by_its_signs(measured)
    )
    if about:
        return about
    if prose > _MOSTLY:
        return ""
    found = _name_packed(measured) or _name_program(measured, PurePath(name.lower()).suffix)
    if found or prose > _HARDLY:
        return found
    return _name_lines(measured) or _name_rows(measured)


def _take_sample(text: str) -> str:
    """The beginning, and a piece from the middle of a longer text."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[: _SAMPLE // 2]}\n{text[middle : middle + _SAMPLE // 2]}"


def _reads_as_prose(line: str) -> bool:
    """Whether a line has words in a row, as sentences have and programs have not."""
    if len(_EAST.findall(line[:400])) > 8:
        return True
    return _COMMENT.match(line) is None and _PROSE.search(line[:2000]) is not None


def _name_by_its_name(measured: _Measured, text: str, name: str) -> str:
    path = PurePath(name.lower())
    if path.stem not in _NAMES or path.suffix not in ("", ".txt", ".rst", ".in", ".cfg", ".lock"):
        return ""
    if len(text) > 8 * _MOST_WORDS_ABOUT or len(_TECHNICAL.findall(measured.text[:20_000])) < 3:
        return ""
    return "a file about other files"


def _name_licence(measured: _Measured) -> str:
    return "a licence" if _LICENCE.match(measured.text[:3_000].lstrip()) else ""


def _name_by_its_signs(measured: _Measured) -> str:
    """What has words enough, but signs that no prose has."""
    text = measured.text
    if sum(map(bool, map(_CUE.fullmatch, measured.full))) * 6 > len(measured.full):
        return "a file of subtitles"
    braces = text.count("{") + text.count("}")
    signs = braces + sum(map(text.count, ";()=<>&|"))
    if braces > _MANY_BRACES and signs > _SIGNS * len(text):
        return "a program or its data"
    if len(measured.full) >= _FEWEST_LINES and measured.share(_LOGGED) > 0.9:
        told = sum(_REPORTED.search(line[:400]) is not None for line in measured.full)
        if 2 * told > len(measured.full):
            return "a log"
    return ""


def _name_packed(measured: _Measured) -> str:
    full = measured.full
    if sum(map(bool, map(_UUENCODED.fullmatch, full[:200]))) and (
        sum(len(line) == 61 and line[0] == "M" for line in full) * 2 > len(full)
    ):
        return "a file that was packed for mail (uuencode)"
    if measured.share(_ENCODED, whole=True) > 0.8 and len(full) > 2:
        return "a file that was packed as text (Base64)"
    if measured.share(_DUMPED, whole=True) > 0.8:
        return "the bytes of a file, written out"
    if measured.text.lstrip()[:1] in "{[" and _is_json(measured.text):
        return "a JSON file"
    return ""


def _name_program(measured: _Measured, ending: str) -> str:
    full = measured.full
    begun = sum(_CODE_BEGINS.match(line[:400]) is not None for line in full) / len(full)
    code = sum(
        bool(_CODE_ENDS.search(line[-200:]) or _CODE_BEGINS.match(line[:400])) for line in full
    ) / len(full)
    # Verse ends its lines as programs do, and begins none like them.
    least = 0.15 if ending in _ENDINGS else 0.3
    if code >= least and begun >= least / 4 and len(full) > 3:
        return "a program or its data"
    return ""


def _name_lines(measured: _Measured) -> str:
    """What most lines are, each by itself."""
    full = measured.full
    if len(full) < _FEWEST_LINES:
        return ""
    if measured.share(_LOGGED) > 0.6:
        return "a log"
    if _PATCH.search(measured.text[:4_000]) and measured.share(re.compile(r"[-+@ ]")) > 0.6:
        return "a patch for a program"
    if measured.share(_LISTED, whole=True) > 0.8:
        return "a list of files"
    addresses = sum(_ADDRESS.search(line[:400]) is not None for line in full)
    if addresses > 0.7 * len(full):
        return "a list of addresses"
    settings = measured.share(_SETTING, whole=True)
    signs = sum("=" in line or ":" in line or line.startswith(("[", "#", "-")) for line in full)
    ended = sum(line.rstrip()[-1] in _SENTENCE_ENDS for line in full)
    if settings > 0.9 and 2 * signs > len(full) > 5 * ended and measured.prose < 0.05:
        return "a file of settings"
    return ""


def _name_rows(measured: _Measured) -> str:
    """What the lines are together: a table, a list of words, figures."""
    full = measured.full
    letters = sum(char.isalpha() for char in measured.text)
    signs = sum(not char.isspace() for char in measured.text)
    if signs > 200 and letters < 0.25 * signs:
        return "a file of figures and signs"
    for separator in "\t,;|":
        counts = Counter(line.count(separator) for line in full)
        columns, rows = counts.most_common(1)[0]
        if columns >= 2 and len(full) >= _FEWEST_LINES and rows >= 0.9 * len(full):
            cells = [len(cell.split()) for line in full[:200] for cell in line.split(separator)]
            if median(cells) <= 3:
                return "a table"
    if len(full) >= _FEWEST_WORDS_LISTED and not _EAST.search(measured.text[:5_000]):
        short = sum(len(line.split()) <= 2 for line in full)
        ended = sum(line.rstrip()[-1] in '.!?…,"”’:;-' for line in full)
        if short > 0.97 * len(full) and ended < 0.02 * len(full):
            return "a list of words"
    return ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        # A sample is cut: its beginning tells as much.
        return _JSON.match(text) is not None
    return True
