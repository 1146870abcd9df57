"""Run things, take their processor time, put them side by side."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Measure:
    """What one contender took. Units: seconds; `cpu` is user and system time of all processes."""

    name: str
    count: int
    cpu: float
    wall: float
    note: str = ""

    @property
    def each(self) -> float:
        """Processor time for one thing. Units: milliseconds."""
        return 1000 * self.cpu / self.count


@dataclass(frozen=True)
class Result:
    """One comparison. Shape: the first measure is ours, the rest rivals and floors."""

    title: str
    unit: str
    measures: tuple[Measure, ...]
    remarks: tuple[str, ...] = ()

    def as_markdown(self) -> str:
        ours = self.measures[0]
        lines = [
            f"## {self.title}\n",
            f"| | {self.unit}s | CPU, ms each | {self.unit}s a CPU second | wall, s | CPU ratio |",
            "|---|---|---|---|---|---|",
        ]
        for measure in self.measures:
            ratio = measure.each / ours.each
            name = f"**{measure.name}**" if measure is ours else measure.name
            note = f" ({measure.note})" if measure.note else ""
            lines.append(
                f"| {name}{note} | {measure.count:,} | {measure.each:.2f}"
                f" | {1000 / measure.each:,.0f} | {measure.wall:.2f} | {ratio:.2f} × |"
            )
        return "\n".join([*lines, "", *self.remarks, ""])

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Printable(Protocol):
    """What a measurement gives."""

    def as_markdown(self) -> str: ...

    def as_json(self) -> dict[str, object]: ...


def measure_command(
    name: str,
    command: Sequence[str | Path],
    *,
    count: int,
    environ: Mapping[str, str] | None = None,
    note: str = "",
) -> Measure:
    """Run a command to its end; its output goes nowhere. Raises: RuntimeError if it fails."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [str(word) for word in command],
        env={**os.environ, **(environ or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    errors = child.stderr.read()
    # wait4 gives the time of this child and of every process it has waited for.
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if child.returncode:
        raise RuntimeError(f"{name} failed: {errors.decode(errors='replace')[-2000:]}")
    return Measure(name, count, usage.ru_utime + usage.ru_stime, wall, note)


def measure_call(name: str, call: Callable[[], object], *, count: int, note: str = "") -> Measure:
    """Run a function of this process to its end."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return Measure(name, count, time.process_time() - cpu, time.perf_counter() - wall, note)


def describe_machine() -> str:
    """The machine in a line: processor, cores, memory, system, Python."""
    model = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        names = [line for line in facts.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"
        f" {platform.release()}, Python {platform.python_version()}"
    )


def write_results(results: Sequence[Printable], target: Path | None) -> str:
    """All results as Markdown; as JSON into `target` too, when given."""
    machine = describe_machine()
    if target is not None:
        rows = {"machine": machine, "results": [result.as_json() for result in results]}
        target.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return "\n".join([f"Machine: {machine}\n", *(result.as_markdown() for result in results)])
