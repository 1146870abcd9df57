"""What is done to accounts: the owner is made, claims the archive, adds others."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import timedelta
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from hogarth.errors import Conflict, Invalid, NotFound, Refused
from hogarth.people.models import Account, Claim

_NAME: Final = re.compile(r"\w(?:[\w .'-]{0,38}[\w.])?")
#: Argon2 takes its time in proportion to what it hashes.
_LONGEST_PASSWORD: Final = 1024


def ensure_owner() -> Account:
    """The owner of the archive; the first call makes the account, unclaimed: nobody can sign in."""
    owner = _owner()
    if owner is not None:
        return owner
    made = Account(name="owner", role=Account.Role.OWNER)
    made.set_unusable_password()
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        # Another process was first; or a reader, against all odds, is called “owner” already.
        owner = _owner()
        if owner is None:
            raise Conflict(
                "The name “owner” is taken by an account that does not own this archive.",
                code="name-taken",
            ) from None
        return owner
    return made


def is_claimed() -> bool:
    """Whether the owner has a password, so that somebody can sign in as owner."""
    owner = _owner()
    return owner is not None and owner.has_usable_password()


def issue_claim(*, hours: int) -> str:
    """A new one-time token that gives the owner's account to whoever opens it; older ones are void.

    Units: `hours` until it expires. Raises: Conflict when the archive is claimed already.
    """
    owner = ensure_owner()
    if owner.has_usable_password():
        raise Conflict(
            "This archive has an owner already.", "Sign in as %(name)s.",
            code="already-claimed", name=owner.name,
        )  # fmt: skip
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Claim.objects.filter(account=owner).delete()
        Claim.objects.create(
            account=owner, digest=_digest(token), expires=timezone.now() + timedelta(hours=hours)
        )
    return token


def check_claim(token: str) -> bool:
    """Whether the token would be redeemed now."""
    return Claim.objects.filter(digest=_digest(token), expires__gt=timezone.now()).exists()


def redeem_claim(token: str, *, name: str, password: str) -> Account:
    """Give the owner's account its name and password. A token works once.

    Raises: NotFound for a token that is unknown, used or too old; Invalid for a name or password
    that will not do; Conflict for a name that is taken.
    """
    with transaction.atomic():
        # Locked where the database can: of two who open the link at once, one gets the account.
        claim = (
            Claim.objects.select_for_update()
            .select_related("account")
            .filter(digest=_digest(token), expires__gt=timezone.now())
            .first()
        )
        if claim is None:
            raise NotFound(
                "This link is no longer good.",
                "If you used it, sign in. Else “hogarth serve” prints a new one at each start.",
                code="claim-void",
            )
        account = claim.account
        account.name = _checked_name(name)
        _set_password(account, password)
        _save_named(account)
        Claim.objects.filter(account=account).delete()
    return account


def account_named(name: str) -> Account:
    """The account of this name, in whatever case. Raises: NotFound."""
    account = Account.objects.filter(name__iexact=_tidy(name), is_active=True).first()
    if account is None:
        raise NotFound("There is no account called “%(name)s”.", code="no-account", name=name)
    return account


def add_account(
    *, by: Account, name: str, password: str, role: str = "reader", email: str = ""
) -> Account:
    """Make an account that can sign in. Raises: Refused, Invalid, Conflict."""
    if by.role != Account.Role.OWNER or not by.is_active:
        raise Refused("Only the owner of the archive adds accounts.")
    if role not in Account.Role.values:
        raise Invalid(
            "“%(role)s” is no role.", "A role is one of: %(roles)s.",
            role=role, roles=", ".join(Account.Role.values),
        )  # fmt: skip
    account = Account(name=_checked_name(name), role=role, email=_checked_email(email))
    _set_password(account, password)
    with transaction.atomic():
        _save_named(account)
    return account


def _owner() -> Account | None:
    return Account.objects.filter(role=Account.Role.OWNER).order_by("pk").first()


def _digest(token: str) -> str:
    """Looking a digest up leaks nothing of the token by its timing."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _tidy(name: str) -> str:
    tidy = " ".join(unicodedata.normalize("NFKC", name).split())
    # What no database can look for: NUL, and halves of characters.
    return tidy.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _checked_name(name: str) -> str:
    tidy = _tidy(name)
    if not _NAME.fullmatch(tidy):
        raise Invalid(
            "The name “%(name)s” will not do.",
            "A name has 1 to 40 letters, digits, spaces, dots, hyphens and apostrophes, "
            "and begins with a letter or digit.",
            code="bad-name", name=name[:60],
        )  # fmt: skip
    return tidy


def _checked_email(email: str) -> str:
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(
                "“%(email)s” is no mail address.", code="bad-email", email=email[:80]
            ) from None
    return email


def _set_password(account: Account, password: str) -> None:
    if len(password) > _LONGEST_PASSWORD:
        raise Invalid(
            "The password is longer than %(most)s characters.",
            code="bad-password", most=_LONGEST_PASSWORD,
        )  # fmt: skip
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid(
            "%(reason)s", "A sentence of four or five words makes a good password.",
            code="bad-password", reason=" ".join(error.messages),
        ) from None  # fmt: skip
    account.set_password(password)


def _save_named(account: Account) -> None:
    """Write the account inside the caller's transaction. Raises: Conflict."""
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise Conflict(
            "The name “%(name)s” is taken.", "Choose another.",
            code="name-taken", name=account.name,
        ) from None  # fmt: skip
