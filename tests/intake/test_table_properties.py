"""Whatever bytes a table holds, it is read or refused; what a program wrote comes back."""

from __future__ import annotations

import csv
import io
import json
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_table import LETTERS, PROSE, SEA, table_of

from hogarth.errors import HogarthError
from hogarth.intake import read

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_WORDS_LINE = 'fog lamp squid said “never” naïve Übung река 海 x\'y a,b c;d e|f 3,000 <3 & "mark"'
_WORDS = st.sampled_from(_WORDS_LINE.split())
_LINES = st.lists(_WORDS, min_size=12, max_size=24).map(" ".join)
_TEXTS = st.lists(_LINES, min_size=8, max_size=14).map("\n\n".join)
_TITLES = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)


@SOME
@given(
    st.lists(st.tuples(_TITLES, _TEXTS), min_size=1, max_size=6, unique_by=lambda row: row[1]),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from((0, 1)),
)
def test_what_a_program_wrote_comes_back(
    rows: list[tuple[str, str]], delimiter: str, quoting: Literal[0, 1]
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting)
    writer.writerow(["Work ID", "Title", "Kudos", "Text"])
    writer.writerows([n, title, 3, text] for n, (title, text) in enumerate(rows))
    reading = read(buffer.getvalue().encode(), name="works.csv")
    assert reading.reader == "table"
    assert [work.title for work in reading.manuscripts] == [title for title, _ in rows]
    told = ["\n\n".join(chapter.text for chapter in w.chapters) for w in reading.manuscripts]
    assert told == [text for _, text in rows]


@SOME
@given(st.lists(st.tuples(_TITLES, _TEXTS), min_size=2, max_size=6, unique_by=lambda row: row[1]))
def test_lines_of_json_come_back(rows: list[tuple[str, str]]) -> None:
    lines = [json.dumps({"id": n, "title": t, "body": text}) for n, (t, text) in enumerate(rows)]
    reading = read("\n".join(lines).encode(), name="works.jsonl")
    assert [work.title for work in reading.manuscripts] == [title for title, _ in rows]
    assert [work.chapters[0].text for work in reading.manuscripts] == [text for _, text in rows]


_CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [PROSE, LETTERS, SEA, f"<p>{PROSE}</p>", "", "null", "['a', 'b']", "[", "1/1", "2001-01-01",
         "https://archiveofourown.org/works/1", '"', "\n", "Explicit", "12", "title", "text"]
    ),
)  # fmt: skip
_NAMES = st.sampled_from(
    ["title", "text", "body", "id", "author", "chapter", "chapters", "chapter 1", "paragraph",
     "tags", "series", "status", "words", "url", "", "Fandom(s)", "x", "story", "notes"]
)  # fmt: skip


@SOME
@given(
    st.lists(_NAMES, max_size=8),
    st.lists(st.lists(_CELLS, max_size=9), max_size=12),
    st.sampled_from([",", "\t", ";", "|"]),
    st.integers(0, 60),
)
def test_any_table_is_read_or_refused(
    names: list[str], rows: list[list[str]], delimiter: str, cut: int
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, escapechar="\\")
    writer.writerows([names, *rows])
    data = buffer.getvalue().encode("utf-8", "surrogatepass")
    for tried in (data, data[: len(data) - cut], data[cut:]):
        _try(tried, "works.csv")


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _CELLS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(st.one_of(_NAMES, st.text(max_size=5)), inner)
    ),
    max_leaves=30,
)


@SOME
@given(_JSON)
def test_any_json_is_read_or_refused(value: object) -> None:
    _try(json.dumps(value).encode(), "works.json")
    _try(b"\n".join([json.dumps(value).encode()] * 3), "works.jsonl")


def _try(data: bytes, name: str) -> None:
    try:
        reading = read(data, name=name)
    except HogarthError:
        return
    for manuscript in reading.manuscripts:
        assert manuscript.title
        numbers = [chapter.number for chapter in manuscript.chapters]
        assert numbers == sorted(set(numbers))
    places = {problem.manuscript for problem in reading.problems}
    assert not places or max(places) < len(reading.manuscripts)


def test_the_tables_here_are_tables() -> None:
    text = table_of([["title", "text"], ["Rain", LETTERS]])
    assert read(text.encode(), name="a.csv").reader == "table"
