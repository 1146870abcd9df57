"""The text of a DOCX, element by element: what Word shows, and nothing that it does not.

Deleted text, hidden text, comments, instructions of fields and tables of contents are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.blocks import Block
from hogarth.intake.document_tables import Cell, lay_table
from hogarth.intake.docx_flow import Flow, Given, Sources
from hogarth.intake.docx_names import Names
from hogarth.intake.docx_paragraphs import Paragraph, Setter
from hogarth.intake.docx_styles import is_on

#: Gone with all they hold, wherever they stand.
_LEFT_OUT: Final = frozenset(
    {"w:moveFrom", "w:delText", "w:delInstrText", "w:rPrChange", "w:pPrChange", "w:tblPrChange"}
    | {"w:trPrChange", "w:tcPrChange", "w:sectPr", "w:sectPrChange", "w:tblPrExChange", "w:object"}
    | {"w:numberingChange", "w:tblPr", "w:tblGrid", "w:annotationRef"}
)
#: Elements of their own while properties are read.
_IN_SCOPE: Final = frozenset({"w:rPr", "w:ins", "w:del", "w:p", "w:r"})
_SCOPES: Final = {"w:pPr": "paragraph", "w:trPr": "row", "w:tcPr": "cell", "w:sdtPr": "content"}
_DRAWN: Final = frozenset({"single", "double", "thick", "dashed", "dotted", "triple", "wave"})
_SIGNS: Final = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    span: int = 1
    deleted: bool = False


class Body:
    """Listens to one part of a DOCX and keeps its blocks.

    Shape: `notes` the blocks of each note by its key, where the part is one of notes; `inserted`
    and `deleted` count tracked changes.
    """

    def __init__(self, setter: Setter, sources: Sources) -> None:
        self.flow = Flow(setter, sources)
        self.notes: dict[str, list[Block]] = {}
        self.inserted = self.deleted = 0
        self._names = Names()
        self._tables: list[_Table] = []
        self._scope = ""
        self._skipping = 0
        self._choices: list[int] = []
        self._untold = False
        self._starts = self._list_starts()
        self._ends = self._list_ends()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self._names[tag]
        if self._skipping or name in _LEFT_OUT:
            self._skipping += 1
            return
        given = {self._names[key]: value for key, value in attributes.items()}
        if self._scope and name not in _IN_SCOPE:
            self._keep_property(name, given)
        elif name in _SIGNS:
            self.flow.put(_SIGNS[name])
        elif name in _SCOPES:
            self._scope = _SCOPES[name]
        elif name in self._starts:
            self._starts[name](given)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name = self._names[tag]
        if name in _SCOPES:
            self._scope = ""
        elif name in self._ends:
            self._ends[name]()

    def data(self, text: str) -> None:
        if not self._skipping:
            self.flow.data(text)

    # --- properties -----------------------------------------------------------------------------

    def _keep_property(self, name: str, given: Given) -> None:
        local, value = name.partition(":")[2], given.get("w:val", "")
        paragraph = self.flow.paragraph
        if self._scope == "run":
            if local == "rFonts":
                value = given.get("w:ascii") or given.get("w:hAnsi") or ""
            self.flow.run[local] = value
        elif self._scope == "cell" and local == "gridSpan" and self._tables:
            self._tables[-1].span = int(value) if value.isdecimal() and len(value) < 4 else 1
        elif self._scope == "content":
            contents = local == "docPartGallery" and value == "Table of Contents"
            self._untold |= contents or (local == "showingPlcHdr" and is_on(value))
        elif paragraph is not None and self._scope == "mark":
            paragraph.joins |= local in ("del", "moveFrom")
            paragraph.hidden |= local in ("vanish", "specVanish") and is_on(value)
        elif paragraph is not None and self._scope == "paragraph":
            _keep_of_paragraph(local, value, given, paragraph)

    def _start_run_properties(self, _: Given) -> None:
        if self._scope in ("", "paragraph"):
            self._scope = "mark" if self._scope else "run"

    def _end_run_properties(self) -> None:
        self._scope = {"mark": "paragraph", "run": ""}.get(self._scope, self._scope)

    def _start_content(self, _: Given) -> None:
        """What a form field or a part of a document holds, unless it is none of the writer's."""
        self._skipping = int(self._untold)
        self._untold = False

    def _start_paragraph(self, _: Given) -> None:
        self.flow.start_paragraph()
        self._scope = ""

    def _end_paragraph(self) -> None:
        self.flow.end_paragraph()
        self._scope = ""

    def _start_run(self, _: Given) -> None:
        self.flow.run, self._scope = {}, ""

    # --- tracked changes, alternatives ----------------------------------------------------------

    def _start_insertion(self, _: Given) -> None:
        self.inserted += not self._scope

    def _start_deletion(self, given: Given) -> None:
        if self._scope == "row" and self._tables:
            self._tables[-1].deleted = True
        elif self._scope:
            self._keep_property("w:del", given)
        else:
            self.deleted += 1
            self._skipping = 1

    def _start_choice(self, _: Given) -> None:
        self._choices.append(self.flow.told)

    def _start_fallback(self, _: Given) -> None:
        """The other form of the same thing, which is read when the first said nothing."""
        if self._choices and self._choices[-1] != self.flow.told:
            self._skipping = 1

    def _end_alternatives(self) -> None:
        del self._choices[-1:]

    # --- tables and notes -----------------------------------------------------------------------

    def _start_table(self, _: Given) -> None:
        self._tables.append(_Table())

    def _start_row(self, _: Given) -> None:
        if self._tables:
            self._tables[-1].rows.append([])
            self._tables[-1].deleted = False

    def _end_cell(self) -> None:
        blocks = self.flow.end_sink()
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append(Cell(blocks, self._tables[-1].span))
            self._tables[-1].span = 1

    def _end_row(self) -> None:
        if self._tables and self._tables[-1].deleted:
            del self._tables[-1].rows[-1:]

    def _end_table(self) -> None:
        if self._tables:
            self.flow.add(lay_table(self._tables.pop().rows))

    def _start_note(self, kind: str, given: Given) -> None:
        if given.get("w:type", "normal") != "normal":
            self._skipping = 1
            return
        self.notes[f"{kind}{given.get('w:id', '')}"] = self.flow.start_sink()

    # --- what is done for which element ---------------------------------------------------------

    def _list_starts(self) -> dict[str, Callable[[Given], object]]:
        flow = self.flow
        return {
            "w:p": self._start_paragraph,
            "w:r": self._start_run,
            "w:rPr": self._start_run_properties,
            "w:sdtContent": self._start_content,
            "w:ins": self._start_insertion,
            "w:del": self._start_deletion,
            "w:t": lambda _: flow.collect("text"),
            "m:t": lambda _: flow.collect("text"),
            "w:instrText": lambda _: flow.collect("instruction"),
            "w:br": flow.put_break,
            "w:sym": flow.put_symbol,
            "w16se:symEx": flow.put_symbol,
            "w:footnoteReference": lambda given: flow.put_note("f", given),
            "w:endnoteReference": lambda given: flow.put_note("e", given),
            "w:bookmarkStart": flow.put_place,
            "w:hyperlink": flow.start_link,
            "w:fldChar": flow.mark_field,
            "w:fldSimple": flow.start_simple_field,
            "wp:docPr": flow.keep_alt,
            "a:blip": flow.put_picture,
            "v:imagedata": flow.put_picture,
            "v:rect": flow.put_rule,
            "w:txbxContent": lambda _: flow.start_sink(),
            "w:ruby": lambda _: flow.start_ruby(),
            "w:rubyBase": lambda _: flow.start_ruby_base(),
            "mc:Choice": self._start_choice,
            "mc:Fallback": self._start_fallback,
            "w:tbl": self._start_table,
            "w:tr": self._start_row,
            "w:tc": lambda _: flow.start_sink(),
            "w:footnote": lambda given: self._start_note("f", given),
            "w:endnote": lambda given: self._start_note("e", given),
        }

    def _list_ends(self) -> dict[str, Callable[[], object]]:
        flow = self.flow
        return {
            "w:p": self._end_paragraph,
            "w:rPr": self._end_run_properties,
            "w:t": lambda: flow.collect(""),
            "m:t": lambda: flow.collect(""),
            "w:instrText": lambda: flow.collect(""),
            "w:hyperlink": flow.end_link,
            "w:fldSimple": flow.end_simple_field,
            "w:txbxContent": flow.end_box,
            "w:ruby": flow.end_ruby,
            "mc:AlternateContent": self._end_alternatives,
            "w:tc": self._end_cell,
            "w:tr": self._end_row,
            "w:tbl": self._end_table,
            "w:footnote": flow.end_sink,
            "w:endnote": flow.end_sink,
        }


def _keep_of_paragraph(name: str, value: str, given: Given, paragraph: Paragraph) -> None:
    if name in ("top", "bottom", "between"):
        if value in _DRAWN:
            paragraph.borders.add(name)
    elif name == "framePr":
        paragraph.joins |= given.get("w:dropCap", "none") != "none"
    else:
        paragraph.properties[name] = value
