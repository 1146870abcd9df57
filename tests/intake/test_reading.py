"""Reading as a whole: every way a file can be hostile, and what the face promises."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_cases import cases, read_input

from hogarth.errors import HogarthError, Unreadable
from hogarth.intake import PROBLEMS, READERS, REFUSALS, Limits, Reading, read
from hogarth.intake.nesting import flatten

INPUTS = [read_input(case) for case in cases()]
STORY = b"<p>The captain played the organ only when the sea was quite still, and never at noon.</p>"


def refusal(data: bytes, name: str = "", limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name=name, limits=limits)
    assert caught.value.code in REFUSALS
    return caught.value.code


def check(data: bytes, name: str) -> None:
    """Whatever the bytes, there is a reading or a sentence."""
    try:
        reading = read(data, name=name)
    except HogarthError as error:
        refused = error
    else:
        check_reading(reading)
        return
    assert refused.code in REFUSALS
    assert refused.message.endswith(".")


def check_reading(reading: Reading) -> None:
    assert reading.manuscripts
    assert {problem.code for problem in reading.problems} <= set(PROBLEMS)
    assert any(chapter.paragraphs for chapter in reading.manuscripts[0].chapters)


@given(st.binary(max_size=2_000))
def test_any_bytes(data: bytes) -> None:
    check(data, "found")


@given(st.text("<>/=\"'& \n\tpbrdivhxqol1234#:!-", max_size=400))
def test_any_markup(text: str) -> None:
    check(text.encode(), "found.html")


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(INPUTS),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=6)), max_size=6),
    st.integers(0, 10**6),
)
def test_damaged_files(
    given_input: tuple[str, bytes], changes: list[tuple[int, bytes]], length: int
) -> None:
    """Bytes overwritten anywhere, and the end cut off."""
    name, data = given_input
    changed = bytearray(data)
    for place, new in changes:
        at = place % (len(changed) + 1)
        changed[at : at + len(new)] = new
    check(bytes(changed[: length % (len(changed) + 1) or None]), name)


def test_every_reader_reads_a_golden_case() -> None:
    seen = set()
    for name, data in INPUTS:
        try:
            seen.add(read(data, name=name).reader)
        except Unreadable:
            continue
    assert seen == {reader.name for reader in READERS}


def test_tables_are_sentences() -> None:
    for sentence, hint in [*REFUSALS.values(), *PROBLEMS.values()]:
        assert sentence.endswith(".")
        assert hint.endswith(".")
    for reader in READERS:
        assert reader.reads.endswith(".")


def test_a_path_and_its_bytes_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "The_Organ.html"
    path.write_bytes(STORY)
    assert read(path) == read(str(path)) == read(STORY, name="The_Organ.html")


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.txt", tmp_path, tmp_path / "nul\0.txt"):
        with pytest.raises(Unreadable) as caught:
            read(path)
        assert caught.value.code in ("cannot-open", "not-a-file")


def test_a_file_beyond_the_limit(tmp_path: Path) -> None:
    small = Limits(file_bytes=10)
    assert refusal(STORY, limits=small) == "too-large"
    path = tmp_path / "long.html"
    path.write_bytes(STORY)
    with pytest.raises(Unreadable) as caught:
        read(path, limits=small)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "blank"),
        (b"%PDF-1.7\n", "not-read-yet"),
        (b"{\\rtf1\\ansi }", "no-story"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "damaged-document"),
        (b"\xffWPC\x10\x00", "not-read-yet"),
        (b"TPZ3rest", "not-read-yet"),
        (b"\x89PNG\r\n\x1a\nrest", "picture"),
        (b"\xff\xd8\xff\xe0rest", "picture"),
        (b"ID3\x03rest", "recording"),
        (b"\x1f\x8b\x08rest", "packed"),
        (b"Rar!\x1a\x07\x00", "packed"),
        (b"SQLite format 3\x00", "data-file"),
        (b'["a", "b"]', "data-file"),
        (b'<?xml version="1.0"?><rss><item/></rss>', "data-file"),
        (bytes(range(256)) * 20, "not-text"),
        (b"Retry later\n", "no-story-retry-later"),
        (b"<html><body>Retry later</body></html>", "no-story-retry-later"),
        (b"<html><body><p>Hello.</p></body></html>", "no-story"),
        (b"<div id='chapters'><div class='userstuff'></div></div>", "no-story"),
    ],
)
def test_what_holds_no_story(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "ul><li", "center", "b", "i"])
def test_elements_without_end(tag: str) -> None:
    """Flattened before they are parsed, which would take minutes."""
    page = f"<{tag}>".encode() * 100_000 + STORY
    reading = read(page, name="deep.html")
    assert "organ only when" in reading.manuscripts[0].chapters[0].text


def test_formatting_that_multiplies() -> None:
    page = "".join(f"<p><font color={number}>word" for number in range(3_000)).encode()
    assert read(page, name="fonts.html").manuscripts[0].words == 3_000


def test_a_long_page_that_is_nested_as_pages_are_stays_as_it_is() -> None:
    page = "<div><p><i class=x>One</i> <font color=red>two</font></p></div>" * 2_000
    assert flatten(page, 400) == page


@pytest.mark.parametrize("tag", ["b", "p", "li", "td", "br", "i", "a href=x", "table"])
def test_elements_left_open_are_no_trouble(tag: str) -> None:
    check(f"<{tag}>x ".encode() * 4_000 + STORY, "open.html")


def test_headings_inside_of_headings() -> None:
    page = b"<div><h2>Chapter 1 <div><h2>Chapter 2</h2></div></h2>%b<h2>Chapter 3</h2>%b</div>"
    assert len(read(page % (STORY, STORY)).manuscripts[0].chapters) == 2


# --- e-books ------------------------------------------------------------------------------------


def book(files: dict[str, bytes], package: str = "a.opf") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        container = (
            f'<container><rootfiles><rootfile full-path="{package}"/></rootfiles></container>'
        )
        archive.writestr("META-INF/container.xml", container)
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


PACKAGE = (
    b'<package xmlns="http://www.idpf.org/2007/opf"><metadata><title>T</title></metadata>'
    b'<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    b'<spine><itemref idref="a"/><itemref idref="a"/></spine></package>'
)


def test_a_small_book() -> None:
    reading = read(book({"a.opf": PACKAGE, "a.xhtml": STORY}))
    assert reading.manuscripts[0].title == "T"
    assert len(reading.manuscripts[0].chapters) == 1


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "damaged-epub"),
        ({"a.opf": b""}, "damaged-epub"),
        ({"a.opf": b"\x00\x01"}, "damaged-epub"),
        ({"a.opf": b"<package/>"}, "damaged-epub"),
        ({"a.opf": PACKAGE}, "damaged-epub"),
        ({"a.opf": PACKAGE, "a.xhtml": b""}, "no-story-empty"),
        ({"a.opf": PACKAGE, "META-INF/license.lcpl": b"{}"}, "drm"),
    ],
)
def test_broken_books(files: dict[str, bytes], code: str) -> None:
    assert refusal(book(files)) == code


def test_outside_files_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    doctype = f'<!DOCTYPE package [<!ENTITY out SYSTEM "{secret.as_uri()}">]>'.encode()
    package = PACKAGE.replace(b"</title>", b"</title><description>A &out; tale</description>")
    reading = read(book({"a.opf": doctype + package, "a.xhtml": STORY}))
    summary = reading.manuscripts[0].summary or ""
    assert "tale" in summary
    assert "secret" not in summary


def test_entities_are_not_multiplied() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    doctype = f"<!DOCTYPE package [{laughs}]>".encode()
    package = PACKAGE.replace(b"</title>", b"</title><description>&l11;</description>")
    assert refusal(book({"a.opf": doctype + package, "a.xhtml": STORY})) == "damaged-epub"


def test_paths_lead_nowhere_outside() -> None:
    package = PACKAGE.replace(b'href="a.xhtml"', b'href="../../../../etc/hostname"')
    assert refusal(book({"a.opf": package, "a.xhtml": STORY})) == "damaged-epub"


def test_a_bomb_in_a_book() -> None:
    page = STORY + b"<p>" + b" " * 30_000_000 + b"</p>"
    limits = Limits(unpacked_bytes=1_000_000)
    assert refusal(book({"a.opf": PACKAGE, "a.xhtml": page}), limits=limits) == "zip-bomb"


def test_a_lying_size_in_a_book() -> None:
    data = book({"a.opf": PACKAGE, "a.xhtml": STORY * 50})
    honest, lie = len(STORY * 50).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert refusal(data.replace(honest, lie)) == "damaged-zip"


def test_too_many_members() -> None:
    files = {f"{number}.txt": b"" for number in range(60)}
    assert refusal(book(files), limits=Limits(members=50)) == "too-many-members"


@pytest.mark.parametrize("keep", [5, 40, 200, 400])
def test_a_cut_book(keep: int) -> None:
    whole = book({"a.opf": PACKAGE, "a.xhtml": STORY * 30})
    assert refusal(whole[:keep], "cut.epub") in ("damaged-zip", "zip-without-book")


def test_a_zip_that_is_no_book() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("story.html", STORY)
    assert refusal(buffer.getvalue()) == "zip-without-book"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("xl/workbook.xml", b"")
    assert refusal(buffer.getvalue()) == "not-read-yet"


def test_a_drawing_that_runs_is_no_picture() -> None:
    page = STORY + b'<p><img src="a.svg"/><img src="b.svg"/></p>'
    files = {
        "a.opf": PACKAGE,
        "a.xhtml": page,
        "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>',
        "b.svg": b'<svg onload="alert(1)"/>',
    }
    reading = read(book(files))
    assert [asset.media_type for asset in reading.manuscripts[0].assets] == ["image/svg+xml"]
    assert ("picture-missing", "b.svg") in [(p.code, p.detail) for p in reading.problems]


def test_bytes_that_fit_no_character_in_a_book() -> None:
    page = STORY + "<p>“Cut” “off”</p>".encode() + b"<p>off\x81</p>"
    reading = read(book({"a.opf": PACKAGE, "a.xhtml": page}))
    assert ("undecodable-bytes", "1") in [(p.code, p.detail) for p in reading.problems]


def test_a_member_without_a_name() -> None:
    data = book({"a.opf": PACKAGE, "a.xhtml": STORY, "Qx": b""}).replace(b"Qx", b"\0x")
    assert read(data).reader == "epub"


def test_a_style_that_never_ends_costs_little() -> None:
    style = ".a{" + "display:none " * 30_000
    begin = time.process_time()
    reading = read(b"<html><style>" + style.encode() + b"</style><body>" + STORY * 9, name="a.html")
    assert time.process_time() - begin < 5
    assert "captain" in reading.manuscripts[0].chapters[0].html


def test_a_title_is_never_longer_than_a_list_can_show() -> None:
    text = "Title: " + "Ahab " * 200_000 + "\n\nChapter 1\n\n" + "The sea was still. " * 50
    manuscript = read(text.encode(), name="a.txt").manuscripts[0]
    assert manuscript.title.startswith("Ahab Ahab")
    assert manuscript.title.endswith("…")
    assert len(manuscript.title) <= 500


def test_a_head_has_no_more_names_than_a_page_can_show() -> None:
    names = ", ".join(f"whale {number}" for number in range(20_000))
    text = f"Title: Ahab\nAuthor: {names}\nTags: {names}\n\n" + "The sea was still. " * 50
    manuscript = read(text.encode(), name="a.txt").manuscripts[0]
    assert manuscript.tags[0].name == "whale 0"
    assert 1_000 < len(manuscript.tags) <= 5_000
    assert len(manuscript.credits) <= 5_000
