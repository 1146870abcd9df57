"""What a converter moved out of the text of a book into a style sheet, moved back.

Calibre gives elements classes of its own, “calibre7”, and writes what was bold, slanted or
centred into rules for them; the classes themselves mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.errors import Unreadable
from hogarth.intake.archive import Archive
from hogarth.intake.elements import attribute
from hogarth.intake.spine import Page

_GIVEN: Final = r"(?:p?calibre_?\d*|mbp_pagebreak|bold|italic|underline)"
_GIVEN_CLASSES: Final = re.compile(rf' class="{_GIVEN}(?: {_GIVEN})*"')
_SELECTOR: Final = re.compile(rf"(?:[a-z][a-z0-9]*)?\.({_GIVEN})")
#: Only what elements without a meaning of their own can lose.
_PLAIN: Final = ("span", "font")
_BLOCKS: Final = ("p", "div", "td", "th", "li")
_ALIGNED: Final = re.compile(r"text-align\s*:\s*(?:center|right)")
_EMPHASIS: Final = re.compile(
    r"(?:font-style\s*:\s*(?:italic|oblique)|font-weight\s*:\s*(?:bold|[6-9]00)"
    r"|text-decoration\s*:\s*(?:underline|line-through)|vertical-align\s*:\s*(?:super|sub)\b"
    r"|font-family\s*:\s*[^;]{0,200}monospace)"
)
#: Units: characters, rules. Calibre writes a rule for each look that occurs.
_LONGEST_SHEET: Final = 1_000_000
_MOST_RULES: Final = 2_000


def move_styles_back(pages: Iterable[Page], archive: Archive) -> None:
    """Write into the elements of the pages what rules for a converter's classes say of them."""
    sheets: dict[str, dict[str, str]] = {}
    for page in pages:
        rules: dict[str, str] = {}
        for link in page.tree.css("link[rel=stylesheet][href]"):
            name = archive.find(page.name, attribute(link, "href"))
            if name and name not in sheets:
                sheets[name] = dict(_read_sheet(archive, name))
            rules |= sheets.get(name or "", {})
        for given, said in rules.items():
            _write(page.tree, given, said)


def forget_classes(html: str) -> str:
    """The text without the classes that a converter gave."""
    return _GIVEN_CLASSES.sub("", html)


def _write(tree: LexborHTMLParser, given: str, said: str) -> None:
    for pattern, tags in ((_EMPHASIS, _PLAIN), (_ALIGNED, _BLOCKS)):
        style = ";".join(pattern.findall(said))
        if not style:
            continue
        for node in tree.css(", ".join(f"{tag}.{given}" for tag in tags)):
            own = attribute(node, "style")
            node.attrs["style"] = f"{style};{own}" if own else style


def _read_sheet(archive: Archive, name: str) -> Iterator[tuple[str, str]]:
    """Class → what the rule for it says. A sheet that cannot be read is as if it were not there."""
    try:
        text = archive.read(name)[:_LONGEST_SHEET].decode("utf-8", "replace")
    except Unreadable:
        return
    for rule in text.split("}")[:_MOST_RULES]:
        head, _, said = rule.rpartition("{")
        for selector in head.rpartition("{")[2].split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found and (_EMPHASIS.search(said) or _ALIGNED.search(said)):
                yield found[1], said.lower()
