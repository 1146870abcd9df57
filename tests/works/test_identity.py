"""When two texts are the same work, and when they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cast import write_story
from hogarth.manuscript import Credit, clean
from hogarth.works.identity import (
    LONGEST_KEY,
    chapter_key,
    fold_name,
    fold_text,
    identify,
    site_of,
    source_key,
)

SAME_WORK = [
    [
        "https://archiveofourown.org/works/123",
        "http://archiveofourown.org/works/123/",
        "https://www.archiveofourown.org/works/123?view_adult=true&view_full_work=true",
        "https://archiveofourown.org/works/123/chapters/456#workskin",
        "archiveofourown.org/collections/yuletide/works/123",
        "https://download.archiveofourown.org/downloads/123/The_Stairs.epub?updated_at=17",
        "http://ao3.org/works/123/navigate",
        "http://insecure.archiveofourown.org/works/123/chapters/456?view_adult=true",
        "https://archiveofourown.org:443/works/123",
    ],
    ["https://www.fanfiction.net/s/77/1/A-Title", "http://m.fanfiction.net/s/77/9/"],
    ["https://www.royalroad.com/fiction/9/title/chapter/3/x", "royalroad.com/fiction/9"],
    [
        "http://example.org/efiction/viewstory.php?sid=12&chapter=3",
        "http://www.example.org/efiction/viewstory.php?chapter=1&sid=12&warning=4",
        "https://example.org/efiction/viewstory.php?sid=12&action=printable&textsize=1",
    ],
    ["https://example.org/stories/a%20b.html?utm_source=x", "example.org/stories/a b.html#top"],
    ["urn:uuid:ABC-1", "URN:UUID:abc-1"],
]


@pytest.mark.parametrize("addresses", SAME_WORK)
def test_every_address_of_a_work_gives_one_key(addresses: list[str]) -> None:
    keys = {source_key(address) for address in addresses}
    assert len(keys) == 1
    assert None not in keys


def test_works_with_different_addresses_have_different_keys() -> None:
    keys = [source_key(addresses[0]) for addresses in SAME_WORK]
    keys += [
        source_key(address)
        for address in (
            "https://archiveofourown.org/works/124",
            "https://squidgeworld.org/works/123",
            "https://www.fictionpress.com/s/77/1/A-Title",
            "http://example.org/efiction/viewstory.php?sid=13",
            "http://example.org/other/viewstory.php?sid=12",
            "https://example.org/stories/A b.html",
        )
    ]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "address",
    [None, "", "  ", "not an address", "http://", "http://example.org/", "http://[broken",
     "file:///home/vita/story.html", "C:\\stories\\a.html", "mailto:vita", "http://localhost/x",
     "http://example.org:99999/x", "javascript:alert(1)"],
)  # fmt: skip
def test_what_names_no_page_has_no_key(address: str | None) -> None:
    assert source_key(address) is None
    assert chapter_key(address) is None


@given(st.text())
@example("http://" + "x" * 5_000 + ".org/" + "y" * 5_000)
@example("http://example.org/?" + "&".join(f"a{n}=1" for n in range(5_000)))
@example("http://\u212a.org/works/1")
def test_any_text_has_a_short_key_or_none(address: str) -> None:
    key = source_key(address)
    assert key is None or 0 < len(key) <= LONGEST_KEY


def test_a_chapter_has_a_key_of_its_own() -> None:
    one = chapter_key("https://archiveofourown.org/works/123/chapters/456?view_adult=true")
    assert one == chapter_key("http://archiveofourown.org/chapters/456")
    assert one != chapter_key("https://archiveofourown.org/works/123/chapters/457")
    assert chapter_key("https://archiveofourown.org/works/123") is None
    page = "http://example.org/viewstory.php?sid=12"
    assert chapter_key(page) is None
    assert chapter_key(page + "&chapter=1") != chapter_key(page + "&chapter=2")


def test_a_key_says_its_site() -> None:
    assert site_of("archiveofourown.org/works/1") == "archiveofourown.org"
    assert site_of("example.org?sid=1") == "example.org"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s late,” she said…", '"It\'s late," she said...'),
        ("naïve café", "NAI\u0308VE CAFE\u0301"),
        ("a — b", "a--b"),
        ("ﬁne", "fine"),
        ("two\u00a0words", "two words"),
        ("Ⅻ", "XII"),
    ],
)
def test_folding_forgets_what_formats_change(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@given(st.text(alphabet=st.characters(codec="ascii")), st.sampled_from("’“”—…\u00a0é中"))
def test_the_short_way_of_folding_equals_the_long_one(text: str, sign: str) -> None:
    """ASCII goes a way of its own; a sign that forces the other way must change nothing else."""
    assert fold_text(text) == fold_text(f"{text}中").removesuffix("中")
    assert fold_text(text + sign).startswith(fold_text(text))


def test_names_fold_to_one_case_and_width() -> None:
    assert fold_name("  ＳＨＥＲＬＯＣＫ   Holmes\n") == "sherlock holmes"
    assert len(fold_name("x" * 9_000)) == 500


LONG = " ".join(f"Word{number} and then some." for number in range(400))


def test_another_format_has_the_same_fingerprint_and_digests() -> None:
    page = write_story("The Stairs!", chapters=[f"<p><em>{LONG}</em></p><p>The end.</p>"])
    text = write_story("the  stairs", chapters=[clean(f"{LONG}\n\nThe end.", newlines="break")])
    one, other = identify(page), identify(text)
    assert one.fingerprint == other.fingerprint is not None
    assert one.digests == other.digests


def test_a_fingerprint_tells_title_author_and_beginning() -> None:
    story = write_story(chapters=[f"<p>{LONG}</p>"])
    prints = {
        identify(other).fingerprint
        for other in (
            story,
            replace(story, title="Another"),
            replace(story, credits=(Credit("Vita"),)),
            write_story(chapters=[f"<p>But {LONG}</p>"]),
        )
    }
    assert len(prints) == 4
    longer = write_story(chapters=[f"<p>{LONG}</p><p>And more.</p>", "<p>Two.</p>"])
    assert identify(longer).fingerprint == identify(story).fingerprint


def test_without_a_first_chapter_there_is_no_fingerprint() -> None:
    story = write_story(chapters=["<p>One.</p>", "<p>Two.</p>"])
    assert identify(replace(story, chapters=story.chapters[1:])).fingerprint is None
    picture = '<p><img src="assets/x" alt=""/></p>'
    assert identify(write_story(chapters=[picture])).fingerprint is None
