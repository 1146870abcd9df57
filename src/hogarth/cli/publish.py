"""`hogarth publish`: show works to others."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from hogarth.cli.archive import opened
from hogarth.cli.batches import add_batch_arguments, do_each, work_numbers
from hogarth.cli.words import gettext as _
from hogarth.errors import Invalid

if TYPE_CHECKING:
    from hogarth.people.models import Account
    from hogarth.works.values import Done


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which works, and to whom."""
    add_batch_arguments(parser, some=False)
    parser.add_argument(
        "--all",
        action="store_true",
        help=_("Every work that nobody else can see yet; drafts and withdrawn works stay as is."),
    )
    parser.add_argument(
        "--restricted",
        action="store_true",
        help=_("Only to readers who are signed in, instead of to everybody."),
    )


def perform(arguments: argparse.Namespace) -> int:
    """Publish the works named, tell what became of each."""
    numbers = work_numbers(arguments.works)
    if bool(numbers) == arguments.all:
        raise Invalid("Name works, or say --all.", "“hogarth works” shows the number of each.")
    with opened(arguments) as account:
        from hogarth.works import publishing

        visibility: Literal["restricted", "public"] = (
            "restricted" if arguments.restricted else "public"
        )

        def act(some: Sequence[int]) -> Iterable[Done]:
            return publishing.publish(some, by=account, visibility=visibility)

        chosen = _private(account) if arguments.all else numbers
        return do_each(chosen, act, _("Published %(number)s: %(title)s"), as_json=arguments.json)


def _private(account: Account) -> list[int]:
    from hogarth.cli.works import every_blurb
    from hogarth.works.access import viewer_of

    # In the order in which they came, so that lists of the newest keep it.
    return sorted(
        blurb.id
        for blurb in every_blurb(viewer=viewer_of(account), state="posted")
        if blurb.visibility == "private"
    )
