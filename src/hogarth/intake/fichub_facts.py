"""What FicHub says of a story before its first chapter, in its e-books and in its pages."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.book_reading import join_facts
from hogarth.intake.elements import attribute, text_of
from hogarth.intake.facts import Facts, read_people, state
from hogarth.intake.ffn_line import read_ffn_line
from hogarth.intake.labels import read_label
from hogarth.manuscript import clean

#: The line that ends what it writes.
SIGN: Final = "Exported with the assistance of"
_MAKER: Final = re.compile(r"fichub\.net", re.IGNORECASE)
_BY: Final = re.compile(r"by:?\s+(?P<name>\S.{0,200})", re.IGNORECASE)
#: The first of its own lines, in e-books and in pages, and the last.
_ENDS: Final = ("status:", "original source:", "published:", SIGN.casefold())


def is_signed(text: str) -> bool:
    """Whether the markup bears FicHub's name as its maker's."""
    return SIGN in text and _MAKER.search(text) is not None


def read_intro(body: LexborNode) -> Facts:
    """The facts of the introduction: title, author, summary, then labelled lines.

    One of the lines is what the site says, copied as it stands: FanFiction.Net's with its dashes,
    or the labels of the Archive.
    """
    facts = Facts(title=text_of(body.css_first("h1")))
    byline = _BY.fullmatch(text_of(body.css_first("h2, p > b")))
    if byline:
        facts.credits = read_people(byline["name"])
    source = next(
        (
            attribute(link, "href")
            for line in body.css("p")
            if text_of(line).startswith("Original source")
            for link in line.css("a[href]")
        ),
        "",
    )
    facts.source = source if source.startswith("http") else None
    facts.summary = clean(_summary(body), newlines="break") or None
    rows = []
    for line in body.css("p"):
        site = read_ffn_line(text_of(line))
        if site is not None:
            facts = join_facts(facts, site)
            continue
        # What the site says may stand in one paragraph, a line each.
        rows += [read_label(part) for part in line.text().split("\n")]
    state(facts, [row for row in rows if row is not None and row.field and row.value])
    return facts


def _summary(body: LexborNode) -> str:
    """What stands between the byline and the first labelled line."""
    html = ""
    node = body.css_first("h2, p > b")
    if node is not None and node.tag == "b":
        node = node.parent
    node = node.next if node is not None else None
    while node is not None:
        line = text_of(node).casefold()
        if line.startswith(_ENDS):
            break
        html += node.html or ""
        node = node.next
    return html
