"""`hogarth delete`: delete works from the archive."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hogarth.cli.archive import opened
from hogarth.cli.batches import add_batch_arguments, do_each, work_numbers
from hogarth.cli.words import gettext as _
from hogarth.cli.words import ngettext
from hogarth.errors import Invalid

if TYPE_CHECKING:
    from hogarth.works.values import Done


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which works, and whether to ask."""
    add_batch_arguments(parser)
    parser.add_argument("--yes", action="store_true", help=_("Do not ask first."))


def perform(arguments: argparse.Namespace) -> int:
    """Ask, delete the works named, tell what became of each."""
    numbers = work_numbers(arguments.works)
    with opened(arguments) as account:
        from hogarth.works import publishing

        def act(some: Sequence[int]) -> Iterable[Done]:
            return publishing.delete(some, by=account)

        chosen = numbers if arguments.yes or _agreed(len(numbers)) else []
        return do_each(chosen, act, _("Deleted %(number)s: %(title)s"), as_json=arguments.json)


def _agreed(count: int) -> bool:
    """Whether the person at the terminal agrees. Raises: Invalid, when there is none to ask."""
    if not sys.stdin.isatty():
        raise Invalid(
            "Deleting asks first, and there is nobody to ask here.", "Say --yes to delete at once."
        )
    question = ngettext(
        "Delete %(count)s work from the archive? Type yes to go on: ",
        "Delete %(count)s works from the archive? Type yes to go on: ",
        count,
    )
    sys.stderr.write(question % {"count": count})
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("yes", _("yes"))
