"""`hogarth read`: show what files hold, without keeping anything. It needs no archive."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hogarth import config
from hogarth.cli.exit_codes import LANDED, SOME_REFUSED
from hogarth.cli.metadata import add_metadata_arguments, read_metadata
from hogarth.cli.output import one_line, say, say_json
from hogarth.cli.words import gettext as _
from hogarth.cli.words import told
from hogarth.errors import HogarthError

if TYPE_CHECKING:
    from hogarth.intake import Outcome, Problem, Reading
    from hogarth.intake.sidecar import Matched
    from hogarth.manuscript import Manuscript

_STDIN: Final = "-"
#: How much of a text a person needs to know it again.
_OPENING: Final = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and in which form."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help=_("A file, a folder or a zip; - reads the standard input."),
    )
    add_metadata_arguments(parser)
    parser.add_argument(
        "--json", action="store_true", help=_("Print one JSON object a line for each manuscript.")
    )


def perform(arguments: argparse.Namespace) -> int:
    """Read each file in a process with limits, tell what it holds or why it is refused."""
    code = LANDED
    named = [name for name in arguments.files if name != _STDIN]
    for outcome in read_files(arguments.files, read_metadata(arguments, named)):
        if isinstance(outcome.result, HogarthError):
            code = SOME_REFUSED
            _tell_refusal(outcome.place.name, outcome.result, as_json=arguments.json)
        else:
            _tell_reading(outcome.place.name, outcome.result, as_json=arguments.json)
    return code


def read_files(names: list[str], metadata: Matched | None = None) -> Iterator[Outcome]:
    """What became of each file, in order; the standard input is put into a file for the readers."""
    from hogarth.intake import Place, expand, read_many
    from hogarth.works.limits import limits_of
    from hogarth.works.recognising import ReadTold, key_addresses

    limits = limits_of(config.current())
    workers = config.current().count("import_workers") or len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="hogarth-") as directory:
        piped = Path(directory) / _("Untitled")

        def places() -> Iterator[Place]:
            for name in names:
                if name == _STDIN:
                    # One byte too many is enough for it to be refused as too large.
                    piped.write_bytes(sys.stdin.buffer.read(limits.file_bytes + 1))
                    yield Place(str(piped))
                else:
                    yield from expand([name], limits)

        told = metadata.tell(places()) if metadata else places()
        task = ReadTold(key_addresses(metadata.by_address) if metadata else {})
        for outcome in read_many(told, limits=limits, workers=workers, task=task):
            if outcome.place.path == str(piped):
                yield replace(outcome, place=Place(_STDIN))
            else:
                yield outcome


def _tell_refusal(source: str, error: HogarthError, *, as_json: bool) -> None:
    message, hint = told(error)
    if not as_json:
        say(one_line(f"{source}: {message} {hint}"))
        return
    say_json(
        {
            "source": source,
            "reader": None,
            "evidence": [],
            "problems": [{"code": error.code, "detail": f"{message} {hint}".strip()}],
            "manuscript": None,
        }
    )


def _tell_reading(source: str, reading: Reading, *, as_json: bool) -> None:
    from hogarth.manuscript import to_json

    for index, manuscript in enumerate(reading.manuscripts):
        problems = [problem for problem in reading.problems if problem.manuscript == index]
        if not as_json:
            for line in _summary(source, reading, manuscript, problems):
                say(line)
            continue
        say_json(
            {
                "source": source,
                "reader": reading.reader,
                "evidence": [
                    {"fact": seen.fact, "detail": seen.detail} for seen in reading.evidence
                ],
                "problems": [
                    {"code": problem.code, "detail": problem.detail} for problem in problems
                ],
                "manuscript": to_json(manuscript),
            }
        )


def _summary(
    source: str, reading: Reading, manuscript: Manuscript, problems: list[Problem]
) -> Iterator[str]:
    """What a person wants to know of a reading, in a few lines."""
    from hogarth.intake import PROBLEMS

    yield one_line(_("%(source)s, read as %(reader)s") % {
        "source": source, "reader": reading.reader
    })  # fmt: skip
    names = ", ".join(manuscript.credited()) or _("nobody named")
    yield "  " + one_line(_("%(title)s, by %(names)s") % {
        "title": manuscript.title, "names": names
    })  # fmt: skip
    yield "  " + one_line(
        _("%(words)s words in %(chapters)s of %(expected)s chapters, %(status)s, %(language)s")
        % {
            "words": f"{manuscript.words:,}",
            "chapters": len(manuscript.chapters),
            "expected": manuscript.expected_chapters or "?",
            "status": manuscript.status,
            "language": manuscript.language or _("language unknown"),
        }
    )
    if manuscript.tags:
        yield "  " + one_line(", ".join(tag.name for tag in manuscript.tags))
    opening = " ".join(chapter.text for chapter in manuscript.chapters[:1])
    yield "  “" + one_line(opening[:_OPENING]) + ("…”" if len(opening) > _OPENING else "”")
    for problem in problems:
        sentence, hint = PROBLEMS[problem.code]
        detail = f" ({problem.detail})" if problem.detail else ""
        yield "  " + one_line(f"{problem.code}: {_(sentence)} {_(hint)}{detail}")
    for seen in reading.evidence:
        yield "  " + one_line(_("seen: %(fact)s: %(detail)s") % {
            "fact": seen.fact, "detail": seen.detail
        })  # fmt: skip
    yield ""
