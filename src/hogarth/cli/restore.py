"""`hogarth restore`: mend damaged texts without an archive, and show what was done."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hogarth.cli.exit_codes import LANDED, SOME_REFUSED
from hogarth.cli.output import one_line, say, say_json
from hogarth.cli.read import read_files
from hogarth.cli.words import gettext as _
from hogarth.cli.words import told
from hogarth.errors import HogarthError, Invalid

if TYPE_CHECKING:
    from hogarth.intake import Problem, Reading
    from hogarth.manuscript import Manuscript
    from hogarth.restoration import Repair


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and what to show of them."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help=_("A file, a folder or a zip; - reads the standard input."),
    )
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help=_("Write the restored text into OUT.")
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument(
        "--diff", action="store_true", help=_("Show as found beside as restored, line by line.")
    )
    shape.add_argument(
        "--json",
        action="store_true",
        help=_("Print one JSON object a line: paragraphs, problems and every repair."),
    )
    shape.add_argument(
        "--batch",
        action="store_true",
        help=_(
            "Read JSON lines {“id”, “text”} and print {“id”, “paragraphs”, “scene_breaks_after”}:"
            " white space alone is changed."
        ),
    )


def perform(arguments: argparse.Namespace) -> int:
    """Restore each file, tell what was done, or why a file is refused."""
    names = arguments.files or ["-"]
    if arguments.batch:
        return _restore_batch(names)
    code = LANDED
    written: list[str] = []
    for outcome in read_files(names):
        if isinstance(outcome.result, HogarthError):
            code = SOME_REFUSED
            message, hint = told(outcome.result)
            say(one_line(f"{outcome.place.name}: {message} {hint}"), to=sys.stderr)
            continue
        for index, manuscript in enumerate(outcome.result.manuscripts):
            problems = [p for p in outcome.result.problems if p.manuscript == index]
            written += _restore(manuscript, problems, outcome.result, arguments)
    if arguments.output is not None:
        _write(arguments.output, "".join(written))
    return code


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, "utf-8")
    except OSError as error:
        raise Invalid(
            "“%(name)s” cannot be written: %(reason)s.",
            "Name another file after -o.",
            name=str(target),
            reason=(error.strerror or str(error)).lower(),
        ) from None


def _restore(
    manuscript: Manuscript,
    problems: list[Problem],
    reading: Reading,
    arguments: argparse.Namespace,
) -> Iterator[str]:
    """What goes into the file that was asked for; the rest is said at once."""
    from hogarth.restoration import choose, find_repairs, restore

    repairs = find_repairs(manuscript, problems=[problem.code for problem in problems])
    active = choose(repairs)
    restored = restore(manuscript, active)
    if arguments.json:
        say_json(_record(restored, problems, repairs, active))
    elif arguments.diff:
        for line in _compare(manuscript, restored):
            say(line)
    elif arguments.output is None:
        say(_print(restored).rstrip())
    else:
        say(_summary(reading.source, repairs, active))
    if arguments.output is not None:
        yield _print(restored)


def _record(
    restored: Manuscript,
    problems: list[Problem],
    repairs: tuple[Repair, ...],
    active: list[Repair],
) -> dict[str, Any]:
    from hogarth.manuscript import plain_text
    from hogarth.restoration import list_paragraphs, to_row

    plain = list_paragraphs(restored.chapters)
    done = {repair.key for repair in active}
    return {
        "title": restored.title,
        "notes": plain_text(restored.notes) if restored.notes else None,
        "paragraphs": plain.paragraphs,
        "scene_breaks_after": plain.scene_breaks_after,
        "problems": [{"code": p.code, "detail": p.detail} for p in problems],
        "repairs": [{**to_row(repair), "applied": repair.key in done} for repair in repairs],
    }


def _print(work: Manuscript) -> str:
    """The work as plain text."""
    from hogarth.manuscript import plain_text

    names = ", ".join(work.credited())
    parts = [work.title, *([_("by %(names)s") % {"names": names}] if names else [])]
    parts += [plain_text(text) for text in (work.summary, work.notes) if text]
    for chapter in work.chapters:
        if chapter.title or len(work.chapters) > 1:
            parts.append(chapter.title or _("Chapter %(number)s") % {"number": chapter.number})
        parts.append(chapter.text)
    if work.end_notes:
        parts.append(plain_text(work.end_notes))
    return "\n\n".join(parts) + "\n"


def _compare(read: Manuscript, restored: Manuscript) -> Iterator[str]:
    yield from difflib.unified_diff(
        _print(read).splitlines(),
        _print(restored).splitlines(),
        _("as found"),
        _("as restored"),
        lineterm="",
    )


def _summary(source: str, repairs: tuple[Repair, ...], active: list[Repair]) -> str:
    return one_line(
        _("%(source)s: %(done)s repairs done, %(offered)s offered.")
        % {"source": source, "done": len(active), "offered": len(repairs) - len(active)}
    )


def _restore_batch(names: list[str]) -> int:
    from hogarth.restoration import restore_plain

    for name, number, line in _batch_lines(names):
        ident, text = _read_batch_line(name, number, line)
        plain = restore_plain(text)
        say_json(
            {
                "id": ident,
                "paragraphs": plain.paragraphs,
                "scene_breaks_after": plain.scene_breaks_after,
            }
        )
    return LANDED


def _batch_lines(names: list[str]) -> Iterator[tuple[str, int, str]]:
    for name in names:
        if name == "-":
            for number, line in enumerate(sys.stdin, start=1):
                if line.strip():
                    yield name, number, line
            continue
        try:
            with Path(name).open(encoding="utf-8") as file:
                for number, line in enumerate(file, start=1):
                    if line.strip():
                        yield name, number, line
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid(
                "“%(name)s” cannot be read: %(reason)s.",
                "A batch is a text file in UTF-8, one JSON object a line.",
                name=name,
                reason=str(error),
            ) from None


def _read_batch_line(name: str, number: int, line: str) -> tuple[Any, str]:
    try:
        row = json.loads(line)
        text = row["text"]
        if not isinstance(text, str):
            raise TypeError
        return row.get("id"), text
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid(
            "Line %(number)s of “%(name)s” is no row of a batch.",
            "Each line is a JSON object with “id” and “text”.",
            name=name,
            number=number,
        ) from None
