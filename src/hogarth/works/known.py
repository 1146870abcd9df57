"""Files that are in the archive already: what is told of their works, which may be shown now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from hogarth.people.models import Account
from hogarth.works.changes import Entry, append_changes
from hogarth.works.models import Witness, Work, WorkCredit
from hogarth.works.values import Outcome

#: Works that an import with `publish` shows, though they are known.
_NEVER_SHOWN: Final = {"state": Work.State.POSTED, "visibility": Work.Visibility.PRIVATE}


def describe_known(
    digests: AbstractSet[str], *, by: Account, publish: bool
) -> dict[str, list[Outcome]]:
    """What is known of originals that were not read again, shown now where that was asked."""
    outcomes: dict[str, list[Outcome]] = {digest: [] for digest in digests}
    if not digests:
        return outcomes
    if publish:
        with transaction.atomic():
            of_these = Witness.objects.filter(original__digest__in=digests).values("work_id")
            works = Work.objects.select_for_update().filter(pk__in=of_these, **_NEVER_SHOWN)
            at = timezone.now()
            entries = [show(work, at=at) for work in works]
            append_changes(entries, by=by, at=at)
    witnesses = Witness.objects.filter(original__digest__in=digests).order_by("pk")
    rows = list(witnesses.select_related("work").annotate(digest=F("original__digest")))
    authors = _authors_of({row.work_id for row in rows})
    for row in rows:
        outcomes[row.digest].append(
            Outcome(
                source=row.place,
                outcome="duplicate",
                reader=row.reader,
                work=row.work_id,
                title=row.work.title,
                authors=tuple(authors[row.work_id]),
                chapters=row.work.chapters_count,
                words=row.work.words,
                message=note_of(row.work),
            )
        )
    return outcomes


def _authors_of(works: AbstractSet[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = WorkCredit.objects.filter(work__in=works, role="author").order_by("work", "position")
    for work, name in rows.values_list("work_id", "pseud__name"):
        found[work].append(name)
    return found


def was_never_shown(work: Work) -> bool:
    """Whether the work came in and was neither published nor taken back."""
    return all(getattr(work, column) == value for column, value in _NEVER_SHOWN.items())


def show(work: Work, *, at: datetime) -> Entry:
    """Publish a work that came in before and was never shown."""
    work.visibility = Work.Visibility.PUBLIC
    work.posted_at = work.posted_at or at
    work.changed = at
    work.save()
    return Entry("published", work)


def note_of(work: Work) -> str | None:
    """What an import has to say of a work that it leaves alone."""
    return gettext("This work was deleted here.") if work.state == Work.State.DELETED else None
