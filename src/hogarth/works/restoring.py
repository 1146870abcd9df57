"""What people decide about repairs: done or not, one, a group, a family or all; and by hand.

Nothing is overwritten: each decision makes a new restored version from the text as it was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from hogarth.errors import Invalid
from hogarth.manuscript import Chapter, Manuscript
from hogarth.people.models import Account
from hogarth.restoration import (
    KEPT_RULES,
    RULES,
    Repair,
    choose,
    find_repairs,
    from_row,
    restore,
    to_row,
)
from hogarth.works import access
from hogarth.works.access import Viewer
from hogarth.works.changing import Step, change_each
from hogarth.works.heads import manuscript_from
from hogarth.works.joining import save_head
from hogarth.works.merging import RESTORED
from hogarth.works.models import ChapterText, Version, VersionText, Witness, Work
from hogarth.works.names import NameRows
from hogarth.works.restored import add_restored_version, restored_row, same_text
from hogarth.works.rows import replace_lists
from hogarth.works.values import Done, Foreseen

#: Fields of a head that words of the text can be moved to.
_MOVED_TO: Final = ("title", "credits", "summary", "notes", "end_notes")
#: What is said of a chapter beside its text, and can be moved out of it.
_TOLD: Final = ("title", "notes", "end_notes")
_BY_HAND: Final = "m-hand"
#: First letters of the codes of repairs that are not kept.
ON_DEMAND_FAMILIES: Final = frozenset({"t"})
_ON_DEMAND: Final = tuple(rule for rule in RULES if rule.on_demand)
_LONGEST_CORRECTION: Final = 10_000


@dataclass(frozen=True, slots=True)
class KeptText:
    """One chapter's text with what is known of its repairs.

    Shape: `read` the row as it was read, `row` the one that readers see; `repairs` of rules,
    `by_hand` of people, both with places in the text as it was read; `overturned` the keys of
    those whose default a person turned over.
    """

    number: int
    place: int
    read: ChapterText
    row: ChapterText
    repairs: tuple[Repair, ...]
    by_hand: tuple[Repair, ...] = ()
    overturned: frozenset[str] = frozenset()

    @property
    def all(self) -> tuple[Repair, ...]:
        """By hand first: where they overlap, what a person wrote stands."""
        return (*self.by_hand, *self.repairs)

    @property
    def active(self) -> list[Repair]:
        return choose(self.all, self.overturned)

    @property
    def decided(self) -> dict[str, Any]:
        """What ChapterText.restoration holds."""
        kept: dict[str, Any] = {}
        if self.overturned:
            kept["overturned"] = sorted(self.overturned)
        if self.by_hand:
            kept["by_hand"] = [to_row(repair) for repair in self.by_hand]
        return kept

    def as_read(self) -> Chapter:
        """The chapter as a value, before any repair."""
        read = self.read
        return Chapter(
            self.number, read.html, read.title, read.source, read.summary, read.notes,
            read.end_notes,
        )  # fmt: skip


def turn(
    works: Sequence[int],
    *,
    by: Account,
    done: bool,
    chapter: int | None = None,
    keys: Collection[str] = (),
    groups: Collection[str] = (),
    families: Collection[str] = (),
) -> tuple[Done, ...]:
    """Do repairs, or undo them: those with these keys, of these groups or families; else all.

    Shape: `chapter` the id of the only chapter that is meant; repairs of one group go together.
    """
    some = bool(keys or groups or families)

    def decide(text: KeptText) -> KeptText:
        if chapter is not None and text.read.chapter_id != chapter:
            return text
        meant = [
            repair
            for repair in text.all
            if (not some and repair.code[0] not in ON_DEMAND_FAMILIES)
            or repair.key in keys
            or (repair.group and repair.group in groups)
            or repair.code[0] in families
        ]
        turned = {repair.key for repair in meant if repair.is_applied is not done}
        kept = text.overturned - {repair.key for repair in meant}
        return replace(text, overturned=frozenset(kept | turned))

    return change_each(works, by, lambda work, at: _step(work, at, decide))


def correct(work: int, chapter: int, *, before: str, after: str, by: Account) -> tuple[Done, ...]:
    """Mend a passage by hand: the one place where these words stand, as they were found.

    Raises: Invalid, when they stand nowhere, more than once, or across paragraphs.
    """
    if not before.strip() or len(before) > _LONGEST_CORRECTION or len(after) > _LONGEST_CORRECTION:
        raise Invalid(
            "A correction needs the words as they were found, and those that shall stand.",
            "Copy them from the text as it was found.",
            code="no-words",
        )

    def decide(text: KeptText) -> KeptText:
        if text.read.chapter_id != chapter:
            return text
        found = text.as_read().text
        start = found.find(before)
        if start < 0 or found.find(before, start + 1) >= 0 or "\n\n" in before:
            raise Invalid(
                "These words do not stand in just one place of the text as it was found.",
                "Copy a longer passage of one paragraph.",
                code="no-place",
            )
        repair = Repair(
            _BY_HAND, "replace", text.place, start, start + len(before), before, after, 1.0
        )
        kept = tuple(r for r in text.by_hand if r.end <= repair.start or repair.end <= r.start)
        return replace(text, by_hand=(*kept, repair))

    return change_each([work], by, lambda row, at: _step(row, at, decide))


def rerestore(works: Sequence[int], *, by: Account) -> tuple[Done, ...]:
    """Let the rules of today look at works again. What people decided stays decided."""
    return change_each(works, by, lambda work, at: _step(work, at, look_again(work)))


def foresee(works: Sequence[int], *, viewer: Viewer) -> Iterator[Foreseen]:
    """What the rules of today would change, work by work; those that stay are passed over."""
    for work in Work.objects.filter(access.readable(viewer), pk__in=works).order_by("pk"):
        if not access.may_change(viewer, work):
            continue
        decide = look_again(work)
        version = Version.objects.get(work=work, number=work.current)
        new: Counter[str] = Counter()
        gone: Counter[str] = Counter()
        for text in kept_texts(version):
            before = {repair.key: repair.code for repair in text.repairs}
            after = {repair.key: repair.code for repair in decide(text).repairs}
            new.update(code for key, code in after.items() if key not in before)
            gone.update(code for key, code in before.items() if key not in after)
        if new or gone:
            yield Foreseen(work.pk, work.title, dict(new), dict(gone))


def look_again(work: Work) -> Callable[[KeptText], KeptText]:
    """What the rules of today would propose for each text of the work."""
    problems = sorted(
        {
            problem["code"]
            for told in Witness.objects.filter(work=work).values_list("problems", flat=True)
            for problem in told
        }
    )
    version = Version.objects.get(work=work, number=work.current)
    texts = list(kept_texts(version))
    found = find_repairs(_as_read(work, version, texts), problems=problems, rules=KEPT_RULES)

    def decide(text: KeptText) -> KeptText:
        kept = [r for r in found if r.chapter == text.place]
        kept += [r for r in text.repairs if r.code[0] in ON_DEMAND_FAMILIES]
        return replace(text, repairs=tuple(kept))

    return decide


def kept_texts(version: Version, *, words: bool = True) -> Iterator[KeptText]:
    """The texts of a version, in order, with their repairs; without their words when not asked."""
    rows = VersionText.objects.filter(version=version).select_related("text__read_as")
    if not words:
        rows = rows.defer("text__html", "text__read_as__html")
    for place, link in enumerate(rows.order_by("number")):
        row = link.text
        read = row.read_as or row
        decided = row.restoration
        kept = [from_row(r) for r in read.repairs]
        if words:
            kept += _find_on_demand(read, version)
        yield KeptText(
            number=link.number,
            place=place,
            read=read,
            row=row,
            repairs=tuple(replace(repair, chapter=place) for repair in kept),
            by_hand=tuple(replace(from_row(r), chapter=place) for r in decided.get("by_hand", ())),
            overturned=frozenset(decided.get("overturned", ())),
        )


def _find_on_demand(read: ChapterText, version: Version) -> tuple[Repair, ...]:
    """What nobody keeps: offers so many that they are found again each time they are asked for."""
    work = Manuscript("", (Chapter(1, read.html),), language=version.head["language"])
    return find_repairs(work, rules=_ON_DEMAND)


def _step(work: Work, at: datetime, decide: Callable[[KeptText], KeptText]) -> Step:
    version = Version.objects.get(work=work, number=work.current)
    before = list(kept_texts(version))
    after = [decide(text) for text in before]
    if after == before:
        return None
    _keep_repairs(before, after)
    read = _as_read(work, version, before)
    was = restore(read, [repair for text in before for repair in text.active])
    now = restore(read, [repair for text in after for repair in text.active])
    rows = [
        (_row(old, new, was.chapters[old.place], now.chapters[old.place]), old.number)
        for old, new in zip(before, after, strict=True)
    ]
    head = manuscript_from(version.head, (), ())
    told = _move(head, was, now)
    if told == head and all(row is old.row for (row, _), old in zip(rows, before, strict=True)):
        return None
    work.current = add_restored_version(work, version, told, rows, at=at).number
    work.words = sum(row.words for row, _ in rows)
    if told != head:
        moved = {f: RESTORED for f in _MOVED_TO if getattr(told, f) != getattr(head, f)}
        work.provenance = {**work.provenance, **moved}
        replace_lists(work, told, NameRows())
    save_head(work, told, at=at)
    return "restored", False


def _keep_repairs(before: Sequence[KeptText], after: Sequence[KeptText]) -> None:
    """What rules propose is kept with the text as it was read."""
    for old, new in zip(before, after, strict=True):
        if new.repairs != old.repairs:
            new.read.repairs = [
                to_row(repair) for repair in new.repairs if repair.code[0] not in ON_DEMAND_FAMILIES
            ]
            new.read.save(update_fields=["repairs"])


def _as_read(work: Work, version: Version, texts: Sequence[KeptText]) -> Manuscript:
    """The work before any repair, under the head that was read last."""
    read = Version.objects.filter(work=work, kind=Version.Kind.READ, number__lte=version.number)
    head = read.order_by("-number").values_list("head", flat=True)[0]
    return manuscript_from(head, [text.as_read() for text in texts], ())


def _row(old: KeptText, new: KeptText, was: Chapter, now: Chapter) -> ChapterText:
    if new.decided == old.decided and was == now:
        return old.row
    # What a later copy or a person said of the chapter stays.
    told = {f: getattr(old.row, f) for f in _TOLD if getattr(old.row, f) != getattr(was, f)}
    chapter = replace(now, **told)
    if not new.decided and same_text(new.read, chapter):
        return new.read
    return restored_row(new.read, chapter, new.decided)


def _move(head: Manuscript, was: Manuscript, now: Manuscript) -> Manuscript:
    """The head with what restoring moves now, but for fields that say something else since."""
    changes: dict[str, Any] = {
        field: getattr(now, field)
        for field in _MOVED_TO
        if getattr(was, field) != getattr(now, field)
        and getattr(head, field) == getattr(was, field)
    }
    return replace(head, **changes)
