"""About a text: where it came from, what was done to it, and its original for those who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hogarth.web import words
from hogarth.web.visiting import viewer_for
from hogarth.works import queries
from hogarth.works.values import About


@dataclass(frozen=True, slots=True)
class _Witness:
    """An original in words.

    Shape: `number` None where there is one only; `evidence` [(fact, detail)]; `problems`
    [(what, what to do, detail)].
    """

    number: int | None
    digest: str
    size: int
    place: str | None
    reader: str
    seen: datetime
    evidence: list[tuple[str, str]]
    problems: list[tuple[str, str, str]]


@require_safe
def about(request: HttpRequest, work: int) -> HttpResponse:
    """About this text."""
    found = queries.about(work, viewer=viewer_for(request))
    context = {
        "about": found,
        "blurb": found.blurb,
        "witnesses": _witnesses(found),
        "versions": [(row, words.word(words.VERSION_KINDS, row.kind)) for row in found.versions],
        "provenance": _provenance(found),
        "stated_day": _stated_day(found),
        "stated": [
            (words.word(words.FIELDS, name), found.stated[name])
            for name in ("words", "kudos", "hits", "comments", "bookmarks")
            if found.stated.get(name) is not None
        ],
    }
    return render(request, "about.html", context)


def _witnesses(found: About) -> list[_Witness]:
    several = len(found.witnesses) > 1
    return [
        _Witness(
            number if several else None,
            row.digest,
            row.size,
            row.place,
            words.word(words.READERS, row.reader),
            row.seen,
            [(words.fact(fact), detail) for fact, detail in row.evidence],
            [(*words.problem(code), detail) for code, detail in row.problems],
        )
        for number, row in enumerate(found.witnesses, 1)
    ]


def _provenance(found: About) -> list[tuple[str, list[str]]]:
    """Where fields are from, in words. Digests would tell who has which file.

    Shape: [(origin, its fields)]; [] when all of them are as the one file has them.
    """
    files = {row.digest: number for number, row in enumerate(found.witnesses, 1)}
    told: dict[str, list[str]] = {}
    for field, origin in found.provenance:
        if origin == "edited":
            where = _("Corrected here")
        elif len(files) > 1 and origin in files:
            where = _("File %(number)s") % {"number": files[origin]}
        else:
            where = _("As it was read")
        told.setdefault(where, []).append(words.field(field))
    return [] if list(told) == [_("As it was read")] else list(told.items())


def _stated_day(found: About) -> date | None:
    day = found.stated.get("as_of")
    return date.fromisoformat(day) if isinstance(day, str) else day


@require_safe
def original(request: HttpRequest, work: int) -> HttpResponse:
    """The bytes as received. They can hold scripts: never shown, only saved."""
    digest = request.GET.get("digest") or None
    name, data = queries.original_of(work, viewer=viewer_for(request), digest=digest)
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
