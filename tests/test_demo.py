"""The demo's files are what its README says of them, and are read as what they are."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from selectolax.lexbor import LexborHTMLParser

import hogarth
from cast import Cast
from hogarth.manuscript import Manuscript, count_words
from hogarth.works.importing import import_paths
from hogarth.works.models import Work

DEMO = Path(__file__).parent.parent / "demo"
FOUND = DEMO / "found"
BOOK = FOUND / "Sow When Danger of Frost Is Past - lupin_hollow.epub"
DOG = (
    FOUND / "The Dog in the Fog - tidewrack - Sherlock Holmes - Arthur Conan Doyle"
    " [Archive of Our Own].html"
)
EXTRACTS = (
    FOUND / "Making Extracts - thirdpianoforte, Hetty (hedgerow_hetty) - Pride and Prejudice"
    " - Jane Austen [Archive of Our Own].html"
)
FRAGMENT = FOUND / "Always Six O'Clock.html"
OLD_TEXT = FOUND / "onebox.txt"
PASTED = FOUND / "ned land fic saved from mailing list.txt"
PASTED_SOURCE = DEMO / "sources" / "nineteen-ways-to-leave-the-nautilus.txt"
DOWNLOAD = FOUND / "Observations_for_the.html"
BOX_FIVE = FOUND / "The_Keeper_of_Box_Five.epub"
TINSMITH = FOUND / "five parts of nick chopper (and one he left behind)-ao3_999000417.epub"
FETCHED_TEXT = FOUND / "Spent or Lost-ffnet_99900612.txt"
FRIAR = tuple(
    FOUND / f"The Back Road to Mantua Chapter {n}_ {title}, a romeo and juliet fanfic _"
    " FanFiction.html"
    for n, title in ((1, "A House of the Sick"), (2, "Purgatory"))
)
JOURNAL = FOUND / "the_albany FIC Breaking and Leaving (Raffles-Bunny, PG).htm"
SANCHO = FOUND / "Lo que tarda Sancho - Una palabra por tarde - Wattpad.html"
RAILROAD = FOUND / "uramoji.txt"
FISH = FOUND / "yona after beta FINAL.docx"
LETTERS = FOUND / "mrs saville replies (letters fic).rtf"
MUTTON = FOUND / "some-of-that-mutton.md"
TABLE = FOUND / "drabbles_export.csv"


class Expected(NamedTuple):
    """What a work is read as. Shape: `chapters` their titles, None for one without a title."""

    title: str
    authors: tuple[str, ...]
    chapters: tuple[str | None, ...] = (None,)
    language: str = "en"


EXPECTED = {
    DOG: [Expected("The Dog in the Fog", ("tidewrack",))],
    EXTRACTS: [
        Expected(
            "Making Extracts",
            ("thirdpianoforte", "Hetty"),
            ("Of Sermons", "Of Drainage", "Of Attribution", "Of the Instrument"),
        )
    ],
    FRAGMENT: [Expected("Always Six O'Clock", ())],
    BOOK: [
        Expected(
            "Sow When Danger of Frost Is Past",
            ("lupin_hollow",),
            ("Your Order Has Not Come", "Remarks", "Hardy to the Island"),
            "en-CA",
        )
    ],
    OLD_TEXT: [Expected("One Box, Common Earth", ("Carfax Annie",))],
    PASTED: [Expected("Nineteen Ways to Leave the Nautilus", ())],
    DOWNLOAD: [
        Expected(
            "Observations for the Good of the Service",
            ("quai_des_ormes",),
            ("The Hat", "Sixthly", "Eleventhly"),
        )
    ],
    BOX_FIVE: [
        Expected("The Keeper of Box Five", ("ouvreuse",), ("Correspondence", "The Jewel Song"))
    ],
    TINSMITH: [
        Expected(
            "five parts of nick chopper (and one he left behind)",
            ("offcuts",),
            (
                "the left leg",
                "the right leg",
                "the arms",
                "the head",
                "the body",
                "(and one he left behind)",
            ),
        )
    ],
    FETCHED_TEXT: [
        Expected(
            "Spent or Lost",
            ("Apple Barrel",),
            ("The First Week", "The Second Week", "Five Days Over"),
        )
    ],
    FRIAR[0]: [Expected("The Back Road to Mantua", ("two and two",), ("A House of the Sick",))],
    FRIAR[1]: [Expected("The Back Road to Mantua", ("two and two",), ("Purgatory",))],
    JOURNAL: [Expected("Breaking and Leaving", ("lords_ladders",))],
    SANCHO: [
        Expected("Lo que tarda Sancho", ("venta_encantada",), ("Una palabra por tarde",), "es")
    ],
    RAILROAD: [Expected("うら文字", ("烏瓜堂",), (None,), "ja")],
    FISH: [Expected("אורח לשלושה ימים", ("קיקיון בן־לילה",), (None,), "he")],
    LETTERS: [Expected("Mrs. Saville Replies", ("postage_due",))],
    MUTTON: [Expected("Some of That Mutton", ("thursdays_at_eight",))],
    TABLE: [
        Expected("Good Dog", ("a_hundred_even",)),
        Expected("Seven Years' Interest", ("a_hundred_even",)),
        Expected("What the Cat Leaves", ("a_hundred_even",)),
    ],
}

#: What stands around a story in its file and is no part of it.
FURNITURE = {
    DOG: ("Work Search", "Terms of Service", "left kudos"),
    EXTRACTS: ("Chapter by Chapter", "Chapter Text", "left kudos"),
    FRAGMENT: ("Work Text",),
    DOWNLOAD: ("Posted originally", "drop by the Archive", "Podfic", "Chapter End Notes"),
    BOX_FIVE: ("Posted originally", "drop by the Archive", "Chapter Notes", "tip-up is the"),
    TINSMITH: ("Author's Note", "Packaged", "First book only"),
    FETCHED_TEXT: ("TABLE OF CONTENTS", "End file", "Packaged", "_"),
    FRIAR[0]: ("Favs:", "Type your review", "continued support", "Expand", "1. A House"),
    FRIAR[1]: ("Favs:", "Type your review", "continued support", "Expand", "2. Purgatory"),
    JOURNAL: ("Current Mood", "Disclaimer", "Post a new comment", "oh, you horrible", "Pairing"),
    SANCHO: ("Votar", "Seguir", "También te gustará", "148", "88", "+"),
    RAILROAD: ("《", "》", "［＃", "底本", "入力者注", "---"),
    FISH: ("אבל אני לפחות דג", "תלוי באיזה פסוק", "חבל", "מאת"),
    LETTERS: ("PAGE", "postage_due /", "\\", "Normal;"),
    MUTTON: ("---", "fandoms:", "*S", "> ", "Some of That Mutton"),
    TABLE: ("additional tags", '""'),
}


def _read(path: Path) -> list[Manuscript]:
    return list(hogarth.read(path).manuscripts)


def _text(work: Manuscript) -> str:
    return "\n".join(chapter.text for chapter in work.chapters)


def _page(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text("utf-8"))


def _texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_readme_names_every_file_and_no_other() -> None:
    readme = (DEMO / "README.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([^`]+)` \|", readme, flags=re.MULTILINE))
    assert named == {path.name for path in FOUND.iterdir()}


def test_books_are_what_their_sources_give(tmp_path: Path) -> None:
    subprocess.run([sys.executable, DEMO / "build_books.py", tmp_path], check=True)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(built) == {path.name for path in (BOOK, BOX_FIVE, TINSMITH, FISH)}
    for name, data in built.items():
        assert data == (FOUND / name).read_bytes(), f"{name}: run “python3 demo/build_books.py”"


def test_every_file_is_in_the_tables_here() -> None:
    assert set(EXPECTED) == set(FOUND.iterdir())
    assert set(FURNITURE) <= set(EXPECTED)
    assert len({work.title for works in EXPECTED.values() for work in works}) == 20
    assert {work.language for works in EXPECTED.values() for work in works} >= {"es", "ja", "he"}


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name[:24])
def test_a_file_is_read_as_what_it_is(path: Path) -> None:
    read = [
        Expected(
            work.title,
            work.credited(),
            tuple(chapter.title for chapter in work.chapters),
            work.language or "",
        )
        for work in _read(path)
    ]
    assert read == EXPECTED[path]


@pytest.mark.parametrize("path", FURNITURE, ids=lambda path: path.name[:24])
def test_nothing_but_the_story_is_in_its_text(path: Path) -> None:
    text = "\n".join(_text(work) for work in _read(path))
    assert [words for words in FURNITURE[path] if words in text] == []


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name[:24])
def test_as_many_words_are_read_as_the_file_states(path: Path) -> None:
    for work in _read(path):
        if work.stated.words is not None and (work.expected_chapters or 0) <= len(work.chapters):
            assert work.words == pytest.approx(work.stated.words, rel=0.02)


@pytest.mark.parametrize("path", sorted(set(EXPECTED) - {PASTED}), ids=lambda path: path.name[:24])
def test_paragraphs_are_kept_apart(path: Path) -> None:
    for work in _read(path):
        assert work.words < 60 * sum(chapter.paragraphs for chapter in work.chapters)


def test_drabbles_have_a_hundred_words_exactly() -> None:
    assert [work.words for work in _read(TABLE)] == [100, 100, 100]


def test_all_of_the_demo_comes_into_an_archive(cast: Cast) -> None:
    outcomes = list(import_paths([FOUND], by=cast.owner, publish=True, workers=1))
    assert {outcome.outcome for outcome in outcomes} == {"imported", "updated"}
    titles = {work.title for works in EXPECTED.values() for work in works}
    assert {outcome.title for outcome in outcomes} == titles
    assert Work.objects.count() == len(titles)
    joined = [outcome for outcome in outcomes if Path(outcome.source) in FRIAR]
    assert [outcome.outcome for outcome in joined] == ["imported", "updated"]
    assert len({outcome.work for outcome in joined}) == 1
    assert joined[-1].chapters == 2


def test_japanese_text_is_shift_jis() -> None:
    data = RAILROAD.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    text = data.decode("cp932")
    assert text.startswith("うら文字\r\n烏瓜堂\r\n")
    for mark in (
        "活版所《かっぱんじょ》",
        "｜込《こ》め物",
        "［＃「カムパネル」に傍点］",
        "底本：「",
    ):
        assert mark in text, mark
    assert data.count(b"\n") == data.count(b"\r\n")


def test_readings_and_stresses_of_the_japanese_text_are_kept() -> None:
    html = _read(RAILROAD)[0].chapters[0].html
    assert "<ruby>活版所<" in html
    assert "<rt>かっぱんじょ</rt>" in html
    assert "<em>カムパネル</em>" in html


def test_letters_are_as_word_writes_rich_text() -> None:
    data = LETTERS.read_bytes()
    assert data.isascii()
    for mark in (rb"\ansicpg1252", rb"\*\generator Microsoft Word", rb"H\'e9lo\'efse"):
        assert mark in data, mark
    html = _read(LETTERS)[0].chapters[0].html
    assert "<i>Héloïse</i>" in html
    assert "Consul’s" in html


def test_hebrew_document_has_been_to_a_beta() -> None:
    with zipfile.ZipFile(FISH) as document:
        assert document.namelist()[0] == "[Content_Types].xml"
        body = document.read("word/document.xml").decode("utf-8")
        comments = document.read("word/comments.xml").decode("utf-8")
    paragraphs = body.count("<w:p>")
    assert paragraphs > 20
    assert body.count("<w:bidi/>") == paragraphs + 1, "every paragraph, and the section"
    assert len(re.findall("<w:del ", body)) == len(re.findall("<w:ins ", body)) == 1
    assert len(re.findall("<w:comment ", comments)) == 3
    (work,) = _read(FISH)
    assert "בדרך היחידה שיש לי" in _text(work), "what was inserted stays"


def test_fetched_text_is_wrapped_as_its_tool_wraps() -> None:
    data = FETCHED_TEXT.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    lines = data.decode("utf-8").splitlines()
    assert max(map(len, lines)) <= 78
    assert lines[-1] == "End file."
    assert len([line for line in lines if line.startswith("\t")]) == 3
    assert "_racehorses_" in data.decode("utf-8")


@pytest.mark.parametrize(
    ("path", "package"),
    [(BOOK, "EPUB/package.opf"), (BOX_FIVE, "content.opf"), (TINSMITH, "content.opf")],
    ids=["epub 3", "calibre", "fanficfare"],
)
def test_book_is_a_sound_container(path: Path, package: str) -> None:
    with zipfile.ZipFile(path) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert not first.extra
        assert book.read("mimetype") == b"application/epub+zip"
        assert book.testzip() is None
        folder = package.rpartition("/")[0]
        hrefs = {
            f"{folder}/{href}".lstrip("/")
            for href in re.findall(r' href="([^"]+)"', book.read(package).decode("utf-8"))
        }
        assert hrefs == set(book.namelist()) - {"mimetype", "META-INF/container.xml", package}


def test_picture_of_the_book_is_a_picture() -> None:
    with zipfile.ZipFile(BOOK) as book:
        assert book.read("EPUB/images/packet.png").startswith(b"\x89PNG\r\n\x1a\n")


def test_single_chapter_page_has_the_marks_of_its_kind() -> None:
    page = _page(DOG)
    assert _texts(page, "#workskin > .preface h2.title") == ["The Dog in the Fog"]
    assert _texts(page, "#workskin > .preface .byline a[rel=author]") == ["tidewrack"]
    assert _texts(page, "dd.rating.tags a.tag") == ["General Audiences"]
    assert len(_texts(page, "dd.freeform.tags a.tag")) == 10
    assert len(page.css("#chapters > div.userstuff")) == 1
    assert not page.css("#chapters div.chapter")
    assert len(page.css("#comments_placeholder li.comment")) == 6


def test_entire_work_page_has_the_marks_of_its_kind() -> None:
    page = _page(EXTRACTS)
    authors = _texts(page, "#workskin > .preface .byline a[rel=author]")
    assert authors == ["thirdpianoforte", "Hetty (hedgerow_hetty)"]
    assert _texts(page, "#chapters > .chapter h3.title") == [
        "Chapter 1: Of Sermons",
        "Chapter 2: Of Drainage",
        "Chapter 3: Of Attribution",
        "Chapter 4: Of the Instrument",
    ]
    assert _texts(page, "dd.series span.position") == ["Part 2 of Accomplished Women"]
    assert len(page.css(".chapter > .userstuff.module[role=article] > h3#work")) == 4


@pytest.mark.parametrize("path", [DOG, EXTRACTS], ids=["single", "entire"])
def test_stated_numbers_agree_with_the_page(path: Path) -> None:
    page = _page(path)
    numbers = {
        name: int(_texts(page, f"dl.stats dd.{name}")[0].replace(",", ""))
        for name in ("words", "kudos")
    }
    for heading in page.css("#chapters h3.landmark"):
        heading.decompose()
    texts = page.css("#chapters > .userstuff, #chapters > .chapter > .userstuff")
    assert sum(count_words(text.html or "") for text in texts) == numbers["words"]
    kudos = _texts(page, "#kudos p.kudos")[0]
    guests = re.search(r"(\d+) guests", kudos)
    assert guests is not None
    assert len(page.css("#kudos p.kudos a")) + int(guests[1]) == numbers["kudos"]


def test_fragment_holds_nothing_but_the_text() -> None:
    source = FRAGMENT.read_text("utf-8")
    assert source.lstrip().startswith('<div id="chapters" role="article">')
    assert "<p>&nbsp;</p>" in source
    assert "<p><em>Some years later</em></p>" in source
    assert source.count("<br/>\n") > 10
    assert 'rel="nofollow"' in source
    assert not re.search("[“”‘’]", source)


def test_old_text_is_windows_1252() -> None:
    data = OLD_TEXT.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    text = data.decode("cp1252")
    for char in "“”’—é£":
        assert char in text, char
    assert text.startswith("Title: One Box, Common Earth\r\nAuthor: Carfax Annie\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_pasted_text_is_its_source_damaged() -> None:
    found = PASTED.read_text("utf-8")
    assert "\n" not in found
    assert not re.search("[‘’…—“]", found)
    assert "â€\x9d" in found, "some closing marks are whole"
    lost = re.compile("â€(?![œ™¦”\x9d])")
    assert lost.search(found), "some closing marks have lost a byte"
    repaired = lost.sub("â€\x9d", found)
    for damaged, char in (("œ", "“"), ("™", "’"), ("¦", "…"), ("”", "—"), ("\x9d", "”")):
        repaired = repaired.replace(f"â€{damaged}", char)
    repaired = re.sub("Ã.", lambda pair: pair[0].encode("cp1252").decode("utf-8"), repaired)
    whole = " ".join(PASTED_SOURCE.read_text("utf-8").split())
    assert whole.startswith(repaired)
    assert whole[len(repaired)] == " ", "cut between two words"
    assert not repaired.endswith((".", "!", "?", "”"))
