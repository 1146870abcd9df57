"""Programs of the system that read what Hogarth does not: started alone, bounded, ended in time."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from hogarth.intake.limits import Limits
from hogarth.intake.refusals import refuse

#: The share of a file's time that a program may take; the rest is for reading what it gives.
_SHARE: Final = 0.75
#: What a program is told of the world besides its own folder.
_KEPT: Final = ("PATH", "LANG", "LC_ALL")
_DIE_WITH_PARENT: Final = 1


def find_program(name: str) -> str | None:
    """The program's path, or None when it is not installed."""
    return shutil.which(name)


def run_program(
    arguments: Sequence[str], folder: Path, limits: Limits, environment: Mapping[str, str]
) -> int:
    """Run a program in a folder of its own and wait for it. Shape: its exit status.

    The limits on memory and on time of the process that reads hold for it too. What it prints is
    not read. It and all that it started are killed when its time is up.
    Raises: Unreadable, when it cannot be started or takes too long.
    """
    known = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home = {"HOME": str(folder), "TMPDIR": str(folder)}
    try:
        process = subprocess.Popen(  # noqa: S603 - found on the system's own path
            arguments,
            cwd=folder,
            env={**known, **home, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_tie_to_parent(),
        )
    except OSError as error:
        raise refuse("program-failed", what=arguments[0], reason=str(error)) from None
    try:
        return process.wait(timeout=limits.seconds * _SHARE)
    except BaseException as error:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            raise refuse("took-too-long", limit=round(limits.seconds * _SHARE, 1)) from None
        raise


def _tie_to_parent() -> Callable[[], None] | None:
    """What a new process does first: on Linux, ask to die with the one that started it.

    The process that reads may itself be killed at any time, and a program in a session of its own
    would go on.
    """
    if sys.platform != "linux":
        return None
    control = ctypes.CDLL(None, use_errno=True).prctl

    def tie() -> None:
        control(_DIE_WITH_PARENT, signal.SIGKILL)

    return tie
