"""What is done to works that are here: who may, what it changes, what the log says of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import PARTS, Cast, write_story
from hogarth.errors import Invalid
from hogarth.manuscript import Credit, SeriesPlace
from hogarth.people.models import Account
from hogarth.works import edits, publishing, queries
from hogarth.works.access import GUEST
from hogarth.works.models import Change, ChapterText, Version, Work

pytestmark = pytest.mark.django_db


def _last() -> tuple[str, bool, Account | None]:
    change = Change.objects.order_by("pk").last()
    assert change is not None
    return change.kind, change.reduces, change.by


def _account(cast: Cast, part: str) -> Account:
    account = cast.account(part)
    assert account is not None
    return account


def test_a_work_is_shown_and_taken_back(cast: Cast) -> None:
    work = cast.bring(state="posted", visibility="private")
    assert queries.latest(viewer=GUEST).total == 0
    (done,) = publishing.publish([work], by=cast.owner, visibility="restricted")
    assert (done.done, done.title, done.problem) == (True, "The Second Stair", None)
    assert _last() == ("published", False, cast.owner)
    assert queries.latest(viewer=cast.viewer("reader")).total == 1
    assert queries.latest(viewer=GUEST).total == 0
    publishing.publish([work], by=cast.owner)
    assert _last() == ("published", False, cast.owner)
    assert queries.latest(viewer=GUEST).total == 1
    publishing.publish([work], by=cast.owner, visibility="restricted")
    assert _last() == ("published", True, cast.owner)
    publishing.withdraw([work], by=cast.owner)
    assert _last() == ("withdrawn", True, cast.owner)
    assert queries.latest(viewer=cast.viewer("reader")).total == 0
    publishing.publish([work], by=cast.owner)
    assert queries.latest(viewer=GUEST).total == 1


def test_the_day_a_work_was_first_shown_stays(cast: Cast) -> None:
    work = cast.bring(visibility="private", posted_at=None)
    publishing.publish([work], by=cast.owner)
    first = Work.objects.get(pk=work).posted_at
    assert first is not None
    publishing.withdraw([work], by=cast.owner)
    publishing.publish([work], by=cast.owner)
    assert Work.objects.get(pk=work).posted_at == first


def test_what_is_so_already_changes_nothing(cast: Cast) -> None:
    work = cast.bring()
    before = Change.objects.count()
    assert all(done.done for done in publishing.publish([work, work], by=cast.owner))
    assert Change.objects.count() == before
    publishing.withdraw([work, work], by=cast.owner)
    assert Change.objects.count() == before + 1


def test_a_deleted_work_is_gone_for_everybody_and_nothing_of_it_is_lost(cast: Cast) -> None:
    work = cast.bring()
    _, data = queries.original_of(work, viewer=cast.viewer("owner"))
    publishing.delete([work], by=cast.author)
    assert _last() == ("deleted", True, cast.author)
    for part in PARTS:
        assert queries.latest(viewer=cast.viewer(part)).total == 0
    row = Work.objects.get(pk=work)
    assert row.state == "deleted"
    assert ChapterText.objects.count() == row.versions.count() == row.witnesses.count() == 1
    digest = row.witnesses.get().original.digest
    assert (cast.data / "originals" / digest[:2] / digest[2:]).read_bytes() == data


@pytest.mark.parametrize("operation", ["publish", "withdraw", "delete", "edit"])
def test_a_deleted_work_can_only_be_left_alone(cast: Cast, operation: str) -> None:
    work = cast.bring(state="deleted")
    extra: dict[str, Any] = {"changes": {"title": "X"}} if operation == "edit" else {}
    for part, problem in {"owner": "deleted", "author": "deleted", "reader": "no-work"}.items():
        (done,) = getattr(publishing, operation)([work], by=_account(cast, part), **extra)
        assert (done.done, done.problem) == (False, problem)
        assert done.message
    assert Work.objects.get(pk=work).state == "deleted"


@pytest.mark.parametrize("operation", ["publish", "withdraw", "delete", "edit"])
@pytest.mark.parametrize("part", ["reader", "author", "moderator", "owner"])
def test_only_author_and_owner_change_a_work(cast: Cast, operation: str, part: str) -> None:
    work = cast.bring()
    before = Change.objects.count()
    extra: dict[str, Any] = {"changes": {"title": "Mine"}} if operation == "edit" else {}
    if operation == "publish":
        cast.set(work, visibility="restricted")
    (done,) = getattr(publishing, operation)([work], by=_account(cast, part), **extra)
    may = part in ("author", "owner")
    assert done.done is may
    assert done.problem == (None if may else "refused")
    assert Change.objects.count() == before + may


def test_what_one_may_not_know_of_is_not_found(cast: Cast) -> None:
    work = cast.bring(visibility="private")
    unknown, absent = publishing.withdraw([work, 999_999], by=cast.reader)
    assert unknown.problem == absent.problem == "no-work"
    assert unknown.title is absent.title is None


def test_a_batch_never_stops_half_way(cast: Cast) -> None:
    works = [cast.bring(write_story(f"Stair {n}")) for n in range(3)]
    cast.set(works[1], state="deleted")
    outcomes = publishing.withdraw([works[0], works[1], 0, 2**70, works[2]], by=cast.owner)
    assert [done.done for done in outcomes] == [True, False, False, False, True]
    assert [done.work for done in outcomes] == [works[0], works[1], 0, 2**70, works[2]]


def test_a_closed_account_changes_nothing(cast: Cast) -> None:
    work = cast.bring()
    cast.owner.is_active = False
    assert not publishing.withdraw([work], by=cast.owner)[0].done


def test_a_work_is_published_as_something_that_exists(cast: Cast) -> None:
    with pytest.raises(Invalid):
        publishing.publish([cast.bring()], by=cast.owner, visibility="private")  # type: ignore[arg-type]  # what a page may send


EDITS: dict[str, tuple[object, object]] = {
    "title": ("  The\nThird Stair ", "The Third Stair"),
    "authors": (["Vita", "Vita", "Mary Wollstonecraft"], ("Vita", "Mary Wollstonecraft")),
    "summary": ("Of <i>stairs</i>.<script>x</script>\n\nB", "<p>Of <i>stairs</i>.</p>\n<p>B</p>"),
    "language": ("pt-BR", "pt-BR"),
    "status": ("complete", "complete"),
    "fandoms": ("Emma", ("Emma",)),
    "relationships": (["A/B", "", "C & D"], ("A/B", "C & D")),
    "characters": (("Watson",), ("Watson",)),
    "freeforms": ([], ()),
    "warnings": (["No Archive Warnings Apply"], ("No Archive Warnings Apply",)),
    "rating": ("Explicit", ("Explicit",)),
    "categories": (["Gen"], ("Gen",)),
    "genres": (None, ()),
    "series": (["The Stairs #3", "Alone"], (SeriesPlace("The Stairs", 3), SeriesPlace("Alone"))),
    "published": ("2024-02-29", date(2024, 2, 29)),
    "updated": (datetime(2024, 3, 1, tzinfo=timezone.get_current_timezone()), date(2024, 3, 1)),
}  # fmt: skip


@pytest.mark.parametrize("field", EDITS)
def test_every_field_of_the_head_can_be_corrected(cast: Cast, field: str) -> None:
    work = cast.bring(write_story(summary="<p>Old.</p>"))
    given, kept = EDITS[field]
    (done,) = publishing.edit([work], by=cast.author, changes={field: given})
    assert done.done, done
    manuscript = queries.manuscript_of(work, viewer=cast.viewer("owner"))
    found: object
    if field in edits.TAG_FIELDS:
        found = manuscript.tags_of(edits.TAG_FIELDS[field])
    elif field in ("published", "updated"):
        found = getattr(manuscript.dates, field)
    else:
        found = manuscript.credited() if field == "authors" else getattr(manuscript, field)
    assert found == kept
    about = queries.about(work, viewer=cast.viewer("owner"))
    name = edits.TAG_FIELDS.get(field, "credits" if field == "authors" else field)
    assert dict(about.provenance)[name] == "edited"
    assert dict(about.provenance)["title" if field != "title" else "credits"] != "edited"


def test_every_field_is_covered_here() -> None:
    assert set(EDITS) | set(edits.FLAGS) == set(edits.FIELDS)


def test_a_correction_is_a_version_that_shares_its_texts(cast: Cast) -> None:
    story = write_story(chapters=["<p>One.</p>", "<p>Two.</p>"])
    work = cast.bring(story)
    publishing.edit([work], by=cast.owner, changes={"title": "New", "rating": "General Audiences"})
    assert _last() == ("edited", False, cast.owner)
    assert list(Version.objects.values_list("number", "kind")) == [(1, "read"), (2, "edited")]
    assert ChapterText.objects.count() == 2
    blurb = queries.blurb(work, viewer=GUEST)
    assert (blurb.title, blurb.adult) == ("New", False)
    assert [tag.name for tag in blurb.tags] == ["General Audiences", "Sherlock Holmes"]
    assert queries.manuscript_of(work, viewer=GUEST, version=1) == story
    page = queries.open_entire(work, viewer=GUEST)
    assert [chapter.html for chapter in page.chapters] == ["<p>One.</p>", "<p>Two.</p>"]


def test_a_correction_that_says_the_same_makes_no_version(cast: Cast) -> None:
    work = cast.bring()
    before = Change.objects.count()
    publishing.edit([work], by=cast.owner, changes={"title": "The Second Stair"})
    assert (Version.objects.count(), Change.objects.count()) == (1, before)
    # But it was said by hand, so no import overwrites it.
    assert dict(queries.about(work, viewer=GUEST).provenance)["title"] == "edited"


def test_other_credits_and_known_accounts_stay_when_authors_change(cast: Cast) -> None:
    credited = (Credit("Vita", "author", "V"), Credit("Leo", "author"), Credit("Nessa", "beta"))
    story = write_story()
    work = cast.bring(type(story)(**{**vars(story), "credits": credited}))
    publishing.edit([work], by=cast.owner, changes={"authors": ["Ethel", "Vita"]})
    assert _last() == ("edited", True, cast.owner)
    manuscript = queries.manuscript_of(work, viewer=GUEST)
    assert manuscript.credits == (
        Credit("Ethel"), Credit("Vita", "author", "V"), Credit("Nessa", "beta"),
    )  # fmt: skip


@pytest.mark.parametrize("flag", ["anonymous", "unrevealed", "hidden"])
def test_flags_mask_and_unmask(cast: Cast, flag: str) -> None:
    work = cast.bring()
    for value, reduces in ((True, True), (False, False)):
        (done,) = publishing.edit([work], by=cast.owner, changes={flag: value})
        assert done.done
        assert _last() == ("edited", reduces, cast.owner)
        assert getattr(Work.objects.get(pk=work), flag) is value
    before = Change.objects.count()
    publishing.edit([work], by=cast.owner, changes={flag: False})
    assert Change.objects.count() == before
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "may"), [("reader", False), ("author", False), ("moderator", True), ("owner", True)]
)
def test_moderators_hide_works_and_change_nothing_else(cast: Cast, part: str, may: bool) -> None:
    work, by = cast.bring(), _account(cast, part)
    assert publishing.edit([work], by=by, changes={"hidden": True})[0].done is may
    assert Work.objects.get(pk=work).hidden is may
    (both,) = publishing.edit([work], by=by, changes={"hidden": False, "title": "X"})
    assert both.done is (part == "owner")
    assert Work.objects.get(pk=work).title == ("X" if part == "owner" else "The Second Stair")


@pytest.mark.parametrize(
    "changes",
    [
        {}, {"colour": "red"}, {"title": ""}, {"title": None}, {"title": "x" * 501}, {"title": 7},
        {"authors": ["", "x" * 256]}, {"authors": {"a": 1}}, {"authors": ["ok", None]},
        {"summary": 7}, {"summary": "x" * 100_001}, {"language": "english!"}, {"language": 7},
        {"status": "done"}, {"fandoms": [7]}, {"fandoms": ["x"] * 1_001}, {"series": 7},
        {"series": [("Title", "three")]}, {"series": [("Title", -1)]}, {"series": [("", 3)]},
        {"published": "yesterday"}, {"published": "2024-02-30"}, {"updated": 7},
        {"anonymous": "yes"}, {"hidden": 1}, {"title": "Good", "status": "bad"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_before_anything_changes(
    cast: Cast, changes: dict[str, object]
) -> None:
    work = cast.bring()
    before = Change.objects.count()
    with pytest.raises(Invalid) as caught:
        publishing.edit([work], by=cast.owner, changes=changes)
    assert caught.value.message
    assert Change.objects.count() == before
    assert queries.blurb(work, viewer=GUEST).title == "The Second Stair"


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\u0085b\x1b[31m", "x\u2028y"])
def test_what_no_line_can_hold_falls_away(cast: Cast, text: str) -> None:
    work = cast.bring()
    changes = {"title": f"Odd {text}", "summary": text, "fandoms": [f"Odd {text}"]}
    (done,) = publishing.edit([work], by=cast.owner, changes=changes)
    assert done.done, done
    blurb = queries.blurb(work, viewer=GUEST)
    assert blurb.title.isprintable()
    assert blurb.tags_of("fandom")[0].name == blurb.title


def test_many_works_are_corrected_at_once(cast: Cast) -> None:
    works = [cast.bring(write_story(f"Stair {n}")) for n in range(5)]
    outcomes = publishing.edit(works, by=cast.owner, changes={"fandoms": ["Emma"]})
    assert all(done.done for done in outcomes)
    tag = queries.find_tag("Emma", viewer=GUEST)
    assert queries.by_tag(tag, viewer=GUEST)[1].total == 5


def test_changes_come_in_the_order_of_time(cast: Cast) -> None:
    work = cast.bring()
    publishing.withdraw([work], by=cast.owner)
    publishing.publish([work], by=cast.owner)
    rows = list(Change.objects.order_by("pk").values_list("kind", "at", "work"))
    assert [kind for kind, _, _ in rows] == ["imported", "withdrawn", "published"]
    assert rows == sorted(rows, key=lambda row: row[1])
    assert timezone.now() - rows[-1][1] < timedelta(minutes=1)
