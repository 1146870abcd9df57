"""Serving a story to guests, beside a bare server that hands out the same bytes from memory."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.harness import Measure, Result, measure_command
from bench.pages import write_page

WORDS = 5_000
_SECONDS_TO_START = 20
_TICKS = os.sysconf("SC_CLK_TCK")


def compare(count: int) -> Result:
    """Ask `count` times for one story of 5,000 words, over one connection."""
    hogarth = Path(sys.executable).with_name("hogarth")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "page.html").write_text(write_page(0, WORDS), "utf-8")
        data = {"HOGARTH_DATA": str(place / "archive")}
        measure_command(
            "set up", [hogarth, "import", "--publish", place / "page.html"], count=1, environ=data
        )
        port = _free_port()
        with _served([hogarth, "serve", "--port", str(port)], port, data) as pid:
            body = _ask(port, "/works/1")
            ours = _measure("hogarth serve", pid, port, "/works/1", count)
        (place / "body").write_bytes(body)
        (place / "floor.py").write_text(_FLOOR, "utf-8")
        port = _free_port()
        floor_command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
            "--no-access-log", "--log-level", "error", "floor:application",
        ]  # fmt: skip
        with _served(
            floor_command, port, {"PYTHONPATH": folder, "BODY": str(place / "body")}
        ) as pid:
            floor = _measure("the same bytes from memory, bare granian", pid, port, "/", count)
    remark = f"Answer: {len(body) / 1024:.0f} KiB, not packed, over one connection."
    return Result("Serving a story to guests", "answer", (ours, floor), (remark,))


_FLOOR = """\
import os

with open(os.environ["BODY"], "rb") as file:
    BODY = file.read()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
"""


@contextmanager
def _served(command: Sequence[str | Path], port: int, environ: Mapping[str, str]) -> Iterator[int]:
    """A server that answers on its port for as long as the block lasts."""
    child = subprocess.Popen(
        [str(word) for word in command],
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + _SECONDS_TO_START
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > end or child.poll() is not None:
                    raise RuntimeError(f"{command[0]} did not start") from None
                time.sleep(0.05)
        yield child.pid
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(timeout=30)


def _measure(name: str, pid: int, port: int, address: str, count: int) -> Measure:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(20):  # the first answers fill what every later one finds ready
        _answer(connection, address)
    cpu, wall = _cpu_of_tree(pid), time.perf_counter()
    for _ in range(count):
        _answer(connection, address)
    measure = Measure(name, count, _cpu_of_tree(pid) - cpu, time.perf_counter() - wall)
    connection.close()
    return measure


def _ask(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    return _answer(connection, address)


def _answer(connection: http.client.HTTPConnection, address: str) -> bytes:
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"{address} answered {response.status}")
    return body


def _cpu_of_tree(pid: int) -> float:
    """Processor time of a process and all below it, so far. Units: seconds."""
    seconds = 0.0
    for process in (pid, *_below(pid)):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / _TICKS
    return seconds


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _below(int(child))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
