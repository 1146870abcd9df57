"""Variants of the pages of sites that the golden folders do not show, and what they must not be."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from hogarth.errors import Unreadable
from hogarth.intake import read
from hogarth.intake.reading import Reading
from hogarth.intake.sites import SITES, Site, compile_title
from hogarth.manuscript import Manuscript, plain_text

STORY = (
    "The captain played the organ only when the sea was quite still, which was not often, and "
    "the crew had learned to sleep on the other nights."
)
TEXT = f"<p>{STORY}</p>" * 4


def reading(html: str, name: str = "page.html") -> Reading:
    return read(html.encode(), name=name)


def manuscript(html: str, name: str = "page.html") -> Manuscript:
    return reading(html, name).manuscripts[0]


def refusal(html: str, name: str = "page.html") -> str:
    with pytest.raises(Unreadable) as raised:
        reading(html, name)
    return raised.value.code or ""


def names(work: Manuscript) -> list[str]:
    return [credit.name for credit in work.credits if credit.role == "author"]


def tags(work: Manuscript, kind: str) -> list[str]:
    return [tag.name for tag in work.tags if tag.kind == kind]


# --- FanFiction.net -------------------------------------------------------------------------------

FFN = (
    "<html><head><title>{title}</title>"
    "<link rel='canonical' href='//www.{site}/s/12345/{number}/Organ-Music'></head><body>"
    "<div id=pre_story_links><span class=lc-left><a href='/book/'>Books</a><a href='x'>"
    "{fandom}</a></span></div>"
    "<div id=profile_top><b class='xcontrast_txt'>Organ Music</b> By: "
    "<a class='xcontrast_txt' href='/u/1/Aronnax'>Aronnax</a>"
    "<div class='xcontrast_txt'>A fugue.</div><span class='xgray xcontrast_txt'>{line}</span></div>"
    "{select}<div class='storytext' id='storytext'>{text}</div></body></html>"
)
LINE = "Rated: Fiction T - English - Humor - Nemo - Chapters: 3 - Words: 3,210 - id: 12345"


def ffn(**told: object) -> str:
    given: dict[str, object] = {
        "title": "Organ Music Chapter 1, a 20,000 Leagues fanfic | FanFiction",
        "site": "fanfiction.net",
        "number": 1,
        "fandom": "20,000 Leagues",
        "line": LINE,
        "select": "",
        "text": TEXT,
    }
    return FFN.format(**(given | told))


def test_a_page_of_fanfiction() -> None:
    work = manuscript(ffn())
    assert (work.title, names(work)) == ("Organ Music", ["Aronnax"])
    assert tags(work, "fandom") == ["20,000 Leagues"]
    assert work.source == "https://www.fanfiction.net/s/12345/"
    assert work.chapters[0].source == "https://www.fanfiction.net/s/12345/1/"


def test_the_sister_site_is_read_likewise() -> None:
    work = manuscript(ffn(site="fictionpress.com", title="Organ Music | FictionPress"))
    assert work.source == "https://www.fictionpress.com/s/12345/"


def test_the_chapter_that_is_chosen_is_named_and_numbered() -> None:
    select = (
        "<select id=chap_select><option value=1>1. Still<option value=2 selected>2. 4. The Fugue"
        "<option value=3>3. End</select>"
    )
    chapter = manuscript(ffn(number=2, select=select)).chapters[0]
    assert chapter.number == 2
    assert chapter.title == "4. The Fugue"


def test_a_page_without_a_text_is_refused() -> None:
    assert refusal(ffn(text="")).startswith("no-story")


PASTED = """\
Organ Music

By: Aronnax

A fugue in the deep.

Rated: Fiction K+ - English - Humor/Drama - Nemo, Conseil - Chapters: 3 - Words: 3,210 - Reviews: 4
 - Updated: 3/4/2011 - Published: 1/2/2010 - Status: Complete - id: 12345

1. Still Water2. The Fugue3. 4 A.M.

Chapter 2: The Fugue

{story}

{story}

The author would like to thank you for your continued support. Your review has been posted.
"""


def test_a_page_that_was_copied_as_text() -> None:
    text = PASTED.format(story=STORY).replace("\n - Updated", " - Updated")
    found = reading(text, "organ.txt")
    work = found.manuscripts[0]
    assert found.reader == "ffn-pasted"
    assert (work.title, names(work)) == ("Organ Music", ["Aronnax"])
    assert (work.chapters[0].number, work.chapters[0].title) == (2, "The Fugue")
    assert plain_text(work.chapters[0].html).split("\n\n") == [STORY, STORY]


# --- Wattpad --------------------------------------------------------------------------------------


def wattpad(body: str, record: object = None) -> str:
    data = f"<script>window.prefetched = {json.dumps(record)};</script>" if record else ""
    return (
        "<html><head><title>Organ Music - The Fugue - Wattpad</title>"
        "<meta property='og:site_name' content='Wattpad'>"
        f"<link rel='canonical' href='https://www.wattpad.com/99-organ-music-the-fugue'>{data}"
        f"</head><body>{body}</body></html>"
    )


def test_a_part_without_its_data() -> None:
    body = "".join(
        f"<p data-p-id='{n}'>{STORY}<span class='num-comment'>7</span></p>" for n in "abc"
    )
    work = manuscript(wattpad(body))
    assert work.title == "Organ Music"
    assert work.chapters[0].title == "The Fugue"
    assert plain_text(work.chapters[0].html).split("\n\n") == [STORY] * 3


@pytest.mark.parametrize("data", ["{", "[]", '{"part":null}', '{"part":{"data":{"group":7}}}'])
def test_data_that_is_broken_is_passed_over(data: str) -> None:
    page = wattpad(f"<script>window.prefetched = {data};</script><p data-p-id='a'>{STORY}</p>")
    assert manuscript(page).title == "Organ Music"


# --- journals -------------------------------------------------------------------------------------


def journal(entry: str, head: str = "") -> str:
    return (
        "<html><head><title>mina: Boxes</title>"
        "<link rel='canonical' href='https://mina.livejournal.com/77.html'>"
        f"<link rel='stylesheet' href='https://l-stat.livejournal.net/x.css'>{head}</head><body>"
        "<article class='b-singlepost'><h1 class='b-singlepost-title'>Boxes</h1>"
        f"<article class='b-singlepost-body'>{entry}</article></article></body></html>"
    )


def test_who_posted_an_entry_wrote_it() -> None:
    work = manuscript(journal(TEXT))
    assert (work.title, names(work)) == ("Boxes", ["mina"])
    assert work.source == "https://mina.livejournal.com/77.html"


def test_who_is_named_in_the_head_wrote_it_rather() -> None:
    work = manuscript(journal(f"Title: Earth<br>Author: Jonathan<br>Rating: G<br><br>{TEXT}"))
    assert (work.title, names(work)) == ("Earth", ["Jonathan"])


def test_comments_are_none_of_the_entry() -> None:
    page = journal(TEXT).replace("</article></body>", "</article><div id='comments'>x</div></body>")
    assert "x" not in plain_text(manuscript(page).chapters[0].html).split()


def test_a_page_of_entries_is_a_list() -> None:
    page = journal(TEXT).replace("</article></body>", f"</article>{'{0}' * 4}</body>")
    entry = f"<article class='b-singlepost-body'>{TEXT}</article>"
    assert refusal(page.format(entry)) == "no-story-listing"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("This journal has been deleted.", "no-story-removed"),
        ("You do not have permission to view this entry.", "no-story-locked"),
        ("This entry is friends-only.", "no-story-locked"),
    ],
)
def test_entries_that_are_not_shown(said: str, code: str) -> None:
    assert refusal(journal(f"<p>{said}</p>")) == code


# --- eFiction -------------------------------------------------------------------------------------


def efiction(inner: str) -> str:
    return (
        "<html><head><title>Organ Music by Aronnax</title></head><body><div id='pagetitle'>"
        "<a href='viewstory.php?sid=7'>Organ Music</a> by <a href='viewuser.php?uid=3'>Aronnax</a>"
        f"</div>{inner}</body></html>"
    )


def test_a_story_of_an_archive() -> None:
    work = manuscript(
        efiction(
            "<div class='content'><span class='label'>Rated:</span> PG<br>"
            "<span class='label'>Setting:</span> The Deep</div>"
            f"<div id='story'>{TEXT}</div>"
        )
    )
    assert (work.title, names(work)) == ("Organ Music", ["Aronnax"])
    assert (tags(work, "rating"), tags(work, "freeform")) == (["PG"], ["The Deep"])


def test_labels_in_a_text_of_an_archive_are_text() -> None:
    work = manuscript(efiction(f"<div id='story'>{TEXT}<b>Rated:</b> by the crew.</div>"))
    assert tags(work, "rating") == []
    assert "by the crew" in work.chapters[0].html


# --- the table of sites ---------------------------------------------------------------------------


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_selectors_of_a_row_are_selectors(site: Site) -> None:
    page = LexborHTMLParser("<p>Nothing of any site.</p>")
    told = [site.text, site.title, site.part, site.author, site.summary, site.notes]
    for selector in [*filter(None, told), *(selector for _, selector in site.tags)]:
        assert page.css(selector) == []
    pattern = compile_title(site)
    assert pattern is None or {"title", "part", "author"} & set(pattern.groupindex)


def test_a_decoy_among_the_paragraphs_is_no_text() -> None:
    page = (
        "<html><head><title>Fugue - Organ Music | Royal Road</title>"
        "<style>.cnMzYq{display:none;speak:never;}</style>"
        "<link rel='canonical' href='https://www.royalroad.com/fiction/7/organ/chapter/9/fugue'>"
        "</head><body><div class='chapter-inner chapter-content'>"
        f"{TEXT}<p class='cnMzYq'>Stolen from its author.</p>{TEXT}</div></body></html>"
    )
    assert "Stolen" not in manuscript(page).chapters[0].html


# --- any page -------------------------------------------------------------------------------------


def test_a_text_file_that_a_browser_saved_is_read_as_one() -> None:
    text = f"Title: Organ Music\nAuthor: Aronnax\n\n{STORY}\n\n{STORY}\n"
    page = (
        f"<html><head></head><body><pre style='white-space: pre-wrap;'>{text}</pre></body></html>"
    )
    work = manuscript(page, "organ.txt.html")
    assert (work.title, names(work)) == ("Organ Music", ["Aronnax"])
    assert plain_text(work.chapters[0].html).split("\n\n") == [STORY, STORY]


def test_a_verse_in_a_pre_is_part_of_the_page() -> None:
    html = (
        manuscript(f"<title>Organ</title>{TEXT}<pre>the sea\n  the sea</pre>{TEXT}")
        .chapters[0]
        .html
    )
    assert "the sea" in html
    assert html.count("captain") == 8


@pytest.mark.parametrize(
    "body",
    [
        "<div class='c1'>" * 9_000 + TEXT,
        "<table><tr><td>" * 2_000 + TEXT,
        "<p>" + "by " * 60_000 + "</p>" + TEXT,
        TEXT + "<br>" * 60_000,
        "".join(f"<p><a href='#c{n}'>Chapter {n}</a></p>" for n in range(4_000)) + TEXT,
        "<style>" + "/*" * 60_000 + "</style>" + TEXT,
        "<p>" + "a: " * 60_000 + "</p>" + TEXT,
        "<style>.c1{font-style:italic}</style>" + "<div class=c1><p class=c1>" * 3_000 + TEXT,
    ],
    ids=["deep", "tables", "by", "breaks", "contents", "comments", "labels", "emphasis"],
)
def test_no_page_takes_long(body: str) -> None:
    start = time.process_time()
    with contextlib.suppress(Unreadable):
        reading(f"<html><head><title>{'a - by ' * 500}</title></head><body>{body}</body></html>")
    assert time.process_time() - start < 10
