"""The running text of an OpenDocument: paragraphs, spans, lists, notes, pictures, as they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

from hogarth.intake.blocks import RULE, Block, Item, Note, refer_to_note
from hogarth.intake.numbering import write_number
from hogarth.intake.odt_styles import Level, Properties, Styles, set_run, speaks
from hogarth.intake.runs import Run, Style, is_blank
from hogarth.intake.symbols import is_symbol_face, read_symbols

Given = Mapping[str, str]

_KINDS: Final = {"I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter"}
_BULLET: Final = Level(bullet="•")
_NUMBER: Final = Level(kind="1")


@dataclass(slots=True)
class _Span:
    """Shape: `style` None where the text is hidden."""

    properties: Properties
    style: Style | None


@dataclass(slots=True)
class _Paragraph:
    """Shape: `spans` that are open, the paragraph's own first; `label` stands before its words."""

    name: str
    spans: list[_Span]
    rank: int = 0
    runs: list[Run] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    item: Item | None = None
    label: str = ""


@dataclass(slots=True)
class _List:
    """A list that is open. Shape: `fresh` when the next paragraph begins an item."""

    style: str
    count: int = 0
    fresh: bool = False
    ordered: bool = False


@dataclass(slots=True)
class _Frame:
    source: str = ""
    alt: str = ""


class Flow:
    """The text as far as it was told. Methods that begin and end things are called in pairs."""

    def __init__(
        self,
        styles: Styles,
        keep_picture: Callable[[str | bytes], str | None],
        places: frozenset[str],
    ) -> None:
        self.notes: dict[str, Note] = {}
        self._styles, self._keep, self._places = styles, keep_picture, places
        self._sinks: list[list[Block]] = [[]]
        self._paragraphs: list[_Paragraph] = []
        self._lists: list[_List] = []
        self._counts: dict[str, int] = {}
        self._outline: dict[int, int] = {}
        self._notes: list[tuple[str, list[_List]]] = []
        self._links: list[str] = []
        self._frames: list[_Frame] = []
        self._ruby: list[str] | None = None

    @property
    def blocks(self) -> list[Block]:
        return self._sinks[0]

    def start_sink(self) -> None:
        """Blocks go to a list of their own from now on."""
        self._sinks.append([])

    def end_sink(self) -> list[Block]:
        return self._sinks.pop() if len(self._sinks) > 1 else []

    def add(self, blocks: list[Block]) -> None:
        self._sinks[-1].extend(blocks)

    # --- paragraphs and spans -------------------------------------------------------------------

    def start_paragraph(self, given: Given) -> None:
        name = given.get("text:style-name", "")
        properties = self._styles.resolve("paragraph", name)
        paragraph = _Paragraph(name, [_Span(properties, set_run(properties))])
        paragraph.rank = self._styles.rank_of(name)
        self._paragraphs.append(paragraph)
        self._mark(paragraph)

    def start_heading(self, given: Given) -> None:
        self.start_paragraph(given)
        stated = given.get("text:outline-level") or given.get("text:level") or "1"
        level = int(stated) if stated.isdecimal() and 0 < int(stated[:3]) < 10 else 1
        paragraph = self._paragraphs[-1]
        paragraph.rank, paragraph.item = min(level, 6), None
        if given.get("text:is-list-header") != "true" and not paragraph.label:
            paragraph.label = self._number_heading(level)

    def _number_heading(self, level: int) -> str:
        """What the outline writes before a heading: “Chapter 3:” or ""."""
        self._outline[level] = self._outline.get(level, 0) + 1
        for deeper in [key for key in self._outline if key > level]:
            del self._outline[deeper]
        return _label(self._styles.lists.get("outline", {}).get(level), self._outline[level])

    def end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        self.add([*self._finish(paragraph), *paragraph.after])

    def _finish(self, paragraph: _Paragraph) -> list[Block]:
        properties, role = paragraph.spans[0].properties, self._styles.role_of(paragraph.name)
        blank = is_blank(paragraph.runs)
        if role == "left-out" or (blank and paragraph.after):
            return []
        if blank and self._styles.is_rule(paragraph.name):
            return [Block(html=RULE)]
        rtl = properties.get("style:writing-mode", "").startswith("rl")
        stated = properties.get("fo:text-align", "")
        align = "right" if stated in ("end", "right") and not rtl else ""
        runs = paragraph.runs
        rank = 0 if blank else paragraph.rank
        if rank or role == "title":
            runs = [run._replace(style=run.style._replace(bold=False)) for run in runs]
        if paragraph.label and not blank:
            runs = [Run(f"{paragraph.label} "), *runs]
        return [
            Block(
                runs,
                rank=rank,
                role=role,
                align="center" if stated == "center" else align,
                rtl=rtl,
                item=None if blank else paragraph.item,
                new_page=properties.get("fo:break-before") == "page",
            )
        ]

    def start_span(self, given: Given) -> None:
        if self._paragraphs:
            spans = self._paragraphs[-1].spans
            own = self._styles.resolve("text", given.get("text:style-name", ""))
            properties = {**spans[-1].properties, **own}
            hidden = spans[-1].style is None
            spans.append(_Span(properties, None if hidden else set_run(properties)))

    def end_span(self) -> None:
        if self._paragraphs:
            spans = self._paragraphs[-1].spans
            spans[:] = spans[: max(1, len(spans) - 1)]

    def put(self, text: str, html: str = "", note: str = "") -> None:
        """Add what is shown to the paragraph."""
        if not self._paragraphs:
            return
        if self._ruby is not None:
            self._ruby[-1] += text
            return
        span = self._paragraphs[-1].spans[-1]
        if span.style is None:
            return
        face = span.properties.get("style:font-name") or span.properties.get("fo:font-family", "")
        if is_symbol_face(face) and any("\uf020" <= char <= "\uf0ff" for char in text):
            text = read_symbols(text, face)
        href = self._links[-1] if self._links else ""
        self._paragraphs[-1].runs.append(Run(text, span.style._replace(href=href), html, note))

    def put_place(self, given: Given) -> None:
        name = given.get("text:name", "")
        if name in self._places:
            self.put("", f'<a id="{escape(name)}"></a>')

    def start_link(self, given: Given) -> None:
        address = given.get("xlink:href", "")
        outline = address.startswith("#") and "|" in address
        self._links.append("" if outline else address)

    def end_link(self) -> None:
        del self._links[-1:]

    # --- lists ----------------------------------------------------------------------------------

    def start_list(self, given: Given, *, ordered: bool = False) -> None:
        """Shape: `ordered` where the list says so itself, as it did in the older form."""
        inherited = self._lists[-1].style if self._lists else ""
        opened = _List(given.get("text:style-name", inherited), ordered=ordered)
        if given.get("text:continue-numbering") == "true" or "text:continue-list" in given:
            opened.count = self._counts.get(opened.style, 0)
        self._lists.append(opened)

    def end_list(self) -> None:
        if self._lists:
            closed = self._lists.pop()
            if not self._lists:
                self._counts[closed.style] = closed.count

    def start_item(self, given: Given) -> None:
        if self._lists:
            start = given.get("text:start-value", "")
            own = self._lists[-1]
            own.count = int(start) if start.isdecimal() and len(start) < 6 else own.count + 1
            own.fresh = True

    def _mark(self, paragraph: _Paragraph) -> None:
        """Make the first paragraph of an item that item, or give it the words of its mark."""
        if not self._lists or not self._lists[-1].fresh:
            return
        own, depth = self._lists[-1], len(self._lists)
        own.fresh = False
        levels = self._styles.lists.get(own.style)
        usual = _NUMBER if own.ordered else _BULLET
        level = levels.get(depth, Level()) if levels else usual
        if level.bullet:
            if speaks(level.bullet):
                paragraph.label = level.bullet
            else:
                paragraph.item = Item(False, depth - 1)
        elif level.kind:
            if paragraph.rank or any(char.isalpha() for char in level.before + level.after):
                paragraph.label = _label(level, own.count)
            else:
                paragraph.item = Item(True, depth - 1, own.count)

    # --- notes, ruby, pictures ------------------------------------------------------------------

    def start_note(self) -> None:
        key = f"n{len(self.notes) + len(self._notes) + 1}"
        self.put("", refer_to_note(key, key[1:]).html, key)
        self._notes.append((key, self._lists))
        self._lists = []
        self.start_sink()

    def end_note(self) -> None:
        if self._notes:
            key, self._lists = self._notes.pop()
            self.notes[key] = Note(key[1:], self.end_sink())

    def start_ruby(self) -> None:
        self._ruby = [""]

    def start_reading(self) -> None:
        if self._ruby is not None:
            self._ruby.append("")

    def end_ruby(self) -> None:
        base, *reading = self._ruby or [""]
        self._ruby = None
        if base.strip():
            words = escape("".join(reading), quote=False)
            self.put("", f"<ruby>{escape(base, quote=False)}<rt>{words}</rt></ruby>")

    def start_frame(self) -> None:
        self._frames.append(_Frame())

    def keep_picture(self, source: str | bytes) -> None:
        """Shape: an address in the file, or the bytes. The first form of a picture is taken."""
        if source and self._frames and not self._frames[-1].source:
            self._frames[-1].source = self._keep(source) or ""

    def keep_alt(self, told: str) -> None:
        if self._frames and not self._frames[-1].alt:
            self._frames[-1].alt = " ".join(told.split())

    def end_frame(self) -> None:
        frame = self._frames.pop() if self._frames else _Frame()
        if not frame.source:
            return
        html = f'<img src="{escape(frame.source)}" alt="{escape(frame.alt)}">'
        if self._paragraphs:
            self.put("", html)
        else:
            self.add([Block([Run("", html=html)])])

    def end_box(self) -> None:
        """The blocks of a text box stand below the paragraph that it hangs on."""
        blocks = self.end_sink()
        if self._paragraphs:
            self._paragraphs[-1].after += blocks
        else:
            self.add(blocks)


def _label(level: Level | None, number: int) -> str:
    if level is None or not level.kind:
        return ""
    written = write_number(number, _KINDS.get(level.kind, "decimal"))
    return f"{level.before}{written}{level.after}".strip()
