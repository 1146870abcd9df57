"""Pages to look through: home, the latest works, a creator, a tag, a series, the fandoms."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hogarth.config import current
from hogarth.errors import NotFound
from hogarth.web.addresses import address, author_address, tag_address
from hogarth.web.visiting import page_number, viewer_for
from hogarth.works import queries
from hogarth.works.slugs import slug as slug_of

_LATEST_ON_HOME: Final = 8
_FANDOMS_ON_HOME: Final = 24
_FANDOMS_AT_MOST: Final = 2_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this archive holds. An empty one says how to fill it."""
    viewer = viewer_for(request)
    context = {
        "totals": queries.totals(viewer=viewer),
        "works": queries.latest(viewer=viewer, size=_LATEST_ON_HOME),
        "fandoms": queries.tags_of_kind("fandom", viewer=viewer, limit=_FANDOMS_ON_HOME),
    }
    return render(request, "home.html", context)


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """All works the viewer may see, the latest first."""
    page = queries.latest(viewer=viewer_for(request), page=page_number(request), size=_size())
    return render(request, "works.html", {"works": page})


@require_safe
def fandoms(request: HttpRequest) -> HttpResponse:
    """Every fandom with the number of its works, by name."""
    found = queries.tags_of_kind("fandom", viewer=viewer_for(request), limit=_FANDOMS_AT_MOST)
    by_name = sorted(found, key=lambda count: count.tag.name.casefold())
    return render(request, "fandoms.html", {"fandoms": by_name})


@require_safe
def author(request: HttpRequest, number: str, slug: str = "") -> HttpResponse:
    """Works by one creator. The number decides; another slug leads to the right one."""
    viewer = viewer_for(request)
    try:
        byline, page = queries.by_author(
            int(number), viewer=viewer, page=page_number(request), size=_size()
        )
    except NotFound:
        # A name may look like an id: /authors/1984.
        return author_named(request, f"{number}-{slug}" if slug else number)
    if slug != slug_of(byline.name):
        return _moved(request, address(byline))
    return render(request, "author.html", {"byline": byline, "works": page})


@require_safe
def author_named(request: HttpRequest, name: str) -> HttpResponse:
    """From a creator's name to the creator's page."""
    found = queries.find_author(name, viewer=viewer_for(request))
    return HttpResponseRedirect(author_address(found, name))


@require_safe
def tag(request: HttpRequest, number: str, slug: str = "") -> HttpResponse:
    """Works with one tag. The number decides; another slug leads to the right one."""
    viewer = viewer_for(request)
    try:
        found, page = queries.by_tag(
            int(number), viewer=viewer, page=page_number(request), size=_size()
        )
    except NotFound:
        return tag_named(request, f"{number}-{slug}" if slug else number)
    if slug != slug_of(found.name):
        return _moved(request, address(found))
    return render(request, "tag.html", {"tag": found, "works": page})


@require_safe
def tag_named(request: HttpRequest, name: str) -> HttpResponse:
    """From a tag's name to the tag's page."""
    found = queries.find_tag(name, viewer=viewer_for(request))
    return HttpResponseRedirect(tag_address(found, name))


@require_safe
def series(request: HttpRequest, series: int) -> HttpResponse:
    """The works of a series, in its order."""
    found, page = queries.in_series(
        series, viewer=viewer_for(request), page=page_number(request), size=_size()
    )
    return render(request, "series.html", {"series": found, "works": page})


def _size() -> int:
    return current().count("page_size")


def _moved(request: HttpRequest, where: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{where}?{query}" if query else where)
