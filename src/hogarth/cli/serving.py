"""Serving pages: the port, the server, the addresses. `serve` and `demo` share it."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import sys
import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING, Final

from hogarth import config
from hogarth.cli.words import gettext_noop as _noop
from hogarth.errors import Conflict, HogarthError, Invalid, Refused, Unavailable

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

#: Django works one request a thread; more threads than this only take turns.
_THREADS: Final = 8
_SECONDS_TO_FINISH: Final = 10
_SECONDS_BETWEEN_LOOKS: Final = 1.0


def add_serving_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of every command that serves pages."""
    from hogarth.cli.words import gettext as _

    parser.add_argument("--host", metavar="ADDRESS", help=_("Listen on this address."))
    parser.add_argument("--port", metavar="N", help=_("Listen on this port."))
    parser.add_argument("--processes", metavar="N", help=_("Serve with this many processes."))


def chosen(arguments: argparse.Namespace, name: str) -> config.Value:
    """What the command line says of an option, else what the settings say. Raises: Invalid."""
    typed = getattr(arguments, name, None)
    if typed is None:
        return config.current().values[name]
    option = next(option for option in config.OPTIONS if option.name == name)
    return config.parse(option, typed)


def check_port(host: str, port: int) -> None:
    """Make sure that nobody else listens there.

    The server itself would share a port with another one without a word.
    Raises: Conflict, Refused or Invalid.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # Connections that just ended must not keep the port from us.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise _no_port(host, port, error) from None


def _no_port(host: str, port: int, error: OSError) -> HogarthError:
    if error.errno == errno.EADDRINUSE:
        return Conflict(
            "Another program listens on port %(port)s already.",
            "Stop it, or choose another port with --port.",
            code="port-taken", port=port,
        )  # fmt: skip
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refused(
            "This account may not listen on port %(port)s.",
            "Choose a port above 1023 with --port, and put a web server in front of it.",
            code="port-forbidden", port=port,
        )  # fmt: skip
    return Invalid(
        "This machine cannot listen on %(host)s: %(reason)s.",
        "127.0.0.1 is this machine alone, 0.0.0.0 every network it is in.",
        code="no-such-address", host=host, reason=error.strerror or str(error),
    )  # fmt: skip


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the archive, without a slash at the end."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared only
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}"


#: Said after the address, where other machines could reach the port and would be turned away.
KNOWN_BY_NO_NAME: Final = _noop(
    "Others reach it only by the names in the option allowed_hosts, which names none."
)


def _load(target: str) -> WSGIApplication:
    """The callable of a serving process, inside of that process.

    Ctrl-C reaches every process of a terminal. The parent tells these to stop, in good order; told
    twice they would not, and be killed after ten seconds.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    module, _colon, name = target.partition(":")
    application: WSGIApplication = getattr(import_module(module), name)
    return application


def _end_with(parent: int) -> None:
    """End this process when its parent was killed: it would keep the port for ever."""
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)


def serve_pages(host: str, port: int, processes: int) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are finished.

    Order: database connections are closed first, for the serving processes are forks.
    Raises: Unavailable, when the serving processes cannot go on.
    """
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["DJANGO_SETTINGS_MODULE"] = "hogarth.settings"
    os.environ["HOGARTH_DATA"] = str(config.current().data)
    connections.close_all()
    sys.stdout.flush()
    server = Granian(
        "hogarth.web.front_door:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=_THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_FINISH,
    )
    try:
        server.serve(target_loader=_load)
    except SystemExit as stop:  # its processes failed again and again; the log says why
        raise Unavailable(
            "The server stopped, because its processes could not go on.",
            "The lines above say why; “hogarth doctor” may know more.",
            code="server-stopped",
        ) from stop
