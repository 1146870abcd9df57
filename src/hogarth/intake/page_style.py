"""What the style sheet in a page means for its text: what is hidden, what is emphasised.

Word processors and archives write emphasis as classes, and hide decoys under classes. A style
sheet elsewhere is not read, so no more is known of a page than it says itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute, each, weigh

#: Units: characters, rules. A saved page can hold the style sheets of its whole site.
_LONGEST_SHEET: Final = 2_000_000
_MOST_RULES: Final = 20_000

_SIMPLE: Final = re.compile(r"([a-z][a-z0-9]*)?\.([A-Za-z_-][\w-]*)", re.IGNORECASE)
_HIDES: Final = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|speak\s*:\s*(?:never|none))",
    re.IGNORECASE,
)
#: What is read of a rule, and how it is written where the element stands.
_EMPHASIS: Final = (
    (
        re.compile(r"(?<![\w-])font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE),
        "font-style:italic",
    ),
    (
        re.compile(r"(?<![\w-])font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
        "font-weight:bold",
    ),
    (
        re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,40}underline", re.IGNORECASE),
        "text-decoration:underline",
    ),
    (
        re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,40}line-through", re.IGNORECASE),
        "text-decoration:line-through",
    ),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), "vertical-align:super"),
    (re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE), "vertical-align:sub"),
)
_NUMBERED: Final = re.compile(r"\(?\w{1,5}[.):]|\w{2,5}|\d")
_BULLET: Final = "•"
_OTHERS: Final = re.compile(r"(?<![\w-])mso-[\w-]+\s*:[^;]*;?\s*", re.IGNORECASE)
_ALIGNED: Final = re.compile(r"(?<![\w-])text-align\s*:\s*(?:-\w+-)?(center|right)", re.IGNORECASE)
_INLINE: Final = frozenset({"span", "font", "a", "b", "i", "em", "strong", "u", "small", "big"})
_BLOCKS: Final = frozenset({"p", "div", "td", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
#: Classes that programs give out by number or by habit; what they mean is written out.
_GENERATED: Final = re.compile(r"c\d{1,3}|Mso\w+|(?:Spell|Gram)E|western|lst-kix\w*")
#: An element that holds so much of the words is not hidden: a script would have shown it.
_SHARE: Final = 0.5


class Style(NamedTuple):
    """Shape: (tag or "", class) → what a rule for it says, hides it, emphasises it, aligns it."""

    hidden: frozenset[tuple[str, str]]
    emphasis: dict[tuple[str, str], str]
    aligned: dict[tuple[str, str], str]


def read_style(page: LexborHTMLParser) -> Style:
    """The rules for classes in the page's own style sheets."""
    hidden: set[tuple[str, str]] = set()
    emphasis: dict[tuple[str, str], str] = {}
    aligned: dict[tuple[str, str], str] = {}
    budget = _LONGEST_SHEET
    for sheet in page.css("style"):
        text = sheet.text()[:budget]
        budget -= len(text)
        for selector, said in _rules(text):
            if _HIDES.search(said):
                hidden.add(selector)
            found = ";".join(written for pattern, written in _EMPHASIS if pattern.search(said))
            if found:
                emphasis[selector] = found
            if align := _ALIGNED.search(said):
                aligned[selector] = f"text-align:{align[1].lower()}"
    return Style(frozenset(hidden), emphasis, aligned)


def is_hidden(node: LexborNode, style: Style) -> bool:
    """Whether the element's own style or a rule for its class hides it."""
    if "style" in node.attributes and _HIDES.search(attribute(node, "style")):
        return True
    return bool(style.hidden) and any(key in style.hidden for key in _keys(node))


def take_out_hidden(page: LexborHTMLParser, style: Style) -> None:
    """Remove what is not shown, but for what holds most of the page's words."""
    body = page.body
    if body is None:
        return
    found = [node for node in each(body, "[style], [class]") if is_hidden(node, style)]
    most = _SHARE * weigh(body.text()) if found else 0
    for node in reversed(found):
        if weigh(node.text()) < most:
            node.decompose()


def write_out(node: LexborNode, style: Style) -> None:
    """Write what rules say of the elements inside into the elements themselves."""
    for inner in reversed(node.css("[style*='mso-list:Ignore']")):
        _write_marker(inner)
    for inner in node.css("[style*='mso-']"):
        # What a word processor would do for other scripts is none of the text's emphasis.
        inner.attrs["style"] = _OTHERS.sub("", attribute(inner, "style"))
    for inner in node.css("[class]"):
        _write_rules(inner, style)
        names = (inner.attributes.get("class") or "").split()
        kept = [name for name in names if not _GENERATED.fullmatch(name)]
        if len(kept) < len(names):
            inner.attrs["class"] = " ".join(kept)


def _write_marker(inner: LexborNode) -> None:
    """What stands before an entry of a list as plain words; bullets are of fonts of signs."""
    told = " ".join(inner.text().split())
    inner.replace_with(f"{told if _NUMBERED.fullmatch(told) else _BULLET} ")


def _write_rules(inner: LexborNode, style: Style) -> None:
    if style.emphasis or style.aligned:
        tag = inner.tag or ""
        table = style.emphasis if tag in _INLINE else style.aligned if tag in _BLOCKS else None
        if table is None:
            return
        said = [table[key] for key in _keys(inner) if key in table]
        # Of a paragraph that is emphasised as a whole, what is inside is, if it says no other.
        if table is style.aligned and tag != "div":
            said += _emphasis_of_all(inner, style)
        if said:
            own = attribute(inner, "style")
            inner.attrs["style"] = ";".join([*said, own] if own else said)


def _emphasis_of_all(inner: LexborNode, style: Style) -> list[str]:
    said = [style.emphasis[key] for key in _keys(inner) if key in style.emphasis]
    marked = inner.css("[class], [style]") if said else []
    return said if all(node.mem_id == inner.mem_id for node in marked) else []


def _keys(node: LexborNode) -> Iterator[tuple[str, str]]:
    tag = node.tag or ""
    for name in (node.attributes.get("class") or "").split():
        yield "", name
        yield tag, name


def _rules(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Each class that a rule for the screen is about, and what the rule says."""
    count = 0
    printed = False
    for rule in _without_comments(text).split("}"):
        head, brace, said = rule.rpartition("{")
        if not brace:
            printed = False  # the second brace at the end of @media
            continue
        outer, _, selectors = head.rpartition("{")
        if "@media" in outer:
            printed = "print" in outer or "max-width" in outer
        if printed:
            continue
        for selector in selectors.rpartition(";")[2].split(","):
            found = _SIMPLE.fullmatch(selector.strip())
            count += 1
            if count > _MOST_RULES:
                return
            if found:
                yield ((found[1] or "").lower(), found[2]), said


def _without_comments(text: str) -> str:
    """Cost: one pass, whether comments end or not."""
    first, *rest = text.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(part.partition("*/")[2] for part in rest)
