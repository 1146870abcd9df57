"""The table of readers, and the one way to read a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from hogarth.intake import ao3_page, epub, html_page, plain_text
from hogarth.intake.damage import find_damage
from hogarth.intake.limits import Limits
from hogarth.intake.loading import load_file
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.signatures import name_data, name_known_file
from hogarth.intake.titles import shorten_title
from hogarth.manuscript import Manuscript, guess_language


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of file.

    Shape: `recognise` gives what it saw when the file is of its kind, else None; `read` is then
    called once and gives a reading or raises Unreadable. `takes` bytes as they are, or a text and
    its page; `sure` how much it means that a file was recognised: by marks that only this maker
    leaves, by marks that others may leave too, or because nothing else fits.
    """

    name: str
    reads: str
    takes: Literal["bytes", "text"]
    sure: Literal["sure", "likely", "fallback"]
    recognise: Callable[[Found], tuple[Evidence, ...] | None]
    read: Callable[[Found], Reading]


#: In order of trial: the first that recognises a file reads it; those that take bytes come first.
READERS: Final[tuple[Reader, ...]] = (
    Reader("epub", "E-books in EPUB 2 and 3.", "bytes", "fallback", epub.recognise, epub.read),
    Reader(
        "ao3-page",
        "Saved pages of works on the Archive of Our Own and sites of the same software.",
        "text",
        "sure",
        ao3_page.recognise_page,
        ao3_page.read_page,
    ),
    Reader(
        "ao3-fragment",
        "The text block of such a page alone.",
        "text",
        "likely",
        ao3_page.recognise_fragment,
        ao3_page.read_fragment,
    ),
    Reader(
        "html-page",
        "Any other page in HTML.",
        "text",
        "fallback",
        html_page.recognise,
        html_page.read,
    ),
    Reader(
        "plain-text",
        "Plain text in any encoding.",
        "text",
        "fallback",
        plain_text.recognise,
        plain_text.read,
    ),
)

#: Of tags, of credits, of series. The most tags a work is known to have are some four thousand.
_MOST_NAMES: Final = 5_000
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
    reading, recognised = _read_with_first(found)
    if not any(chapter.paragraphs for m in reading.manuscripts for chapter in m.chapters):
        raise refuse("no-story")
    problems = list(reading.problems)
    evidence = [*recognised, *reading.evidence]
    if reading.reader in _READ_AS_TEXT:
        decoded = found.decoded
        evidence.append(Evidence("encoding", f"{decoded.encoding}: {decoded.reason}"))
        if decoded.marks:
            problems.append(Problem("undecodable-bytes", f"{decoded.marks} in {decoded.encoding}"))
    manuscripts = []
    for index, manuscript in enumerate(reading.manuscripts):
        known = frozenset(p.code for p in problems if p.manuscript == index)
        problems += find_damage(manuscript, index, known)
        told, seen = _tell_language(_bound_head(manuscript))
        manuscripts.append(told)
        evidence += seen
    return replace(
        reading,
        manuscripts=tuple(manuscripts),
        evidence=tuple(evidence),
        problems=tuple(problems),
    )


def _read_with_first(found: Found) -> tuple[Reading, tuple[Evidence, ...]]:
    for takes in ("bytes", "text"):
        if takes == "text":
            known = name_known_file(found) or name_data(found)
            if known is not None:
                raise known
        for reader in READERS:
            evidence = reader.recognise(found) if reader.takes == takes else None
            if evidence is not None:
                return reader.read(found), evidence
    raise refuse("no-story")


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


def _tell_language(manuscript: Manuscript) -> tuple[Manuscript, tuple[Evidence, ...]]:
    """The language by the looks of the text, where the file names none."""
    if manuscript.language:
        return manuscript, ()
    text = next((chapter.text for chapter in manuscript.chapters if chapter.paragraphs), "")
    language = guess_language(text)
    if language is None:
        return manuscript, ()
    return replace(manuscript, language=language), (Evidence("language", f"{language}, guessed"),)
