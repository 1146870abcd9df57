"""Signing in and out, and claiming the archive by its one-time link."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hogarth.errors import Conflict, Invalid, NotFound
from hogarth.people.operations import check_claim, redeem_claim
from hogarth.web.forms import ClaimForm, SignInForm
from hogarth.web.pages.errors import sentences

_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"

sign_in = LoginView.as_view(
    template_name="sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out = LogoutView.as_view()


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Make the archive one's own: choose a name and a password, and be signed in."""
    if not check_claim(token):
        raise NotFound(
            "This link is no longer good.",
            "If you used it, sign in. Else “hogarth serve” prints a new one at each start.",
        )
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            owner = redeem_claim(
                token, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except (Invalid, Conflict) as error:
            form.add_error(_field_of(error.code), " ".join(sentences(error)).strip())
        else:
            login(request, owner, backend=_BACKEND)
            return HttpResponseRedirect(reverse("home"))
    return render(request, "claim.html", {"form": form})


def _field_of(code: str) -> str | None:
    return {"bad-name": "name", "name-taken": "name", "bad-password": "password"}.get(code)
