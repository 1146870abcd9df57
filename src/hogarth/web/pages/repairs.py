"""What was mended in a work: every repair with its reason, done or only offered, and by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hogarth.errors import Conflict, NotFound, Refused
from hogarth.web import words
from hogarth.web.addresses import address
from hogarth.web.visiting import asks_for_adult, page_number, viewer_for
from hogarth.works import queries, restoring
from hogarth.works.values import Done, RepairRow, RepairsPage

_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class _Family:
    """A family of repairs in words."""

    code: str
    name: str
    done: int
    offered: int


@dataclass(frozen=True, slots=True)
class _Repair:
    """A repair in words. Shape: `certainty` in hundredths, "" for what a person did."""

    row: RepairRow
    family: str
    reason: str
    place: str
    certainty: str


@require_http_methods(["GET", "HEAD", "POST"])
def repairs(request: HttpRequest, work: int) -> HttpResponse:
    """What was mended in a work, beside how it was found."""
    chapter = _number(request.GET.get("chapter"))
    family = request.GET.get("family", "")[:1]
    found = queries.repairs(
        work,
        viewer=viewer_for(request),
        chapter=chapter,
        family=family,
        page=page_number(request),
        size=_SIZE,
    )
    if request.method == "POST":
        return _decide(request, work, found)
    if asks_for_adult(request, found.blurb):
        return HttpResponseRedirect(address(found.blurb))
    here = reverse("repairs", args=[work])
    asked = {name: value for name, value in (("chapter", chapter), ("family", family)) if value}
    context = {
        "found": found,
        "blurb": found.blurb,
        "families": [
            _Family(row.code, words.family(row.code), row.done, row.offered)
            for row in found.families
        ],
        "repairs": [_tell(row) for row in found.rows],
        "here": f"{here}?{urlencode(asked)}&" if asked else f"{here}?",
        "several": len(found.contents) > 1,
        "contents": found.contents,
    }
    return render(request, "repairs.html", context)


def _decide(request: HttpRequest, work: int, found: RepairsPage) -> HttpResponse:
    """Do, undo or correct what the form names. Raises: Refused; Conflict with a sentence."""
    if not found.blurb.may_change or not request.user.is_authenticated:
        raise Refused(
            "Only its author and the owner of the archive may change this work.",
            "If it is yours, sign in.",
        )
    form = request.POST
    if "before" in form:
        chapter = _number(form.get("chapter"))
        if chapter is None:
            raise NotFound("This work has no such chapter.", code="no-chapter")
        _check(
            restoring.correct(
                work,
                chapter,
                before=form["before"].replace("\r\n", "\n").strip(),
                after=form.get("after", "").replace("\r\n", "\n").strip(),
                by=request.user,
            )
        )
    else:
        _check(
            restoring.turn(
                [work],
                by=request.user,
                done=form.get("done") == "1",
                chapter=_number(form.get("chapter")),
                keys=_some(form, "key"),
                families=_some(form, "family"),
            )
        )
    place = f"#{form['key']}" if form.get("key") else ""
    return HttpResponseRedirect(f"{request.get_full_path()}{place}")


def _some(form: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(value for value in form.getlist(name) if value)


def _number(stated: str | None) -> int | None:
    return int(stated) if stated and stated.isdecimal() and len(stated) < 19 else None


def _tell(row: RepairRow) -> _Repair:
    by_hand = row.code.startswith("m")
    return _Repair(
        row=row,
        family=words.family(row.code[0]),
        reason=words.reason(row.code),
        place=words.field(row.field) if row.field else "",
        certainty="" if by_hand else _("%(hundredths)s of 100") % {
            "hundredths": round(100 * row.certainty)
        },
    )  # fmt: skip


def _check(outcome: tuple[Done, ...]) -> None:
    for done in outcome:
        if not done.done:
            sentence = " ".join(filter(None, (done.message, done.hint)))
            raise Conflict(sentence or _("The work could not be changed."))
