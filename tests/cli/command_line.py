"""The command, called as a person types it, and the files she has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hogarth.cli.main import main

HOGARTH = [sys.executable, "-m", "hogarth.cli"]

#: Texts of stories as they are found, by file name.
STORIES = {
    "extracts.txt": (
        "Title: Extracts\nAuthor: Mary Bennet\nFandom: Pride and Prejudice\n\n"
        "Mary copied the sermon twice, once for her sister and once for the fire.\n\n"
        "It burned better the second time, being more concisely put.\n"
    ),
    "kettle.txt": (
        "The Kettle\nby Martha Hudson\n\n"
        "The kettle had opinions, and that evening it had company.\n\n"
        "Holmes listened to it with his eyes shut; Watson only wanted his tea.\n"
    ),
}


@dataclass(frozen=True)
class Ran:
    """What a command wrote and how it ended."""

    code: int
    written: bytes
    told: str

    @property
    def out(self) -> str:
        return self.written.decode("utf-8")

    @property
    def records(self) -> list[dict[str, Any]]:
        """Its lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


def type_here(capture: pytest.CaptureFixture[bytes], *words: object) -> Ran:
    """Run a command in this process, on the archive of the test."""
    capture.readouterr()
    code = main([str(word) for word in words])
    written, told = capture.readouterr()
    return Ran(code, written, told.decode("utf-8"))


def type_alone(
    data: Path, *words: object, stdin: bytes = b"", environ: Mapping[str, str] | None = None
) -> Ran:
    """Run a command in a process of its own, on an archive of its own in `data`."""
    done = subprocess.run(
        [*HOGARTH, *map(str, words)],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env=environment(data, environ),
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def environment(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a command that runs alone sees: SQLite, whatever the suite itself runs on."""
    return {**os.environ, "HOGARTH_DATABASE": "sqlite", "HOGARTH_DATA": str(data), **(more or {})}


def write_stories(folder: Path) -> Path:
    """A folder with two stories."""
    folder.mkdir(exist_ok=True)
    for name, text in STORIES.items():
        (folder / name).write_text(text, "utf-8")
    return folder
