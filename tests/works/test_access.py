"""Who may know of a work: the table, the database and the functions say the same."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from cast import PARTS, Cast, write_story
from hogarth.works import access
from hogarth.works.access import GUEST, Part, viewer_of
from hogarth.works.models import Work, WorkCredit
from hogarth.works.values import State, Visibility

pytestmark = pytest.mark.django_db

STATES = get_args(State)
VISIBILITIES = get_args(Visibility)


def _works_in_every_state(cast: Cast) -> list[Work]:
    """Two works in each state × visibility × flags: by somebody in the cast, and by nobody."""
    rows = []
    for author in ("Mary Wollstonecraft", "Nobody Here"):
        first = Work.objects.get(pk=cast.bring(write_story(f"By {author}", author=author)))
        pseud = first.credits.get().pseud
        made = Work.objects.bulk_create(
            Work(
                title=first.title, sort_title="", status="unknown", words=1, chapters_count=1,
                keeper=cast.owner, created=first.created, changed=first.changed, state=state,
                visibility=visibility, anonymous=anonymous, unrevealed=unrevealed, hidden=hidden,
            )
            for state, visibility, anonymous, unrevealed, hidden in product(
                STATES, VISIBILITIES, *([False, True],) * 3
            )
        )  # fmt: skip
        WorkCredit.objects.bulk_create(
            WorkCredit(work=work, pseud=pseud, role="author", position=0) for work in made
        )
        rows += made
    return rows


@pytest.mark.parametrize("part", PARTS)
def test_the_database_lists_exactly_what_may_be_read(cast: Cast, part: Part) -> None:
    """Every state × visibility × flag: `readable` as a filter equals `may_read`."""
    rows = _works_in_every_state(cast)
    assert len(rows) == 2 * len(STATES) * len(VISIBILITIES) * 2**3
    here = Work.objects.filter(pk__in=[row.pk for row in rows])
    viewer = cast.viewer(part)
    listed = set(here.filter(access.readable(viewer)).values_list("pk", flat=True))
    assert listed == {row.pk for row in rows if access.may_read(viewer, row)}
    named = set(here.filter(access.unmasked(viewer)).values_list("pk", flat=True))
    assert named == {row.pk for row in rows if access.may_unmask(viewer, row)}
    assert 0 < len(listed) < len(rows)


#: What each part may read of a posted, public work without flags, and of what departs from that.
EXPECTED: dict[str, dict[str, bool]] = {
    "guest": {"public": True, "restricted": False, "private": False, "draft": False,
              "withdrawn": False, "deleted": False, "unrevealed": False, "hidden": False},
    "reader": {"public": True, "restricted": True, "private": False, "draft": False,
               "withdrawn": False, "deleted": False, "unrevealed": False, "hidden": False},
    "moderator": {"public": True, "restricted": True, "private": False, "draft": False,
                  "withdrawn": False, "deleted": False, "unrevealed": True, "hidden": True},
    "author": {"public": True, "restricted": True, "private": True, "draft": True,
               "withdrawn": True, "deleted": False, "unrevealed": True, "hidden": True},
    "owner": {"public": True, "restricted": True, "private": True, "draft": True,
              "withdrawn": True, "deleted": False, "unrevealed": True, "hidden": True},
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_the_table_says_what_was_agreed(cast: Cast, part: Part) -> None:
    work = Work.objects.get(pk=cast.bring())
    for case, expected in EXPECTED[part].items():
        work.state, work.visibility = "posted", "public"
        work.unrevealed = work.hidden = False
        if case in VISIBILITIES:
            work.visibility = case
        elif case in STATES:
            work.state = case
        else:
            setattr(work, case, True)
        assert access.may_read(cast.viewer(part), work) is expected, case


@pytest.mark.parametrize(
    ("part", "unmasks", "changes", "hides", "takes"),
    [
        ("guest", False, False, False, False),
        ("reader", False, False, False, False),
        ("author", True, True, False, False),
        ("moderator", True, False, True, True),
        ("owner", True, True, True, True),
    ],
)
def test_parts_may_do_what_was_agreed(
    cast: Cast, part: Part, unmasks: bool, changes: bool, hides: bool, takes: bool
) -> None:
    work = Work.objects.get(pk=cast.bring(anonymous=True))
    viewer = cast.viewer(part)
    assert access.part_of(viewer, work) == part
    assert access.may_unmask(viewer, work) is unmasks
    assert access.may_change(viewer, work) is changes
    assert access.may_hide(viewer, work) is hides
    assert access.may_take_originals(viewer, work) is takes
    assert access.may_import(viewer) is (part == "owner")


def test_nobody_changes_or_takes_what_they_cannot_read(cast: Cast) -> None:
    work = Work.objects.get(pk=cast.bring(state="deleted"))
    for part in PARTS:
        viewer = cast.viewer(part)
        assert not access.may_change(viewer, work)
        assert not access.may_hide(viewer, work)
        assert not access.may_take_originals(viewer, work)


def test_the_keeper_of_a_work_is_its_author_here(cast: Cast) -> None:
    work = Work.objects.get(pk=cast.bring(keeper=cast.reader.pk, visibility="private"))
    assert access.part_of(cast.viewer("reader"), work) == "author"
    assert access.may_read(cast.viewer("reader"), work)


def test_an_account_that_was_closed_is_a_guest(cast: Cast) -> None:
    cast.owner.is_active = False
    assert viewer_of(cast.owner) == GUEST
    assert viewer_of(None) == GUEST
    assert viewer_of(object()) == GUEST


def test_parts_of_many_works_cost_one_statement(
    cast: Cast, django_assert_num_queries: object
) -> None:
    works = list(Work.objects.filter(pk__in=[cast.bring(), cast.bring()]))
    for part, cost in {"guest": 0, "owner": 0, "reader": 1, "author": 1, "moderator": 1}.items():
        with django_assert_num_queries(cost):  # type: ignore[operator]  # a fixture without types
            access.parts_among(cast.viewer(part), works)
