"""Documents of word processors: what goldens cannot show, and every way they can be hostile."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from word_files import Paragraph, Run, compound_file, locked_document, summary, word_document

from hogarth.errors import Unreadable
from hogarth.intake import Limits, Reading, read
from hogarth.intake.numbering import write_number
from hogarth.intake.office_properties import is_somebody, name_document
from hogarth.intake.symbols import read_symbols
from hogarth.manuscript import Manuscript

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
STORY = "The captain played the organ only when the sea was quite still, and never at noon."


def packed(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, data, stored)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": document,
            **{f"word/{name}.xml": part for name, part in parts.items()},
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, **files: str) -> bytes:
    content = (
        f'<office:document-content xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:text="{OFFICE}text:1.0" xmlns:style="{OFFICE}style:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": mimetype, "content.xml": content, **files})


def rtf(body: str) -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg1252 {body}}}".encode("latin-1")


def work(data: bytes, name: str = "found") -> Manuscript:
    return read(data, name=name).manuscripts[0]


def text(data: bytes) -> str:
    return work(data).chapters[0].text


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, limits=limits)
    return caught.value.code


def codes(reading: Reading) -> set[str]:
    return {problem.code for problem in reading.problems}


# --- the head and the chapters ------------------------------------------------------------------


def test_chapters_are_found_at_plain_lines() -> None:
    body = "".join(
        paragraph(line)
        for line in ("Chapter 1", STORY, STORY, "Chapter 2: Noon", STORY, "He said: Chapter 3.")
    )
    chapters = work(docx(body)).chapters
    assert [(chapter.number, chapter.title) for chapter in chapters] == [(1, None), (2, "Noon")]


def test_a_table_of_contents_begins_no_chapters() -> None:
    lines = ["Chapter 1", "Chapter 2", "Chapter 1", STORY, "Chapter 2", STORY]
    chapters = work(docx("".join(map(paragraph, lines)))).chapters
    assert [chapter.number for chapter in chapters] == [1, 2]
    assert "captain" in chapters[0].text


def test_parts_stay_above_their_chapters() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="h{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2)
    )
    body = "".join(
        paragraph(line, f'<w:pStyle w:val="{style}"/>' if style else "")
        for line, style in (
            ("Part One", "h1"),
            ("Chapter 1", "h2"),
            (STORY, ""),
            ("Chapter 2", "h2"),
            (STORY, ""),
            ("Part Two", "h1"),
            ("Chapter 3", "h2"),
            (STORY, ""),
        )
    )
    chapters = work(docx(body, styles=f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>')).chapters
    assert [chapter.number for chapter in chapters] == [1, 2, 3]
    assert chapters[2].text.startswith("Part Two")


def test_a_story_does_not_go_on_with_its_summary() -> None:
    body = "".join(map(paragraph, ("Title: Noon", "Summary: An organ.", STORY, "Song: low.")))
    manuscript = work(docx(body))
    assert manuscript.summary == "<p>An organ.</p>"
    assert manuscript.chapters[0].text == f"{STORY}\n\nSong: low."


def test_an_opening_that_is_set_as_the_rest_stays_in_the_text() -> None:
    reading = read(docx(paragraph("The Organ") + paragraph(STORY)), name="x.docx")
    assert reading.manuscripts[0].title == "The Organ"
    assert reading.manuscripts[0].chapters[0].text.startswith("The Organ")
    assert codes(reading) == {"title-guessed"}


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Microsoft Word - Document1", ""),
        ("Microsoft Word - The Organ.doc", "The Organ"),
        ("Dokument3", ""),
        ("Untitled document", ""),
        ("Chapter 3", ""),
        ("The Document in the Case", "The Document in the Case"),
        ("  The   Organ ", "The Organ"),
        ("x" * 300, ""),
    ],
)
def test_titles_that_programs_fill_in(stated: str, title: str) -> None:
    assert name_document(stated) == title


@pytest.mark.parametrize(
    "name", ["Windows User", "Microsoft Office User", "python-docx", "hp", "user1", "Home", "", "."]
)
def test_authors_that_are_nobody(name: str) -> None:
    assert not is_somebody(name)


def test_authors_that_are_somebody() -> None:
    assert all(map(is_somebody, ("Mary Mac", "Homer", "Ada", "me_and_my_cat")))


def test_numbers_as_word_processors_write_them() -> None:
    written = [write_number(n, k) for n, k in ((49, "lowerRoman"), (27, "lowerLetter"), (3, "x"))]
    assert written == ["xlix", "27", "3"]
    assert write_number(4, "upperLetter") == "D"


def test_signs_that_have_no_character() -> None:
    assert read_symbols("\uf0ae \uf061", "Symbol") == "→ α"
    assert read_symbols("J\uf001", "Wingdings") == "☺\uf001"
    assert read_symbols("Q", "Webdings") == "❖"


# --- DOCX ---------------------------------------------------------------------------------------


def test_what_was_deleted_does_not_come_back() -> None:
    body = (
        "<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r>"
        "<w:r><w:t>gone</w:t></w:r></w:del><w:r><w:delText>gone</w:delText></w:r>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>"
    )
    assert text(docx(body + paragraph(STORY))) == f"Kept\n\n{STORY}"


def test_the_last_paragraph_may_have_lost_its_end() -> None:
    body = paragraph(STORY) + paragraph("Never.", "<w:rPr><w:del/></w:rPr>")
    assert text(docx(body)).endswith("Never.") is False
    assert "captain" in text(docx(body))


def test_a_document_of_another_language_than_its_program() -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="berschrift1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>'
    )
    heading = paragraph("Chapter 4", '<w:pStyle w:val="berschrift1"/>')
    assert work(docx(heading + paragraph(STORY), styles=styles)).chapters[0].number == 4


def test_links_that_could_run_lose_their_address() -> None:
    body = (
        "<w:p><w:r><w:t>See </w:t></w:r><w:fldSimple w:instr='HYPERLINK \"javascript:x()\"'>"
        f"<w:r><w:t>this</w:t></w:r></w:fldSimple></w:p>{paragraph(STORY)}"
    )
    assert "javascript" not in work(docx(body)).chapters[0].html


def test_parts_that_are_missing_or_lead_outside() -> None:
    relations = (
        '<Relationships><Relationship Id="r1" Type="x/styles" Target="../../../etc/passwd"/>'
        '<Relationship Id="r2" Type="x/comments" Target="/word/nowhere.xml"/></Relationships>'
    )
    data = packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}">{paragraph(STORY)}</w:document>',
            "word/_rels/document.xml.rels": relations,
        }
    )
    assert text(data) == STORY


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"word/styles.xml": "<x/>"}, "damaged-document"),
        ({"word/document.xml": ""}, "no-story"),
        ({"word/document.xml": "junk"}, "no-story"),
        ({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "no-story"),
        ({"_rels/.rels": "<a>", "word/x.xml": ""}, "damaged-document"),
    ],
)
def test_broken_documents(files: dict[str, str | bytes], code: str) -> None:
    assert refusal(packed({"[Content_Types].xml": "<Types/>", **files})) == code


def test_a_document_that_breaks_off() -> None:
    whole = docx("".join(paragraph(STORY) for _ in range(50)))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        xml = archive.read("word/document.xml")
    cut = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml[: len(xml) // 2]})
    reading = read(cut)
    assert "cut-off" in codes(reading)
    assert 300 < reading.manuscripts[0].words < 500


def test_a_document_locked_with_a_password() -> None:
    streams = {"EncryptionInfo": b"x" * 4096, "EncryptedPackage": b"y" * 9000}
    assert refusal(compound_file(streams)) == "locked-document"
    assert refusal(locked_document()) == "locked-document"


def test_elements_nested_too_deeply() -> None:
    deep = "<w:smartTag>" * 5_000 + paragraph(STORY) + "</w:smartTag>" * 5_000
    reading = read(docx(paragraph(STORY) + deep))
    assert reading.manuscripts[0].chapters[0].text == STORY
    assert "cut-off" in codes(reading)


def test_styles_in_a_circle() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("ab", "ba")
    )
    body = paragraph(STORY, '<w:pStyle w:val="a"/>')
    assert text(docx(body, styles=f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>')) == STORY


def test_a_bomb_in_a_document() -> None:
    body = paragraph(STORY) + "<w:p/>" * 3_000_000
    assert refusal(docx(body), Limits(unpacked_bytes=1_000_000)) == "zip-bomb"


def test_a_long_document_costs_little_memory() -> None:
    data = docx("".join(paragraph(STORY) for _ in range(6_000)))
    tracemalloc.start()
    begin = time.process_time()
    manuscript = work(data)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert manuscript.words == 6_000 * len(STORY.split())
    assert used < 40 * 2**20
    assert time.process_time() - begin < 60


# --- ODT ----------------------------------------------------------------------------------------


def test_entities_are_not_read() -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f'<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0">'
        "<office:body><office:text><text:p>&x;</text:p></office:text></office:body>"
        "</office:document-content>"
    )
    data = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bomb})
    assert refusal(data) == "no-story"


def test_a_document_without_its_text() -> None:
    data = packed({"mimetype": "application/vnd.oasis.opendocument.text", "meta.xml": "<a/>"})
    assert refusal(data) == "damaged-document"


def test_numbered_headings_of_an_outline() -> None:
    styles = (
        f'<office:document-styles xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:style="{OFFICE}style:1.0" xmlns:text="{OFFICE}text:1.0"><office:styles>'
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" '
        'style:num-prefix="Chapter " style:num-suffix=":"/></text:outline-style>'
        "</office:styles></office:document-styles>"
    )
    body = "".join(
        f'<text:h text:outline-level="1">{title}</text:h><text:p>{STORY}</text:p>'
        for title in ("Low Water", "High Water")
    )
    chapters = work(odt(body, **{"styles.xml": styles})).chapters
    assert [(c.number, c.title) for c in chapters] == [(1, "Low Water"), (2, "High Water")]


def test_spreadsheets_are_no_texts() -> None:
    data = packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""})
    assert refusal(data) == "not-read-yet"


# --- RTF ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\u8220?Now\u8221?", "“Now”"),
        (r"{\uc2\u8212\'81\'5c}then", "—then"),
        (r"{\uc0\u9731}snow", "☃snow"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"caf\'e9", "café"),
        (r"caf\u-1?\u65?", "caf\uffffA".replace("\uffff", "")),
        (r"a{\v hidden}b{\deleted c}d", "abd"),
        (r"a\~b\_c\-d", "a\u00a0b\u2011c\u00add"),
        (r"{\*\unknown x{\b y}}z", "z"),
        (r"a\par\pard b", "a\n\nb"),
        (r"one\line two", "one\ntwo"),
        ("one\\\ntwo", "one\n\ntwo"),
        (r"{\b bold {\i both}} plain", "bold both plain"),
        (r"a\bin3 {}}b", "ab"),
        (r"{\field{\*\fldinst PAGE}{\fldrslt 7}}a", "a"),
        (r"a{\nonesttables twice}", "a"),
    ],
)
def test_rich_text(body: str, expected: str) -> None:
    assert text(rtf(f"{STORY}\\par {body}")) == f"{STORY}\n\n{expected}"


@pytest.mark.parametrize(
    ("fonts", "body", "expected"),
    [
        (r"{\f0\fcharset204 A;}", r"\f0 \'cf\'f0\'e8", "При"),
        (r"{\f0\fcharset128 A;}", r"\f0 \'93\'fa\'96\'7b\'83e", "日本テ"),
        (r"{\f0\fcharset2 Symbol;}{\f1 B;}", r"\f0 \'61\f1 b", "αb"),
        (r"{\f0\fcharset2 Wingdings;}", r"\f0 J", "☺"),
        (r"{\f0\cpg1253 A;}", r"\f0 \'e1", "α"),
        (r"\f0\fswiss A;\f1\fcharset178 B;", r"\f1 \'c7\'e1", "ال"),
        (r"{\f0\fcharset0 A;}", "\u00e9t\u00e9", "été"),
    ],
)
def test_typefaces_and_their_characters(fonts: str, body: str, expected: str) -> None:
    assert text(rtf(f"{{\\fonttbl{fonts}}}{STORY}\\par {body}")).endswith(f"\n\n{expected}")


def test_a_document_in_its_own_code_page() -> None:
    russian = r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset0 A;}}\f0 \'cf\'f0\'e8\'e2\'e5\'f2}"
    assert text(russian.encode()) == "Привет"
    raw = r"{\rtf1\ansi{\fonttbl{\f0 A;}}\f0 “Привет”, \'e9}".encode()
    assert text(raw) == "“Привет”, é"


def test_groups_without_end() -> None:
    begin = time.process_time()
    data = rtf(STORY) + b""
    deep = data[:-1] + b"{\\b " * 100_000 + b"deep}"
    reading = read(deep)
    assert reading.manuscripts[0].chapters[0].text.endswith("deep")
    assert codes(reading) == {"cut-off", "title-guessed"}
    assert time.process_time() - begin < 20


def test_braces_that_close_nothing() -> None:
    assert text(rtf(STORY) + b"}}}} trailing") == STORY


def test_a_line_that_never_ends() -> None:
    begin = time.process_time()
    assert work(rtf(f"{STORY} " * 100_000)).words == 100_000 * len(STORY.split())
    assert time.process_time() - begin < 20


# --- DOC ----------------------------------------------------------------------------------------


def doc(*texts: str, **options: bytes) -> bytes:
    return word_document([Paragraph((Run(text),)) for text in texts], **options)  # type: ignore[arg-type]


def test_a_document_of_old_word() -> None:
    manuscript = work(doc("The Organ", "by Ada Quill", STORY), "x.doc")
    assert (manuscript.title, manuscript.credited()) == ("The Organ", ("Ada Quill",))
    assert manuscript.chapters[0].text == STORY


def test_what_a_document_of_old_word_says_of_itself() -> None:
    stated = summary({2: "Noon", 4: "Ada Quill", 6: "An organ."})
    manuscript = work(doc(STORY, "Never.", summary=stated))
    assert (manuscript.title, manuscript.credited()) == ("Noon", ("Ada Quill",))
    assert manuscript.summary == "<p>An organ.</p>"


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ({}, "not-read-yet"),
        ({"Workbook": b"x"}, "data-file"),
        ({"PowerPoint Document": b"x"}, "data-file"),
        ({"StarWriterDocument": b"x"}, "not-read-yet"),
        ({"WordDocument": b"x"}, "damaged-document"),
        ({"WordDocument": bytes(5_000)}, "damaged-document"),
        ({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(5_000)}, "damaged-document"),
    ],
)
def test_other_files_of_old_office(streams: dict[str, bytes], code: str) -> None:
    padded = {name: data.ljust(4_096, b"\x00") for name, data in streams.items()}
    assert refusal(compound_file(padded)) == code


def test_a_table_of_sectors_that_goes_round() -> None:
    data = bytearray(doc(STORY))
    fat = len(data) - 512
    data[fat : fat + 256] = bytes(256)
    begin = time.process_time()
    with suppress(Unreadable):
        read(bytes(data))
    assert time.process_time() - begin < 5


def test_text_of_word_95_in_bytes() -> None:
    story = "Капитан играл на органе, только когда море было совсем спокойно.\r"
    head = bytearray(0x400)
    head[:4] = b"\xdc\xa5\x68\x00"
    head[6:8] = b"\x19\x04"
    head[0x18:0x1C] = (0x400).to_bytes(4, "little")
    head[0x34:0x38] = len(story).to_bytes(4, "little")
    data = compound_file({"WordDocument": (bytes(head) + story.encode("cp1251")).ljust(4_096)})
    assert text(data) == story.strip()


@pytest.mark.parametrize(
    ("line", "title", "names"),
    [
        ("The Organ by Ada Quill", "The Organ", ("Ada Quill",)),
        ("Death by Chocolate", "Death by Chocolate", ()),
        ("By Ada Quill", "x", ("Ada Quill",)),
    ],
)
def test_a_title_and_its_byline_in_one_line(line: str, title: str, names: tuple[str, ...]) -> None:
    body = paragraph(line, '<w:jc w:val="center"/>') + paragraph(STORY)
    manuscript = work(docx(body), "x.docx")
    assert (manuscript.title, manuscript.credited()) == (title, names)
