"""Where in a page the story is: the element that holds the text, without what stands around it."""

from __future__ import annotations

from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import (
    ancestors,
    attribute,
    children,
    each,
    outermost,
    take_out,
    text_of,
    weigh,
)
from hogarth.intake.page_style import Style, read_style, take_out_hidden

#: Never part of a story, wherever they stand.
_FURNITURE: Final = (
    "script, style, noscript, template, nav, form, button, select, iframe, object, embed, svg, "
    "noframes, input, textarea, dialog, xml, [hidden], div[type=header i], div[type=footer i], "
    "[aria-hidden=true], [role=navigation], [role=banner], [role=search], [role=contentinfo], "
    "[role=complementary], [role=dialog]"
)
#: Put into the page by whoever kept it, not by its author.
_KEEPERS: Final = "#wm-ipp-base, #wm-ipp, #wm-ipp-print, #donato, #wm-ipp-inside"
#: What sites put around a text, and never all of the words: it goes unless it holds most of them.
_SURROUNDINGS: Final = (
    "#comments, #comments-container, #Comments, .comments, .comment-list, .commentlist, "
    ".comments-area, .comment, .comment-thread, #disqus_thread, #respond, .comment-respond, "
    "#sidebar, .sidebar, #secondary, .widget, .widget-area, .sharedaddy, .share-buttons, "
    ".post-share-buttons, .addtoany_share_save_container, .addthis_toolbox, .social-share, "
    ".jp-relatedposts, .related-posts, .post-navigation, .nav-links, .nav-previous, .nav-next, "
    ".post-footer, .blog-pager, .breadcrumb, .breadcrumbs, .pagination, #breadcrumbs, "
    ".cookie-banner, .cookie-notice, #cookie-banner, #cookie-notice, .site-footer, #footer, "
    ".footer, .site-header, .menu, #menu, #navigation, .navigation, .navbar, .skip-link, "
    ".screen-reader-text, .advertisement, .adsbygoogle, .post-tags, .tags-links, .cat-links"
)
#: Part of a story only inside of an article.
_FRAME: Final = "header, footer, aside"

#: Elements that sites put the text of a story or a post in, the surest first.
_KNOWN: Final = (
    "#storytext",
    "#storycontent",
    "#story",
    "#chapter-content",
    "[itemprop=articleBody]",
    ".chapter-inner",
    ".chapter-content",
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
#: Units: elements inside of one another. The words of each are counted.
_DEEPEST: Final = 100
_MOST_LINKS: Final = 0.5
#: The share of the words that surroundings never have.
_LEAST: Final = 0.5


class Text(NamedTuple):
    """Shape: `place` how it was found, for the evidence; `words` outside of links."""

    node: LexborNode
    place: str
    words: int


def find_main_text(page: LexborHTMLParser, style: Style | None = None) -> Text | None:
    """The element with the story, cleared of what never belongs to one, or None."""
    if page.body is None:
        return None
    clear_page(page, style or read_style(page))
    for selector in _KNOWN:
        best = max(
            (Text(node, selector, count_loose_words(node)) for node in outermost(page, selector)),
            key=lambda text: text.words,
            default=None,
        )
        if best is not None and best.words >= _ENOUGH and not is_mostly_links(best.node):
            return best._replace(node=_descend(best.node, deep=False))
    take_out(page, _FRAME)
    node, place = _descend(page.body, deep=True), "densest block"
    words = count_loose_words(node)
    if not words or (words < _ENOUGH and is_mostly_links(node)):
        return None
    return Text(node, place, words)


def clear_page(page: LexborHTMLParser, style: Style) -> None:
    """Remove what is hidden, what scripts and forms are made of, and what stands around texts."""
    take_out(page, _FURNITURE)
    take_out(page, _KEEPERS)
    _take_out_remarks(page)
    take_out_hidden(page, style)
    take_out_around(page, _SURROUNDINGS)


def _take_out_remarks(page: LexborHTMLParser) -> None:
    """Remove what others wrote in the margin of a document that was kept as a page."""
    found: dict[int, LexborNode] = {}
    for link in page.css("a[id^='cmnt']"):
        box = link.parent
        remark = attribute(link, "href").startswith("#cmnt_ref")
        if box is not None and (box.tag == "sup" or (remark and box.tag in ("p", "div", "span"))):
            outer = box.parent
            alone = outer is not None and outer.tag == "div" and _is_only_child(box)
            taken = outer if outer is not None and alone else box
            found[taken.mem_id] = taken
    outer_ones = [
        taken
        for taken in found.values()
        if not any(above.mem_id in found for above in ancestors(taken))
    ]
    for taken in outer_ones:
        taken.decompose()


def _is_only_child(node: LexborNode) -> bool:
    beside = (node.prev, node.next)
    return not any(other is not None and text_of(other) for other in beside)


def take_out_around(page: LexborHTMLParser, selector: str) -> None:
    """Remove all elements that match but those that hold most of the page's words."""
    body = page.body
    around = each(page, selector)
    if body is None or not around:
        return
    most = _LEAST * weigh(body.text())
    for node in reversed(around):
        if node.parent is not None and weigh(node.text()) < most:
            node.decompose()


def count_loose_words(node: LexborNode) -> int:
    """Words that are in no link."""
    linked = sum(weigh(link.text()) for link in node.css("a[href]"))
    return max(0, weigh(node.text(separator=" ")) - linked)


def is_mostly_links(node: LexborNode) -> bool:
    words = weigh(node.text(separator=" "))
    return words == 0 or 1 - count_loose_words(node) / words > _MOST_LINKS


def _descend(node: LexborNode, *, deep: bool) -> LexborNode:
    """Follow the child that holds most of the words as long as there is one.

    Shape: not `deep`, only through tables, in which old pages stand.
    """
    words = weigh(text_of(node))
    for _ in range(_DEEPEST):
        heaviest, most = None, 0
        for child in children(node):
            count = weigh(text_of(child))
            if count > most:
                heaviest, most = child, count
        if heaviest is None or most < _SHARE * words or not _is_box(heaviest):
            return node
        if not deep and not {heaviest.tag, node.tag} & _TABLE:
            return node
        node = heaviest
    return node


def _is_box(node: LexborNode) -> bool:
    # In pages of the oldest kind a paragraph that was never closed holds the table.
    return node.tag in _BOXES or (node.tag == "p" and node.css_first("table") is not None)


_TABLE: Final = frozenset({"table", "tbody", "tr", "td"})
#: What pages are laid out with. Emphasis or a quotation may stand round most of a text too.
_BOXES: Final = _TABLE | {"div", "section", "article", "main", "center", "dl", "dd"}
