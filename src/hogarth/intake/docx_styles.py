"""The styles and the numbering of a DOCX: what a paragraph or run is by the style it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hogarth.intake.blocks import Role
from hogarth.intake.xml import attribute_of, local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Styles are based on one another no deeper than this, or they go round in a circle.
_DEEPEST: Final = 20
_HEADING: Final = re.compile(r"heading ?([1-9])")
_TOC: Final = re.compile(r"(?:toc|contents) ?(?:heading|[1-9])")
_ROLES: Final[dict[str, Role]] = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "byline": "author",
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
    "quotations": "quote",
    "blockquote": "quote",
}
#: Switches: in a style that is based on another, and in both kinds of styles, on and on is off.
TOGGLES: Final = frozenset({"b", "i", "strike", "dstrike", "smallCaps", "vanish"})
_OFF: Final = frozenset({"0", "false", "off", "none"})

Properties = dict[str, str]


def is_on(value: str | None) -> bool:
    """Whether a switch is on. Shape: `value` of its attribute, "" where it has none."""
    return value is not None and value.lower() not in _OFF


@dataclass(slots=True)
class NamedStyle:
    """One style. Shape: `paragraph` and `run` are its own properties by element name."""

    name: str = ""
    base: str = ""
    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)


class Styles:
    """The styles of a document, looked up through what they are based on."""

    def __init__(self, data: bytes | None) -> None:
        self._styles: dict[str, NamedStyle] = {}
        self._resolved: dict[str, NamedStyle] = {}
        self.default: Properties = {}
        self.default_style = ""
        root = parse_xml(data) if data else None
        for row in root if root is not None else ():
            if local_name(row) == "style":
                self._keep(row)
            elif local_name(row) == "docDefaults":
                for properties in row.iter():
                    if local_name(properties) == "rPr":
                        self.default.update(read_properties(properties))

    def _keep(self, row: _Element) -> None:
        style = NamedStyle()
        for part in row:
            name = local_name(part)
            if name == "name":
                style.name = attribute_of(part, "val").lower()
            elif name == "basedOn":
                style.base = attribute_of(part, "val")
            elif name == "pPr":
                style.paragraph = read_properties(part)
            elif name == "rPr":
                style.run = read_properties(part)
        ident = attribute_of(row, "styleId")
        if attribute_of(row, "type") == "paragraph" and is_on(attribute_of(row, "default") or None):
            self.default_style = ident
        self._styles[ident] = style

    def resolve(self, ident: str) -> NamedStyle:
        """The style with what it takes over from those that it is based on."""
        known = self._resolved.get(ident)
        if known is None:
            known = self._resolved[ident] = self._combine(ident)
        return known

    def _combine(self, ident: str) -> NamedStyle:
        whole = NamedStyle()
        for style in reversed(list(self._chain(ident))):
            whole.paragraph.update(style.paragraph)
            whole.run.update(style.run)
        whole.name = self._styles[ident].name if ident in self._styles else _name_from(ident)
        return whole

    def _chain(self, ident: str) -> Iterator[NamedStyle]:
        for _ in range(_DEEPEST):
            style = self._styles.get(ident)
            if style is None:
                return
            yield style
            ident = style.base

    def rank_of(self, ident: str) -> int:
        """The rank of the headings in this style, or 0."""
        outline = self.resolve(ident).paragraph.get("outlineLvl", "")
        if outline.isdecimal() and int(outline) < 9:
            return min(int(outline) + 1, 6)
        names = [style.name for style in self._chain(ident)] or [_name_from(ident)]
        for name in names:
            if found := _HEADING.fullmatch(name):
                return min(int(found[1]), 6)
        return 0

    def role_of(self, ident: str) -> Role:
        names = [style.name for style in self._chain(ident)] or [_name_from(ident)]
        if _TOC.fullmatch(names[0]):
            return "left-out"
        return next((_ROLES[name] for name in names if name in _ROLES), "")


def _name_from(ident: str) -> str:
    """The name that a style of this id has, where the document does not say: “Heading1”."""
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", ident).lower()


def read_properties(element: _Element) -> Properties:
    """The properties in a pPr or rPr by name, each with its value, "" where it has none."""
    properties: Properties = {}
    for part in element:
        name = local_name(part)
        if name == "rFonts":
            properties[name] = attribute_of(part, "ascii") or attribute_of(part, "hAnsi")
        elif name == "numPr":
            for place in part:
                properties[local_name(place)] = attribute_of(place, "val")
        elif name != "rPr":
            properties[name] = attribute_of(part, "val")
    return properties
