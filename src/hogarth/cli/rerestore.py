"""`hogarth rerestore`: let the rules of today look again at the texts that are here."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hogarth.cli.archive import opened
from hogarth.cli.batches import add_batch_arguments, do_each, work_numbers
from hogarth.cli.exit_codes import LANDED
from hogarth.cli.output import one_line, say, say_json
from hogarth.cli.words import gettext as _

if TYPE_CHECKING:
    from hogarth.people.models import Account
    from hogarth.works.values import Done, Foreseen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which works, and whether to change anything."""
    add_batch_arguments(parser, some=False)
    parser.add_argument(
        "--dry-run", action="store_true", help=_("Only list what newer rules would change.")
    )


def perform(arguments: argparse.Namespace) -> int:
    """List what the rules of today would change in the works, all if none is named, then do it."""
    numbers = work_numbers(arguments.works)
    with opened(arguments) as account:
        from hogarth.works import restoring
        from hogarth.works.access import viewer_of

        chosen = numbers or _all(account)
        changed: list[int] = []
        for found in restoring.foresee(chosen, viewer=viewer_of(account)):
            changed.append(found.work)
            if not arguments.json or arguments.dry_run:
                _tell(found, as_json=arguments.json)
        if arguments.dry_run:
            if not changed and not arguments.json:
                say(_("There was nothing to do."))
            return LANDED

        def act(some: Sequence[int]) -> Iterable[Done]:
            return restoring.rerestore(some, by=account)

        return do_each(changed, act, _("Restored %(number)s: %(title)s"), as_json=arguments.json)


def _all(account: Account) -> list[int]:
    from hogarth.cli.works import every_blurb
    from hogarth.works.access import viewer_of

    return sorted(blurb.id for blurb in every_blurb(viewer=viewer_of(account)))


def _tell(found: Foreseen, *, as_json: bool) -> None:
    if as_json:
        row = {"work": found.work, "title": found.title, "new": found.new, "gone": found.gone}
        say_json(row)
        return
    counts = [f"+{count} {code}" for code, count in sorted(found.new.items())]
    counts += [f"-{count} {code}" for code, count in sorted(found.gone.items())]
    say(one_line(f"{found.work}: {found.title}: {', '.join(counts)}"))
