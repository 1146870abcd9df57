"""What somebody says of a work beside its file: how it joins what is known, by address too."""

from __future__ import annotations

from hogarth.intake import Evidence, Found, Reading
from hogarth.intake.facts import Facts
from hogarth.intake.told import Told
from hogarth.manuscript import Chapter, Credit, Manuscript, Tag
from hogarth.works.identity import identify
from hogarth.works.merging import EDITED, THE_REST, Copy, merge
from hogarth.works.recognising import ReadTold, key_addresses, tell_by_address

KNOWN = Manuscript(
    "Kettle", (), (Credit("Somebody"),), tags=(Tag("fandom", "Holmes"), Tag("rating", "G"))
)
SAID = Manuscript(
    "The Kettle",
    (Chapter(1, "<p>The kettle had opinions.</p>"),),
    (Credit("Martha Hudson"),),
    tags=(Tag("rating", "T"),),
)


def merged(told: frozenset[str], provenance: dict[str, str]) -> Manuscript:
    copy = Copy(SAID, identify(SAID), frozenset(), "new", told=told)
    return merge(KNOWN, provenance, (), copy, title_guessed=False).head


def test_what_is_said_wins_over_what_was_read() -> None:
    head = merged(frozenset({"title", "rating"}), {THE_REST: "old"})
    assert head.title == "The Kettle"
    assert head.tags_of("rating") == ("T",)
    assert head.tags_of("fandom") == ("Holmes",)


def test_what_was_corrected_by_hand_wins_over_both() -> None:
    head = merged(frozenset({"title", "credits"}), {THE_REST: "old", "title": EDITED})
    assert (head.title, head.credited()) == ("Kettle", ("Martha Hudson",))


ADDRESSES = [
    ("https://www.archiveofourown.org/works/55?view_adult=true", Told(Facts("Tea"), "row 2")),
    ("http://archiveofourown.org/works/55", Told(Facts("Not this"), "row 3")),
    ("no address", Told(Facts("Nor this"), "row 4")),
]


def reading_of(*sources: str | None) -> Reading:
    works = tuple(Manuscript("Kettle", SAID.chapters, source=source) for source in sources)
    return Reading("a", "act", works)


def test_works_are_found_by_the_key_of_their_address() -> None:
    keyed = key_addresses(ADDRESSES)
    assert [said.place for said in keyed.values()] == ["row 2"]
    address = "https://archiveofourown.org/works/55/chapters/7"
    reading = tell_by_address(reading_of(None, address), keyed)
    assert [work.title for work in reading.manuscripts] == ["Kettle", "Tea"]
    assert reading.told == (frozenset(), frozenset({"title"}))
    assert reading.evidence == (Evidence("metadata", "row 2"),)


def test_what_is_said_by_name_goes_before_what_is_said_by_address() -> None:
    page = (
        b'<html><head><link rel="canonical" href="https://archiveofourown.org/works/55"></head>'
        b"<body><p>The kettle had opinions, and that evening it had company to tell them to."
        b"</p><p>Holmes listened to it with his eyes shut.</p></body></html>"
    )
    read = ReadTold(key_addresses(ADDRESSES))
    assert read(Found("a.html", page)).manuscripts[0].title == "Tea"
    named = Found("a.html", page, told=Told(Facts("Steam"), "row 9"))
    assert read(named).manuscripts[0].title == "Steam"
