"""One change to one work or to many: each in a transaction of its own, none stopping the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hogarth.errors import HogarthError, NotFound, Refused
from hogarth.people.models import Account
from hogarth.works import access
from hogarth.works.access import Viewer, viewer_of
from hogarth.works.changes import ChangeKind, append_change
from hogarth.works.models import Work
from hogarth.works.values import Done
from hogarth.works.wording import translated

#: What a step did: the change to log and whether somebody sees less now; None when it did nothing.
Step = tuple[ChangeKind, bool] | None


def change_each(
    works: Sequence[int],
    by: Account,
    step: Callable[[Work, datetime], Step],
    *,
    may: Callable[[Viewer, Work], bool] = access.may_change,
) -> tuple[Done, ...]:
    """What became of each work. Shape: `step` changes a work that is locked and may be changed."""
    viewer = viewer_of(by)
    return tuple(_one(work, by, viewer, step, may) for work in works)


def _one(
    work_id: int,
    by: Account,
    viewer: Viewer,
    step: Callable[[Work, datetime], Step],
    may: Callable[[Viewer, Work], bool],
) -> Done:
    title: str | None = None
    try:
        with transaction.atomic():
            work = _locked(work_id, viewer)
            title = work.title
            if not may(viewer, work):
                raise Refused(
                    "Only its author and the owner of the archive may change this work.",
                    "If it is yours, sign in.",
                )
            at = timezone.now()
            done = step(work, at)
            if done is not None:
                kind, reduces = done
                append_change(kind, work, by=by, at=at, reduces=reduces)
    except HogarthError as error:
        message, hint = translated(error)
        return Done(work_id, title, done=False, problem=error.code, message=message, hint=hint)
    return Done(work_id, title, done=True)


def _locked(work_id: int, viewer: Viewer) -> Work:
    """The work's row, which nobody else changes until the transaction ends.

    Raises: NotFound, alike for what is hidden and what is absent; Refused for a deleted work, to
    those who could change it before.
    """
    rows = Work.objects.select_for_update(of=("self",)).filter(pk=work_id)
    work = rows.filter(access.readable(viewer)).first()
    if work is not None:
        return work
    deleted = rows.filter(state=Work.State.DELETED).first()
    if deleted is not None and access.part_of(viewer, deleted) in access.CHANGES:
        raise Refused(
            "This work was deleted.", "Its originals are kept; nothing can be done to it here.",
            code="deleted",
        )  # fmt: skip
    raise NotFound(
        "There is no work %(work)s here, or it is not open to you.", code="no-work", work=work_id
    )
