"""What a library keeps beside a book: which files it is about, and what is believed of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pytest

from hogarth.errors import HogarthError
from hogarth.intake import Limits, Outcome, expand, read_many
from hogarth.intake.companion import choose_companion, read_companion
from hogarth.intake.facts import Facts
from hogarth.manuscript import Manuscript, SeriesPlace, Tag

LIMITS = Limits()
STORY = (
    "<html><head><title>index</title></head><body><p>The fog had come up the river before "
    "breakfast, and by noon it had the whole of Baker Street.</p><p>Holmes stood at the window "
    "with his back to the room, and waited for the lamplighter.</p></body></html>"
)


def column(name: str, label: str, value: Any, datatype: str = "text") -> dict[str, Any]:
    return {"name": name, "label": label, "#value#": value, "datatype": datatype}


def package(more: str = "", **columns: dict[str, Any]) -> bytes:
    """A `metadata.opf` as the library writes it."""
    told = "".join(
        f'<meta name="calibre:user_metadata:#{label}" content="{escape(json.dumps(value))}"/>'
        for label, value in columns.items()
    )
    return f"""<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="uuid_id" version="2.0">
 <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
  <dc:identifier opf:scheme="calibre" id="calibre_id">12</dc:identifier>
  <dc:identifier opf:scheme="uuid" id="uuid_id">2f0a</dc:identifier>
  <dc:title>The Lamplighter</dc:title>
  <dc:creator opf:file-as="Watson, John" opf:role="aut">John Watson</dc:creator>
  <dc:creator opf:file-as="Hudson, Martha" opf:role="aut">Martha Hudson</dc:creator>
  <dc:date>2012-05-02T00:00:00+00:00</dc:date>
  <dc:description>&lt;p&gt;It is &lt;em&gt;very&lt;/em&gt; foggy.&lt;/p&gt;</dc:description>
  <dc:language>eng</dc:language>
  <dc:subject>Fog</dc:subject>
  <dc:subject>Sherlock Holmes</dc:subject>
  <meta name="calibre:series" content="Lamps"/>
  <meta name="calibre:series_index" content="2.0"/>
  {more}{told}
 </metadata>
 <guide><reference type="cover" href="cover.jpg" title="Cover"/></guide>
</package>""".encode()


def facts_in(data: bytes) -> Facts:
    facts = read_companion(data)
    assert facts is not None
    return facts


def test_what_the_library_says() -> None:
    facts = facts_in(package())
    assert facts.title == "The Lamplighter"
    assert [credit.name for credit in facts.credits] == ["John Watson", "Martha Hudson"]
    assert facts.series == [SeriesPlace("Lamps", 2)]
    assert facts.summary == "<p>It is <em>very</em> foggy.</p>"
    assert facts.language == "en"
    assert str(facts.dates.published) == "2012-05-02"
    assert facts.source is None


def test_columns_of_its_own() -> None:
    facts = facts_in(
        package(
            fandoms=column("Fandoms", "fandoms", ["Sherlock Holmes", "Doyle"]),
            ships=column("Ships", "ships", ["Holmes/Watson"]),
            words=column("Word count", "words", 1234, "int"),
            status=column("Status", "status", "In-Progress", "enumeration"),
            read=column("Read", "read", True, "bool"),
            mine=column("My rating", "rating", 8, "rating"),
            pub=column(
                "Published", "pub",
                {"__class__": "datetime.datetime", "__value__": "2011-01-02T00:00:00+00:00"},
                "datetime",
            ),
            genre=column("Genre", "genre", "Mystery"),
        )
    )  # fmt: skip
    assert facts.tags == [
        Tag("fandom", "Sherlock Holmes"),
        Tag("fandom", "Doyle"),
        Tag("relationship", "Holmes/Watson"),
        Tag("genre", "Mystery"),
        Tag("freeform", "Fog"),
    ]
    assert facts.stated.words == 1234
    assert facts.status == "in-progress"
    assert str(facts.dates.published) == "2011-01-02"


def test_columns_of_a_newer_package() -> None:
    columns = {"#ship": column("Pairing", "ship", ["A/B"])}
    more = f'<meta property="calibre:user_metadata">{escape(json.dumps(columns))}</meta>'
    assert Tag("relationship", "A/B") in facts_in(package(more)).tags


def test_what_a_downloader_saved_in_one_column() -> None:
    saved = (
        "<p><span class='label'>Category</span>: <div class='metadata list' id='category'><ul>\n"
        "<li>Sherlock Holmes</li>\n<li>Dracula</li></ul></div></p>"
        "<p><div class='metadata list' id='ships'><ul><li>Holmes/Watson</li></ul></div></p>"
        "<p><div class='metadata' id='rating'>Teen</div></p>"
        "<p><div class='metadata int' id='numWords'>4321</div></p>"
        "<p><div class='metadata datetime' id='datePublished'>2010-03-04T00:00:00</div></p>"
        "<p><div class='metadata' id='storyUrl'>https://www.fanfiction.net/s/77/1/</div></p>"
    )
    facts = facts_in(package(saved=column("Saved metadata", "saved", saved, "comments")))
    assert Tag("fandom", "Dracula") in facts.tags
    assert Tag("relationship", "Holmes/Watson") in facts.tags
    assert Tag("rating", "Teen") in facts.tags
    assert facts.stated.words == 4321
    assert str(facts.dates.published) == "2010-03-04"
    assert facts.source == "https://www.fanfiction.net/s/77/1/"


@pytest.mark.parametrize(
    ("identifier", "source"),
    [
        ('opf:scheme="URL">https://archiveofourown.org/works/5', "https://archiveofourown.org/works/5"),
        ('opf:scheme="URI">http|//www.example.org/story', "http://www.example.org/story"),
        (">url:https://www.fanfiction.net/s/7/1/", "https://www.fanfiction.net/s/7/1/"),
        ('opf:scheme="AO3">12345', "https://archiveofourown.org/works/12345"),
        (">ffnet:77", "https://www.fanfiction.net/s/77"),
        ('opf:scheme="ISBN">9783161484100', None),
    ],
)  # fmt: skip
def test_where_the_story_is_from(identifier: str, source: str | None) -> None:
    assert facts_in(package(f"<dc:identifier {identifier}</dc:identifier>")).source == source


@pytest.mark.parametrize(
    "data", [b"", b"no xml", b"<html><p>page</p></html>", package()[:200], b"\x00\xff" * 50]
)
def test_what_cannot_be_read(data: bytes) -> None:
    facts = read_companion(data)
    assert facts is None or not facts.credits


def test_columns_that_are_damaged_are_passed_over() -> None:
    more = (
        '<meta name="calibre:user_metadata:#a" content="{broken"/>'
        '<meta name="calibre:user_metadata:#b" content="[1]"/>'
        f'<meta name="calibre:user_metadata:#c" content="{"[" * 5000}"/>'
        '<meta property="calibre:user_metadata">{"#d": 3}</meta>'
    )
    assert facts_in(package(more)).title == "The Lamplighter"


# --- which files it is about --------------------------------------------------------------------


def test_which_file_a_companion_is_about() -> None:
    assert choose_companion("A - B.epub", ["metadata.opf"], 1) == "metadata.opf"
    assert choose_companion("a.epub", ["metadata.opf", "A.OPF"], 1) == "A.OPF"
    assert choose_companion("a.epub", ["metadata.opf", "a.opf"], 2) == "a.opf"
    assert choose_companion("a.epub", ["metadata.opf"], 2) is None, "it tells of one book"
    assert choose_companion("index.html", ["content.opf"], 1) == "content.opf"
    assert choose_companion("a.epub", ["b.opf"], 1) is None


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read_all(path: Path) -> dict[str, Outcome]:
    outcomes = read_many(expand([path], LIMITS), limits=LIMITS, workers=1)
    return {outcome.place.name.removeprefix(f"{path.parent}/"): outcome for outcome in outcomes}


def work_of(outcome: Outcome) -> Manuscript:
    assert not isinstance(outcome.result, HogarthError), outcome.result
    (manuscript,) = outcome.result.manuscripts
    return manuscript


def evidence_of(outcome: Outcome) -> list[str]:
    assert not isinstance(outcome.result, HogarthError)
    return [seen.detail for seen in outcome.result.evidence if seen.fact == "metadata"]


def test_a_library_folder(tmp_path: Path) -> None:
    library = tmp_path / "Library"
    book = library / "John Watson" / "The Lamplighter (12)"
    book.mkdir(parents=True)
    (book / "metadata.opf").write_bytes(package())
    (book / "cover.jpg").write_bytes(b"\xff\xd8\xff")
    (book / "The Lamplighter - John Watson.html").write_text(STORY)
    (book / "The Lamplighter - John Watson.txt").write_text("Fog.\n\nIt was foggy all day.\n")
    (library / "metadata.db").write_bytes(b"SQLite format 3\x00")
    (library / "full-text-search.db").write_bytes(b"SQLite format 3\x00")
    (library / "metadata_db_prefs_backup.json").write_text("{}")
    (library / ".caltrash").mkdir()
    (library / ".caltrash" / "gone.html").write_text(STORY)
    found = read_all(library)
    assert len(found) == 2
    for outcome in found.values():
        work = work_of(outcome)
        assert work.title == "The Lamplighter"
        assert work.credited() == ("John Watson", "Martha Hudson")
        assert work.series == (SeriesPlace("Lamps", 2),)
        assert evidence_of(outcome) == ["metadata.opf"]
        assert outcome.result.problems == ()  # type: ignore[union-attr]  # work_of has looked


def test_a_page_packed_with_its_facts(tmp_path: Path) -> None:
    packed = zipped({"index.html": STORY.encode(), "style.css": b"", "metadata.opf": package()})
    (tmp_path / "lamp.htmlz").write_bytes(packed)
    (tmp_path / "all.zip").write_bytes(
        zipped({"in/lamp.htmlz": packed, "in/other.txt": b"Another story.\n\nIt is short.\n"})
    )
    assert work_of(read_all(tmp_path / "lamp.htmlz")["lamp.htmlz/index.html"]).title == (
        "The Lamplighter"
    )
    found = read_all(tmp_path / "all.zip")
    assert work_of(found["all.zip/in/lamp.htmlz/index.html"]).title == "The Lamplighter"
    assert evidence_of(found["all.zip/in/other.txt"]) == []


def test_a_zip_of_a_library(tmp_path: Path) -> None:
    files = {
        "Library/A/One (1)/metadata.opf": package(),
        "Library/A/One (1)/One - A.html": STORY.encode(),
        "Library/B/Two (2)/Two - B.html": STORY.encode(),
    }
    (tmp_path / "library.zip").write_bytes(zipped(files))
    one, two = read_all(tmp_path / "library.zip").values()
    assert work_of(one).title == "The Lamplighter"
    assert work_of(two).title != "The Lamplighter"


def test_a_maker_that_is_known_is_believed_more(tmp_path: Path) -> None:
    page = (
        '<html><body><div id="workskin"><dl class="work meta group">'
        '<dt>Fandom</dt><dd class="fandom tags"><a class="tag" href="/t">Dracula</a></dd></dl>'
        '<div class="preface group"><h2 class="title heading">Mist</h2>'
        '<h3 class="byline heading"><a rel="author" href="/users/m/pseuds/m">Mina</a></h3></div>'
        '<div id="chapters"><div class="userstuff"><p>The mist came in at the window, and sat '
        "down.</p><p>We gave it tea.</p></div></div></div></body></html>"
    )
    (tmp_path / "work.html").write_text(page)
    (tmp_path / "metadata.opf").write_bytes(package())
    (outcome,) = read_all(tmp_path).values()
    work = work_of(outcome)
    assert (work.title, work.credited()) == ("Mist", ("Mina",))
    assert work.tags_of("fandom") == ("Dracula",)
    assert work.series == (SeriesPlace("Lamps", 2),), "what the page is silent on is filled in"


def test_a_companion_that_is_broken_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(STORY)
    (tmp_path / "metadata.opf").write_bytes(b"<package")
    (outcome,) = read_all(tmp_path).values()
    assert work_of(outcome).chapters
    assert evidence_of(outcome) == ["metadata.opf cannot be read"]
