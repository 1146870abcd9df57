"""Accounts: the owner is made once, claims the archive once, and adds others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from cast import PASSWORD, Cast
from hogarth.errors import Conflict, Invalid, NotFound, Refused
from hogarth.people import operations as people
from hogarth.people.models import Account, Claim

pytestmark = pytest.mark.django_db


def test_the_first_call_makes_an_owner_who_cannot_sign_in() -> None:
    owner = people.ensure_owner()
    assert (owner.name, owner.role, owner.has_usable_password()) == ("owner", "owner", False)
    assert people.ensure_owner() == owner
    assert Account.objects.count() == 1
    assert not people.is_claimed()


def test_a_reader_called_owner_does_not_become_the_owner() -> None:
    Account.objects.create(name="Owner")
    with pytest.raises(Conflict):
        people.ensure_owner()


def test_a_claim_gives_the_archive_once() -> None:
    token = people.issue_claim(hours=1)
    assert people.check_claim(token)
    owner = people.redeem_claim(token, name="  Virginia  Woolf ", password=PASSWORD)
    assert owner.name == "Virginia Woolf"
    assert people.is_claimed()
    assert people.ensure_owner() == owner
    assert authenticate(username="virginia woolf", password=PASSWORD) == owner
    assert not people.check_claim(token)
    with pytest.raises(NotFound):
        people.redeem_claim(token, name="Thief", password=PASSWORD)
    with pytest.raises(Conflict):
        people.issue_claim(hours=1)


def test_only_the_digest_of_a_token_is_kept_and_a_new_one_voids_the_old() -> None:
    first = people.issue_claim(hours=1)
    second = people.issue_claim(hours=1)
    assert len(first) >= 43  # 256 bits in base64
    assert not people.check_claim(first)
    assert people.check_claim(second)
    row = Claim.objects.get()
    assert second not in (row.digest, str(row.pk))


def test_a_claim_expires() -> None:
    token = people.issue_claim(hours=1)
    Claim.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert not people.check_claim(token)
    with pytest.raises(NotFound):
        people.redeem_claim(token, name="Late", password=PASSWORD)


@pytest.mark.parametrize("token", ["", "x", "\x00", "\udcff", "é" * 10_000])
def test_a_token_that_is_none_is_no_claim(token: str) -> None:
    people.issue_claim(hours=1)
    assert not people.check_claim(token)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("   ", PASSWORD),
        ("x" * 41, PASSWORD),
        ("a/b", PASSWORD),
        ("<b>", PASSWORD),
        ("a\u202eb", PASSWORD),
        ("-dash", PASSWORD),
        ("Vita", "short"),
        ("Vita", "password"),
        ("Vita", "x" * 2_000),
    ],
)
def test_a_bad_name_or_password_is_refused_and_the_claim_stays_good(
    name: str, password: str
) -> None:
    token = people.issue_claim(hours=1)
    with pytest.raises(Invalid) as caught:
        people.redeem_claim(token, name=name, password=password)
    assert caught.value.message
    assert people.check_claim(token)
    assert not people.is_claimed()


@pytest.mark.parametrize("name", ["Vita", "J. R. R.", "o'hara", "Цветаева", "清少納言", "x"])
def test_names_of_every_script_do(name: str) -> None:
    token = people.issue_claim(hours=1)
    assert people.redeem_claim(token, name=name, password=PASSWORD).name == name


def test_accounts_are_found_in_any_case(cast: Cast) -> None:
    assert people.account_named("MARY") == cast.author
    for name in ("nobody", "", "\x00", "\udcff", "m%"):
        with pytest.raises(NotFound):
            people.account_named(name)
    Account.objects.filter(pk=cast.author.pk).update(is_active=False)
    with pytest.raises(NotFound):
        people.account_named("mary")


def test_the_owner_adds_accounts(cast: Cast) -> None:
    made = people.add_account(
        by=cast.owner, name="Vita", password=PASSWORD, role="moderator", email="v@example.org"
    )
    assert (made.role, made.email) == ("moderator", "v@example.org")
    assert authenticate(username="vita", password=PASSWORD) == made
    with pytest.raises(Conflict):
        people.add_account(by=cast.owner, name="VITA", password=PASSWORD)
    with pytest.raises(Invalid):
        people.add_account(by=cast.owner, name="Ethel", password=PASSWORD, role="king")
    with pytest.raises(Invalid):
        people.add_account(by=cast.owner, name="Ethel", password=PASSWORD, email="nowhere")


@pytest.mark.parametrize("part", ["reader", "author", "moderator"])
def test_nobody_else_adds_accounts(cast: Cast, part: str) -> None:
    account = cast.account(part)
    assert account is not None
    with pytest.raises(Refused):
        people.add_account(by=account, name="Vita", password=PASSWORD)
