"""The styles and lists of an OpenDocument text, looked up through what they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from hogarth.intake.blocks import Role
from hogarth.intake.runs import Style

_DEEPEST: Final = 20
_ROLES: Final[dict[str, Role]] = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "quotations": "quote",
    "quote": "quote",
    "intense quote": "quote",
    "block text": "quote",
}
_HEADING: Final = re.compile(r"heading ?([1-9])")
_CONTENTS: Final = re.compile(r"(?:contents|toc)(?: heading| ?\d+)?")
_ESCAPED: Final = re.compile(r"_([0-9a-f]{1,4})_")
_SPEAKS: Final = re.compile(r"[-–—―‒]+")

Properties = dict[str, str]


@dataclass(slots=True)
class NamedStyle:
    name: str = ""
    parent: str = ""
    properties: Properties = field(default_factory=dict)


class Level(NamedTuple):
    """How items of a level are marked. Shape: `kind` as in HTML's “type”, or "" for no number."""

    bullet: str = ""
    kind: str = ""
    before: str = ""
    after: str = ""


class Styles:
    """Named styles by family, and the levels of lists by the list's style."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], NamedStyle] = {}
        self._resolved: dict[tuple[str, str], Properties] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.language = ""
        self._open: NamedStyle | None = None
        self._list = ""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Keep what an element among the styles says. Shape: short names."""
        if name in ("style:style", "style:default-style"):
            shown = given.get("style:display-name") or given.get("style:name", "")
            self._open = NamedStyle(_plain(shown), given.get("style:parent-style-name", ""))
            for key in ("style:default-outline-level", "style:list-style-name"):
                if key in given:
                    self._open.properties[key] = given[key]
            family = given.get("style:family", "")
            if name == "style:style":
                self._styles[family, given.get("style:name", "")] = self._open
            else:
                self._styles[family, ""] = self._open
        elif name.endswith("properties") and self._open is not None:
            self._open.properties.update(given)
        elif name == "text:list-style":
            self._list = given.get("style:name", "")
        elif name == "text:outline-style":
            self._list = "outline"
        elif "level-style" in name:
            self._keep_level(name, given)

    def end(self, name: str) -> None:
        if name in ("style:style", "style:default-style"):
            self._open = None

    def _keep_level(self, name: str, given: Mapping[str, str]) -> None:
        stated = given.get("text:level", "1")
        level = int(stated) if stated.isdecimal() and len(stated) < 3 else 1
        if name.endswith("bullet"):
            kept = Level(bullet=given.get("text:bullet-char", "•"))
        else:
            kept = Level(
                kind=given.get("style:num-format", ""),
                before=given.get("style:num-prefix", ""),
                after=given.get("style:num-suffix", ""),
            )
        self.lists.setdefault(self._list, {})[level] = kept

    # --- asking ---------------------------------------------------------------------------------

    def resolve(self, family: str, name: str) -> Properties:
        """The properties of a style with those it takes over."""
        known = self._resolved.get((family, name))
        if known is None:
            known = {}
            for style in reversed(list(self._chain(family, name))):
                known.update(style.properties)
            self._resolved[family, name] = known
        return known

    def _chain(self, family: str, name: str) -> Iterator[NamedStyle]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None or not name:
                break
            yield style
            name = style.parent
        default = self._styles.get((family, ""))
        if default is not None:
            yield default

    def _names(self, name: str) -> list[str]:
        return [style.name for style in self._chain("paragraph", name)] or [_plain(name)]

    def rank_of(self, name: str) -> int:
        """The rank of headings in the style, or 0."""
        stated = self.resolve("paragraph", name).get("style:default-outline-level", "")
        if stated.isdecimal() and 0 < int(stated[:3]) < 10:
            return min(int(stated), 6)
        found = [_HEADING.fullmatch(known) for known in self._names(name)]
        return next((min(int(one[1]), 6) for one in found if one), 0)

    def role_of(self, name: str) -> Role:
        names = self._names(name)
        if _CONTENTS.fullmatch(names[0]):
            return "left-out"
        return next((_ROLES[known] for known in names if known in _ROLES), "")

    def is_rule(self, name: str) -> bool:
        return "horizontal line" in self._names(name)


def _plain(name: str) -> str:
    """A style's name as shown: “Heading_20_1” is “heading 1”."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name).strip().lower()


def set_run(properties: Mapping[str, str]) -> Style | None:
    """The style of a run with these properties, or None when it is hidden."""
    if properties.get("text:display") == "none":
        return None
    weight = properties.get("fo:font-weight", "")
    position = properties.get("style:text-position", "")
    return Style(
        bold=weight == "bold" or (weight.isdecimal() and int(weight[:4]) >= 600),
        italic=properties.get("fo:font-style") in ("italic", "oblique"),
        underline=_is_drawn(properties, "style:text-underline", "style:text-underline-style"),
        strike=_is_drawn(properties, "style:text-crossing-out", "style:text-line-through-style")
        or properties.get("style:text-line-through-type") in ("single", "double"),
        small_caps=properties.get("fo:font-variant") == "small-caps",
        raised=_read_position(position),
    )


def _is_drawn(properties: Mapping[str, str], *names: str) -> bool:
    return any(properties.get(name, "none") not in ("none", "") for name in names)


def _read_position(stated: str) -> str:
    """“super 58%”, “sub 58%” or “33% 58%”, which is by how much the line is raised."""
    first = stated.partition(" ")[0]
    if first in ("super", "sub"):
        return "sup" if first == "super" else "sub"
    if first.endswith("%") and first.strip("%-").isdecimal() and first.strip("%-0"):
        return "sub" if first.startswith("-") else "sup"
    return ""


def speaks(bullet: str) -> bool:
    """Whether a bullet is a dash with which speech begins."""
    return _SPEAKS.fullmatch(bullet) is not None
