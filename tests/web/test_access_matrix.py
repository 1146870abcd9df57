"""Who may open what: every address, for every part, over every kind of work.

The tables below are written by hand and ask nothing of `access`; they are what it must come to.
An address without a row here fails, so that a new page says who may open it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from cast import PARTS, Cast, make_cast, write_story
from hogarth.manuscript import Asset, Credit, SeriesPlace
from hogarth.people.models import Pseud
from hogarth.web.addresses import author_address, tag_address
from hogarth.web.urls import urlpatterns
from hogarth.works import queries
from hogarth.works.models import Series, Tag, Work

pytestmark = pytest.mark.django_db

STATES = ("draft", "scheduled", "posted", "withdrawn", "deleted")
VISIBILITIES = ("private", "restricted", "public")
FLAGS = ("anonymous", "unrevealed", "hidden")

_SHOWN = {("posted", "restricted"), ("posted", "public")}
_ALIVE = {pair for pair in itertools.product(STATES, VISIBILITIES) if pair[0] != "deleted"}

#: What each part may read, leaving flags aside.
READS = {
    "guest": {("posted", "public")},
    "reader": _SHOWN,
    "author": _ALIVE,
    "moderator": _SHOWN,
    "owner": _ALIVE,
}
SEE_UNREVEALED = {"author", "moderator", "owner"}
SEE_HIDDEN = {"author", "moderator", "owner"}
KNOW_THE_ANONYMOUS = {"author", "moderator", "owner"}
CHANGE = {"author", "owner"}
TAKE_ORIGINALS = {"moderator", "owner"}

_PICTURE = Asset("assets/00ff00ff00ff00ff.png", "image/png", b"\x89PNG\r\n\x1a\n a small picture")


@dataclass(frozen=True)
class Case:
    """One work of the matrix, with words that occur in it alone."""

    number: int
    state: str
    visibility: str
    flags: frozenset[str]
    work: int = 0
    chapter: int = 0
    pseud: int = 0
    tag: int = 0
    series: int = 0

    @property
    def title(self) -> str:
        return f"Title-{self.number:03}-end"

    @property
    def hand(self) -> str:
        return f"Hand-{self.number:03}-end"

    @property
    def fandom(self) -> str:
        return f"Fandom-{self.number:03}-end"

    @property
    def part_of(self) -> str:
        return f"Series-{self.number:03}-end"

    def __str__(self) -> str:
        return f"{self.state} {self.visibility} {' '.join(sorted(self.flags))}".strip()


def reads(part: str, case: Case) -> bool:
    return (
        (case.state, case.visibility) in READS[part]
        and ("unrevealed" not in case.flags or part in SEE_UNREVEALED)
        and ("hidden" not in case.flags or part in SEE_HIDDEN)
    )


def knows(part: str, case: Case) -> bool:
    return reads(part, case) and ("anonymous" not in case.flags or part in KNOW_THE_ANONYMOUS)


Expected = Callable[[str, Case], int]


def _when(may: Callable[[str, Case], bool], status: int = 200) -> Expected:
    return lambda part, case: status if may(part, case) else 404


def _when_in(parts: set[str]) -> Expected:
    def expected(part: str, case: Case) -> int:
        if not reads(part, case):
            return 404
        return 200 if part in parts else 403

    return expected


#: Every address: its path for a case, and the status each part gets for asking for it.
ADDRESSES: dict[str, tuple[Callable[[Case], str], Expected]] = {
    "work": (lambda c: f"/works/{c.work}", _when(reads)),
    "chapter": (lambda c: f"/works/{c.work}/chapters/{c.chapter}", _when(reads)),
    "entire": (lambda c: f"/works/{c.work}/entire", _when(reads)),
    "contents": (lambda c: f"/works/{c.work}/contents", _when(reads)),
    "about": (lambda c: f"/works/{c.work}/about", _when(reads)),
    "repairs": (lambda c: f"/works/{c.work}/repairs", _when(reads)),
    "asset": (lambda c: f"/works/{c.work}/{_PICTURE.name}", _when(reads)),
    "original": (lambda c: f"/works/{c.work}/original", _when_in(TAKE_ORIGINALS)),
    "publish": (lambda c: f"/works/{c.work}/publish", _when_in(CHANGE)),
    "withdraw": (lambda c: f"/works/{c.work}/withdraw", _when_in(CHANGE)),
    "delete": (lambda c: f"/works/{c.work}/delete", _when_in(CHANGE)),
    "author": (lambda c: author_address(c.pseud, c.hand), _when(knows)),
    "author-named": (lambda c: f"/authors/{c.hand}", _when(knows, 302)),
    "series": (lambda c: f"/series/{c.series}", _when(knows)),
    "tag": (lambda c: tag_address(c.tag, c.fandom), _when(reads)),
    "tag-named": (lambda c: f"/tags/{c.fandom}", _when(reads, 302)),
}

#: Addresses that are about no work: the same answer whatever there is.
SITE: dict[str, tuple[str, dict[str, int]]] = {
    "home": ("/", dict.fromkeys(PARTS, 200)),
    "works": ("/works", dict.fromkeys(PARTS, 200)),
    "fandoms": ("/fandoms", dict.fromkeys(PARTS, 200)),
    "sign-in": ("/sign-in", {**dict.fromkeys(PARTS, 302), "guest": 200}),
    "sign-out": ("/sign-out", dict.fromkeys(PARTS, 405)),
    "claim": ("/claim/no-such-token", dict.fromkeys(PARTS, 404)),
    "healthz": ("/healthz", dict.fromkeys(PARTS, 200)),
    "robots": ("/robots.txt", dict.fromkeys(PARTS, 200)),
    "csp-report": ("/csp-report", dict.fromkeys(PARTS, 405)),
}


@dataclass(frozen=True)
class Archive:
    """All cases, and a browser for each part."""

    cases: list[Case]
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def archive(
    django_db_setup: None,  # noqa: ARG001 - the tables come first
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Archive]:
    """One database with a work of every kind; nothing of it outlives this module."""
    with override_settings(HOGARTH_DATA=tmp_path_factory.mktemp("matrix")):
        with django_db_blocker.unblock():
            made = _build()
        yield made
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)


def _build() -> Archive:
    cast = make_cast()
    clients = {part: Client() for part in PARTS}
    for part, client in clients.items():
        if (account := cast.account(part)) is not None:
            client.force_login(account)
    cases = [_bring(cast, *kind) for kind in enumerate(_kinds())]
    Pseud.objects.filter(name="Mary Wollstonecraft").update(account=cast.author)
    return Archive(cases, clients)


def _kinds() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Every state with every visibility; with each flag and with all where others may read."""
    none: frozenset[str] = frozenset()
    every = frozenset(FLAGS)
    flags = {"posted": [none, *(frozenset({flag}) for flag in FLAGS), every], "deleted": [none]}
    for state, visibility in itertools.product(STATES, VISIBILITIES):
        for some in flags.get(state, [none, every]):
            yield state, visibility, some


def _bring(cast: Cast, number: int, kind: tuple[str, str, frozenset[str]]) -> Case:
    state, visibility, flags = kind
    case = Case(number, state, visibility, flags)
    story = write_story(
        case.title,
        tags=[("fandom", case.fandom)],
        chapters=[f"<p>The words of {number}.</p>", f"<p>The rest of {number}.</p>"],
        series=(SeriesPlace(case.part_of, 1),),
        source=f"https://example.org/works/by-{case.hand}",
        assets=(_PICTURE,),
    )
    both = (Credit("Mary Wollstonecraft"), Credit(case.hand))
    work = cast.bring(replace(story, credits=both))
    chapters = queries.contents(work, viewer=cast.viewer("owner")).contents
    Work.objects.filter(pk=work).update(
        state=state, visibility=visibility, adult=False, **{flag: flag in flags for flag in FLAGS}
    )
    return replace(
        case,
        work=work,
        chapter=chapters[1].id,
        pseud=Pseud.objects.values_list("pk", flat=True).get(name=case.hand),
        tag=Tag.objects.values_list("pk", flat=True).get(name=case.fandom),
        series=Series.objects.values_list("pk", flat=True).get(title=case.part_of),
    )


def test_every_address_has_an_expectation() -> None:
    names = {pattern.name for pattern in urlpatterns}
    assert names == set(ADDRESSES) | set(SITE)


def test_paths_lead_to_the_addresses_they_are_named_after(archive: Archive) -> None:
    case = archive.cases[0]
    for name, (path, _) in ADDRESSES.items():
        assert get_resolver().resolve(path(case)).url_name == name
    for name, (fixed, _) in SITE.items():
        assert get_resolver().resolve(fixed).url_name == name


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_address_opens_to_those_who_may(archive: Archive, name: str, part: str) -> None:
    path, expected = ADDRESSES[name]
    wrong = []
    for case in archive.cases:
        response = archive.clients[part].get(path(case))
        if response.status_code != expected(part, case):
            wrong.append(f"{case}: {response.status_code}, not {expected(part, case)}")
        leaks = _words_not_for(part, case) & _words_in(response.content, case)
        # What was asked for by name is no secret told.
        if leaks - _words_in(path(case).encode(), case):
            wrong.append(f"{case}: shows {leaks}")
    assert not wrong


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", SITE)
def test_site_address_answers_each_part(archive: Archive, name: str, part: str) -> None:
    path, expected = SITE[name]
    assert archive.clients[part].get(path).status_code == expected[part]


@pytest.mark.parametrize("part", PARTS)
def test_lists_show_what_may_be_known_and_nothing_else(archive: Archive, part: str) -> None:
    client = archive.clients[part]
    works = _all_pages(client, "/works")
    fandoms = client.get("/fandoms").content
    home = client.get("/").content
    for case in archive.cases:
        assert (case.title.encode() in works) is reads(part, case), case
        assert (case.hand.encode() in works) is knows(part, case), case
        assert (case.fandom.encode() in fandoms) is reads(part, case), case
        assert not _words_in(home, case) & _words_not_for(part, case), case


@pytest.mark.parametrize("part", PARTS)
def test_an_authors_page_lists_no_work_that_hides_its_author(archive: Archive, part: str) -> None:
    pseud = Pseud.objects.filter(name="Mary Wollstonecraft", credits__isnull=False).distinct().get()
    shown = _all_pages(archive.clients[part], author_address(pseud.pk, pseud.name))
    for case in archive.cases:
        assert (case.title.encode() in shown) is knows(part, case), case


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("action", ["publish", "withdraw", "delete"])
def test_a_form_changes_nothing_for_those_who_may_not(
    archive: Archive, part: str, action: str
) -> None:
    before = list(Work.objects.order_by("pk").values_list("pk", "state", "visibility"))
    for case in archive.cases:
        status = _when_in(CHANGE)(part, case)
        if status != 200:
            path = reverse(action, args=[case.work])
            response = archive.clients[part].post(path, {"visibility": "public"})
            assert response.status_code == status, case
    assert list(Work.objects.order_by("pk").values_list("pk", "state", "visibility")) == before


@pytest.mark.parametrize("part", sorted(CHANGE))
@pytest.mark.parametrize(
    ("action", "after"),
    [
        ("publish", ("posted", "restricted")),
        ("withdraw", ("withdrawn", "public")),
        ("delete", ("deleted", "public")),
    ],
)
def test_a_form_does_what_it_says(
    archive: Archive, part: str, action: str, after: tuple[str, str]
) -> None:
    case = next(
        case for case in archive.cases if (case.state, case.visibility) == ("posted", "public")
    )
    path = reverse(action, args=[case.work])
    response = archive.clients[part].post(path, {"visibility": "restricted"})
    assert response.status_code == 302
    assert Work.objects.values_list("state", "visibility").get(pk=case.work) == after


def _words_not_for(part: str, case: Case) -> set[str]:
    if not reads(part, case):
        return {case.title, case.hand, case.fandom, case.part_of}
    return set() if knows(part, case) else {case.hand, case.part_of}


def _words_in(content: bytes, case: Case) -> set[str]:
    words = (case.title, case.hand, case.fandom, case.part_of)
    return {word for word in words if word.encode() in content}


def _all_pages(client: Client, path: str) -> bytes:
    shown = b""
    for number in itertools.count(1):
        response = client.get(path, {"page": number})
        if response.status_code == 404:
            return shown
        assert response.status_code == 200
        shown += response.content
    return shown
