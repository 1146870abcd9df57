"""`hogarth serve` and `hogarth demo`: the archive in a browser, until told to stop."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import HOGARTH, environment, type_alone

from hogarth import read
from hogarth.cli.demo import demo_files


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8")


@contextmanager
def _serving(data: Path, *words: object) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process group of its own, as a terminal starts it."""
    process = subprocess.Popen(
        [*HOGARTH, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(data),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, process.stdout and process.stdout.read().decode("utf-8")
        try:
            status, page = _fetch(address)
        except OSError:
            time.sleep(0.05)
        else:
            assert status == 200
            return page
    raise AssertionError("the server did not answer")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_serving_begins_with_a_claim_and_ends_clean(sent: signal.Signals, tmp_path: Path) -> None:
    port = _free_port()
    root = f"http://127.0.0.1:{port}"
    with _serving(tmp_path / "own", "serve", "--port", port, "--processes", 2) as process:
        assert "<html" in _wait_for(f"{root}/", process)
        # To the whole group, as Ctrl-C does.
        os.killpg(process.pid, sent)
        begun = time.monotonic()
        written, _none = process.communicate(timeout=30)
        assert process.returncode == 0
        assert time.monotonic() - begun < 8, "killed for being slow"
    told = written.decode("utf-8")
    assert f"The archive is open at {root}/" in told
    assert re.search(rf"^  {root}/claim/\S{{40,}}$", told, flags=re.MULTILINE)
    assert told.endswith("Press Ctrl-C to close it.\nThe archive is closed.\n")
    with pytest.raises(OSError, match="refused"):
        _fetch(f"{root}/")


def test_the_claim_link_opens_and_a_later_one_voids_it(tmp_path: Path) -> None:
    port = _free_port()
    links: list[str] = []
    statuses: list[int] = []
    for _start in range(2):
        with _serving(tmp_path / "own", "serve", "--port", port) as process:
            _wait_for(f"http://127.0.0.1:{port}/", process)
            statuses = [_fetch(link)[0] for link in links]
            process.terminate()
            written, _none = process.communicate(timeout=30)
            links += re.findall(r"http\S+/claim/\S+", written.decode("utf-8"))
    assert statuses == [404]
    assert len(set(links)) == 2


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = type_alone(tmp_path / "own", "serve", "--port", port)
    assert ran.code == 1
    assert f"Another program listens on port {port} already." in ran.told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "http"], "The option port is “http”"),
        (["--port", "70000"], "outside 1 to 65,535"),
        (["--host", "no such host"], "cannot listen on no such host"),
        (["--host", "203.0.113.1", "--port", "18820"], "cannot listen on 203.0.113.1"),
        (["--processes", "0"], "The option processes is 0"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_served(words: list[str], said: str, tmp_path: Path) -> None:
    ran = type_alone(tmp_path / "own", "serve", *words)
    assert ran.code == 2
    assert said in ran.told


def test_a_server_whose_parent_was_killed_leaves_the_port(tmp_path: Path) -> None:
    port = _free_port()
    with _serving(tmp_path / "own", "serve", "--port", port) as process:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        process.kill()
        process.wait(10)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                return
            time.sleep(0.1)
    raise AssertionError("it still listens")


def test_the_demo_is_public_apart_and_the_same_when_started_again(tmp_path: Path) -> None:
    port = _free_port()
    readings = [read(path) for path in demo_files().iterdir()]
    # One work was saved chapter by chapter, as two pages.
    works = sum(len(reading.manuscripts) for reading in readings) - 1
    for told in (f"imported +{works}", f"known already +{works + 1}"):
        with _serving(tmp_path / "own", "demo", "--no-browser", "--port", port) as process:
            page = _wait_for(f"http://127.0.0.1:{port}/works", process)
            # Titles with their links, as a guest sees them.
            assert len(set(re.findall(r'href="/works/\d+"', page))) == works
            process.terminate()
            written, _none = process.communicate(timeout=30)
            assert re.search(told, written.decode("utf-8"))
    assert not (tmp_path / "own").exists()
    assert (tmp_path / "hogarth-demo" / "secret-key").exists()
