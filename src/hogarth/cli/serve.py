"""`hogarth serve`: open the archive to browsers."""

from __future__ import annotations

import argparse

from hogarth import config
from hogarth.cli.archive import opened
from hogarth.cli.output import say
from hogarth.cli.serving import (
    KNOWN_BY_NO_NAME,
    add_serving_arguments,
    address,
    check_port,
    chosen,
    serve_pages,
)
from hogarth.cli.words import gettext as _
from hogarth.cli.words import ngettext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    add_serving_arguments(parser)


def perform(arguments: argparse.Namespace) -> int:
    """Set the archive up, say how to reach it, serve until told to stop."""
    with opened(arguments, make=True):
        host, port = str(chosen(arguments, "host")), int(str(chosen(arguments, "port")))
        processes = int(str(chosen(arguments, "processes")))
        check_port(host, port)
        say(_("The archive is open at %(address)s/") % {"address": address(host, port)})
        if not _is_this_machine(host) and not config.current().items("allowed_hosts"):
            say(_(KNOWN_BY_NO_NAME))
        _offer_claim(address(host, port))
        say(_("Press Ctrl-C to close it."))
        serve_pages(host, port, processes)
        say(_("The archive is closed."))
    return 0


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _offer_claim(root: str) -> None:
    """Print the one-time link while nobody has claimed the owner's account."""
    from django.urls import reverse

    from hogarth.people.operations import is_claimed, issue_claim

    if is_claimed():
        return
    hours = config.current().count("claim_hours")
    link = root + reverse("claim", args=[issue_claim(hours=hours)])
    say()
    say(_("Nobody has claimed this archive yet. Open this link to make it yours:"))
    say(f"  {link}")
    say(
        ngettext(
            "It works once, for %(hours)s hour. Each start of “hogarth serve” makes a new one.",
            "It works once, for %(hours)s hours. Each start of “hogarth serve” makes a new one.",
            hours,
        )
        % {"hours": hours}
    )
    say()
