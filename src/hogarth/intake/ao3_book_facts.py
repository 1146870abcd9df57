"""What the package of a book says where its preface was lost.

The package of a download knows the tags of a work, but not their kinds, and all authors as one.
"""

from __future__ import annotations

from typing import Final

from hogarth.intake.facts import CATEGORIES, Facts, fill_in
from hogarth.intake.opf import Package
from hogarth.intake.tags import unify_tag
from hogarth.manuscript import Credit, Dates, Manuscript, Tag

_MARK: Final = "Fanworks"
_RATINGS: Final = frozenset(
    {"not rated", "general audiences", "teen and up audiences", "mature", "explicit"}
)
_WARNINGS: Final = frozenset(
    {
        "no archive warnings apply",
        "choose not to use archive warnings",
        "author chose not to use archive warnings",
        "creator chose not to use archive warnings",
        "graphic depictions of violence",
        "major character death",
        "rape/non-con",
        "underage",
        "underage sex",
    }
)
_UNKNOWN: Final = frozenset({"und", "mul", "zxx"})


def complete(work: Manuscript, package: Package, heading: str) -> Manuscript:
    """The work, with what its preface does not say from the package.

    Shape: `heading` the title of the book's pages, which ends with the names of the fandoms.
    """
    said = package.facts
    flat = [tag.name for tag in said.tags]
    day = said.dates.published
    facts = Facts(
        title=said.title,
        credits=[] if work.source else _part_people(said.credits),
        summary=said.summary,
        tags=[] if work.tags else sort_flat_tags(flat, heading),
        series=said.series,
        language=None if said.language in _UNKNOWN else said.language,
        # Calibre's books tell the last change, those before it the first publication.
        dates=Dates(updated=day) if _MARK in flat else Dates(published=day),
    )
    if work.dates != Dates():
        facts.dates = Dates()
    return fill_in(work, facts)


def sort_flat_tags(names: list[str], heading: str) -> list[Tag]:
    """Tags with the kinds that can be told; the rest are freeforms.

    A relationship is believed only where the people in it are tags themselves: so is
    “Hurt/Comfort” none.
    """
    names = [name for name in dict.fromkeys(names) if name != _MARK]
    known = {name.casefold() for name in names}
    couples = {name: people for name in names if len(people := _people_in(name)) > 1}
    related = {name for name, people in couples.items() if any(p in known for p in people)}
    coupled = {person for name in related for person in couples[name]}
    return [_tell_kind(name, heading, related, coupled) for name in names]


def _tell_kind(name: str, heading: str, related: set[str], people: set[str]) -> Tag:
    folded = name.casefold()
    if folded in _RATINGS:
        kind = "rating"
    elif folded in _WARNINGS:
        kind = "warning"
    elif folded in CATEGORIES:
        kind = "category"
    elif heading.endswith((f" - {name}", f", {name}")) or f" - {name}, " in heading:
        kind = "fandom"
    elif name in related:
        kind = "relationship"
    else:
        kind = "character" if folded in people else "freeform"
    return unify_tag(kind, name)


def _people_in(name: str) -> list[str]:
    parts = name.split(" & ") if " & " in name else name.split("/")
    return [part.strip().casefold() for part in parts]


def _part_people(people: list[Credit]) -> list[Credit]:
    """The software lets no comma into a name, and its books name all authors in one."""
    return [
        Credit(name.strip(), credit.role)
        for credit in people
        for name in credit.name.split(", ")
        if name.strip()
    ]
