"""The one table of markup: what each element becomes, and which attributes it may carry.

Adding an element is one row in ELEMENTS. Whatever has no row loses its tag and keeps its text,
except for the elements in SWALLOWED, which go with all they hold.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final, NamedTuple


class Kind(IntEnum):
    """How the writer treats an element."""

    INLINE = 0  # stands in a line of text
    LEAF = 1  # holds lines of text and no block
    BOX = 2  # holds blocks
    BREAK = 3  # br
    RULE = 4  # hr
    WORDBREAK = 5  # wbr
    PICTURE = 6  # img
    MEDIA = 7  # plays or shows something from elsewhere
    BARE = 8  # keeps its text only


class Element(NamedTuple):
    """One row. Shape: `tag` and `klass` what it becomes; `attributes` besides those of all."""

    kind: Kind
    tag: str
    klass: str = ""
    attributes: frozenset[str] = frozenset()


def _rows(kind: Kind, names: str, *attributes: str) -> dict[str, Element]:
    return {name: Element(kind, name, "", frozenset(attributes)) for name in names.split()}


def _mapped(kind: Kind, names: str, tag: str, klass: str = "") -> dict[str, Element]:
    return {name: Element(kind, tag, klass) for name in names.split()}


ELEMENTS: Final[dict[str, Element]] = {
    # lines of text
    **_rows(Kind.LEAF, "p h1 h2 h3 h4 h5 h6 pre summary dt caption"),
    **_mapped(Kind.LEAF, "listing", "pre"),
    # blocks of blocks
    **_rows(Kind.BOX, "div ul dl dd figure figcaption address table thead tbody tfoot tr"),
    **_rows(Kind.BOX, "blockquote", "cite"),
    **_rows(Kind.BOX, "details", "open"),
    **_rows(Kind.BOX, "ol", "start", "type", "reversed"),
    **_rows(Kind.BOX, "li", "value"),
    **_rows(Kind.BOX, "td", "colspan", "rowspan"),
    **_rows(Kind.BOX, "th", "colspan", "rowspan", "scope", "abbr"),
    **_mapped(Kind.BOX, "section article header footer main nav aside hgroup search", "div"),
    **_mapped(Kind.BOX, "form fieldset legend dialog", "div"),
    **_mapped(Kind.BOX, "center", "div", "center"),
    **_mapped(Kind.BOX, "menu dir", "ul"),
    # within a line
    **_rows(Kind.INLINE, "abbr b bdi bdo cite code del dfn em i ins kbd mark rp rt ruby s samp"),
    **_rows(Kind.INLINE, "small span strong sub sup u var"),
    **_rows(Kind.INLINE, "a", "href"),
    **_rows(Kind.INLINE, "q", "cite"),
    **_mapped(Kind.INLINE, "tt", "code"),
    **_mapped(Kind.INLINE, "strike", "s"),
    **_mapped(Kind.INLINE, "acronym", "abbr"),
    **_mapped(Kind.INLINE, "big", "span", "large"),
    **_mapped(Kind.INLINE, "font", "span"),
    # nothing inside
    **_rows(Kind.BREAK, "br"),
    **_rows(Kind.RULE, "hr"),
    **_rows(Kind.WORDBREAK, "wbr"),
    **_rows(Kind.PICTURE, "img", "src", "alt", "width", "height"),
    # from elsewhere
    **_mapped(Kind.MEDIA, "video audio source object embed", "a"),
}

#: Gone with all they hold: what can run, what was never shown, what is no part of a text.
SWALLOWED: Final = frozenset(
    {"script", "style", "title", "svg", "math", "template", "noembed", "noframes", "noscript"}
    | {"plaintext", "xmp", "select", "datalist", "head"}
)

#: Elements that may carry these whatever they are.
GLOBAL_ATTRIBUTES: Final = frozenset({"class", "dir", "id", "lang", "title"})

#: Read by the mapping, never written.
READ_ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    "*": frozenset({"style", "align", "xml:lang"}),
    "a": frozenset({"name"}),
    "font": frozenset({"size", "face"}),
    **dict.fromkeys(("video", "audio", "source", "object", "embed"), frozenset({"src", "data"})),
}

ALIGNMENTS: Final = ("center", "right", "justify")

#: Class names of ours; any other is kept with `u-` before it.
CLASSES: Final = frozenset({*ALIGNMENTS, "large", "small", "mono", "media"})

#: Schemes an address may have; an address without one is relative.
SCHEMES: Final = frozenset({"http", "https", "mailto", "ftp"})

#: Written as `<br/>`; and what has no end tag in what is read.
VOID: Final = frozenset({"br", "hr", "wbr", "img"})
VOID_MARKUP: Final = VOID | {"embed", "source"}

#: Boxes whose loose text becomes paragraphs, and where a newline typed may mean a break.
LOOSE_BOXES: Final = frozenset({"", "div", "blockquote", "details"})

#: Where an element must stand; elsewhere it becomes a plain block.
PARENTS: Final[dict[str, frozenset[str]]] = {
    "li": frozenset({"ul", "ol"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dl"})),
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot"), frozenset({"table"})),
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    **dict.fromkeys(("td", "th"), frozenset({"tr"})),
    "summary": frozenset({"details"}),
    "figcaption": frozenset({"figure"}),
}

#: A block inside one of these loses its tag and keeps its lines.
FLAT_LEAVES: Final = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "dt", "caption"}
)

#: Blocks and inline elements nested deeper than this lose their tags.
MAX_BOXES: Final = 40
MAX_INLINES: Final = 40

#: Characters that print nothing: a paragraph of these alone is a blank one.
ZERO_WIDTH: Final = " \u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
UNSEEN: Final = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    f"\u2028\u2029\u202f\u205f\u3000{ZERO_WIDTH}"
)

#: White space that markup may have anywhere. A no-break space is none.
WHITE: Final = re.compile(r"[ \t\n\r\f]+")
