"""Tables whose rows are works: every form they were found in, and what is no such table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest

from hogarth.errors import Unreadable
from hogarth.intake import Limits, Reading, read
from hogarth.manuscript import Manuscript

PROSE = (
    "The fog had come up the river before breakfast, and by noon it had the whole of Baker "
    "Street. Holmes stood at the window with his back to the room. “You will have observed,” he "
    "said, “that the lamplighter has been round twice.” I had observed nothing of the kind, and "
    "said so; the toast had claimed all of my attention, and what was left of it had gone to the "
    "marmalade."
)
LETTERS = (
    "My dear Lizzy, it has rained since you left us, and Mary has taken to describing it. Papa "
    "says that a wet summer makes a dry wit, and has gone to his library to see whether it is so. "
    "I am to tell you from Kitty that the ribbon is found; it was on the cat, who is very much "
    "improved by it and refuses to give it up. Write soon, and write at length, for we have "
    "nothing else to read."
)
SEA = (
    "Captain Nemo read the barometer as other men read a letter from home. It had nothing good to "
    "say. “We shall go down,” he said, and we went down, past the green light and the blue light, "
    "to where there is no light at all but what the creatures carry with them, each its own small "
    "lamp, each a citizen of a town that has never heard of the sun and does not think it likely."
)


def table_of(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def read_text(text: str, name: str = "works.csv", **limits: int) -> Reading:
    return read(text.encode(), name=name, limits=Limits(**limits))


def works_in(text: str, name: str = "works.csv") -> list[Manuscript]:
    reading = read_text(text, name)
    assert reading.reader == "table"
    return list(reading.manuscripts)


def only_work(text: str, name: str = "works.csv") -> Manuscript:
    (work,) = works_in(text, name)
    return work


def facts_of(reading: Reading) -> dict[str, str]:
    return {seen.fact: seen.detail for seen in reading.evidence}


def refused(text: str, name: str = "works.csv", **limits: int) -> str:
    with pytest.raises(Unreadable) as caught:
        read_text(text, name, **limits)
    return caught.value.code


# --- CSV and its kin ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "w.csv"), ("\t", "w.tsv"), (";", "w.csv"), (",", "w.txt")]
)
def test_each_row_is_a_work(delimiter: str, name: str) -> None:
    text = table_of(
        [
            ["Title", "Author", "Fandom", "Text"],
            ["The Lamplighter", "John Watson", "Sherlock Holmes", PROSE],
            ["The Ribbon", "Jane Bennet", "Pride and Prejudice", LETTERS],
        ],
        delimiter,
    )
    first, second = works_in(text, name)
    assert (first.title, first.credited()) == ("The Lamplighter", ("John Watson",))
    assert second.tags_of("fandom") == ("Pride and Prejudice",)
    assert [chapter.text for chapter in first.chapters] == [PROSE]


HEADER = [
    "work_id",
    "title",
    "author",
    "rating",
    "category",
    "fandom",
    "relationship",
    "character",
    "additional tags",
    "language",
    "published",
    "status",
    "status date",
    "words",
    "chapters",
    "comments",
    "kudos",
    "bookmarks",
    "hits",
    "all_kudos",
    "all_bookmarks",
    "body",
]
ROW = [
    "1001", "The Lamplighter", "['John Watson', \"Mary O'Hara\"]", "General Audiences", "Gen, M/M",
    "Sherlock Holmes - Arthur Conan Doyle", "Sherlock Holmes/John Watson",
    "Sherlock Holmes, John Watson", "Fog, 20,000 Lamps", "English", "2012-05-02", "Completed",
    "2012-06-03", "1,234", "2/2", "null", "12", "3", "456", "['a', 'b']", "[]",
]  # fmt: skip


def test_what_a_scraper_says_of_a_work() -> None:
    work = only_work(table_of([HEADER, [*ROW, PROSE]]))
    assert work.credited() == ("John Watson", "Mary O'Hara")
    assert work.source == "https://archiveofourown.org/works/1001"
    assert work.tags_of("category") == ("Gen", "M/M")
    assert work.tags_of("relationship") == ("Sherlock Holmes/John Watson",)
    assert work.tags_of("freeform") == ("Fog", "20,000 Lamps")
    assert (str(work.dates.published), str(work.dates.updated)) == ("2012-05-02", "2012-06-03")
    assert (work.stated.words, work.stated.kudos, work.stated.comments) == (1234, 12, None)
    assert (work.status, work.language) == ("complete", "en")
    # All chapters stand in one cell, so that it is not one chapter of two.
    assert (len(work.chapters), work.expected_chapters) == (1, None)


def test_names_above_shorter_rows_are_moved_to_where_they_fit() -> None:
    short = [cell for place, cell in enumerate(ROW) if place not in (2, 19, 20)]
    reading = read_text(table_of([HEADER, [*short, PROSE], [*short[:1], "Other", *short[2:], SEA]]))
    first, second = reading.manuscripts
    assert (first.title, second.title) == ("The Lamplighter", "Other")
    assert first.credited() == ()
    assert first.tags_of("rating") == ("General Audiences",)
    assert first.stated.hits == 456
    assert second.chapters[0].text == SEA


def test_rows_without_text_are_told() -> None:
    rows = [[*ROW, PROSE], ROW[:19], [*ROW[:1], "Other", *ROW[2:], ""]]
    reading = read_text(table_of([HEADER, *rows]))
    assert len(reading.manuscripts) == 1
    assert facts_of(reading)["left-out"] == "no text: rows 3–4"


def test_a_table_without_names() -> None:
    rows = [[*ROW, PROSE], ["1002", "The Squid", "['Pierre Aronnax']", *ROW[3:], SEA]]
    first, second = works_in(table_of(rows))
    assert (first.title, second.title) == ("The Lamplighter", "The Squid")
    assert second.credited() == ("Pierre Aronnax",)
    assert second.tags_of("rating") == ("General Audiences",)
    assert second.stated.kudos == 12
    assert second.chapters[0].text == SEA


def test_a_small_table_without_names() -> None:
    first, second = works_in(
        table_of([["The Squid", "P. Aronnax", SEA + PROSE], ["Rain", "Jane", LETTERS]])
    )
    assert (first.title, first.credited()) == ("The Squid", ("P. Aronnax",))
    assert (second.title, second.credited()) == ("Rain", ("Jane",))


def test_the_same_work_many_times_is_one() -> None:
    rows = [[*ROW[:18], str(456 + number), *ROW[19:], PROSE] for number in range(41)]
    reading = read_text(table_of([HEADER, *rows]))
    (work,) = reading.manuscripts
    assert work.stated.hits == 496, "the last row is the latest"
    assert facts_of(reading)["again"] == "rows 3–42"


def test_a_later_row_with_more_text_is_the_work() -> None:
    longer = PROSE + "\n\n" + SEA
    rows = [[*ROW, PROSE], [*ROW, longer], [*ROW, PROSE]]
    work = only_work(table_of([HEADER, *rows]))
    assert work.chapters[0].text == longer


def test_rows_that_are_chapters_come_together() -> None:
    text = table_of(
        [
            ["Story Title", "Author", "Chapter", "Chapter Title", "Chapter Text", "URL"],
            ["Nautilus", "P. Aronnax", "2", "Going Down", SEA, "https://www.fanfiction.net/s/7/2"],
            [
                "Nautilus",
                "P. Aronnax",
                "1",
                "Chapter 1: Fog",
                PROSE,
                "https://www.fanfiction.net/s/7/1",
            ],
            ["Rain", "Jane", "1", "", LETTERS, "https://www.fanfiction.net/s/8/1"],
        ]
    )
    work, other = works_in(text)
    assert (work.title, work.source) == ("Nautilus", "https://www.fanfiction.net/s/7")
    assert [(c.number, c.title, c.text) for c in work.chapters] == [
        (1, "Fog", PROSE),
        (2, "Going Down", SEA),
    ]
    assert work.chapters[1].source == "https://www.fanfiction.net/s/7/2"
    assert (other.title, len(other.chapters)) == ("Rain", 1)


def test_rows_of_one_head_and_different_texts_are_chapters() -> None:
    header = [
        "AdditionalTags",
        "Author",
        "Chapters",
        "Notes",
        "PublishDate",
        "Text",
        "Title",
        "Words",
    ]
    rows = [
        ["fog", "watson", "10/", "Thanks to Mary.", "2014-02-22", PROSE, "Darkness", "300"],
        ["fog", "watson", "10/", "", "2014-02-22", SEA, "Darkness", "300"],
        ["rain", "jane", "1/1", "", "2014-02-23", LETTERS, "Rain", "80"],
    ]
    work, other = works_in(table_of([header, *rows]))
    assert [chapter.text for chapter in work.chapters] == [PROSE, SEA]
    assert work.notes is None
    assert work.chapters[0].notes == "<p>Thanks to Mary.</p>"
    assert (work.status, other.status) == ("in-progress", "complete")


def test_chapters_of_an_archive_s_own_tables() -> None:
    header = ["chapid", "title", "inorder", "notes", "storytext", "sid", "uid"]
    rows = [
        ["901", "Fog", "1", "", PROSE, "7", "3"],
        ["903", "Rain", "1", "", LETTERS, "8", "3"],
        ["902", "Down", "2", "Thanks!", SEA, "7", "3"],
    ]
    work, other = works_in(table_of([header, *rows]))
    assert [(c.number, c.title, c.text) for c in work.chapters] == [
        (1, "Fog", PROSE),
        (2, "Down", SEA),
    ]
    assert work.chapters[1].notes == "<p>Thanks!</p>"
    assert (work.title, other.title) == ("works, 7", "Rain")


def test_chapters_that_nothing_tells_apart_are_one_work() -> None:
    rows = [
        {"chapter": number, "title": title, "text": text}
        for number, title, text in [(1, "Fog", PROSE), (2, "Rain", LETTERS), (3, "Down", SEA)]
    ]
    work = only_work(json.dumps(rows), "nautilus.json")
    assert work.title == "nautilus"
    assert [chapter.title for chapter in work.chapters] == ["Fog", "Rain", "Down"]


def test_rows_that_are_paragraphs_come_together() -> None:
    rows = [["fic_id", "chapter_id", "para_id", "text"]]
    for number, part in enumerate(PROSE.split(". ") * 4, start=1):
        rows.append(["606", "1", str(number), part])
    rows += [["606", "2", str(number), part] for number, part in enumerate(SEA.split(". "), 1)]
    work = only_work(table_of(rows))
    assert [chapter.number for chapter in work.chapters] == [1, 2]
    assert work.chapters[0].paragraphs == 4 * len(PROSE.split(". "))


def test_a_column_for_each_chapter() -> None:
    header = ["Title", "Author", "Chapter 1", "Chapter 2", "Chapter 3"]
    work = only_work(table_of([header, ["Nautilus", "P. A.", PROSE, SEA, ""]]))
    assert [chapter.text for chapter in work.chapters] == [PROSE, SEA]


def test_one_title_does_not_make_two_works_one() -> None:
    header = ["Title", "Author", "Published", "Text"]
    rows = [["Drabble", "Jane", "2001-01-01", SEA], ["Drabble", "Jane", "2002-02-02", LETTERS]]
    assert len(works_in(table_of([header, *rows]))) == 2


# --- texts in cells -----------------------------------------------------------------------------


def test_paragraphs_in_a_cell_stay() -> None:
    body = f'{PROSE}\n\n*\n\n{SEA}\n\n" * "\n\nA line,\nand a second line.\n\n{LETTERS}'
    work = only_work(table_of([["Title", "Author", "Body"], ["T", "A", body]]))
    assert work.chapters[0].text == body


def test_markup_in_a_cell() -> None:
    body = (
        f"<p>{PROSE}</p><hr><p>Then <em>he</em> said &amp; went.<br>Away.</p><script>x()</script>"
    )
    work = only_work(table_of([["title", "author", "html"], ["A & B", "C", body]]))
    assert "<em>he</em> said &amp; went.<br/>Away." in work.chapters[0].html
    assert "<hr/>" in work.chapters[0].html
    assert "script" not in work.chapters[0].html
    assert work.title == "A & B"


def test_emphasis_alone_leaves_newlines() -> None:
    body = f"{PROSE}\n\n<i>Never</i>, he said.\n{SEA}"
    work = only_work(table_of([["title", "author", "text"], ["A", "C", body]]))
    assert work.chapters[0].paragraphs == 2
    assert "<em>Never</em>, he said.<br/>" in work.chapters[0].html or (
        "<i>Never</i>, he said.<br/>" in work.chapters[0].html
    )


@pytest.mark.parametrize(
    "cell",
    [
        repr([PROSE, SEA, LETTERS] * 3),
        json.dumps([PROSE, SEA, LETTERS] * 3),
        "\\n\\n".join([PROSE, SEA, LETTERS] * 3),
        str("\n\n".join([PROSE, SEA, LETTERS] * 3).encode()),
    ],
    ids=["printed list", "JSON", "escapes", "printed bytes"],
)
def test_texts_that_were_printed_by_a_program(cell: str) -> None:
    work = only_work(table_of([["title", "author", "text"], ["A", "B", cell]]))
    assert len(work.chapters) == 1
    assert work.chapters[0].text == "\n\n".join([PROSE, SEA, LETTERS] * 3)


def test_lists_in_every_notation() -> None:
    cells = {
        "printed": "['Fog', \"It's a squid\"]",
        "json": '["Fog", "It\'s a squid"]',
        "array": "['Fog'\n \"It's a squid\"]",
        "comma": "Fog, It's a squid",
        "semicolon": "Fog; It's a squid",
        "pipe": "Fog|It's a squid",
        "lines": "Fog\nIt's a squid",
    }
    for name, cell in cells.items():
        work = only_work(table_of([["Title", "Author", "Tags", "Text"], ["T", "A", cell, PROSE]]))
        assert work.tags_of("freeform") == ("Fog", "It's a squid"), name


# --- JSON ---------------------------------------------------------------------------------------


def story(title: str, text: Any, **more: Any) -> dict[str, Any]:
    return {"title": title, "author": "Jane", "text": text, **more}


@pytest.mark.parametrize(
    "value",
    [
        [story("Rain", LETTERS), story("Squid", SEA)],
        {"works": [story("Rain", LETTERS), story("Squid", SEA)], "count": 2},
        {"1": story("Rain", LETTERS), "2": story("Squid", SEA)},
        {
            "title": {"0": "Rain", "1": "Squid"},
            "author": {"0": "Jane", "1": "Jane"},
            "text": {"0": LETTERS, "1": SEA},
        },
        {"columns": ["title", "author", "text"], "index": [0, 1],
         "data": [["Rain", "Jane", LETTERS], ["Squid", "Jane", SEA]]},
        {"title": ["Rain", "Squid"], "author": ["Jane", "Jane"], "text": [LETTERS, SEA]},
        [["title", "author", "text"], ["Rain", "Jane", LETTERS], ["Squid", "Jane", SEA]],
        {"rows": [{"row_idx": 0, "row": story("Rain", LETTERS)},
                  {"row_idx": 1, "row": story("Squid", SEA)}]},
    ],
    ids=["objects", "wrapped", "keyed", "columns", "split", "lists", "rows", "server"],
)  # fmt: skip
def test_json_of_many_shapes(value: Any) -> None:
    first, second = works_in(json.dumps(value), "works.json")
    assert (first.title, second.title) == ("Rain", "Squid")
    assert first.credited() == ("Jane",)
    assert first.chapters[0].text == LETTERS


def test_json_lines() -> None:
    lines = [json.dumps(story("Rain", LETTERS)), "", json.dumps(story("Squid", SEA)), "{broken"]
    reading = read_text("\n".join(lines), "works.jsonl")
    assert [work.title for work in reading.manuscripts] == ["Rain", "Squid"]
    assert facts_of(reading)["table"] == "JSON Lines, rows: 2"


def test_one_work_with_chapters_in_it() -> None:
    value = {
        "title": "Nautilus",
        "author": {"name": "P. Aronnax", "url": "https://www.royalroad.com/profile/1"},
        "url": "https://www.royalroad.com/fiction/77/nautilus",
        "tags": {"fandoms": ["Twenty Thousand Leagues"], "characters": ["Nemo", "Ned Land"]},
        "stats": {"kudos": 3, "words": "1.234"},
        "published": 1404086400,
        "complete": True,
        "chapters": [
            {"number": 1, "title": "Fog", "content": f"<p>{PROSE}</p>", "notes": "Thanks!"},
            {"number": 2, "title": "Chapter 2: Down", "content": [SEA, LETTERS]},
        ],
    }
    work = only_work(json.dumps(value), "work.json")
    assert (work.title, work.credited()) == ("Nautilus", ("P. Aronnax",))
    assert work.source == "https://www.royalroad.com/fiction/77/nautilus"
    assert work.tags_of("fandom") == ("Twenty Thousand Leagues",)
    assert work.tags_of("character") == ("Nemo", "Ned Land")
    assert (work.stated.kudos, work.stated.words) == (3, 1234)
    assert str(work.dates.published) == "2014-06-30"
    assert work.status == "complete"
    assert [chapter.title for chapter in work.chapters] == ["Fog", "Down"]
    assert work.chapters[0].notes == "<p>Thanks!</p>"
    assert work.chapters[1].paragraphs == 2


def test_one_work_with_its_facts_apart() -> None:
    value = {
        "metadata": {"title": "Nautilus", "authors": ["<User [aronnax]>"], "word_count": 120},
        "chapters": [{"title": "Fog", "text": PROSE}, {"title": "Down", "text": SEA}],
    }
    work = only_work(json.dumps(value), "work.json")
    assert (work.title, work.credited(), len(work.chapters)) == ("Nautilus", ("aronnax",), 2)


def test_chapters_as_texts_and_by_title() -> None:
    work = only_work(json.dumps({"title": "N", "author": "A", "chapters": [PROSE, SEA]}), "a.json")
    assert [chapter.text for chapter in work.chapters] == [PROSE, SEA]
    named = {"title": "N", "author": "A", "chapters": {"Fog": PROSE, "Down": SEA}}
    (work,) = works_in(json.dumps([named, {**named, "title": "M"}]), "a.json")[:1]
    assert [chapter.title for chapter in work.chapters] == ["Fog", "Down"]


# --- what is no table of works ------------------------------------------------------------------


def test_works_without_text() -> None:
    rows = [[*ROW[:1], f"Work {number}", *ROW[2:], ""] for number in range(1210)]
    text = table_of([HEADER, *rows])
    assert refused(text) == "table-without-text"
    with pytest.raises(Unreadable, match="1,210") as caught:
        read_text(text)
    assert "--metadata" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", "numbers.csv"),
        ("word\tcount\nfog\t3\nsquid\t4\n", "words.tsv"),
        ("id,mail,gender,real_name\n1,a@b.example,f,Jane\n2,c@d.example,,John\n", "people.csv"),
        ("{}", "empty.json"),
        ('{"name": "x", "version": "1.0", "dependencies": {"a": "1"}}', "package.json"),
        ("[1, 2, 3]", "numbers.json"),
        ("| term | meaning |\n|---|---|\n| fog | weather |\n| squid | animal |\n", "terms.csv"),
        ("title,author,text\n", "header.csv"),
    ],
)
def test_other_tables(text: str, name: str) -> None:
    assert refused(text, name) == "data-file"


@pytest.mark.parametrize(
    "text",
    [
        f"Title, Author, Notes\n\n{PROSE}\n\n{SEA}\n",
        f"[A note, first.]\n\n{PROSE}\n\n{SEA}\n",
        f"\tThe fog\n\t{PROSE}\n\t{SEA}\n\t{LETTERS}\n\t{PROSE}\n",
        "He came, he saw, he left.\nShe came, she saw, she stayed.\nThey met, at last, again.\n"
        * 5,
        f"{{\n{PROSE}\n}}\n{SEA}\n",
        "Holmes; Watson; Lestrade\n\n" + PROSE,
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert read_text(text, "story.txt").reader == "plain-text"


# --- hard cases ---------------------------------------------------------------------------------


def test_a_row_that_swallowed_others() -> None:
    rows = [
        ["id", "title", "author", "text"],
        ["1", "Rain", "Jane", LETTERS],
        ["2", "Squid", "Nemo", "@"],
        ["3", "Fog", "John", PROSE],
        ["4", "Lamp", "John", PROSE + " The end."],
    ]
    text = table_of(rows).replace(",@", f',"{SEA}\nAnd no more.')
    reading = read_text(text)
    assert [work.title for work in reading.manuscripts] == ["Rain", "Squid", "Fog", "Lamp"]
    assert [(p.code, p.manuscript) for p in reading.problems if p.code == "row-broken"] == [
        ("row-broken", 1)
    ]
    assert SEA in reading.manuscripts[1].chapters[0].text


def test_a_mark_that_never_closes() -> None:
    text = f'id,title,author,text\n1,Rain,Jane,"{LETTERS}"\n2,Squid,Nemo,"{SEA}\nThe end\n'
    reading = read_text(text)
    assert [work.title for work in reading.manuscripts] == ["Rain", "Squid"]
    assert "row-broken" in {problem.code for problem in reading.problems}


def test_marks_nobody_sees() -> None:
    text = "\ufeffsep=;\r\n" + table_of([["Title", "Text"], ["Rain\x00", LETTERS]], ";")
    work = only_work(text)
    assert work.title == "Rain\ufffd"
    assert work.chapters[0].text == LETTERS


def test_a_cell_larger_than_programs_expect() -> None:
    body = "\n\n".join([SEA] * 1000)
    work = only_work(table_of([["Title", "Author", "Text"], ["Squid", "Nemo", body]]))
    assert work.chapters[0].text == body


def test_the_limit_on_rows() -> None:
    text = table_of([["Title", "Author", "Text"], *([f"T{n}", "A", SEA] for n in range(5))])
    assert len(read_text(text, rows=5).manuscripts) == 5
    assert refused(text, rows=4) == "too-many-rows"
    lines = "\n".join(json.dumps(story(f"T{number}", SEA)) for number in range(5))
    assert refused(lines, "a.jsonl", rows=4) == "too-many-rows"
    value = json.dumps([story(f"T{number}", SEA) for number in range(5)])
    assert refused(value, "a.json", rows=4) == "too-many-rows"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[" * 100_000, "deep.json"),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, "deep.json"),
        ("[" + "[]," * 900_000 + "[]]", "wide.json"),
        ("[" + "1," * 9_000_000 + "1]", "long.json"),
        ("a," * 3_000_000, "line.csv"),
        ('"' * 1_000_001, "quotes.csv"),
        (('"a\n' * 20_000) + "x,y,z\n", "open.csv"),
        ("title,author,text\n" + 'x,"y\n' * 50_000, "open.csv"),
        ("title,text\n" + "'" * 500_000 + ",[" + "'" * 500_001 + "]\n", "marks.csv"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_traps_end_soon(text: str, name: str) -> None:
    with suppress(Unreadable):
        read_text(text, name)
