"""Tables of people: accounts that sign in, and names that works are credited to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class AccountQueries(BaseUserManager["Account"]):
    """What Django's sign-in asks of an account table."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(name__iexact=username or "")


class Account(AbstractBaseUser):
    """Somebody who can sign in. The owner is one of them, made unclaimed with the archive."""

    class Role(models.TextChoices):
        READER = "reader"
        MODERATOR = "moderator"
        OWNER = "owner"

    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True, default="")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.READER)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountQueries()

    class Meta:
        app_label = "hogarth"
        constraints = [
            models.UniqueConstraint(Lower("name"), name="account_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """A one-time link that gives an account to whoever opens it. Only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="claims")
    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()

    class Meta:
        app_label = "hogarth"


class Pseud(models.Model):
    """A name that works are credited to: one row a name and site; `of` is the account there.

    Shape: `folded` the name to find it by.
    """

    name = models.CharField(max_length=255)
    folded = models.CharField(max_length=255)
    of = models.CharField(max_length=255, blank=True, default="")
    site = models.CharField(max_length=255, blank=True, default="")
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="pseuds"
    )

    class Meta:
        app_label = "hogarth"
        indexes = [models.Index(fields=["folded"], name="pseud_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["name", "of", "site"], name="pseud_once_per_site"),
        ]

    def __str__(self) -> str:
        return self.name
