"""Where in a page the story is: the element that holds the text, without what stands around it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute, children, take_out, text_of

#: Never part of a story, wherever they stand.
_FURNITURE: Final = (
    "script, style, noscript, template, nav, form, button, select, iframe, object, embed, svg, "
    "[hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=search], "
    "[role=contentinfo], [role=complementary], [role=dialog]"
)
#: Part of a story only inside of an article.
_FRAME: Final = "header, footer, aside"
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<!-)speak\s*:\s*(?:never|none)", re.IGNORECASE
)
_HIDING_RULE: Final = re.compile(
    # No place is tried twice: a rule that is never closed may say “display:none” for ever.
    r"\.([A-Za-z_-][\w-]*)\s*\{(?:(?!display\s*:\s*none|speak\s*:\s*never)[^{}])*+[^{}]++\}",
    re.IGNORECASE,
)

#: Elements that sites put the text of a story or a post in, the surest first.
_KNOWN: Final = (
    "#storytext",
    "#storycontent",
    "#story",
    "[itemprop=articleBody]",
    ".chapter-inner",
    ".b-singlepost-body",
    ".entry-content",
    ".post-content",
    ".post-body",
    ".entry-text",
    ".story-text",
    ".storytext",
    ".userstuff",
    "article",
    "main",
    "[role=main]",
    ".entry",
    ".post",
    "#content",
)
#: Units: words. Fewer in a known place may be a teaser; the whole page is looked at then.
_ENOUGH: Final = 50
#: An element that holds so much of the words is where the text is.
_SHARE: Final = 0.7
_MOST_LINKS: Final = 0.5


class Text(NamedTuple):
    """Shape: `place` how it was found, for the evidence; `words` outside of links."""

    node: LexborNode
    place: str
    words: int


def find_main_text(page: LexborHTMLParser) -> Text | None:
    """The element with the story, cleared of what never belongs to one, or None."""
    if page.body is None:
        return None
    _clear(page)
    for selector in _KNOWN:
        best = max(
            (Text(node, selector, count_loose_words(node)) for node in page.css(selector)),
            key=lambda text: text.words,
            default=None,
        )
        if best is not None and best.words >= _ENOUGH and not _is_mostly_links(best.node):
            return best
    take_out(page, _FRAME)
    node, place = _descend(page.body), "densest block"
    words = count_loose_words(node)
    if not words or (words < _ENOUGH and _is_mostly_links(node)):
        return None
    return Text(node, place, words)


def count_loose_words(node: LexborNode) -> int:
    """Words that are in no link."""
    linked = sum(len(link.text().split()) for link in node.css("a[href]"))
    return max(0, len(node.text(separator=" ").split()) - linked)


def _is_mostly_links(node: LexborNode) -> bool:
    words = len(node.text(separator=" ").split())
    return words == 0 or 1 - count_loose_words(node) / words > _MOST_LINKS


def _clear(page: LexborHTMLParser) -> None:
    hidden = {name for style in page.css("style") for name in _HIDING_RULE.findall(style.text())}
    take_out(page, _FURNITURE)
    for node in reversed(page.css("[style]")):
        if _HIDDEN.search(attribute(node, "style")):
            node.decompose()
    for name in hidden:
        take_out(page, f".{name}")


def _descend(node: LexborNode) -> LexborNode:
    """Follow the child that holds most of the words as long as there is one."""
    words = len(text_of(node).split())
    while True:
        heaviest, most = None, 0
        for child in children(node):
            count = len(text_of(child).split())
            if count > most:
                heaviest, most = child, count
        if heaviest is None or most < _SHARE * words or heaviest.tag in ("p", "pre", "table"):
            return node
        node = heaviest
