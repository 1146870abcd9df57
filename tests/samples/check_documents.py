"""The three documents of the mission: `HOGARTH_SAMPLES=DIR make test-samples`.

They are other people's texts and not part of the project; the fixtures under tests/golden repeat
every trait of them. Facts alone are named here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = os.environ.get("HOGARTH_SAMPLES", "")
HOGARTH = Path(sys.executable).with_name("hogarth")


def _document(number: str) -> Path:
    found = sorted(Path(FOLDER).glob(f"{number}_*.txt")) if FOLDER else []
    assert found, "set HOGARTH_SAMPLES to the folder that holds the three documents"
    return found[0]


def _run(*words: str | Path, data: Path | None = None) -> bytes:
    place = ["--data", str(data)] if data else []
    return subprocess.run(
        [HOGARTH, *place, *map(str, words)], check=True, capture_output=True
    ).stdout


def _read(number: str) -> dict[str, Any]:
    line = _run("read", _document(number), "--json").decode()
    reading: dict[str, Any] = json.loads(line)
    return reading


def _text_of_paragraphs(html: str) -> list[str]:
    """Paragraphs by a way of its own: every p, tags away, those with something to see."""
    found = re.findall(r"<p(?: [^>]*)?>(.*?)</p>", html, flags=re.DOTALL)
    plain = [re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", "\n", text)) for text in found]
    return [text for text in plain if text.replace("\xa0", " ").strip()]


@pytest.mark.parametrize(("number", "paragraphs"), [("001", 55), ("002", 161)])
def test_fragments_keep_every_paragraph_in_order(number: str, paragraphs: int) -> None:
    reading = _read(number)
    assert reading["reader"] == "ao3-fragment"
    (chapter,) = reading["manuscript"]["chapters"]
    assert chapter["paragraphs"] == paragraphs
    raw = _document(number).read_text("utf-8")
    body = raw[raw.index('<div class="userstuff">') :]
    expected = [" ".join(text.split()) for text in _text_of_paragraphs(body)]
    kept = [" ".join(text.split()) for text in _text_of_paragraphs(chapter["html"])]
    assert kept == expected
    assert len(kept) == paragraphs


def test_what_stands_between_the_scenes_is_kept() -> None:
    first = _read("001")["manuscript"]["chapters"][0]["html"]
    assert re.search(r"<(em|i)>Many years later</\1>|\*Many years later\*", first)
    second = _read("002")["manuscript"]["chapters"][0]["html"]
    assert "<p>\xa0</p>" in second
    assert re.search(r'<a href="https://[^"]+" rel="nofollow">My Tumblr</a>', second)


def test_flat_text_is_read_byte_for_byte_and_flagged() -> None:
    reading = _read("000")
    assert reading["reader"] == "plain-text"
    manuscript = reading["manuscript"]
    assert manuscript["title"] == "Illusions"
    codes = {problem["code"] for problem in reading["problems"]}
    assert {"paragraphs-lost", "mojibake", "cut-off"} <= codes
    (paragraph,) = _text_of_paragraphs(manuscript["chapters"][0]["html"])
    shown = paragraph.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == _document("000").read_text("utf-8")


def test_all_three_import_and_give_their_bytes_back(tmp_path: Path) -> None:
    paths = [_document(number) for number in ("000", "001", "002")]
    lines = _run("import", *paths, "--json", data=tmp_path).decode().splitlines()
    outcomes = [json.loads(line) for line in lines]
    assert [row["outcome"] for row in outcomes] == ["imported"] * 3
    for row, path in zip(outcomes, paths, strict=True):
        kept = _run("show", str(row["work"]), "--original", data=tmp_path)
        assert hashlib.sha256(kept).digest() == hashlib.sha256(path.read_bytes()).digest()
    again = _run("import", *paths, "--json", data=tmp_path).decode().splitlines()
    assert [json.loads(line)["outcome"] for line in again] == ["duplicate"] * 3
