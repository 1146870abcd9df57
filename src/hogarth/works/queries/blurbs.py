"""From rows to blurbs: always four statements, however many works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, cast

from django.db.models import QuerySet
from django.utils.translation import gettext

from hogarth.errors import NotFound
from hogarth.manuscript import TAG_KINDS, Role, Status
from hogarth.works import access
from hogarth.works.access import Part, Viewer
from hogarth.works.models import SeriesEntry, Work, WorkCredit, WorkTag
from hogarth.works.values import (
    Blurb,
    Byline,
    Page,
    SeriesRef,
    State,
    TagRef,
    Visibility,
)

_KIND_ORDER: Final = {kind: place for place, kind in enumerate(TAG_KINDS)}


def readable_work(work_id: int, viewer: Viewer) -> Work:
    """The work's row. Raises: NotFound, alike for what is hidden and what is absent."""
    work = Work.objects.filter(access.readable(viewer), pk=work_id).first()
    if work is None:
        raise NotFound(
            "There is no work %(work)s here, or it is not open to you.",
            "If it is yours, sign in.",
            code="no-work", work=work_id,
        )  # fmt: skip
    return work


def page_of(
    works: QuerySet[Work],
    *,
    viewer: Viewer,
    page: int,
    size: int,
    nothing: NotFound | None = None,
) -> Page[Blurb]:
    """One page of works in the order they come in.

    Raises: NotFound past the last page; `nothing`, whatever the page, when there is no work at all.
    """
    total = works.count()
    if nothing is not None and not total:
        raise nothing
    rows = works[first_row(total, page, size) :][:size]
    return Page(blurbs(list(rows), viewer=viewer), page, size, total)


def first_row(total: int, page: int, size: int) -> int:
    """Where a page begins. Raises: NotFound when there is no such page."""
    if page < 1 or (page > 1 and (page - 1) * size >= total):
        raise NotFound(
            "There is no page %(page)s in this list.", "Begin at page 1.",
            code="no-page", page=page,
        )  # fmt: skip
    return (page - 1) * size


def blurbs(works: Sequence[Work], *, viewer: Viewer) -> tuple[Blurb, ...]:
    """The works as lists show them to this viewer, who may read them all."""
    if not works:
        return ()
    ids = [work.pk for work in works]
    parts = access.parts_among(viewer, works)
    bylines, tags, series = _bylines(ids), _tags(ids), _series(ids)
    found = []
    for work in works:
        part = parts[work.pk]
        names, places = tuple(bylines[work.pk]), tuple(series[work.pk])
        if work.anonymous and part not in access.UNMASKS:
            # A series leads to its author's other works, so it is masked with the name.
            names, places = (Byline(None, gettext("Anonymous")),), ()
        found.append(_blurb(work, part, names, tuple(tags[work.pk]), places))
    return tuple(found)


def _blurb(
    work: Work,
    part: Part,
    bylines: tuple[Byline, ...],
    tags: tuple[TagRef, ...],
    series: tuple[SeriesRef, ...],
) -> Blurb:
    return Blurb(
        id=work.pk,
        title=work.title,
        bylines=bylines,
        tags=tags,
        series=series,
        summary=work.summary,
        language=work.language,
        status=cast("Status", work.status),
        words=work.words,
        chapters=work.chapters_count,
        expected_chapters=work.expected_chapters,
        published=work.published,
        updated=work.updated,
        state=cast("State", work.state),
        visibility=cast("Visibility", work.visibility),
        anonymous=work.anonymous,
        unrevealed=work.unrevealed,
        hidden=work.hidden,
        adult=work.adult,
        changed=work.changed,
        may_change=part in access.CHANGES,
    )


def _bylines(ids: list[int]) -> defaultdict[int, list[Byline]]:
    found: defaultdict[int, list[Byline]] = defaultdict(list)
    rows = WorkCredit.objects.filter(work__in=ids).order_by("work", "position")
    for work, pseud, name, role, of in rows.values_list(
        "work_id", "pseud_id", "pseud__name", "role", "pseud__of"
    ):
        found[work].append(Byline(pseud, name, cast("Role", role), of))
    return found


def _tags(ids: list[int]) -> defaultdict[int, list[TagRef]]:
    found: defaultdict[int, list[TagRef]] = defaultdict(list)
    rows = WorkTag.objects.filter(work__in=ids).order_by("work", "position")
    for work, tag, kind, name in rows.values_list("work_id", "tag_id", "tag__kind", "tag__name"):
        found[work].append(TagRef(tag, kind, name))
    for tags in found.values():
        tags.sort(key=lambda tag: _KIND_ORDER.get(tag.kind, len(_KIND_ORDER)))
    return found


def _series(ids: list[int]) -> defaultdict[int, list[SeriesRef]]:
    found: defaultdict[int, list[SeriesRef]] = defaultdict(list)
    rows = SeriesEntry.objects.filter(work__in=ids).order_by("work", "pk")
    for work, series, title, position in rows.values_list(
        "work_id", "series_id", "series__title", "position"
    ):
        found[work].append(SeriesRef(series, title, position))
    return found
