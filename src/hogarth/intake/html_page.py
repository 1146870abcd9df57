"""Any page in HTML that no other reader knows."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.dates import parse_date
from hogarth.intake.elements import ancestors, attribute, first, inner_of, text_of
from hogarth.intake.headings import names_a_chapter, read_heading
from hogarth.intake.languages import language_tag
from hogarth.intake.main_text import find_main_text
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Chapter, Credit, Dates, Manuscript, clean

_SAVED_FROM: Final = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
_BYLINE: Final = re.compile(r"(?:written\s+)?by:?\s+(\S[^\n,;:]{0,60})", re.IGNORECASE)
_TITLE_BY: Final = re.compile(
    r"(?P<title>.{1,150}?),?\s+by\s+(?P<name>[^|–—]{1,60})", re.IGNORECASE
)
#: “Story | Site”, “Story - Site”: what the page calls itself, then where it is.
_SITE_TAIL: Final = re.compile(r"\s+(?:[|»·]|[-–—](?=\s))\s+[^|»·]{1,60}$")
_LONGEST_TITLE: Final = 300
_HEADINGS: Final = ("h1", "h2", "h3", "h4")
#: A byline stands among the first so many lines.
_TOP: Final = 8
_FEWEST_CHAPTERS: Final = 2
#: Units: words. A page with fewer is no story unless it says so in its markup.
_FEWEST_WORDS: Final = 12
#: No text holds control characters, so no text holds this.
_MARK: Final = "\x01cut\x01"
_BUSY: Final = re.compile(r"\s*retry later\.?\s*", re.IGNORECASE)


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Any markup, whatever the file is called."""
    if not found.is_markup:
        return None
    return (Evidence("page", "markup of no known site"),)


def read(found: Found) -> Reading:
    """The densest text of the page, cut into chapters where headings say so.

    Raises: Unreadable, when the page is mostly links or holds hardly a word.
    """
    page = found.page
    language = language_tag(attribute(page.css_first("html"), "lang"))
    title, title_source = _title(page)
    names = _authors(page, title_source)
    source = _source(page, found.text)
    published = _published(page)
    text = find_main_text(page)
    if text is None or text.words < _FEWEST_WORDS:
        said = " ".join(page.body.text().split()) if page.body is not None else ""
        raise refuse("no-story-retry-later" if _BUSY.fullmatch(said) else "no-story")
    pictures = Pictures()
    keep_inline_pictures(text.node, pictures)
    if not names:
        names = _byline(text.node)
    title = _without_author(title, names)
    _drop_head(text.node, title, names)
    chapters = read_chapters(text.node)
    problems = [] if title else [Problem("title-guessed", title_from_name(found.name))]
    manuscript = Manuscript(
        title=title or title_from_name(found.name),
        chapters=chapters,
        credits=tuple(Credit(name) for name in names),
        source=source,
        language=language,
        dates=Dates(published=published),
        assets=pictures.assets,
    )
    evidence = (Evidence("text", text.place), Evidence("title", title_source or "file name"))
    return Reading(found.name, "html-page", (manuscript,), evidence, tuple(problems))


# --- what the page says of itself ---------------------------------------------------------------


def _title(page: LexborHTMLParser) -> tuple[str, str]:
    """The title and where it stands."""
    stated = attribute(page.css_first("meta[property='og:title']"), "content")
    if stated:
        return " ".join(stated.split())[:_LONGEST_TITLE], "og:title"
    headings = [text_of(node) for node in page.css("h1")]
    headings = [heading for heading in headings if heading and not names_a_chapter(heading)]
    titled = text_of(page.css_first("title"))[: 2 * _LONGEST_TITLE]
    for heading in headings:
        # A site writes its own name in an h1 too; the story's is in the page's title as well.
        if len(headings) == 1 or fold_title(heading) in fold_title(titled):
            return heading[:_LONGEST_TITLE], "h1"
    if titled:
        return _SITE_TAIL.sub("", titled)[:_LONGEST_TITLE], "title"
    return "", ""


def _authors(page: LexborHTMLParser, title_source: str) -> list[str]:
    """Names that the head of the page gives, or its title: “Story by Somebody”."""
    for selector in ("meta[name=author]", "meta[name='DC.creator']", "meta[name='dc.creator']"):
        name = attribute(page.css_first(selector), "content")
        if name and not name.startswith("http"):
            return [name]
    link = first(page, "a[rel=author]", "[itemprop=author]", ".byline a", "a.authorlink")
    if link is not None and text_of(link):
        return [text_of(link)]
    if title_source in ("title", "h1"):
        found = _TITLE_BY.fullmatch(_SITE_TAIL.sub("", text_of(page.css_first("title"))))
        return [found["name"].strip()] if found else []
    return []


def _byline(node: LexborNode) -> list[str]:
    """“By Somebody” on a line of its own near the top of the text."""
    for line in _top_lines(node):
        found = _BYLINE.fullmatch(text_of(line))
        if found:
            return [found[1].strip()]
    return []


def _without_author(title: str, names: list[str]) -> str:
    found = _TITLE_BY.fullmatch(title)
    if found and any(fold_title(found["name"]) == fold_title(name) for name in names):
        return found["title"].strip()
    return title


def _source(page: LexborHTMLParser, text: str) -> str | None:
    saved = _SAVED_FROM.search(text[:2000])
    for address in (
        attribute(page.css_first("link[rel=canonical]"), "href"),
        attribute(page.css_first("meta[property='og:url']"), "content"),
        saved[1] if saved else "",
    ):
        if address.startswith(("http://", "https://")):
            return address
    return None


def _published(page: LexborHTMLParser) -> date | None:
    for selector, name in (
        ("meta[property='article:published_time']", "content"),
        ("meta[name=date]", "content"),
        ("meta[name='DC.date']", "content"),
        ("time[datetime]", "datetime"),
    ):
        day = parse_date(attribute(page.css_first(selector), name))
        if day:
            return day
    return None


# --- its text -----------------------------------------------------------------------------------


def read_chapters(node: LexborNode) -> tuple[Chapter, ...]:
    """The chapters under headings of one rank that name chapters; else the whole is one."""
    headings = _chapter_headings(node)
    if not headings:
        return (Chapter(1, clean(inner_of(node))),)
    parts = _cut(node, headings)
    preamble = parts[0]
    chapters = []
    for number, (heading, html) in enumerate(zip(headings, parts[1:], strict=True), start=1):
        read_as = read_heading(text_of(heading))
        name = read_as.title_at(number) if read_as else text_of(heading) or None
        chapters.append(Chapter(number, clean(preamble + html), name))
        preamble = ""
    return tuple(chapters)


def _chapter_headings(node: LexborNode) -> list[LexborNode]:
    """From the first heading that names a chapter on, all of its rank where most name one."""
    for rank in _HEADINGS:
        # Left open, a heading may hold another.
        found = [
            heading
            for heading in node.css(rank)
            if not any(above.tag in _HEADINGS for above in ancestors(heading))
        ]
        naming = [names_a_chapter(text_of(heading)) for heading in found]
        if sum(naming) < _FEWEST_CHAPTERS:
            continue
        start = naming.index(True)
        if 2 * sum(naming) >= len(found) - start:
            return found[start:]
        return [heading for heading, names in zip(found, naming, strict=True) if names]
    return []


def _cut(node: LexborNode, headings: list[LexborNode]) -> list[str]:
    """The HTML before the first heading and after each, the headings themselves left out.

    The cuts go through whatever elements are open there; cleaning closes them.
    """
    for heading in headings:
        heading.replace_with(_MARK)
    return inner_of(node).split(_MARK)


def _drop_head(node: LexborNode, title: str, names: list[str]) -> None:
    """Title and byline are no part of the text where they stand above it on lines of their own."""
    titles = {fold_title(title), *(fold_title(f"{title} by {name}") for name in names)} - {""}
    people = {fold_title(name) for name in names}
    for heading in node.css("h1, h2"):
        if fold_title(text_of(heading)) in titles:
            heading.decompose()
            break
    for line in _top_lines(node):
        found = _BYLINE.fullmatch(text_of(line))
        if found and fold_title(found[1]) in people:
            line.decompose()
            return


def _top_lines(node: LexborNode) -> list[LexborNode]:
    return node.css("h1, h2, h3, h4, p, div.byline, .byline, .author")[:_TOP]
