"""Pages to read: a work by chapter and entire, its contents, its pictures."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hogarth.errors import NotFound
from hogarth.web.story import Setting, set_chapter
from hogarth.web.visiting import asks_for_adult, remember_adult, says_adult, viewer_for
from hogarth.works import queries
from hogarth.works.values import Blurb, WorkPage

#: Pictures that a browser only draws. SVG is not one: it can hold a script.
_PICTURES: Final = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})
_PICTURE_POLICY: Final = "default-src 'none'; sandbox"


@require_safe
def work(request: HttpRequest, work: int) -> HttpResponse:
    """A work at its beginning: all of it when it has one chapter."""
    return _open(request, queries.open_chapter(work, None, viewer=viewer_for(request)))


@require_safe
def chapter(request: HttpRequest, work: int, chapter: int) -> HttpResponse:
    """One chapter."""
    return _open(request, queries.open_chapter(work, chapter, viewer=viewer_for(request)))


@require_safe
def entire(request: HttpRequest, work: int) -> HttpResponse:
    """All chapters on one page."""
    return _open(request, queries.open_entire(work, viewer=viewer_for(request)), entire=True)


@require_safe
def contents(request: HttpRequest, work: int) -> HttpResponse:
    """The chapters of a work, with their length."""
    page = queries.contents(work, viewer=viewer_for(request))
    return render(request, "contents.html", {"page": page, "blurb": page.blurb})


@require_safe
def asset(request: HttpRequest, work: int, name: str) -> HttpResponse:
    """A picture of a work's text."""
    viewer = viewer_for(request)
    if (before := _before(request, queries.blurb(work, viewer=viewer))) is not None:
        return before
    media_type, data = queries.asset_of(work, f"assets/{name}", viewer=viewer)
    if media_type not in _PICTURES:
        raise NotFound("There is no such picture.")
    return HttpResponse(
        data, content_type=media_type, headers={"Content-Security-Policy": _PICTURE_POLICY}
    )


def _open(request: HttpRequest, page: WorkPage, *, entire: bool = False) -> HttpResponse:
    if (before := _before(request, page.blurb)) is not None:
        return before
    setting = Setting(page.blurb.id)
    chapters = [set_chapter(chapter, setting) for chapter in page.chapters]
    first = page.previous is None
    last = page.next is None
    context = {
        "page": page,
        "blurb": page.blurb,
        "chapters": chapters,
        "entire": entire,
        "first": first,
        "notes": setting.place(page.notes if first else None, prefix="w-", level=3),
        "end_notes": setting.place(page.end_notes if last else None, prefix="e-", level=3),
    }
    return render(request, "work.html", context)


def _before(request: HttpRequest, blurb: Blurb) -> HttpResponse | None:
    """What comes before a work for adults: the question, or the answer being remembered."""
    if not asks_for_adult(request, blurb):
        return None
    if says_adult(request):
        return remember_adult(request)
    return render(request, "gate.html", {"blurb": blurb})
