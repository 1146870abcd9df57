"""The keeper's desk: publish, withdraw and delete a work, each asked once more."""

from __future__ import annotations

from typing import Literal, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hogarth.errors import Conflict, Refused
from hogarth.web.addresses import address
from hogarth.web.forms import PublishForm
from hogarth.web.visiting import viewer_for
from hogarth.works import publishing, queries
from hogarth.works.values import Blurb, Done

_asked_and_done = require_http_methods(["GET", "HEAD", "POST"])


@_asked_and_done
def publish(request: HttpRequest, work: int) -> HttpResponse:
    """Open a work to everybody, or to those who are signed in."""
    blurb = _changeable(request, work)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.user.is_authenticated and form.is_valid():
        visibility = cast('Literal["public", "restricted"]', form.cleaned_data["visibility"])
        _check(publishing.publish([work], by=request.user, visibility=visibility))
        return HttpResponseRedirect(address(blurb))
    return render(
        request,
        "confirm.html",
        {
            "blurb": blurb,
            "form": form,
            "heading": _("Publish this work?"),
            "sentence": _("It appears in lists, and its readers can find it."),
            "action": _("Publish"),
        },
    )


@_asked_and_done
def withdraw(request: HttpRequest, work: int) -> HttpResponse:
    """Take a work back from its readers. Nothing of it is lost."""
    blurb = _changeable(request, work)
    if request.method == "POST" and request.user.is_authenticated:
        _check(publishing.withdraw([work], by=request.user))
        return HttpResponseRedirect(address(blurb))
    return render(
        request,
        "confirm.html",
        {
            "blurb": blurb,
            "heading": _("Withdraw this work?"),
            "sentence": _("Readers cannot see it any more. You can publish it again at any time."),
            "action": _("Withdraw"),
        },
    )


@_asked_and_done
def delete(request: HttpRequest, work: int) -> HttpResponse:
    """Remove a work from the archive."""
    blurb = _changeable(request, work)
    if request.method == "POST" and request.user.is_authenticated:
        _check(publishing.delete([work], by=request.user))
        return HttpResponseRedirect(reverse("works"))
    return render(
        request,
        "confirm.html",
        {
            "blurb": blurb,
            "heading": _("Delete this work?"),
            "sentence": _(
                "It disappears from the archive for everybody, you too. To hide it from readers "
                "only, withdraw it instead."
            ),
            "action": _("Delete"),
        },
    )


def _changeable(request: HttpRequest, work: int) -> Blurb:
    """The work, for those who may change it. Raises: NotFound, Refused."""
    blurb = queries.blurb(work, viewer=viewer_for(request))
    if not blurb.may_change:
        raise Refused(
            "Only its author and the owner of the archive may change this work.",
            "If it is yours, sign in.",
        )
    return blurb


def _check(outcome: tuple[Done, ...]) -> None:
    """Raises: Conflict, with the batch's own sentence, where the change could not be made."""
    for done in outcome:
        if not done.done:
            raise Conflict(done.message or _("The work could not be changed."))
