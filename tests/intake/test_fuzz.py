"""Damaged copies of the goldens, reader by reader: no crash, no hang, no great hunger.

`HOGARTH_FUZZ_SECONDS=600` gives each family so many seconds in place of a few tries;
`HOGARTH_FUZZ_SEED` begins elsewhere. What fails is written into the test's own folder and named.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from intake_cases import cases, read_input
from mutations import LONGEST as LONGEST_INPUT
from mutations import mutate

from hogarth.errors import HogarthError
from hogarth.intake import PROBLEMS, READERS, REFUSALS, Reading, read
from hogarth.manuscript import clean

SECONDS = float(os.environ.get("HOGARTH_FUZZ_SECONDS", "0"))
SEED = os.environ.get("HOGARTH_FUZZ_SEED", "")
TRIES = 30
#: Units: seconds, bytes. What one damaged file of at most 400 kB may take.
LONGEST = 10
MOST_MEMORY = 300 * 2**20


def families() -> dict[str, list[tuple[str, bytes]]]:
    """Reader → the inputs of the goldens that it reads; “refused” for those that none does."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    for case in cases():
        expected = json.loads((case / "expected.json").read_text("utf-8"))
        found.setdefault(expected.get("reader", "refused"), []).append(read_input(case))
    return found


FAMILIES = families()
EVERY = [data for inputs in FAMILIES.values() for _, data in inputs]


@contextmanager
def bounded(seconds: float, memory: int) -> Iterator[None]:
    """Ends with TimeoutError or MemoryError what takes more."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + memory, hard))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def check(data: bytes, name: str) -> None:
    """Whatever the bytes, there is a reading that keeps its promises, or a sentence."""
    try:
        reading = read(data, name=name)
    except HogarthError as error:
        refused = error
    else:
        check_reading(reading)
        return
    assert refused.code in REFUSALS
    assert refused.message.endswith(".")
    assert refused.hint.endswith(".")


def check_reading(reading: Reading) -> None:
    assert {problem.code for problem in reading.problems} <= set(PROBLEMS)
    for manuscript in reading.manuscripts:
        assert manuscript.title.strip()
        for chapter in manuscript.chapters:
            # Thousands of open tags make a text grow; where it is cut then may differ by turns.
            if len(chapter.html) <= LONGEST_INPUT:
                assert clean(chapter.html) == chapter.html


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to limit memory")
@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_damaged_copies(family: str, tmp_path: Path) -> None:
    rng = random.Random(f"{family} {SEED}")
    end = time.monotonic() + SECONDS
    tries = TRIES
    while tries > 0 or time.monotonic() < end:
        tries -= 1
        name, original = rng.choice(FAMILIES[family])
        data = mutate(rng, original, EVERY)
        try:
            with bounded(LONGEST, MOST_MEMORY):
                check(data, name)
        except BaseException as error:
            kept = tmp_path / name
            kept.write_bytes(data)
            error.add_note(f"The file that failed is {kept}.")
            raise


def test_every_reader_is_a_family() -> None:
    assert {reader.name for reader in READERS} <= set(FAMILIES)
