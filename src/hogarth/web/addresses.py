"""Where the things that pages show have their own page."""

from __future__ import annotations

from django.urls import reverse

from hogarth.works.slugs import slug
from hogarth.works.values import Blurb, Byline, SeriesRef, TagRef

Shown = Blurb | Byline | TagRef | SeriesRef


def address(thing: Shown) -> str:
    """The address of a work, creator, tag or series; "" for “Anonymous”, which leads nowhere."""
    match thing:
        case Blurb():
            return reverse("work", args=[thing.id])
        case SeriesRef():
            return reverse("series", args=[thing.id])
        case TagRef():
            return tag_address(thing.id, thing.name)
        case Byline():
            return "" if thing.id is None else author_address(thing.id, thing.name)


def author_address(number: int, name: str) -> str:
    """Shape: /authors/ID-slug, or /authors/ID for a name without letters or digits."""
    return _numbered("author", number, name)


def tag_address(number: int, name: str) -> str:
    """Shape: /tags/ID-slug, or /tags/ID for a name without letters or digits."""
    return _numbered("tag", number, name)


def _numbered(route: str, number: int, name: str) -> str:
    tail = slug(name)
    return reverse(route, kwargs={"number": number, **({"slug": tail} if tail else {})})
