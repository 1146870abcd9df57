"""The demo's files are what its README says of them."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

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


def _page(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text("utf-8"))


def _texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_readme_names_every_file_and_no_other() -> None:
    readme = (DEMO / "README.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([^`]+)` \|", readme, flags=re.MULTILINE))
    assert named == {path.name for path in FOUND.iterdir()}


def test_book_is_what_its_sources_give(tmp_path: Path) -> None:
    target = tmp_path / "book.epub"
    subprocess.run([sys.executable, DEMO / "build_epub.py", target], check=True)
    assert target.read_bytes() == BOOK.read_bytes(), "run “python3 demo/build_epub.py”"


def test_book_is_a_sound_container() -> None:
    with zipfile.ZipFile(BOOK) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert not first.extra
        assert book.read("mimetype") == b"application/epub+zip"
        assert book.testzip() is None
        package = book.read("EPUB/package.opf").decode("utf-8")
        hrefs = re.findall(r' href="([^"]+)"', package)
        names = {name.removeprefix("EPUB/") for name in book.namelist()}
        assert set(hrefs) == names - {"mimetype", "META-INF/container.xml", "package.opf"}
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
    from hogarth.manuscript import count_words

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
