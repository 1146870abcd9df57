"""Headers of mail above texts, and files of several messages."""

from __future__ import annotations

import pytest

from hogarth.intake import read
from hogarth.intake.mail import read_mail_head, read_sender, read_subject, split_messages

STORY = "The captain played the organ only when the sea was quite still, which was not often."
MESSAGE = (
    "From croft@example.org Mon Mar  3 10:12:01 1998\nFrom: Sophia <croft@example.org>\n"
    "Subject: {subject}\nDate: Mon, 3 Mar 1998 10:12:01 +0000\n\n{body}\n\n"
)


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ('"Jane Fairfax" <jane@example.org>', "Jane Fairfax", "jane@example.org"),
        ("jane@example.org (Jane Fairfax)", "Jane Fairfax", "jane@example.org"),
        ("jane@example.org", "", "jane@example.org"),
        ("=?iso-8859-1?Q?Ren=E9e?= <r@example.org>", "Renée", "r@example.org"),
        ("Jane Fairfax, <jane@example.org>", "Jane Fairfax", "jane@example.org"),
        ("", "", ""),
    ],
)
def test_senders(value: str, name: str, address: str) -> None:
    assert read_sender(value) == (name, address)


@pytest.mark.parametrize(
    ("subject", "title", "number", "total"),
    [
        ("[FFML] [FIC] The Organ (1/3)", "The Organ", 1, 3),
        ("Re: Fwd: REPOST: The Organ, part 2/7", "The Organ", 2, 7),
        ("Fic: The Organ - Chapter 4: Still Water", "The Organ", 4, None),
        ("my new fanfic", "", None, None),
        ("Re: [list]", "", None, None),
        ("DO NOT ADD ANY TEXT BETWEEN THE STARS OR IT WILL NOT BE POSTED ANYWHERE", "", None, None),
    ],
)
def test_subjects(subject: str, title: str, number: int | None, total: int | None) -> None:
    found, heading = read_subject(subject)
    assert found == title
    assert (heading.number if heading else None) == number
    assert (heading.total if heading else None) == total


def test_the_innermost_of_forwarded_mails_is_the_writers() -> None:
    lines = [
        "From: archive@example.org",
        "Subject: Fwd: The Organ",
        "",
        "----- Forwarded message -----",
        "From: Conseil <conseil@example.org>",
        "Subject: The Organ",
        "Date: 5 March 1998",
        "",
        STORY,
    ]
    head = read_mail_head(lines)
    assert (head.sender, head.subject, head.lines) == ("Conseil", "The Organ", 7)


def test_messages_of_one_title_are_its_chapters() -> None:
    data = "".join(
        MESSAGE.format(subject=f"The Organ ({number}/2)", body=f"{STORY} {number}")
        for number in (2, 1)
    )
    found = read(data.encode(), name="organ.mbox")
    assert found.reader == "mail-file"
    assert len(found.manuscripts) == 1
    chapters = found.manuscripts[0].chapters
    assert [(chapter.number, chapter.text[-1]) for chapter in chapters] == [(1, "1"), (2, "2")]


def test_messages_of_other_titles_are_other_works() -> None:
    data = "".join(MESSAGE.format(subject=name, body=STORY) for name in ("The Organ", "The Bell"))
    titles = [manuscript.title for manuscript in read(data.encode(), name="all.mbox").manuscripts]
    assert titles == ["The Organ", "The Bell"]


def test_mails_in_a_story_make_no_mailbox() -> None:
    told = f"{STORY}\n\nFrom: Holmes\nTo: Watson\nSubject: the dog\n\nCome at once.\n\n" * 3
    assert split_messages(told.split("\n")) == []
    assert read(told.encode(), name="letters.txt").reader == "plain-text"


@pytest.mark.parametrize(
    "unit",
    ["From: a@b.c\nSubject: x\nDate: 1 Mar 1998\n\nhi\n\n", "From here on it was hi\n"],
)
def test_thousands_of_messages_end(unit: str) -> None:
    assert read((unit * 5_000).encode(), name="x.mbox").manuscripts
