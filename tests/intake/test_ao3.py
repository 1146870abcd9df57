"""What goldens cannot show of the Archive's files: the history of labels, broken and long ones."""

from __future__ import annotations

import time
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from hogarth.intake import read
from hogarth.intake.ao3_book_facts import sort_flat_tags
from hogarth.intake.ao3_header import Header
from hogarth.intake.ao3_labelled import field_of, read_rows, read_stats
from hogarth.intake.ao3_preface import read_names
from hogarth.intake.ao3_site import find_site, leave_museum, site_in, work_in
from hogarth.manuscript import Credit, Dates, SeriesPlace

AO3 = "https://archiveofourown.org"


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Rating:", "rating"),
        ("Warning:", "warning"),
        ("Archive Warnings", "warning"),
        ("Categorys:", "category"),
        ("Category :", "category"),
        ("Fandoms:", "fandom"),
        ("Relationship:", "relationship"),
        ("Additional Tags:", "freeform"),
        ("Stats:", "stats"),
        ("Words:", ""),
        ("", ""),
    ],
)
def test_labels_of_all_years(label: str, field: str) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize(
    ("line", "posted", "expected", "status", "words"),
    [
        ("Published: 2010-08-24 Chapters: 2/? Words: 1234", 2, None, "in-progress", 1234),
        ("Published: 2010-08-24 Words: 1234", 1, 1, "complete", 1234),
        ("Published:2020-01-01Completed:2020-02-02Words:1,234Chapters:5/5", 5, 5, "complete", 1234),
        ("Words: 1.234 Chapters: 1/1", 1, 1, "complete", 1234),
        ("Words: 12\u202f345 Chapters: 1,001/1,002", 1001, 1002, "in-progress", 12345),
        (
            "Published: 2020-01-01 Updated: 2021-01-01 Words: 9 Chapters: 3/9",
            3,
            9,
            "in-progress",
            9,
        ),
        ("Published: soon", None, None, "unknown", None),
        ("nothing of the kind", None, None, "unknown", None),
    ],
)
def test_stats_in_every_order(
    line: str, posted: int | None, expected: int | None, status: str, words: int | None
) -> None:
    header = Header()
    read_stats(header, line)
    assert (header.posted, header.expected) == (posted, expected)
    assert (header.status, header.stated.words) == (status, words)


def test_stats_give_both_days() -> None:
    header = Header()
    read_stats(header, "Published: 2020-01-01 Updated: 2021-02-03 Words: 9")
    assert header.dates == Dates(date(2020, 1, 1), date(2021, 2, 3))


@pytest.mark.parametrize(
    "value",
    [
        'Part 2 of <a href="/series/1">Half, and Half</a>, Part 11 of <a href="/series/2">B</a>',
        'Part 2 of\n<a href="/series/1">Half, and Half</a>,\nPart 11\nof <a href="series/2">B</a>',
        "Part 2 of Half, and Half, Part 11 of B",
    ],
)
def test_several_series(value: str) -> None:
    node = LexborHTMLParser(f"<dl><dd>{value}</dd></dl>").css_first("dd")
    assert node is not None
    assert read_rows([("Series:", node)]).series == [
        SeriesPlace("Half, and Half", 2),
        SeriesPlace("B", 11),
    ]


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("by jane", [Credit("jane")]),
        ("jane, Cassandra (austen)", [Credit("jane"), Credit("Cassandra", pseud_of="austen")]),
        ("Anonymous", []),
        ("by Anonymous, jane", [Credit("jane")]),
        ("Chapter by jane", [Credit("jane")]),
        (
            "Lady (of quality) [archived by Steventon_Archivist]",
            [Credit("Lady (of quality)"), Credit("Steventon_Archivist", "archivist")],
        ),
        ("", []),
    ],
)
def test_bylines_without_links(byline: str, people: list[Credit]) -> None:
    assert list(read_names(byline)) == people


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("http://archiveofourown.org/works/1", AO3),
        ("https://www.archiveofourown.org/works/1/chapters/2?view_adult=true", AO3),
        ("http://insecure.archiveofourown.org/works/1", AO3),
        ("https://archiveofourown.org/collections/yuletide/works/1", AO3),
        ("https://web.archive.org/web/20200101000000/http://archiveofourown.org/works/1", AO3),
        ("https://squidgeworld.org/works/1", "https://squidgeworld.org"),
        ("http://www.adastrafanfic.com/works/1", "https://www.adastrafanfic.com"),
        ("/works/1", ""),
        ("https://example.org/stories/1", ""),
    ],
)
def test_sites(address: str, site: str) -> None:
    assert site_in(address) == site


def test_works_and_museums() -> None:
    assert work_in("/downloads/123/The_Hive.epub?updated_at=1") == "123"
    assert work_in("/users/login?return_to=%2Fworks%2F12") == "12"
    assert work_in("/users/12") == ""
    link = '<a href="/web/20200101000000id_/https://example.org/web/2/x">x</a>'
    assert leave_museum(link) == '<a href="https://example.org/web/2/x">x</a>'


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("The Hive - melissa - Bees [Archive of Our Own]", AO3),
        ("404 Error | Archive of Our Own", AO3),
        ("The Hive - melissa - 蜂 | Bees", AO3),  # the page names the Archive elsewhere
        ("The Hive - melissa - 蜂 | Bees [superlove]", "https://superlove.sayitditto.net"),
        ("The Hive - melissa - Bees [A Hive of One's Own]", ""),
    ],
)
def test_a_page_without_addresses_is_told_by_its_title(title: str, site: str) -> None:
    text = f"<html><head><title>{title}</title></head><body>Transformative Works</body></html>"
    assert find_site(LexborHTMLParser(text), text) == site


def test_flat_tags_stay_freeforms_unless_something_tells() -> None:
    names = ["Fanworks", "Hurt/Comfort", "Bees & Honey", "Holmes/Watson", "Watson", "Bees"]
    heading = "The Hive - melissa - Bees & Honey"
    assert [(tag.kind, tag.name) for tag in sort_flat_tags(names, heading)] == [
        ("freeform", "Hurt/Comfort"),
        ("fandom", "Bees & Honey"),
        ("relationship", "Holmes/Watson"),
        ("character", "Watson"),
        ("character", "Bees"),
    ]


WORK = f"{AO3}/works/7"
POSTED = (
    f"<p class='message'>Posted originally on the <a href='{AO3}/'>Archive of Our Own</a>"
    f" at <a href='{WORK}'>{WORK}</a>.</p>"
)
LIST = "<dl class='tags'><dt>Rating:</dt><dd>Mature</dd><dt>Stats:</dt><dd>Words: 9</dd></dl>"
BEES = "<p>The hive hummed in B flat, which he took for a clue.</p>"


def download(text: str) -> bytes:
    head = f"{POSTED}<div class='meta'>{LIST}<h1>Bees</h1></div>"
    page = f"<html><body>{head}<div id='chapters' class='userstuff'>{text}</div></body></html>"
    return page.encode()


def test_a_story_that_quotes_a_download_is_none() -> None:
    quoting = f"<html><body><article>{BEES * 9}<p>Posted originally on the Archive.</p></article>"
    assert read(quoting.encode(), name="bees.html").reader == "html-page"


def test_loose_text_is_read_whole() -> None:
    work = read(download(BEES)).manuscripts[0]
    assert (work.title, work.source) == ("Bees", WORK)
    assert work.chapters[0].html == BEES


def test_a_chapter_of_a_page_alone() -> None:
    chapter = (
        "<div class='chapter' id='chapter-7'><div class='chapter preface group'><h3 class='title'>"
        "<a href='/works/7/chapters/70'>Chapter 7</a>: Wax</h3></div><div class='userstuff module'>"
        f"<h3 class='landmark heading' id='work'>Chapter Text</h3>{BEES}</div></div>"
    )
    reading = read(chapter.encode(), name="Bees.html")
    (read_chapter,) = reading.manuscripts[0].chapters
    assert (reading.reader, read_chapter.number) == ("ao3-fragment", 7)
    assert (read_chapter.title, read_chapter.html) == ("Wax", BEES)
    assert read_chapter.source == f"{WORK}/chapters/70"


def test_a_long_download_costs_little() -> None:
    """Reading looks at the frames alone: 2 MB of text in 500 chapters take about a second."""
    chapter = (
        "<div class='meta group'><h2 class='heading'>Chapter {0}: Wax</h2></div>"
        f"<div class='userstuff'>{BEES * 55}</div>"
    )
    chapters = "".join(chapter.replace("{0}", str(number)) for number in range(1, 501))
    started = time.process_time()
    work = read(download(chapters)).manuscripts[0]
    assert time.process_time() - started < 10
    assert len(work.chapters) == 500
    assert work.chapters[-1].title == "Wax"


@pytest.mark.parametrize("text", ["(" * 200_000, "Chapter 1\n" * 20_000, "Notes:\n" * 30_000])
def test_endless_marks_of_copied_text_end(text: str) -> None:
    head = "Rating:\nMature\nArchive Warning:\nNone\nFandom:\nBees\nStats:\nWords:9Chapters:1/1\n\n"
    body = f"Bees\nby m\n\nWork Text:\n\nIt hummed in B flat.\n\n{text}"
    started = time.process_time()
    reading = read(f"{head}{body}".encode())
    assert reading.reader == "ao3-pasted"
    assert time.process_time() - started < 20
