"""E-books as they are found: packages, contents and zips that are not as they should be."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from book_files import CONTAINER, book, contents, pack, package, page

from hogarth.errors import Unreadable
from hogarth.intake import Limits, Reading, read
from hogarth.intake.containers import expand
from hogarth.manuscript import Manuscript, SeriesPlace

ONE = page("<h2>Chapter 1</h2><p>The lamp was lit.</p>")
TWO = page("<h2>Chapter 2</h2><p>The lamp went out.</p>")
PAGES = {"a": "a.xhtml", "b": "b.xhtml"}


def _read(files: dict[str, str | bytes], base: str = "content.opf") -> Reading:
    return read(book(files, base), name="A_Lamp.epub")


def _work(files: dict[str, str | bytes], base: str = "content.opf") -> Manuscript:
    return _read(files, base).manuscripts[0]


def _texts(work: Manuscript) -> list[str]:
    return [chapter.text for chapter in work.chapters]


def _codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def _refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name="book.epub", limits=Limits(**limits))
    return str(caught.value.code)


BOTH = ["The lamp was lit.", "The lamp went out."]


# --- where things are ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "addresses"),
    [
        (["Text/One.xhtml", "Text/Two.xhtml"], ["text/one.XHTML", "TEXT/two.xhtml"]),
        (["Text\\1.xhtml", "Text\\2.xhtml"], ["Text/1.xhtml", "Text\\2.xhtml"]),
        (["ch 1.xhtml", "ch 2.xhtml"], ["ch%201.xhtml", "ch 2.xhtml"]),
        (["ch%201.xhtml", "ch%202.xhtml"], ["ch 1.xhtml", "ch%202.xhtml"]),
        (["OEBPS/text/1.xhtml", "OEBPS/text/2.xhtml"], ["1.xhtml", "../../text/2.xhtml"]),
        (["x/1.xhtml", "x/2.xhtml"], ["/x/1.xhtml", "../../x/2.xhtml"]),
        ([unicodedata.normalize("NFD", "é1.xhtml"), "é2.xhtml"], ["é1.xhtml", "é2.xhtml"]),
        (["what?.xhtml", "2.xhtml"], ["what?.xhtml", "2.xhtml?v=1"]),
    ],
)
def test_files_are_found_whatever_tools_do_to_their_names(
    names: list[str], addresses: list[str]
) -> None:
    files = dict(zip(names, (ONE, TWO), strict=True))
    pages = dict(zip("ab", addresses, strict=True))
    assert _texts(_work({"content.opf": package(pages), **files})) == BOTH


@pytest.mark.parametrize(
    "opf",
    [
        "\n\n junk " + package(PAGES),
        '<?xml version="1.1"?>' + package(PAGES),
        "\ufeff" + package(PAGES),
        package(PAGES, metadata="<dc:title>A &nbsp;Lamp & more</dc:title><oops></metadata>"),
        package(PAGES).replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        package(PAGES).replace("<package ", "<opf:package ").replace("</package", "</opf:package"),
        package(PAGES).removesuffix("</package>"),
        package(PAGES, spine=""),
        package(PAGES, spine='<itemref idref="gone"/><itemref/>'),
        package(PAGES, spine='<itemref idref="a"/><itemref idref="a"/><itemref idref="b"/>'),
        package(PAGES).replace("application/xhtml+xml", "application/octet-stream"),
        package(PAGES).replace("application/xhtml+xml", "text/x-oeb1-document"),
        package(PAGES).replace("application/xhtml+xml", ""),
        package(PAGES).replace(' toc="ncx"', ' toc="nowhere"'),
    ],
)
def test_packages_are_read_as_far_as_they_go(opf: str) -> None:
    work = _work({"content.opf": opf, "a.xhtml": ONE, "b.xhtml": TWO})
    assert _texts(work) == BOTH
    assert work.title.startswith("A")


def test_a_package_in_another_place_than_the_container_says() -> None:
    files: dict[str, str | bytes] = {
        "deep/er/book.opf": package(PAGES),
        "deep/er/a.xhtml": ONE,
        "deep/er/b.xhtml": TWO,
    }
    assert _texts(_work(files, "OEBPS/content.opf")) == BOTH
    without = pack({"mimetype": "application/epub+zip", **files})
    assert _texts(read(without).manuscripts[0]) == BOTH


def test_a_book_in_a_folder_and_a_book_zipped_once_more() -> None:
    folder = pack(
        {
            "A Lamp/META-INF/container.xml": CONTAINER.format("OPS/c.opf"),
            "A Lamp/OPS/c.opf": package(PAGES),
            "A Lamp/OPS/a.xhtml": ONE,
            "A Lamp/OPS/b.xhtml": TWO,
        }
    )
    assert _texts(read(folder, name="lamp.epub").manuscripts[0]) == BOTH
    twice = pack({"A Lamp.epub": pack({"A Lamp.epub": folder})})
    assert _texts(read(twice, name="lamp.epub").manuscripts[0]) == BOTH


def test_a_folder_with_a_book_in_a_zip_is_one_file(tmp_path: Path) -> None:
    inside = {"META-INF/container.xml": CONTAINER.format("c.opf"), "c.opf": package(PAGES)}
    files = {f"A Lamp.epub/{name}": data for name, data in inside.items()}
    zipped = tmp_path / "lamp.zip"
    zipped.write_bytes(pack({**files, "__MACOSX/A Lamp.epub/._c.opf": ""}))
    assert [place.path for place in expand([zipped], Limits())] == [str(zipped)]
    zipped.write_bytes(pack({**files, "story.txt": "A lamp."}))
    assert len(list(expand([zipped], Limits()))) > 1


def test_pages_without_a_package_stand_in_the_order_of_their_names() -> None:
    files = {f"c{n}.html": page(f"<p>Page {n}.</p>", f"Page {n}") for n in (10, 9, 100)}
    reading = read(pack({"mimetype": "application/epub+zip", **files}), name="lamp.epub")
    assert _texts(reading.manuscripts[0]) == ["Page 9.", "Page 10.", "Page 100."]
    assert "title-guessed" in _codes(reading)


def test_a_page_that_is_listed_and_not_there_is_told() -> None:
    reading = _read({"content.opf": package(PAGES), "b.xhtml": TWO})
    assert _texts(reading.manuscripts[0]) == ["The lamp went out."]
    assert [p.detail for p in reading.problems if p.code == "pages-missing"] == ["a.xhtml"]


def test_addresses_lead_to_no_file_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.xhtml").write_text(ONE, encoding="utf-8")
    address = f"../../../../../../../../{tmp_path}/secret.xhtml".replace("//", "/")
    data = book({"content.opf": package({"a": address})})
    assert _refusal(data) == "damaged-epub"


# --- zips ---------------------------------------------------------------------------------------


def _damage(data: bytes, name: str) -> bytes:
    """The zip with a wrong checksum for one file."""
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    return data[: entry + 16] + b"\x00\x00\x00\x01" + data[entry + 20 :]


def test_a_damaged_page_does_not_take_the_book_with_it() -> None:
    files: dict[str, str | bytes] = {
        "content.opf": package(PAGES),
        "a.xhtml": ONE,
        "b.xhtml": TWO,
    }
    reading = read(_damage(book(files), "b.xhtml"))
    assert _texts(reading.manuscripts[0])[0] == "The lamp was lit."
    assert "pages-missing" in _codes(reading)


def test_a_damaged_picture_is_missing() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(20)
    shown = page('<p>A lamp.</p><p><img src="lamp.png" alt="Lamp"/></p>')
    files: dict[str, str | bytes] = {
        "content.opf": package({"a": "a.xhtml"}),
        "a.xhtml": shown,
        "lamp.png": picture,
    }
    assert read(book(files)).manuscripts[0].assets
    reading = read(_damage(book(files), "lamp.png"))
    assert reading.manuscripts[0].chapters[0].text.startswith("A lamp.")


def test_zips_that_cannot_be_read() -> None:
    data = book({"content.opf": package(PAGES), "a.xhtml": ONE * 50, "b.xhtml": TWO})
    assert _refusal(data[: len(data) // 2]) == "damaged-zip"
    bomb = book({"content.opf": package({"a": "a.xhtml"}), "a.xhtml": b"<p>" + bytes(9_000_000)})
    assert _refusal(bomb, unpacked_bytes=1_000_000) == "zip-bomb"
    assert _refusal(data, members=3) == "too-many-members"


def test_a_locked_page_is_told_by_name() -> None:
    data = bytearray(book({"content.opf": package({"a": "a.xhtml"}), "a.xhtml": ONE}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert _refusal(bytes(data)) == "encrypted-member"


def test_entities_do_not_grow() -> None:
    bomb = (
        '<!DOCTYPE package [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
        + "]>"
        + package({"a": "a.xhtml"}, metadata="<dc:title>&a8; lamp</dc:title>")
    )
    assert len(_work({"content.opf": bomb, "a.xhtml": ONE}).title) < 50


def test_a_picture_in_every_chapter_is_unpacked_once() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(400_000)
    pages = {f"p{n}": f"p{n}.xhtml" for n in range(50)}
    files: dict[str, str | bytes] = {
        address: page(f'<h2>Chapter {n + 1}</h2><p>Lit.</p><img src="l.png" alt="Lamp"/>')
        for n, address in enumerate(pages.values())
    }
    data = book({"content.opf": package(pages), "l.png": picture, **files})
    reading = read(data, limits=Limits(unpacked_bytes=2_000_000))
    assert len(reading.manuscripts[0].chapters) == 50
    assert len(reading.manuscripts[0].assets) == 1


def test_many_pages_and_deep_contents_take_no_time() -> None:
    pages = {f"p{n}": f"p{n}.xhtml" for n in range(3_000)}
    files: dict[str, str | bytes] = {
        address: page(f"<p>Page {n}.</p>") for n, address in enumerate(pages.values())
    }
    nested = "".join(
        f'<navPoint><navLabel><text>{n}</text></navLabel><content src="p{n}.xhtml"/>'
        for n in range(3_000)
    )
    files["toc.ncx"] = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{nested}'
    start = time.monotonic()
    work = _work({"content.opf": package(pages), **files})
    assert work.words == 6_000
    assert time.monotonic() - start < 20


# --- what the package says ----------------------------------------------------------------------


def _stated(metadata: str) -> Manuscript:
    opf = package({"a": "a.xhtml"}, metadata=metadata)
    text = page("<h2>Fog</h2><p>" + "The lamp was lit. " * 30 + "</p>")
    return _work({"content.opf": opf, "a.xhtml": text})


@pytest.mark.parametrize(
    ("creators", "names"),
    [
        ("<dc:creator>Jane Bennet &amp; Kitty</dc:creator>", ("Jane Bennet", "Kitty")),
        ("<dc:creator>mary_b, lydia</dc:creator>", ("mary_b", "lydia")),
        ("<dc:creator>mary_b, Lydia, Kitty</dc:creator>", ("mary_b", "Lydia", "Kitty")),
        ("<dc:creator>Stoker, Bram</dc:creator>", ("Stoker, Bram",)),
        ("<dc:creator>Salt and Pepper</dc:creator>", ("Salt and Pepper",)),
        ("<dc:creator>A Club (Jane, Kitty)</dc:creator>", ("A Club (Jane, Kitty)",)),
        ("<dc:creator>Jane &amp;amp; Kitty B.</dc:creator>", ("Jane", "Kitty B.")),
        ("<dc:creator>Unknown</dc:creator>", ()),
        ("<dc:creator>https://example.org/novel</dc:creator>", ()),
        ("<dc:creator opf:role='aut'>Jane</dc:creator><dc:creator/>", ("Jane",)),
        ("<dc:contributor opf:role='aut'>Kitty</dc:contributor>", ("Kitty",)),
        ("<dc:contributor>some program 1.0</dc:contributor>", ()),
        ("<dc:Creator>Jane</dc:Creator>", ("Jane",)),
    ],
)
def test_people(creators: str, names: tuple[str, ...]) -> None:
    assert _stated(f"<dc:title>T</dc:title>{creators}").credited() == names


@pytest.mark.parametrize(
    ("identifier", "source"),
    [
        (
            "<dc:identifier>https://example.org/s/1</dc:identifier>",
            "https://example.org/s/1",
        ),
        ("<dc:identifier>URL:https://example.org/s/1</dc:identifier>", "https://example.org/s/1"),
        ("<dc:identifier>uri:https://example.org/s/1</dc:identifier>", "https://example.org/s/1"),
        ("<dc:source>https://example.org/s/1</dc:source>", "https://example.org/s/1"),
        ("<dc:identifier>https://example.org/</dc:identifier>", None),
        ("<dc:identifier>urn:uuid:1</dc:identifier><dc:source>A book</dc:source>", None),
    ],
)
def test_the_address_of_the_story(identifier: str, source: str | None) -> None:
    assert _stated(f"<dc:title>T</dc:title>{identifier}").source == source


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("en-us", "en-US"),
        ("English", "en"),
        ("UND", "en"),
        ("und", "en"),
        ("", "en"),
        ("mul", "en"),
    ],
)
def test_languages(stated: str, language: str) -> None:
    work = _stated(f"<dc:title>T</dc:title><dc:language>{stated}</dc:language>")
    assert work.language == language


def test_dates_that_are_none() -> None:
    work = _stated("<dc:title>T</dc:title><dc:date>0101-01-01T00:00:00+00:00</dc:date>")
    assert work.dates.published is None


def test_a_book_called_unknown_has_no_title() -> None:
    reading = _read(
        {
            "content.opf": package({"a": "a.xhtml"}, metadata="<dc:title>Unknown</dc:title>"),
            "a.xhtml": ONE,
        }
    )
    assert reading.manuscripts[0].title == "A Lamp"
    assert "title-guessed" in _codes(reading)


def test_series_of_both_kinds() -> None:
    work = _stated(
        "<dc:title>T</dc:title>"
        '<meta name="calibre:series" content="Lamps"/>'
        '<meta name="calibre:series_index" content="2.0"/>'
        '<meta property="belongs-to-collection" id="c">Rivers</meta>'
        '<meta refines="#c" property="group-position">4</meta>'
    )
    assert work.series == (SeriesPlace("Lamps", 2), SeriesPlace("Rivers", 4))


def test_subjects_in_one_element_and_escaped_twice() -> None:
    work = _stated(
        "<dc:title>T</dc:title><dc:subject>Fog, Jane &amp;amp; Kitty, Lamps</dc:subject>"
    )
    assert work.tags_of("freeform") == ("Fog", "Jane & Kitty", "Lamps")


# --- chapters -----------------------------------------------------------------------------------


def _titles(*bodies: str, toc: str = "", **more: Any) -> list[tuple[str | None, str]]:
    pages = {f"p{n}": f"p{n}.xhtml" for n in range(len(bodies))}
    files: dict[str, str | bytes] = {f"p{n}.xhtml": body for n, body in enumerate(bodies)}
    work = _work({"content.opf": package(pages, **more), "toc.ncx": toc, **files})
    return [(chapter.title, chapter.text) for chapter in work.chapters]


def test_titles_that_stand_only_in_the_head_of_each_page() -> None:
    found = _titles(page("<p>Lit.</p>", "Wick"), page("<p>Out.</p>", "Smoke"))
    assert found == [("Wick", "Lit."), ("Smoke", "Out.")]


def test_the_title_of_the_book_on_every_page_is_no_title_of_a_chapter() -> None:
    found = _titles(page("<p>Lit.</p>", "A Lamp"), page("<p>Out.</p>", "A Lamp"))
    assert [title for title, _ in found] == [None, None]


def test_pages_that_go_on_with_a_chapter() -> None:
    toc = contents(("Fog", "p0.xhtml"), ("Mud", "p2.xhtml"))
    found = _titles(page("<p>One.</p>"), page("<p>Two.</p>"), page("<p>Three.</p>"), toc=toc)
    assert found == [("Fog", "One.\n\nTwo."), ("Mud", "Three.")]


def test_a_contents_that_lists_volumes_only() -> None:
    bodies = [page(f"<h2>Chapter {n}</h2><p>Page {n}.</p>") for n in range(1, 7)]
    found = _titles(*bodies, toc=contents(("Volume 1", "p0.xhtml")))
    assert len(found) == 6


@pytest.mark.parametrize(
    ("label", "heading", "title", "text"),
    [
        ("Chapter 1: Fog", "<h1>Chapter 1</h1><h2>Fog</h2>", "Fog", "Lit."),
        ("Chapter 1: Fog", "<h2>Chapter One: Fog</h2>", "Fog", "Lit."),
        ("1. Fog", "<h1>1. Fog</h1>", "Fog", "Lit."),
        ("1. Chapter 1", "<h1>1. Chapter 1</h1>", None, "Lit."),
        ("Chapter 1", "<h2>Chapter 1 - Fog</h2>", "Fog", "Lit."),
        ("Chapter 7: Fog", "<h1>Chapter 7</h1><h2>Fog</h2>", "Chapter 7: Fog", "Lit."),
        ("I: Fog", "<hgroup><h2>I</h2><p>Fog</p></hgroup>", "Fog", "Lit."),
        ("Fog", "<h2>A letter</h2>", "Fog", "A letter\n\nLit."),
    ],
)
def test_headings_that_say_what_the_contents_say(
    label: str, heading: str, title: str | None, text: str
) -> None:
    found = _titles(page(f"{heading}<p>Lit.</p>"), toc=contents((label, "p0.xhtml")))
    assert found == [(title, text)]


def test_notes_are_a_chapter_where_the_site_counts_them() -> None:
    toc = contents(("Fog", "p0.xhtml"), ("A/N", "p1.xhtml"))
    bodies = (page("<p>Lit.</p>"), page("<p>Thanks.</p>"))
    assert len(_titles(*bodies, toc=toc)) == 1
    front = page("<p>Fandom: Emma</p><p>Rating: T</p><p>Chapters: 2</p>", "Title Page")
    toc = contents(("Title Page", "p0.xhtml"), ("Fog", "p1.xhtml"), ("A/N", "p2.xhtml"))
    assert len(_titles(front, *bodies, toc=toc)) == 2


def test_a_head_of_labels_in_the_first_chapter_is_read() -> None:
    head = "<p>Title: A Lamp<br/>Author: Jane B.<br/>Fandom: Emma<br/>Rating: PG</p>"
    files: dict[str, str | bytes] = {
        "content.opf": package({"a": "a.xhtml"}),
        "a.xhtml": page(f"{head}<p>{'The lamp was lit. ' * 20}</p>"),
    }
    work = _work(files)
    assert work.credited() == ("Jane B.",)
    assert work.tags_of("fandom") == ("Emma",)
    story = page(f"<p>Status: lit.</p><p>{'By the river stood a lamp. ' * 20}</p>")
    assert _work({**files, "a.xhtml": story}).credited() == ()


def test_two_packages_beside_one_another_are_one_book() -> None:
    reading = _read(
        {
            "OPS/content.opf": package(PAGES),
            "OPS/large-print.opf": package(PAGES),
            "OPS/a.xhtml": ONE,
            "OPS/b.xhtml": TWO,
        },
        "OPS/content.opf",
    )
    assert (reading.reader, len(reading.manuscripts)) == ("epub", 1)


def test_two_packages_with_pages_of_their_own_are_two_works() -> None:
    reading = _read(
        {
            "1/content.opf": package({"a": "a.xhtml"}, metadata="<dc:title>One</dc:title>"),
            "1/a.xhtml": ONE,
            "2/content.opf": package({"b": "b.xhtml"}, metadata="<dc:title>Two</dc:title>"),
            "2/b.xhtml": TWO,
        },
        "1/content.opf",
    )
    assert reading.reader == "anthology"
    assert [work.title for work in reading.manuscripts] == ["One", "Two"]


def test_a_prefix_on_every_element_and_text_in_sections_of_xml() -> None:
    prefixed = (
        '<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:h2>Chapter 1</h:h2>'
        "<h:p>Lit &nbsp;<h:em/>and <![CDATA[<dark>]]>.</h:p></h:body></h:html>"
    )
    files: dict[str, str | bytes] = {
        "content.opf": package({"a": "a.xhtml"}),
        "a.xhtml": prefixed,
    }
    assert _texts(_work(files)) == ["Lit \xa0and <dark>."]
