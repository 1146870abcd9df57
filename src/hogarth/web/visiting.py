"""Who is asking, and what their browser says: the one place that reads cookies."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect

from hogarth.config import current
from hogarth.errors import NotFound
from hogarth.works.access import GUEST, Viewer, viewer_of
from hogarth.works.values import Blurb

ADULT_COOKIE: Final = "hogarth-adult"
_ADULT_DAYS: Final = 30
_LAST_PAGE: Final = 100_000


def has_session(request: HttpRequest) -> bool:
    """Whether the browser brought a session. Without one nothing touches the session table."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def viewer_for(request: HttpRequest) -> Viewer:
    """Who asks, as queries and operations understand it."""
    # A request refused early (a wrong host name) never met the middleware that sets `user`.
    return viewer_of(getattr(request, "user", None)) if has_session(request) else GUEST


def page_number(request: HttpRequest) -> int:
    """The page of a list that the address asks for. Raises: NotFound where it is no number."""
    written = request.GET.get("page", "1")
    if not (written.isascii() and written.isdecimal() and 0 < int(written[:7]) <= _LAST_PAGE):
        raise NotFound("This list has no such page.", "Its first page has the latest works.")
    return int(written[:7])


def asks_for_adult(request: HttpRequest, blurb: Blurb) -> bool:
    """Whether a word about adult content goes before this work."""
    return (
        blurb.adult
        and not blurb.may_change
        and current().flag("adult_gate")
        and request.COOKIES.get(ADULT_COOKIE) != "yes"
    )


def says_adult(request: HttpRequest) -> bool:
    """Whether the address carries the answer “continue”."""
    return request.GET.get("adult") == "yes"


def remember_adult(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the answer in the one cookie a guest can get, and go to the address without it."""
    rest = request.GET.copy()
    del rest["adult"]
    response = HttpResponseRedirect(request.path + ("?" + rest.urlencode() if rest else ""))
    response.set_cookie(
        ADULT_COOKIE,
        "yes",
        max_age=_ADULT_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=current().flag("https"),
    )
    return response
