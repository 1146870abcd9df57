"""`hogarth demo`: serve a small archive of example works, apart from one's own."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import hogarth
from hogarth import config
from hogarth.cli.archive import opened
from hogarth.cli.exit_codes import LANDED
from hogarth.cli.importing import Tally
from hogarth.cli.output import say
from hogarth.cli.serving import (
    add_serving_arguments,
    address,
    check_port,
    chosen,
    serve_pages,
)
from hogarth.cli.words import gettext as _
from hogarth.errors import Conflict, Unavailable

_PORTS_TRIED: Final = 20
_SECONDS_TO_START: Final = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to open a browser."""
    add_serving_arguments(parser)
    parser.add_argument(
        "--no-browser", action="store_true", help=_("Do not open a browser, only say the address.")
    )


def perform(arguments: argparse.Namespace) -> int:
    """Import the example works (once), publish them, serve them until told to stop."""
    found = demo_files()
    if not arguments.data:
        os.environ["HOGARTH_DATA"] = str(demo_directory())
    with opened(arguments, make=True) as account:
        from hogarth.works.importing import import_paths

        host = str(chosen(arguments, "host"))
        processes = int(str(chosen(arguments, "processes")))
        port = _free_port(host, int(str(chosen(arguments, "port"))), fixed=arguments.port)
        say(_("The demo lies in %(path)s; your own archive is not touched.") % {
            "path": config.current().data
        })  # fmt: skip
        tally = Tally()
        for outcome in import_paths([found], by=account, publish=True):
            tally.add(outcome)
        tally.tell(published=True)
        root = address(host, port)
        say(_("The demo is open at %(address)s/") % {"address": root})
        say(_("Press Ctrl-C to close it."))
        if not arguments.no_browser and _has_display(os.environ):
            threading.Thread(target=_open_browser, args=(host, port), daemon=True).start()
        serve_pages(host, port, processes)
        say(_("The demo is closed."))
    return LANDED


def demo_files() -> Path:
    """Where the example works lie: in the installed package, else in the checkout.

    Raises: Unavailable, when they are in neither.
    """
    package = Path(hogarth.__file__).parent
    for place in (package / "demo" / "found", package.parents[1] / "demo" / "found"):
        if place.is_dir():
            return place
    raise Unavailable(
        "The example works did not come with this installation.",
        "Install Hogarth from its wheel or run it from its repository.",
        code="no-demo",
    )


def demo_directory() -> Path:
    """The demo's own archive, beside the one that commands use otherwise."""
    return config.data_directory().with_name("hogarth-demo")


def _free_port(host: str, port: int, *, fixed: str | None) -> int:
    """The port asked for, else the first free one from the usual one on."""
    for candidate in range(port, port + (1 if fixed else _PORTS_TRIED)):
        try:
            check_port(host, candidate)
        except Conflict:
            if candidate == port + _PORTS_TRIED - 1 or fixed:
                raise
        else:
            return candidate
    return port


def _has_display(environ: Mapping[str, str]) -> bool:
    """Whether a browser would have a screen to open on."""
    if sys.platform == "darwin":
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _open_browser(host: str, port: int) -> None:
    """Wait until the server answers, then show its first page."""
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            webbrowser.open(address(host, port) + "/")
            return
