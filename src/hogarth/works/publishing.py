"""What is done to works that are here: shown, withdrawn, deleted, corrected. One or many at once.

Every operation takes each work in a transaction of its own and says what became of it; none stops
half-way because one work could not be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction

from hogarth.errors import Invalid
from hogarth.people.models import Account
from hogarth.works import access
from hogarth.works.access import Viewer
from hogarth.works.changing import Step, change_each
from hogarth.works.edits import Edit, read_changes
from hogarth.works.heads import manuscript_from
from hogarth.works.joining import add_version, copy_texts, save_head
from hogarth.works.merging import edit_head
from hogarth.works.models import Version, Work
from hogarth.works.names import NameRows
from hogarth.works.rows import replace_lists
from hogarth.works.values import Done

_WIDTH = {"private": 0, "restricted": 1, "public": 2}


def publish(
    works: Sequence[int],
    *,
    by: Account,
    visibility: Literal["public", "restricted"] = "public",
) -> tuple[Done, ...]:
    """Show works to everybody, or to those who are signed in. Raises: Invalid."""
    if visibility not in ("public", "restricted"):
        raise Invalid(
            "“%(visibility)s” is nothing a work can be published as.",
            "Publish it as public or as restricted.",
            visibility=str(visibility),
        )  # fmt: skip

    def step(work: Work, at: datetime) -> Step:
        if (work.state, work.visibility) == ("posted", visibility):
            return None
        narrower = work.state == "posted" and _WIDTH[visibility] < _WIDTH[work.visibility]
        work.state = Work.State.POSTED
        work.visibility = visibility
        work.scheduled_for = None
        work.posted_at = work.posted_at or at
        work.changed = at
        work.save()
        return "published", narrower

    return change_each(works, by, step)


def withdraw(works: Sequence[int], *, by: Account) -> tuple[Done, ...]:
    """Take works back from their readers; they can be published again."""

    def step(work: Work, at: datetime) -> Step:
        if work.state == Work.State.WITHDRAWN:
            return None
        work.state = Work.State.WITHDRAWN
        work.scheduled_for = None
        work.changed = at
        work.save()
        return "withdrawn", True

    return change_each(works, by, step)


def delete(works: Sequence[int], *, by: Account) -> tuple[Done, ...]:
    """Remove works for everybody. Their rows and originals stay in the archive."""

    def step(work: Work, at: datetime) -> Step:
        work.state = Work.State.DELETED
        work.scheduled_for = None
        work.changed = at
        work.save()
        return "deleted", True

    return change_each(works, by, step)


def edit(works: Sequence[int], *, by: Account, changes: Mapping[str, object]) -> tuple[Done, ...]:
    """Correct what is said of works; what is corrected is never overwritten by an import.

    Shape: see `edits.FIELDS`. Raises: Invalid, before anything is changed, when a field does not
    exist or cannot hold its value.
    """
    change = read_changes(changes)
    names = NameRows()

    def step(work: Work, at: datetime) -> Step:
        try:
            with transaction.atomic():
                told, kept_less = _edit_head(work, change, names, at)
                hidden_more = _edit_flags(work, change)
                work.save()
        except BaseException:
            names.forget()
            raise
        changed = told or hidden_more is not None
        return ("edited", kept_less or bool(hidden_more)) if changed else None

    return change_each(works, by, step, may=_may_edit(change))


def _edit_head(work: Work, change: Edit, names: NameRows, at: datetime) -> tuple[bool, bool]:
    """Whether the head is another now, and whether its names are others."""
    if not change.touches_head:
        return False, False
    version = Version.objects.get(work=work, number=work.current)
    head = manuscript_from(version.head, (), ())
    new, work.provenance = edit_head(head, work.provenance, change.for_head(head))
    if new == head:
        return False, False
    made = add_version(
        work, head=new, kind=Version.Kind.EDITED, at=at, original=None, after=version
    )
    copy_texts(version, made)
    replace_lists(work, new, names)
    save_head(work, new, at=at)
    return True, new.credits != head.credits


def _edit_flags(work: Work, change: Edit) -> bool | None:
    """Whether something is masked now that was not; None when no flag is another."""
    before = {flag: getattr(work, flag) for flag in change.flags}
    for flag, value in change.flags.items():
        setattr(work, flag, value)
    if before == dict(change.flags):
        return None
    return any(value and not before[flag] for flag, value in change.flags.items())


def _may_edit(change: Edit) -> Callable[[Viewer, Work], bool]:
    def may(viewer: Viewer, work: Work) -> bool:
        if "hidden" in change.flags and not access.may_hide(viewer, work):
            return False
        only_hides = set(change.flags) == {"hidden"} and not change.touches_head
        return only_hides or access.may_change(viewer, work)

    return may
