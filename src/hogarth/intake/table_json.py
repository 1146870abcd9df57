"""Rows out of JSON: a list of objects, lines of them, one object a key, columns side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from hogarth.intake.table_names import read_name
from hogarth.intake.table_rows import Row, Table, TooDense

#: What a table of stories cannot have, and what would fill the memory. Units: signs.
_MOST_BRACKETS: Final = 1_000_000
_MOST_COMMAS: Final = 5_000_000
_MOST_COLUMNS: Final = 2_000
#: How deep the rows may lie in the value.
_DEEPEST: Final = 4
#: What is called the key when rows are told apart by one.
KEY: Final = "(key)"
_CONTENT: Final = frozenset({"text", "chapters"})
#: Names of what stands around each row.
_WRAPPER: Final = frozenset(
    ["row", "item", "work", "story", "fic", "node", "fields", "attributes", "_source", "value"]
)
#: An object with one of these is a name with something said of it, not more columns.
_NAMED_THING: Final = frozenset({"name", "title", "text", "label", "username", "value", "url"})


def read_json(text: str, most: int) -> Table | None:
    """The table that the text is when it is JSON, without rows when it holds none; else None.

    Shape: at most `most` + 1 rows.
    Raises: TooDense.
    """
    start = text[:2000].lstrip(" \t\n\r\ufeff")[:1]
    if start not in ("{", "["):
        return None
    if text.count("[") + text.count("{") > _MOST_BRACKETS or text.count(",") > _MOST_COMMAS:
        raise TooDense
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return _read_lines(text, most)
    rows = _find_rows(value, 0)
    return _tabulate("JSON", [(number, row) for number, row in enumerate(rows, 1)], most)


def _read_lines(text: str, most: int) -> Table | None:
    """JSON Lines: the first line must be an object, and most of the others."""
    values: list[tuple[int, Any]] = []
    broken: list[int] = []
    for number, line in _lines(text):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict | list):
            if len(broken) >= len(values) or isinstance(values[0][1], list):
                return None
            broken.append(number)
            continue
        values.append((number, value))
        if len(values) > most:
            break
    if not values:
        return None
    table = _tabulate("JSON Lines", values, most)
    table.broken = broken
    return table


def _lines(text: str) -> Iterator[tuple[int, str]]:
    position, number = 0, 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        number += 1
        line = text[position:end].strip(" \t\ufeff").rstrip(",")
        position = end + 1
        if line:
            yield number, line


# --- where the rows are -------------------------------------------------------------------------


def _find_rows(value: Any, depth: int) -> list[Any]:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth > _DEEPEST:
        return []
    inner = list(value.values())
    if len(inner) > 1 and all(isinstance(part, list) for part in inner) and _are_alike(inner):
        return [dict(zip(value, row, strict=True)) for row in zip(*inner, strict=True)]
    if _is_work(value):
        return [value]
    if _is_split(value):
        return [value["columns"], *value["data"]]
    if inner and all(isinstance(part, dict) for part in inner):
        if _are_columns(value):
            return _turn(value)
        if len(inner) > 1 or _is_work(inner[0]) or _knows(inner[0]) > 1:
            return [{KEY: key, **part} for key, part in value.items()]
    lists = [part for part in inner if isinstance(part, list)]
    best = max(lists, key=lambda part: sum(isinstance(row, dict) for row in part), default=[])
    if any(isinstance(row, dict) for row in best):
        return best
    for part in inner:
        rows = _find_rows(part, depth + 1) if isinstance(part, dict) else []
        if rows:
            return rows
    return [value] if _knows(value) > 1 else []


def _fields(value: dict[Any, Any]) -> list[tuple[str, Any]]:
    named = [(read_name(str(key)), part) for key, part in list(value.items())[:_MOST_COLUMNS]]
    return [(name.field, part) for name, part in named if name is not None]


def _knows(value: dict[Any, Any]) -> int:
    return sum(field != "ignore" for field, _ in _fields(value))


def _is_work(value: dict[Any, Any]) -> bool:
    """Whether an object is one work: it holds a text, or chapters, beside what is said of it."""
    holds = any(
        (field in _CONTENT and isinstance(part, list) and part and _holds_text(part))
        or (field == "text" and isinstance(part, str) and len(part) > 200)
        for field, part in _fields(value)
    )
    return holds and _knows(_lift(value)) > 1


def _holds_text(parts: list[Any]) -> bool:
    first = parts[0]
    if isinstance(first, dict):
        return any(field == "text" for field, _ in _fields(first)) or "html" in first
    return isinstance(first, str)


def _is_split(value: dict[Any, Any]) -> bool:
    columns, data = value.get("columns"), value.get("data")
    return (
        isinstance(columns, list)
        and isinstance(data, list)
        and all(isinstance(name, str) for name in columns)
        and all(isinstance(row, list) for row in data)
    )


def _are_columns(value: dict[str, dict[Any, Any]]) -> bool:
    """Whether each object is a column: {"title": {"0": …, "1": …}, "text": {"0": …, "1": …}}."""
    inner = list(value.values())
    return (
        len(inner) > 1
        and sum(read_name(str(name)) is not None for name in value) >= 2
        and all(part.keys() == inner[0].keys() for part in inner[1:])
        and _knows(inner[0]) < 2
    )


def _turn(value: dict[str, dict[Any, Any]]) -> list[Any]:
    keys = list(next(iter(value.values())))
    return [{name: column[key] for name, column in value.items()} for key in keys]


def _are_alike(columns: Sequence[list[Any]]) -> bool:
    return len({len(column) for column in columns}) == 1 and len(columns[0]) > 0


# --- from values to rows ------------------------------------------------------------------------


def _tabulate(form: str, values: Sequence[tuple[int, Any]], most: int) -> Table:
    """Objects as rows of the columns that any of them has; lists as they are."""
    names: dict[str, int] = {}
    rows: list[Row] = []
    objects: list[tuple[int, dict[str, Any]]] = []
    table = Table(form, (), rows)
    for number, value in values:
        if len(rows) + len(objects) > most:
            break
        if isinstance(value, dict):
            lifted = _lift(value)
            for name in lifted:
                if len(names) < _MOST_COLUMNS:
                    names.setdefault(name, len(names))
            objects.append((number, lifted))
        elif isinstance(value, list) and value and not objects:
            rows.append(Row(number, value))
        elif isinstance(value, str) and not objects:
            rows.append(Row(number, [value]))
        else:
            table.left_out.append(number)
    if objects:
        table.left_out += [row.number for row in rows]
        table.names = tuple(names)
        table.rows = [
            Row(number, {names[name]: part for name, part in lifted.items() if name in names})
            for number, lifted in objects
        ]
    elif rows and _names_columns(rows):
        table.names = tuple(map(str, rows[0].cells))
        table.rows = rows[1:]
    return table


def _names_columns(rows: Sequence[Row]) -> bool:
    first = list(rows[0].cells)
    known = [isinstance(cell, str) and read_name(cell) is not None for cell in first]
    return sum(known) >= 2 and all(isinstance(cell, str) and len(cell) < 60 for cell in first)


def _lift(value: dict[Any, Any]) -> dict[str, Any]:
    """The object with what stands in objects inside of it beside what stands in it."""
    if len(value) < 4:
        inner = [part for key, part in value.items() if key in _WRAPPER and isinstance(part, dict)]
        if len(inner) == 1:
            value = {**{k: v for k, v in value.items() if k not in _WRAPPER}, **inner[0]}
    lifted: dict[str, Any] = {}
    for key, part in value.items():
        name = str(key)
        if isinstance(part, dict) and _is_group(name, part):
            for inner_key, inner_part in part.items():
                lifted.setdefault(_inner_name(name, str(inner_key)), inner_part)
        else:
            lifted[name] = part
    return lifted


def _is_group(name: str, part: dict[Any, Any]) -> bool:
    """Whether an object groups columns: “stats”, “tags” by kind; not a person with an address."""
    told = [str(key) for key in part if str(key) not in _NAMED_THING]
    known = sum(read_name(key) is not None for key in told)
    named = read_name(name)
    return (
        known > 0
        and (named is None or named.field not in ("text", "chapters"))
        and (2 * known >= len(told))
    )


def _inner_name(outer: str, inner: str) -> str:
    return inner if read_name(inner) is not None else f"{outer} {inner}"
