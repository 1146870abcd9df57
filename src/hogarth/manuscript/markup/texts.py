"""The words of canonical HTML, without its markup.

Canonical HTML is regular: every `<` begins a tag, texts hold only `&amp;`, `&lt;` and `&gt;`, and
a block that holds text holds no other block. So these run over it with one expression, which is
many times faster than a parser; they make no sense of any other HTML.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

#: The blocks whose text is a paragraph, as far as they hold no block themselves.
_LEAVES: Final = "p|li|td|th|dt|dd|pre|h[1-6]|figcaption|caption|summary|address"
_PARAGRAPH: Final = re.compile(
    rf"<(?:{_LEAVES})(?: [^<>]*)?>([^<]*(?:<(?!/?(?:{_LEAVES}|ul|ol|dl|div|blockquote|table|figure"
    rf"|details|hr)[ />])[^<]*)*)</(?:{_LEAVES})>"
)
RULE_OR_PARAGRAPH: Final = re.compile(rf"{_PARAGRAPH.pattern}|<hr(?: [^<>]*)?/>")
_TAG: Final = re.compile(r"<[^<>]*>")
_READING: Final = re.compile(r"<rt(?: [^<>]*)?>")
_BREAK: Final = "<br/>"
_UNSEEN: Final = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]*")

RULE: Final = "***"


def is_unseen(text: str) -> bool:
    """Whether nothing of the text shows."""
    return _UNSEEN.fullmatch(text) is not None


def blocks(html: str) -> list[str]:
    """The texts of the paragraphs, in order.

    Shape: a paragraph is a leaf block (p, li, td, th, dt, dd, pre, heading, figcaption, caption,
    summary, address) with visible text; a br inside is a newline; white space at its ends goes.
    """
    return [text for found in _PARAGRAPH.findall(html) if (text := _read(found))]


def plain_text(html: str) -> str:
    """The paragraphs with an empty line between, a rule as a line of three asterisks.

    Shape: spacers and pictures leave nothing; the readings of ruby stand in brackets.
    """
    texts = [
        _read(found[1]) if found[1] is not None else RULE
        for found in RULE_OR_PARAGRAPH.finditer(html)
    ]
    return "\n\n".join(text for text in texts if text)


def _read(inner: str) -> str:
    if "<rt" in inner and "<rp" not in inner:
        inner = _READING.sub("(", inner).replace("</rt>", ")")
    if "<" in inner:
        inner = _TAG.sub("", inner.replace(_BREAK, "\n"))
    if "&" in inner:
        inner = unescape(inner)
    inner = inner.strip(" \n\t")
    return "" if is_unseen(inner) else inner
