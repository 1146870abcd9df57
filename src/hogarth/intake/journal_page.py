"""Saved entries of LiveJournal, Dreamwidth and other journals of their software, in many styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.dates import parse_date
from hogarth.intake.elements import attribute, children, each, first, outermost, take_out, text_of
from hogarth.intake.facts import Facts, fill_in, make_manuscript
from hogarth.intake.labels import read_label
from hogarth.intake.main_text import clear_page, count_loose_words, find_main_text
from hogarth.intake.page_chapters import split_chapters
from hogarth.intake.page_edges import trim_navigation, trim_top
from hogarth.intake.page_gates import explain_empty, find_gate, find_gate_in
from hogarth.intake.page_head import PageHead, drop_site, read_page_head, split_address
from hogarth.intake.page_lines import Head, take_head
from hogarth.intake.page_style import read_style
from hogarth.intake.page_text import print_text
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.tags import split_tags
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Dates, Tag, clean

_HOSTS: Final = (
    "livejournal",
    "dreamwidth",
    "insanejournal",
    "deadjournal",
    "journalfen",
    "scribbld",
    "inksome",
    "lj-cut",
    "ljuser",
)
#: Only the software of these sites leaves such elements.
_MARKS: Final = (
    ".ljuser, .i-ljuser, .b-singlepost, .aentry-post, .entry-wrapper, form[action*='talkmulti'], "
    "form[action*='talkpost'], link[href*='livejournal.net'], link[href*='l-stat.livejournal'], "
    "link[href*='s.dreamwidth.org'], link[href*='dreamwidth.org/stc'], meta[content*='lj://']"
)
#: Where styles put the text of an entry, the surest first.
_TEXTS: Final = (
    ".b-singlepost-body",
    ".aentry-post__text",
    ".entry-wrapper .entry-content",
    ".j-e-text",
    ".entry-content",
    ".entryText",
    ".entrytext",
    ".entry_text",
    ".entry-text",
    ".asset-body",
    ".asset-content",
    ".entry-body",
    ".entry_body",
    "#entrytext",
    ".ljentry",
    ".post-text",
    ".post_text",
    ".subcontent .entry",
    "td.entry",
    ".entry-item .content",
    "div[style*='margin-left: 30px']",
    "td.index .entry",
    ".entry",
)
_TITLES: Final = (
    ".b-singlepost-title",
    ".aentry-post__title",
    ".entry-wrapper .entry-title",
    ".entry-title",
    ".asset-name",
    ".j-e-title",
    ".entrysubject",
    ".entry-subject",
    ".entry_title",
    ".subject",
    ".entryHeader",
)
_POSTERS: Final = (
    ".b-singlepost-author",
    ".aentry-head",
    ".entry-poster",
    ".poster-info",
    ".poster",
    ".asset-meta",
    ".entry-meta",
    ".userinfo",
)
_DAYS: Final = (
    ".b-singlepost-author-date",
    ".aentry-head__date time",
    ".entry-wrapper .datetime",
    ".datetime",
    ".entry-date",
    "abbr.datetime",
    ".asset-meta .date",
    ".date",
)
_TAGS: Final = ".ljtags a, .tag-list a, .tag a[rel=tag], .entry-tags a, a[rel=tag]"
_FURNITURE: Final = (
    "#comments, #Comments, .b-grove, .comments, .comment-wrapper, .ljtags, .entry-tags, "
    ".entry-interaction-links, .metadata, .b-singlepost-standout, .lj-like, .entry-linkbar, "
    ".entry-management-links, .b-linkbar, .currents, .ljuser-popup, .aentry-post__tags"
)
#: “somebody: Title”, “Title: somebody — LiveJournal”, “Title - somebody's journal”.
_TITLED: Final = (
    re.compile(r"(?P<name>[\w-]{1,30}): (?P<title>.+)", re.DOTALL),
    re.compile(
        r"(?P<title>.+): (?P<name>[\w-]{1,30}) [—–-] (?:LiveJournal|Dreamwidth).*", re.DOTALL
    ),
    re.compile(r"(?P<title>.+) [|—–-] (?P<name>[\w-]{1,30})", re.DOTALL),
)
_CURRENT: Final = re.compile(
    r"(?:entry tags|tags|current \w+|mood|music|location)\s*:", re.IGNORECASE
)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_GAP: Final = re.compile(r"<br/>\s*<br/>")
_PARAGRAPH: Final = re.compile(r"</?p(?: [^<>]*)?>")
#: Units: paragraphs. An entry with more of them was written with them.
_WRAPPED: Final = 2
#: Units: entries. A page with so many shows a journal, not an entry.
_MANY: Final = 3
_FEWEST_WORDS: Final = 20
_LONGEST_TITLE: Final = 400
_SITES: Final = re.compile(
    r"(?:^|\.)(?:livejournal|dreamwidth|insanejournal|deadjournal|journalfen|scribbld|inksome)\.\w+$"
)
_SHARED: Final = frozenset({"www", "community", "communities", "users", "m", "asylums", "ssl"})


class _Entry(NamedTuple):
    """Shape: each "" where the page does not say it."""

    title: str
    poster: str
    dates: Dates
    tags: list[Tag]
    address: str


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The marks of the software in a page that names one of its sites."""
    if not found.is_markup or not any(host in found.text for host in _HOSTS):
        return None
    page = found.page
    host = split_address(read_page_head(page, found.text[:20_000]).source or "").netloc
    if page.css_first(_MARKS) is None and not _SITES.search(host):
        return None
    if _SITES.search(host) or _is_of_the_software(page, found.text):
        return (Evidence("page", "an entry of a journal"),)
    return None


def read(found: Found) -> Reading:
    """The entry, with the facts that its writer set above the text.

    Raises: Unreadable, when the entry is locked or hidden behind a question, or there are many.
    """
    page = found.page
    gate = find_gate(page)
    if gate is not None:
        raise gate
    stated = read_page_head(page, found.text)
    entry = _read_entry(page, stated)
    links = len(page.css("a[href]"))
    style = read_style(page)
    if len(_all_texts(page)) >= _MANY:
        raise refuse("no-story-listing")
    _name_users(page)
    take_out(page, _FURNITURE)
    clear_page(page, style)
    text = _find_text(page)
    if text is None:
        raise explain_empty(page, links)
    take_out(text, "a[name^=cutid]:empty, font[face] > i > b")
    _take_out_currents(text)
    pictures = Pictures()
    html, _ = print_text(text, style, pictures)
    html = _part_paragraph(html)
    head = take_head(trim_top(html), titles=[entry.title], names=[entry.poster])
    notice = None if head.labels else find_gate_in(text.text(separator=" "))
    if notice is not None:
        raise notice
    return _assemble(found, stated, entry, head, pictures)


def _part_paragraph(html: str) -> str:
    """The text where the frame of a site opened a paragraph around all of it: breaks part it."""
    if html.count("<p") > _WRAPPED or _GAP.search(html) is None:
        return html
    return clean(_PARAGRAPH.sub("<br/><br/>", html))


def _assemble(
    found: Found, stated: PageHead, entry: _Entry, head: Head, pictures: Pictures
) -> Reading:
    facts = head.facts
    title = facts.title or entry.title or head.title
    head.sign(head.names or [entry.poster])
    source = (stated.source or entry.address).partition("?")[0].partition("#")[0]
    page = Facts(
        tags=entry.tags,
        source=source or None,
        language=None,
        dates=Dates(entry.dates.published or stated.published),
    )
    chapters = split_chapters(trim_navigation(head.html))
    manuscript = fill_in(make_manuscript(facts, chapters, title=title), page)
    manuscript = replace(manuscript, assets=pictures.assets)
    problems = []
    if not manuscript.title:
        manuscript = replace(manuscript, title=title_from_name(found.name))
        problems.append(Problem("title-guessed", manuscript.title))
    if len(chapters) == 1 and chapters[0].number > 1:
        problems.append(Problem("chapters-missing", f"chapter {chapters[0].number} alone"))
    evidence = [Evidence("title", "header" if facts.title else "entry")]
    if head.labels:
        evidence.append(Evidence("header", ", ".join(head.labels)))
    return Reading(found.name, "journal-page", (manuscript,), tuple(evidence), tuple(problems))


# --- the entry ------------------------------------------------------------------------------------


def _is_of_the_software(page: LexborHTMLParser, text: str) -> bool:
    """Whether the page is of a journal, and does not only mention somebody's."""
    if (
        page.css_first(".b-singlepost, .aentry-post, .entry-wrapper, form[action*='talk']")
        is not None
    ):
        return True
    return "siteroot" in text or page.css_first("link[href*='livejournal'][rel]") is not None


def _all_texts(page: LexborHTMLParser) -> list[LexborNode]:
    """The texts of entries, each once, for the first place that styles put them in."""
    for selector in _TEXTS[:-1]:
        found = outermost(page, selector)
        if found:
            return [node for node in found if count_loose_words(node) >= _FEWEST_WORDS]
    return []


def _find_text(page: LexborHTMLParser) -> LexborNode | None:
    for selector in _TEXTS:
        best = max(outermost(page, selector), key=count_loose_words, default=None)
        if best is not None and count_loose_words(best) >= _FEWEST_WORDS:
            return best
    found = find_main_text(page)
    return found.node if found is not None and found.words >= _FEWEST_WORDS else None


def _read_entry(page: LexborHTMLParser, stated: PageHead) -> _Entry:
    title, named = _read_titles(page, stated)
    poster = ""
    for selector in _POSTERS:
        node = page.css_first(selector)
        poster = _user_in(node) if node is not None else ""
        if poster:
            break
    if not poster:
        poster = _user_in(page.body) if page.css_first("div[style*='margin-left: 30px']") else ""
    address = stated.source or _read_address(page)
    poster = poster or _journal_of(address) or named or next(iter(stated.names), "")
    day = _read_day(page)
    address = _read_address(page)
    return _Entry(title, poster, Dates(published=day), _read_tags(page, poster), address)


def _read_address(page: LexborHTMLParser) -> str:
    """The address of the entry in the links to reply to it."""
    for link in page.css("a[href*='mode=reply'], a[href$='#comments']"):
        address = attribute(link, "href")
        if _SITES.search(split_address(address).netloc):
            return address
    return ""


def _read_titles(page: LexborHTMLParser, stated: PageHead) -> tuple[str, str]:
    """The title of the entry, and the name that the page's title has beside it."""
    node = first(page, *_TITLES) or page.css_first("font[face] > i > b")
    titled = text_of(page.css_first("title"))[:_LONGEST_TITLE]
    name = ""
    told = titled
    for pattern in _TITLED:
        found = pattern.fullmatch(titled)
        if found:
            told, name = found["title"].strip(), found["name"]
            break
    title = text_of(node) or (stated.title if stated.title_source == "og:title" else "") or told
    return drop_site(title) if title == titled else title, name


def _user_in(node: LexborNode | None) -> str:
    """The account of the first person that is named in the element, and not a community."""
    if node is None:
        return ""
    for user in each(node, ".ljuser, .i-ljuser, span[lj\\:user]"):
        picture = attribute(user.css_first("img"), "src")
        if "community" in picture or "type-C" in attribute(user, "class"):
            continue
        return attribute(user, "lj:user") or text_of(user)
    return ""


def _journal_of(address: str | None) -> str:
    """The journal that an address names: `name.livejournal.com`, `/users/name/`, `/~name/`."""
    parts = split_address(address or "")
    if not _SITES.search(parts.netloc):
        return ""
    found = re.match(r"/(?:users/|~)([\w-]+)", parts.path)
    if found:
        return found[1]
    labels = parts.netloc.split(".")
    return "" if len(labels) < 3 or labels[0] in _SHARED else labels[0].replace("-", "_")


def _read_day(page: LexborHTMLParser) -> date | None:
    for selector in _DAYS:
        node = page.css_first(selector)
        day = parse_date(attribute(node, "datetime") or text_of(node))
        if day is not None:
            return day
    # Plain styles write “@ 2008-09-08 19:15:00” below the poster's name.
    stated = page.css_first("font[size='-1']")
    found = _DAY.search(text_of(stated))
    return parse_date(found[0]) if found else None


def _read_tags(page: LexborHTMLParser, poster: str) -> list[Tag]:
    """The tags of the entry; many journals write “fandom: …” and “pairing: …” in them."""
    names = [text_of(link) for link in each(page, _TAGS)]
    if not names:
        for cells in _pairs(page.css("tr")):
            if text_of(cells[0]).casefold().startswith("entry tags"):
                names = [text_of(link) for link in cells[1].css("a")]
    tags: list[Tag] = []
    for name in names:
        row_ = read_label(name)
        if row_ is not None and row_.field in ("fandom", "relationship", "character", "rating"):
            tags += split_tags(row_.field, row_.value)
        elif name and not (row_ is not None and row_.field == "author") and name != poster:
            tags.append(Tag("freeform", name))
    return list(dict.fromkeys(tags))


def _take_out_currents(text: LexborNode) -> None:
    """Remove the small table above an entry: mood, music, place, tags."""
    # From the last to the first, so that none is looked at after one that held it.
    for label, _ in reversed(list(_pairs(text.css("tr")))):
        row = label.parent
        if row is not None and _CURRENT.match(text_of(label)):
            row.decompose()


def _pairs(rows: list[LexborNode]) -> Iterator[tuple[LexborNode, LexborNode]]:
    """Of the rows that have two cells both, where the first holds no table."""
    for row in rows:
        cells = [cell for cell in children(row) if cell.tag == "td"]
        if len(cells) == 2 and cells[0].css_first("table") is None:
            yield cells[0], cells[1]


def _name_users(page: LexborHTMLParser) -> None:
    """Of a person's name with its picture and two links leave the one with the name."""
    for user in reversed(each(page, ".ljuser, .i-ljuser")):
        for link in user.css("a"):
            if link.css_first("img") is not None and not text_of(link):
                link.decompose()
        take_out(user, "img")
