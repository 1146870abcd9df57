"""Markdown and the facts above it: what is recognised, what is kept."""

from __future__ import annotations

import time

import pytest

from hogarth.intake import read
from hogarth.intake.facts import Facts
from hogarth.intake.front_matter import read_front_matter, state_front_matter
from hogarth.manuscript import Manuscript

STORY = "The captain played the organ only when the sea was quite still, and never at noon."


def work(text: str, name: str = "x.md") -> Manuscript:
    reading = read(text.encode(), name=name)
    assert reading.reader == "markdown"
    return reading.manuscripts[0]


def html(text: str) -> str:
    """What becomes of the text below a title."""
    return work(f"# Noon\n\n{STORY}\n\n{text}\n").chapters[0].html.partition("</p>\n")[2]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (STORY, "a.md"),
        (f"---\ntitle: Noon\n---\n{STORY}", "a.txt"),
        (f"+++\ntitle = 'Noon'\n+++\n{STORY}", "a"),
        (f"# Chapter 1\n\n{STORY}\n\n# Chapter 2\n\n{STORY}", "a.txt"),
        (f"# Noon\n\n{STORY}\n\n**Never**, said [he](https://example.com/).", "a.txt"),
    ],
)
def test_what_is_markdown(text: str, name: str) -> None:
    assert read(text.encode(), name=name).reader == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        f"*Noon*\n\n{STORY}\n\n* * *\n\n_{STORY}_\n\n***\n\nNever.",
        f"---\n\n{STORY}\n\n---\n\nNever: he said.",
        f"---\n{STORY}\n---\nNever.",
        f"# 1\n\n{STORY}\n\n# 2\n\n{STORY}",
        f"Title: Noon\n\n- Hello, said he.\n\n- Never.\n\n{STORY}",
    ],
)
def test_what_stays_plain_text(text: str) -> None:
    assert read(text.encode(), name="a.txt").reader == "plain-text"


def test_a_page_is_a_page_whatever_it_is_called() -> None:
    page = f"<html><body><h1>Noon</h1><p>{STORY}</p></body></html>"
    assert read(page.encode(), name="a.md").reader == "html-page"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*so* and **so**", "<p><i>so</i> and <b>so</b></p>"),
        ("one  \ntwo\\\nthree\nfour", "<p>one<br/>two<br/>three four</p>"),
        (r"\*stars\* &amp; <b>bold</b>", "<p>*stars* &amp; <b>bold</b></p>"),
        ("Never.\n---\nOnce.", "<p>Never.</p>\n<hr/>\n<p>Once.</p>"),
        ("~~~\n\nNever.\n\n~~~", "<p>~~~</p>\n<p>Never.</p>\n<p>~~~</p>"),
        ("one\n*\ntwo", "<p>one</p>\n<p>*</p>\n<p>two</p>"),
        ("    indented\n\nNever.", "<p>indented</p>\n<p>Never.</p>"),
        ("```\na  b\n```", "<pre>a  b\n</pre>"),
        ("[x](javascript:x)", "<p>[x](javascript:x)</p>"),
        ("3. three\n4. four", '<ol start="3"><li><p>three</p></li><li><p>four</p></li></ol>'),
    ],
)
def test_markup(text: str, expected: str) -> None:
    assert html(text) == expected


def test_notes_go_below_the_chapter_that_refers_to_them() -> None:
    chapters = f"# Chapter 1\n\n{STORY}[^a]\n\n# Chapter 2\n\n{STORY}[^b] [^none]\n\n"
    first, second = work(f"{chapters}[^b]: Two.\n[^a]: *One.*\n").chapters
    assert first.text.endswith("2 One.")
    assert second.text.endswith("1 Two.")
    assert "[^none]" in second.text


def test_lines_that_are_paragraphs() -> None:
    lines = "\n".join([STORY * 2] * 5)
    assert work(f"# Noon\n{lines}\n").chapters[0].paragraphs == 5


def test_names_with_a_comma_in_a_list() -> None:
    facts = Facts()
    matter = read_front_matter(["---", "tags: [a, 'b, c']", "---"])
    assert matter is not None
    state_front_matter(facts, matter)
    assert [tag.name for tag in facts.tags] == ["a", "b, c"]


@pytest.mark.parametrize(
    ("block", "values"),
    [
        (["---", "Title: Noon", "---"], {"title": ["Noon"]}),
        (["---", 'title: "No\\"on"', "..."], {"title": ['No"on']}),
        (["---", "a:", "  - x", "  - 'y z'", "---"], {"a": ["x", "y z"]}),
        (["---", "a:", "- name: X", "  url: y", "---"], {"a": ["X url: y"]}),
        (["---", "a: >-", "  one", "  two", "b: |", "  one", "  two", "---"], None),
        (["---", "a: ~", "b: null", "c:", "---"], {}),
        (["---", "just words", "---"], {}),
        (["---", "a: b"], {}),
        (["% Noon", "% Ada; Bo", "% 2020-01-02"], None),
        (["+++", "a = [1, 'x']", "+++"], {"a": ["1", "x"]}),
        (["+++", "a = ", "+++"], {}),
        ([], {}),
    ],
)
def test_facts_above_a_text(block: list[str], values: dict[str, list[str]] | None) -> None:
    matter = read_front_matter(block)
    if values is None:
        assert matter is not None
        assert matter.lines == len(block)
    elif values:
        assert matter is not None
        assert matter.values == values
    else:
        assert matter is None


def test_folded_and_literal_values() -> None:
    matter = read_front_matter(["---", "a: >", "  one", "  two", "b: |", "  one", "  two", "---"])
    assert matter is not None
    assert matter.values == {"a": ["one two"], "b": ["one\ntwo"]}


@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000 + " deep",
        "".join(" " * (2 * depth) + "- deep\n" for depth in range(1_000)),
        "[" * 20_000 + " deep",
        "*a **b " * 10_000 + " deep",
        "<div>" * 10_000 + " deep",
    ],
)
def test_hostile_nesting(text: str) -> None:
    begin = time.process_time()
    assert "deep" in work(f"# Noon\n\n{STORY}\n\n{text}\n").chapters[0].text
    assert time.process_time() - begin < 20
