"""Reading many files in child processes: each within its limits, none able to harm the rest."""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from hogarth.errors import HogarthError, Unavailable
from hogarth.intake.child import READY, Answer, Task
from hogarth.intake.containers import Place
from hogarth.intake.limits import Limits
from hogarth.intake.messages import open_pipe, receive, send
from hogarth.intake.reading import Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.trying import read_found

#: So many places wait at each process, so that it never waits for a parent that is writing.
_WAITING: Final = 3
#: So many outcomes, and bytes of theirs, are held while an earlier file is still being read.
_MOST_HELD: Final = 64
_MOST_HELD_BYTES: Final = 128 * 1024 * 1024
#: Units: seconds.
_START_LIMIT: Final = 60.0
_PROGRAM: Final = (
    "import sys; sys.path[:] = {path!r}; "
    "from hogarth.intake.child import main; main({inbox}, {outbox})"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one place.

    Shape: `data` the bytes that were read, whose SHA-256 is `digest`; empty when nothing was read.
    """

    place: Place
    result: Reading | HogarthError
    digest: str | None = None
    size: int | None = None
    data: bytes = field(default=b"", repr=False)


def read_many(
    places: Iterable[Place], *, limits: Limits, workers: int, task: Task = read_found
) -> Iterator[Outcome]:
    """One outcome for each place, in their order. Nothing that a file does raises here.

    Shape: `task` a function that a new process can import. Closing the iterator, or leaving it by
    an exception, ends all processes.
    Raises: Unavailable, when no reading process can be started.
    """
    pool = _Pool(limits, max(1, workers), task)
    try:
        yield from pool.run(places)
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    place: Place


class _Worker:
    """One reading process and the jobs that wait at it, the first of them under way."""

    def __init__(self, limits: Limits, task: Task) -> None:
        self._limits = limits
        self.jobs: deque[_Job] = deque()
        self._ready = False
        child_reads, self._inbox = open_pipe()
        self.outbox, child_writes = open_pipe(wide=True)
        self._since = time.monotonic()
        try:
            # Not `multiprocessing`: its processes import the caller's main program again.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                [
                    sys.executable,
                    "-c",
                    _PROGRAM.format(path=sys.path, inbox=child_reads, outbox=child_writes),
                ],
                pass_fds=(child_reads, child_writes),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            os.close(self._inbox)
            os.close(self.outbox)
            raise _cannot_start(str(error)) from None
        finally:
            os.close(child_reads)
            os.close(child_writes)
        self._send((task, limits))

    def give(self, job: _Job) -> None:
        if not self.jobs:
            self._since = max(self._since, time.monotonic())
        self.jobs.append(job)
        self._send(job.place)

    def _send(self, value: object) -> None:
        # A process that has just died is found out when its answer is waited for.
        with suppress(BrokenPipeError):
            send(self._inbox, pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))

    @property
    def deadline(self) -> float:
        """When the job under way, or the start, will have taken too long."""
        return self._since + (self._limits.seconds if self._ready else _START_LIMIT)

    def take(self) -> tuple[_Job, Outcome] | None:
        """The next outcome, or None for the sign that the process is ready.

        Raises: EOFError, when the process has ended; its first job is then the one that did it.
        """
        message = receive(self.outbox)
        if not self._ready and message == READY:
            self._ready, self._since = True, time.monotonic()
            return None
        answer: Answer = Answer(*pickle.loads(message))  # noqa: S301 - from our own child
        data = receive(self.outbox) if answer.sends else b""
        self._since = time.monotonic()
        job = self.jobs.popleft()
        return job, Outcome(job.place, answer.result, answer.digest, answer.size, data)

    def fail(self, *, late: bool) -> tuple[_Job, Outcome]:
        """End the process and say what its first job did to it.

        Raises: Unavailable, when it never got so far as to begin one.
        """
        code = self.end()
        if not self._ready:
            raise _cannot_start("it took too long" if late else f"it ended with {code}")
        job = self.jobs.popleft()
        if late or code == -signal.SIGXCPU:
            error = refuse("took-too-long", limit=round(self._limits.seconds, 1))
        else:
            error = refuse("reader-crashed", reason=_name_exit(code))
        return job, Outcome(job.place, error)

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> int:
        """End the process whatever it does. Shape: its exit status, negative for a signal."""
        early = self._process.poll()
        if early is None:
            # One that closed its pipe is about to end by itself, and its status is worth having.
            self._process.kill()
        status = self._process.wait()
        for pipe in (self._inbox, self.outbox):
            with suppress(OSError):
                os.close(pipe)
        return status


class _Pool:
    """The processes, and the outcomes that wait for an earlier one."""

    def __init__(self, limits: Limits, size: int, task: Task) -> None:
        self._limits = limits
        self._size = size
        self._task = task
        self._workers: list[_Worker] = []
        self._again: deque[_Job] = deque()
        self._done: dict[int, Outcome] = {}
        self._held_bytes = 0
        self._selector = selectors.DefaultSelector()

    def run(self, places: Iterable[Place]) -> Iterator[Outcome]:
        jobs = (_Job(number, place) for number, place in enumerate(places))
        following = 0
        while True:
            more = self._hand_out(jobs)
            while following in self._done:
                outcome = self._done.pop(following)
                self._held_bytes -= len(outcome.data)
                following += 1
                yield outcome
            if any(worker.jobs for worker in self._workers):
                self._wait()
            elif not more and not self._again and following not in self._done:
                return

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._selector.close()

    def _hand_out(self, jobs: Iterator[_Job]) -> bool:
        """Give jobs to idle processes as long as few outcomes are held. Whether there may be more.

        A file that holds the others up is let alone until it is done or out of time.
        """
        while self._has_idle() and (self._again or self._has_room()):
            job = self._again.popleft() if self._again else next(jobs, None)
            if job is None:
                return False
            if job.place.refusal is not None:
                self._keep(job, Outcome(job.place, job.place.refusal))
            else:
                self._choose_worker().give(job)
        return True

    def _has_idle(self) -> bool:
        return sum(len(worker.jobs) for worker in self._workers) < self._size * _WAITING

    def _has_room(self) -> bool:
        return len(self._done) < _MOST_HELD and self._held_bytes < _MOST_HELD_BYTES

    def _choose_worker(self) -> _Worker:
        """An idle process, else a new one while there may be more, else the least busy."""
        for worker in [worker for worker in self._workers if not worker.jobs]:
            if worker.has_ended():
                self._replace(worker, late=False)
        best = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
        if best is not None and (not best.jobs or len(self._workers) >= self._size):
            return best
        worker = _Worker(self._limits, self._task)
        self._workers.append(worker)
        self._selector.register(worker.outbox, selectors.EVENT_READ, worker)
        return worker

    def _wait(self) -> None:
        """Until a process answers or the first deadline passes."""
        deadline = min(worker.deadline for worker in self._workers if worker.jobs)
        for key, _ in self._selector.select(max(0.0, deadline - time.monotonic())):
            worker: _Worker = key.data
            try:
                taken = worker.take()
            except EOFError:
                self._replace(worker, late=False)
                continue
            if taken is not None:
                self._keep(*taken)
                if getattr(taken[1].result, "code", "") == "too-much-memory":
                    self._retire(worker)
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.jobs]:
            if worker.deadline <= now:
                self._replace(worker, late=True)

    def _keep(self, job: _Job, outcome: Outcome) -> None:
        self._done[job.number] = outcome
        self._held_bytes += len(outcome.data)

    def _replace(self, worker: _Worker, *, late: bool) -> None:
        self._forget(worker)
        if worker.jobs:
            self._keep(*worker.fail(late=late))
        else:
            worker.end()
        self._again.extend(worker.jobs)

    def _retire(self, worker: _Worker) -> None:
        """A process that ran out of memory keeps little of it free for the next file."""
        self._forget(worker)
        worker.end()
        self._again.extend(worker.jobs)

    def _forget(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.outbox)


def _cannot_start(reason: str) -> Unavailable:
    return Unavailable(
        "The process that reads files cannot be started (%(reason)s).",
        "Check the limit on memory, and that the system has processes and memory left.",
        code="no-reader",
        reason=reason,
    )


def _name_exit(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
