"""Reading processes: whatever a file does to one, the others are read and nothing hangs."""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hogarth.errors import HogarthError, Unavailable
from hogarth.intake import Evidence, Found, Limits, Outcome, Place, Reading, expand, read, read_many
from hogarth.manuscript import Chapter, Manuscript

STORY = "The captain played the organ only when the sea was quite still, and never at noon. "
MEBI = 1 << 20


def act(found: Found) -> Reading:
    """What a file says is what the reader does: a task for reading processes."""
    said = found.data.decode()
    if said == "hang":
        while True:
            time.sleep(60)
    elif said == "spin":
        while True:
            pass
    elif said == "crash":
        ctypes.string_at(0)
    elif said == "exit":
        os._exit(3)
    elif said == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(16 * MEBI))
    elif said == "mistake":
        raise ZeroDivisionError
    elif said == "slow":
        time.sleep(0.3)
    elif said == "sigint":
        os.kill(os.getpid(), signal.SIGINT)
    manuscript = Manuscript(said, (Chapter(1, "<p>x</p>"),))
    return Reading(found.name, "act", (manuscript,), (Evidence("pid", str(os.getpid())),))


def plant(folder: Path, said: list[str]) -> list[Place]:
    places = []
    for number, words in enumerate(said):
        path = folder / f"{number:03}.txt"
        path.write_text(words)
        places.append(Place(str(path)))
    return places


def codes(outcomes: list[Outcome]) -> list[str]:
    """The code of each refusal, or the title of what was read."""
    return [
        outcome.result.code
        if isinstance(outcome.result, HogarthError)
        else outcome.result.manuscripts[0].title
        for outcome in outcomes
    ]


def run(
    folder: Path, said: list[str], *, seconds: float = 20, memory: int = 400, workers: int = 2
) -> list[Outcome]:
    limits = Limits(seconds=seconds, memory_bytes=memory * MEBI)
    return list(read_many(plant(folder, said), limits=limits, workers=workers, task=act))


def test_real_files_are_read_as_in_one_process(tmp_path: Path) -> None:
    plant(tmp_path, [STORY * (number + 1) for number in range(9)])
    limits = Limits()
    outcomes = list(read_many(expand([tmp_path], limits), limits=limits, workers=2))
    assert [outcome.result for outcome in outcomes] == [
        read(outcome.place.path, name=outcome.place.path) for outcome in outcomes
    ]
    for outcome in outcomes:
        assert outcome.data == Path(outcome.place.path).read_bytes()
        assert outcome.digest == hashlib.sha256(outcome.data).hexdigest()
        assert outcome.size == len(outcome.data)


def test_outcomes_come_in_the_order_of_the_places(tmp_path: Path) -> None:
    said = ["slow" if number % 7 == 0 else f"file {number}" for number in range(30)]
    assert codes(run(tmp_path, said)) == said


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("crash", "reader-crashed"),
        ("exit", "reader-crashed"),
        ("mistake", "reader-crashed"),
        ("eat", "too-much-memory"),
    ],
)
def test_a_file_that_ends_its_process_harms_no_other(tmp_path: Path, said: str, code: str) -> None:
    around = [f"file {number}" for number in range(8)]
    outcomes = run(tmp_path, [*around[:4], said, *around[4:], said])
    assert codes(outcomes) == [*around[:4], code, *around[4:], code]


@pytest.mark.parametrize("said", ["hang", "spin"])
def test_a_file_that_never_ends_is_stopped(tmp_path: Path, said: str) -> None:
    begun = time.monotonic()
    outcomes = run(tmp_path, ["a", said, "b", "c", said, "d"], seconds=0.5)
    assert codes(outcomes) == ["a", "took-too-long", "b", "c", "took-too-long", "d"]
    assert time.monotonic() - begun < 15
    assert "0.5 seconds" in str(outcomes[1].result)


def test_every_file_may_be_bad(tmp_path: Path) -> None:
    assert set(codes(run(tmp_path, ["crash"] * 6))) == {"reader-crashed"}


def test_a_mistake_names_where_it_was(tmp_path: Path) -> None:
    (outcome,) = run(tmp_path, ["mistake"])
    assert "ZeroDivisionError at test_process.py" in str(outcome.result)


def test_refused_places_keep_their_turn(tmp_path: Path) -> None:
    places = plant(tmp_path, ["a", "b"])
    missing = Place(str(tmp_path / "missing"))
    listed = [places[0], *expand([missing.path], Limits()), missing, places[1]]
    outcomes = list(read_many(listed, limits=Limits(), workers=1, task=act))
    assert codes(outcomes) == ["a", "cannot-open", "cannot-open", "b"]
    assert outcomes[1].digest is None


def test_nothing_to_read_starts_nothing() -> None:
    assert list(read_many([], limits=Limits(), workers=2, task=act)) == []


def test_work_is_shared(tmp_path: Path) -> None:
    outcomes = run(tmp_path, ["slow"] * 6, workers=2)
    pids = {
        outcome.result.evidence[0].detail
        for outcome in outcomes
        if isinstance(outcome.result, Reading)
    }
    assert len(pids) == 2


def test_places_are_asked_for_as_they_are_needed(tmp_path: Path) -> None:
    places = plant(tmp_path, ["slow"] * 40 + ["a"] * 400)
    asked = 0

    def ask() -> Iterator[Place]:
        nonlocal asked
        for place in places:
            asked += 1
            yield place

    outcomes = read_many(ask(), limits=Limits(), workers=2, task=act)
    with closing(outcomes):  # type: ignore[type-var]  # the iterator is a generator
        next(outcomes)
        assert asked < 100 < len(places)


def test_large_files_pass_whole(tmp_path: Path) -> None:
    said = [letter * (3 * MEBI) for letter in "abcd"]
    outcomes = run(tmp_path, said)
    assert [outcome.data.decode() for outcome in outcomes] == said


def test_leaving_early_ends_the_processes(tmp_path: Path) -> None:
    before = set(_children(os.getpid()))
    outcomes = read_many(plant(tmp_path, ["a", "hang", "b"]), limits=Limits(), workers=2, task=act)
    with closing(outcomes):  # type: ignore[type-var]  # the iterator is a generator
        next(outcomes)
        assert set(_children(os.getpid())) - before
    assert set(_children(os.getpid())) == before


def test_processes_are_deaf_to_interrupts(tmp_path: Path) -> None:
    assert codes(run(tmp_path, ["sigint", "a"])) == ["sigint", "a"]


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_a_process_that_cannot_start_is_no_file_s_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(Unavailable) as caught:
        list(read_many(plant(tmp_path, ["a"]), limits=Limits(), workers=1, task=act))
    assert caught.value.code == "no-reader"


PARENT = """
import sys
sys.path[:] = {path!r}
from hogarth.intake import Limits, Place, read_many
from test_process import act
places = [Place(name) for name in {names!r}]
for outcome in read_many(places, limits=Limits(seconds=2), workers=2, task=act):
    print("one", flush=True)
"""


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_processes_end_with_their_parent(tmp_path: Path, stop: signal.Signals) -> None:
    places = plant(tmp_path, ["a", *["slow"] * 40])
    program = PARENT.format(path=sys.path, names=[place.path for place in places])
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"one\n"
        children = _children(parent.pid)
        assert children
        parent.send_signal(stop)
        parent.wait(10)
        deadline = time.monotonic() + 10
        while any(_is_running(pid) for pid in children):
            assert time.monotonic() < deadline
            time.sleep(0.02)


def _is_running(pid: int) -> bool:
    """Not when it has ended and only waits for somebody to ask how."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _children(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid:
            found.append(int(folder.name))
    return found
