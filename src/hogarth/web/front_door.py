"""The WSGI callable a server calls: every request enters here.

It hands everything to Django. What answers guests without Django belongs in front of that call.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hogarth.settings")
#: Made when the server imports this module: before the first request, and once a process.
_django: Final = get_wsgi_application()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    return _django(environ, start_response)
