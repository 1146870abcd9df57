"""`hogarth doctor`: what the archive is in, what is on this machine, whether all is well."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import hogarth
from hogarth import config
from hogarth.cli.archive import directory, opened
from hogarth.cli.exit_codes import LANDED, UNUSABLE
from hogarth.cli.output import complain, one_line, say, table
from hogarth.cli.progress import progress_shown
from hogarth.cli.words import gettext as _
from hogarth.cli.words import gettext_noop as _noop
from hogarth.errors import HogarthError

_PACKAGES: Final = ("django", "granian", "lxml", "nh3", "selectolax", "py3langid", "rich")
_LITTLE_ROOM: Final = 2**30
_PASSWORD: Final = re.compile(r"(?<=:)[^:@/]+(?=@)")


@dataclass(frozen=True, slots=True)
class Aid:
    """A program or module that Hogarth works without. Shape: `names` of which any will do, or
    patterns of their paths."""

    label: str
    purpose: str
    names: tuple[str, ...] = ()
    module: str = ""


AIDS: Final = (
    Aid("psycopg", _noop("an archive in PostgreSQL instead of SQLite"), module="psycopg"),
    Aid(
        "PostgreSQL",
        _noop("testing Hogarth on PostgreSQL, in a throw-away cluster"),
        ("initdb", "/usr/lib/postgresql/*/bin/initdb"),  # Debian keeps it off the path
    ),
    Aid(
        "Chromium",
        _noop("testing Hogarth's pages in a browser"),
        ("chromium", "chromium-browser", "google-chrome"),
    ),
    Aid("Java", _noop("testing that Hogarth's pages are valid HTML"), ("java",)),
    Aid("Calibre", _noop("measuring Hogarth beside another library"), ("calibredb",)),
)

_LEVELS: Final = {
    "well": _noop("well"),
    "warning": _noop("look at this"),
    "broken": _noop("broken"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but what every command has."""
    parser.epilog = _("The exit code is 3 when the archive cannot be used.")


def perform(arguments: argparse.Namespace) -> int:
    """Tell all, the archive last; the exit code says whether it can be used."""
    _tell_versions()
    _tell_aids()
    try:
        _tell_settings()
        say(_("Archive: %(path)s") % {"path": directory()})
        return _check_archive(arguments)
    except HogarthError as error:
        complain(error)
        return UNUSABLE


def _tell_versions() -> None:
    import platform  # these two take as long to load as all else that `hogarth --help` needs
    import sqlite3

    rows = [
        ("hogarth", hogarth.__version__),
        ("Python", f"{platform.python_version()} ({sys.executable})"),
        ("SQLite", sqlite3.sqlite_version),
        *((name, _version(name)) for name in _PACKAGES),
        (_("system"), platform.platform()),
    ]
    table((_("part"), _("version")), rows)
    say()


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return _("missing")


def _tell_aids() -> None:
    rows = [(aid.label, _found(aid) or _("not found"), _(aid.purpose)) for aid in AIDS]
    table((_("optional"), _("where"), _("what for")), rows)
    say()


def _found(aid: Aid) -> str | None:
    if aid.module:
        return _version(aid.module) if find_spec(aid.module) else None
    for name in aid.names:
        if where := _place(name):
            return where
    return None


def _place(name: str) -> str | None:
    if not name.startswith("/"):
        return shutil.which(name)
    return next(map(str, Path("/").glob(name[1:])), None)


def _tell_settings() -> None:
    table((_("option"), _("value"), _("from")), list(_settings()))
    say()


def _settings() -> Iterator[tuple[str, str, str]]:
    """Every option in force. A password in the database's address is not shown."""
    in_force = config.current()
    written: set[str] = set()
    if (file := in_force.data / "hogarth.toml").exists():
        written = set(tomllib.loads(file.read_text("utf-8")))
    for option in config.OPTIONS:
        value = in_force.values[option.name]
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        if option.name == "database":
            shown = _PASSWORD.sub("…", shown)
        if option.variable in os.environ:
            source = option.variable
        else:
            source = "hogarth.toml" if option.name in written else _("default")
        yield option.name, shown, source


def _check_archive(arguments: argparse.Namespace) -> int:
    usable = True
    with opened(arguments):
        from hogarth.works.keeping import check

        with progress_shown(_("checking")) as show:
            findings = check(on_progress=show)
        for finding in findings:
            usable &= finding.level != "broken"
            say(one_line(f"{_(_LEVELS[finding.level])}: {finding.sentence}"))
            if finding.hint:
                say(f"  {one_line(finding.hint)}")
        free = shutil.disk_usage(directory()).free
        words = {"free": f"{free / 2**30:,.1f}"}
        level = "warning" if free < _LITTLE_ROOM else "well"
        say(f"{_(_LEVELS[level])}: " + _("The disk has %(free)s GiB of room.") % words)
    return LANDED if usable else UNUSABLE
