"""What one cell of a table says: a list in any notation, people, tags, counts, days, rich text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from html import escape, unescape
from typing import Any, Final

from hogarth.intake.dates import parse_date
from hogarth.intake.facts import read_people
from hogarth.intake.table_profile import is_missing
from hogarth.intake.tags import split_tags, unify_tag
from hogarth.manuscript import Credit, Role, Tag, clean

#: Texts of a list as programs print it: quoted, parted by commas or blanks, in brackets.
_QUOTED: Final = re.compile(r"""[bu]?'((?:[^'\\]|\\.)*+)'|[bu]?"((?:[^"\\]|\\.)*+)\"""", re.DOTALL)
_BETWEEN: Final = re.compile(r"[\s,\[\]()]*(?:None|nan)?[\s,\[\]()]*")
_BYTES: Final = re.compile(r"b(['\"]).*\1", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN_ESCAPES: Final = {"n": "\n", "r": "\n", "t": "\t", "0": "", "b": "", "f": "\n"}
_ENTITY: Final = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});", re.IGNORECASE)
_LONGEST_LIST: Final = 5_000_000
_MOST_PARTS: Final = 100_000

#: Markup in a cell; of blocks alone it is known that newlines mean nothing.
_BLOCKS: Final = re.compile(
    r"</?(?:p|br|div|hr|h[1-6]|blockquote|ul|ol|li|table|body|html|section|article|center)"
    r"(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_INLINE: Final = re.compile(
    r"</(?:i|b|em|strong|u|a|s|span|font|sup|sub|small|big|tt)\s*>|<img\s[^<>]{0,400}>",
    re.IGNORECASE,
)

_TAG: Final = re.compile(r"<[^<>]{1,400}>")
#: A person as a program of the archive's shows one: “<User [Somebody]>”.
_USER: Final = re.compile(r"<User \[(.+)\]>")

_COUNT: Final = re.compile(r"(-?\d[\d,. \u202f\xa0]*)([kKmM]?)")
_THOUSANDS: Final = {"": 1, "k": 1_000, "m": 1_000_000}
_BY: Final = re.compile(r"(?:written\s+)?by:?\s+", re.IGNORECASE)
_NAMES: Final = ("name", "title", "pseud", "username", "user", "text", "tag", "label", "value")
_SLASHED: Final = re.compile(r"\s*/\s*")
_NO_YEAR: Final = 1000
_PROTECTED: Final = "hurt/comfort"
#: Shown to a person, a list ends with how many more there are.
_MORE: Final = re.compile(r"\+\s?\d+ more", re.IGNORECASE)


def read_list(cell: Any) -> list[Any] | None:
    """The parts of a cell that is a list, in whatever notation, or None."""
    if isinstance(cell, list):
        return cell
    if isinstance(cell, dict):
        return None
    text = str(cell).strip()
    if not (text.startswith(("[", "{'", "(")) and text.endswith(("]", "}", ")"))):
        return None
    if len(text) > _LONGEST_LIST:
        return None
    if text[0] == "[":
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            return value if isinstance(value, list) else None
    return _read_printed(text)


def _read_printed(text: str) -> list[str] | None:
    """A list as Python prints it: “['a', "b's"]”, and arrays, which have no commas."""
    inner = text[1:-1]
    parts: list[str] = []
    position = 0
    while len(parts) < _MOST_PARTS:
        between = _BETWEEN.match(inner, position)
        position = between.end() if between else position
        found = _QUOTED.match(inner, position)
        if found is None:
            break
        parts.append(undo_escapes(found[1] if found[1] is not None else found[2]))
        position = found.end()
    return parts if position >= len(inner) and parts else None


def undo_escapes(text: str) -> str:
    """The text with “\\n”, “\\u2019” and their kin as the signs they stand for."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        sign = chr(int(code, 16))
        return sign if sign.isprintable() or sign in "\n\t\xa0" else "\ufffd"
    return _PLAIN_ESCAPES.get(found[3], found[3])


def read_text(cell: Any) -> str:
    """The text of a cell on one line, signs that were written out as themselves."""
    if isinstance(cell, dict):
        cell = next((cell[name] for name in _NAMES if isinstance(cell.get(name), str)), "")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    line = " ".join(str(cell).split())
    if "<" in line and is_markup(line):
        line = _TAG.sub("", line).strip()
    return unescape(line) if _ENTITY.search(line) else line


def read_long_text(cell: Any) -> str:
    """The text of a cell as it was before a program printed it in its own notation."""
    text = cell if isinstance(cell, str) else str(cell)
    if _BYTES.fullmatch(text[:2] + text[-1:] if len(text) > 3 else ""):
        text = text[2:-1].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        return _read_bytes(text)
    if "\\n" in text and text.count("\\n") > 2 * text.count("\n"):
        return undo_escapes(text)
    return text


def _read_bytes(printed: str) -> str:
    """What stands between the quotes of printed bytes."""
    data = bytearray()
    position = 0
    for found in _ESCAPE.finditer(printed):
        data += printed[position : found.start()].encode()
        data += bytes([int(found[2], 16)]) if found[2] else _sign(found).encode()
        position = found.end()
    data += printed[position:].encode()
    return data.decode("utf-8", "replace")


def is_markup(text: str) -> bool:
    """Whether a text is HTML, of blocks or only of emphasis."""
    return "<" in text and (_BLOCKS.search(text) or _INLINE.search(text)) is not None


def has_blocks(text: str) -> bool:
    """Whether its paragraphs are marked by tags."""
    return "<" in text and _BLOCKS.search(text) is not None


def read_rich(cell: Any) -> str | None:
    """A short text, plain or HTML, as canonical HTML; None when it holds none."""
    parts = read_list(cell)
    text = "\n".join(map(read_text, parts)) if parts is not None else read_long_text(cell)
    if has_blocks(text):
        return clean(text) or None
    if not is_markup(text) and not _ENTITY.search(text):
        text = escape(text, quote=False)
    return clean(text, newlines="break") or None


def read_names(cell: Any) -> list[str] | None:
    """The names in a cell that is a list, or an object, or a list of objects; None for a line."""
    if isinstance(cell, dict):
        return [name] if (name := read_text(cell)) else []
    parts = read_list(cell)
    if parts is None:
        return None
    names = (_USER.sub(r"\1", read_text(part)) for part in parts if not is_missing(part))
    return [name for name in names if name and not _MORE.fullmatch(name)]


def read_credits(cell: Any, role: Role) -> list[Credit]:
    """The people in a cell. Of a list each part is one, whatever signs stand in it."""
    names = read_names(cell)
    if names is not None:
        return [Credit(name, role) for name in names]
    return read_people(_BY.sub("", read_text(cell), count=1), role)


def read_tags(kind: str, cell: Any, separator: str | None) -> list[Tag]:
    """The tags in a cell. Shape: `separator` that of its column, None for commas or semicolons."""
    names = read_names(cell)
    if names is None:
        line = str(cell)
        if kind == "genre" and "/" in line and "," not in line:
            names = _split_genres(line)
        elif separator is None or separator not in line:
            return [tag for tag in split_tags(kind, read_text(line)) if not _MORE.match(tag.name)]
        else:
            names = [read_text(part) for part in line.split(separator)]
    return list(dict.fromkeys(unify_tag(kind, name) for name in names if name))


def _split_genres(line: str) -> list[str]:
    """“Angst/Hurt/Comfort/Drama”: one genre has a slash of its own."""
    kept = re.sub(_PROTECTED, "\x01", line, flags=re.IGNORECASE)
    return [part.replace("\x01", "Hurt/Comfort").strip() for part in _SLASHED.split(kept)]


def tell_separator(cells: Iterable[Any]) -> str | None:
    """What parts the tags of a column where it is not a comma or a semicolon, or None.

    A pipe with blanks around it may also stand inside of a name; then no part stands alone.
    """
    lines = [cell for cell in cells if isinstance(cell, str) and not is_missing(cell)]
    lines = [line for line in lines if not line.lstrip().startswith("[")]
    if any("\n" in line.strip() for line in lines):
        return "\n"
    for separator in ("||", " | ", "|", " • ", "•", "~", "\t"):
        parted = [line for line in lines if separator in line]
        if not parted or any(", " in line for line in lines):
            continue
        if separator != " | " or _recurs(parted, lines):
            return separator
    return None


def _recurs(parted: list[str], lines: list[str]) -> bool:
    wholes: dict[str, set[str]] = {}
    for line in lines:
        for part in line.split(" | "):
            wholes.setdefault(part.strip(), set()).add(line)
    return any(len(wholes[part.strip()]) > 1 for line in parted for part in line.split(" | "))


def read_count(cell: Any) -> int | None:
    """A count: 1234, 1,234, 1234.0, 24.8K."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if 0 <= cell < 1e12 else None
    parts = read_list(cell)
    if parts is not None:
        return None
    found = _COUNT.match(str(cell).strip())
    if found is None or found[1].startswith("-"):
        return None
    times = _THOUSANDS[found[2].lower()]
    digits = re.sub(r"[ \u202f\xa0]", "", found[1])
    # 1,234 and 1.234 are thousands; 12.5 and 1234.0 are not.
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits) if times == 1 else digits
    try:
        number = float(digits.replace(",", "." if times > 1 else "").rstrip("."))
    except ValueError:
        return None
    return int(number * times) if number * times < 1e12 else None


def read_day(cell: Any) -> date | None:
    """A day, also as seconds or milliseconds since 1970, which programs write."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    if text.isdecimal() and len(text) in (9, 10, 12, 13):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    if isinstance(cell, dict):
        text = read_text(cell)
    day = parse_date(text)
    # What a library writes when there is no date.
    return day if day is not None and day.year >= _NO_YEAR else None
