"""`hogarth restore-backup`: make an archive from a backup."""

from __future__ import annotations

import argparse
from pathlib import Path

from hogarth.cli.archive import directory, opened
from hogarth.cli.exit_codes import LANDED
from hogarth.cli.output import say
from hogarth.cli.progress import progress_shown
from hogarth.cli.words import gettext as _
from hogarth.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help=_("What “hogarth backup” has written.")
    )


def perform(arguments: argparse.Namespace) -> int:
    """Fill the archive, which must be empty, from the backup."""
    if not arguments.file.is_file():  # or else a mistyped name would leave an empty archive
        raise NotFound("There is no file %(path)s.", code="no-file", path=str(arguments.file))
    with opened(arguments, make=True), progress_shown(_("restoring")) as show:
        from hogarth.works.keeping import restore_backup

        restored = restore_backup(arguments.file, directory(), on_progress=show)
    say(
        _("The archive in %(path)s has %(works)s works and %(originals)s originals again.")
        % {
            "path": directory(),
            "works": f"{restored.works:,}",
            "originals": f"{restored.originals:,}",
        }
    )
    if restored.settings:
        say(
            _("The settings of the backup lie in %(path)s; look through them yourself.")
            % {"path": restored.settings}
        )
    return LANDED
