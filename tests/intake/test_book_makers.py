"""What single makers of e-books write in ways that the golden folders do not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from book_files import book, contents, package, page
from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake import Reading, read
from hogarth.intake.facts import Facts
from hogarth.intake.fff_chapters import Notes, read_title, take_notes
from hogarth.intake.fff_facts import is_fff_page, read_fff_log, read_fff_page
from hogarth.intake.ffn_profile import read_ffn_fandoms, read_ffn_profile
from hogarth.manuscript import Tag

FANFICFARE = (
    "<dc:identifier>fanficfare-uid:example.org-u1-s2</dc:identifier><dc:title>A Lamp</dc:title>"
)
SITE = '<h3><a href="https://example.org/s/2">A Lamp</a> by <a class="authorlink">Jane</a></h3>'


def _body(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    assert body is not None
    return body


def _page_facts(rows: str) -> Facts:
    return read_fff_page(_body(f"{SITE}<div>{rows}</div>"))


def _names(facts: Facts, kind: str) -> list[str]:
    return [tag.name for tag in facts.tags if tag.kind == kind]


# --- FanFicFare ---------------------------------------------------------------------------------


def test_labels_of_single_sites_and_of_a_person_s_own() -> None:
    facts = _page_facts(
        "<b>Primary ship:</b> Emma W./George K.<br/><b>Secondary pairings:</b> Jane/Frank<br/>"
        "<b>Content Warnings:</b> Rain<br/><b>Tropes:</b> Lamps<br/><b>Universe:</b> Emma<br/>"
        "<b>Beta Readers:</b> Kitty<br/><b>My Bookmark Tags:</b> later<br/>"
        "<b>Site Rank:</b> 4<br/><b>Views:</b> 1,024<br/><b>Votes:</b> 7<br/>"
    )
    assert _names(facts, "relationship") == ["Emma W./George K.", "Jane/Frank"]
    assert _names(facts, "warning") == ["Rain"]
    assert _names(facts, "freeform") == ["Lamps"]
    assert _names(facts, "fandom") == ["Emma"]
    assert [c.name for c in facts.credits if c.role == "author"] == ["Jane"]
    assert (facts.stated.hits, facts.stated.kudos) == (1024, 7)


def test_planned_chapters_count_more_than_those_there_are() -> None:
    facts = _page_facts("<b>Chapters:</b> 3<br/><b>Chapters/Total Chapters:</b> 3/10<br/>")
    assert (facts.posted, facts.expected) == (3, 10)


def test_several_series() -> None:
    facts = _page_facts("<b>Series:</b> Lamps [2]<br/><b>Additional Series:</b> Fogs<br/>")
    assert [(place.title, place.position) for place in facts.series] == [
        ("Lamps", 2),
        ("Fogs", None),
    ]


def test_a_log_says_the_latest_of_everything() -> None:
    entry = '<p class="log_entry"><b>X:</b> <span id="{0}">{1}</span></p>'
    rows = [("title", "Old"), ("numWords", "10"), ("title", "New"), ("rating", "T"), ("words", "9")]
    facts = read_fff_log(_body("".join(entry.format(*row) for row in rows)))
    assert (facts.title, facts.stated.words) == ("New", 10)
    assert _names(facts, "rating") == ["T"]


def test_what_a_title_page_looks_like_when_others_copy_it() -> None:
    rows = "<b>Status:</b> Completed<br/><b>Publisher:</b> example.org<br/>"
    assert is_fff_page(_body(f"{SITE}<div>{rows}</div>"))
    assert not is_fff_page(_body(f"<h3>A Lamp by Jane</h3><div>{rows}</div>"))
    assert not is_fff_page(_body(f"{SITE}<div><b>Status:</b> Completed</div>"))


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("(new) 2. Fog", "Fog"),
        ("2. (new) Fog", "(new) Fog"),
        ("2. Chapter 2", None),
        ("Prologue", "Prologue"),
    ],
)
def test_titles_of_chapters(stated: str, title: str | None) -> None:
    assert read_title(stated, 2) == title


def _notes(html: str, *, first: bool = False, last: bool = False) -> tuple[Notes, str]:
    body = _body(html)
    notes = take_notes(body, "", first=first, last=last)
    return notes, " ".join(body.text(separator=" ").split())


FRAME = '<div class="fff_chapter_notes {0}"><b>{1}</b><blockquote><p>Said.</p></blockquote></div>'


def test_notes_stand_before_or_after_the_text_and_belong_to_work_or_chapter() -> None:
    head = FRAME.format("fff_head_notes", "Author's Note:")
    foot = FRAME.format("fff_foot_notes", "Author’s Note:")
    notes, text = _notes(f"{head}<p>Lit.</p>{foot}", first=True, last=True)
    assert (notes.of_work, notes.of_work_end, text) == ("<p>Said.</p>", "<p>Said.</p>", "Lit.")
    notes, text = _notes(f"{head}<p>Lit.</p>{foot}")
    assert (notes.head, notes.foot, text) == ("<p>Said.</p>", "<p>Said.</p>", "Lit.")


def test_notes_with_a_label_that_is_not_known_stay_in_the_text() -> None:
    notes, text = _notes(FRAME.format("fff_head_notes", "Status Sheet:") + "<p>Lit.</p>")
    assert notes == Notes()
    assert text == "Status Sheet: Said. Lit."


def test_notes_of_a_site_that_marks_no_side() -> None:
    frame = (
        '<div class="fff_chapter_notes"><div><b>Author\'s note:</b><blockquote>Said.</blockquote>'
        "</div></div>"
    )
    notes, _ = _notes(f"{frame}<p>Lit.</p>")
    assert (notes.head, notes.foot) == ("<p>Said.</p>", "")
    notes, _ = _notes(f"<p>Lit.</p>{frame}")
    assert (notes.head, notes.foot) == ("", "<p>Said.</p>")


def test_notes_of_years_without_frames() -> None:
    notes, text = _notes(
        "<b>Summary for the Chapter:</b><blockquote>Short.</blockquote>"
        "<p>Lit. <b>Author's Note:</b> he wrote.</p>"
        "<b>Notes for the Chapter:</b><blockquote>Said.</blockquote><p>PS.</p>"
    )
    assert (notes.summary, notes.foot) == ("<p>Short.</p>", "<p>Said.</p>")
    assert text == "Lit. Author's Note: he wrote. PS."


def test_the_package_alone_says_enough() -> None:
    subjects = "<dc:subject>Fog</dc:subject><dc:subject>FanFiction</dc:subject>"
    reading = _read_one(
        package({"a": "a.xhtml"}, metadata=f"{FANFICFARE}{subjects}<dc:creator>Jane</dc:creator>")
    )
    (work,) = reading.manuscripts
    assert reading.reader == "fff-epub"
    assert (work.title, work.credited(), work.tags_of("freeform")) == (
        "A Lamp",
        ("Jane",),
        ("Fog",),
    )


def _read_one(opf: str) -> Reading:
    text = page('<h3 class="fff_chapter_title">Fog</h3><p>The lamp was lit.</p>')
    return read(book({"content.opf": opf, "a.xhtml": text}))


# --- FicHub and FanFiction.Net ------------------------------------------------------------------


def test_a_book_that_speaks_of_fichub_is_not_made_by_it() -> None:
    text = page("<h2>Fog</h2><p>I found this on FicHub.net, said the lamp.</p>")
    reading = read(book({"content.opf": package({"a": "a.xhtml"}), "a.xhtml": text}))
    assert reading.reader == "epub"


def test_the_way_to_a_story_names_its_fandoms() -> None:
    way = '<div id="pre_story_links"><a href="/book/">Books</a> <a href="{0}">{1}</a></div>'
    crossed = _body(
        way.format("/Emma_and_Persuasion_Crossovers/1/2/", "Emma + Persuasion Crossover")
    )
    assert read_ffn_fandoms(crossed) == [Tag("fandom", "Emma"), Tag("fandom", "Persuasion")]
    plus = _body(way.format("/A_and_B_Crossovers/1/2/", "A + A+ + B Crossover"))
    assert read_ffn_fandoms(plus) == [Tag("fandom", "A + A+ + B")]
    assert read_ffn_fandoms(_body(way.format("/book/Emma/", "Emma"))) == [Tag("fandom", "Emma")]
    assert read_ffn_fandoms(_body("<p>Emma</p>")) == []


def test_a_profile_without_its_line() -> None:
    facts = read_ffn_profile(
        _body('<div id="profile_top"><b>A Lamp</b> <a href="/u/1/x">Jane</a></div>')
    )
    assert facts is not None
    assert (facts.title, [credit.name for credit in facts.credits]) == ("A Lamp", ["Jane"])
    assert read_ffn_profile(_body("<p>A Lamp</p>")) is None


# --- anthologies --------------------------------------------------------------------------------


def _merged(title: str, *titles: str) -> bytes:
    files: dict[str, str | bytes] = {}
    pages = {}
    for number, inner in enumerate(titles, start=1):
        files[f"{number}/c.opf"] = package(
            {"a": "a.xhtml"}, metadata=f"<dc:title>{inner}</dc:title><dc:creator>Jane</dc:creator>"
        )
        files[f"{number}/a.xhtml"] = page(f"<h2>Chapter 1</h2><p>The lamp of {inner}.</p>")
        pages[f"p{number}"] = f"{number}/a.xhtml"
    files["toc.ncx"] = contents(*((inner, f"{n}/a.xhtml") for n, inner in enumerate(titles, 1)))
    files["content.opf"] = package(pages, metadata=f"<dc:title>{title}</dc:title>")
    return book(files)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("Lamps Anthology", "Lamps"),
        ("The Lamps: The Complete Series", "The Lamps"),
        ("Lamps", "Lamps"),
        ("One Anthology", None),
    ],
)
def test_the_series_that_an_anthology_is(title: str, series: str | None) -> None:
    reading = read(_merged(title, "One", "Two"))
    assert reading.reader == "anthology"
    found = [(place.title, place.position) for work in reading.manuscripts for place in work.series]
    assert found == ([(series, 1), (series, 2)] if series else [])


def test_an_anthology_of_one_is_read_as_that_one() -> None:
    reading = read(_merged("One Anthology", "One"))
    assert [work.title for work in reading.manuscripts] == ["One"]


def test_problems_are_told_of_the_right_book() -> None:
    data = _merged("Lamps", "One", "Unknown")
    reading = read(data, name=str(Path("lamps.epub")))
    assert [(p.code, p.manuscript) for p in reading.problems] == [("title-guessed", 1)]
