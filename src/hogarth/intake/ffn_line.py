"""The line of facts that FanFiction.Net and FictionPress print: “Rated: Fiction T - English - …”.

Pages, what tools make of them and what people paste all have it: with dashes on pages for desks,
with commas and rounded numbers on pages for phones. Language, genres and characters carry no
label; they are told apart by their order and by the sites' closed lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from hogarth.intake.dates import parse_date
from hogarth.intake.facts import Facts, read_status
from hogarth.intake.languages import language_tag
from hogarth.manuscript import Dates, Stated, Tag

#: Units: characters. No line is longer; what follows is text that was pasted with it.
_LONGEST: Final = 3_000
_LONGEST_FANDOM: Final = 200

_FEWEST_LABELS: Final = 3

#: The genres of both sites, of their stories, plays and poems.
_GENRES_LINE: Final = (
    "Action|Adventure|Angst|Biography|Crime|Drama|Essay|Fable|Family|Fantasy|Friendship|General"
    "|Haiku|Historical|Horror|Humor|Hurt/Comfort|Kids|Life|Love|Manga|Mystery|Mythology|Nature"
    "|Parody|Play|Poetry|Politics|Religion|Romance|School|Sci-Fi|Song|Spiritual|Supernatural"
    "|Suspense|Thriller|Tragedy|War|Western|Work|Young Adult"
)
_GENRES: Final = {name.casefold(): name for name in _GENRES_LINE.split("|")}
_GENRE_JOINT: Final = re.compile(r"\s*(?:/|\s&\s|,\s)\s*")

_RATING: Final = re.compile(
    r"(?:Fiction\s{1,5})?(?P<rating>K\+|K|T|MA|M|PG-13|PG|G|R|NC-17)(?![\w+])", re.IGNORECASE
)
#: A line without the word “Rated” begins so.
_BARE: Final = re.compile(r"(?:complete,\s)?(?:K\+|K|T|MA|M), (?=[A-Z][a-z]{2,})")
_LABEL: Final = re.compile(
    r"(?<![\w’'])(?:Fiction\s{1,3})?(?P<label>Rated|Rating|Language|Genres?|Characters|Chapters"
    r"|Words|Reviews|Favs|Favorites|Follows|Updated|Published|Status|id)\s{0,3}:\s{0,3}",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"(?P<count>\d[\d,.]{0,14})(?P<rounded>[kKmM])?\+?")
_DAY: Final = re.compile(
    r"(?P<short>\d{2}-\d{2}-\d{2})(?!\d)"
    r"|(?P<numbers>\d{1,2}[/.]\d{1,2}[/.]\d{4}(?:,?\s\d{1,2}:\d{2}(?::\d{2})?(?P<half>\s?[AaPp]\.?[Mm]\b)?)?)"
    r"|(?P<named>\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\s\d{1,2},?\s\d{4})"
    # The year, or all of the date, was left to whoever read it at the time.
    r"|\d{1,2}/\d{1,2}(?![/\d])|[A-Z][a-z]{2,8}\s\d{1,2}(?!\d)|\d{1,3}\s?\w{1,7}\sago"
)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z-]{0,20}(?:\sProgress)?")
_DIGITS: Final = re.compile(r"\d{1,12}")
#: Two digits of a year from this on belong to the last century; the site began in 1998.
_FIRST_YEAR: Final = 98
_PAIR: Final = re.compile(r"\[([^\[\]]{1,300})\]")
_COUNTED: Final = {
    "words": "words",
    "reviews": "comments",
    "favs": "kudos",
    "favorites": "kudos",
}


class _Part(NamedTuple):
    """Shape: `label` lower-case; `value` as far as its kind goes; `rest` what has no label."""

    label: str
    value: re.Match[str] | None
    rest: str


def read_ffn_line(line: str) -> Facts | None:
    """What the line states, or None when it is no such line.

    Shape: words only where they are exact; a line of a page that says nothing of its status is of
    a story in progress, and one without chapters of a story in one.
    """
    line = " ".join(line[:_LONGEST].split())
    parts, before = _split(line)
    labels = {part.label for part in parts if part.value is not None}
    if len(labels) < _FEWEST_LABELS:
        return None
    facts = Facts()
    dashed = " - " in line
    runs = []
    for part in parts:
        _state(facts, part)
        if part.rest:
            runs.append(part.rest)
    for run in runs:
        _read_run(facts, run, " - " if dashed else ", ")
    facts.tags += _read_fandoms(before)
    facts.tags = list(dict.fromkeys(facts.tags))
    # Tools that print labels for everything print these two on lines of their own.
    if dashed and labels.isdisjoint(("language", "genre", "genres", "characters")):
        if facts.posted is None:
            facts.posted = 1
        if facts.status == "unknown":
            facts.status = "in-progress"
    if facts.status == "complete":
        facts.expected = facts.posted
    return facts


def find_ffn_id(line: str) -> str | None:
    """The number of the story at the end of the line, or None."""
    found = re.search(r"\bid:\s{0,3}(\d{1,12})\s*$", line[:_LONGEST])
    return found[1] if found else None


def read_ffn_genres(stated: str) -> list[str] | None:
    """The genres in “Adventure/Hurt/Comfort” or “Drama & Humor”, or None when one is none."""
    guarded = re.sub("hurt/comfort", "hurt+comfort", stated, flags=re.IGNORECASE)
    names = [_GENRES.get(name.casefold().replace("+", "/")) for name in _GENRE_JOINT.split(guarded)]
    return [name for name in names if name] if all(names) else None


def read_ffn_characters(stated: str) -> list[Tag]:
    """The tags in “[Harry P., Daphne G.] Theodore N.”: pairs, then everyone by name."""
    tags = [Tag("relationship", "/".join(_names(pair))) for pair in _PAIR.findall(stated)]
    flat = _PAIR.sub(lambda found: f", {found[1]}, ", stated)
    return list(dict.fromkeys([*tags, *(Tag("character", name) for name in _names(flat))]))


def read_ffn_date(stated: str) -> date | None:
    """A day as the site writes it, month first, or None where its year is not stated."""
    found = _DAY.match(stated)
    if found is None:
        return None
    if found["short"]:
        month, day, year = map(int, found["short"].split("-"))
        return _day(year + (1900 if year >= _FIRST_YEAR else 2000), month, day)
    if found["numbers"]:
        return _read_numbers(found)
    return parse_date(found["named"])


def _split(line: str) -> tuple[list[_Part], str]:
    """The labelled parts, and what stands before the first."""
    labels = list(_LABEL.finditer(line))
    first = labels[0] if labels else None
    if _BARE.match(line):
        end = first.start() if first is not None else len(line)
        parts, before = [_part("rated", line[:end])], ""
    elif first is not None and first["label"].lower() in ("rated", "rating"):
        parts, before = [], line[: first.start()]
    else:
        return [], ""
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following is not None else len(line)
        parts.append(_part(label["label"].lower(), line[label.end() : end]))
    if parts and parts[0].value is None:
        return [], ""
    return parts, before


def _part(label: str, stretch: str) -> _Part:
    if label in ("rated", "rating"):
        stretch = re.sub(r"^complete,\s", "", stretch, flags=re.IGNORECASE)
    kind = _KINDS.get(label)
    # A labelled list goes on to the next dash.
    found = (kind or re.compile(r"(?:(?!\s-\s).)*")).match(stretch)
    rest = stretch[found.end() :] if found else stretch if kind else ""
    return _Part(label, found, rest.strip(" -,"))


_KINDS: Final = {
    "rated": _RATING,
    "rating": _RATING,
    "chapters": _DIGITS,
    "words": _COUNT,
    "reviews": _COUNT,
    "favs": _COUNT,
    "favorites": _COUNT,
    "follows": _COUNT,
    "updated": _DAY,
    "published": _DAY,
    "status": _WORD,
    "id": _DIGITS,
}


def _state(facts: Facts, part: _Part) -> None:
    label, value = part.label, part.value
    if value is None:
        return
    if label in ("rated", "rating"):
        facts.tags.append(Tag("rating", value["rating"].upper()))
    elif label in _COUNTED:
        _state_count(facts, _COUNTED[label], value)
    elif label == "chapters":
        facts.posted = int(value[0][:6])
    elif label in ("updated", "published"):
        day = read_ffn_date(value[0])
        known = facts.dates
        facts.dates = (
            Dates(known.published, day) if label == "updated" else Dates(day, known.updated)
        )
    elif label == "status":
        facts.status = read_status(value[0])
    else:
        _state_names(facts, label, value[0].strip(" -,"))


def _state_names(facts: Facts, label: str, value: str) -> None:
    if label == "language":
        facts.language = language_tag(value)
    elif label in ("genre", "genres"):
        facts.tags += [Tag("genre", name) for name in read_ffn_genres(value) or [value] if name]
    elif label == "characters":
        facts.tags += read_ffn_characters(value)


def _state_count(facts: Facts, name: str, value: re.Match[str]) -> None:
    if value["rounded"]:
        return
    counted = int(re.sub(r"\D", "", value["count"]))
    known = facts.stated
    facts.stated = Stated(
        words=counted if name == "words" else known.words,
        kudos=counted if name == "kudos" else known.kudos,
        comments=counted if name == "comments" else known.comments,
    )


def _read_run(facts: Facts, run: str, joint: str) -> None:
    """Language, genres, characters and the word “Complete”, in this order, each where it is."""
    characters: list[str] = []
    for piece in _pieces(run, joint):
        if not characters and _read_known(facts, piece):
            continue
        if piece.casefold() in ("complete", "completed"):
            facts.status = "complete"
        else:
            characters.append(piece)
    facts.tags += read_ffn_characters(joint.join(characters))


def _read_known(facts: Facts, piece: str) -> bool:
    genres = read_ffn_genres(piece)
    if genres:
        facts.tags += [Tag("genre", name) for name in genres]
        return True
    # A code of two or three letters would be somebody's name.
    language = language_tag(piece) if len(piece) > 3 and facts.language is None else None
    facts.language = facts.language or language
    return language is not None


def _pieces(run: str, joint: str) -> Iterator[str]:
    """The pieces between joints, none within brackets."""
    held = ""
    for piece in run.split(joint):
        held = f"{held}{joint}{piece}" if held else piece
        if held.count("[") <= held.count("]"):
            if held.strip():
                yield held.strip()
            held = ""
    if held.strip():
        yield held.strip()


def _read_fandoms(before: str) -> list[Tag]:
    """Lists print the fandom first: “Emma - Rated: …”, “Crossover - Emma & Persuasion - …”."""
    name = before.removesuffix(" - ").removesuffix(" -")
    if name == before or not name or len(name) > _LONGEST_FANDOM:
        return []
    crossed = name.removeprefix("Crossover - ")
    if crossed == name:
        return [Tag("fandom", name)]
    names = crossed.split(" & ")
    return [Tag("fandom", name) for name in (names if len(names) == 2 else [crossed])]


def _names(stated: str) -> list[str]:
    return [name.strip() for name in stated.split(",") if name.strip()]


def _read_numbers(found: re.Match[str]) -> date | None:
    """The site puts the month first; a tool may have written it as its reader's country does."""
    first, second, year = map(int, re.findall(r"\d+", found["numbers"])[:3])
    local = ":" in found["numbers"] and not (found["half"] or "").strip().isupper()
    if first > 12 or (second <= 12 and (local or "." in found["numbers"].partition(",")[0])):
        first, second = second, first
    return _day(year, first, second)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
