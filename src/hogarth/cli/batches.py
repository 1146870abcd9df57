"""Commands that do one thing to many works: which works, and what became of each."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from hogarth.cli.exit_codes import LANDED, SOME_REFUSED
from hogarth.cli.output import one_line, say, say_json
from hogarth.cli.words import gettext as _
from hogarth.errors import Invalid

if TYPE_CHECKING:
    from hogarth.works.values import Done

_ID: Final = re.compile(r"#?([0-9]{1,18})(?:-#?([0-9]{1,18}))?")
_MOST: Final = 1_000_000
#: So that lines appear, and Ctrl-C ends, while many are done.
_AT_A_TIME: Final = 100


def add_batch_arguments(parser: argparse.ArgumentParser, *, some: bool = True) -> None:
    """Which works; `some` when at least one must be named."""
    parser.add_argument(
        "works",
        metavar="WORK",
        nargs="+" if some else "*",
        help=_("A work's number, or a range such as 3-7."),
    )
    parser.add_argument(
        "--json", action="store_true", help=_("Print one JSON object a line for each work.")
    )


def work_number(text: str) -> int:
    """The one work that a text names. Raises: Invalid."""
    found = _ID.fullmatch(text)
    if not found or found[2]:
        raise _no_number(text)
    return int(found[1])


def work_numbers(texts: Iterable[str]) -> list[int]:
    """The works that numbers and ranges name, each once, in the order named. Raises: Invalid."""
    numbers: dict[int, None] = {}
    for text in texts:
        found = _ID.fullmatch(text)
        if not found:
            raise _no_number(text)
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise Invalid("The range %(text)s ends before it begins.", code="bad-range", text=text)
        if last - first >= _MOST or len(numbers) > _MOST:
            raise Invalid(
                "That is more than %(most)s works at once.", "Name fewer.",
                code="too-many", most=f"{_MOST:,}",
            )  # fmt: skip
        numbers.update(dict.fromkeys(range(first, last + 1)))
    return list(numbers)


def _no_number(text: str) -> Invalid:
    return Invalid(
        "“%(text)s” is not the number of a work.",
        "“hogarth works” shows the number of each.",
        code="not-a-work", text=text[:80],
    )  # fmt: skip


def do_each(
    numbers: Sequence[int],
    act: Callable[[Sequence[int]], Iterable[Done]],
    sentence: str,
    *,
    as_json: bool,
) -> int:
    """Do it to the works, some at a time, print what became of each; give the exit code.

    Shape: `sentence` says it of one that went well, with places `number` and `title`.
    """
    code = LANDED
    for start in range(0, len(numbers), _AT_A_TIME):
        for result in act(numbers[start : start + _AT_A_TIME]):
            _tell(result, sentence, as_json=as_json)
            code = code if result.done else SOME_REFUSED
    if not numbers and not as_json:
        say(_("There was nothing to do."))
    return code


def _tell(result: Done, sentence: str, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "work": result.work,
                "title": result.title,
                "done": result.done,
                "problem": result.problem,
                "message": result.message,
            }
        )
    elif result.done:
        say(sentence % {"number": result.work, "title": one_line(result.title or "")})
    else:
        refusal = one_line(f"{result.message or result.problem or ''} {result.hint or ''}")
        say(f"{result.work}: {refusal}")
