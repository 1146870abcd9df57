"""Small questions that readers ask of the elements of a page."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode


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


def take_out(node: LexborNode | LexborHTMLParser, selector: str) -> None:
    """Remove all elements that match, with what they hold."""
    # From the last to the first, so that none is removed after one that held it.
    for found in reversed(node.css(selector)):
        found.decompose()
