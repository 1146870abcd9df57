"""A table of facts beside the files: which options name it, and what is told of it at first."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hogarth import config
from hogarth.cli.output import one_line, say, table
from hogarth.cli.words import gettext as _
from hogarth.cli.words import ngettext
from hogarth.errors import Invalid, Unreadable

if TYPE_CHECKING:
    from hogarth.intake.sidecar import Matched

#: How much of a long list a person reads.
_SHOWN: Final = 10


def add_metadata_arguments(parser: argparse.ArgumentParser) -> None:
    """The table, and what its columns hold."""
    parser.add_argument(
        "--metadata",
        metavar="TABLE",
        type=Path,
        help=_("A table of facts about the files: CSV, TSV, JSON or JSON Lines."),
    )
    parser.add_argument(
        "--columns",
        metavar="MAPPING",
        help=_(
            "What its columns hold, where the guess is wrong: “Ship Name=relationship,Fic=title”."
        ),
    )


def read_metadata(arguments: argparse.Namespace, paths: Iterable[str | Path]) -> Matched | None:
    """Which row of the table each file has, told on stderr; None where no table is named.

    Raises: Invalid, when it cannot be read, or is about none of the files.
    """
    if arguments.metadata is None:
        if arguments.columns:
            raise Invalid(
                "--columns says what the columns of a table hold, and no table is named.",
                "Name it: --metadata TABLE.",
                code="bad-columns",
            )
        return None
    from hogarth.intake import expand
    from hogarth.intake.loading import load_file
    from hogarth.intake.sidecar import read_mapping, read_sidecar
    from hogarth.works.limits import limits_of

    limits = limits_of(config.current())
    mapping = read_mapping(arguments.columns) if arguments.columns else {}
    try:
        data = load_file(arguments.metadata, limits)
    except Unreadable as error:
        raise Invalid(
            "The table %(name)s cannot be read: %(reason)s",
            "Name a file with rows and columns after --metadata.",
            code="no-table", name=str(arguments.metadata), reason=error.message,
        ) from None  # fmt: skip
    itself = os.path.realpath(arguments.metadata)
    places = [
        place
        for place in expand(paths, limits)
        if place.refusal is None and (place.members or os.path.realpath(place.path) != itself)
    ]
    matched = read_sidecar(data, arguments.metadata.name, places, mapping, limits)
    matched.itself = itself
    _tell(matched, arguments.metadata.name, len(places))
    return matched


def _tell(matched: Matched, name: str, files: int) -> None:
    """The columns as they were understood, then which rows and files came together."""
    rows = [
        (column.name, column.field or _("passed over"), f"{column.filled:,}")
        for column in matched.columns
    ]
    table((_("column"), _("taken as"), _("filled")), rows, numbers={2}, to=sys.stderr)
    say(to=sys.stderr)
    _say(
        _("%(name)s: rows about files here: %(rows)s; files with a row: %(told)s of %(files)s."),
        name=name,
        rows=matched.rows,
        told=len(matched.by_name),
        files=files,
    )
    if matched.by_address:
        sentence = ngettext(
            "%(rows)s row gives only the address of a work; it is looked for as files are read.",
            "%(rows)s rows give only addresses of works; they are looked for as files are read.",
            len(matched.by_address),
        )
        _say(sentence, rows=len(matched.by_address))
    _tell_some(_("Rows that name no file here: %(some)s."), list(map(str, matched.strangers)))
    _tell_some(_("Files without a row: %(some)s."), matched.bare)
    for numbers, names in matched.doubtful[:_SHOWN]:
        told = ", ".join(map(str, numbers[:_SHOWN]))
        _say(
            _("Passed over, since it may mean more than one: row %(rows)s, file %(files)s."),
            rows=told,
            files=", ".join(names[:_SHOWN]),
        )
    if len(matched.doubtful) > _SHOWN:
        _say(_("… and %(more)s more of these."), more=len(matched.doubtful) - _SHOWN)
    say(to=sys.stderr)


def _tell_some(sentence: str, names: Sequence[str]) -> None:
    if names:
        some = ", ".join(names[:_SHOWN])
        more = len(names) - _SHOWN
        _say(sentence, some=some if more <= 0 else _("%(some)s and %(more)s more") % {
            "some": some, "more": f"{more:,}"
        })  # fmt: skip


def _say(sentence: str, **values: str | int) -> None:
    shown = {key: f"{v:,}" if isinstance(v, int) else v for key, v in values.items()}
    say(one_line(sentence % shown), to=sys.stderr)
