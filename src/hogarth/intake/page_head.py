"""What a page says of itself outside of its text: in its head, its headings and its byline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.dates import parse_date
from hogarth.intake.elements import attribute, each, first, text_of
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.languages import language_tag
from hogarth.intake.titles import fold_title

_SAVED_FROM: Final = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
#: Kept copies are addressed by the address they were taken from.
_KEPT_COPY: Final = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?://)")
_TITLE_BY: Final = re.compile(
    r"(?P<title>.{1,150}?),?\s+by:?\s+(?P<name>[^|–—:]{1,60})", re.IGNORECASE | re.DOTALL
)
#: “Story | Site”, “Story - Site”: what the page calls itself, then where it is.
_SITE_TAIL: Final = re.compile(r"\s+(?:[|»·•]|::|[-–—](?=\s))\s+[^|»·•]{1,60}$")
_LONGEST_TITLE: Final = 300
_LONGEST_NAME: Final = 80
_MOST_HEADINGS: Final = 20
#: The address of the front page of a site.
_FRONT: Final = re.compile(
    r"(?:https?://[^/]+)?(?:/|\.?\.?/(?:index|home)\.\w+|/?\?)?", re.IGNORECASE
)
#: Units: characters. Browsers write where a page came from above its first element.
_TOP: Final = 3_000
_SLASHED: Final = ("benyehuda", "בן-יהודה", "בן יהודה")
_LONGEST_DATA: Final = 500_000
#: What programs write where a name belongs, and what is no title.
_NO_NAME: Final = re.compile(
    r"(?:microsoft|user|admin|administrator|owner|unknown|author|default|guest|preferred customer"
    r"|valued \w+ customer|home|pc|hp|dell|[\w.-]+@[\w.-]+|https?:.*|.*\bwww\..*)",
    re.IGNORECASE,
)
_NO_TITLE: Final = re.compile(
    r"(?:untitled(?: document)?|no title|(?:table of )?contents|new page(?: \d+)?|document\d*|index"
    r"|home|default|title"
    r"|(?:microsoft word - )?\S+\.(?:docx?|rtf|odt|html?|txt)|welcome to .*|story|fanfic(?:tion)?)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class PageHead:
    """Shape: `title_source` where the title stood, "" when there is none; `heading` a title that
    names a chapter only; `site` what the page calls the site it is on."""

    title: str = ""
    title_source: str = ""
    names: list[str] = field(default_factory=list)
    heading: str = ""
    site: str = ""
    source: str | None = None
    published: date | None = None
    language: str | None = None


def read_page_head(page: LexborHTMLParser, text: str) -> PageHead:
    """The facts of a page of any make. Shape: `text` is the page as it was parsed."""
    data = _linked_data(page)
    head = PageHead(
        site=attribute(page.css_first("meta[property='og:site_name']"), "content"),
        source=read_source(page, text),
        published=_published(page, data),
        language=language_tag(attribute(page.css_first("html"), "lang")),
    )
    _read_title(page, head)
    if any(site in text for site in _SLASHED) and head.title.count(" / ") == 1:
        # A library that titles its pages “Title / Author”.
        head.title, _, name = head.title.partition(" / ")
        head.names = [name]
        return head
    head.names = _authors(page, data, head)
    head.title = _without_author(head.title, head.names)
    return head


def read_source(page: LexborHTMLParser, text: str) -> str | None:
    """The address the page was saved from."""
    saved = _SAVED_FROM.search(text[:_TOP])
    for address in (
        attribute(page.css_first("link[rel=canonical]"), "href"),
        attribute(page.css_first("meta[property='og:url'], meta[name='og:url']"), "content"),
        saved[1] if saved else "",
    ):
        address = _KEPT_COPY.sub("", address)
        if address.startswith("//"):
            address = f"https:{address}"
        if address.startswith(("http://", "https://")):
            return address
    return None


def split_address(address: str, base: str = "") -> SplitResult:
    """The parts of an address, seen from another; all are empty for what is none."""
    try:
        return urlsplit(urljoin(base, address) if base else address)
    except ValueError:
        return urlsplit("")


def split_title_by(line: str) -> tuple[str, str] | None:
    """Title and name in “Title by Name”, or None."""
    found = _TITLE_BY.fullmatch(" ".join(line.split()))
    return (found["title"].strip(), found["name"].strip()) if found else None


def drop_site(title: str) -> str:
    """The title of a page without the name of its site at the end."""
    return _SITE_TAIL.sub("", title).strip()


# --- title --------------------------------------------------------------------------------------


def _read_title(page: LexborHTMLParser, head: PageHead) -> None:
    for title, source in _titles(page, head):
        if not title or _NO_TITLE.fullmatch(title):
            continue
        if names_a_chapter(title):
            head.heading = head.heading or title
        else:
            head.title, head.title_source = title[:_LONGEST_TITLE], source
            return


def _titles(page: LexborHTMLParser, head: PageHead) -> Iterator[tuple[str, str]]:
    stated = attribute(
        page.css_first("meta[property='og:title'], meta[name='og:title']"), "content"
    )
    stated = " ".join(stated.split())
    yield drop_site(stated) if _ends_with_site(stated, head.site) else stated, "og:title"
    if (linked := _title_by_link(page)) is not None:
        yield linked[0], "heading"
    headings = [text_of(node) for node in page.css("h1") if not _is_banner(node)]
    headings = [heading for heading in headings if heading]
    titled = text_of(page.css_first("title"))[: 2 * _LONGEST_TITLE]
    named = [heading for heading in headings if not names_a_chapter(heading)]
    for heading in named:
        # A site writes its own name in an h1 too; the story's is in the page's title as well.
        known = len(named) == 1 or fold_title(heading) in fold_title(titled)
        if known and not _is_site(heading, titled):
            yield heading, "h1"
    yield drop_site(titled), "title"
    for heading in headings[:1]:
        yield heading, "h1"


def _title_by_link(page: LexborHTMLParser) -> tuple[str, str] | None:
    """Title and name in a heading “Title by Name”, where the name is a link."""
    for node in each(page, "h1, h2, h3")[:_MOST_HEADINGS]:
        found = split_title_by(text_of(node)[:_LONGEST_TITLE])
        link = node.css("a[href]")[-1:] if found else []
        if found and link and text_of(link[0]) == found[1]:
            return found
    return None


def _is_banner(node: LexborNode) -> bool:
    """Whether a heading is all of it a link to the front page."""
    link = node.css_first("a[href]")
    if link is None or text_of(link) != text_of(node):
        return False
    return _FRONT.fullmatch(attribute(link, "href")) is not None


def _is_site(heading: str, titled: str) -> bool:
    """Whether the heading is what stands behind the bar in the page's title."""
    tail = titled.removeprefix(drop_site(titled))
    return bool(tail) and fold_title(heading) == fold_title(tail)


def _ends_with_site(title: str, site: str) -> bool:
    return bool(site) and fold_title(title).endswith(fold_title(site)) and drop_site(title) != title


# --- names --------------------------------------------------------------------------------------


def _authors(page: LexborHTMLParser, data: list[dict[str, Any]], head: PageHead) -> list[str]:
    """Names that the head of the page gives, or a link, or its title: “Story by Somebody”."""
    if head.title_source == "heading" and (linked := _title_by_link(page)) is not None:
        return [linked[1]]
    for name in (*_names_in_head(page), *_names_in_data(data), *_names_in_links(page)):
        name = " ".join(name.split())
        usable = 0 < len(name) <= _LONGEST_NAME and not _NO_NAME.fullmatch(name)
        if usable and fold_title(name) != fold_title(head.site):
            return [name]
    titled = drop_site(text_of(page.css_first("title")))
    for line in (head.title, titled) if head.title_source != "og:title" else (head.title,):
        found = split_title_by(line)
        if found:
            return [found[1]]
    return []


def _names_in_head(page: LexborHTMLParser) -> Iterator[str]:
    for selector in (
        "meta[name=author i]",
        "meta[name='dc.creator' i]",
        "meta[name='dcterms.creator' i]",
        "meta[property='books:author']",
        "meta[property='book:author']",
        "meta[property='article:author']",
    ):
        yield attribute(page.css_first(selector), "content")


def _names_in_data(data: list[dict[str, Any]]) -> Iterator[str]:
    for record in data:
        author = record.get("author")
        for person in author if isinstance(author, list) else [author]:
            name = person.get("name") if isinstance(person, dict) else person
            if isinstance(name, str):
                yield name


def _names_in_links(page: LexborHTMLParser) -> Iterator[str]:
    link = first(
        page,
        "a[rel~=author]",
        "[itemprop=author] [itemprop=name]",
        "[itemprop=author]",
        ".byline a",
        "a.authorlink",
        ".author a",
        ".vcard .fn",
        ".post-author .fn",
    )
    if link is not None:
        yield text_of(link)


def _without_author(title: str, names: list[str]) -> str:
    found = split_title_by(title)
    if found and any(fold_title(found[1]) == fold_title(name) for name in names):
        return found[0]
    return title


# --- dates --------------------------------------------------------------------------------------


def _published(page: LexborHTMLParser, data: list[dict[str, Any]]) -> date | None:
    for selector, name in (
        ("meta[property='article:published_time']", "content"),
        ("meta[name=date]", "content"),
        ("meta[name='dc.date' i]", "content"),
        ("meta[name='dcterms.date' i]", "content"),
    ):
        day = parse_date(attribute(page.css_first(selector), name))
        if day:
            return day
    for record in data:
        stated = record.get("datePublished")
        if isinstance(stated, str) and (day := parse_date(stated)):
            return day
    return parse_date(attribute(_first_time(page), "datetime"))


def _first_time(page: LexborHTMLParser) -> LexborNode | None:
    return first(page, "time.published", "time.dt-published", "article time[datetime]", "time")


def _linked_data(page: LexborHTMLParser) -> list[dict[str, Any]]:
    """The records about a text that the page holds for search engines."""
    records: list[dict[str, Any]] = []
    for node in page.css("script[type='application/ld+json']")[:20]:
        written = node.text()
        if len(written) > _LONGEST_DATA:
            continue
        try:
            found = json.loads(written)
        except (ValueError, RecursionError):
            continue
        records += [
            record
            for record in (found if isinstance(found, list) else [found])
            if isinstance(record, dict) and record.get("@type") in _TEXTS
        ]
    return records


_TEXTS: Final = ("Article", "Book", "BlogPosting", "CreativeWork", "ShortStory", "Chapter")
