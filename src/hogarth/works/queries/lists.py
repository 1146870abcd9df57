"""Lists of works, and the names that lead to them. No list ever loads a text."""

from __future__ import annotations

from typing import get_args

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from hogarth.errors import Invalid, NotFound
from hogarth.people.models import Pseud
from hogarth.works import access
from hogarth.works.access import Viewer
from hogarth.works.identity import fold_name
from hogarth.works.models import Series, Tag, Work, WorkCredit, WorkTag
from hogarth.works.queries.blurbs import page_of
from hogarth.works.values import (
    Blurb,
    Byline,
    Page,
    SeriesRef,
    State,
    TagCount,
    TagRef,
    Totals,
)


def latest(*, viewer: Viewer, page: int = 1, size: int = 25) -> Page[Blurb]:
    """Works by when they last changed here, newest first."""
    return page_of(_newest(_readable(viewer)), viewer=viewer, page=page, size=size)


def list_works(
    *,
    viewer: Viewer,
    page: int = 1,
    size: int = 25,
    title: str | None = None,
    author: str | None = None,
    tag: str | None = None,
    state: str | None = None,
) -> Page[Blurb]:
    """Works whose title and author contain these words and that have this tag, newest first.

    Raises: Invalid for a state that does not exist; NotFound past the last page.
    """
    works = _readable(viewer)
    if title is not None:
        works = works.filter(sort_title__contains=fold_name(title))
    if author is not None:
        credited = WorkCredit.objects.filter(pseud__folded__contains=fold_name(author))
        works = works.filter(access.unmasked(viewer), pk__in=credited.values("work_id"))
    if tag is not None:
        tagged = WorkTag.objects.filter(tag__folded=fold_name(tag))
        works = works.filter(pk__in=tagged.values("work_id"))
    if state is not None:
        if state not in get_args(State):
            raise Invalid(
                "“%(state)s” is no state of a work.", "A state is one of: %(states)s.",
                state=state, states=", ".join(get_args(State)),
            )  # fmt: skip
        works = works.filter(state=state)
    return page_of(_newest(works), viewer=viewer, page=page, size=size)


def by_author(
    pseud_id: int, *, viewer: Viewer, page: int = 1, size: int = 25
) -> tuple[Byline, Page[Blurb]]:
    """What a name is credited with, as far as the viewer may know.

    Raises: NotFound when that is nothing, so that an anonymous work tells nothing of its author.
    """
    pseud = Pseud.objects.filter(pk=pseud_id).first()
    if pseud is None:
        raise _no_author()
    works = _credited(viewer).filter(
        pk__in=WorkCredit.objects.filter(pseud=pseud).values("work_id")
    )
    found = page_of(_newest(works), viewer=viewer, page=page, size=size, nothing=_no_author())
    return Byline(pseud.pk, pseud.name, "author", pseud.of), found


def by_tag(
    tag_id: int, *, viewer: Viewer, page: int = 1, size: int = 25
) -> tuple[TagRef, Page[Blurb]]:
    """Works with this tag. Raises: NotFound when the viewer may know of none."""
    tag = Tag.objects.filter(pk=tag_id).first()
    if tag is None:
        raise _no_tag()
    works = _readable(viewer).filter(pk__in=WorkTag.objects.filter(tag=tag).values("work_id"))
    found = page_of(_newest(works), viewer=viewer, page=page, size=size, nothing=_no_tag())
    return TagRef(tag.pk, tag.kind, tag.name), found


def in_series(
    series_id: int, *, viewer: Viewer, page: int = 1, size: int = 25
) -> tuple[SeriesRef, Page[Blurb]]:
    """The works of a series, first part first. Raises: NotFound when the viewer may know of none.

    A work whose author the viewer may not know is left out: the series would tell.
    """
    series = Series.objects.filter(pk=series_id).first()
    if series is None:
        raise _no_series()
    works = (
        _credited(viewer)
        .filter(series_entries__series=series)
        .order_by(F("series_entries__position").asc(nulls_last=True), "pk")
    )
    found = page_of(works, viewer=viewer, page=page, size=size, nothing=_no_series())
    return SeriesRef(series.pk, series.title, None), found


def tags_of_kind(kind: str, *, viewer: Viewer, limit: int = 20) -> tuple[TagCount, ...]:
    """The tags of this kind that most works have which the viewer may know of."""
    rows = (
        WorkTag.objects.filter(_its_work(_readable(viewer)), tag__kind=kind)
        .values_list("tag_id", "tag__kind", "tag__name")
        .annotate(works=Count("pk"))
        .order_by("-works", "tag__name")[:limit]
    )
    return tuple(
        TagCount(TagRef(tag, tag_kind, name), works) for tag, tag_kind, name, works in rows
    )


def find_author(name: str, *, viewer: Viewer) -> int:
    """The id of the name, in whatever case, that the viewer may know of. Raises: NotFound."""
    credited = WorkCredit.objects.filter(
        _its_work(_credited(viewer)), pseud__folded=fold_name(name)
    )
    pseuds = credited.order_by("pseud_id").values_list("pseud_id", "pseud__name")
    return _nearest(name, list(pseuds.distinct())) or _raise(_no_author())


def find_tag(name: str, *, viewer: Viewer) -> int:
    """The id of the tag of this name, in whatever case. Raises: NotFound."""
    used = WorkTag.objects.filter(_its_work(_readable(viewer)), tag__folded=fold_name(name))
    tags = used.order_by("tag_id").values_list("tag_id", "tag__name")
    return _nearest(name, list(tags.distinct())) or _raise(_no_tag())


def totals(*, viewer: Viewer) -> Totals:
    """How much there is to read for this viewer."""
    sums = _readable(viewer).aggregate(works=Count("pk"), words=Sum("words"))
    authors = WorkCredit.objects.filter(
        _its_work(_credited(viewer)), role="author", pseud=OuterRef("pk")
    )
    fandoms = WorkTag.objects.filter(_its_work(_readable(viewer)), tag=OuterRef("pk"))
    return Totals(
        works=sums["works"],
        words=sums["words"] or 0,
        authors=Pseud.objects.filter(Exists(authors)).count(),
        fandoms=Tag.objects.filter(Exists(fandoms), kind="fandom").count(),
    )


def _its_work(works: QuerySet[Work]) -> Exists:
    """Whether the work of a row is among these.

    Cost: one look-up a row. As a join SQLite may begin with the works, and compare them all with
    every tag: seconds instead of milliseconds at thirty thousand works.
    """
    return Exists(works.filter(pk=OuterRef("work_id")))


def _readable(viewer: Viewer) -> QuerySet[Work]:
    return Work.objects.filter(access.readable(viewer))


def _credited(viewer: Viewer) -> QuerySet[Work]:
    """Works that the viewer may read and whose names the viewer may know."""
    return Work.objects.filter(access.readable(viewer) & access.unmasked(viewer))


def _newest(works: QuerySet[Work]) -> QuerySet[Work]:
    return works.order_by("-changed", "-pk")


def _nearest(name: str, rows: list[tuple[int, str]]) -> int | None:
    """The row written exactly so, else the oldest."""
    exact = [pk for pk, written in rows if written == name]
    return next(iter(exact or [pk for pk, _ in rows]), None)


def _no_author() -> NotFound:
    return NotFound(
        "There is no author of that name here, or none of their works is open to you.",
        code="no-author",
    )


def _no_tag() -> NotFound:
    return NotFound("There is no such tag here, or no work with it is open to you.", code="no-tag")


def _no_series() -> NotFound:
    return NotFound("There is no such series here, or none of it is open to you.", code="no-series")


def _raise(error: NotFound) -> int:
    raise error
