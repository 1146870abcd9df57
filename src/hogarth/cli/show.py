"""`hogarth show`: one work, as a card with its text, as data, or as the file it came in."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from hogarth.cli.archive import opened
from hogarth.cli.batches import work_number
from hogarth.cli.exit_codes import LANDED
from hogarth.cli.output import one_line, printable, say, say_bytes, say_json
from hogarth.cli.words import gettext as _
from hogarth.cli.words import gettext_noop as _noop

if TYPE_CHECKING:
    from hogarth.manuscript import Manuscript
    from hogarth.works.values import About, Blurb

#: Columns of a comfortable line of text.
_MEASURE: Final = 72

_KINDS: Final = {
    "rating": _noop("Rating"),
    "warning": _noop("Warnings"),
    "category": _noop("Categories"),
    "fandom": _noop("Fandoms"),
    "relationship": _noop("Relationships"),
    "character": _noop("Characters"),
    "freeform": _noop("Tags"),
    "genre": _noop("Genres"),
}
_STATUSES: Final = {
    "complete": _noop("complete"),
    "in-progress": _noop("in progress"),
    "abandoned": _noop("abandoned"),
    "unknown": _noop("not known to be complete"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which work, and in which form."""
    parser.add_argument("work", metavar="WORK", help=_("The work's number."))
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help=_("Print the manuscript as one line of JSON.")
    )
    form.add_argument("--text", action="store_true", help=_("Print the text alone."))
    form.add_argument(
        "--original", action="store_true", help=_("Write the file it came in, byte for byte.")
    )
    parser.add_argument(
        "--digest", metavar="SHA256", help=_("With --original: which of several originals.")
    )


def perform(arguments: argparse.Namespace) -> int:
    """Show the work."""
    number = work_number(arguments.work)
    with opened(arguments) as account:
        from hogarth.manuscript import to_json
        from hogarth.works import queries
        from hogarth.works.access import viewer_of

        viewer = viewer_of(account)
        if arguments.original:
            _name, data = queries.original_of(number, viewer=viewer, digest=arguments.digest)
            say_bytes(data)
            return LANDED
        manuscript = queries.manuscript_of(number, viewer=viewer)
        if arguments.json:
            say_json(to_json(manuscript))
        elif arguments.text:
            for line in _text(manuscript, None):
                say(line)
        else:
            _page(_card(queries.about(number, viewer=viewer)), manuscript)
    return LANDED


def _page(card: Iterator[str], manuscript: Manuscript) -> None:
    """Show card and text by pages on a terminal, straight on elsewhere."""
    width = min(_MEASURE, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None
    if width is None:
        for line in (*card, "", *_text(manuscript, None)):
            say(line)
        return
    lines = [*_wrapped(card, width), "", *_text(manuscript, width)]
    from pydoc import pager

    pager("".join(printable(line) + "\n" for line in lines))


def _card(about: About) -> Iterator[str]:
    blurb = about.blurb
    yield one_line(blurb.title)
    names = ", ".join(line.name for line in blurb.authors)
    if names:
        yield one_line(_("by %(names)s") % {"names": names})
    yield ""
    for kind, sentence in _KINDS.items():
        tags = ", ".join(tag.name for tag in blurb.tags_of(kind))
        if tags:
            yield one_line(f"{_(sentence)}: {tags}")
    for place in blurb.series:
        yield one_line(
            _("Series: %(title)s, part %(position)s")
            % {"title": place.title, "position": place.position or "?"}
        )
    yield _facts(blurb)
    if about.source:
        yield one_line(_("From: %(address)s") % {"address": about.source})
    for witness in about.witnesses:
        words = {
            "place": witness.place or "—",
            "reader": witness.reader,
            "digest": witness.digest,
        }
        yield one_line(_("Original: %(place)s (read as %(reader)s), SHA-256 %(digest)s") % words)


def _facts(blurb: Blurb) -> str:
    facts = [
        _("%(count)s words") % {"count": f"{blurb.words:,}"},
        _("%(count)s of %(expected)s chapters")
        % {"count": blurb.chapters, "expected": blurb.expected_chapters or "?"},
        _(_STATUSES[blurb.status]),
    ]
    if blurb.language:
        facts.append(blurb.language)
    if blurb.published:
        facts.append(_("published %(day)s") % {"day": blurb.published.isoformat()})
    if blurb.updated:
        facts.append(_("updated %(day)s") % {"day": blurb.updated.isoformat()})
    return one_line(" · ".join(facts))


def _text(manuscript: Manuscript, width: int | None) -> Iterator[str]:
    """The text in lines; without `width` each paragraph stays on one."""
    for chapter in manuscript.chapters:
        if chapter.title or len(manuscript.chapters) > 1:
            number = _("Chapter %(number)s") % {"number": chapter.number}
            yield one_line(f"{number}: {chapter.title}" if chapter.title else number)
            yield ""
        for line in chapter.text.split("\n"):
            yield from [line] if width is None else _wrapped([line], width)
        yield ""


def _wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(line, width) or [""]
