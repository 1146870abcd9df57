"""Pages of an otwarchive site that hold no story, told apart by what they say."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.errors import Unreadable
from hogarth.intake.elements import first
from hogarth.intake.refusals import refuse

#: Code, selectors of which one suffices, words of which one suffices. The first row that fits wins.
_GATES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        "no-story-adult-gate",
        "p.caution.notice a[href*=view_adult]",
        ("could have adult content", "may contain adult content"),
    ),
    (
        "no-story-unrevealed",
        "",
        ("part of an ongoing challenge and will be revealed", "mystery work"),
    ),
    ("no-story-restricted", "", ("only available to registered users",)),
    ("no-story-login", "#main.sessions-new, #main form.new_user, #main form#new_user", ()),
    ("no-story-hidden", "", ("hidden by an admin", "has been hidden by")),
    (
        "no-story-not-found",
        "#main.error-404, #main.errors-404",
        ("error 404", "page not found", "couldn't find the work", "couldn't find that work"),
    ),
    (
        "no-story-retry-later",
        "",
        ("retry later", "error 503", "error 502", "error 504", "shields are up"),
    ),
    (
        "no-story-listing",
        "li.work.blurb, li.bookmark.blurb, ol.work.index, ul.index.group, ol.index.group",
        (),
    ),
)


def explain_gate(page: LexborHTMLParser) -> Unreadable:
    """Why this page of an archive holds no story."""
    main = first(page, "#main", "#inner", "body")
    words = " ".join(main.text(separator=" ").split()).casefold() if main is not None else ""
    words = words.replace("’", "'")
    for code, selector, sayings in _GATES:
        if selector and page.css_first(selector) is not None:
            return refuse(code)
        if any(saying in words for saying in sayings):
            return refuse(code)
    return refuse("no-story-archive-page")
