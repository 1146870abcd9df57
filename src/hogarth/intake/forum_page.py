"""Saved threads of forums in which stories are told post by post, such as Sufficient Velocity."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.dates import parse_date
from hogarth.intake.elements import attribute, classes, each, first, take_out, text_of
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.headings import read_heading
from hogarth.intake.languages import language_tag
from hogarth.intake.main_text import count_loose_words
from hogarth.intake.page_gates import find_gate
from hogarth.intake.page_head import drop_site, read_source
from hogarth.intake.page_style import Style, read_style
from hogarth.intake.page_text import print_text
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Credit, Dates, Tag

_HINTS: Final = ("bbWrapper", "messageText", "XenForo", "xenforo")
_POSTS: Final = "article.message, li.message, article[data-content^=post-], article[id^=js-post-]"
_BODIES: Final = (".message-body .bbWrapper", ".bbWrapper", ".messageText", ".message-body")
_MARKS: Final = (
    ".threadmarkLabel",
    ".threadmarker .label",
    ".message-cell--threadmark-header span",
)
_TITLE: Final = (".p-title-value", ".titleBar h1", "h1")
_STARTER: Final = (
    ".p-description a.username",
    "#pageDescription a.username",
    ".titleBar a.username",
)
_FURNITURE: Final = (
    "button, script, style, form, .js-selectToQuoteEnd, .bbCodeBlock-expandLink, "
    ".messageTextEndMarker, .bbCodeSpoiler-button, .ToggleTrigger, .message-signature, .signature, "
    ".message-lastEdit"
)
_THREAD: Final = re.compile(r"(https?://[^/]+/(?:[\w-]+/){0,2}?threads/[^/]+/)")
_NUMBER: Final = re.compile(r"post-(\d+)")
#: Units: words. A post that tells something has more, where no mark sets it apart.
_FEWEST_WORDS: Final = 150


class _Post(NamedTuple):
    """Shape: `mark` what the author calls the chapter, "" where the post has no mark."""

    node: LexborNode
    author: str
    mark: str
    number: str


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Posts as the software of these forums prints them."""
    if not found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    if found.page.css_first(_POSTS) is None:
        return None
    return (Evidence("page", "a thread of a forum"),)


def read(found: Found) -> Reading:
    """The posts with marks, each a chapter; where none has one, the long posts of the starter.

    Raises: Unreadable, when no post tells anything.
    """
    page = found.page
    gate = find_gate(page)
    if gate is not None:
        raise gate
    posts = _read_posts(page)
    starter = text_of(first(page, *_STARTER)) or (posts[0].author if posts else "")
    style = read_style(page)
    take_out(page, _FURNITURE)
    told = _choose(posts, starter)
    if not told:
        raise refuse("no-story-comments")
    facts = _read_facts(page, found, starter or told[0][0].author)
    pictures = Pictures()
    chapters = _read_chapters(told, style, pictures, facts.source)
    problems = []
    if not facts.title:
        facts.title = title_from_name(found.name)
        problems.append(Problem("title-guessed", facts.title))
    manuscript = replace(make_manuscript(facts, chapters), assets=pictures.assets)
    view = f"{len(told)} of {len(posts)} posts"
    return Reading(
        found.name, "forum-page", (manuscript,), (Evidence("view", view),), tuple(problems)
    )


def _read_posts(page: LexborHTMLParser) -> list[_Post]:
    posts = []
    for node in each(page, _POSTS):
        if not classes(node).isdisjoint({"message-body", "message--quote"}):
            continue
        ident = attribute(node, "data-content") or attribute(node, "id")
        number = _NUMBER.search(ident)
        author = attribute(node, "data-author") or text_of(node.css_first("a.username"))
        mark = text_of(first(node, *_MARKS)).removeprefix("Threadmarks:").strip()
        posts.append(_Post(node, author, mark, number[1] if number else ""))
    return posts


def _choose(posts: list[_Post], starter: str) -> list[tuple[_Post, LexborNode]]:
    """The posts of the story with their texts."""
    bodies = [(post, body) for post in posts if (body := first(post.node, *_BODIES)) is not None]
    marked = [(post, body) for post, body in bodies if post.mark and text_of(body)]
    if marked:
        return marked
    return [
        (post, body)
        for post, body in bodies
        if post.author == starter and count_loose_words(body) >= _FEWEST_WORDS
    ]


def _read_facts(page: LexborHTMLParser, found: Found, author: str) -> Facts:
    title = first(page, *_TITLE)
    if title is not None:
        take_out(title, ".label, .label-append, .prefix")
    thread = _THREAD.match(read_source(page, found.text) or "")
    times = [attribute(node, "datetime") for node in page.css(".message time[datetime]")]
    days = sorted(day for stated in times if (day := parse_date(stated)) is not None)
    return Facts(
        title=text_of(title) or drop_site(text_of(page.css_first("title"))),
        credits=[Credit(author)] if author else [],
        tags=[
            Tag("freeform", text_of(link)) for link in each(page, ".js-tagList a, .tagList a.tag")
        ],
        source=thread[1] if thread else None,
        language=language_tag(attribute(page.css_first("html"), "lang")),
        dates=Dates(days[0] if days else None, days[-1] if len(days) > 1 else None),
    )


def _read_chapters(
    told: list[tuple[_Post, LexborNode]], style: Style, pictures: Pictures, thread: str | None
) -> list[Chapter]:
    chapters = []
    headings = [read_heading(post.mark) if post.mark else None for post, _ in told]
    stated = [heading.number if heading else None for heading in headings]
    rising = all(a is not None and b is not None and a < b for a, b in pairwise([0, *stated]))
    for place, (post, body) in enumerate(told, start=1):
        heading = headings[place - 1]
        number = (stated[place - 1] if rising else None) or place
        html, _ = print_text(body, style, pictures)
        title = heading.title_at(number) if heading else post.mark or None
        source = f"{thread}#post-{post.number}" if thread and post.number else None
        chapters.append(Chapter(number, html, title, source))
    return chapters
