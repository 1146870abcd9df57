"""What stands at the edges of a text in a page: links to elsewhere, rules, spacers.

Reads canonical HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hogarth.intake.page_leaves import (
    LEAF,
    Line,
    first_lines,
    lines_of,
    rest_after,
    text_in,
    without_tags,
)
from hogarth.manuscript import clean

_LINK: Final = re.compile(r"<a(?: [^<>]*)?>.*?</a>")
#: Units: words. What a link to elsewhere is called is shorter.
_LONGEST_NAME: Final = 8
_BETWEEN_LINKS: Final = re.compile(r"[\s|\[\](){}<>«»‹›·•:~*/,.\u00a0&;→←↑#+–—-]*")
_LOOSE: Final = re.compile(
    r"\b(?:please|or|and|to|the|go|click|here|return|send|all|any|read|my|me)\b", re.IGNORECASE
)
_MEDIUM: Final = 'class="media'
_PLACES: Final = re.compile(
    r"\W*(?:please |read |post |send |return to |back to |go ){0,3}"
    r"(?:home|back|index|main|next|prev(?:ious)?|top|return|archive|email|e-mail|mail|feedback"
    r"|(?:\w+ )?comments?|a comment|reply|stories|fan ?fic(?:tion)?|fics?|chapter \d+|guestbook"
    r"|sitemap|contents)\b",
    re.IGNORECASE,
)


_EMPTY_START: Final = re.compile(
    r"\A(?:\s|<hr(?: [^<>]*)?/>|<p(?: [^<>]*)?>(?:\u00a0|[-=*~_#•–—\s\u00a0]{3,80})</p>|</[a-z]+>)*"
)
_EMPTY_LINES: Final = re.compile(r"\A(?P<open><p(?: [^<>]*)?>)(?:\s|<br/>)+")


def trim_navigation(html: str) -> str:
    """The text without the lines of links at its beginning and at its end."""
    lines = first_lines(html)
    start = 0
    for place, line in enumerate(lines):
        if line.text and not is_navigation(line):
            break
        if line.text:
            start = place + 1
    if start:
        html = cut_before(html, lines, start)
    return _trim_end(html)


def trim_top(html: str) -> str:
    """Without the rules, spacers and breaks above the text."""
    return _EMPTY_LINES.sub(r"\g<open>", _EMPTY_START.sub("", html, count=1), count=1)


def is_navigation(line: Line) -> bool:
    """Whether the line is made of links, and leads elsewhere rather than shows something."""
    links = _LINK.findall(line.html)
    if not links or _MEDIUM in line.html:
        return False
    loose = _LOOSE.sub("", without_tags(_LINK.sub("", line.html)))
    if not _BETWEEN_LINKS.fullmatch(loose):
        return False
    if all(text_in(link).startswith("#") for link in links):
        return True  # tags
    if len(links) > 1:
        return all(len(text_in(link).split()) <= _LONGEST_NAME for link in links)
    return len(line.text.split()) <= _LONGEST_NAME and _PLACES.match(line.text) is not None


def is_picture(line: Line) -> bool:
    """Whether the line is a picture from elsewhere, of which a link is left."""
    return _MEDIUM in line.html and not text_in(_LINK.sub("", line.html))


def cut_before(html: str, lines: Sequence[Line], end: int) -> str:
    """The HTML from the line at `end` on, with the pictures that stood before it."""
    pictured = [line.html for line in lines[:end] if "<img " in line.html or is_picture(line)]
    kept = "".join(f"<p>{html}</p>" for html in pictured)
    return clean(kept + trim_top(rest_after(html, lines[end - 1])))


def _trim_end(html: str) -> str:
    blocks = list(LEAF.finditer(html))
    end = len(blocks)
    linked = False
    while end:
        lines = list(lines_of(blocks[end - 1]))
        told = [line for line in lines if line.text]
        if "<img " in blocks[end - 1][0] or any(not is_navigation(line) for line in told):
            break
        linked = linked or bool(told)
        end -= 1
    if not linked or not end:
        return html
    return clean(html[: blocks[end - 1].end()])
