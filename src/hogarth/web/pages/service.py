"""What programs ask for: is it alive, what may be crawled, what did a browser refuse to run."""

from __future__ import annotations

import json
import logging
from typing import Final

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

_log: Final = logging.getLogger("hogarth.web")

_REPORT_BYTES: Final = 16 * 1024
_REPORT_SHOWN: Final = 200

#: Crawlers that collect texts to train models.
_COLLECTORS: Final = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "img2dataset",
    "Meta-ExternalAgent",
    "omgili",
    "PanguBot",
    "Timpibot",
)
_ROBOTS: Final = "\n".join(
    (
        *(f"User-agent: {name}" for name in _COLLECTORS),
        "Disallow: /",
        "",
        "User-agent: *",
        "Disallow: /claim/",
        "Disallow: /sign-in",
        "Disallow: /works/*/entire",
        "Disallow: /works/*/original",
        "",
    )
)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Whether the archive can answer: 200 and “ok”, or 503."""
    headers = {"Cache-Control": "no-store"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        _log.exception("The database does not answer.")
        return HttpResponse("unavailable\n", "text/plain", status=503, headers=headers)
    return HttpResponse("ok\n", "text/plain", headers=headers)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What crawlers may take. No fan's work trains anything."""
    return HttpResponse(_ROBOTS, "text/plain; charset=utf-8")


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """A browser tells that a page asked for something its policy forbids: one line in the log."""
    body = request.read(_REPORT_BYTES + 1)
    if len(body) > _REPORT_BYTES:
        return HttpResponse(status=413)
    try:
        report = json.loads(body)["csp-report"]
        told = {
            name: str(report.get(name, ""))[:_REPORT_SHOWN]
            for name in ("document-uri", "effective-directive", "blocked-uri")
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    # %r keeps line ends and control characters out of the log.
    _log.warning("A page asked for what its policy forbids: %r", told)
    return HttpResponse(status=204)
