"""A story's HTML in a page: pictures found, headings in order, every id once."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from hogarth.manuscript import clean
from hogarth.web.story import Setting, set_chapter
from hogarth.works.values import ChapterPage


def _placed(html: str, *, prefix: str = "c1-", level: int = 3) -> str:
    return str(Setting(7).place(html, prefix=prefix, level=level))


def test_pictures_are_fetched_from_the_work() -> None:
    placed = _placed(
        '<p><img alt="src=&quot;assets/x&quot;" src="assets/00ff00ff00ff00ff.png"/></p>'
    )
    assert 'src="/works/7/assets/00ff00ff00ff00ff.png"' in placed
    assert 'alt="src=&quot;assets/x&quot;"' in placed


def test_words_that_look_like_a_picture_stay_words() -> None:
    html = '<p>&lt;img src="assets/a.png"&gt; src="assets/b.png"</p>'
    assert _placed(html) == html


def test_headings_begin_under_ours_and_leave_no_level_out() -> None:
    html = "<h1>a</h1><h4>b</h4><h2>c</h2><h4>d</h4><h1>e</h1>"
    assert re.findall(r"<h(\d)>(\w)</h(\d)>", _placed(html)) == [
        ("3", "a", "3"), ("4", "b", "4"), ("4", "c", "4"), ("5", "d", "5"), ("3", "e", "3"),
    ]  # fmt: skip


def test_a_text_that_begins_deep_still_begins_at_the_top() -> None:
    assert _placed("<h5>a</h5><h3>b</h3>") == "<h3>a</h3><h3>b</h3>"


def test_headings_never_pass_the_sixth() -> None:
    html = "".join(f"<h{n}>x</h{n}>" for n in range(1, 7))
    assert re.findall(r"<h(\d)>", _placed(html, level=4)) == ["4", "5", "6", "6", "6", "6"]


def test_a_paragraph_of_spaces_alone_is_a_space() -> None:
    for html in ("<p>\u00a0</p>", "<p> \u00a0 \u00a0\n</p>", "<p>&nbsp;</p>"):
        assert _placed(html) == '<p class="space">\u00a0</p>'
    for html in ("<p> </p>", "<p>\u00a0x</p>"):
        assert _placed(html) == html


def test_a_million_spaces_hold_no_page_up() -> None:
    html = "<p>" + "\u00a0" * 1_000_000 + "x</p>"
    begin = time.process_time()
    assert _placed(html) == html
    assert time.process_time() - begin < 2


def test_footnotes_in_the_end_notes_are_reached_from_the_text() -> None:
    chapter = ChapterPage(
        id=5, number=2, title=None, summary=None, notes=None, words=1,
        html='<p id="n-back">a<a href="#n-one">1</a></p>',
        end_notes='<p id="n-one">b <a href="#n-back">back</a></p>',
    )  # fmt: skip
    set_ = set_chapter(chapter, Setting(7))
    assert 'href="#c2-n-one"' in set_.html
    assert 'id="c2-n-one"' in set_.end_notes
    assert 'href="#c2-n-back"' in set_.end_notes


def test_an_id_is_on_the_page_once() -> None:
    setting = Setting(7)
    first = setting.place('<p id="n-x">a</p>', prefix="c1-", level=3)
    again = setting.place('<p id="n-x">b</p>', prefix="c1-", level=3)
    other = setting.place('<p id="n-x">c</p>', prefix="c2-", level=3)
    assert (first, again, other) == (
        '<p id="c1-n-x">a</p>', "<p>b</p>", '<p id="c2-n-x">c</p>',
    )  # fmt: skip


def test_an_empty_paragraph_becomes_a_space() -> None:
    assert _placed("<p>a</p><p>\u00a0</p><p>b</p>") == (
        '<p>a</p><p class="space">\u00a0</p><p>b</p>'
    )


_PARTS = [
    "<p>",
    "</p>",
    "<h2>",
    "</h2>",
    '<a href="#x" name="y">',
    "</a>",
    "<hr>",
    "word ",
    "<",
    '<img src="assets/0011223344556677.png" alt=">">',
    '<b id="z" title="<p>">',
    "</b>",
]


@given(st.lists(st.sampled_from(_PARTS), max_size=30))
def test_whatever_is_canonical_keeps_its_words(parts: list[str]) -> None:
    html = clean("".join(parts))
    placed = _placed(html)
    strip = re.compile(r"<[^>]*>")
    assert strip.sub("", placed) == strip.sub("", html)
    assert html.count("<") == placed.count("<")
