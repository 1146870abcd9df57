"""The chapters of a page: cut where headings or lines of their own say that one begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import attribute, each, text_of, weigh
from hogarth.intake.headings import Heading, names_a_chapter, read_heading
from hogarth.intake.page_leaves import LEAF, Line, lines_of, rest_after, text_in, whole_line
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Chapter, clean

_RANKS: Final = ("h1", "h2", "h3", "h4", "h5")
_FEWEST: Final = 2
#: Units: characters. A line that names a chapter is shorter.
_LONGEST_LINE: Final = 100
#: Units: characters of HTML.
_LONG_TEXT: Final = 1_500
#: Units: words. A heading alone on its page stands near the top.
_NEAR_TOP: Final = 200
#: Units: words. Less stands between the entries of a table of contents.
_CONTENTS_WORDS: Final = 12
_PLACE: Final = re.compile(r'id="n-(?:chap(?:ter)?|ch|part)[-_.]?0{0,3}(\d{1,3})"', re.IGNORECASE)

_SET_APART: Final = re.compile(
    r'<h\d|<p class="(?:center|right)|<\w+(?: [^<>]*)?>\s*(?:<span id="[^"]*">(?:</span>)?)?'
    r"<(?:b|i|u|strong|em|big)>"
)
_OF_SO_MANY: Final = re.compile(r"(?<=\d)\s*(?:/|of)\s*\d{1,3}$", re.IGNORECASE)
_REMARK: Final = re.compile(r"^\w+ \w+ of \w", re.IGNORECASE)

_CONTENTS: Final = frozenset(
    {"contents", "tableofcontents", "chapters", "index", "inhalt", "inhaltsverzeichnis", "indice"}
    | {"tabledesmatières", "chapterlist", "chapterindex", "содержание", "оглавление"}
)
_BOXES: Final = "table, ul, ol, dl, p, div.toc, #toc, .contents"
_LISTS: Final = ("table", "ul", "ol")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FEWEST_LINKS: Final = 3
#: Units: elements and pieces of text above a list.
_FURTHEST: Final = 8
#: Units: words to a link, in what lists chapters and tells nothing.
_WORDS_A_LINK: Final = 14


class Mark(NamedTuple):
    """A line with which a chapter begins. Shape: `label` what it says, "" when it is no heading."""

    line: Line
    label: str


def take_out_contents(node: LexborNode) -> None:
    """Remove tables of contents: lists of links to places in the page itself."""
    gone: set[int] = set()
    for box in each(node, _BOXES):
        if box.mem_id in gone:
            continue
        links = box.css("a[href^='#']")
        few = len(links) < _FEWEST_LINKS
        if few and not (links and box.tag in _LISTS and _heading_above(box) is not None):
            continue
        words = weigh(box.text(separator=" "))
        linked = [text_of(link) for link in links]
        named = sum(1 for text in linked if _LETTER.search(text))
        dense = box.tag in _LISTS or sum(map(weigh, linked)) >= 0.6 * words
        if 2 * named > len(links) and words <= _WORDS_A_LINK * len(links) and dense:
            _take_out_heading(box)
            gone.update(inner.mem_id for inner in box.css(_BOXES))
            box.decompose()
    _take_out_rows(node)


def split_chapters(html: str, *, loose: bool = False) -> tuple[Chapter, ...]:
    """The chapters of canonical HTML. A text without headings is one.

    Shape: with `loose`, headings that name no chapter part the text too, as in a book.
    """
    marks = _find_marks(html, loose=loose)
    if not marks:
        return (Chapter(1, html),)
    pieces = _pieces(html, marks)
    headings = [read_heading(mark.label) for mark in marks]
    numbers = _number(headings)
    return tuple(
        Chapter(number, piece, _title(mark, heading, number))
        for number, mark, heading, piece in zip(numbers, marks, headings, pieces, strict=True)
    )


# --- where chapters begin -------------------------------------------------------------------------


def _find_marks(html: str, *, loose: bool) -> list[Mark]:
    leaves = list(LEAF.finditer(html))
    marks = _by_headings(leaves) or _by_lines(leaves) or _by_places(leaves)
    if loose and not marks:
        marks = _by_any_headings(leaves, len(html))
    if marks:
        return _join_titles(_drop_listed(html, marks), leaves)
    return _single(leaves)


def _by_headings(leaves: Sequence[re.Match[str]]) -> list[Mark]:
    """From the first heading that names a chapter on, all of its rank where most name one."""
    for rank in _RANKS:
        found = _headings_of(leaves, rank)
        naming = [names_a_chapter(mark.label) for mark in found]
        if sum(naming) >= _FEWEST:
            start = naming.index(True)
            if 2 * sum(naming) >= len(found) - start:
                return found[start:]
            return [mark for mark, names in zip(found, naming, strict=True) if names]
        numbers = [heading.number if (heading := read_heading(m.label)) else None for m in found]
        if len(found) >= _FEWEST and numbers == list(range(1, len(found) + 1)):
            return found
    return []


def _headings_of(leaves: Sequence[re.Match[str]], rank: str) -> list[Mark]:
    lines = (whole_line(leaf) for leaf in leaves if leaf["tag"] == rank)
    return [Mark(line, line.text) for line in lines]


def _by_any_headings(leaves: Sequence[re.Match[str]], length: int) -> list[Mark]:
    """Headings of the highest rank under which long texts stand."""
    for rank in _RANKS:
        found = [mark for mark in _headings_of(leaves, rank) if mark.label]
        long = []
        for place, mark in enumerate(found):
            end = found[place + 1].line.start if place + 1 < len(found) else length
            if end - mark.line.end >= _LONG_TEXT:
                long.append(mark)
        if len(long) >= _FEWEST:
            return long
    return []


def _by_lines(leaves: Sequence[re.Match[str]]) -> list[Mark]:
    """Paragraphs, or first lines of paragraphs, that name a chapter and say nothing else."""
    marks = [mark for leaf in leaves if (mark := _mark_of(leaf)) is not None]
    return marks if len(marks) >= _FEWEST else []


def _mark_of(leaf: re.Match[str]) -> Mark | None:
    if leaf["tag"] in (None, "pre", "li", "summary", "caption"):
        return None
    line = next(lines_of(leaf))
    # “Part 2 of a story for the fair” is a remark, “Part 2 of 5” is a heading.
    text = _OF_SO_MANY.sub("", line.text)
    if len(text) <= _LONGEST_LINE and names_a_chapter(text) and not _REMARK.search(text):
        return Mark(line, text)
    return None


def _by_places(leaves: Sequence[re.Match[str]]) -> list[Mark]:
    """Places that are named after chapters, one by one: `ch1`, `ch2`…"""
    marks: list[Mark] = []
    for leaf in leaves:
        found = _PLACE.search(leaf[0])
        if found is None or leaf["tag"] is None or int(found[1]) != len(marks) + 1:
            continue
        line = next(lines_of(leaf))
        short = len(line.text) <= _LONGEST_LINE and len(line.text.split()) <= _CONTENTS_WORDS
        set_apart = _SET_APART.match(leaf[0]) or names_a_chapter(line.text)
        label = line.text if short and set_apart else ""
        marks.append(Mark(line, label))
    return marks if len(marks) >= _FEWEST else []


def _single(leaves: Sequence[re.Match[str]]) -> list[Mark]:
    """The one line that names a chapter, where it stands at the top."""
    words = 0
    for leaf in leaves:
        mark = _mark_of(leaf)
        if mark is not None:
            return _join_titles([mark], leaves)
        words += weigh(leaf[0])
        if words > _NEAR_TOP:
            break
    return []


def _drop_listed(html: str, marks: list[Mark]) -> list[Mark]:
    """Without the entries of a table of contents: little stands under them, and they come again."""
    latest = {fold_title(mark.label): place for place, mark in enumerate(marks)}
    kept = []
    for place, mark in enumerate(marks):
        end = marks[place + 1].line.start if place + 1 < len(marks) else len(html)
        words = sum(
            weigh(line.text)
            for leaf in LEAF.finditer(html, mark.line.end, min(end, mark.line.end + 5_000))
            for line in lines_of(leaf)
        )
        again = latest[fold_title(mark.label)] > place
        if not (again and words <= _CONTENTS_WORDS):
            kept.append(mark)
    return kept


def _join_titles(marks: list[Mark], leaves: Sequence[re.Match[str]]) -> list[Mark]:
    """A heading that only numbers its chapter takes the heading right below it as its title."""
    starts = [leaf.start() for leaf in leaves]
    taken = {mark.line.start for mark in marks}
    joined = []
    for mark in marks:
        heading = read_heading(mark.label)
        if heading is None or heading.title or heading.number is None:
            joined.append(mark)
            continue
        below = _next_heading(mark, leaves, starts)
        if below is None or below.start in taken:
            joined.append(mark)
        else:
            line = below._replace(start=mark.line.start)
            joined.append(Mark(line, f"{mark.label.rstrip(' .:')}: {below.text}"))
    return joined


def _next_heading(
    mark: Mark, leaves: Sequence[re.Match[str]], starts: Sequence[int]
) -> Line | None:
    place = bisect_right(starts, mark.line.end)
    tag = leaves[place]["tag"] if place < len(leaves) else None
    if tag not in (*_RANKS, "h6"):
        return None
    line = whole_line(leaves[place])
    fits = line.text and len(line.text) <= _LONGEST_LINE and not names_a_chapter(line.text)
    return line if fits else None


# --- cutting --------------------------------------------------------------------------------------


def _pieces(html: str, marks: Sequence[Mark]) -> list[str]:
    """The text of each chapter; what stands above the first heading belongs to the first."""
    starts = [html.rindex("<", 0, mark.line.start) for mark in marks]
    above = html[: starts[0]]
    if not text_in(above) and "<img " not in above:
        above = ""  # rules and spacers
    pieces = []
    for place, mark in enumerate(marks):
        end = starts[place + 1] if place + 1 < len(marks) else len(html)
        # A place without a heading begins with text of the story.
        rest = rest_after(html, mark.line, end) if mark.label else html[starts[place] : end]
        pieces.append(clean(above + rest if place == 0 else rest))
    return pieces


def _number(headings: Sequence[Heading | None]) -> list[int]:
    """Numbers as the headings state them where these count upwards, else one by one."""
    stated = [heading.number if heading else None for heading in headings]
    numbers = [number for number in stated if number]
    rising = all(first < second for first, second in zip([0, *numbers], numbers, strict=False))
    return numbers if rising and len(numbers) == len(headings) else [*range(1, len(headings) + 1)]


def _title(mark: Mark, heading: Heading | None, number: int) -> str | None:
    return heading.title_at(number) if heading is not None else mark.label or None


# --- contents -------------------------------------------------------------------------------------


def _take_out_rows(node: LexborNode) -> None:
    """Remove paragraphs in a row of which each is a link to a place in the page."""
    row: list[LexborNode] = []
    for box in node.css("p, div"):
        link = box.css_first("a[href^='#']")
        alone = link is not None and text_of(link) == text_of(box) and _LETTER.search(text_of(box))
        if alone:
            row.append(box)
            continue
        if len(row) >= _FEWEST_LINKS:
            break
        row = []
    if len(row) >= _FEWEST_LINKS:
        _take_out_heading(row[0])
        # From the last to the first, so that none is removed after one that held it.
        for box in reversed(row):
            box.decompose()


def _take_out_heading(box: LexborNode) -> None:
    heading = _heading_above(box)
    if heading is not None:
        heading.decompose()


def _heading_above(box: LexborNode) -> LexborNode | None:
    """The word “Contents” above the list, as far up as nothing else stands between."""
    above = box.prev
    for _ in range(_FURTHEST):
        if above is None:
            return None
        inner = above.css("h1, h2, h3, h4, p, b, center") if above.is_element_node else []
        for heading in [above, *reversed(inner)][:2]:
            if fold_title(heading.text() or "") in _CONTENTS:
                return heading
        if (above.text() or "").strip() and not attribute(above, "name"):
            return None
        above = above.prev
    return None
