"""Small questions that readers ask of the elements of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Han, Hiragana, Katakana and Thai, which no spaces part into words.
_SIGN: Final = re.compile(r"[\u0e01-\u0e3a\u3041-\u30fa\u3400-\u9fff\U00020000-\U0003ffff]")


def attribute(node: LexborNode | None, name: str) -> str:
    """The attribute's value without blanks at its ends, or ""."""
    if node is None:
        return ""
    return (node.attributes.get(name) or "").strip()


def classes(node: LexborNode) -> frozenset[str]:
    return frozenset((node.attributes.get("class") or "").split())


def text_of(node: LexborNode | None) -> str:
    """The words of the element on one line, or ""."""
    return "" if node is None else " ".join(node.text().split())


def inner_of(node: LexborNode | None) -> str:
    return "" if node is None else node.inner_html or ""


def first(node: LexborNode | LexborHTMLParser | None, *selectors: str) -> LexborNode | None:
    """The first element for the first selector that has one."""
    if node is None:
        return None
    for selector in selectors:
        found = node.css_first(selector)
        if found is not None:
            return found
    return None


def children(node: LexborNode) -> Iterator[LexborNode]:
    """The elements directly inside, in order."""
    return node.iter()


def pieces(node: LexborNode) -> Iterator[LexborNode]:
    """Everything directly inside, loose text and comments too, in order."""
    child = node.first_child
    while child is not None:
        following = child.next
        yield child
        child = following


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def weigh(text: str) -> int:
    """How much there is to read. Units: words; two signs for one where no spaces part words."""
    words = len(text.split())
    return words if text.isascii() else words + len(_SIGN.findall(text)) // 2


def each(node: LexborNode | LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that match, in order, each once: the parser gives one for every part of a
    selector that it matches, and to remove it twice breaks the page."""
    return list({found.mem_id: found for found in node.css(selector)}.values())


def outermost(node: LexborNode | LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that match and are inside of no other that does, in order.

    Cost: what is found is looked through once, however deep it is nested.
    """
    inside: set[int] = set()
    found = []
    for match in each(node, selector):
        if match.mem_id not in inside:
            found.append(match)
            inside.update(inner.mem_id for inner in match.css(selector))
    return found


def take_out(node: LexborNode | LexborHTMLParser, selector: str) -> None:
    """Remove all elements that match, with what they hold."""
    # From the last to the first, so that none is removed after one that held it.
    for found in reversed(each(node, selector)):
        if found.tag not in ("html", "body"):  # a page without them is no page
            found.decompose()
