"""Copies of one work become one work: the sounder and newer text stands, the richer head wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cast import Cast, read_as_file, write_story
from hogarth.manuscript import Credit, Dates, Manuscript, SeriesPlace, Stated
from hogarth.works import publishing, queries
from hogarth.works.models import Change, ChapterText, Version, Witness, Work

pytestmark = pytest.mark.django_db

AO3 = "https://archiveofourown.org/works/1895"


def prose(seed: str, words: int = 250) -> str:
    return "<p>" + " ".join(f"{seed}{number}" for number in range(words)) + ".</p>"


ONE, TWO, THREE = prose("one"), prose("two"), prose("three")


def at_ao3(*chapters: str, **fields: Any) -> Manuscript:
    """A story with addresses, as a saved page has them."""
    story = write_story(chapters=chapters, source=AO3, **fields)
    return replace(
        story,
        chapters=tuple(
            replace(chapter, source=f"{AO3}/chapters/{1000 + chapter.number}")
            for chapter in story.chapters
        ),
    )


def texts(cast: Cast, work: int) -> list[str]:
    manuscript = queries.manuscript_of(work, viewer=cast.viewer("owner"))
    return [chapter.html for chapter in manuscript.chapters]


def test_the_same_manuscript_in_other_bytes_is_a_duplicate_and_a_witness(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE), place="a.html")
    second = cast.land(at_ao3(ONE), place="b.html", problems=["title-guessed"])
    assert (first.outcome, second.outcome) == ("imported", "duplicate")
    assert second.work == first.work
    assert Work.objects.count() == 1
    assert list(Witness.objects.values_list("place", flat=True)) == ["a.html", "b.html"]
    assert Version.objects.count() == 1
    assert list(Change.objects.order_by("pk").values_list("kind", flat=True)) == [
        "imported",
        "witnessed",
    ]


def test_more_chapters_update_and_keep_what_is_there(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE))
    viewer = cast.viewer("owner")
    assert first.work is not None
    before = queries.open_chapter(first.work, None, viewer=viewer).chapters[0]
    second = cast.land(at_ao3(ONE, TWO, THREE))
    assert (second.outcome, second.work, second.chapters) == ("updated", first.work, 3)
    assert texts(cast, first.work) == [ONE, TWO, THREE]
    page = queries.open_chapter(first.work, before.id, viewer=viewer)
    assert page.chapters[0] == before
    assert ChapterText.objects.count() == 3  # the first text is shared by both versions
    assert len(queries.manuscript_of(first.work, viewer=viewer, version=1).chapters) == 1


def test_fewer_chapters_are_a_duplicate(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, TWO))
    assert cast.land(at_ao3(ONE)).outcome == "duplicate"
    assert first.work is not None
    assert texts(cast, first.work) == [ONE, TWO]


def test_chapters_saved_one_by_one_join_in_any_order(cast: Cast) -> None:
    whole = at_ao3(ONE, TWO, THREE)
    works = set()
    for place in (1, 0, 2):
        outcome = cast.land(replace(whole, chapters=(whole.chapters[place],)))
        works.add(outcome.work)
    assert len(works) == 1
    work = works.pop()
    assert work is not None
    assert texts(cast, work) == [ONE, TWO, THREE]
    contents = queries.contents(work, viewer=cast.viewer("owner")).contents
    assert [line.number for line in contents] == [1, 2, 3]
    # The chapter ids stay as they were made: the second chapter came first.
    assert contents[1].id < contents[0].id < contents[2].id


def test_a_gap_stays_until_its_chapter_comes(cast: Cast) -> None:
    whole = at_ao3(ONE, TWO, THREE)
    cast.land(replace(whole, chapters=(whole.chapters[0],)))
    outcome = cast.land(replace(whole, chapters=(whole.chapters[2],)))
    assert outcome.work is not None
    contents = queries.contents(outcome.work, viewer=cast.viewer("owner")).contents
    assert [line.number for line in contents] == [1, 3]


def test_a_chapter_put_in_between_is_told_by_its_address(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, TWO))
    assert first.work is not None
    viewer = cast.viewer("owner")
    old = [line.id for line in queries.contents(first.work, viewer=viewer).contents]
    story = at_ao3(ONE, THREE, TWO)
    one, three, two = story.chapters
    new = replace(
        story,
        chapters=(
            one,
            replace(three, source=f"{AO3}/chapters/7777"),
            replace(two, source=f"{AO3}/chapters/1002"),
        ),
    )
    assert cast.land(new).outcome == "updated"
    contents = queries.contents(first.work, viewer=viewer).contents
    assert texts(cast, first.work) == [ONE, THREE, TWO]
    assert [contents[0].id, contents[2].id] == old


def test_another_format_makes_no_second_work(cast: Cast) -> None:
    page = cast.land(write_story(chapters=[ONE, TWO]), place="a.html")
    book = write_story(chapters=[ONE.replace("one0", "<em>One0</em>"), TWO.replace(".", "…")])
    assert cast.land(book, place="a.epub").outcome == "duplicate"
    assert Work.objects.count() == 1
    assert page.work is not None
    assert texts(cast, page.work) == [ONE, TWO]


def test_an_added_foreword_moves_the_chapters_on(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, TWO))
    foreword = "<p>A word before.</p>"
    book = write_story(chapters=[foreword, ONE, TWO], source=AO3)
    assert cast.land(book).outcome == "updated"
    assert first.work is not None
    assert texts(cast, first.work) == [foreword, ONE, TWO]


def test_a_changed_chapter_updates(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, TWO))
    mended = TWO.replace("two7", "seven")
    assert cast.land(at_ao3(ONE, mended)).outcome == "updated"
    assert first.work is not None
    assert texts(cast, first.work) == [ONE, mended]


def test_an_older_copy_changes_no_chapter_but_brings_missing_ones(cast: Cast) -> None:
    new = at_ao3(ONE, dates=Dates(updated=date(2024, 5, 1)))
    first = cast.land(new)
    changed = prose("first")
    old = at_ao3(changed, TWO, dates=Dates(updated=date(2020, 1, 1)))
    assert cast.land(old).outcome == "updated"
    assert first.work is not None
    assert texts(cast, first.work) == [ONE, TWO]
    assert cast.land(at_ao3(changed, dates=Dates(updated=date(2021, 1, 1)))).outcome == "duplicate"
    assert cast.land(at_ao3(changed, dates=Dates(updated=date(2025, 1, 1)))).outcome == "updated"
    assert texts(cast, first.work) == [changed, TWO]


@pytest.mark.parametrize("flaw", ["paragraphs-lost", "mojibake", "undecodable-bytes", "cut-off"])
def test_a_damaged_copy_never_replaces_a_sound_one_and_is_replaced_by_it(
    cast: Cast, flaw: str
) -> None:
    sound, damaged = at_ao3(ONE), at_ao3(ONE.replace("one9", "oâ€™ne"))
    first = cast.land(sound)
    assert first.work is not None
    assert cast.land(damaged, problems=[flaw]).outcome == "duplicate"
    assert texts(cast, first.work) == [ONE]
    second = cast.land(replace(damaged, source=f"{AO3}7"), problems=[flaw])
    assert second.outcome == "imported"
    assert second.work is not None
    assert cast.land(replace(sound, source=f"{AO3}7", language="en")).outcome == "updated"
    assert texts(cast, second.work) == [ONE]


def test_lost_paragraphs_come_back_though_every_word_is_the_same(cast: Cast) -> None:
    flat = "<p>" + " ".join(f"word{n}" for n in range(300)) + "</p>"
    whole = flat.replace("word150", "word149½</p>\n<p>word150").replace("word149½", "")
    first = cast.land(at_ao3(flat), problems=["paragraphs-lost"])
    assert cast.land(at_ao3(whole)).outcome == "updated"
    assert first.work is not None
    assert texts(cast, first.work) == [whole]


def test_of_two_that_break_off_the_longer_stands(cast: Cast) -> None:
    long, short = prose("one", 300), prose("one", 260)
    first = cast.land(at_ao3(short), problems=["cut-off"])
    assert first.work is not None
    assert cast.land(at_ao3(long), problems=["cut-off"]).outcome == "updated"
    shorter = cast.land(at_ao3(prose("one", 280)), problems=["cut-off"])
    assert shorter.outcome == "duplicate"
    assert texts(cast, first.work) == [long]


def test_a_copy_that_lacks_much_of_a_chapter_stands_only_when_it_is_later(cast: Cast) -> None:
    whole, half = prose("one", 300), prose("one", 150)
    day, later = Dates(updated=date(2024, 5, 1)), Dates(updated=date(2025, 5, 1))
    first = cast.land(at_ao3(half, TWO, dates=day))
    assert first.work is not None
    assert cast.land(at_ao3(whole, TWO, dates=day)).outcome == "updated"
    assert cast.land(at_ao3(half, THREE, dates=day)).outcome == "updated"
    assert texts(cast, first.work) == [whole, THREE]
    assert cast.land(at_ao3(half, THREE, dates=later)).outcome == "updated"
    assert texts(cast, first.work) == [half, THREE]


def test_a_break_counts_against_the_last_chapter_alone(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, TWO))
    mended = ONE.replace("one7", "seven")
    cast.land(at_ao3(mended, TWO.replace("two9", "tw")), problems=["cut-off"])
    assert first.work is not None
    assert texts(cast, first.work) == [mended, TWO]


def test_an_empty_chapter_never_replaces_words(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, TWO))
    assert cast.land(at_ao3(ONE, '<p><img src="a" alt=""/></p>')).outcome == "duplicate"
    assert first.work is not None
    assert texts(cast, first.work) == [ONE, TWO]


def test_the_richer_head_wins_and_each_field_says_where_it_is_from(cast: Cast) -> None:
    bare = at_ao3(ONE, tags=[("fandom", "Emma")])
    rich = replace(
        at_ao3(ONE, tags=[("fandom", "Emma"), ("fandom", "Persuasion"), ("freeform", "Fluff")]),
        summary="<p>Of stairs.</p>",
        language="en",
        series=(SeriesPlace("Stairs", 2),),
        stated=Stated(kudos=7, as_of=date(2024, 1, 1)),
        expected_chapters=3,
    )
    first = cast.land(bare)
    second = cast.land(rich)
    assert second.outcome == "duplicate"  # no word of the text is new
    assert second.message
    assert first.work is not None
    viewer = cast.viewer("owner")
    blurb = queries.blurb(first.work, viewer=viewer)
    assert [tag.name for tag in blurb.tags_of("fandom")] == ["Emma", "Persuasion"]
    assert blurb.summary == "<p>Of stairs.</p>"
    assert blurb.series[0].position == 2
    about = queries.about(first.work, viewer=viewer)
    old, new = (row.digest for row in about.witnesses)
    sources = dict(about.provenance)
    assert sources["title"] == sources["credits"] == sources["source"] == old
    assert sources["fandom"] == sources["summary"] == sources["language"] == new
    assert "notes" not in sources
    assert [version.number for version in about.versions] == [1, 2]
    # What the first reading gave can still be had.
    assert queries.manuscript_of(first.work, viewer=viewer, version=1) == bare
    assert queries.manuscript_of(first.work, viewer=viewer) == rich


def test_figures_of_one_day_are_not_mixed_with_others(cast: Cast) -> None:
    dated = Stated(kudos=7, as_of=date(2024, 1, 1))
    first = cast.land(at_ao3(ONE, stated=dated))
    cast.land(at_ao3(ONE, TWO, dates=Dates(updated=date(2020, 1, 1)), stated=Stated(words=9)))
    assert first.work is not None
    viewer = cast.viewer("owner")
    assert queries.manuscript_of(first.work, viewer=viewer).stated == dated
    later = Stated(words=9, hits=5, as_of=date(2025, 1, 1))
    cast.land(at_ao3(ONE, TWO, stated=later))
    assert queries.manuscript_of(first.work, viewer=viewer).stated == later


def test_a_poorer_head_takes_nothing_away(cast: Cast) -> None:
    rich = at_ao3(ONE, tags=[("fandom", "Emma"), ("freeform", "Fluff")], summary="<p>S.</p>")
    first = cast.land(rich)
    cast.land(at_ao3(ONE, tags=[("fandom", "Emma")]))
    assert first.work is not None
    assert queries.manuscript_of(first.work, viewer=cast.viewer("owner")) == rich


def test_a_later_copy_corrects_the_head(cast: Cast) -> None:
    first = cast.land(
        at_ao3(ONE, summary="<p>Old.</p>", dates=Dates(date(2020, 1, 1), date(2020, 2, 1)))
    )
    later = at_ao3(
        ONE,
        title="New Title",
        summary="<p>New.</p>",
        dates=Dates(date(2020, 1, 2), date(2024, 2, 1)),
        status="complete",
    )
    cast.land(later)
    assert first.work is not None
    blurb = queries.blurb(first.work, viewer=cast.viewer("owner"))
    assert (blurb.title, blurb.summary, blurb.status) == ("New Title", "<p>New.</p>", "complete")
    assert (blurb.published, blurb.updated) == (date(2020, 1, 1), date(2024, 2, 1))


def test_a_made_up_title_gives_way(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, title="chapter-1-saved"), problems=["title-guessed"])
    cast.land(at_ao3(ONE, title="The Second Stair"))
    assert first.work is not None
    viewer = cast.viewer("owner")
    assert queries.blurb(first.work, viewer=viewer).title == "The Second Stair"
    cast.land(
        at_ao3(ONE, title="download(3)", dates=Dates(updated=date(2024, 1, 1))),
        problems=["title-guessed"],
    )
    assert queries.blurb(first.work, viewer=viewer).title == "The Second Stair"


def test_what_was_corrected_by_hand_is_never_overwritten(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE, dates=Dates(updated=date(2020, 1, 1))))
    assert first.work is not None
    publishing.edit(
        [first.work], by=cast.owner, changes={"title": "Mine", "fandoms": [], "language": "fr"}
    )
    later = Dates(updated=date(2024, 1, 1))
    cast.land(at_ao3(ONE, TWO, title="Theirs", language="en", dates=later))
    blurb = queries.blurb(first.work, viewer=cast.viewer("owner"))
    assert (blurb.title, blurb.language, blurb.tags_of("fandom")) == ("Mine", "fr", ())
    assert blurb.chapters == 2
    sources = dict(queries.about(first.work, viewer=cast.viewer("owner")).provenance)
    assert sources["title"] == sources["fandom"] == sources["language"] == "edited"


def test_two_addresses_on_one_site_are_two_works_and_a_cross_post_is_one(cast: Cast) -> None:
    first = cast.land(write_story(chapters=[ONE], source=AO3))
    same_site = cast.land(write_story(chapters=[ONE], source=AO3 + "9"))
    assert same_site.outcome == "imported"
    elsewhere = cast.land(write_story(chapters=[ONE], source="https://www.fanfiction.net/s/7/1/"))
    assert (elsewhere.outcome, elsewhere.work) == ("duplicate", first.work)


def test_a_deleted_work_stays_deleted(cast: Cast) -> None:
    first = cast.land(at_ao3(ONE))
    assert first.work is not None
    publishing.delete([first.work], by=cast.owner)
    again = cast.land(at_ao3(ONE, TWO))
    assert (again.outcome, again.work) == ("duplicate", first.work)
    assert again.message
    assert Work.objects.get().state == "deleted"
    assert Witness.objects.count() == 2


def test_one_batch_joins_as_many_batches_do(cast: Cast) -> None:
    """Copies that come together are told from one another as if they came one by one."""
    whole = at_ao3(ONE, TWO, THREE)
    stories = [
        replace(whole, chapters=whole.chapters[1:2]),
        write_story("Another", chapters=[THREE]),
        replace(whole, chapters=whole.chapters[:1]),
        write_story("Another", chapters=[THREE], summary="<p>S.</p>"),
        whole,
    ]
    files = [read_as_file(story, place=f"{n}.html") for n, story in enumerate(stories)]
    outcomes = cast.land_all([*files, files[0]])
    assert [outcome.outcome for outcome in outcomes] == [
        "imported", "imported", "updated", "duplicate", "updated", "duplicate",
    ]  # fmt: skip
    assert [outcome.source for outcome in outcomes[:5]] == [f"{n}.html" for n in range(5)]
    assert Work.objects.count() == 2
    assert outcomes[0].work is not None
    assert texts(cast, outcomes[0].work) == [ONE, TWO, THREE]


def test_a_made_up_title_gives_way_in_one_batch_too(cast: Cast) -> None:
    outcomes = cast.land_all(
        [
            read_as_file(at_ao3(ONE, title="chapter-1-saved"), problems=["title-guessed"]),
            read_as_file(at_ao3(ONE, title="The Second Stair")),
        ]
    )
    assert [outcome.title for outcome in outcomes] == ["chapter-1-saved", "The Second Stair"]


def test_tags_and_names_keep_their_rows(cast: Cast) -> None:
    cast.land(at_ao3(ONE, tags=[("fandom", "Emma"), ("fandom", "Emma"), ("character", "Emma")]))
    story = write_story("Two", chapters=[TWO], tags=[("fandom", "Emma"), ("fandom", "emma")])
    outcome = cast.land(
        replace(story, credits=(*story.credits, *story.credits, Credit("Vita", "beta")))
    )
    assert outcome.work is not None
    blurb = queries.blurb(outcome.work, viewer=cast.viewer("owner"))
    assert [tag.name for tag in blurb.tags] == ["Emma", "emma"]
    assert [line.name for line in blurb.bylines] == ["Mary Wollstonecraft", "Vita"]
    page = queries.by_tag(blurb.tags[0].id, viewer=cast.viewer("owner"))[1]
    assert page.total == 2
