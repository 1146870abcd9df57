"""What a further copy of a work adds to it: the richer head wins, the sounder and newer text.

No tables here: from what is kept and what was read comes what shall be kept, as values. Nothing
that was read is ever taken out of an older version, so a wrong merge can be looked up and undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from hogarth.manuscript import TAG_KINDS, Chapter, Manuscript, Stated, Tag
from hogarth.restoration import Repair
from hogarth.works.identity import Identity, chapter_key

#: Problems of a reading that make each of its chapters a worse copy.
FLAWS: Final = frozenset({"paragraphs-lost", "mojibake", "undecodable-bytes"})
#: The problem of its last chapter alone.
CUT_OFF: Final = "cut-off"
EDITED: Final = "edited"
#: In provenance: moved out of the text into its field.
RESTORED: Final = "restored"
#: The part of a chapter's words that a copy of no later day must have to stand in its place.
_MUCH: Final = 0.8
#: In provenance: every field that has no entry of its own.
THE_REST: Final = "*"

_PLAIN: Final = (
    "title", "credits", "summary", "notes", "end_notes", "series", "source", "language", "status",
    "expected_chapters", "stated",
)  # fmt: skip
_DATES: Final = ("published", "updated")
#: Every field of a head that provenance speaks of.
FIELDS: Final = (*_PLAIN, *_DATES, *TAG_KINDS)


@dataclass(frozen=True, slots=True)
class Copy:
    """A manuscript as one original has it.

    Shape: `problems` the codes of its reading; `digest` of the original; `repairs` what rules
    propose for it, and `restored` the manuscript with those done that are certain, if any are;
    `told` the fields that somebody stated for it, which are believed.
    """

    manuscript: Manuscript
    identity: Identity
    problems: frozenset[str]
    digest: str
    repairs: tuple[Repair, ...] = ()
    restored: Manuscript | None = None
    told: frozenset[str] = frozenset()

    @property
    def head(self) -> Manuscript:
        """What is said of the work, with what was moved out of the text."""
        return self.restored or self.manuscript

    @property
    def provenance(self) -> dict[str, str]:
        """Where each field of a work made of this copy is from."""
        if self.restored is None:
            return {THE_REST: self.digest}
        read, now = _values(self.manuscript), _values(self.restored)
        moved = {field: RESTORED for field, value in now.items() if value != read[field]}
        return {THE_REST: self.digest, **moved}

    def repairs_of(self, place: int) -> list[Repair]:
        """Those of the chapter at this place."""
        return [repair for repair in self.repairs if repair.chapter == place]

    @property
    def dated(self) -> date | None:
        """The day this copy says the work was last changed."""
        return self.manuscript.dates.updated or self.manuscript.dates.published

    def flaws(self, place: int) -> frozenset[str]:
        """What is wrong with the chapter at this place."""
        last = place == len(self.manuscript.chapters) - 1
        return self.problems & (FLAWS | {CUT_OFF} if last else FLAWS)


@dataclass(frozen=True, slots=True)
class KeptText:
    """A chapter's text as the present version has it. Shape: `chapter`, `text` ids of rows."""

    chapter: int
    key: str | None
    text: int
    number: int
    digest: str
    words: int
    flaws: frozenset[str]
    dated: date | None
    title: str | None
    source: str | None
    summary: str | None
    notes: str | None
    end_notes: str | None


@dataclass(frozen=True, slots=True)
class MergedText:
    """A chapter of the next version.

    Shape: `kept` None for a new chapter; `fresh` the place of the copy's chapter whose words are
    taken, None where the kept words stay; `extras` what else is said of it, None where all stays.
    """

    number: int
    kept: KeptText | None
    fresh: int | None
    extras: Mapping[str, str | None] | None


@dataclass(frozen=True, slots=True)
class Merged:
    """What shall be kept. Shape: `texts_changed` by words; `changed` by anything at all."""

    head: Manuscript
    provenance: dict[str, str]
    texts: tuple[MergedText, ...]
    texts_changed: bool
    changed: bool


def merge(
    head: Manuscript,
    provenance: Mapping[str, str],
    kept: Sequence[KeptText],
    copy: Copy,
    *,
    title_guessed: bool,
) -> Merged:
    """What becomes of a work of which a further copy was read.

    Shape: `head` without chapters; `title_guessed` whether its title was only made up.
    """
    pairs = _pair(kept, copy)
    old_day = head.dates.updated or head.dates.published
    older = _before(copy.dated, old_day)
    texts = [
        _merge_text(pairs.get(place), copy, place, newer=_before(old_day, copy.dated))
        for place in range(len(copy.manuscript.chapters))
    ]
    paired = {pair.text for pair in pairs.values()}
    rest = [MergedText(text.number, text, None, None) for text in kept if text.text not in paired]
    numbered = _number(rest, texts) if older else _number(texts, rest)
    texts_changed = any(text.fresh is not None for text in texts)
    new_head, new_provenance = _merge_heads(
        head, provenance, copy, newer=_is_newer(kept, pairs, copy, old_day), guessed=title_guessed
    )
    moved = any(text.kept and text.kept.number != text.number for text in numbered)
    told = any(text.extras is not None for text in texts)
    return Merged(
        head=new_head,
        provenance=new_provenance,
        texts=numbered,
        texts_changed=texts_changed,
        changed=texts_changed or moved or told or new_head != head,
    )


def edit_head(
    head: Manuscript, provenance: Mapping[str, str], changes: Mapping[str, Any]
) -> tuple[Manuscript, dict[str, str]]:
    """The head with these fields as somebody wrote them. Shape: keys from FIELDS."""
    values = {**_values(head), **changes}
    return _with_values(head, values), {**provenance, **dict.fromkeys(changes, EDITED)}


def add_moved(head: Manuscript, read: Manuscript, restored: Manuscript) -> Manuscript:
    """The head with the notes that restoring moved out of the text of a copy, each once."""
    changes: dict[str, Any] = {}
    for field in ("summary", "notes", "end_notes"):
        before, now, known = getattr(read, field), getattr(restored, field), getattr(head, field)
        if now is None or now == before:
            continue
        moved = now.removeprefix(f"{before}\n") if before else now
        if moved not in (known or ""):
            changes[field] = f"{known}\n{moved}" if known else moved
    return replace(head, **changes) if changes else head


def sources_of(head: Manuscript, provenance: Mapping[str, str]) -> dict[str, str]:
    """Where each field that is known was read: provenance without its shorthand."""
    rest = provenance.get(THE_REST)
    found = {
        field: provenance.get(field, rest)
        for field, value in _values(head).items()
        if field in provenance or not _is_empty(value)
    }
    return {field: source for field, source in found.items() if source is not None}


# -- chapters -----------------------------------------------------------------------------------


def _pair(kept: Sequence[KeptText], copy: Copy) -> dict[int, KeptText]:
    """Which kept chapter each chapter of the copy is: by address, by its words, by number."""
    chapters = copy.manuscript.chapters
    keys = [chapter_key(chapter.source) for chapter in chapters]
    # An empty text is like every other empty text, so it pairs by its number alone.
    digests = [
        digest if chapter.words else None
        for chapter, digest in zip(chapters, copy.identity.digests, strict=True)
    ]
    pairs: dict[int, KeptText] = {}
    taken: set[int] = set()
    ways: tuple[tuple[Sequence[str | int | None], Callable[[KeptText], str | int | None]], ...] = (
        (keys, lambda text: text.key),
        (digests, lambda text: text.digest),
        ([chapter.number for chapter in chapters], lambda text: text.number),
    )
    for wanted, told_by in ways:
        known: defaultdict[str | int | None, list[KeptText]] = defaultdict(list)
        for text in kept:
            known[told_by(text)].append(text)
        for place, value in enumerate(wanted):
            if place in pairs or value is None:
                continue
            for text in known.get(value, ()):
                if text.text not in taken and not _addresses_differ(text, keys[place]):
                    pairs[place] = text
                    taken.add(text.text)
                    break
    return pairs


def _addresses_differ(text: KeptText, key: str | None) -> bool:
    return text.key is not None and key is not None and text.key != key


def _merge_text(kept: KeptText | None, copy: Copy, place: int, *, newer: bool) -> MergedText:
    chapter = copy.manuscript.chapters[place]
    if kept is None:
        return MergedText(chapter.number, None, place, extras_of(chapter))
    takes = _is_better(kept, copy, place)
    extras = {
        field: (new or old) if takes or newer else (old or new)
        for field, new in extras_of(chapter).items()
        for old in [getattr(kept, field)]
    }
    told = takes or any(value != getattr(kept, field) for field, value in extras.items())
    return MergedText(chapter.number, kept, place if takes else None, extras if told else None)


def _is_better(kept: KeptText, copy: Copy, place: int) -> bool:
    """Whether the copy's words shall stand instead of the kept ones."""
    chapter, flaws = copy.manuscript.chapters[place], copy.flaws(place)
    sounder = flaws < kept.flaws
    if not chapter.words or not kept.words:
        return chapter.words > 0
    if copy.identity.digests[place] == kept.digest:
        return sounder
    if flaws - kept.flaws or _before(copy.dated, kept.dated):
        return False
    if CUT_OFF in flaws:
        # Both break off somewhere: the one that goes on for longer has more.
        return chapter.words > kept.words
    if flaws == kept.flaws and not _before(kept.dated, copy.dated):
        # Nothing says which is later: the copy that lacks much of the chapter is the poorer one.
        return chapter.words >= kept.words * _MUCH
    return True


def extras_of(chapter: Chapter) -> dict[str, str | None]:
    """What is said of a chapter besides its text."""
    return {
        "title": chapter.title,
        "source": chapter.source,
        "summary": chapter.summary,
        "notes": chapter.notes,
        "end_notes": chapter.end_notes,
    }


def _number(
    leading: Iterable[MergedText], following: Iterable[MergedText]
) -> tuple[MergedText, ...]:
    """All chapters in order. Where two claim a number the leading one has it, the other moves on.

    Gaps stay: they are chapters that nobody has brought yet.
    """
    ordered = sorted(
        [(text.number, 0, text) for text in leading] + [(t.number, 1, t) for t in following],
        key=lambda row: row[:2],
    )
    numbered: list[MergedText] = []
    for number, _, text in ordered:
        free = numbered[-1].number + 1 if numbered else number
        numbered.append(text if number >= free else replace(text, number=free))
    return tuple(numbered)


# -- heads --------------------------------------------------------------------------------------


def _is_newer(
    kept: Sequence[KeptText], pairs: Mapping[int, KeptText], copy: Copy, old_day: date | None
) -> bool:
    """Whether the copy shows the work at a later time than what is kept."""
    if copy.problems & FLAWS:
        return False  # a damaged copy may complete what is known, never correct it
    if copy.dated is not None and old_day is not None and copy.dated != old_day:
        return copy.dated > old_day
    last = max((text.number for text in kept), default=0)
    added = [
        chapter.number
        for place, chapter in enumerate(copy.manuscript.chapters)
        if place not in pairs
    ]
    return max(added, default=0) > last


def _merge_heads(
    head: Manuscript, provenance: Mapping[str, str], copy: Copy, *, newer: bool, guessed: bool
) -> tuple[Manuscript, dict[str, str]]:
    old, new = _values(head), _values(copy.manuscript)
    new["stated"] = _fill_stated(head.stated, copy.manuscript.stated, newer=newer)
    made_up = "title-guessed" in copy.problems
    merged: dict[str, Any] = {}
    origins = dict(provenance)
    for field, value in old.items():
        if provenance.get(field) == EDITED:
            continue
        if field in copy.told:
            wins = not _is_empty(new[field])
        elif field == "title":
            wins = not made_up and (guessed or newer)
        else:
            wins = _wins(field, value, new[field], newer=newer)
        if wins and new[field] != value:
            merged[field] = new[field]
            origins[field] = copy.digest
    return _with_values(head, {**old, **merged}), origins


def _wins(field: str, old: Any, new: Any, *, newer: bool) -> bool:
    if _is_empty(new):
        return False
    if _is_empty(old) or field == "updated":
        return _is_empty(old) or new > old
    if field in ("published", "source"):
        return False  # the first day and the first address stay what they were
    if field == "stated":
        return bool(new != old)
    return newer or (isinstance(new, tuple) and set(new) > set(old))


def _fill_stated(old: Stated, new: Stated, *, newer: bool) -> Stated:
    """The figures of both: a download states words alone, a page what readers made of them.

    Those with a day stand together, since a figure of another day would not be theirs.
    """
    if old.as_of and new.as_of:
        return new if new.as_of > old.as_of else old
    if old.as_of or new.as_of:
        return old if old.as_of else new
    first, second = (new, old) if newer else (old, new)
    known = {name: getattr(second, name) for name in Stated.__dataclass_fields__}
    told = {name: getattr(first, name) for name in Stated.__dataclass_fields__}
    return Stated(**{name: told[name] if told[name] is not None else known[name] for name in known})


def _is_empty(value: Any) -> bool:
    return value in (None, "", (), "unknown", Stated())


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _values(head: Manuscript) -> dict[str, Any]:
    values: dict[str, Any] = {field: getattr(head, field) for field in _PLAIN}
    values["published"], values["updated"] = head.dates.published, head.dates.updated
    for kind in TAG_KINDS:
        values[kind] = head.tags_of(kind)
    return values


def _with_values(head: Manuscript, values: Mapping[str, Any]) -> Manuscript:
    """The head with its values back in place. Tags keep their order where they are the same."""
    tags = head.tags
    if any(values[kind] != head.tags_of(kind) for kind in TAG_KINDS):
        tags = tuple(Tag(kind, name) for kind in TAG_KINDS for name in values[kind])
    return replace(
        head,
        **{field: values[field] for field in _PLAIN},
        dates=replace(head.dates, published=values["published"], updated=values["updated"]),
        tags=tags,
    )
