"""Every golden folder is repaired as its expected.json says.

`HOGARTH_REWRITE_GOLDEN=1` writes what is done now; a person then looks at the difference.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from hogarth.intake import read
from hogarth.manuscript import Chapter, Manuscript, clean
from hogarth.restoration import CODES, choose, find_repairs, restore, to_row

FOLDER = Path(__file__).parents[1] / "golden" / "restoration"
REWRITE = os.environ.get("HOGARTH_REWRITE_GOLDEN") == "1"
CASES = sorted(path for path in FOLDER.glob("*") if path.is_dir())


def given_in(case: Path) -> tuple[Manuscript, list[str]]:
    """The work of a case and what reading found wrong with it."""
    (path,) = case.glob("input.*")
    if path.suffix == ".html":
        page = path.read_text("utf-8")
        titled = re.search("<title>(.*?)</title>", page)
        title = titled[1] if titled else case.name
        return Manuscript(title, (Chapter(1, clean(page)),)), []
    reading = read(path)
    return reading.manuscripts[0], [problem.code for problem in reading.problems]


def repair_case(case: Path) -> dict[str, Any]:
    manuscript, problems = given_in(case)
    repairs = find_repairs(manuscript, problems=problems)
    assert {repair.code for repair in repairs} <= set(CODES)
    restored = restore(manuscript, choose(repairs))
    everything = restore(manuscript, repairs)
    for work in (restored, everything):
        for chapter in work.chapters:
            assert clean(chapter.html) == chapter.html
    return {
        "repairs": [to_row(repair) for repair in repairs],
        "title": restored.title,
        "authors": list(restored.credited()),
        "summary": restored.summary,
        "notes": restored.notes,
        "end_notes": restored.end_notes,
        "chapters": [
            {
                "title": chapter.title,
                "notes": chapter.notes,
                "end_notes": chapter.end_notes,
                "html": chapter.html.split("\n"),
            }
            for chapter in restored.chapters
        ],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_restoring(case: Path) -> None:
    got = repair_case(case)
    expected = case / "expected.json"
    if REWRITE:
        expected.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert got == json.loads(expected.read_text(encoding="utf-8"))


def test_every_code_has_a_case() -> None:
    seen = {
        repair.code
        for case in CASES
        for repair in find_repairs(given_in(case)[0], problems=given_in(case)[1])
    }
    assert set(CODES) - {"m-hand"} <= seen
