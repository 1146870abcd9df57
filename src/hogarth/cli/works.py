"""`hogarth works`: list the works of the archive."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from hogarth import config
from hogarth.cli.archive import opened
from hogarth.cli.exit_codes import LANDED
from hogarth.cli.output import say, say_json, table
from hogarth.cli.words import gettext as _
from hogarth.cli.words import gettext_noop as _noop
from hogarth.errors import Invalid

if TYPE_CHECKING:
    from hogarth.works.access import Viewer
    from hogarth.works.values import Blurb

_STATES: Final = ("draft", "scheduled", "posted", "withdrawn")
#: Each page counts all works anew, so pages are long.
_EVERY: Final = 1_000
#: Who sees a work, for a person to read.
_SEEN: Final = {
    "private": _noop("private"),
    "restricted": _noop("members"),
    "public": _noop("everybody"),
    "draft": _noop("draft"),
    "scheduled": _noop("scheduled"),
    "withdrawn": _noop("withdrawn"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which works, and how to list them."""
    parser.add_argument("--title", metavar="TEXT", help=_("Only works with this in their title."))
    parser.add_argument("--author", metavar="NAME", help=_("Only works by this author."))
    parser.add_argument("--tag", metavar="NAME", help=_("Only works with this tag."))
    parser.add_argument("--state", choices=_STATES, help=_("Only works in this state."))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--page", metavar="N", type=int, help=_("Show this page of the list."))
    which.add_argument("--all", action="store_true", help=_("Show every page of the list."))
    parser.add_argument(
        "--json",
        action="store_true",
        help=_("Print one JSON object a line: every work, unless --page is given."),
    )


def perform(arguments: argparse.Namespace) -> int:
    """List the works that the account may know of."""
    if arguments.page is not None and arguments.page < 1:
        raise Invalid("Pages are counted from 1.")
    sought = {
        "title": arguments.title,
        "author": arguments.author,
        "tag": arguments.tag,
        "state": arguments.state,
    }
    with opened(arguments) as account:
        from hogarth.works.access import viewer_of
        from hogarth.works.queries import list_works

        viewer = viewer_of(account)
        if arguments.all or (arguments.json and arguments.page is None):
            _show(every_blurb(viewer=viewer, **sought), as_json=arguments.json)
            return LANDED
        size = config.current().count("page_size")
        page = list_works(viewer=viewer, page=arguments.page or 1, size=size, **sought)
        _show(page, as_json=arguments.json)
        if not arguments.json and page.pages > 1:
            words = {"page": page.number, "pages": page.pages, "total": f"{page.total:,}"}
            say()
            say(_("Page %(page)s of %(pages)s, %(total)s works; --page N shows another.") % words)
    return LANDED


def every_blurb(
    *,
    viewer: Viewer,
    title: str | None = None,
    author: str | None = None,
    tag: str | None = None,
    state: str | None = None,
) -> Iterator[Blurb]:
    """All works that fit, fetched page by page."""
    from hogarth.works.queries import list_works

    number: int | None = 1
    while number is not None:
        page = list_works(
            viewer=viewer, page=number, size=_EVERY, title=title, author=author, tag=tag,
            state=state,
        )  # fmt: skip
        yield from page
        number = page.next


def _show(blurbs: Iterable[Blurb], *, as_json: bool) -> None:
    if as_json:
        for blurb in blurbs:
            say_json(record(blurb))
        return
    rows = [_row(blurb) for blurb in blurbs]
    if not rows:
        say(_("There are no works to list."))
        return
    headings = (
        _("work"), _("title"), _("by"), _("fandom"), _("words"), _("chapters"), _("seen by"),
    )  # fmt: skip
    table(headings, rows, numbers={0, 4, 5})


def _row(blurb: Blurb) -> tuple[str, ...]:
    return (
        str(blurb.id),
        blurb.title,
        ", ".join(line.name for line in blurb.authors),
        ", ".join(tag.name for tag in blurb.tags_of("fandom")),
        f"{blurb.words:,}",
        f"{blurb.chapters}/{blurb.expected_chapters or '?'}",
        _(_SEEN[blurb.visibility if blurb.state == "posted" else blurb.state]),
    )


def record(blurb: Blurb) -> dict[str, Any]:
    """The agreed line of a list. Shape: every key always; only ids and `changed` tell of when."""
    return {
        "id": blurb.id,
        "title": blurb.title,
        "authors": [line.name for line in blurb.authors],
        "credits": [
            {"name": line.name, "role": line.role, "pseud_of": line.of or None}
            for line in blurb.bylines
        ],
        "fandoms": [tag.name for tag in blurb.tags_of("fandom")],
        "tags": [{"kind": tag.kind, "name": tag.name} for tag in blurb.tags],
        "series": [{"title": place.title, "position": place.position} for place in blurb.series],
        "summary": blurb.summary,
        "language": blurb.language,
        "status": blurb.status,
        "words": blurb.words,
        "chapters": blurb.chapters,
        "expected_chapters": blurb.expected_chapters,
        "published": blurb.published.isoformat() if blurb.published else None,
        "updated": blurb.updated.isoformat() if blurb.updated else None,
        "state": blurb.state,
        "visibility": blurb.visibility,
        "anonymous": blurb.anonymous,
        "unrevealed": blurb.unrevealed,
        "hidden": blurb.hidden,
        "adult": blurb.adult,
        "changed": blurb.changed.isoformat(),
    }
