"""What goes round every page: headers that keep it safe, and errors told in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from hogarth.errors import HogarthError
from hogarth.web.pages.errors import STATUS, not_found, told, wrong_method
from hogarth.web.visiting import has_session

Answer = Callable[[HttpRequest], HttpResponseBase]

#: No script at all, nothing from elsewhere, no frame: pages need their sheet and their pictures.
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "report-uri /csp-report",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    # No fan's work trains anything: the plainest words that crawlers have agreed on.
    "X-Robots-Tag": "noai, noimageai",
}
_CACHEABLE: Final = frozenset({200, 301, 302})


class SecurityHeaders:
    """Set the policy of every page, and say who may keep a copy of it.

    A guest's page may be kept by anybody who asks again each time whether it still holds: what an
    author withdraws is gone at once. Pages of those signed in, forms and errors are kept by nobody.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _keeping(request, response)
        patch_vary_headers(response, ("Cookie",))
        return response


def _keeping(request: HttpRequest, response: HttpResponseBase) -> str:
    if has_session(request) or response.cookies:
        return "private, no-store"
    if response.status_code not in _CACHEABLE:
        return "no-store"
    return "public, no-cache"


class Errors:
    """Tell a HogarthError as a page: its sentence, its hint, and the status its family has."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            # No name holds it, and PostgreSQL takes it for a fault of ours.
            return not_found(request, None)
        response = self.answer(request)
        return wrong_method(request, response) if response.status_code == 405 else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, HogarthError):
            return None
        return told(request, error, STATUS[type(error)])
