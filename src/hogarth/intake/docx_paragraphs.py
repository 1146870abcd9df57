"""A paragraph of a DOCX and its runs, from their properties and styles to a block."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.blocks import RULE, Block, Item
from hogarth.intake.docx_styles import TOGGLES, Properties, Styles, is_on
from hogarth.intake.numbering import Numbering
from hogarth.intake.runs import PLAIN, Run, Style, is_blank

_RAISED: Final = {"superscript": "sup", "subscript": "sub"}


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is open.

    Shape: `joins` when its end was deleted; `after` blocks of boxes that hang on it; `borders`
    where a line is drawn.
    """

    run: Properties
    properties: Properties = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    borders: set[str] = field(default_factory=set)
    joins: bool = False
    hidden: bool = False
    new_page: bool = False


class Setter:
    """Sets runs and paragraphs as their styles say."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering

    def set_run(self, run: Properties, paragraph: Paragraph) -> Style | None:
        """The style of a run, or None when it is hidden."""
        if not run and not self._styles.default:
            own = self._ident(paragraph)
            if not self._styles.resolve(own).run:
                return PLAIN
        named = self._styles.resolve(run["rStyle"]).run if "rStyle" in run else {}
        below = self._styles.resolve(self._ident(paragraph)).run
        on = {name for name in TOGGLES if self._is_on(name, run, named, below)}
        if "vanish" in on:
            return None
        whole = {**below, **named, **run}
        return Style(
            bold="b" in on,
            italic="i" in on,
            underline=is_on(whole.get("u")) and whole.get("u") != "",
            strike=not on.isdisjoint({"strike", "dstrike"}),
            small_caps="smallCaps" in on,
            raised=_RAISED.get(whole.get("vertAlign", ""), ""),
            rtl=is_on(run.get("rtl")),
        )

    def _is_on(self, name: str, run: Properties, named: Properties, below: Properties) -> bool:
        if name in run:
            return is_on(run[name])
        if name in named or name in below:
            return is_on(named.get(name)) != is_on(below.get(name))
        return is_on(self._styles.default.get(name))

    def _ident(self, paragraph: Paragraph) -> str:
        return paragraph.properties.get("pStyle") or self._styles.default_style

    def set_paragraph(self, paragraph: Paragraph) -> list[Block]:
        """The blocks of a paragraph that has ended."""
        ident = self._ident(paragraph)
        properties = {**self._styles.resolve(ident).paragraph, **paragraph.properties}
        role = self._styles.role_of(ident)
        blank = is_blank(paragraph.runs)
        if role == "left-out" or (paragraph.hidden and blank):
            return []
        if blank and paragraph.borders:
            return [Block(html=RULE)]
        rtl = is_on(properties.get("bidi"))
        block = Block(
            paragraph.runs,
            rank=0 if blank else self._rank(ident, paragraph.properties),
            role=role,
            align=_align(properties.get("jc", ""), rtl=rtl),
            rtl=rtl,
            new_page=paragraph.new_page or is_on(properties.get("pageBreakBefore")),
        )
        if block.rank or role == "title":
            block.runs = [run._replace(style=run.style._replace(bold=False)) for run in block.runs]
        if not blank:
            self._number(block, properties)
        # Word draws this line for three hyphens that were typed below the paragraph.
        ruled = "bottom" in paragraph.borders and not block.rank and not role
        return [block, Block(html=RULE)] if ruled else [block]

    def _rank(self, ident: str, own: Properties) -> int:
        outline = own.get("outlineLvl", "")
        if outline.isdecimal() and len(outline) == 1:
            return min(int(outline) + 1, 6) if outline != "9" else 0
        return self._styles.rank_of(ident)

    def _number(self, block: Block, properties: Properties) -> None:
        """Make the block an item, or write its number where the number belongs to the text."""
        ident, level = properties.get("numId", "0"), properties.get("ilvl", "0")
        place = int(level) if level.isdecimal() and len(level) == 1 else 0
        if block.rank:
            label = self._numbering.label(ident, place)
        else:
            mark = self._numbering.mark(ident, place)
            label = mark.label if mark else ""
            if mark and not label and not mark.hidden:
                block.item = Item(mark.ordered, mark.level, mark.number)
        if label:
            block.runs.insert(0, Run(f"{label} "))


def _align(stated: str, *, rtl: bool) -> str:
    """Shape: “center”, “right” or ""; in a paragraph from right to left, right is as usual."""
    if stated == "center":
        return "center"
    return "right" if stated in ("right", "end") and not rtl else ""
