"""The text of an OpenDocument, element by element: what is shown, and nothing that is not.

Deleted text is kept apart by the format and is not read; annotations and contents neither.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.document_tables import Cell, lay_table
from hogarth.intake.odt_flow import Flow, Given
from hogarth.intake.odt_names import Names
from hogarth.intake.odt_styles import Styles

#: Gone with all they hold.
_LEFT_OUT: Final = frozenset(
    {"office:annotation", "office:forms", "office:scripts", "office:master-styles", "draw:object"}
    | {"text:table-of-content", "text:alphabetical-index", "text:illustration-index"}
    | {"text:table-index", "text:object-index", "text:user-index", "text:bibliography"}
    | {"text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:page-number"}
    | {"text:page-count", "text:hidden-text", "text:note-citation", "text:footnote-citation"}
    | {"text:endnote-citation", "office:settings", "office:font-face-decls", "text:tracked-changes"}
)
_STYLES: Final = frozenset({"office:styles", "office:automatic-styles"})
_META: Final = frozenset(
    {"dc:title", "dc:creator", "meta:initial-creator", "dc:description", "meta:keyword"}
    | {"dc:language", "meta:creation-date", "dc:date"}
)


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    span: int = 1


class Body:
    """Listens to a part of an OpenDocument; styles come first, then the text.

    Shape: `meta` what the document says of itself; `counted` what was left out or changed.
    """

    def __init__(
        self, keep_picture: Callable[[str | bytes], str | None], places: frozenset[str]
    ) -> None:
        self.styles = Styles()
        self.flow = Flow(self.styles, keep_picture, places)
        self.meta: dict[str, list[str]] = {}
        self.counted = dict.fromkeys(("office:annotation", "text:insertion", "text:deletion"), 0)
        self._names = Names()
        self._tables: list[_Table] = []
        self._skipping = 0
        self._in_styles = False
        self._collected: list[str] | None = None
        self._starts = self._list_starts()
        self._ends = self._list_ends()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self._names[tag]
        if name in self.counted:
            self.counted[name] += 1
        if self._skipping or name in _LEFT_OUT:
            self._skipping += 1
            return
        given = {self._names[key]: value for key, value in attributes.items()}
        if self._in_styles:
            self.styles.start(name, given)
        elif name in _STYLES:
            self._in_styles = True
        elif name in _META or name in ("office:binary-data", "svg:title", "svg:desc"):
            self._collected = []
        elif name in self._starts:
            self._starts[name](given)

    def end(self, tag: str) -> None:
        name = self._names[tag]
        if self._skipping:
            self._skipping -= 1
        elif name in _STYLES:
            self._in_styles = False
        elif self._in_styles:
            self.styles.end(name)
        elif self._collected is not None:
            told, self._collected = "".join(self._collected), None
            self._keep(name, told)
        elif name in self._ends:
            self._ends[name]()

    def data(self, text: str) -> None:
        if self._skipping or self._in_styles:
            return
        if self._collected is not None:
            self._collected.append(text)
        else:
            self.flow.put(text.replace("\n", " "))

    def _keep(self, name: str, told: str) -> None:
        """Keep what an element said that is no part of the text."""
        if name in _META:
            self.meta.setdefault(name, []).append(told.strip())
        elif name == "office:binary-data":
            try:
                self.flow.keep_picture(base64.b64decode(told))
            except ValueError:
                self.flow.keep_picture(b"")
        else:
            self.flow.keep_alt(told)

    # --- tables ---------------------------------------------------------------------------------

    def _start_table(self, _: Given) -> None:
        self._tables.append(_Table())

    def _start_row(self, _: Given) -> None:
        if self._tables:
            self._tables[-1].rows.append([])

    def _start_cell(self, given: Given) -> None:
        span = given.get("table:number-columns-spanned", "1")
        if self._tables:
            self._tables[-1].span = int(span) if span.isdecimal() and len(span) < 4 else 1
        self.flow.start_sink()

    def _end_cell(self) -> None:
        blocks = self.flow.end_sink()
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append(Cell(blocks, self._tables[-1].span))

    def _end_table(self) -> None:
        if self._tables:
            self.flow.add(lay_table(self._tables.pop().rows))

    def _start_section(self, given: Given) -> None:
        self._skipping = int(given.get("text:display") == "none")

    # --- what is done for which element ---------------------------------------------------------

    def _list_starts(self) -> dict[str, Callable[[Given], object]]:
        flow = self.flow
        return {
            "text:p": flow.start_paragraph,
            "text:h": flow.start_heading,
            "text:span": flow.start_span,
            "text:a": flow.start_link,
            "text:s": lambda _: flow.put(" "),
            "text:tab": lambda _: flow.put("\t"),
            "text:tab-stop": lambda _: flow.put("\t"),
            "text:line-break": lambda _: flow.put("\n"),
            "text:bookmark": flow.put_place,
            "text:bookmark-start": flow.put_place,
            "text:list": flow.start_list,
            "text:ordered-list": lambda given: flow.start_list(given, ordered=True),
            "text:unordered-list": flow.start_list,
            "text:list-item": flow.start_item,
            "text:note": lambda _: flow.start_note(),
            "text:footnote": lambda _: flow.start_note(),
            "text:endnote": lambda _: flow.start_note(),
            "text:section": self._start_section,
            "text:ruby": lambda _: flow.start_ruby(),
            "text:ruby-text": lambda _: flow.start_reading(),
            "draw:frame": lambda _: flow.start_frame(),
            "draw:image": lambda given: flow.keep_picture(given.get("xlink:href", "")),
            "draw:text-box": lambda _: flow.start_sink(),
            "table:table": self._start_table,
            "table:table-row": self._start_row,
            "table:table-cell": self._start_cell,
        }

    def _list_ends(self) -> dict[str, Callable[[], object]]:
        flow = self.flow
        return {
            "text:p": flow.end_paragraph,
            "text:h": flow.end_paragraph,
            "text:span": flow.end_span,
            "text:a": flow.end_link,
            "text:list": flow.end_list,
            "text:ordered-list": flow.end_list,
            "text:unordered-list": flow.end_list,
            "text:note": flow.end_note,
            "text:footnote": flow.end_note,
            "text:endnote": flow.end_note,
            "text:ruby": flow.end_ruby,
            "draw:frame": flow.end_frame,
            "draw:text-box": flow.end_box,
            "table:table-cell": self._end_cell,
            "table:table": self._end_table,
        }
