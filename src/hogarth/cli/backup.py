"""`hogarth backup`: write the whole archive to one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from hogarth.cli.archive import opened
from hogarth.cli.exit_codes import LANDED
from hogarth.cli.output import say
from hogarth.cli.progress import progress_shown
from hogarth.cli.words import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write it."""
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help=_("The file to write, or a directory for a dated one."),
    )


def perform(arguments: argparse.Namespace) -> int:
    """Write the backup, say where it is."""
    with opened(arguments), progress_shown(_("backing up")) as show:
        from hogarth.works.keeping import back_up

        written = back_up(arguments.file, on_progress=show)
    say(_("The archive is backed up in %(path)s") % {"path": written})
    say(_("It holds every work and the secret key: keep it as safe as the archive itself."))
    return LANDED
