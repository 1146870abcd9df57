"""What holds of every input, however nasty."""

from __future__ import annotations

import re

import pytest
from canonical import check_canonical
from hypothesis import given
from hypothesis import strategies as st

from hogarth.manuscript import Newlines, blocks, clean, count_words, plain_text
from hogarth.manuscript.markup.table import ELEMENTS, SWALLOWED

NAMES = sorted({*ELEMENTS, *SWALLOWED, "iframe", "button", "textarea", "picture", "nobr", "o:p"})
ATTRIBUTES = (
    ' class="u-letter center"',
    " class=letter",
    " align=center",
    " id=one",
    " id=two",
    " name=one",
    " href=#one",
    ' href="https://there.example/a b"',
    " href=javascript:alert(1)",
    ' src="https://there.example/cat.png"',
    ' src="assets/cat.png"',
    " alt='A \"cat\" <b>'",
    ' style="font-style: italic; text-align: right"',
    ' style="font-weight: normal; vertical-align: super"',
    " title='x & y'",
    " dir=rtl",
    " lang=fr",
    " span=2",
    " colspan=3",
    " size=5",
    " open",
    " onclick=alert(1)",
    ' title="',
)
TEXTS = (
    *("alice", "a b", " ", "\n", "\n\n", "\n\n\n", "\r\n", "\t", " y", "z ", "a\nb"),
    *("&nbsp;", "\u00a0", "\u3000", "\u200b", "\ufeff", "&amp;", "&lt;b&gt;", "&#1;", "&#13;"),
    *(
        "\x00",
        "\x0b",
        "\x96",
        "\ud800",
        "\ufffe",
        "<",
        ">",
        '"',
        "'",
        "&",
        "<!-- c -->",
        "<![CDATA[",
    ),
)

start_tags = st.builds(
    lambda name, attributes: f"<{name}{''.join(attributes)}>",
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=2),
)
end_tags = st.sampled_from(NAMES).map(lambda name: f"</{name}>")
pieces = st.one_of(start_tags, end_tags, st.sampled_from(TEXTS), st.text(max_size=8))
nasty_html = st.lists(pieces, max_size=16).map("".join)
modes = st.sampled_from(("space", "break"))

lines = st.lists(
    st.sampled_from(
        ("alice", "a b", " ", "\n", "\u00a0", "<em>", "</em>", "<i>", "</i>", "<br>", "x ", " y")
    ),
    max_size=12,
).map("".join)


@given(nasty_html, modes, st.sampled_from(("", "c2-")))
def test_the_outcome_is_canonical_and_stays_so(html: str, newlines: Newlines, ids: str) -> None:
    cleaned = clean(html, newlines=newlines, ids=ids)
    check_canonical(cleaned)
    assert clean(cleaned, newlines="space", ids=ids) == cleaned
    assert clean(cleaned, newlines="break", ids=ids) == cleaned
    assert clean(cleaned) == cleaned


@given(lines)
def test_a_plain_paragraph_is_written_alike_by_the_short_way_and_the_long(inner: str) -> None:
    short = clean(f"<p>{inner}</p>")
    long = clean(f"<p><span></span>{inner}</p>")
    assert short == long


@given(nasty_html)
def test_texts_and_measures_agree(html: str) -> None:
    cleaned = clean(html)
    texts = blocks(cleaned)
    assert all(text == text.strip(" \n\t") for text in texts)
    assert plain_text(re.sub("<hr[^>]*/>", "", cleaned)) == "\n\n".join(texts)
    assert count_words(cleaned) == sum(
        count_words(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>") for text in texts
    )


@pytest.mark.parametrize("newlines", ["space", "break"])
@pytest.mark.parametrize(
    "block",
    [
        '<p class="letter">one <em>two</em><br>three</p>',
        "<blockquote><p>a</p><p>b <b>c</b></p></blockquote>",
        "<ul><li>a<li>b<ul><li>c</ul></ul>",
        "<table><tr><td>a<td>b</table>",
        '<font size="5">a<p>b</font>c</p>',
        '<p>a <a href="https://there.example">b</a> <img src="assets/c.png" alt="d">',
        '<h2>a</h2>b<br>c<hr><script>alert("x")</script><!-- e -->',
    ],
)
def test_long_texts_are_cleaned_as_short_ones_are(block: str, newlines: Newlines) -> None:
    """Above some thousand tags the input is bounded first; nothing must show of it."""
    times = 3_000
    once = clean(block, newlines=newlines)
    assert clean(block * times, newlines=newlines) == "\n".join([once] * times)
