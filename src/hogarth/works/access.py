"""Who may: one function a thing, from one table. Hidden and absent are the same answer.

A viewer stands to a work in exactly one of five parts, the highest that fits: owner of the
archive, keeper or credited author of this work, moderator, signed-in reader, guest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal, cast

from django.db.models import Q

from hogarth.people.models import Account
from hogarth.works.models import Work
from hogarth.works.values import State, Visibility

Role = Literal["guest", "reader", "moderator", "owner"]
Part = Literal["guest", "reader", "moderator", "author", "owner"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. A guest has no account. Take one through `viewer_of`."""

    account: int | None = None
    role: Role = "guest"


GUEST: Final = Viewer()


@dataclass(frozen=True, slots=True)
class Sight:
    """What one part may read: works in these states, with this visibility, with these flags."""

    states: frozenset[State]
    visibilities: frozenset[Visibility]
    unrevealed: bool
    hidden: bool


_ALIVE: Final[frozenset[State]] = frozenset({"draft", "scheduled", "posted", "withdrawn"})
_POSTED: Final[frozenset[State]] = frozenset({"posted"})
_ALL: Final[frozenset[Visibility]] = frozenset({"private", "restricted", "public"})

#: The table. A moderator looks after what is shown to others: drafts and private works are not.
SIGHT: Final[dict[Part, Sight]] = {
    "guest": Sight(_POSTED, frozenset({"public"}), unrevealed=False, hidden=False),
    "reader": Sight(_POSTED, frozenset({"restricted", "public"}), unrevealed=False, hidden=False),
    "moderator": Sight(_POSTED, frozenset({"restricted", "public"}), unrevealed=True, hidden=True),
    "author": Sight(_ALIVE, _ALL, unrevealed=True, hidden=True),
    "owner": Sight(_ALIVE, _ALL, unrevealed=True, hidden=True),
}

#: Parts that see the names behind an anonymous work.
UNMASKS: Final[frozenset[Part]] = frozenset({"moderator", "author", "owner"})
#: Parts that may change a work: publish, withdraw, delete, correct.
CHANGES: Final[frozenset[Part]] = frozenset({"author", "owner"})
#: Parts that may take a work's originals, which may name who saved them.
TAKES_ORIGINALS: Final[frozenset[Part]] = frozenset({"moderator", "owner"})
#: Parts that may hide a work from readers and show it again.
HIDES: Final[frozenset[Part]] = frozenset({"moderator", "owner"})
#: Accounts that may import.
IMPORTS: Final = frozenset({"owner"})


def viewer_of(account: object) -> Viewer:
    """The viewer behind `request.user` or an account; anything else is a guest."""
    if isinstance(account, Account) and account.is_active:
        return Viewer(account.pk, cast("Role", account.role))
    return GUEST


def part_of(viewer: Viewer, work: Work) -> Part:
    """The part a viewer has in a work. Costs one query for a signed-in reader or moderator."""
    return parts_among(viewer, [work])[work.pk]


def may_read(viewer: Viewer, work: Work) -> bool:
    """Whether the viewer may open the work and see it in lists."""
    sight = SIGHT[part_of(viewer, work)]
    return (
        work.state in sight.states
        and work.visibility in sight.visibilities
        and (sight.unrevealed or not work.unrevealed)
        and (sight.hidden or not work.hidden)
    )


def may_unmask(viewer: Viewer, work: Work) -> bool:
    """Whether the viewer may know who wrote an anonymous work."""
    return not work.anonymous or part_of(viewer, work) in UNMASKS


def may_change(viewer: Viewer, work: Work) -> bool:
    """Whether the viewer may publish, withdraw, delete or correct the work."""
    return part_of(viewer, work) in CHANGES and may_read(viewer, work)


def may_hide(viewer: Viewer, work: Work) -> bool:
    """Whether the viewer may hide the work from readers, or show it again."""
    return part_of(viewer, work) in HIDES and may_read(viewer, work)


def may_take_originals(viewer: Viewer, work: Work) -> bool:
    """Whether the viewer may have the bytes as they were received."""
    return part_of(viewer, work) in TAKES_ORIGINALS and may_read(viewer, work)


def may_import(viewer: Viewer) -> bool:
    """Whether the viewer may bring works in."""
    return viewer.role in IMPORTS


def readable(viewer: Viewer) -> Q:
    """The same rule as `may_read`, for the database: which works the viewer may know of."""
    if viewer.role == "owner":
        return _seen_by("owner")
    known = _seen_by(viewer.role)
    if viewer.account is None:
        return known
    own = Work.objects.filter(_seen_by("author") & _own(viewer.account))
    # By their ids, so that the database may use an index for either side.
    return known | Q(pk__in=own.values("pk"))


def unmasked(viewer: Viewer) -> Q:
    """Works whose names the viewer may know: what pages of a creator may list."""
    if viewer.role in UNMASKS:
        return Q()
    named = Q(anonymous=False)
    return named if viewer.account is None else named | _own(viewer.account)


def parts_among(viewer: Viewer, works: Collection[Work]) -> dict[int, Part]:
    """The part the viewer has in each of many works: `part_of` in at most one query."""
    if viewer.account is None or viewer.role == "owner":
        return {work.pk: "guest" if viewer.account is None else "owner" for work in works}
    rest: Part = "moderator" if viewer.role == "moderator" else "reader"
    parts = dict.fromkeys((work.pk for work in works), rest)
    own = Work.objects.filter(_own(viewer.account), pk__in=list(parts))
    parts.update((work, "author") for work in own.values_list("pk", flat=True))
    return parts


def _seen_by(part: Part) -> Q:
    sight = SIGHT[part]
    seen = _among("state", sight.states) & _among("visibility", sight.visibilities)
    # Django writes `= False` as NOT, for which SQLite uses no index; IN (one value) is equality.
    if not sight.unrevealed:
        seen &= Q(unrevealed__in=[False])
    if not sight.hidden:
        seen &= Q(hidden__in=[False])
    return seen


def _among(column: str, values: Collection[str]) -> Q:
    """Equality where there is one value, so that the index gives the order too."""
    if len(values) == 1:
        return Q((column, next(iter(values))))
    return Q((f"{column}__in", sorted(values)))


def _own(account: int) -> Q:
    return Q(keeper=account) | Q(
        pk__in=Work.objects.filter(credits__role="author", credits__pseud__account=account).values(
            "pk"
        )
    )
