"""The file that a library keeps beside a book: calibre's `metadata.opf`, with its own columns."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.intake.elements import attribute, classes, text_of
from hogarth.intake.facts import Facts
from hogarth.intake.opf import read_package
from hogarth.intake.table_columns import Column
from hogarth.intake.table_facts import ADDRESSES, read_facts
from hogarth.intake.table_names import read_name
from hogarth.intake.table_rows import Row
from hogarth.intake.title_page import sort_subjects
from hogarth.intake.xml import attribute_of, local_name, parse_xml, text_in

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Units: bytes. A library's file with a cover's address and a few columns has some kilobytes.
LARGEST: Final = 8 * 1024 * 1024
_ENDING: Final = ".opf"
_OF_FOLDER: Final = ("metadata.opf", "content.opf")
_COLUMN: Final = "calibre:user_metadata:#"
_COLUMNS: Final = "calibre:user_metadata"
_MOST_COLUMNS: Final = 500
#: Fields that a column of a library may hold; what it says of files and rows is passed over.
_PASSED_OVER: Final = frozenset({"id", "file", "ignore", "text", "site"})
_STARS: Final = "rating"
_ADDRESS: Final = re.compile(
    r"(?:(?:url|uri)\d*:)?(?P<scheme>https?)[:|]//(?P<rest>\S+)", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?:(?P<kind>[a-z0-9]+):)?(?P<number>\d{1,12})", re.IGNORECASE)


def choose_companion(name: str, names: Collection[str], stories: int) -> str | None:
    """The file beside this one that tells of it, or None.

    Shape: `name` and `names` of one folder without the path, `stories` how many different stems
    the other files in it have. A file for a whole folder tells of one book in several forms.
    """
    folded = {other.casefold(): other for other in names}
    own = folded.get(f"{PurePath(name).stem}{_ENDING}".casefold())
    if own is not None or stories > 1:
        return own
    return next((folded[other] for other in _OF_FOLDER if other in folded), None)


def read_companion(data: bytes) -> Facts | None:
    """What the library says of the book, None when the file cannot be read or says nothing."""
    root = parse_xml(data)
    if root is None or local_name(root) != "package":
        return None
    facts = read_package(root).facts
    custom = _read_columns(root)
    facts.tags = list(sort_subjects(facts.tags, custom))
    facts.source = _read_address(root) or facts.source or custom.source
    facts.series = facts.series or custom.series
    facts.credits = list(dict.fromkeys((*facts.credits, *custom.credits)))
    facts.summary = facts.summary or custom.summary
    facts.notes = facts.notes or custom.notes
    facts.language = facts.language or custom.language
    facts.status, facts.posted, facts.expected = custom.status, custom.posted, custom.expected
    # What a library calls the day of publication may be the day it was given the book.
    facts.dates = custom.dates if custom.dates.published else facts.dates
    facts.stated = custom.stated
    return facts if facts != Facts() else None


def _read_address(root: _Element) -> str | None:
    """The address of the story among the identifiers: written out, or a number on a known site."""
    numbers: list[str] = []
    for row in root.iter():
        if local_name(row) != "identifier":
            continue
        line, scheme = text_in(row), attribute_of(row, "scheme").casefold()
        found = _ADDRESS.fullmatch(line)
        if found:
            return f"{found['scheme'].lower()}://{found['rest']}"
        number = _NUMBER.fullmatch(line)
        if number:
            address = ADDRESSES.get((number["kind"] or scheme).casefold())
            numbers += [address.format(number["number"])] if address else []
    return next(iter(numbers), None)


# --- columns of its own -------------------------------------------------------------------------


def _read_columns(root: _Element) -> Facts:
    """What the columns say that somebody added to the library, by their names."""
    columns: list[Column] = []
    cells: dict[int, Any] = {}
    for name, value in _all_columns(root):
        named = read_name(name)
        if named is None or named.field in _PASSED_OVER or len(cells) >= _MOST_COLUMNS:
            continue
        cells[len(columns)] = value
        columns.append(Column(len(columns), name, named.field))
    return read_facts(Row(1, cells), columns, {})


def _all_columns(root: _Element) -> Iterator[tuple[str, Any]]:
    for row in root.iter():
        if local_name(row) != "meta":
            continue
        if attribute_of(row, "name").startswith(_COLUMN):
            yield from _read_column(_load(attribute_of(row, "content")))
        elif attribute_of(row, "property") == _COLUMNS:
            for column in (_load(text_in(row)) or {}).values():
                yield from _read_column(column)


def _read_column(column: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(column, dict) or column.get("datatype") == _STARS:
        return
    value = column.get("#value#")
    if isinstance(value, dict):
        value = value.get("__value__")
    if value is None or value == "":
        return
    if isinstance(value, str) and "class" in value and "metadata" in value[:2000]:
        yield from _read_saved(value)
        return
    label, title = str(column.get("label", "")).lstrip("#"), str(column.get("name", ""))
    yield (label if read_name(label) is not None else title), value


def _read_saved(html: str) -> Iterator[tuple[str, Any]]:
    """The facts that a downloader saved in one column, each in an element of its own."""
    for node in LexborHTMLParser(html).css(".metadata[id]")[:_MOST_COLUMNS]:
        items = [text_of(item) for item in node.css("li")]
        value = items if "list" in classes(node) else text_of(node)
        if value:
            yield attribute(node, "id"), value


def _load(text: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
