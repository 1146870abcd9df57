"""`hogarth import`: bring files, folders and zips into the archive."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from hogarth.cli.archive import directory, opened
from hogarth.cli.exit_codes import INTERRUPTED, LANDED, SOME_REFUSED
from hogarth.cli.metadata import add_metadata_arguments, read_metadata
from hogarth.cli.output import one_line, say, say_json, table
from hogarth.cli.progress import progress_shown
from hogarth.cli.serving import chosen
from hogarth.cli.words import gettext as _
from hogarth.cli.words import gettext_noop as _noop
from hogarth.cli.words import ngettext
from hogarth.errors import HogarthError

if TYPE_CHECKING:
    from hogarth.intake.sidecar import Matched
    from hogarth.works.values import Outcome, Progress

#: In the order of the closing table.
_OUTCOMES: Final = {
    "imported": _noop("imported"),
    "updated": _noop("updated"),
    "duplicate": _noop("known already"),
    "refused": _noop("refused"),
}
#: How much of a long list of refusals a person reads; --json gives all.
_SENTENCES_SHOWN: Final = 40
_FILES_SHOWN: Final = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to import, and how."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help=_("A file, a folder or a zip.")
    )
    add_metadata_arguments(parser)
    parser.add_argument(
        "--publish", action="store_true", help=_("Show the new works to everybody at once.")
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        dest="import_workers",
        help=_("Read with this many processes; 0 takes one for each core."),
    )
    parser.add_argument(
        "--json", action="store_true", help=_("Print one JSON object a line for each work.")
    )


def perform(arguments: argparse.Namespace) -> int:
    """Import everything named, tell what became of it, also when it could not go on."""
    workers = int(str(chosen(arguments, "import_workers")))
    directory()  # says what is wrong with the settings before they are used
    metadata = read_metadata(arguments, arguments.paths)
    tally = Tally()
    with _stopping_gently() as stop:
        try:
            _import(arguments, workers, metadata, tally, stop)
        except (HogarthError, KeyboardInterrupt):
            if tally.counts and not arguments.json:
                tally.tell(published=arguments.publish)
            raise
    if not arguments.json:
        tally.tell(published=arguments.publish)
    if stop.is_set():
        say(
            _("Stopped before the end. The same command goes on from here; nothing is done twice."),
            to=sys.stderr,
        )
        return INTERRUPTED
    return SOME_REFUSED if tally.counts["refused"] else LANDED


def _import(
    arguments: argparse.Namespace,
    workers: int,
    metadata: Matched | None,
    tally: Tally,
    stop: threading.Event,
) -> None:
    with opened(arguments, make=True) as account:
        from hogarth.works.importing import import_paths

        with progress_shown(_("importing"), beside_json=arguments.json) as show:
            outcomes = import_paths(
                arguments.paths,
                by=account,
                publish=arguments.publish,
                workers=workers,
                on_progress=_until(stop, show),
                metadata=metadata,
            )
            with suppress(_Stopped):
                for outcome in outcomes:
                    tally.add(outcome)
                    if arguments.json:
                        say_json(_record(outcome))


def _record(outcome: Outcome) -> dict[str, Any]:
    """The agreed line. Shape: every key always, null where it is unknown."""
    return {
        "source": outcome.source,
        "outcome": outcome.outcome,
        "reader": outcome.reader,
        "work": outcome.work,
        "title": outcome.title,
        "authors": list(outcome.authors),
        "chapters": outcome.chapters,
        "words": outcome.words,
        "problem": outcome.problem,
        "message": outcome.message,
    }


class Tally:
    """What the closing table tells of an import."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._refused: dict[tuple[str, str], list[str]] = {}
        self._flags: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one outcome; keep a refusal with its sentence."""
        self.counts[outcome.outcome] += 1
        if outcome.outcome == "refused":
            sentence = outcome.message or outcome.problem or _("It was refused.")
            self._refused.setdefault((sentence, outcome.hint or ""), []).append(outcome.source)
        elif outcome.outcome != "duplicate" and outcome.problem:
            self._flags[outcome.problem] += 1

    def tell(self, *, published: bool) -> None:
        """Print the refusals, each sentence once above its files, then the counts."""
        for (sentence, hint), sources in list(self._refused.items())[:_SENTENCES_SHOWN]:
            say(one_line(f"{sentence} {hint}"))
            for source in sources[:_FILES_SHOWN]:
                say(f"  {one_line(source)}")
            _tell_of_more(len(sources) - _FILES_SHOWN)
            say()
        _tell_of_more(sum(map(len, list(self._refused.values())[_SENTENCES_SHOWN:])))
        rows = [
            (_(sentence), f"{self.counts[name]:,}")
            for name, sentence in _OUTCOMES.items()
            if self.counts[name]
        ]
        if rows:
            table((_("outcome"), _("works")), rows, numbers={1})
        else:
            say(_("There was nothing to import."))
        if self._flags:
            say()
            self._tell_flags()
        if self.counts["imported"] and not published:
            say()
            say(_("New works are private. “hogarth publish --all” shows them to everybody."))

    def _tell_flags(self) -> None:
        """Print what is wrong with works that landed all the same, the most frequent first."""
        from hogarth.intake import PROBLEMS

        rows = [(_(PROBLEMS[code][0]), f"{n:,}") for code, n in self._flags.most_common()]
        table((_("what is wrong"), _("works")), rows, numbers={1})


def _tell_of_more(count: int) -> None:
    if count > 0:
        sentence = ngettext(
            "  and %(count)s more; --json names it.",
            "  and %(count)s more; --json names them all.",
            count,
        )
        say(sentence % {"count": count})


class _Stopped(Exception):
    """The person asked to stop, and everything that landed has been told."""


def _until(
    stop: threading.Event, show: Callable[[Progress], None] | None
) -> Callable[[Progress], None]:
    """What is called between two batches of an import, the only time to stop without loss."""

    def watch(progress: Progress) -> None:
        if show:
            show(progress)
        if stop.is_set():
            raise _Stopped

    return watch


@contextmanager
def _stopping_gently() -> Iterator[threading.Event]:
    """The first Ctrl-C asks to stop after the works in hand; a second one stops at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked  # signals reach the main thread alone
        return

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # A signal may arrive in the midst of a write: the stream itself must not be used.
        os.write(2, ("\n" + _finishing + "\n").encode())

    _finishing = _("Finishing the works in hand. Press Ctrl-C again to stop at once.")
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
