"""What canonical HTML promises, checked from outside: by an XML parser and by an HTML parser."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.manuscript.markup.table import CLASSES, ELEMENTS, VOID, Kind

WRITTEN: Final = {element.tag for element in ELEMENTS.values()}
INLINE: Final = {element.tag for element in ELEMENTS.values() if element.kind is Kind.INLINE}
INLINE.update(("br", "img", "wbr"))
GLOBAL: Final = {"class", "dir", "id", "lang", "title"}
OWN: Final = {
    "a": {"href", "rel"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"abbr", "colspan", "rowspan", "scope"},
}
FLOW: Final = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "ul", "ol", "dl", "div"}
FLOW.update(("blockquote", "details", "figure", "table", "address"))
ONLY: Final = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
    "table": {"caption", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "div": FLOW,
    "blockquote": FLOW,
    "details": FLOW | {"summary"},
    "figure": FLOW | {"figcaption", "img"},
}
LINES: Final = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "dt", "caption"}
EITHER: Final = {"li", "dd", "td", "th", "figcaption", "address"}
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def check_canonical(html: str) -> None:
    """Fail unless this is canonical HTML in every respect that can be told from outside."""
    assert not FORBIDDEN.search(html)
    root = etree.fromstring(
        f"<root>{html}</root>", etree.XMLParser(resolve_entities=False, no_network=True)
    )
    assert "".join(_print(child) for child in _with_tails(root, between="\n")) == html
    identifiers = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(identifiers) == len(set(identifiers)), "an id twice"
    assert all(child.tag in FLOW for child in root)
    for node in root.iter():
        if node is not root:
            _check_element(node)
    assert _shape_of_xml(root) == _shape_of_html(html), "HTML and XML parsers differ"


def _with_tails(root: etree._Element, between: str) -> list[etree._Element]:
    children = list(root)
    for child in children[:-1]:
        assert child.tail == between
    for child in children[-1:]:
        assert child.tail is None
    assert root.text is None
    return children


def _print(node: etree._Element) -> str:
    """The one way canonical HTML writes an element."""
    printed = "".join(
        ' {}="{}"'.format(name, escape(str(node.get(name)), quote=False).replace('"', "&quot;"))
        for name in sorted(map(str, node.attrib), key=lambda name: (name == "id", name))
    )
    tail = escape(node.tail or "", quote=False)
    if node.tag in VOID:
        assert node.text is None
        assert not len(node)
        return f"<{node.tag}{printed}/>{tail}"
    inner = escape(node.text or "", quote=False) + "".join(_print(child) for child in node)
    return f"<{node.tag}{printed}>{inner}</{node.tag}>{tail}"


def _check_element(node: etree._Element) -> None:
    tag = str(node.tag)
    assert tag in WRITTEN, tag
    children = {str(child.tag) for child in node}
    if tag in ONLY:
        assert children <= ONLY[tag], (tag, children)
        _assert_no_text(node)
    elif tag in LINES or tag in INLINE:
        assert children <= INLINE, (tag, children)
    else:
        assert tag in EITHER | {"hr"}, tag
        if children & FLOW:
            assert children <= FLOW, (tag, children)
            _assert_no_text(node)
        else:
            assert children <= INLINE
    _check_structure(tag, [str(child.tag) for child in node], node)
    _check_white_space(node)
    for name, value in node.attrib.items():
        _check_attribute(tag, str(name), str(value))


def _assert_no_text(node: etree._Element) -> None:
    assert node.text is None, node.tag
    assert all(child.tail is None for child in node), node.tag


def _check_structure(tag: str, children: list[str], node: etree._Element) -> None:
    if tag == "dl":
        assert re.fullmatch("(?:(?:dt )+(?:dd )+)+", "".join(f"{child} " for child in children))
    elif tag == "table":
        assert re.fullmatch(
            "(?:caption )?(?:thead )?(?:tbody )*(?:tfoot )?",
            "".join(f"{child} " for child in children),
        )
        assert {"thead", "tbody", "tfoot"} & set(children)
    elif tag == "details":
        assert children[0] == "summary"
        assert children.count("summary") == 1
    elif tag == "figure":
        assert children.count("figcaption") <= 1
        assert "figcaption" not in children[1:-1]
    elif tag == "a":
        assert node.get("href")
        assert not list(node.iter("a"))[1:]
    elif tag == "address":
        assert not list(node.iter("address", "h1", "h2", "h3", "h4", "h5", "h6"))[1:]
    elif tag in ("rt", "rp"):
        parent = node.getparent()
        assert parent is not None
        assert parent.tag == "ruby"
    elif tag == "ruby":
        assert {"rt", "rp"} & set(children)


def _check_white_space(node: etree._Element) -> None:
    if node.tag in ("root", "pre") or any(True for _ in node.iterancestors("pre")):
        return
    for text in (node.text, *(child.tail for child in node)):
        assert not re.search(r"[\t\n\r\f]|  ", text or "")
    if node.tag in LINES | EITHER:
        assert not (node.text or "x").startswith(" ")
        assert not ((node[-1].tail if len(node) else node.text) or "x").endswith(" ")
    if node.tag == "p":
        inner = "".join(map(str, node.itertext()))
        assert inner or list(node.iter("img")), "an empty paragraph"


def _check_attribute(tag: str, name: str, value: str) -> None:
    assert name in GLOBAL | OWN.get(tag, set()), (tag, name)
    if name in ("href", "cite"):
        assert re.match(
            r"#n-[\w.-]+\Z|(?:https?|ftp)://[^\s/]|mailto:|(?![A-Za-z][\w+.-]*:)[^\s#]", value
        ), value
        assert not re.search(r'[\x00-\x20"<>\\^`{|}]', value)
    elif name == "src":
        assert re.fullmatch(r"assets/[\w.-]+", value)
    elif name == "id":
        assert re.fullmatch(r"n-[\w.-]+", value, re.ASCII)
    elif name == "class":
        for klass in value.split(" "):
            assert klass in CLASSES or re.fullmatch(r"u-[\w-]+", klass), klass
    elif name == "rel":
        assert value == "nofollow"


def _shape_of_xml(root: etree._Element) -> list[str]:
    """Tags and texts in order, so that two parsers' trees can be compared."""
    shape: list[str] = []

    def walk(node: etree._Element) -> None:
        shape.extend(["(" + str(node.tag), *([node.text] if node.text else [])])
        for child in node:
            walk(child)
        shape.append(")")
        if node.tail:
            shape.append(node.tail)

    if root.text:
        shape.append(root.text)
    for child in root:
        walk(child)
    return shape


def _shape_of_html(html: str) -> list[str]:
    shape: list[str] = []

    def walk(node: LexborNode) -> None:
        child = node.first_child
        while child is not None:
            if child.tag == "-text":
                shape.append(child.text_content or "")
            else:
                shape.append(f"({child.tag}")
                walk(child)
                shape.append(")")
            child = child.next

    body = LexborHTMLParser(f"<!doctype html><body><div>{html}</div>").css_first("body > div")
    assert body is not None
    walk(body)
    return shape
