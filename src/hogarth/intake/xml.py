"""XML from strangers: without entities, without the network, as far as it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hogarth.intake.decoding import decode

if TYPE_CHECKING:
    from lxml.etree import _Element


_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,8})|(\d{1,9}));")


def parse_xml(data: bytes) -> _Element | None:
    """The root element, what follows a mistake left out, or None when there is no element at all.

    Cost: the first call loads the parser, some 10 ms; only e-books pay it.
    """
    from lxml import etree

    # The parser passes on what is no character, and nobody after it could read that.
    text = _REFERENCE.sub(_mark_surrogate, decode(data).text).encode("utf-8", "replace")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _mark_surrogate(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else found[0]


def local_name(element: _Element) -> str:
    """The element's name without its namespace, and without a prefix that stands for none."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def text_in(element: _Element) -> str:
    """The words in the element, on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def attribute_of(element: _Element, name: str) -> str:
    """The attribute by its local name, whatever its namespace, or ""."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value).strip()
    return ""
