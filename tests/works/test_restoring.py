"""Repairs on import, and what people decide about them afterwards."""

from __future__ import annotations

import pytest

from cast import Cast, write_story
from hogarth.manuscript import Manuscript
from hogarth.works import publishing, queries, restoring
from hogarth.works.access import viewer_of
from hogarth.works.models import Chapter, ChapterText, Version, Work

pytestmark = pytest.mark.django_db

TALK = '"Watson," he said. '
FLAT = (
    f"<p>It was noon on the stair. {(TALK + 'Nothing moved in the whole long street. ') * 60}</p>"
)


def shown(cast: Cast, work: int, version: int | None = None) -> str:
    viewer = viewer_of(cast.owner)
    return queries.manuscript_of(work, viewer=viewer, version=version).chapters[0].html


def land(cast: Cast, story: Manuscript) -> int:
    flat = story.chapters[0].html == FLAT
    outcome = cast.land(story, problems=["paragraphs-lost"] if flat else [])
    assert outcome.work is not None
    return outcome.work


def kinds(work: int) -> list[str]:
    rows = Version.objects.filter(work=work).order_by("number")
    return list(rows.values_list("kind", flat=True))


def test_a_damaged_text_lands_as_it_was_read_and_restored_above(cast: Cast) -> None:
    work = land(cast, write_story(chapters=[FLAT]))
    assert kinds(work) == ["read", "restored"]
    assert shown(cast, work, 1) == FLAT
    assert shown(cast, work).count("<p>") == 61
    row = Work.objects.get(pk=work)
    assert row.current == 2
    assert row.words == Version.objects.get(work=work, number=1).version_texts.get().text.words


def test_a_sound_text_has_one_version(cast: Cast) -> None:
    work = cast.bring(write_story(chapters=["<p>“Quite,” said Holmes.</p>"]))
    assert kinds(work) == ["read"]
    assert ChapterText.objects.get(chapter__work=work).repairs == []


def test_undone_and_done_again(cast: Cast) -> None:
    work = land(cast, write_story(chapters=[FLAT]))
    read, restored = shown(cast, work, 1), shown(cast, work)
    (done,) = restoring.turn([work], by=cast.owner, done=False)
    assert done.done
    assert shown(cast, work) == read
    (again,) = restoring.turn([work], by=cast.owner, done=True, families=["p"])
    assert again.done
    assert shown(cast, work) == restored
    assert kinds(work) == ["read", "restored", "restored", "restored"]


def test_one_repair_alone(cast: Cast) -> None:
    work = land(cast, write_story(chapters=[FLAT]))
    row = ChapterText.objects.get(chapter__work=work, read_as=None)
    start, end = row.repairs[0]["start"], row.repairs[0]["end"]
    key = f"{row.repairs[0]['code']}:{start}-{end}"
    restoring.turn([work], by=cast.owner, done=False, keys=[key])
    assert shown(cast, work).count("<p>") == 60


def test_deciding_nothing_new_makes_no_version(cast: Cast) -> None:
    work = land(cast, write_story(chapters=[FLAT]))
    restoring.turn([work], by=cast.owner, done=True)
    assert kinds(work) == ["read", "restored"]


def test_a_correction_by_hand_survives_newer_rules(cast: Cast) -> None:
    work = cast.bring(write_story(chapters=["<p>The sea was <em>calm</em> and gray.</p>"]))
    chapter = Chapter.objects.get(work=work).pk
    (done,) = restoring.correct(work, chapter, before="gray", after="grey", by=cast.owner)
    assert done.done
    assert shown(cast, work) == "<p>The sea was <em>calm</em> and grey.</p>"
    restoring.rerestore([work], by=cast.owner)
    assert shown(cast, work) == "<p>The sea was <em>calm</em> and grey.</p>"
    restoring.turn([work], by=cast.owner, done=False, families=["m"])
    assert shown(cast, work) == "<p>The sea was <em>calm</em> and gray.</p>"


def test_words_that_stand_in_no_one_place_are_not_corrected(cast: Cast) -> None:
    work = cast.bring(write_story(chapters=["<p>tick tick</p>"]))
    chapter = Chapter.objects.get(work=work).pk
    for before in ("tick", "tock"):
        (done,) = restoring.correct(work, chapter, before=before, after="tack", by=cast.owner)
        assert (done.done, done.problem) == (False, "no-place")
    assert kinds(work) == ["read"]


def test_readers_may_decide_nothing(cast: Cast) -> None:
    work = land(cast, write_story(chapters=[FLAT]))
    publishing.publish([work], by=cast.owner)
    (done,) = restoring.turn([work], by=cast.reader, done=False)
    assert not done.done
    assert kinds(work) == ["read", "restored"]


def test_newer_rules_are_asked_again(cast: Cast) -> None:
    work = land(cast, write_story(chapters=[FLAT]))
    ChapterText.objects.filter(chapter__work=work, read_as=None).update(repairs=[])
    (done,) = restoring.rerestore([work], by=cast.owner)
    assert done.done
    assert shown(cast, work).count("<p>") == 61


def test_a_sounder_copy_takes_the_place_of_a_restored_text(cast: Cast) -> None:
    flat = write_story(chapters=[FLAT], source="https://archiveofourown.org/works/7")
    work = land(cast, flat)
    sound = FLAT.replace(' "Watson', '</p>\n<p>"Watson')
    other = write_story(chapters=[sound], source="https://archiveofourown.org/works/7")
    assert land(cast, other) == work
    assert shown(cast, work) == sound
    assert kinds(work) == ["read", "restored", "read"]
