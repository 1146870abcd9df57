"""Errors as pages: what happened, in a sentence, and what to do next."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from hogarth.config import current
from hogarth.errors import (
    Conflict,
    HogarthError,
    Invalid,
    NotFound,
    Refused,
    Unavailable,
    Unreadable,
)

#: The one map from families of errors to HTTP.
STATUS: Final[dict[type[HogarthError], int]] = {
    HogarthError: 500,
    Invalid: 400,
    Unreadable: 400,
    Refused: 403,
    NotFound: 404,
    Conflict: 409,
    Unavailable: 503,
}


def sentences(error: HogarthError) -> tuple[str, str]:
    """The error's message and hint, translated first and filled afterwards."""
    return _filled(error.msgid, error), _filled(error.hint_msgid, error) if error.hint_msgid else ""


def _filled(msgid: str, error: HogarthError) -> str:
    return _(msgid) % error.values if error.values else _(msgid)


def told(request: HttpRequest, error: HogarthError, status: int) -> HttpResponse:
    """The page for an error of ours."""
    message, hint = sentences(error)
    return _page(request, status, message, hint)


def _page(request: HttpRequest, status: int, message: str, hint: str) -> HttpResponse:
    context = {"status": status, "message": message, "hint": hint}
    return render(request, "error.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None) -> HttpResponse:  # noqa: ARG001
    """The page for an address that leads nowhere: the same words as for one that is hidden."""
    bare = request.path_info.rstrip("/")
    if bare != request.path_info and is_valid_path(bare):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{bare}?{query}" if query else bare)
    return _page(
        request,
        404,
        _("There is no page here."),
        _("It may have moved, or it may not be open to you."),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The page for a request that makes no sense: too large, cut off, a wrong host name."""
    return _page(
        request,
        400,
        _("The archive could not make sense of this request."),
        _("Go back and try once more; if it is a form, it may have been too large."),
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """The page for something that is not open to the asker."""
    return _page(request, 403, _("This page is not open to you."), _("Sign in, if you may."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page for a form that did not come from a page of ours."""
    return _page(
        request,
        400,
        _("The form you sent was no longer valid, so nothing was changed."),
        _("Go back, reload the page and send it once more. Forms need cookies."),
    )


def wrong_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """The page for an address used in a way it does not know."""
    page = _page(
        request,
        405,
        _("This page cannot be used in that way."),
        _("Open it as a link or send its own form."),
    )
    page.headers["Allow"] = response.headers.get("Allow", "")
    return page


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The page for a fault of ours. It asks neither the database nor the session for anything."""
    context = {
        "status": 500,
        "message": _("Something went wrong in the archive, and it is not your doing."),
        "hint": _("Nothing was changed. The keeper of the archive finds the reason in its log."),
        "archive_name": current().text("site_name"),
    }
    return HttpResponse(render_to_string("error.html", context), status=500)
