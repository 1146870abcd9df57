"""Which site of the Archive's software a page comes from, and which work it shows."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.intake.elements import attribute, first, text_of

ARCHIVE: Final = "https://archiveofourown.org"
#: Words that stand in every page of the Archive itself.
ARCHIVE_NAMES: Final = ("Archive of Our Own", "archiveofourown.org", "Transformative Works")
#: Units: characters. Browsers write where a page was saved from above its first element.
_HEAD: Final = 2000
_SAVED_FROM: Final = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
_SITE: Final = re.compile(
    r"(https?://[^/\s\"'<>]+)/(?:works|users|collections|chapters|series|tags)\b", re.IGNORECASE
)
_WORK: Final = re.compile(r"(?:/works/|/downloads/|%2Fworks%2F)(\d{1,12})")
#: A museum of pages puts its own address before each address in them.
_MUSEUM: Final = re.compile(
    r"(?:https?:)?(?://web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)"
)
_SAME_SITE: Final = re.compile(
    r"(?:(?:www|insecure|download|m)\.)?(?:archiveofourown\.(?:org|com|net|gay)|ao3\.org)(?::\d+)?"
)
_NAMED: Final = re.compile(r"(?P<sure>\[)?(?:\||(?<=\[))\s*(?P<name>[^\[\]|]{2,80})\]?$")
#: What other sites call themselves in the titles of their pages → where they are.
_SITES: Final = (
    ("archive of our own", ARCHIVE),
    ("squidgeworld", "https://squidgeworld.org"),
    ("superlove", "https://superlove.sayitditto.net"),
    ("ad astra", "https://www.adastrafanfic.com"),
    ("comic fan", "https://www.cfaarchive.org"),
)

#: Where the number of the work stands, the surest place first.
_WORK_LINKS: Final = (
    ("#kudo_commentable_id", "value"),
    ("li.download a[href*='/downloads/']", "href"),
    ("#chapters h3.title a[href*='/works/']", "href"),
    ("li.entire a, li.bychapter a, li.share a", "href"),
    ("#add_comment form, #feedback form", "action"),
    ("#login-dropdown", "href"),
    ("a[href*='/works/'][href*='/bookmarks']", "href"),
    ("meta[property='og:url']", "content"),
    ("link[rel=canonical]", "href"),
)


def saved_from(text: str) -> str | None:
    """The address a browser noted when it saved the page."""
    found = _SAVED_FROM.search(text[:_HEAD])
    return leave_museum(found[1]) if found else None


def leave_museum(html: str) -> str:
    """Addresses as they were before a museum of pages put its own before them."""
    return _MUSEUM.sub("", html) if "/web/" in html else html


def site_in(address: str) -> str:
    """The site of an address of a work, a person or a tag: "https://archiveofourown.org", or ""."""
    found = _SITE.match(leave_museum(address))
    if found is None:
        return ""
    scheme, _, host = found[1].lower().partition("://")
    if _SAME_SITE.fullmatch(host):
        return ARCHIVE
    return f"https://{host}" if scheme else ""


def work_in(address: str) -> str:
    """The number of the work in an address, or ""."""
    found = _WORK.search(address)
    return found[1] if found else ""


def find_site(page: LexborHTMLParser, text: str) -> str:
    """The site the page comes from, such as "https://archiveofourown.org", or ""."""
    for address in (
        saved_from(text) or "",
        attribute(page.css_first("link[rel=canonical]"), "href"),
        attribute(page.css_first("meta[property='og:url']"), "content"),
        attribute(page.css_first("a[rel=author][href^=http]"), "href"),
    ):
        site = site_in(address)
        if site:
            return site
    named = _NAMED.search(text_of(page.css_first("title"))[-200:])
    if named:
        name = named["name"].casefold()
        site = next((site for words, site in _SITES if words in name), "")
        if site or named["sure"]:
            return site
    return ARCHIVE if any(name in text for name in ARCHIVE_NAMES) else ""


def find_work(page: LexborHTMLParser, text: str) -> str:
    """The number of the work that the page shows, or ""."""
    for selector, name in _WORK_LINKS:
        value = attribute(first(page, selector), name)
        number = work_in(value) or (value if value.isdecimal() else "")
        if number:
            return number
    return work_in(saved_from(text) or "")
