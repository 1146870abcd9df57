"""The cleaner where no fact of another tells: mapping, structure, ids, links, styles."""

from __future__ import annotations

from typing import Final, NamedTuple

import pytest
from canonical import check_canonical

from hogarth.manuscript import Newlines, clean

NBSP: Final = "\u00a0"
SPACER: Final = f"<p>{NBSP}</p>"


class Case(NamedTuple):
    about: str
    given: str
    cleaned: str
    newlines: Newlines = "space"


CASES: Final = (
    # what is mapped
    Case("font size", '<font size="+1">a</font>', '<p><span class="large">a</span></p>'),
    Case("font face", '<font face="Courier New">a</font>', '<p><span class="mono">a</span></p>'),
    Case("font colour", '<font color="red">a</font>', "<p>a</p>"),
    Case("teletype", "<tt>a</tt>", "<p><code>a</code></p>"),
    Case("middle", '<p align="middle">a</p>', '<p class="center">a</p>'),
    Case("left", '<p align="left">a</p>', "<p>a</p>"),
    Case("our classes", '<p class="center large">a</p>', '<p class="center large">a</p>'),
    Case("one alignment", '<p align="right" class="center">a</p>', '<p class="right">a</p>'),
    Case("kept class", '<p class="u-letter">a</p>', '<p class="u-letter">a</p>'),
    Case("no medium", '<p class="media">a</p>', "<p>a</p>"),
    Case("sections", "<section><header>a</header>b</section>", "<p>a</p>\n<p>b</p>"),
    Case("centred heading", "<center><h2>a</h2><hr></center>", '<h2 class="center">a</h2>\n<hr/>'),
    Case(
        "centred list",
        "<center><ul><li>a</ul></center>",
        '<div class="center"><ul><li>a</li></ul></div>',
    ),
    Case("form", "a<form>b<input>c</form>d", "<p>a</p>\n<p>bc</p>\n<p>d</p>"),
    Case("choices", "<select><option>1<option>2</select>a", "<p>a</p>"),
    Case("word processor", "<p class=MsoNormal>a<o:p></o:p></p>", '<p class="u-MsoNormal">a</p>'),
    Case("conditional comment", "<!--[if gte mso 9]><xml>x</xml><![endif]-->a", "<p>a</p>"),
    # styles that mean something
    Case("italic", '<span style="font-style:italic">a</span>', "<p><i>a</i></p>"),
    Case("bold", '<span style="font-weight: 700">a</span>', "<p><b>a</b></p>"),
    Case("not bold", '<b style="font-weight:normal">a</b>', "<p>a</p>"),
    Case("not italic", '<em style="font-style:normal">a</em>', "<p>a</p>"),
    Case("italic once", '<em style="font-style:italic">a</em>', "<p><em>a</em></p>"),
    Case(
        "all at once",
        '<p style="text-align:center;font-style:italic">a <span style="text-decoration:'
        'underline line-through">b</span></p>',
        '<p class="center"><i>a <u><s>b</s></u></i></p>',
    ),
    Case("raised", '<span style="vertical-align:super">a</span>', "<p><sup>a</sup></p>"),
    Case(
        "underlined link",
        '<a href="/u"><span style="text-decoration:underline">a</span></a>',
        '<p><a href="/u" rel="nofollow">a</a></p>',
    ),
    Case(
        "block",
        '<div style="font-style:italic"><p>a</p><p>b</p></div>',
        "<p><i>a</i></p>\n<p><i>b</i></p>",
    ),
    # white space
    Case("newlines are white", "a\n\nb", "<p>a b</p>"),
    Case("outward", "<b>a </b>b<i> c</i> ", "<p><b>a</b> b <i>c</i></p>"),
    Case("around br", "<p>a <br> b</p>", "<p>a<br/>b</p>"),
    Case("nothing inside", "<p>a<b> </b>c<i></i></p>", "<p>a c</p>"),
    Case("no-break space", f"<p>{NBSP}{NBSP}a</p>", f"<p>{NBSP}{NBSP}a</p>"),
    Case("raw", "<pre>\n a\n\tb </pre>", "<pre> a\n\tb </pre>"),
    # paragraphs and spacers
    Case("empty", "<p></p><p> </p><p><b></b></p><p>a</p>", "<p>a</p>"),
    Case(
        "spacers",
        "<p>a</p><p>&nbsp;</p><p><br></p><p>b</p>",
        f"<p>a</p>\n{SPACER}\n{SPACER}\n<p>b</p>",
    ),
    Case("spacer with class", '<p class="letter"><b>&nbsp;</b></p>', SPACER),
    Case("byte order mark", "\ufeff<p>a</p>", "<p>a</p>"),
    Case("br between blocks", "<p>a</p><br><p>b</p>", f"<p>a</p>\n{SPACER}\n<p>b</p>"),
    Case("br beside a rule", "<p>a</p><hr><br><p>b</p>", "<p>a</p>\n<hr/>\n<p>b</p>"),
    Case("br at the ends", "<br><br><p>a</p><br><br>", "<p>a</p>"),
    Case("blank line of br", "a<br>&nbsp;<br>b", "<p>a</p>\n<p>b</p>"),
    Case("br over lines", "a<br>\n<br>\nb", "<p>a</p>\n<p>b</p>"),
    Case(
        "br in a cell",
        "<table><tr><td>a<br><br>b</table>",
        "<table><tbody><tr><td><p>a</p><p>b</p></td></tr></tbody></table>",
    ),
    Case("typed blanks", "a\n \nb", "<p>a</p>\n<p>b</p>", "break"),
    Case("typed around br", "a\n\n<br>b", "<p>a</p>\n<p>b</p>", "break"),
    # structure
    Case(
        "list in list",
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>",
    ),
    Case("items alone", "a<li>b<li>c</li>d", "<p>a</p>\n<ul><li>b</li><li>c</li></ul>\n<p>d</p>"),
    Case("list to indent", "<ul>a</ul>", "<blockquote><p>a</p></blockquote>"),
    Case("definitions to indent", "<dl><dd>a<dd>b</dl>", "<p>a</p>\n<p>b</p>"),
    Case("term alone", "<dl><dt>a</dl>", "<p>a</p>"),
    Case("paragraph in item", "<ul><li><p>a</p></li></ul>", "<ul><li><p>a</p></li></ul>"),
    Case(
        "order of a table",
        "<table><tbody><tr><td>a</tbody><tfoot><tr><td>c</tfoot><thead><tr><th scope=col>h</thead>"
        "<caption>t</caption></table>",
        '<table><caption>t</caption><thead><tr><th scope="col">h</th></tr></thead><tbody><tr>'
        "<td>a</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot></table>",
    ),
    Case(
        "empty cells",
        "<table><tr><td><td>a</table>",
        "<table><tbody><tr><td></td><td>a</td></tr></tbody></table>",
    ),
    Case("empty table", "<table><caption>a</caption></table>b", "<p>a</p>\n<p>b</p>"),
    Case("no summary", "<details open><p>a</p></details>", "<p>a</p>"),
    Case(
        "late summary",
        "<details>a<summary>s</summary></details>",
        "<details><summary>s</summary><p>a</p></details>",
    ),
    Case(
        "caption in the middle",
        '<figure><img src="assets/a.png"><figcaption>c</figcaption>'
        '<img src="assets/b.png"></figure>',
        '<figure><img alt="" src="assets/a.png"/><img alt="" src="assets/b.png"/>'
        "<figcaption>c</figcaption></figure>",
    ),
    Case("blocks in a heading", "<h2><div>a</div><p>b</p></h2>", "<h2>a<br/>b</h2>"),
    Case("rule in a pre", "<pre>a<hr>b</pre>", "<pre>a</pre>\n<hr/>\n<pre>b</pre>"),
    Case("blocks in a pre", "<pre><p>a</p><p>b</p></pre>", "<pre>a\nb</pre>"),
    Case("heading in an address", "<address><h2>a</h2></address>", "<address><p>a</p></address>"),
    Case("reading alone", "<rt>a</rt>", "<p>a</p>"),
    Case("place in ruby", "<ruby id=a>b</ruby>", '<p id="n-a">b</p>'),
    Case("ruby without reading", "<ruby>a<b>b</b></ruby>", "<p>a<b>b</b></p>"),
    Case("direction", "<bdo dir=rtl>a</bdo><bdo>b</bdo>", '<p><bdo dir="rtl">a</bdo>b</p>'),
    Case(
        "numbered",
        "<ol start=3 type=a reversed><li value=9>a</ol>",
        '<ol reversed="reversed" start="3" type="a"><li value="9">a</li></ol>',
    ),
    Case("numbered badly", "<ol start=x type=disc><li value=y>a</ol>", "<ol><li>a</li></ol>"),
    Case(
        "cells",
        "<table><tr><td colspan=2 rowspan=0>a</table>",
        '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
    ),
    # places and links
    Case("place", '<a name="note 1"></a><p>a</p>', '<p id="n-note_201">a</p>'),
    Case("link to a place", '<a href="#note%201">a</a>', '<p><a href="#n-note_201">a</a></p>'),
    Case("place in a line", "<p>a <a name=b>c</a></p>", '<p>a <span id="n-b"></span>c</p>'),
    Case("two places", "<p id=a>b<a name=c></a>d</p>", '<p id="n-a">b<span id="n-c"></span>d</p>'),
    Case(
        "place of nothing",
        "<p id=a></p><div id=b></div><p>c</p>",
        '<p id="n-a"><span id="n-b"></span>c</p>',
    ),
    Case("place twice", "<p id=a>b</p><p id=a>c</p>", '<p id="n-a">b</p>\n<p>c</p>'),
    Case("top", '<a href="#">a</a>', "<p>a</p>"),
    Case(
        "mail",
        '<a href="mailto:a@b.example">a</a>',
        '<p><a href="mailto:a@b.example" rel="nofollow">a</a></p>',
    ),
    Case(
        "no scheme",
        '<a href="//b.example/c">a</a>',
        '<p><a href="https://b.example/c" rel="nofollow">a</a></p>',
    ),
    Case("no host", '<a href="http://">a</a><a href="http:///b">c</a>', "<p>ac</p>"),
    Case(
        "blank in an address",
        '<a href=" /b c ">a</a>',
        '<p><a href="/b%20c" rel="nofollow">a</a></p>',
    ),
    Case(
        "backslashes",
        '<a href="\\\\evil.example">a</a>',
        '<p><a href="%5C%5Cevil.example" rel="nofollow">a</a></p>',
    ),
    Case(
        "link in a link",
        '<a href="/a">b<object><a href="/c">d</a></object></a>',
        '<p><a href="/a" rel="nofollow">bd</a></p>',
    ),
    Case(
        "link round blocks",
        '<a href="/u"><p>a</p><p>b</p></a>',
        '<p><a href="/u" rel="nofollow">a</a></p>\n<p><a href="/u" rel="nofollow">b</a></p>',
    ),
    *(
        Case(f"scheme {number}", f'<a href="{address}">a</a>', "<p>a</p>")
        for number, address in enumerate(
            (
                "javascript:alert(1)",
                " JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "java&NewLine;script&colon;alert(1)",
                "&#1;javascript:alert(1)",
                "vbscript:x",
                "data:text/html,x",
                "file:///etc/passwd",
                "blob:https://a.example/b",
            )
        )
    ),
    # pictures
    Case(
        "our picture",
        '<img src="assets/0a1b.png" width=10 height="2%">',
        '<p><img alt="" src="assets/0a1b.png" width="10"/></p>',
    ),
    Case("out of our folder", '<img src="assets/../key" alt="a">', "<p>a</p>"),
    Case("in the page", '<img src="data:image/png;base64,AAAA" alt="a">', "<p>a</p>"),
    Case(
        "picture linked to itself",
        '<a href="http://a.example/b.png"><img src="http://a.example/b.png"></a>',
        '<p><a href="http://a.example/b.png" rel="nofollow">b.png</a></p>',
    ),
    Case(
        "picture linked elsewhere",
        '<a href="http://a.example/"><img src="http://a.example/b.png" alt="c"></a>',
        '<p><a class="media" href="http://a.example/b.png" rel="nofollow">c</a>'
        '<a href="http://a.example/" rel="nofollow">http://a.example/</a></p>',
    ),
    Case(
        "name of a file",
        '<img src="http://a.example/the%20cat.png?x">',
        '<p><a class="media" href="http://a.example/the%20cat.png?x" rel="nofollow">'
        "the cat.png</a></p>",
    ),
    # characters
    Case("forbidden", "a\x00b\x0bc\ufffed&#1;e\x7f", "<p>abcde</p>"),
    Case("half characters", "a\ud83db", "<p>a\ufffdb</p>"),
    Case("Windows-1252", "a\x96b\x85", "<p>a–b…</p>"),
    Case(
        "page",
        "<!doctype html><html><head><title>t</title></head><body>a</body></html>",
        "<p>a</p>",
    ),
    Case("nothing", " \n ", ""),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_clean(case: Case) -> None:
    cleaned = clean(case.given, newlines=case.newlines)
    assert cleaned == case.cleaned
    check_canonical(cleaned)
    assert clean(cleaned) == cleaned
    assert clean(cleaned, newlines="break") == cleaned


def test_ids_of_one_source_keep_apart_from_those_of_another() -> None:
    html = '<p id="a">b <a href="#a">c</a></p>'
    once = clean(html, ids="c2-")
    assert once == '<p id="n-c2-a">b <a href="#n-c2-a">c</a></p>'
    assert clean(once, ids="c2-") == once
    assert clean(once) == once
