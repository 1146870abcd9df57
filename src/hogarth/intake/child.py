"""The reading process: reads one place after the other until nobody asks any more."""

from __future__ import annotations

import hashlib
import pickle
import resource
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from hogarth.errors import HogarthError
from hogarth.intake.containers import Place
from hogarth.intake.limits import Limits
from hogarth.intake.loading import Loader
from hogarth.intake.messages import receive, send
from hogarth.intake.reading import Found, Reading
from hogarth.intake.refusals import refuse

Task = Callable[[Found], Reading]

READY: Final = b"ready"
#: Units: seconds of CPU beyond the limit on time. The parent stops a file long before; this ends
#: a process whose parent was killed while it hung.
_GRACE: Final = 10


class Answer(NamedTuple):
    """What became of one place. Shape: the bytes follow as a message of their own when `sends`."""

    result: Reading | HogarthError
    digest: str | None
    size: int | None
    sends: bool


def main(inbox: int, outbox: int) -> None:
    """Shape: first a message with task and limits, then one a place; one or two back for each."""
    # Ctrl-C goes to all of a terminal's processes; the parent decides for its own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    task, limits = pickle.loads(receive(inbox))  # noqa: S301 - from our own parent
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    loader = Loader(limits)
    with suppress(EOFError, BrokenPipeError):
        send(outbox, READY)
        while True:
            place = pickle.loads(receive(inbox))  # noqa: S301 - from our own parent
            _limit_time(limits)
            for message in _read(place, loader, task, limits):
                send(outbox, message)


def _read(place: Place, loader: Loader, task: Task, limits: Limits) -> list[bytes]:
    """The messages that answer for one place."""
    digest: str | None = None
    size: int | None = None
    try:
        found = loader.load(place)
        digest, size = hashlib.sha256(found.data).hexdigest(), len(found.data)
        return [_pack(Answer(task(found), digest, size, True)), found.data]
    except HogarthError as error:
        refusal = error
    except MemoryError:
        refusal = refuse("too-much-memory", limit=limits.memory_bytes >> 20)
    except Exception as error:  # a mistake of ours must not end the import of ten thousand files
        refusal = refuse("reader-crashed", reason=_where(error))
    return [_pack(Answer(refusal, digest, size, False))]


def _pack(answer: Answer) -> bytes:
    return pickle.dumps(tuple(answer), protocol=pickle.HIGHEST_PROTOCOL)


def _where(error: Exception) -> str:
    """The kind of mistake and the line of ours it came from, for a report."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{at}"


def _limit_time(limits: Limits) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits.seconds) + _GRACE)


def _limit(kind: int, value: int) -> None:
    """Lower the limit; where the system has none of the kind, the parent's clock is left."""
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (value, hard))
