"""`hogarth withdraw`: take works back from readers."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hogarth.cli.archive import opened
from hogarth.cli.batches import add_batch_arguments, do_each, work_numbers
from hogarth.cli.words import gettext as _

if TYPE_CHECKING:
    from hogarth.works.values import Done


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which works."""
    add_batch_arguments(parser)


def perform(arguments: argparse.Namespace) -> int:
    """Withdraw the works named, tell what became of each."""
    numbers = work_numbers(arguments.works)
    with opened(arguments) as account:
        from hogarth.works import publishing

        def act(some: Sequence[int]) -> Iterable[Done]:
            return publishing.withdraw(some, by=account)

        return do_each(numbers, act, _("Withdrew %(number)s: %(title)s"), as_json=arguments.json)
