"""The forms people fill in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

_TRIES: Final = 10
_PAUSE_SECONDS: Final = 15 * 60


class SignInForm(AuthenticationForm):
    """Name and password. After ten wrong tries from one address it pauses a quarter of an hour."""

    error_messages = {
        "invalid_login": _("This name and password do not belong together. Try again."),
        "inactive": _("This account is closed."),
        "paused": _("There were too many wrong tries. Wait a quarter of an hour, then try again."),
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("Name")
        self.fields["username"].widget.attrs["maxlength"] = 40
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        key = self._tries_key()
        if cache.get(key, 0) >= _TRIES:
            raise forms.ValidationError(self.error_messages["paused"], code="paused")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            cache.add(key, 0, _PAUSE_SECONDS)
            cache.incr(key)
            raise
        cache.delete(key)
        return cleaned

    def _tries_key(self) -> str:
        """Tries are counted by name and address together, so that nobody can lock another out."""
        name = str(self.data.get("username", ""))[:40].casefold()
        place = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        return f"sign-in:{place}:{name.encode().hex()}"


class ClaimForm(forms.Form):
    """The name and password of the archive's owner. `redeem_claim` judges them."""

    name = forms.CharField(
        label=_("Your name here"),
        help_text=_("You sign in with it, and readers may see it. A pen name will do."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least eight characters. A sentence of four or five words is best."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ."), code="differ")
        return again


class PublishForm(forms.Form):
    """Who may read the work."""

    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[
            ("public", _("Everybody")),
            ("restricted", _("Only people who are signed in")),
        ],
        initial="public",
        widget=forms.RadioSelect,
    )
