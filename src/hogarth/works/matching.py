"""Which works have these identities: by address before text, the oldest where there are more."""

from __future__ import annotations

from collections.abc import Iterable

from hogarth.works.identity import Identity, site_of
from hogarth.works.models import Work


class KnownWorks:
    """Which works have these identities: those in the database, and those made here."""

    def __init__(self) -> None:
        self._by_key: dict[str, int] = {}
        self._by_fingerprint: dict[str, list[tuple[int, str | None]]] = {}

    def look_up(self, identities: Iterable[Identity]) -> None:
        """Ask the database for all at once."""
        keys, fingerprints = set(), set()
        for identity in identities:
            keys.add(identity.source_key)
            fingerprints.add(identity.fingerprint)
        rows = Work.objects.order_by("pk").values_list("pk", "source_key", "fingerprint")
        for pk, key, _ in rows.filter(source_key__in=keys - {None}):
            self._by_key.setdefault(str(key), pk)
        for pk, key, fingerprint in rows.filter(fingerprint__in=fingerprints - {None}):
            self._by_fingerprint.setdefault(str(fingerprint), []).append((pk, key))

    def find(self, identity: Identity) -> int | None:
        """The work with this identity, by address before text; the oldest where there are more."""
        key = identity.source_key
        if key is not None and key in self._by_key:
            return self._by_key[key]
        for work, other in self._by_fingerprint.get(identity.fingerprint or "", ()):
            # Two addresses on one site are two works, however alike they begin.
            if key is None or other is None or site_of(key) != site_of(other):
                return work
        return None

    def add(self, identity: Identity, work: int) -> None:
        """Remember a work that this batch made or joined."""
        if identity.source_key is not None:
            self._by_key.setdefault(identity.source_key, work)
        if identity.fingerprint is not None:
            same = self._by_fingerprint.setdefault(identity.fingerprint, [])
            if all(other != work for other, _ in same):
                same.append((work, identity.source_key))
