"""Saved pages of sites that show one chapter at a time, read by the table of sites."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute, each, first, inner_of, outermost, text_of, weigh
from hogarth.intake.facts import Facts, fill_in, make_manuscript, state
from hogarth.intake.headings import read_heading
from hogarth.intake.main_text import clear_page, count_loose_words, take_out_around
from hogarth.intake.page_edges import trim_navigation
from hogarth.intake.page_gates import explain_empty, find_gate, find_gate_in
from hogarth.intake.page_head import PageHead, drop_site, read_page_head
from hogarth.intake.page_labels import read_labels_in
from hogarth.intake.page_lines import Head, take_head
from hogarth.intake.page_style import read_style
from hogarth.intake.page_text import print_text
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.sites import SITES, Site, compile_title
from hogarth.intake.tags import unify_tag
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Dates, Tag, clean

#: Units: words. Where an element of many names is tried, one with fewer is passed over.
_ENOUGH: Final = 40
#: A class of random letters, one to a paragraph, by which a site tells who copied it.
_RANDOM: Final = re.compile(r"cn[A-Z][\w-]{20,}")
_LONGEST_NAME: Final = 120
_LONGEST_TITLE: Final = 400
_MOST_REBLOGS: Final = 50
_MOST_NOTES: Final = 20
_OPTION: Final = re.compile(r"(?:Chapter )?(\d{1,4})\s*[-.:–]\s*(.*)", re.DOTALL)
_NOTE_LABEL: Final = re.compile(
    r"\A<(?P<tag>p|h\d)(?: [^<>]*)?>(?:<(?:b|strong)>)?(?:Author['’]?s?['’]? Notes?"
    r"|A note from [^<]{1,80})\s*:?\s*(?:</(?:b|strong)>)?:?</(?P=tag)>\n?",
    re.IGNORECASE,
)
_BLOG: Final = re.compile(r"https?://(?:www\.)?(?:tumblr\.com/([\w-]+)/|([\w-]+)\.tumblr\.com)")


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """A page of one of the sites, with a text or a list of chapters where the site has them."""
    site = _find_site(found) if found.is_markup else None
    return None if site is None else (Evidence("site", site.name),)


def read(found: Found) -> Reading:
    """The chapter on the page, in the work that the page names.

    Raises: Unreadable, when it is a page of the site without a text.
    """
    site = _find_site(found)
    page = found.page
    if site is None:
        raise refuse("no-story")
    gate = find_gate(page)
    if gate is not None:
        raise gate
    stated = read_page_head(page, found.text)
    facts = _read_facts(page, site)
    names = _read_names(page, site, stated)
    links = len(page.css("a[href]"))
    chosen = _read_options(page, site)
    style = read_style(page)
    if site.furniture:
        take_out_around(page, site.furniture)
    notes = _take_notes(page, site)
    clear_page(page, style)
    text = _find_text(page, site)
    if site.contents and _lists_chapters(page, site.contents, text):
        raise refuse("no-story-contents")
    if text is None:
        raise explain_empty(page, links)
    _strip_random(text)
    pictures = Pictures()
    html, _ = print_text(
        _unwrap_reblog(text, names) if site.name == "Tumblr" else text, style, pictures
    )
    head = Head(html)
    if site.labelled:
        head = take_head(html, titles=[names.title], names=[names.author])
        head.html = trim_navigation(head.html)
    notice = None if head.labels else find_gate_in(text.text(separator=" "))
    if notice is not None:
        raise notice
    page_is = _Page(site, names, facts, head, notes, stated, chosen)
    return _assemble(found, page_is, pictures)


# --- which site -----------------------------------------------------------------------------------


def _find_site(found: Found) -> Site | None:
    for site in SITES:
        if not any(host in found.text for host in site.hosts):
            continue
        page = found.page
        if site.mark and page.css_first(site.mark) is None:
            continue
        if page.css_first(site.text) is not None:
            return site
        if site.contents and page.css_first(site.contents) is not None:
            return site
    return None


def _find_text(page: LexborHTMLParser, site: Site) -> LexborNode | None:
    """The first element, in the order of the row, that holds more than a few words."""
    fallback = None
    for selector in site.text.split(", "):
        nodes = outermost(page, selector)
        best = max(nodes, key=count_loose_words, default=None)
        if best is None:
            continue
        if count_loose_words(best) >= _ENOUGH:
            return best
        fallback = fallback or best
    return fallback if fallback is not None and text_of(fallback) else None


def _lists_chapters(page: LexborHTMLParser, contents: str, text: LexborNode | None) -> bool:
    """Whether the page has a list of chapters in place of a text."""
    if text is not None and count_loose_words(text) >= _ENOUGH:
        return text.css_first(contents) is not None
    return page.css_first(contents) is not None


# --- what the page says ---------------------------------------------------------------------------


class _Names:
    """Shape: each "" where the page does not say it."""

    def __init__(self, title: str = "", part: str = "", author: str = "") -> None:
        self.title = title
        self.part = part
        self.author = author


def _read_names(page: LexborHTMLParser, site: Site, stated: PageHead) -> _Names:
    names = _Names(
        _text_at(page, site.title), _text_at(page, site.part), _text_at(page, site.author)
    )
    pattern = compile_title(site)
    titled = text_of(page.css_first("title"))[:_LONGEST_TITLE]
    found = pattern.fullmatch(titled) if pattern is not None else None
    if found is not None:
        told = found.groupdict()
        names.title = names.title or told.get("title") or ""
        names.part = names.part or told.get("part") or ""
        names.author = names.author or told.get("author") or ""
    if site.name == "Tumblr":
        _read_blog(page, stated, names)
    names.title = names.title or stated.title or drop_site(titled)
    names.author = names.author or (stated.names[0] if stated.names else "")
    return names


def _text_at(page: LexborHTMLParser, selector: str) -> str:
    if not selector:
        return ""
    node = first(page, *selector.split(", "))
    return text_of(node)[: 2 * _LONGEST_NAME]


def _read_blog(page: LexborHTMLParser, stated: PageHead, names: _Names) -> None:
    """A blog's name is in its address; the title of a post may be any heading, or none."""
    blog = _BLOG.match(stated.source or "")
    if blog:
        names.author = blog[1] or blog[2]
    names.title = attribute(page.css_first("[property='og:title']"), "content")
    if not names.title:
        names.title = text_of(first(page, ".post h2", ".post-title", "article h2", "article h1"))


def _read_facts(page: LexborHTMLParser, site: Site) -> Facts:
    facts = Facts()
    for kind, selector in site.tags:
        facts.tags += [
            unify_tag(kind, name) for node in each(page, selector) if (name := text_of(node))
        ]
    facts.tags = [Tag(tag.kind, tag.name) for tag in dict.fromkeys(facts.tags)]
    if site.facts and (node := page.css_first(site.facts)) is not None:
        rows = read_labels_in(node)
        state(facts, [row for row in rows if row.field and row.field not in ("author", "aside")])
    if site.summary and (node := first(page, *site.summary.split(", "))) is not None:
        facts.summary = clean(inner_of(node)) or None
    if site.finished and page.css_first(site.finished) is not None:
        facts.status = "complete"
    return facts


class _Chosen(NamedTuple):
    """The chapter that is chosen in a list of them, and how many there are."""

    number: int = 0
    title: str = ""
    posted: int = 0


def _read_options(page: LexborHTMLParser, site: Site) -> _Chosen:
    chosen = _Chosen()
    if not site.options:
        return chosen
    for option in each(page, site.options):
        found = _OPTION.fullmatch(text_of(option))
        if found is None:
            continue
        number = int(found[1])
        if "selected" in option.attributes:
            chosen = _Chosen(number, found[2].strip())
        chosen = chosen._replace(posted=max(chosen.posted, number))
        if option.parent is not None and number < chosen.posted:
            break  # the list comes again below the text
    return chosen


# --- notes ----------------------------------------------------------------------------------------


def _take_notes(page: LexborHTMLParser, site: Site) -> tuple[str | None, str | None]:
    """The author's notes above and below the text, taken out of the page."""
    if not site.notes:
        return None, None
    texts = {node.mem_id for node in page.css(site.text)}
    above: list[str] = []
    below: list[str] = []
    for selector in site.notes.split(", "):
        for node in outermost(page, selector)[:_MOST_NOTES]:
            if not text_of(node):
                continue
            side = above if _stands_before(node, texts) else below
            side.append(_NOTE_LABEL.sub("", clean(inner_of(node))))
            node.decompose()
    return "\n".join(filter(None, above)) or None, "\n".join(filter(None, below)) or None


def _stands_before(node: LexborNode, texts: set[int]) -> bool:
    """Whether one of the texts comes after the node, beside it or beside what holds it."""
    place: LexborNode | None = node
    for _ in range(5):
        if place is None:
            return False
        after = place.next
        while after is not None:
            if after.mem_id in texts or any(inner.mem_id in texts for inner in after.css("*")):
                return True
            after = after.next
        place = place.parent
    return False


# --- text -----------------------------------------------------------------------------------------


def _strip_random(text: LexborNode) -> None:
    for node in text.css("[class]"):
        if _RANDOM.fullmatch(attribute(node, "class")):
            del node.attrs["class"]


def _unwrap_reblog(text: LexborNode, names: _Names) -> LexborNode:
    """The post that was passed on: all that stands under “somebody:” is somebody's."""
    for _ in range(_MOST_REBLOGS):
        by = text.css_first("a.tumblr_blog")
        quoted = next((q for q in text.css("blockquote") if q.mem_id != text.mem_id), None)
        if by is None or quoted is None or by.css_first("blockquote") is not None:
            return text
        if weigh(text_of(quoted)) < 0.7 * weigh(text_of(text)):
            return text
        names.author = text_of(by)
        by.decompose()
        text = quoted
    return text


class _Page(NamedTuple):
    """What was read of the page."""

    site: Site
    names: _Names
    facts: Facts
    head: Head
    notes: tuple[str | None, str | None]
    stated: PageHead
    chosen: _Chosen


def _assemble(found: Found, page: _Page, pictures: Pictures) -> Reading:
    facts, head, names, single = page.facts, page.head, page.names, page.site.single
    chapter = _chapter(page)
    facts.posted = facts.posted or page.chosen.posted
    facts.source = _work_address(page.site, page.stated.source)
    # Of pages that writers fill themselves the page's language is that of its buttons.
    facts.language = page.site.language or (None if single else page.stated.language)
    facts.dates = Dates(facts.dates.published or page.stated.published, facts.dates.updated)
    if single:
        facts.notes = "\n".join(filter(None, page.notes)) or None
    posted = [names.author] if names.author else []
    authors = (head.names or posted) if page.site.passed_on else (posted or head.names)
    head.sign(authors)
    title = head.facts.title or head.title or names.title
    manuscript = fill_in(make_manuscript(head.facts, [chapter], title=title), facts)
    manuscript = replace(manuscript, assets=pictures.assets)
    problems = []
    if not manuscript.title:
        manuscript = replace(manuscript, title=title_from_name(found.name))
        problems.append(Problem("title-guessed", manuscript.title))
    if facts.posted and facts.posted > 1:
        problems.append(Problem("chapters-missing", f"1 of {facts.posted}"))
    elif chapter.number > 1:
        problems.append(Problem("chapters-missing", f"chapter {chapter.number} alone"))
    evidence = (Evidence("header", ", ".join(head.labels)),) if head.labels else ()
    return Reading(found.name, "site-page", (manuscript,), evidence, tuple(problems))


def _chapter(page: _Page) -> Chapter:
    if page.site.single:
        return Chapter(1, page.head.html)
    part = page.chosen.title or page.names.part
    heading = read_heading(part) if part else None
    number = page.chosen.number or (heading.number if heading else None) or 1
    return Chapter(
        number=number,
        html=page.head.html,
        title=heading.title_at(number) if heading else part or None,
        source=page.stated.source,
        notes=page.notes[0],
        end_notes=page.notes[1],
    )


def _work_address(site: Site, address: str | None) -> str | None:
    number = re.search(site.work, address) if site.work and address else None
    return site.address.format(number[1]) if number and site.address else address
