"""`python -m bench`: run the measurements and print them as Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import importing, reading, restoring, serving
from bench.harness import Printable, write_results


@dataclass(frozen=True, slots=True)
class Bench:
    """One row of BENCHES. `count` is how many things it takes unless told otherwise."""

    name: str
    compare: Callable[[int], Printable]
    count: int


BENCHES: Final = (
    Bench("importing", importing.compare, 1_000),
    Bench("reading", reading.compare, 100),
    Bench("restoring", restoring.compare, 40),
    Bench("serving", serving.compare, 2_000),
)


def main() -> None:
    """Run what was asked for, or everything."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--count", type=int, help="how many things each takes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    wanted = parser.parse_args()
    unknown = sorted(set(wanted.names) - {bench.name for bench in BENCHES})
    if unknown:
        parser.error(f"there is no measurement called {', '.join(unknown)}")
    results = [
        bench.compare(wanted.count or bench.count)
        for bench in BENCHES
        if not wanted.names or bench.name in wanted.names
    ]
    print(write_results(results, wanted.json))


if __name__ == "__main__":
    main()
