"""Files that hold a file of another kind: saved pages and mails, and e-books through Calibre."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from intake_cases import FOLDER, zip_folder

from hogarth.errors import Unreadable
from hogarth.intake import Limits, Place, read, read_many
from hogarth.intake.calibre import convert as convert_book
from hogarth.intake.converters import CONVERTERS
from hogarth.intake.mhtml import convert as convert_page
from hogarth.intake.programs import run_program
from hogarth.intake.reading import Found

STORY = "The captain played the organ only when the sea was quite still, and never at noon. " * 3
CALIBRE = shutil.which("ebook-convert")
needs_calibre = pytest.mark.skipif(
    CALIBRE is None, reason="Calibre is missing (Debian: apt install calibre)"
)


def refusal(data: bytes, name: str = "", limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name=name, limits=limits)
    return caught.value.code


def test_the_table_is_sentences() -> None:
    assert all(converter.reads.endswith(".") for converter in CONVERTERS)


# --- saved pages and mails ----------------------------------------------------------------------


def mail(*parts: str, head: str = "", boundary: str = "b") -> bytes:
    lines = [
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; boundary="{boundary}"{head}',
        "",
        *(f"--{boundary}\n{part}" for part in parts),
        f"--{boundary}--",
        "",
    ]
    return "\n".join(lines).encode()


PAGE = f"Content-Type: text/html; charset=utf-8\n\n<html><body><p>{STORY}</p></body></html>"


def page(data: bytes, name: str = "a/story.mht") -> str:
    return convert_page(Found(name, data)).text


def test_a_page_keeps_its_file_name() -> None:
    found = convert_page(Found("a/story.mht", mail(PAGE)))
    assert found.name == "a/story.html"
    reading = read(mail(PAGE), name="a/The_Organ.mht")
    assert (reading.source, reading.reader) == ("a/The_Organ.mht", "html-page")
    assert reading.manuscripts[0].title == "The Organ"


def test_the_part_that_the_head_names_is_the_page() -> None:
    other = "Content-Type: text/html\nContent-ID: <two>\n\n<p>Umbrellas.</p>"
    own = PAGE.replace("\n\n", "\nContent-ID: <one>\n\n", 1)
    assert "captain" in page(mail(other, own, head='; start="<one>"'))
    assert "Umbrellas" in page(mail(other, own))


def test_parts_in_parts() -> None:
    inner = mail("Content-Type: text/plain\n\nplain", PAGE, boundary="inner").decode()
    inner = inner.replace("MIME-Version: 1.0\n", "").replace("related", "alternative")
    assert "captain" in page(mail(inner))
    deep = PAGE
    for number in range(8):
        deep = (
            f"Content-Type: multipart/mixed; boundary={number}\n\n--{number}\n{deep}\n--{number}--"
        )
    assert refusal(mail(deep)) == "no-story"


@pytest.mark.parametrize(
    ("charset", "encoding"), [("windows-1251", "cp1251"), ("no-such-set", "utf-8"), ("", "cp1251")]
)
def test_characters_of_a_part(charset: str, encoding: str) -> None:
    words = "Капитан играл на органе, только когда море было совсем спокойно. " * 4
    head = f"; charset={charset}" if charset else ""
    data = mail(f"Content-Type: text/html{head}\n\n<p>@</p>").replace(b"@", words.encode(encoding))
    assert words.strip() in page(data)


def test_a_mail_without_a_page_is_a_text() -> None:
    text = f"Content-Type: text/plain; charset=utf-8\n\nTitle: Noon\n\n{STORY}"
    head = "\nFrom: Ada Quill <ada@example.com>\nSubject: =?utf-8?q?Caf=C3=A9?="
    found = convert_page(Found("x.eml", mail(text, head=head)))
    assert found.name == "x.txt"
    assert found.text.startswith("Subject: Café\nFrom: Ada Quill <ada@example.com>\n\nTitle: Noon")


@pytest.mark.parametrize(
    "data",
    [
        mail("Content-Type: image/png\n\nx"),
        mail(),
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
    ],
)
def test_what_holds_no_page(data: bytes) -> None:
    assert refusal(data, "a.mht") == "no-story"


def test_headers_that_make_no_sense_hide_no_others() -> None:
    data = b"From: x\nX-Broken: =?utf-8?Q?two\nlines\n" + mail(PAGE)
    assert "captain" in page(data)


def test_a_picture_named_a_thousand_times_is_written_no_more_than_fits() -> None:
    picture = "Content-Type: image/png\nContent-Location: p.png\n\n" + "x" * 1_000_000
    many = PAGE.replace("</p>", "</p>" + '<img src="p.png">' * 1_000)
    begin = time.process_time()
    found = convert_page(Found("x.mht", mail(many, picture)))
    assert 50 * 2**20 < len(found.data) < 128 * 2**20
    assert time.process_time() - begin < 20


def test_a_text_with_a_colon_is_no_mail() -> None:
    text = f"Note: this is how it began.\n\n{STORY}\n\nContent-Type: multipart/related\n"
    assert read(text.encode(), name="a.txt").reader == "plain-text"


# --- Calibre ------------------------------------------------------------------------------------


def book(case: str, ending: str, folder: Path) -> bytes:
    """One of our own e-books as Calibre writes it for another device."""
    source, target = folder / "a.epub", folder / f"a{ending}"
    source.write_bytes(zip_folder(FOLDER / case / "input.epub"))
    assert CALIBRE is not None
    environment = {"QT_QPA_PLATFORM": "offscreen", "CALIBRE_CONFIG_DIRECTORY": str(folder)}
    subprocess.run(
        [CALIBRE, source, target],
        check=True,
        capture_output=True,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment},
    )
    return target.read_bytes()


@needs_calibre
@pytest.mark.parametrize("ending", [".mobi", ".azw3"])
def test_a_book_for_kindle(ending: str, tmp_path: Path) -> None:
    data = book("epub3-nav", ending, tmp_path)
    place = tmp_path / f"The_Book{ending}"
    place.write_bytes(data)
    # Within the limits that hold where files are read: Calibre starts there too.
    (outcome,) = read_many([Place(str(place))], limits=Limits(), workers=1)
    assert not isinstance(outcome.result, Exception), outcome.result
    own = read(zip_folder(FOLDER / "epub3-nav" / "input.epub"), name="x.epub").manuscripts[0]
    manuscript = outcome.result.manuscripts[0]
    assert outcome.result.source == str(place)
    assert manuscript.title.startswith(own.title)
    assert manuscript.credited() == own.credited()
    # Without headings in the old form, those of the two chapters stay in the text.
    assert own.words <= manuscript.words <= own.words + 8
    assert len(manuscript.chapters) == len(own.chapters)
    assert ("converted", "calibre") in {(e.fact, e.detail) for e in outcome.result.evidence}


@needs_calibre
def test_a_book_that_calibre_cannot_read() -> None:
    assert refusal(bytes(60) + b"BOOKMOBI") == "program-failed"


def kindle(*, locked: bool) -> bytes:
    """The head of a Kindle's e-book, with or without a lock."""
    record = struct.pack(">HHIHHHH", 2, 0, 100, 1, 4096, 2 if locked else 0, 0)
    return b"\x00" * 60 + b"BOOKMOBI" + b"\x00" * 8 + struct.pack(">HI", 1, 90) + bytes(8) + record


def test_a_book_with_a_lock_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refusal(kindle(locked=True)) == "drm"


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable) as caught:
        convert_book(Found("a.azw3", kindle(locked=False)))
    assert caught.value.code == "needs-program"
    assert "apt install calibre" in str(caught.value)


def test_a_plain_palm_text_that_was_read_is_not_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    head = bytes(60) + b"TEXtREAd" + bytes(8) + struct.pack(">HI", 1, 90) + bytes(8)
    read_to = struct.pack(">HHIHHI", 1, 0, 200_000, 49, 4096, 0x00010001)
    assert refusal(head + read_to) == "needs-program"
    locked = struct.pack(">HHIHHI", 1, 0, 200, 1, 4096, 0x00010001)
    assert refusal(head + locked) == "drm"


# --- programs -----------------------------------------------------------------------------------


def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    script = (
        "import subprocess, sys, time; "
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "open('pid', 'w').write(str(p.pid)); time.sleep(60)"
    )
    with pytest.raises(Unreadable) as caught:
        run_program([sys.executable, "-c", script], tmp_path, Limits(seconds=3.0), {})
    assert caught.value.code == "took-too-long"
    child = Path("/proc") / (tmp_path / "pid").read_text()
    end = time.monotonic() + 10
    while child.exists() and "Z" not in (child / "stat").read_text() and time.monotonic() < end:
        time.sleep(0.05)
    assert not child.exists() or "Z" in (child / "stat").read_text()


def test_a_program_sees_no_more_than_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOGARTH_SECRET", "secret")
    script = "import os; open('seen', 'w').write(' '.join(sorted(os.environ)))"
    assert run_program([sys.executable, "-c", script], tmp_path, Limits(), {"TOLD": "yes"}) == 0
    seen = (tmp_path / "seen").read_text().split()
    assert "HOGARTH_SECRET" not in seen
    assert {"HOME", "TMPDIR", "TOLD"} <= set(seen)


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        run_program([str(tmp_path / "none")], tmp_path, Limits(), {})
    assert caught.value.code == "program-failed"
