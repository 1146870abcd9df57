"""A small cast with parts to play, and the stories they have: what most tests begin with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from hogarth.intake import Problem, Reading
from hogarth.manuscript import Asset, Chapter, Credit, Manuscript, SeriesPlace, Tag, to_json
from hogarth.people.models import Account, Pseud
from hogarth.people.operations import ensure_owner
from hogarth.works import publishing
from hogarth.works.access import GUEST, Viewer, viewer_of
from hogarth.works.landing import Landing, ReadFile
from hogarth.works.models import Work
from hogarth.works.recognising import recognise
from hogarth.works.store import digest_of
from hogarth.works.values import Outcome

#: Everybody signs in with this.
PASSWORD = "a room of one's own, and 500 a year"
#: The name of the account that is an author, as works by her have it.
AUTHOR = "Mary Wollstonecraft"
PARTS = ("guest", "reader", "author", "moderator", "owner")


@dataclass(frozen=True)
class Cast:
    """An archive and its people.

    Shape: `author` is credited, as “Mary Wollstonecraft”, with every work by that name; the owner
    keeps all works; `reader` and `moderator` have none.
    """

    data: Path
    owner: Account
    moderator: Account
    author: Account
    reader: Account

    def account(self, part: str) -> Account | None:
        """The account that plays this part; nobody plays the guest."""
        accounts: dict[str, Account | None] = {
            "guest": None,
            "reader": self.reader,
            "author": self.author,
            "moderator": self.moderator,
            "owner": self.owner,
        }
        return accounts[part]

    def viewer(self, part: str) -> Viewer:
        account = self.account(part)
        return GUEST if account is None else viewer_of(account)

    def bring(self, story: Manuscript | None = None, **columns: Any) -> int:
        """Import a story, published, and give its number. `columns` are set on its row then."""
        outcome = self.land(story or write_story())
        assert outcome.work is not None, outcome
        if columns:
            self.set(outcome.work, **columns)
        return outcome.work

    def set(self, work: int, **columns: Any) -> None:
        """Put a work into a state, whoever could do that."""
        Work.objects.filter(pk=work).update(**columns)

    def land(
        self,
        story: Manuscript,
        *,
        place: str = "story.html",
        problems: Sequence[str] = (),
        publish: bool = True,
    ) -> Outcome:
        """Import a story as if it had been read from a file of its own."""
        return self.land_all([read_as_file(story, place=place, problems=problems)], publish)[0]

    def land_all(self, files: Sequence[ReadFile], publish: bool = True) -> list[Outcome]:
        return Landing(by=self.owner, publish=publish).land(files)


def make_cast() -> Cast:
    """The people, in the archive of the settings."""
    from django.conf import settings

    owner = ensure_owner()
    owner.name, owner.password = "virginia", _hashed()
    owner.save()
    author = _account("mary", "reader")
    for site in ("", "archiveofourown.org"):
        Pseud.objects.create(name=AUTHOR, folded=AUTHOR.lower(), site=site, account=author)
    return Cast(
        data=settings.HOGARTH_DATA,
        owner=owner,
        moderator=_account("leonard", "moderator"),
        author=author,
        reader=_account("judith", "reader"),
    )


def fill(cast: Cast) -> Cast:
    """Put something into every table, and files beside them."""
    (cast.data / "secret-key").write_text("the key of the first archive")
    (cast.data / "secret-key").chmod(0o600)
    (cast.data / "hogarth.toml").write_text('site_name = "The Press"\n')
    picture = Asset("assets/0123456789abcdef.png", "image/png", b"\x89PNG not much of a picture")
    shown = f'<p><img src="{picture.name}" alt="A stair, “drawn”\u2028by Vita."/></p>'
    series = (SeriesPlace("Stairs", 1),)
    story = write_story(chapters=["<p>One.</p>", shown], series=series, assets=(picture,))
    work = cast.bring(story)
    cast.bring(write_story("Another", chapters=["<p>Другая лестница. 別の階段。</p>"]))
    publishing.edit([work], by=cast.owner, changes={"title": "The Third Stair"})
    publishing.withdraw([work], by=cast.owner)
    cast.owner.claims.create(digest="0" * 64, expires=cast.owner.joined)
    return cast


def write_story(
    title: str = "The Second Stair",
    *,
    author: str = AUTHOR,
    chapters: Sequence[str] = ("<p>Holmes counted the stairs again.</p>",),
    tags: Sequence[tuple[str, str]] = (("fandom", "Sherlock Holmes"), ("rating", "Mature")),
    **fields: Any,
) -> Manuscript:
    """A manuscript with these chapters, numbered from 1."""
    return Manuscript(
        title=title,
        chapters=tuple(Chapter(number, html) for number, html in enumerate(chapters, start=1)),
        credits=(Credit(author),) if author else (),
        tags=tuple(Tag(kind, name) for kind, name in tags),
        **fields,
    )


def read_as_file(
    story: Manuscript, *, place: str = "story.html", problems: Sequence[str] = ()
) -> ReadFile:
    """The story as a reading of bytes that are its own."""
    data = json.dumps([to_json(story), list(problems)]).encode()
    reading = Reading(place, "html-page", (story,), (), tuple(Problem(code) for code in problems))
    return ReadFile(place, digest_of(data), data, recognise(reading))


@cache
def _hashed() -> str:
    """Argon2 takes its time; one hash serves the whole run."""
    return make_password(PASSWORD)


def _account(name: str, role: str) -> Account:
    return Account.objects.create(name=name, role=role, password=_hashed())
