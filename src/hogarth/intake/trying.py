"""The one way to read a file: the readers tried in their order, and what all readings share."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

from hogarth.intake.converters import convert
from hogarth.intake.damage import find_damage
from hogarth.intake.declared_language import tell_language
from hogarth.intake.limits import Limits
from hogarth.intake.loading import load_file
from hogarth.intake.readers import READERS, read_with_first
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.telling import tell
from hogarth.intake.titles import shorten_title
from hogarth.manuscript import Manuscript

#: Of tags, of credits, of series. The most tags a work is known to have are some four thousand.
_MOST_NAMES: Final = 5_000
_SURE: Final = frozenset(reader.name for reader in READERS if reader.sure == "sure")
_READ_AS_TEXT: Final = frozenset(reader.name for reader in READERS if reader.takes == "text")


def read(
    source: str | os.PathLike[str] | bytes, *, name: str = "", limits: Limits | None = None
) -> Reading:
    """What the file, or the bytes, hold: at least one manuscript, the evidence, the problems.

    Shape: `name` is what bytes were called, or another name for a file.
    Raises: Unreadable, with a code of REFUSALS, when they hold no work.
    """
    limits = limits or Limits()
    if isinstance(source, bytes):
        data = source
        if len(data) > limits.file_bytes:
            raise refuse("too-large", limit=limits.file_bytes >> 20)
    else:
        path = Path(source)
        data, name = load_file(path, limits), name or path.name
    return read_found(Found(name, data, limits))


def read_found(found: Found) -> Reading:
    """Try the readers in order, then look for damage in what was read."""
    source = found.name
    found, converted = convert(found)
    reading, recognised = read_with_first(found)
    if not any(chapter.paragraphs for m in reading.manuscripts for chapter in m.chapters):
        raise refuse("no-story")
    reading = tell(reading, found, sure=reading.reader in _SURE)
    problems = list(reading.problems)
    evidence = [*converted, *recognised, *reading.evidence]
    if reading.reader in _READ_AS_TEXT:
        decoded = found.decoded
        evidence.append(Evidence("encoding", f"{decoded.encoding}: {decoded.reason}"))
        if decoded.marks:
            problems.append(Problem("undecodable-bytes", f"{decoded.marks} in {decoded.encoding}"))
    known: defaultdict[int, set[str]] = defaultdict(set)
    for problem in problems:
        known[problem.manuscript].add(problem.code)
    manuscripts = []
    for index, manuscript in enumerate(reading.manuscripts):
        problems += find_damage(manuscript, index, frozenset(known[index]))
        told = _bound_head(manuscript)
        # What a person says of the language is not doubted.
        if "language" not in (reading.told[index] if reading.told else ()):
            told, seen = tell_language(told)
            evidence += [Evidence("language", seen)] if seen else []
        manuscripts.append(told)
    return replace(
        reading,
        source=source,
        manuscripts=tuple(manuscripts),
        # A table of a thousand works says a thousand times which language was guessed.
        evidence=tuple(dict.fromkeys(evidence)),
        problems=tuple(problems),
    )


def _bound_head(manuscript: Manuscript) -> Manuscript:
    """What cards and lists show of the work, no longer than a page can be."""
    return replace(
        manuscript,
        title=shorten_title(manuscript.title),
        tags=manuscript.tags[:_MOST_NAMES],
        credits=manuscript.credits[:_MOST_NAMES],
        series=manuscript.series[:_MOST_NAMES],
        chapters=tuple(
            replace(chapter, title=short)
            if chapter.title and (short := shorten_title(chapter.title)) != chapter.title
            else chapter
            for chapter in manuscript.chapters
        ),
    )
