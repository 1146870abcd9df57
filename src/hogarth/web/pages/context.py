"""What every template knows without being told."""

from __future__ import annotations

from django.http import HttpRequest

from hogarth.config import current
from hogarth.web.visiting import has_session


def archive(request: HttpRequest) -> dict[str, object]:
    """The archive's name, and who is signed in: nobody, for a browser without a session."""
    user = getattr(request, "user", None) if has_session(request) else None
    signed_in = user is not None and user.is_authenticated
    return {
        "archive_name": current().text("site_name"),
        "signed_in": str(user) if signed_in else "",
    }
