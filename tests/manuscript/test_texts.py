"""The words of canonical HTML: paragraphs and plain text."""

from __future__ import annotations

import pytest

from hogarth.manuscript import blocks, clean, count_paragraphs, plain_text

RULED = "\n\n***\n\n"


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("", []),
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("<p>a<br>b</p>", ["a\nb"]),
        ("<p>a</p><p>&nbsp;</p><p><br></p><p>b</p>", ["a", "b"]),
        ("<p>a</p><hr><p>b</p>", ["a", "b"]),
        ("<p>a <em>b</em> c</p>", ["a b c"]),
        ("<p>&lt;a&gt; &amp;amp;</p>", ["<a> &amp;"]),
        ("<p>\u00a0\u00a0a</p>", ["\u00a0\u00a0a"]),
        ("<h2>a</h2><pre>b\n\n  c</pre>", ["a", "b\n\n  c"]),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", ["a", "b", "c"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", ["a", "b"]),
        ("<table><caption>a</caption><tr><th>b<td>c<br><br>d</table>", ["a", "b", "c", "d"]),
        ('<figure><img src="assets/a.png"><figcaption>b</figcaption></figure>', ["b"]),
        ("<details><summary>a</summary>b</details>", ["a", "b"]),
        ("<blockquote><div class='letter'>a</div></blockquote>", ["a"]),
        ("<address>a</address>", ["a"]),
        ('<p><img src="assets/a.png" alt="b"></p>', []),
        ("<p>字<ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby></p>", ["字字(ji)"]),
        ("<p><ruby>字<rt>ji</rt></ruby></p>", ["字(ji)"]),
        ('<p>fog<img src="assets/a.png">gy</p>', ["foggy"]),
        ('<p title="a > b">c</p>', ["c"]),
        ("<p>a\u2028b</p>", ["a\u2028b"]),
    ],
)
def test_blocks(html: str, texts: list[str]) -> None:
    cleaned = clean(html)
    assert blocks(cleaned) == texts
    assert count_paragraphs(cleaned) == len(texts)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        ("<p>a</p><hr><p>b</p>", f"a{RULED}b"),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
        ("<blockquote>a<hr>b</blockquote>", f"a{RULED}b"),
        ('<hr class="letter"><p>a</p>', "***\n\na"),
    ],
)
def test_plain_text(html: str, text: str) -> None:
    assert plain_text(clean(html)) == text
