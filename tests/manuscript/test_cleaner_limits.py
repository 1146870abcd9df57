"""Hostile input: nothing is slow, nothing grows, nothing falls over.

The bounds are far above what is needed and far below what an unbounded parser takes.
"""

from __future__ import annotations

import time

import pytest
from canonical import check_canonical

from hogarth.manuscript import clean, count_words, plain_text

#: Nesting that costs a parser alone many seconds.
MANY = 100_000
HOSTILE = {
    "nested blocks": "<div>" * MANY + "x",
    "nested blocks, closed": '<div class="a">' * MANY + "x" + "</div>" * MANY,
    "nested emphasis": "<b>" * MANY + "x",
    "nested lists": "<ul><li>" * MANY,
    "nested tables": "<table><tr><td>" * (MANY // 2),
    "nested quotes": "<blockquote>x" * MANY,
    "end tags that close nothing": "</div>" * MANY,
    "crossed tags": "<b><i></b>" * MANY,
    "tags closed behind a table": "<div><table><tr><td></div></table>" * (MANY // 3),
    "tags closed in comments": "<div><!--</div>-->" * (MANY // 2),
    "tags closed in values": "<div title='</div>'>" * (MANY // 2),
    "tags closed in raw text": "<textarea></div></textarea><div>" * (MANY // 2),
    "unclosed comments": "<!--" * MANY,
    "unclosed scripts": "<script>" * MANY,
    "unclosed drawings": "<svg>" * MANY,
    "unclosed frames": "<iframe src=x>" * MANY,
    "unclosed quotes": '<a x="' * MANY,
    "quotes of both kinds": "<a x=\"<b y='" * MANY,
    "newlines in emphasis": "<b>" + "<i class=x>" * 20 + "a\n\n" * (MANY // 4),
    "signs": "<" * MANY,
    "list items without a list": "<li>x" * MANY,
    "breaks": "a<br>" * MANY,
    "places": "".join(f"<a name=x{n}></a>" for n in range(MANY // 2)) + "<p>y",
    "fonts without a name": "<p style='" + "font-family:" * MANY + "'>x",
    "attributes": "<p " + " ".join(f"a{n}" for n in range(MANY)) + ">x",
    "emphasis opened again in each block": "<p>"
    + "".join(f"<b class=c{n}>" for n in range(1_000))
    + "<p>x" * 50_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_costs_little(html: str) -> None:
    begin = time.process_time()
    cleaned = clean(html, newlines="break")
    count_words(cleaned)
    plain_text(cleaned)
    assert time.process_time() - begin < 8
    assert len(cleaned) < 8_000_000


@pytest.mark.parametrize("tag", ["div class=aa", "blockquote", "ul><li", "b class=aa", "sub"])
def test_nesting_of_the_outcome_is_shallow(tag: str) -> None:
    """An XML parser refuses 256 levels; a page has no use for fifty."""
    cleaned = clean(f"<{tag}>x" * 300)
    check_canonical(cleaned)
    assert plain_text(cleaned).count("x") == 300


def test_megabytes_take_seconds() -> None:
    html = ("<p>" + "down the <em>rabbit</em> hole " * 40 + "</p>\n") * 2_000
    begin = time.process_time()
    cleaned = clean(html)
    assert time.process_time() - begin < 10
    assert count_words(cleaned) == 4 * 40 * 2_000


@pytest.mark.parametrize(
    "given",
    [
        "<ul>" * 30 + "<blockquote><p>deep</p></blockquote>",
        "<ul>" * 60 + "<blockquote><p>deep</p></blockquote>",
        "<ul><li>" * 20 + "<ul>loose" + "</ul></li></ul>" * 20,
        "<li>" * 60 + "<p>deep</p>",
        "<blockquote>" * 36 + "<table><tr><td>cell</td></tr></table>",
        "<blockquote>" * 39 + "<table><tr><td>cell</td></tr></table>",
        '<p id="a' + "<" * 150 + '">named</p>',
        '<p><a href="https://example.org{ {/path">nowhere</a></p>',
        '<p><a href="https://example.org/path{ {">somewhere</a></p>',
    ],
)
def test_what_is_cut_at_a_limit_stays_within_it(given: str) -> None:
    cleaned = clean(given)
    check_canonical(cleaned)
    assert clean(cleaned) == cleaned


def test_what_word_says_to_other_programs_changes_no_emphasis() -> None:
    given = "<p><i style='mso-bidi-font-style:normal'>Sea</i></p>"
    assert clean(given) == "<p><i>Sea</i></p>"
