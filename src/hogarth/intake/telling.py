"""What is said of a file elsewhere, and how it comes together with what the file says itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hogarth.intake.companion import read_companion
from hogarth.intake.facts import Facts, fill_in, overrule
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.titles import fold_title
from hogarth.intake.told import Told
from hogarth.manuscript import Dates, Manuscript, Stated, Tag

_GUESSED: Final = "title-guessed"
_COUNTS: Final = ("words", "kudos", "hits", "comments", "bookmarks")


def tell(reading: Reading, found: Found, *, sure: bool) -> Reading:
    """The reading with what a library keeps beside the file, and what a person says of it.

    Shape: `sure` when the reader knows the maker of the file: a library then only completes it.
    """
    if found.companion is not None:
        name, data = found.companion
        facts = read_companion(data)
        if facts is None:
            seen = Evidence("metadata", f"{name} cannot be read")
            reading = replace(reading, evidence=(*reading.evidence, seen))
        else:
            reading = _apply(reading, Told(facts, name), by_person=False, sure=sure)
    return reading if found.told is None else tell_what_was_said(reading, found.told)


def tell_what_was_said(reading: Reading, told: Told, part: int | None = None) -> Reading:
    """The reading with what a person says of it, which is believed. Shape: `part` of it, or all."""
    return _apply(reading, told, by_person=True, sure=False, part=part)


def _apply(
    reading: Reading, told: Told, *, by_person: bool, sure: bool, part: int | None = None
) -> Reading:
    manuscripts = list(reading.manuscripts)
    parts = _parts_meant(manuscripts, told.facts) if part is None else [part]
    for place in parts:
        manuscript = manuscripts[place]
        if sure:
            manuscripts[place] = fill_in(manuscript, told.facts)
        elif by_person:
            manuscripts[place] = _believe(manuscript, told.facts)
        else:
            manuscripts[place] = overrule(manuscript, _without_typed(told.facts, manuscript))
    problems = reading.problems
    if told.facts.title and not sure:
        problems = tuple(p for p in problems if p.code != _GUESSED or p.manuscript not in parts)
    fields = reading.told
    if by_person:
        stated = fields_of(told.facts)
        fields = tuple(
            before | stated if place in parts else before
            for place, before in enumerate(fields or [frozenset()] * len(manuscripts))
        )
    seen = Evidence("metadata", told.place)
    return replace(
        reading,
        manuscripts=tuple(manuscripts),
        problems=problems,
        told=fields,
        evidence=(*reading.evidence, seen) if parts else reading.evidence,
    )


def _parts_meant(manuscripts: Sequence[Manuscript], facts: Facts) -> list[int]:
    """The works of the file that are meant: its only one, else those of the title that is said."""
    if len(manuscripts) == 1:
        return [0]
    title = fold_title(facts.title)
    return [
        place
        for place, manuscript in enumerate(manuscripts)
        if not title or fold_title(manuscript.title) == title
    ]


def _believe(manuscript: Manuscript, facts: Facts) -> Manuscript:
    told = overrule(manuscript, facts)
    counts = {name: getattr(facts.stated, name) for name in _COUNTS}
    said = {name: count for name, count in counts.items() if count is not None}
    return replace(told, notes=facts.notes or told.notes, stated=replace(told.stated, **said))


def _without_typed(facts: Facts, manuscript: Manuscript) -> Facts:
    """The facts without tags that the file has too and knows the kind of."""
    typed = {tag.name.casefold() for tag in manuscript.tags if tag.kind != "freeform"}
    kept = [tag for tag in facts.tags if tag.kind != "freeform" or tag.name.casefold() not in typed]
    own = [tag for tag in manuscript.tags if tag.kind == "freeform"]
    return replace(facts, tags=kept or [Tag(tag.kind, tag.name) for tag in own])


def fields_of(facts: Facts) -> frozenset[str]:
    """The names of the fields that are stated: those of a manuscript, dates and kinds of tags."""
    stated = {
        "title": facts.title,
        "credits": facts.credits,
        "summary": facts.summary,
        "notes": facts.notes,
        "series": facts.series,
        "source": facts.source,
        "language": facts.language,
        "status": facts.status != "unknown",
        "expected_chapters": facts.expected,
        "stated": facts.stated != Stated(),
        "published": facts.dates.published if facts.dates != Dates() else None,
        "updated": facts.dates.updated,
    }
    return frozenset([name for name, value in stated.items() if value]).union(
        tag.kind for tag in facts.tags
    )
