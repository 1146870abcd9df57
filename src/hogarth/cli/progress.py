"""A bar on the terminal while something long is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from hogarth.cli.words import gettext as _

if TYPE_CHECKING:
    from hogarth.works.values import Progress

_SECONDS_BETWEEN_DRAWINGS: Final = 0.1


@contextmanager
def progress_shown(
    what: str, *, beside_json: bool = False
) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on stderr, where that is a terminal and JSON is not going to the same one."""
    if not sys.stderr.isatty() or (beside_json and sys.stdout.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    # Drawn only when something happened: a thread that draws and children that fork do not mix.
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
    ) as bar:
        task = bar.add_task(what, total=None, rate="")
        drawn = begun = time.monotonic()

        def show(progress: Progress) -> None:
            nonlocal drawn
            now = time.monotonic()
            if now - drawn < _SECONDS_BETWEEN_DRAWINGS and progress.done != progress.total:
                return
            drawn = now
            rate = progress.done / max(now - begun, 0.001)
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                rate=_("%(rate)s a second") % {"rate": f"{rate:,.1f}"},
                refresh=True,
            )

        yield show
