"""Every golden folder is read as its expected.json says.

`HOGARTH_REWRITE_GOLDEN=1` writes what is read now; a person then looks at the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from intake_cases import REWRITE, cases, read_input

from hogarth.errors import Unreadable
from hogarth.intake import REFUSALS, read
from hogarth.manuscript import clean, from_json, to_json


def read_case(case: Path) -> dict[str, Any]:
    name, data = read_input(case)
    try:
        reading = read(data, name=name)
    except Unreadable as error:
        return {"refused": error.code, "message": error.message, "hint": error.hint}
    return {
        "reader": reading.reader,
        "evidence": {evidence.fact: evidence.detail for evidence in reading.evidence},
        "problems": [[p.code, p.detail] for p in reading.problems],
        "manuscripts": [to_json(manuscript) for manuscript in reading.manuscripts],
    }


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_reading(case: Path) -> None:
    got = read_case(case)
    expected = case / "expected.json"
    if REWRITE:
        expected.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert got == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_what_is_read_is_canonical(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    if "refused" in expected:
        assert expected["refused"] in REFUSALS
        return
    name, data = read_input(case)
    for manuscript in read(data, name=name).manuscripts:
        assert from_json(to_json(manuscript)) == manuscript
        texts = [manuscript.summary, manuscript.notes, manuscript.end_notes]
        for chapter in manuscript.chapters:
            # A chapter may be empty; what else is empty is None.
            texts += [chapter.html or None, chapter.summary, chapter.notes, chapter.end_notes]
        for text in texts:
            assert text is None or (text and clean(text) == text)
