"""The engine: any set of repairs can be done, and not done, over any canonical text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hogarth.errors import Invalid
from hogarth.manuscript import Chapter, Manuscript, clean, plain_text
from hogarth.restoration import Repair, choose, from_row, restore, to_row
from hogarth.restoration.repairs import FIELDS, KINDS
from hogarth.restoration.text_map import map_text

PIECES = (
    "<p>", "</p>", "<em>", "</em>", "<strong>", "</strong>", "<br>", "<br><br>", "<hr>", "<ul><li>",
    "</li></ul>", "<blockquote>", "</blockquote>", "<h2>", "</h2>", "&nbsp;", "&amp;", "&lt;",
    "<ruby>漢<rt>かん</rt></ruby>", "<p>&nbsp;</p>", '<p class="x">', '<a href="#a">', "</a>",
    "Alice fell.", " ", "“Curiouser!” ", "down, down ", "\n", "***", "-- ", "Kapitän ", "אליס ",
    "不思議", '<p id="b">', "<table><tr><td>", "</td></tr></table>", "<pre>", "</pre>",
)  # fmt: skip

HTML = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(
    lambda pieces: clean("".join(pieces))
)


def work(html: str) -> Manuscript:
    return Manuscript("Down", (Chapter(1, html),))


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Repair]]:
    html = draw(HTML)
    text = plain_text(html)
    repairs = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        repairs.append(
            Repair(
                code="m-hand",
                kind=draw(st.sampled_from(KINDS)),
                chapter=0,
                start=start,
                end=end,
                before=text[start:end],
                after=draw(st.sampled_from(("", " ", "x", "<b>", "“"))),
                certainty=draw(st.sampled_from((0.5, 0.95))),
                field=draw(st.sampled_from(FIELDS)),
                group=str(number % 2),
            )
        )
    return html, repairs


@given(HTML)
def test_the_map_shows_the_text_and_the_way_back(html: str) -> None:
    mapped = map_text(html)
    assert mapped.text == plain_text(html)
    for piece in mapped.pieces:
        if piece.linear:
            shown = mapped.text[piece.text_start : piece.text_end]
            assert html[piece.html_start : piece.html_end] == shown
    assert all(a.text_end <= b.text_start for a, b in pairwise(mapped.pieces))


@settings(max_examples=300)
@given(cases(), st.data())
def test_any_set_of_repairs_can_be_done(
    case: tuple[str, list[Repair]], data: st.DataObject
) -> None:
    html, repairs = case
    some = data.draw(st.lists(st.sampled_from(repairs), unique=True)) if repairs else []
    restored = restore(work(html), some)
    for text in (restored.chapters[0].html, restored.notes or "", restored.summary or ""):
        assert clean(text) == text
    assert restore(work(html), some) == restored


@given(HTML)
def test_nothing_to_do_changes_nothing(html: str) -> None:
    given = work(html)
    assert restore(given, []) is given


@settings(max_examples=300)
@given(cases())
def test_breaks_and_joins_change_white_space_alone(case: tuple[str, list[Repair]]) -> None:
    html, repairs = case
    spaces = [
        repair
        for repair in repairs
        if repair.kind == "break" or (repair.kind == "join" and not repair.after.strip())
    ]
    spaces = [repair for repair in spaces if not repair.before.strip()]
    restored = restore(work(html), spaces)
    # A rule is not a word: joining may not reach over one, breaking may come to stand beside it.
    before = plain_text(html).replace("*", "").split()
    after = restored.chapters[0].text.replace("*", "").split()
    assert "".join(after) == "".join(before)


def one(html: str, kind: str, start: int, end: int, after: str = "", field: str = "") -> Manuscript:
    text = plain_text(html)
    repair = Repair("m-hand", kind, 0, start, end, text[start:end], after, 1.0, field)  # type: ignore[arg-type] # the tests name kinds as they are written
    return restore(work(html), [repair])


@pytest.mark.parametrize(
    ("html", "kind", "start", "end", "after", "restored"),
    [
        ("<p>Itâ€™s late.</p>", "replace", 2, 5, "’", "<p>It’s late.</p>"),
        ("<p>a<em>bc</em>d</p>", "replace", 0, 3, "<x>", "<p>&lt;x&gt;d</p>"),
        ("<p>One. Two.</p>", "break", 4, 5, "", "<p>One.</p>\n<p>Two.</p>"),
        (
            '<p class="center"><em>One. Two.</em></p>', "break", 4, 5, "",
            '<p class="center"><em>One.</em></p>\n<p class="center"><em>Two.</em></p>',
        ),
        ("<p>One<br/>two</p>", "join", 3, 4, " ", "<p>One two</p>"),
        ("<p>One</p>\n<p>two</p>", "join", 3, 5, " ", "<p>One two</p>"),
        ("<p>won-<br/>der</p>", "join", 3, 5, "", "<p>wonder</p>"),
        ("<p>A</p>\n<p>oOo</p>\n<p>B</p>", "scene-break", 3, 6, "", "<p>A</p>\n<hr/>\n<p>B</p>"),
        ("<p>One. *** Two.</p>", "scene-break", 4, 9, "", "<p>One.</p>\n<hr/>\n<p>Two.</p>"),
        ("<p>One.</p>\n<p>836</p>\n<p>Two.</p>", "replace", 6, 9, "", "<p>One.</p>\n<p>Two.</p>"),
        ("<ul><li>One. Two.</li></ul>", "break", 4, 5, "", "<ul><li>One.<br/>Two.</li></ul>"),
    ],
)  # fmt: skip
def test_each_kind(html: str, kind: str, start: int, end: int, after: str, restored: str) -> None:
    assert one(html, kind, start, end, after).chapters[0].html == restored


def test_what_is_moved_goes_into_its_field() -> None:
    html = "<p>The Organ A/N: <em>Not</em> mine.</p>\n<p>Thanks!</p>\n<p>It was noon.</p>"
    moved = one(html, "move", 10, 33, field="notes")
    assert moved.notes == "<p>A/N: <em>Not</em> mine.</p>\n<p>Thanks!</p>"
    assert moved.chapters[0].html == "<p>The Organ</p>\n<p>It was noon.</p>"
    titled = one(html, "move", 0, 9, after="The Organ", field="title")
    assert titled.title == "The Organ"
    assert titled.chapters[0].text.startswith("A/N: Not mine.")


def test_what_a_person_turned_over_counts() -> None:
    sure = Repair("m-hand", "replace", 0, 0, 1, "a", "b", 0.95)
    unsure = Repair("m-hand", "replace", 0, 2, 3, "c", "d", 0.5)
    assert choose([sure, unsure]) == [sure]
    assert choose([sure, unsure], {sure.key, unsure.key}) == [unsure]


def test_rows_come_back() -> None:
    repair = Repair("m-hand", "move", 2, 0, 4, "Fini", "", 1.0, "end_notes", "g")
    assert from_row(to_row(repair)) == repair
    for wrong in ({}, {**to_row(repair), "kind": "x"}, {**to_row(repair), "start": -1}):
        with pytest.raises(Invalid):
            from_row(wrong)
