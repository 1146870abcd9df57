"""Importing saved pages, beside `calibredb add` and the bare parse and clean of the bytes."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nh3
from selectolax.lexbor import LexborHTMLParser

from bench.harness import Measure, Result, measure_call, measure_command
from bench.pages import write_page, write_pages

WORDS = 5_000


def _parse_and_clean(pages: Sequence[bytes]) -> None:
    """The floor: one parse and one cleaning of each page, nothing kept."""
    for page in pages:
        LexborHTMLParser(page)
        nh3.clean(page.decode())


def _split_cost(pages: Sequence[bytes]) -> list[Measure]:
    """Where reading spends its time, in one process: each row holds those below it."""
    import hogarth
    from hogarth.manuscript import count_words, shape

    hogarth.read(pages[0], name="warm.html")
    readings: list[shape.Manuscript] = []
    read = measure_call(
        "reading alone, in one process",
        lambda: readings.extend(
            hogarth.read(page, name="page.html").manuscripts[0] for page in pages
        ),
        count=len(pages),
        note="decode, recognise, parse, clean, facts, damage",
    )
    count = measure_call(
        "of which counting words, when asked",
        lambda: [count_words(chapter.html) for work in readings for chapter in work.chapters],
        count=len(pages),
    )
    return [read, count]


def compare(count: int) -> Result:
    """Import `count` pages of 5,000 words in every way there is."""
    hogarth = Path(sys.executable).with_name("hogarth")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        paths = list(write_pages(place / "pages", count=count, words=WORDS))
        data = {"HOGARTH_DATA": str(place / "archive")}
        # An archive is set up once, not once an import: one other page sets it up.
        (place / "first.html").write_text(write_page(count, WORDS), "utf-8")
        measure_command("set up", [hogarth, "import", place / "first.html"], count=1, environ=data)
        measures = [
            measure_command(
                "hogarth import",
                [hogarth, "import", place / "pages", "--json"],
                count=count,
                environ=data,
                note="text, tags, authors, dates, original kept, start-up counted",
            ),
            measure_command(
                "hogarth import, all known",
                [hogarth, "import", place / "pages", "--json"],
                count=count,
                environ=data,
                note="the same folder again",
            ),
        ]
        remarks = []
        if shutil.which("calibredb"):
            measures.append(
                measure_command(
                    "calibredb add",
                    ["calibredb", "add", "--with-library", place / "calibre", *paths],
                    count=count,
                    environ={"QT_QPA_PLATFORM": "offscreen"},
                    note="keeps no tags, author or text",
                )
            )
            ratio = measures[-1].each / measures[0].each
            remarks.append(f"Beside calibredb: {ratio:.1f} times its rate in CPU (aim: 4).")
        else:
            remarks.append("calibredb is not installed: the rival is left out of this run.")
        pages = [path.read_bytes() for path in paths]
        measures.append(
            measure_call("parse and clean alone", lambda: _parse_and_clean(pages), count=count)
        )
        measures += _split_cost(pages)
        keeping = measures[0].each - measures[-2].each
        remarks.append(
            f"Of {measures[0].each:.2f} ms a work, reading takes {measures[-2].each:.2f}, and"
            f" start-up, passing between processes and keeping {keeping:.2f}."
        )
        size = sum(map(len, pages)) / 2**20
        remarks.append(f"Input: {count:,} pages of {WORDS:,} words, {size:.0f} MiB.")
    return Result("Importing saved pages", "work", tuple(measures), tuple(remarks))
