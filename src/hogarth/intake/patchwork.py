"""Text whose lines were written in more than one encoding, and bytes that fit none.

What was pasted together from mails and pages keeps each one's bytes. A line goes another way than
the file only when it cannot be read as the file says and can be read well otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from hogarth.intake.charsets import CODECS, guess_charset, rate_text
from hogarth.intake.controls import MARK
from hogarth.intake.letters import weigh

#: Units: bytes beyond ASCII. Lines of larger texts are not looked at one by one.
_MOST_BYTES: Final = 400_000
#: A line that reads worse than this is tried in other ways; one that reads so well is believed.
_DOUBTFUL: Final = 0.3
_SURE: Final = 0.6
_BETTER: Final = 0.8
#: Units: bytes beyond ASCII. Fewer in a line tell nothing of another set.
_FEWEST: Final = 4
#: The share of such bytes in a line of Latin letters.
_FEW: Final = 0.3
_WIDE: Final = frozenset({"cp932", "gb18030", "big5hkscs", "cp949", "euc_jp"})
#: More than a letter that stands alone is worth: that may be the rest of a longer character.
_PLAUSIBLE: Final = 0.5
_ESCAPED: Final = re.compile("[\udc80-\udcff]+")
_ASCII: Final = bytes(range(0x80))


class Patched(NamedTuple):
    """Shape: `marks` how many U+FFFD were put in; `done` what was read in other ways, in words."""

    text: str
    marks: int
    done: list[str]


def decode_patchwork(data: bytes, codec: str) -> Patched:
    """The text of `data`, line by line where the lines differ."""
    text = data.decode(codec, "surrogateescape")
    broken = _has_escaped(text)
    high = len(data.translate(None, _ASCII))
    if high > _MOST_BYTES or (codec == "utf-8" and not broken):
        return mend(text, codec)
    others: Counter[str] = Counter()
    lines = []
    for line in data.split(b"\n"):
        read = line.decode(codec, "surrogateescape")
        if not line.isascii():
            label, other = _read_line(line, read, codec)
            if label:
                others[label] += 1
                read = other
        lines.append(read)
    patched = mend("\n".join(lines), codec)
    told = [f"{_count(count, 'line')} in {label}" for label, count in others.most_common()]
    return patched._replace(done=told + patched.done)


def mend(text: str, codec: str) -> Patched:
    """The text with a character or a mark for each byte that its encoding does not know.

    Shape: such bytes are lone surrogates, as “surrogateescape” leaves them.
    """
    if not _has_escaped(text):
        return Patched(text, 0, [])
    counts: Counter[str] = Counter()

    def read(found: re.Match[str]) -> str:
        stray = found[0].encode("ascii", "surrogateescape")
        before = text[found.start() - 1] if found.start() else " "
        after = text[found.end()] if found.end() < len(text) else " "
        if codec == "utf-8" and stray == b"\xc2" and after < "\x80":
            # All that begins so is a mark or a blank, and the one that gets lost is 0xA0.
            counts["blank"] += 1
            return "\xa0"
        western = stray.decode("cp1252", "replace")
        if codec != "cp1252" and _is_plausible(before, western, after):
            counts["western"] += len(stray)
            return western
        marks = stray.decode("utf-8", "replace") if codec == "utf-8" else MARK * len(stray)
        counts["marks"] += len(marks)
        return marks

    mended = _ESCAPED.sub(read, text)
    done = []
    if counts["western"]:
        done.append(f"{_count(counts['western'], 'byte')} in windows-1252")
    if counts["blank"]:
        done.append(f"{_count(counts['blank'], 'blank')} without the second byte")
    return Patched(mended, counts["marks"], done)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _has_escaped(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _is_plausible(before: str, middle: str, after: str) -> bool:
    around = f"{before}{middle}{after}"
    return all(
        weigh(around[place - 1], around[place], around[place + 1]) > _PLAUSIBLE
        for place in range(1, len(around) - 1)
    )


def _read_line(line: bytes, read: str, codec: str) -> tuple[str, str]:
    """The label and the text of a line that is in another encoding, else both ""."""
    if codec != "utf-8":
        unicode = _as_utf8(line)
        if unicode and _mean(unicode, "utf-8") > _mean(read, codec):
            return "utf-8", unicode
    if _mean(read, codec) >= _DOUBTFUL:
        return "", ""
    high = len(line.translate(None, _ASCII))
    tries = ["windows-1252"] if codec != "cp1252" and high < _FEW * len(line) else []
    # Lines in Chinese or Japanese that read badly are rare words, not another set.
    if high >= _FEWEST and codec not in _WIDE:
        tries.append(guess_charset(line)[0])
    best, text, mean = "", "", _mean(read, codec) + _BETTER
    for label in tries:
        if CODECS[label] == codec or (label == "windows-1252" and codec == "utf-8"):
            continue
        other = line.decode(CODECS[label], "replace")
        if _mean(other, CODECS[label]) > max(mean, _SURE):
            best, text, mean = label, other, _mean(other, CODECS[label])
    return best, text


def _as_utf8(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return ""


def _mean(text: str, codec: str) -> float:
    return rate_text(_ESCAPED.sub(MARK, text), wide=codec in _WIDE).mean
