"""Every address of the archive, one row each. tests/web/test_access_matrix.py expects them all."""

from __future__ import annotations

from typing import Final

from django.urls import path, re_path, register_converter

from hogarth.web.pages import about, errors, keeping, lists, reading, repairs, service, signing


class Number:
    """An id as addresses write it: no sign, no leading zero, never past what a table can hold."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Number, "id")

_ID_AND_SLUG: Final = r"(?P<number>[1-9][0-9]{0,17})(?:-(?P<slug>[^/]*))?"

urlpatterns = [
    path("", lists.home, name="home"),
    path("works", lists.works, name="works"),
    path("fandoms", lists.fandoms, name="fandoms"),
    re_path(rf"^authors/{_ID_AND_SLUG}$", lists.author, name="author"),
    path("authors/<path:name>", lists.author_named, name="author-named"),
    re_path(rf"^tags/{_ID_AND_SLUG}$", lists.tag, name="tag"),
    path("tags/<path:name>", lists.tag_named, name="tag-named"),
    path("series/<id:series>", lists.series, name="series"),
    path("works/<id:work>", reading.work, name="work"),
    path("works/<id:work>/chapters/<id:chapter>", reading.chapter, name="chapter"),
    path("works/<id:work>/entire", reading.entire, name="entire"),
    path("works/<id:work>/contents", reading.contents, name="contents"),
    path("works/<id:work>/assets/<str:name>", reading.asset, name="asset"),
    path("works/<id:work>/about", about.about, name="about"),
    path("works/<id:work>/repairs", repairs.repairs, name="repairs"),
    path("works/<id:work>/original", about.original, name="original"),
    path("works/<id:work>/publish", keeping.publish, name="publish"),
    path("works/<id:work>/withdraw", keeping.withdraw, name="withdraw"),
    path("works/<id:work>/delete", keeping.delete, name="delete"),
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("claim/<str:token>", signing.claim, name="claim"),
    path("healthz", service.healthz, name="healthz"),
    path("robots.txt", service.robots, name="robots"),
    path("csp-report", service.csp_report, name="csp-report"),
]

handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.broken
