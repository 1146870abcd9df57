"""Saved pages of sites: what is hidden, what is head, what is text, what is no story at all."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from hogarth.errors import Unreadable
from hogarth.intake import read
from hogarth.intake.elements import each, take_out, text_of, weigh
from hogarth.intake.gutenberg import find_ebook, is_credit, is_end, is_start
from hogarth.intake.main_text import find_main_text
from hogarth.intake.page_chapters import split_chapters, take_out_contents
from hogarth.intake.page_edges import trim_navigation, trim_top
from hogarth.intake.page_gates import find_gate, find_gate_in
from hogarth.intake.page_head import read_page_head, split_title_by
from hogarth.intake.page_leaves import join_cells
from hogarth.intake.page_lines import read_byline, take_head
from hogarth.intake.page_style import read_style, take_out_hidden, write_out
from hogarth.intake.reading import Reading
from hogarth.manuscript import Manuscript, clean, plain_text

STORY = (
    "The captain played the organ only when the sea was quite still, which was not often, and "
    "the crew had learned to sleep on the other nights."
)
TEXT = f"<p>{STORY}</p>" * 4


def reading(html: str, name: str = "page.html") -> Reading:
    return read(html.encode(), name=name)


def manuscript(html: str, name: str = "page.html") -> Manuscript:
    return reading(html, name).manuscripts[0]


def refusal(html: str) -> str:
    with pytest.raises(Unreadable) as raised:
        reading(html)
    return raised.value.code or ""


# --- elements -------------------------------------------------------------------------------------


def test_elements_that_several_parts_of_a_selector_fit_come_once() -> None:
    page = LexborHTMLParser('<p class="a b">x<i class="a">y</i></p><p>z</p>')
    assert [text_of(node) for node in each(page, ".a, .b, p, i")] == ["xy", "y", "z"]
    take_out(page, ".a, .b, i")
    assert text_of(page.body) == "z"


def test_signs_without_spaces_weigh_something() -> None:
    assert weigh("one two three") == 3
    assert weigh("新昆明的夜晚像一块") > 3


# --- what a style sheet hides and emphasises ------------------------------------------------------


def shown(html: str) -> str:
    page = LexborHTMLParser(html)
    style = read_style(page)
    take_out_hidden(page, style)
    assert page.body is not None
    write_out(page.body, style)
    return clean(page.body.inner_html or "")


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (".x{display:none}", False),
        (".x { speak: never }", False),
        ("p.y, .x{visibility:hidden}", False),
        ("@media print{.x{display:none}}", True),
        ("@media print{.y{color:red}.x{display:none}} .z{color:red}", True),
        ("@media print{.y{color:red}} .x{display:none}", False),
        ("/* .x{display:none} */", True),
        ("/* never closed .x{display:none}", True),
        ("div.x{display:none}", True),
        (".a .x{display:none}", True),
    ],
)
def test_what_a_rule_hides(rule: str, kept: bool) -> None:
    html = shown(f"<style>{rule}</style><p class='x'>Stolen from elsewhere.</p>{TEXT}")
    assert ("Stolen" in html) is kept


def test_what_holds_most_of_the_words_is_shown_by_a_script() -> None:
    assert "captain" in shown(f"<style>.x{{display:none}}</style><div class='x'>{TEXT}</div>")


@pytest.mark.parametrize(
    ("rule", "html", "written"),
    [
        (".c2{font-style:italic}", "<p>a <span class='c2'>b</span></p>", "<p>a <i>b</i></p>"),
        (".c3{font-weight:700}", "<p>a <span class='c3'>b</span></p>", "<p>a <b>b</b></p>"),
        (".c1{font-weight:400}", "<p>a <span class='c1'>b</span></p>", "<p>a b</p>"),
        (".c5{text-align:center}", "<p class='c5'>***</p>", '<p class="center">***</p>'),
        ("p.c7{font-style:italic}", "<p class='c7'>a <b>b</b></p>", "<p><i>a <b>b</b></i></p>"),
        (
            ".c7{font-style:italic}",
            "<p class='c7'>a<span class='c8'>b</span></p>",
            "<p>ab</p>",
        ),
        ("", "<p>a <i style='mso-bidi-font-style:normal'>b</i></p>", "<p>a <i>b</i></p>"),
        ("", "<p>a <span style='mso-bidi-font-style:italic'>b</span></p>", "<p>a b</p>"),
        ("", "<p><span style='mso-list:Ignore'>·<span> </span></span>a</p>", "<p>• a</p>"),
        ("", "<p><span style='mso-list:Ignore'>iv.<span> </span></span>a</p>", "<p>iv. a</p>"),
    ],
)
def test_what_is_emphasised(rule: str, html: str, written: str) -> None:
    assert shown(f"<style>{rule}</style>{html}") == written


# --- heads ----------------------------------------------------------------------------------------


def test_labels_above_a_text_are_facts() -> None:
    head = take_head(
        clean(
            "<p><b>Title</b>: Coal<br><b>Author:</b> Mrs H. (h@example.org)<br>"
            "<b>Pairing(s)</b> - Holmes/Watson<br>Rating: PG<br>Beta: Lestrade</p>" + TEXT
        )
    )
    assert head.facts.title == "Coal"
    assert [(credit.name, credit.role) for credit in head.facts.credits] == [
        ("Mrs H.", "author"),
        ("Lestrade", "beta"),
    ]
    assert ("relationship", "Holmes/Watson") in [(t.kind, t.name) for t in head.facts.tags]
    assert plain_text(head.html).startswith("The captain")


def test_the_poster_wrote_what_names_a_beta_only() -> None:
    head = take_head(clean("<p>Title: Coal<br>Rating: G<br>Beta: Lestrade</p>" + TEXT))
    head.sign(["mrs_hudson"])
    assert [credit.name for credit in head.facts.credits] == ["mrs_hudson", "Lestrade"]
    head.sign(["somebody_else"])
    assert len(head.facts.credits) == 2


@pytest.mark.parametrize(
    "first",
    [
        "Note: he had been told this before.",
        "HOLMES: Come in, Watson.",
        "By then he had gone.",
        "“Title: none,” he read aloud.",
        "Warning: the bridge was out, said the sign, and nobody stopped to read it.",
        "Chapter One",
    ],
)
def test_what_only_looks_like_a_head_stays(first: str) -> None:
    html = clean(f"<p>{first}</p>{TEXT}")
    assert take_head(html).html == html


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("by Anne", "Anne"),
        ("By: Grace P.", "Grace P."),
        ("Written by Anne de B.", "Anne de B."),
        ("a fanfic by Dormouse", "Dormouse"),
        ("by the river he stopped", ""),
        ("by then", ""),
        ("By George, I think that she has got it at last, and nobody", ""),
        ("by whom?", ""),
    ],
)
def test_bylines(line: str, name: str) -> None:
    assert read_byline(line) == name


def test_cells_of_labels_are_joined_where_there_are_two() -> None:
    table = (
        "<table><tr><td>Title:</td><td>Coal</td></tr><tr><td>Author:</td><td>A</td></tr></table>"
    )
    assert "Title: Coal" in join_cells(clean(table))
    one = clean("<table><tr><td>One:</td><td>two</td></tr><tr><td>a</td><td>b</td></tr></table>")
    assert join_cells(one) == one


def test_links_to_elsewhere_go_and_those_in_the_text_stay() -> None:
    menu = '<p><a href="a">Home</a> | <a href="b">Next chapter</a></p>'
    text = clean(f'{menu}{TEXT}<p>He read <a href="x">the letter</a> again.</p>{menu}')
    trimmed = trim_navigation(text)
    assert trimmed.endswith("again.</p>")
    assert trimmed.startswith("<p>The captain")


def test_rules_and_breaks_above_a_text_go() -> None:
    assert trim_top(clean("<hr><p>----</p><p><br><br>He came.</p>")) == "<p>He came.</p>"
    assert trim_top("<p>“…”</p>") == "<p>“…”</p>"


# --- titles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "title", "names"),
    [
        ("<title>Coal by Anne</title>", "Coal", ["Anne"]),
        ("<title>Coal | The Baker Street Archive</title>", "Coal", []),
        ("<title>Fic</title><h1>Coal</h1>", "Coal", []),
        ("<title>Coal</title><h1><a href='../index.html'>The Archive</a></h1>", "Coal", []),
        (
            "<h1><a href='/'>x.org</a></h1><h2>Coal by <a href='/u/1'>Anne</a></h2>",
            "Coal",
            ["Anne"],
        ),
        ("<title>Untitled Document</title>", "", []),
        ("<title>Chapter 3</title>", "", []),
        ("<meta name='AUTHOR' content='Anne'><title>Coal</title>", "Coal", ["Anne"]),
        ("<meta name='author' content='Microsoft'><title>Coal</title>", "Coal", []),
        (
            (
                "<meta property='og:title' content='Coal | X'>"
                "<meta property='og:site_name' content='X'>"
            ),
            "Coal",
            [],
        ),
    ],
)
def test_titles_and_names(html: str, title: str, names: list[str]) -> None:
    head = read_page_head(LexborHTMLParser(html), html)
    assert (head.title, head.names) == (title, names)


def test_a_title_above_a_byline_is_better_than_the_windows() -> None:
    page = f"<title>My page</title><center>Coal<br>by Anne</center>{TEXT}"
    assert manuscript(page).title == "Coal"
    page = f"<title>Coal</title><center>The Winter Series: Coal<br>by Anne</center>{TEXT}"
    assert manuscript(page).title == "Coal"


def test_title_and_name_in_one_line() -> None:
    assert split_title_by("Death by Water by Anne") is not None
    assert split_title_by("Stand By Me") is None or split_title_by("Stand By Me") == ("Stand", "Me")


# --- chapters -------------------------------------------------------------------------------------


def chapters(html: str, *, loose: bool = False) -> list[tuple[int, str | None]]:
    return [(c.number, c.title) for c in split_chapters(clean(html), loose=loose)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<h2>Chapter 1</h2>{TEXT}<h2>Chapter 2: Fog</h2>{TEXT}", [(1, None), (2, "Fog")]),
        (f"<p><b>Part One</b></p>{TEXT}<p><b>Part Two</b></p>{TEXT}", [(1, None), (2, None)]),
        (f"<h2>I</h2><h3>Fog</h3>{TEXT}<h2>II</h2><h3>Rain</h3>{TEXT}", [(1, "Fog"), (2, "Rain")]),
        (f"<h1>Chapter 3: Fog</h1>{TEXT}", [(3, "Fog")]),
        (f"<h2>Prologue</h2>{TEXT}<h2>Chapter 1</h2>{TEXT}", [(1, "Prologue"), (2, "Chapter 1")]),
        (f"<a name='ch1'></a><p>a</p>{TEXT}<a name='ch2'></a>{TEXT}", [(1, None), (2, None)]),
        (f"<h2>Fog</h2>{TEXT}<h2>Rain</h2>{TEXT}", [(1, None)]),
        (f"<p>Chapter and verse, he said, for part 2 of the sermon.</p>{TEXT}", [(1, None)]),
        (TEXT, [(1, None)]),
    ],
)
def test_where_chapters_begin(html: str, expected: list[tuple[int, str | None]]) -> None:
    got = chapters(html)
    assert [number for number, _ in got] == [number for number, _ in expected]
    assert [title for _, title in got if title] == [title for _, title in expected if title]


def test_any_long_headings_part_a_book() -> None:
    html = f"<h2>Fog</h2>{TEXT * 4}<h2>Rain</h2>{TEXT * 4}"
    assert chapters(html, loose=True) == [(1, "Fog"), (2, "Rain")]


def test_no_word_is_lost_where_a_page_is_cut() -> None:
    html = clean(f"<p>Before.</p><h2>Chapter 1</h2><p>One.</p><h2>Chapter 2</h2><p>Two.</p>{TEXT}")
    told = " ".join(plain_text(chapter.html) for chapter in split_chapters(html))
    assert told.split()[:3] == ["Before.", "One.", "Two."]


@pytest.mark.parametrize(
    "contents",
    [
        "<h2>Contents</h2><ul><li><a href='#a'>Fog</a></li></ul>",
        "<p>CONTENTS</p>" + "<p><a href='#a'>Fog</a></p>" * 3,
        "<p><a href='#a'>Fog</a> | <a href='#b'>Rain</a> | <a href='#c'>Snow</a></p>",
        "<table>" + "<tr><td>IV.</td><td><a href='#a'>Fog</a></td></tr>" * 3 + "</table>",
    ],
)
def test_contents_go(contents: str) -> None:
    page = LexborHTMLParser(f"<body>{contents}{TEXT}</body>")
    assert page.body is not None
    take_out_contents(page.body)
    assert text_of(page.body).startswith("The captain")


def test_notes_with_links_back_stay() -> None:
    notes = "<ol>" + "".join(f"<li>{STORY} <a href='#r{n}'>↑</a></li>" for n in range(4)) + "</ol>"
    page = LexborHTMLParser(f"<body>{TEXT}{notes}</body>")
    assert page.body is not None
    take_out_contents(page.body)
    assert page.css_first("ol") is not None


# --- where the text is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "around",
    [
        "<div id='comments'>{0}</div>",
        "<aside>{0}</aside>",
        "<div id='wm-ipp-base'>{0}</div>",
        "<div class='sharedaddy'>{0}</div>",
        "<ul class='menu'>{0}</ul>",
        "<p style='display:none'>{0}</p>",
        "<form>{0}</form>",
    ],
)
def test_what_stands_around_a_text_goes(around: str) -> None:
    told = around.format("Somebody said something else.")
    page = LexborHTMLParser(f"<body>{told}<div>{TEXT}</div>{told}</body>")
    text = find_main_text(page)
    assert text is not None
    assert "Somebody" not in text.node.text()
    assert text.node.text().count("captain") == 4


def test_remarks_in_the_margin_of_a_document_are_none_of_its_text() -> None:
    page = (
        f"<body>{TEXT}<p>Still<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup>.</p>"
        "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a>which sea?</p></div></body>"
    )
    html = manuscript(page).chapters[0].html
    assert html.endswith("<p>Still.</p>")


# --- pages without a story ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Just a moment...", "no-story-browser-check"),
        ("Attention Required! | Cloudflare", "no-story-browser-check"),
        ("404 Not Found", "no-story-not-found"),
        ("403 Forbidden", "no-story-forbidden"),
        ("502 Bad Gateway", "no-story-site-error"),
        ("Log in", "no-story-login"),
        ("Before you continue", "no-story-consent"),
        ("Search results for: organ", "no-story-listing"),
        ("Protected post", "no-story-locked"),
    ],
)
def test_windows_that_say_why(title: str, code: str) -> None:
    gate = find_gate(LexborHTMLParser(f"<title>{title}</title><body><p>One moment.</p></body>"))
    assert gate is not None
    assert gate.code == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("You must be logged in to read this story.", "no-story-login"),
        ("You must be at least 18 years of age to enter.", "no-story-adult-gate"),
        ("This journal has been deleted and purged.", "no-story-removed"),
        ("This domain is for sale.", "no-story-parked"),
        ("Unlock this chapter with coins.", "no-story-paid"),
        ("Story not found. Unable to locate story.", "no-story-not-found"),
        ("You don't have permission to access /x on this server.", "no-story-forbidden"),
        ("This entry is friends-only.", "no-story-locked"),
        ("Fatal error: call to undefined function mysql_connect()", "no-story-site-error"),
    ],
)
def test_notices(words: str, code: str) -> None:
    gate = find_gate_in(words)
    assert gate is not None
    assert gate.code == code


@pytest.mark.parametrize(
    "words",
    [
        "His hat could not be found, and he went out without it.",
        "“There’s nothing here,” she said, and put the lid back on the box of earth.",
        "He was over 21 now, and the house was his.",
        "The post was removed, and the gate fell down after it.",
        "She signed her name in the book and logged the hour.",
        f"Please log in to leave a comment. {STORY} {STORY} {STORY}",
    ],
)
def test_drabbles_are_no_notices(words: str) -> None:
    assert find_gate_in(words) is None


def test_a_long_story_may_be_called_anything() -> None:
    page = f"<title>404 Not Found</title><h1>404 Not Found</h1>{TEXT * 8}"
    assert manuscript(page).title == "404 Not Found"


def test_frames_and_empty_pages_are_refused() -> None:
    assert refusal("<html><frameset cols='1,2'><frame src='a.html'></frameset></html>") == (
        "no-story-frames"
    )
    assert refusal("<html><body><script>var a = 1;</script></body></html>") == "no-story"
    links = "".join(f"<li><a href='{n}.html'>Story {n}</a></li>" for n in range(20))
    assert refusal(f"<html><body><ul>{links}</ul></body></html>") == "no-story-listing"


# --- Project Gutenberg ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "*** START OF THE PROJECT GUTENBERG EBOOK COAL ***",
        "*** START OF THIS PROJECT GUTENBERG EBOOK COAL ***",
        "***START OF THE PROJECT GUTENBERG EBOOK COAL***",
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
    ],
)
def test_where_a_book_starts(line: str) -> None:
    assert is_start(line)
    assert not is_end(line)


@pytest.mark.parametrize(
    "line",
    [
        "*** END OF THE PROJECT GUTENBERG EBOOK COAL ***",
        "End of the Project Gutenberg EBook of Coal, by Anne",
        "End of Project Gutenberg's Coal, by Anne",
    ],
)
def test_where_a_book_ends(line: str) -> None:
    assert is_end(line)
    assert not is_start(line)


def test_a_book_between_its_markers() -> None:
    lines = [
        "The Project Gutenberg EBook of Coal, by Anne de B.",
        "",
        "Title: Coal",
        "",
        "Author: Anne de B.",
        "",
        "Language: French",
        "",
        "*** START OF THIS PROJECT GUTENBERG EBOOK COAL ***",
        "",
        "Produced by Charlotte and the kittens",
        "",
        STORY,
        "",
        "End of Project Gutenberg's Coal, by Anne de B.",
        "*** END OF THIS PROJECT GUTENBERG EBOOK COAL ***",
        "Section 1. General Terms of Use",
    ]
    book = find_ebook(lines)
    assert book is not None
    assert [line for line in lines[book.start : book.end] if line] == [STORY]
    assert book.facts.title == "Coal"
    assert book.facts.language == "fr"
    assert find_ebook([STORY, "a line about Project Gutenberg"]) is None


def test_who_made_an_ebook_is_no_text() -> None:
    assert is_credit("Produced by Charlotte and the kittens")
    assert is_credit("E-text prepared by Charlotte")
    assert not is_credit("Produced from his pocket, the egg was cold.")
