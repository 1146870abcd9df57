"""The change log: whoever has followed it to a number has missed nothing before it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cast import Cast, read_as_file, write_story
from hogarth.works import publishing
from hogarth.works.changes import append_change
from hogarth.works.models import Change, Work


def _in_thread(action: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            action()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_later_number_never_becomes_visible_before_an_earlier_one(cast: Cast) -> None:
    """Two transactions are open at once; the second waits until the first has committed."""
    work = Work.objects.get(pk=cast.bring())
    Change.objects.all().delete()
    appended = threading.Event()

    def second() -> None:
        with transaction.atomic():
            append_change("edited", work, by=None, at=timezone.now())
            appended.set()

    with transaction.atomic():
        append_change("published", work, by=None, at=timezone.now())
        thread = _in_thread(second)
        assert not appended.wait(0.5), "the second append did not wait for the first"
    thread.join(10)
    assert appended.is_set()
    kinds = Change.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["published", "edited"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_work(cast: Cast) -> None:
    """The same story in other bytes, from two processes: one makes it, the other joins."""
    barrier = threading.Barrier(2, timeout=10)
    outcomes: list[str] = []

    def land(place: str) -> None:
        file = read_as_file(write_story(summary=f"<p>{place}</p>"), place=place)
        barrier.wait()
        outcomes.extend(outcome.outcome for outcome in cast.land_all([file]))

    threads = [_in_thread(lambda place=place: land(place)) for place in ("a", "b")]  # type: ignore[misc]  # a default argument hides the type
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["duplicate", "imported"]
    assert Work.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_changes_of_one_work_follow_each_other(cast: Cast) -> None:
    work = cast.bring()
    barrier = threading.Barrier(4, timeout=10)
    problems: list[str | None] = []

    def edit(title: str) -> None:
        barrier.wait()
        problems.extend(
            done.problem
            for done in publishing.edit([work], by=cast.owner, changes={"title": title})
        )

    threads = [_in_thread(lambda n=n: edit(f"Title {n}")) for n in range(4)]  # type: ignore[misc]  # as above
    for thread in threads:
        thread.join(20)
    assert problems == [None] * 4
    assert Work.objects.get().current == 5


@pytest.mark.django_db
def test_a_change_is_undone_with_what_it_tells(cast: Cast) -> None:
    work = Work.objects.get(pk=cast.bring())
    before = Change.objects.count()
    with transaction.atomic():
        append_change("edited", work, by=cast.owner, at=timezone.now())
        transaction.set_rollback(True)
    assert Change.objects.count() == before
