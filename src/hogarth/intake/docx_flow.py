"""The running text of a DOCX: paragraphs, runs, links, fields, pictures, as they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from hogarth.intake.blocks import RULE, Block, refer_to_note
from hogarth.intake.docx_paragraphs import Paragraph, Setter
from hogarth.intake.docx_styles import Properties, is_on
from hogarth.intake.runs import Run, is_blank
from hogarth.intake.symbols import is_symbol_face, read_symbols
from hogarth.intake.word_fields import Fields

Given = Mapping[str, str]


@dataclass(slots=True)
class Sources:
    """What the text refers to, by relationship.

    Shape: `keep_picture` the name that a picture is kept under, or None; `places` the names of
    places that links lead to.
    """

    links: Mapping[str, str] = field(default_factory=dict)
    keep_picture: Callable[[str], str | None] = lambda _: None
    places: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Sink:
    """Where blocks go. Shape: `joined` runs of a paragraph whose end was deleted."""

    blocks: list[Block] = field(default_factory=list)
    joined: list[Run] = field(default_factory=list)


class Flow:
    """The text as far as it was told. Methods that begin and end things are called in pairs.

    Shape: `blocks` of the whole; `cited` the label of each note that was met; `run` the
    properties of the run under way; `told` counts what was put.
    """

    def __init__(self, setter: Setter, sources: Sources) -> None:
        self.cited: dict[str, str] = {}
        self.run: Properties = {}
        self.told = 0
        self._setter, self._sources = setter, sources
        self._sinks = [_Sink()]
        self._paragraphs: list[Paragraph] = []
        self._fields = Fields()
        self._collects = ""
        self._links: list[str] = []
        self._ruby: list[str] | None = None
        self._alt = ""

    @property
    def blocks(self) -> list[Block]:
        return self._sinks[0].blocks

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph that is open."""
        return self._paragraphs[-1] if self._paragraphs else None

    def start_sink(self) -> list[Block]:
        """Blocks go to a list of their own from now on."""
        self._sinks.append(_Sink())
        return self._sinks[-1].blocks

    def end_sink(self) -> list[Block]:
        """The blocks of the innermost list; what waited to be joined stays as it is."""
        if len(self._sinks) == 1:
            return []
        sink = self._sinks.pop()
        if sink.joined:
            sink.blocks.append(Block(sink.joined))
        return sink.blocks

    def add(self, blocks: list[Block]) -> None:
        self._sinks[-1].blocks.extend(blocks)

    # --- paragraphs and runs --------------------------------------------------------------------

    def start_paragraph(self) -> None:
        self._paragraphs.append(Paragraph(self.run))
        self.run = {}

    def end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph, sink = self._paragraphs.pop(), self._sinks[-1]
        self.run = paragraph.run
        paragraph.runs[:0], sink.joined = sink.joined, []
        if paragraph.joins:
            sink.joined = paragraph.runs
            self.add(paragraph.after)
        elif paragraph.after and is_blank(paragraph.runs):
            self.add(paragraph.after)
        else:
            self.add([*self._setter.set_paragraph(paragraph), *paragraph.after])

    def collect(self, kind: str) -> None:
        """Shape: `kind` “text”, “instruction” or "" for nothing."""
        self._collects = kind

    def data(self, text: str) -> None:
        if self._collects == "instruction":
            self._fields.instruct(text)
        elif self._collects:
            self.put(text.replace("\n", " "))

    def put(self, text: str, html: str = "", note: str = "") -> None:
        """Add what is shown to the paragraph."""
        if self._fields.is_hidden or not self._paragraphs:
            return
        if self._ruby is not None:
            self._ruby[-1] += text
            return
        paragraph = self._paragraphs[-1]
        style = self._setter.set_run(self.run, paragraph)
        if style is None:
            return
        face = self.run.get("rFonts", "")
        if is_symbol_face(face) and any("\uf020" <= char <= "\uf0ff" for char in text):
            text = read_symbols(text, face)
        href = self._links[-1] if self._links else self._fields.href
        rtl = style.rtl and not is_on(paragraph.properties.get("bidi"))
        paragraph.runs.append(Run(text, style._replace(href=href, rtl=rtl), html, note))
        self.told += 1

    def put_break(self, given: Given) -> None:
        if given.get("w:type") not in ("page", "column"):
            self.put("\n")
        elif self._paragraphs:
            self._paragraphs[-1].new_page = True
            if not is_blank(self._paragraphs[-1].runs):
                self.put("\n")

    def put_symbol(self, given: Given) -> None:
        code = given.get("w:char") or given.get("w16se:char") or ""
        try:
            char = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        face = given.get("w:font", "")
        self.put(read_symbols(char, face) if is_symbol_face(face) else char)

    def put_note(self, kind: str, given: Given) -> None:
        key = f"{kind}{given.get('w:id', '')}"
        if self._fields.is_hidden or not self._paragraphs:
            return
        label = self.cited.setdefault(key, str(len(self.cited) + 1))
        self.run = {}
        self.put("", refer_to_note(key, label).html, key)

    def put_place(self, given: Given) -> None:
        name = given.get("w:name", "")
        if name in self._sources.places:
            self.put("", f'<a id="{escape(name)}"></a>')

    # --- fields and links -----------------------------------------------------------------------

    def start_link(self, given: Given) -> None:
        address = self._sources.links.get(given.get("r:id", ""), "")
        place = given.get("w:anchor", "")
        self._links.append(f"{address}#{place}" if place else address)

    def end_link(self) -> None:
        del self._links[-1:]

    def mark_field(self, given: Given) -> None:
        self._fields.mark(given.get("w:fldCharType", ""))

    def start_simple_field(self, given: Given) -> None:
        self._fields.mark("begin")
        self._fields.instruct(given.get("w:instr", ""))
        self._fields.mark("separate")

    def end_simple_field(self) -> None:
        self._fields.mark("end")

    # --- pictures, boxes, ruby ------------------------------------------------------------------

    def keep_alt(self, given: Given) -> None:
        self._alt = given.get("descr", "")

    def put_picture(self, given: Given) -> None:
        for key in ("r:embed", "r:id", "r:link"):
            source = self._sources.keep_picture(given[key]) if given.get(key) else None
            if source:
                alt = escape(given.get("o:title") or self._alt)
                self.put("", f'<img src="{escape(source)}" alt="{alt}">')
                break
        self._alt = ""

    def put_rule(self, given: Given) -> None:
        """A drawn rectangle, where it says that it is a rule."""
        if given.get("o:hr") in ("t", "true", "1") and self._paragraphs:
            self._paragraphs[-1].after.append(Block(html=RULE))
            self.told += 1

    def end_box(self) -> None:
        """The blocks of a text box stand below the paragraph that it hangs on."""
        blocks = self.end_sink()
        if self._paragraphs:
            self._paragraphs[-1].after += blocks
        else:
            self.add(blocks)

    def start_ruby(self) -> None:
        self._ruby = [""]

    def start_ruby_base(self) -> None:
        if self._ruby is not None:
            self._ruby.append("")

    def end_ruby(self) -> None:
        reading, *base = self._ruby or [""]
        self._ruby = None
        if any(base):
            words = escape("".join(base), quote=False)
            self.put("", f"<ruby>{words}<rt>{escape(reading, quote=False)}</rt></ruby>")
