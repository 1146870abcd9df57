"""The command: its table of commands, its arguments, and what ends it."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

import hogarth
from hogarth.cli.exit_codes import INTERRUPTED, OF_FAMILY, SOME_REFUSED, UNUSABLE, USED_WRONGLY
from hogarth.cli.output import complain
from hogarth.cli.words import gettext as _
from hogarth.cli.words import gettext_noop
from hogarth.errors import HogarthError, Unavailable


@dataclass(frozen=True, slots=True)
class Command:
    """One row of COMMANDS. Shape: `module` has `add_arguments` and `perform`."""

    name: str
    help: str
    module: str


COMMANDS: Final = (
    Command(
        "import",
        gettext_noop("Bring files, folders and zips into the archive."),
        "hogarth.cli.importing",
    ),
    Command(
        "read",
        gettext_noop("Show what files hold, without keeping anything."),
        "hogarth.cli.read",
    ),
    Command(
        "restore",
        gettext_noop("Mend damaged files, without keeping anything."),
        "hogarth.cli.restore",
    ),
    Command("works", gettext_noop("List the works of the archive."), "hogarth.cli.works"),
    Command(
        "show",
        gettext_noop("Show one work: its text, its data or the file it came in."),
        "hogarth.cli.show",
    ),
    Command("publish", gettext_noop("Show works to others."), "hogarth.cli.publish"),
    Command(
        "withdraw",
        gettext_noop("Take works back from readers; they stay in the archive."),
        "hogarth.cli.withdraw",
    ),
    Command("delete", gettext_noop("Delete works from the archive."), "hogarth.cli.delete"),
    Command("edit", gettext_noop("Correct what the archive says of works."), "hogarth.cli.edit"),
    Command(
        "rerestore",
        gettext_noop("Let the rules of today look again at the texts of the archive."),
        "hogarth.cli.rerestore",
    ),
    Command("serve", gettext_noop("Open the archive to browsers."), "hogarth.cli.serve"),
    Command(
        "demo",
        gettext_noop("Serve a small archive of example works, apart from your own."),
        "hogarth.cli.demo",
    ),
    Command(
        "doctor",
        gettext_noop("Check the archive and what it finds on this machine."),
        "hogarth.cli.doctor",
    ),
    Command("backup", gettext_noop("Write the whole archive to one file."), "hogarth.cli.backup"),
    Command(
        "restore-backup",
        gettext_noop("Make an archive from a backup."),
        "hogarth.cli.restore_backup",
    ),
)


class CommandModule(Protocol):
    """What the module of a command has. None of them imports Django before `perform`."""

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare the command's own arguments."""

    def perform(self, arguments: argparse.Namespace, /) -> int:
        """Do it; give the exit code. Raises: HogarthError."""


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command, each sub-command complete."""
    parser = argparse.ArgumentParser(
        prog="hogarth",
        description=_("An archive of your own: keep, read and print fan fiction as it is found."),
        epilog=_("“hogarth COMMAND --help” tells more of each command."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"hogarth {hogarth.__version__}")
    _add_common(parser)
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND", dest="command")
    for row in COMMANDS:
        sentence = _(row.help)
        sub = commands.add_parser(row.name, help=sentence, description=sentence, allow_abbrev=False)
        _add_common(sub, again=True)
        cast("CommandModule", import_module(row.module)).add_arguments(sub)
    return parser


def _add_common(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """Arguments of every command, before its name or (`again`) silently after it."""

    def add(name: str, metavar: str | None, sentence: str, dest: str) -> None:
        # A default given again would undo what stood before the command's name.
        default = argparse.SUPPRESS if again else None if metavar else False
        told = argparse.SUPPRESS if again else sentence
        if metavar:
            parser.add_argument(name, metavar=metavar, dest=dest, default=default, help=told)
        else:
            parser.add_argument(name, action="store_true", dest=dest, default=default, help=told)

    add(
        "--data", "DIR",
        _("The directory of the archive; else HOGARTH_DATA, else ~/.local/share/hogarth."), "data",
    )  # fmt: skip
    add("--as", "NAME", _("The account that acts; else the archive's owner."), "acting")
    add("--debug", None, _("Show where in the program an error arose."), "debug")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command as if it were typed; give its exit code."""
    parser = build_parser()
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has said what it had to
        return stop.code if isinstance(stop.code, int) else USED_WRONGLY
    if arguments.command is None:
        parser.print_help(sys.stderr)
        return USED_WRONGLY
    if arguments.data:
        os.environ["HOGARTH_DATA"] = str(Path(arguments.data).expanduser().absolute())
    row = next(row for row in COMMANDS if row.name == arguments.command)
    return _perform(cast("CommandModule", import_module(row.module)), arguments)


def _perform(module: CommandModule, arguments: argparse.Namespace) -> int:
    try:
        code = module.perform(arguments)
        sys.stdout.flush()
    except HogarthError as error:
        if arguments.debug:
            traceback.print_exc()
        complain(error)
        return OF_FAMILY.get(type(error), SOME_REFUSED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise  # `run` knows what to do; a test wants to see it
    except Exception as error:  # the last line of defence: a sentence instead of a traceback
        if arguments.debug:
            traceback.print_exc()
        complain(_unexpected(error))
        return UNUSABLE
    return code


def _unexpected(error: Exception) -> HogarthError:
    return Unavailable(
        "Hogarth met a fault of its own and stopped: %(kind)s: %(reason)s",
        "Works that landed are safe. “hogarth --debug …” shows where it arose; please report it.",
        code="fault", kind=type(error).__name__, reason=str(error)[:500] or "—",
    )  # fmt: skip


def run() -> None:
    """What the installed script calls."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our lines has seen enough. Python flushes stdout once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = SOME_REFUSED
    sys.exit(code)
