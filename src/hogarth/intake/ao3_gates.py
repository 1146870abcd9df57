"""Pages of an otwarchive site that hold no story, told apart by what they are and say."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.errors import Unreadable
from hogarth.intake.elements import first, take_out
from hogarth.intake.refusals import refuse

#: What other people wrote: the words of a gate are not looked for in it.
_QUOTED: Final = (
    "li.blurb, ol.thread, div.userstuff, blockquote.userstuff, div#footer, footer, header,"
    " script, style, noscript"
)

_LISTS: Final = (
    "ol.work.index, ol.bookmark.index, ol.reading.index, ol.series.index, ol.collection.index,"
    " ul.index.group, ol.index.group, ol.tag.index, ul.tags.index, #main.works-index,"
    " #main.bookmarks-index, #main.readings-index, #main.series-index, #main.tags-show"
)
#: Code, selectors of which one suffices, words of which one suffices. The first row that fits
#: wins; what is sure comes before what other pages have too.
_GATES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        "no-story-adult-gate",
        "p.caution.notice a[href*=view_adult], #main ul.actions a[href*=view_adult]",
        ("could have adult content", "may contain adult content"),
    ),
    (
        "no-story-unrevealed",
        "",
        ("part of an ongoing challenge and will be revealed", "mystery work"),
    ),
    (
        "no-story-restricted",
        "",
        (
            "only available to registered users",
            "restricted to registered users",
            "you don't have permission to access the page",
        ),
    ),
    (
        "no-story-hidden",
        "",
        ("hidden by an admin", "has been hidden by", "hidden by the archive"),
    ),
    (
        "no-story-login",
        "#main.sessions-new, #main.user_sessions-new, #main form.new_user, #main #loginform",
        ("session expired",),
    ),
    (
        "no-story-not-found",
        "#main.error-404, #main.errors-404",
        (
            "error 404",
            "page not found",
            "the page you were looking for doesn't exist",
            "couldn't find the work",
            "couldn't find that work",
            "couldn't find the chapter",
            "work you were looking for",
        ),
    ),
    (
        "no-story-retry-later",
        "",
        (
            "retry later",
            "shields are up",
            "too many requests",
            "made too many requests",
            "responding too slowly",
        ),
    ),
    (
        "no-story-site-error",
        "#main.error-500, #main.errors-500, #main.errors-timeout_error",
        (
            "error 500",
            "error 502",
            "error 503",
            "error 504",
            "error 507",
            "error 403",
            "error 422",
            "something went wrong",
            "undergoing maintenance",
            "down for maintenance",
        ),
    ),
    ("no-story-series", "#main.series-show, dl.series.meta", ()),
    ("no-story-contents", "#main.works-navigate, ol.chapter.index", ()),
    (
        "no-story-comments",
        "#main.comments-index, #main.comments-show, #main.comments-new, #comments_placeholder",
        (),
    ),
    (
        "no-story-listing",
        _LISTS,
        (),
    ),
)


def explain_gate(page: LexborHTMLParser) -> Unreadable:
    """Why this page of an archive holds no story."""
    blurbs = len(page.css("li.blurb"))
    take_out(page, _QUOTED)
    main = first(page, "#main", "#inner", "body")
    words = " ".join(main.text(separator=" ").split()).casefold() if main is not None else ""
    words = words.replace("’", "'")
    for code, selector, sayings in _GATES:
        if selector and page.css_first(selector) is not None:
            return refuse(code)
        if any(saying in words for saying in sayings):
            return refuse(code)
    return refuse("no-story-listing" if blurbs else "no-story-archive-page")
