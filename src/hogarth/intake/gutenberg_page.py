"""Books of Project Gutenberg as web pages, with the licence set apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import ancestors, attribute, each, inner_of, take_out, text_of
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.gutenberg import find_start, is_credit, is_end, is_start, read_header
from hogarth.intake.languages import language_tag
from hogarth.intake.page_chapters import split_chapters, take_out_contents
from hogarth.intake.page_edges import trim_top
from hogarth.intake.page_head import split_title_by
from hogarth.intake.page_lines import take_head
from hogarth.intake.page_style import read_style, write_out
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Credit, Manuscript, clean, plain_text

#: Signs of which one is in every book, and is looked for before the page is parsed.
_HINTS: Final = ("PROJECT GUTENBERG", "Project Gutenberg", "pg-header", "pgheader")
_HEADER: Final = "#pg-header, .pgheader, section.pg-boilerplate.pgheader"
_FOOTER: Final = "#pg-footer, .pgfooter, section.pg-boilerplate.pgfooter"
_TITLED: Final = re.compile(
    r"(?:The )?Project Gutenberg(?:['’]s)?(?: E-?(?:text|book)(?: of)?)?[,:]? (?P<rest>.+)",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"\s*[|—–-]\s*Project Gutenberg$", re.IGNORECASE)
#: Elements that may hold a whole marker. The innermost is the one that is cut at.
_BLOCKS: Final = "pre, p, div, section, h1, h2, h3, h4, center, td"
_FURNITURE: Final = "script, style, .pagenum, .pageno, span.pb, a.pginternal.toc"
_MARKERS: Final = ("***", "Gutenberg", "GUTENBERG", "SMALL PRINT")
_BLANK: Final = re.compile(r"\n\s*\n")
_FIRST_BLOCK: Final = re.compile(
    r"(?:<hr(?: [^<>]*)?/>|<p(?: [^<>]*)?>\u00a0</p>|</?div(?: [^<>]*)?>|\s)*"
    r"<(p|pre|h\d)[ >]"
)
_MOST_MAKERS: Final = 20
#: No text holds control characters, so no text holds these.
_START: Final = "\x01start\x01"
_END: Final = "\x01end\x01"


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The project's own header, or the marker that ends it."""
    if not found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    if found.page.css_first(_HEADER) is not None:
        return (Evidence("page", "the header of Project Gutenberg"),)
    if any(is_start(line.strip()) for line in _lines_with_stars(found.text)):
        return (Evidence("page", "the marker of Project Gutenberg"),)
    return None


def read(found: Found) -> Reading:
    """The book between the markers, its facts from the header.

    Raises: Unreadable, when nothing stands between them.
    """
    page = found.page
    style = read_style(page)
    titled = text_of(page.css_first("title"))
    language = language_tag(attribute(page.css_first("html"), "lang"))
    facts = _cut_out_frame(page)
    _state_title(facts, titled)
    body = page.body
    if body is None:
        raise refuse("no-story")
    take_out(page, _FURNITURE)
    take_out_contents(body)
    write_out(body, style)
    pictures = Pictures()
    keep_inline_pictures(body, pictures)
    inner = inner_of(body)
    inner = inner.partition(_START)[2] if _START in inner else inner
    html = _without_makers(clean(inner.partition(_END)[0]))
    if not html:
        raise refuse("no-story")
    head = take_head(html, titles=[facts.title], names=[credit.name for credit in facts.credits])
    html = trim_top(head.html if not head.labels else html)
    if facts.language is None:
        facts.language = language
    manuscript = _assemble(facts, split_chapters(html, loose=True), found)
    problems = () if facts.title else (Problem("title-guessed", manuscript.title),)
    manuscript = replace(manuscript, assets=pictures.assets)
    return Reading(found.name, "gutenberg-page", (manuscript,), (), problems)


def _assemble(facts: Facts, chapters: tuple[Chapter, ...], found: Found) -> Manuscript:
    facts.status = "complete"
    return make_manuscript(facts, chapters, title=title_from_name(found.name))


def _lines_with_stars(text: str) -> list[str]:
    """The lines of the source that a marker may be on."""
    return [
        re.sub(r"<[^<>]{0,200}>", "", line)
        for line in text.split("\n", 4_000)[:4_000]
        if "***" in line or "SMALL PRINT" in line
    ]


# --- the frame ------------------------------------------------------------------------------------


def _cut_out_frame(page: LexborHTMLParser) -> Facts:
    """Mark where the book begins and ends, and read the header above it."""
    header, footer = page.css_first(_HEADER), page.css_first(_FOOTER)
    end = footer or _find_marker(page, is_end)
    if end is not None:
        _mark_end(end)
    start = header or _find_marker(page, is_start)
    if start is None:
        return Facts()
    marker = _mark_start(start) if header is None else ""
    if header is not None:
        header.insert_after(_START)
    return read_header(_lines_of(inner_of(page.body).partition(_START)[0]), marker)


def _find_marker(page: LexborHTMLParser, fits: Callable[[str], bool]) -> LexborNode | None:
    """The innermost element of which a line is the marker."""
    blocks = each(page, _BLOCKS)
    holding: set[int] = set()
    for node in blocks:
        for above in ancestors(node):
            if above.mem_id in holding:
                break
            holding.add(above.mem_id)
    for node in blocks:
        if node.tag != "pre" and node.mem_id in holding:
            continue
        text = node.text()
        hinted = any(hint in text for hint in _MARKERS)
        if hinted and any(fits(line.strip()) for line in text.split("\n")):
            return node
    return None


def _mark_end(node: LexborNode) -> None:
    """Put the mark before the line that ends the book; what stands above it in a pre stays."""
    if node.tag == "pre":
        lines = node.text().split("\n")
        at = next((place for place, line in enumerate(lines) if is_end(line.strip())), 0)
        node.insert_before("\n".join(lines[:at]).strip())
    node.insert_before(_END)


def _mark_start(node: LexborNode) -> str:
    """Put the mark after the line of the marker, with what else stands there. The title in it."""
    lines = node.text().split("\n")
    marker, after = find_start(lines)
    rest = "\n".join(lines[after:]) if node.tag == "pre" else ""
    told = [block for block in _BLANK.split(rest) if block.strip() and not is_credit(block.strip())]
    # The last to be put after the node stands first.
    for block in reversed(told):
        node.insert_after(block.strip())
    # What stood above the marker is the header; the marker itself goes with it.
    node.insert_after(_START)
    return marker


def _lines_of(html: str) -> list[str]:
    return plain_text(clean(html)).split("\n")


def _state_title(facts: Facts, titled: str) -> None:
    """The page's own title, for a header that says nothing."""
    titled = _TAIL.sub("", titled)
    found = _TITLED.fullmatch(titled)
    told = found["rest"] if found else titled
    parted = split_title_by(told)
    if not facts.title:
        facts.title = parted[0] if parted else told
    if not facts.credits and parted:
        facts.credits = [Credit(parted[1])]


def _without_makers(html: str) -> str:
    """The text without the paragraphs on top that say who made the e-book, and bare captions."""
    for _ in range(_MOST_MAKERS):
        first = _FIRST_BLOCK.match(html)
        if first is None:
            break
        end = html.find(f"</{first[1]}>", first.end())
        block = html[first.end() : end]
        told = plain_text(f"<p>{block.partition('>')[2] or block}</p>").strip()
        if end < 0 or not (is_credit(told) or told == "[Illustration]"):
            break
        html = html[end + len(first[1]) + 3 :]
    return html
