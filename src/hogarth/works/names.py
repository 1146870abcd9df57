"""Rows of tags, pseuds and series by what they are called: found, or made when new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, TypeVar

from hogarth.manuscript import Manuscript
from hogarth.people.models import Pseud
from hogarth.works.bulk import insert_rows
from hogarth.works.identity import fold_name, site_of
from hogarth.works.models import Series, Tag

K = TypeVar("K", bound=tuple[str, ...])

TagKey = tuple[str, str]
PseudKey = tuple[str, str, str]
SeriesKey = tuple[str, str]

#: Units: rows remembered of each table (some 200 bytes each), and names asked for at once.
_MOST_REMEMBERED: Final = 200_000
_MOST_ASKED: Final = 500


class NameRows:
    """The ids of names during one import.

    After a rollback call `forget`: rows that it made are gone, and their ids must not be used.
    """

    def __init__(self) -> None:
        self.tags: Final = _Rows(_find_tags, _make_tags)
        self.pseuds: Final = _Rows(_find_pseuds, _make_pseuds)
        self.series: Final = _Rows(_find_series, _make_series)

    def learn(self, manuscripts: Iterable[tuple[Manuscript, str | None]]) -> None:
        """Find or make every name of these heads. Shape: (manuscript, key of its source)."""
        tags: dict[TagKey, None] = {}
        pseuds: dict[PseudKey, None] = {}
        series: dict[SeriesKey, None] = {}
        for manuscript, source in manuscripts:
            tags.update(dict.fromkeys(tag_keys(manuscript)))
            pseuds.update(dict.fromkeys(key for key, _ in pseud_keys(manuscript, source)))
            series.update(dict.fromkeys(key for key, _ in series_keys(manuscript)))
        self.tags.learn(tags)
        self.pseuds.learn(pseuds)
        self.series.learn(series)

    def forget(self) -> None:
        """Take nothing for granted that an undone transaction made."""
        for rows in (self.tags, self.pseuds, self.series):
            rows.forget()


def tag_keys(manuscript: Manuscript) -> tuple[TagKey, ...]:
    """The tags as rows have them, each once, in order."""
    return tuple(dict.fromkeys((tag.kind, tag.name[:500]) for tag in manuscript.tags))


def pseud_keys(manuscript: Manuscript, source: str | None) -> tuple[tuple[PseudKey, str], ...]:
    """The credits as rows have them, with the role, each once, in order."""
    site = site_of(source)[:255] if source else ""
    return tuple(
        dict.fromkeys(
            ((credit.name[:255], (credit.pseud_of or "")[:255], site), credit.role)
            for credit in manuscript.credits
        )
    )


def series_keys(manuscript: Manuscript) -> tuple[tuple[SeriesKey, int | None], ...]:
    """The series as rows have them, with the position, each once, in order."""
    byline = next(iter(manuscript.credited("author")), "")[:500]
    places: dict[SeriesKey, int | None] = {}
    for place in manuscript.series:
        places.setdefault((place.title[:500], byline), place.position)
    return tuple(places.items())


class _Rows(Generic[K]):
    """The ids of one table's rows by what makes them unique."""

    def __init__(
        self,
        find: Callable[[Sequence[K]], Iterable[tuple[int, K]]],
        make: Callable[[Sequence[K]], object],
    ) -> None:
        self._find = find
        self._make = make
        self._ids: dict[K, int] = {}

    def __getitem__(self, key: K) -> int:
        return self._ids[key]

    def learn(self, keys: Iterable[K]) -> None:
        unknown = [key for key in keys if key not in self._ids]
        if not unknown:
            return
        if len(self._ids) + len(unknown) > _MOST_REMEMBERED:
            self._ids.clear()
            unknown = list(keys)
        self._look_up(unknown)
        new = [key for key in unknown if key not in self._ids]
        if not new:
            return
        self._make(new)
        self._look_up(new)

    def forget(self) -> None:
        self._ids.clear()

    def _look_up(self, keys: Sequence[K]) -> None:
        wanted = set(keys)
        for start in range(0, len(keys), _MOST_ASKED):
            for row, key in self._find(keys[start : start + _MOST_ASKED]):
                if key in wanted:
                    self._ids[key] = row


# Somebody else may make the same name at the same time: theirs is as good, so conflicts pass.


def _find_tags(keys: Sequence[TagKey]) -> Iterable[tuple[int, TagKey]]:
    rows = Tag.objects.filter(folded__in={fold_name(name) for _, name in keys})
    return ((pk, (kind, name)) for pk, kind, name in rows.values_list("pk", "kind", "name"))


def _make_tags(keys: Sequence[TagKey]) -> None:
    insert_rows(
        Tag.objects,
        ("kind", "name", "folded"),
        [(kind, name, fold_name(name)) for kind, name in keys],
        ignore_conflicts=True,
    )


def _find_pseuds(keys: Sequence[PseudKey]) -> Iterable[tuple[int, PseudKey]]:
    rows = Pseud.objects.filter(folded__in={fold_name(name)[:255] for name, _, _ in keys})
    columns = rows.values_list("pk", "name", "of", "site")
    return ((pk, (name, of, site)) for pk, name, of, site in columns)


def _make_pseuds(keys: Sequence[PseudKey]) -> None:
    insert_rows(
        Pseud.objects,
        ("name", "of", "site", "folded"),
        [(name, of, site, fold_name(name)[:255]) for name, of, site in keys],
        ignore_conflicts=True,
    )


def _find_series(keys: Sequence[SeriesKey]) -> Iterable[tuple[int, SeriesKey]]:
    rows = Series.objects.filter(title__in={title for title, _ in keys})
    return ((pk, (title, by)) for pk, title, by in rows.values_list("pk", "title", "byline"))


def _make_series(keys: Sequence[SeriesKey]) -> None:
    insert_rows(Series.objects, ("title", "byline"), keys, ignore_conflicts=True)
