"""An import that is killed at any moment and started again ends as if it had never been killed.

HOGARTH_KILLS says how often (6, unless told otherwise), HOGARTH_KILLS_SEED where the dice begin.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hogarth.works.originals import FOLDER
from hogarth.works.store import DRAFT, digest_of

KILLS = int(os.environ.get("HOGARTH_KILLS", "6"))
SEED = int(os.environ.get("HOGARTH_KILLS_SEED", "1895"))
_LONGEST = 120.0
#: What differs between two archives of the same works.
_IDS_AND_TIMES = ("id", "changed")

#: What `works --json` does not tell: texts, versions, witnesses, the change log, the pictures.
_TELL = """
import django, json
django.setup()
from collections import Counter
from hogarth.manuscript import to_json
from hogarth.people.operations import ensure_owner
from hogarth.works import access, queries
from hogarth.works.keeping import check
from hogarth.works.models import Change
viewer = access.viewer_of(ensure_owner())
told = []
for blurb in queries.list_works(viewer=viewer, size=1000):
    about = queries.about(blurb.id, viewer=viewer)
    told.append({
        "manuscript": to_json(queries.manuscript_of(blurb.id, viewer=viewer)),
        "first": to_json(queries.manuscript_of(blurb.id, viewer=viewer, version=1)),
        "versions": [(row.number, row.kind, row.chapters) for row in about.versions],
        "witnesses": [(row.digest, row.place, row.reader) for row in about.witnesses],
        "provenance": about.provenance,
    })
kinds = Counter(Change.objects.values_list("kind", flat=True))
broken = [f.sentence for f in check() if f.level == "broken"]
print(json.dumps([sorted(told, key=json.dumps), sorted(kinds.items()), broken]))
"""


@dataclass(frozen=True)
class Archive:
    """An archive that only subprocesses open."""

    data: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    def hogarth(self, *arguments: str) -> str:
        return self.run("-m", "hogarth.cli", *arguments)

    def start_import(self, folder: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "hogarth.cli", "import", "--json", str(folder)],
            env=dict(self.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def originals(self) -> list[Path]:
        return [path for path in (self.data / FOLDER).glob("*/*") if path.is_file()]

    def tell(self) -> dict[str, Any]:
        """Everything in the archive but ids and times."""
        works = [json.loads(line) for line in self.hogarth("works", "--json").splitlines()]
        for work in works:
            for key in _IDS_AND_TIMES:
                del work[key]
        kept = [path for path in self.originals() if not path.name.startswith(DRAFT)]
        for path in kept:
            assert digest_of(path.read_bytes()) == path.parent.name + path.name
        texts, changes, broken = json.loads(self.run("-c", _TELL))
        return {
            "works": sorted(works, key=json.dumps),
            "texts": texts,
            "changes": changes,
            "broken": broken,
            "originals": sorted(path.parent.name + path.name for path in kept),
        }


@pytest.fixture
def make_archive(tmp_path: Path) -> Any:
    """Archives on the database of this test run, each in a database of its own."""

    def make(name: str) -> Archive:
        environment = {
            **os.environ,
            "HOGARTH_DATA": str(tmp_path / name),
            "DJANGO_SETTINGS_MODULE": "hogarth.settings",
        }
        if "HOGARTH_DATABASE" in environment:
            environment["HOGARTH_DATABASE"] = _make_database(name)
        return Archive(tmp_path / name, environment)

    return make


def _make_database(name: str) -> str:
    """An empty database in the cluster of this test run. Shape: what HOGARTH_DATABASE says."""
    import psycopg

    unique = f"kills_{name}_{os.getpid()}"
    with psycopg.connect(user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{unique}"'.encode())
    return f"postgresql://postgres@/{unique}"


def _write_folder(folder: Path, dice: random.Random, count: int) -> None:
    """Stories, chapters one by one, copies, later copies, a zip and files that hold none."""
    folder.mkdir()
    words = ["stair", "Holmes", "Watson", "counted", "again", "seventeen", "fog", "landlady"]

    def page(title: str, chapters: int, seed: int) -> str:
        own = random.Random(seed)
        text = [f"<title>{title}</title><h1>{title}</h1>"]
        for chapter in range(1, chapters + 1):
            text.append(f"<h2>Chapter {chapter}</h2>")
            text += (f"<p>{' '.join(own.choices(words, k=60)).capitalize()}.</p>" for _ in range(6))
        return "".join(text)

    with zipfile.ZipFile(folder / "packed.zip", "w") as packed:
        for number in range(count):
            chapters = dice.randint(2, 5)
            content = page(f"Stair {number}", chapters, number)
            if number % 7 == 0:
                packed.writestr(f"story {number}.html", content)
            else:
                (folder / f"{number:03} story.html").write_text(content, "utf-8")
            if number % 5 == 0:  # a later copy with more chapters
                later = page(f"Stair {number}", chapters + 2, number)
                (folder / f"{number:03} story, later.html").write_text(later, "utf-8")
            if number % 9 == 0:  # the same bytes twice
                (folder / f"{number:03} copy.html").write_text(content, "utf-8")
            if number % 11 == 0:
                (folder / f"{number:03} nothing.txt").write_bytes(b"")


def _kill_somewhere(archive: Archive, folder: Path, dice: random.Random, whole: float) -> str:
    """Start an import and kill it: at some time, or just when a new original is being written."""
    before = len(archive.originals())
    started = time.monotonic()
    process = archive.start_import(folder)
    if dice.random() < 0.5:
        moment, wanted = dice.uniform(0.0, whole * 1.1), 1 << 30
    else:
        moment, wanted = whole * 3, before + dice.choice([1, 1, 2, 8, 30, 64, 65])
    while process.poll() is None and time.monotonic() - started < moment:
        if len(archive.originals()) >= wanted:
            time.sleep(dice.uniform(0.0, 0.03))
            break
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    code = process.wait(_LONGEST)
    return "killed" if code == -signal.SIGKILL else f"ended with {code}"


def test_killed_imports_end_as_one_that_was_not_killed(tmp_path: Path, make_archive: Any) -> None:
    dice = random.Random(SEED)
    folder = tmp_path / "fics"
    _write_folder(folder, dice, 30 + 4 * KILLS)
    clean = make_archive("clean")
    began = time.monotonic()
    clean.hogarth("import", "--json", str(folder))
    whole = time.monotonic() - began
    expected = clean.tell()
    assert expected["broken"] == []
    assert len(expected["works"]) == 30 + 4 * KILLS

    killed = make_archive("killed")
    ends = [_kill_somewhere(killed, folder, dice, whole) for _ in range(KILLS)]
    assert "killed" in ends, "every import was done before it could be killed"
    killed.hogarth("import", "--json", str(folder))
    assert killed.tell() == expected, f"seed {SEED}: {ends}"

    again = [json.loads(line) for line in killed.hogarth(
        "import", "--json", str(folder)
    ).splitlines()]  # fmt: skip
    assert {outcome["outcome"] for outcome in again} == {"duplicate", "refused"}
    assert killed.tell() == expected
