"""Heads of versions: a manuscript without its chapters and pictures, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from hogarth.manuscript import (
    Asset,
    Chapter,
    Credit,
    Dates,
    Manuscript,
    SeriesPlace,
    Stated,
    Tag,
    to_json,
)

_KEPT_ELSEWHERE: Final = ("words", "assets", "chapters")


def head_of(manuscript: Manuscript) -> dict[str, Any]:
    """What `Version.head` holds. Shape: `to_json` without words, assets and chapters."""
    head = to_json(replace(manuscript, chapters=(), assets=()))
    for key in _KEPT_ELSEWHERE:
        del head[key]
    return head


def manuscript_from(
    head: Mapping[str, Any], chapters: Sequence[Chapter], assets: Sequence[Asset]
) -> Manuscript:
    """The manuscript again, exactly: what `head_of` wrote was canonical and is not cleaned anew."""
    dates, stated = head["dates"], head["stated"]
    return Manuscript(
        title=head["title"],
        chapters=tuple(chapters),
        credits=tuple(Credit(**row) for row in head["credits"]),
        summary=head["summary"],
        notes=head["notes"],
        end_notes=head["end_notes"],
        tags=tuple(Tag(**row) for row in head["tags"]),
        series=tuple(SeriesPlace(**row) for row in head["series"]),
        source=head["source"],
        language=head["language"],
        status=head["status"],
        expected_chapters=head["expected_chapters"],
        dates=Dates(_day(dates["published"]), _day(dates["updated"])),
        stated=Stated(**{**stated, "as_of": _day(stated["as_of"])}),
        assets=tuple(assets),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
