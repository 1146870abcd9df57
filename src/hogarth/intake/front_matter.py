"""The block of facts at the very start of a text that programs read: YAML, TOML or Pandoc's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from hogarth.intake.facts import Facts, state
from hogarth.intake.labels import Labelled, read_label
from hogarth.intake.tags import unify_tag
from hogarth.manuscript import TAG_KINDS

#: Units: lines. The block is no longer than this.
_LONGEST: Final = 400
_KEY: Final = re.compile(r"(?P<key>[^\W\d][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_ITEM: Final = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
_NAMED: Final = re.compile(r"(?:name|title)[ \t]*:[ \t]*(?P<value>.+)", re.IGNORECASE)
_INLINE: Final = re.compile(r"\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'|([^,\"']+))\s*(?:,|$)")
_COMMENT: Final = re.compile(r"\s+#\s.*$")
#: How keys of site generators are labelled elsewhere.
_LABELS: Final = {
    "lang": "language",
    "authors": "author",
    "creator": "author",
    "date": "published",
    "lastmod": "updated",
    "modified": "updated",
    "abstract": "summary",
    "excerpt": "summary",
    "subtitle": "",
    "tag": "tags",
    "category": "",
    "categories": "",
}


class FrontMatter(NamedTuple):
    """Shape: `values` by key in lower case, each in order; `lines` how many lines it takes."""

    values: dict[str, list[str]]
    lines: int


def read_front_matter(lines: Sequence[str]) -> FrontMatter | None:
    """The block with which the text begins, or None."""
    first = lines[0].rstrip() if lines else ""
    if first == "---":
        end = _find_end(lines, ("---", "..."))
        values = _read_yaml(lines[1:end]) if end else {}
        return FrontMatter(values, end + 1) if values else None
    if first == "+++":
        end = _find_end(lines, ("+++",))
        values = _read_toml("\n".join(lines[1:end])) if end else {}
        return FrontMatter(values, end + 1) if values else None
    if first.startswith("% "):
        return _read_percents(lines)
    return None


def state_front_matter(facts: Facts, matter: FrontMatter) -> None:
    """Add what the block states. Keys that mean nothing for a story are passed over."""
    rows: list[Labelled] = []
    for key, values in matter.values.items():
        label = _LABELS.get(key, key)
        for value in values:
            row = read_label(f"{label.capitalize()}: {value}") if label and value else None
            if row is None or row.field in ("", "aside", "notes"):
                continue
            if len(values) > 1 and row.field in TAG_KINDS:
                # One of a list, which a comma in it does not part.
                facts.tags.append(unify_tag(row.field, value))
            else:
                rows.append(row)
    state(facts, rows)


def _find_end(lines: Sequence[str], marks: tuple[str, ...]) -> int:
    for place in range(1, min(len(lines), _LONGEST)):
        if lines[place].rstrip() in marks:
            return place
    return 0


# --- YAML, as far as people write it here -------------------------------------------------------


def _read_yaml(lines: Sequence[str]) -> dict[str, list[str]]:
    """Keys with one value or a list; what is nested deeper is passed over.

    Empty when a line is none of this, so that a text between two rules stays a text.
    """
    values: dict[str, list[str]] = {}
    key, style = "", ""
    for line in lines:
        indented = line[:1] in (" ", "\t")
        found = None if indented else _KEY.fullmatch(line.rstrip())
        item = _ITEM.fullmatch(line.rstrip())
        if not line.strip() or line.lstrip().startswith("#"):
            if style and values[key]:
                values[key][-1] += "\n"
        elif found:
            key, given = found["key"].strip().lower(), (found["value"] or "").strip()
            style = given if given[:1] in ("|", ">") else ""
            values[key] = [] if style or not given else _read_value(given)
        elif item and key and not style:
            named = _NAMED.fullmatch(item["value"])
            values[key] += _read_value(named["value"] if named else item["value"])
        elif indented and key:
            if style or values[key]:
                joint = "\n" if style.startswith("|") else " "
                values[key] = ["\n".join(values[key]).rstrip(" ") + joint + line.strip()]
        else:
            return {}
    return {key: [value.strip() for value in found] for key, found in values.items() if found}


def _read_value(given: str) -> list[str]:
    if given[0] == "[":
        inner = given[1:].rstrip().removesuffix("]")
        return [_unquote(found) for found in _INLINE.finditer(inner) if found[0].strip(" ,")]
    quoted = _INLINE.fullmatch(given) if given[0] in "\"'" else None
    if quoted:
        return [_unquote(quoted)]
    plain = _COMMENT.sub("", given).strip()
    return [] if plain in ("~", "null", "") else [plain]


def _unquote(found: re.Match[str]) -> str:
    if found[1] is not None:
        return re.sub(r"\\(.)", r"\1", found[1])
    if found[2] is not None:
        return found[2].replace("''", "'")
    return found[3].strip()


# --- TOML and Pandoc ----------------------------------------------------------------------------


def _read_toml(text: str) -> dict[str, list[str]]:
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    values = {}
    for key, value in told.items():
        many = value if isinstance(value, list) else [value]
        values[key.lower()] = [
            " ".join(str(one).split()) for one in many if not isinstance(one, dict)
        ]
    return {key: given for key, given in values.items() if given}


def _read_percents(lines: Sequence[str]) -> FrontMatter:
    """“% Title”, “% Author; Another”, “% Date”."""
    told: list[str] = []
    for line in lines[:_LONGEST]:
        if line.startswith("%"):
            told.append(line[1:].strip())
        elif told and line[:1] in (" ", "\t") and line.strip():
            told[-1] = f"{told[-1]} {line.strip()}"
        else:
            break
        if len(told) == 3:
            break
    taken = _count_lines(lines, told)
    names = zip(("title", "author", "published"), told, strict=False)
    values = {name: _split_names(name, value) for name, value in names if value}
    return FrontMatter(values, taken)


def _count_lines(lines: Sequence[str], told: Sequence[str]) -> int:
    marks = 0
    for place, line in enumerate(lines):
        marks += line.startswith("%")
        goes_on = line.startswith("%") or (line[:1] in (" ", "\t") and line.strip())
        if not goes_on or marks > len(told):
            return place
    return len(lines)


def _split_names(name: str, value: str) -> list[str]:
    parts: Iterable[str] = value.split(";") if name == "author" else [value]
    return [part.strip() for part in parts if part.strip()]
