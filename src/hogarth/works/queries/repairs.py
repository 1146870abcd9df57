"""What was mended in a work, and what could be: each repair with the words around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hogarth.restoration import Repair
from hogarth.works import access
from hogarth.works.access import Viewer
from hogarth.works.models import Version, Work
from hogarth.works.queries.blurbs import blurbs, first_row, readable_work
from hogarth.works.restoring import ON_DEMAND_FAMILIES, KeptText, kept_texts
from hogarth.works.values import (
    FamilyCount,
    Mended,
    MendedChapter,
    Page,
    RepairRow,
    RepairsPage,
)

#: Units: characters of the text around a repair, and of the repair itself, that are shown.
_AROUND: Final = 70
_SHOWN: Final = 400
#: What is shown in place of the words of a repair that has none.
_WRITTEN: Final = {"break": "¶", "scene-break": "* * *", "join": "⏎"}


def repairs(
    work_id: int,
    *,
    viewer: Viewer,
    chapter: int | None = None,
    family: str = "",
    page: int = 1,
    size: int = 100,
) -> RepairsPage:
    """The repairs of a work, or of one chapter or family, page by page. Raises: NotFound.

    What is offered by the thousand is listed only when its family is asked for.

    Who reads an anonymous work is told how many there are; the words could name its author.
    """
    work = readable_work(work_id, viewer)
    texts = list(_texts_of(work))
    contents = tuple(_count(text) for text in texts)
    rows: list[RepairRow] = []
    if access.may_unmask(viewer, work):
        for text in texts:
            if chapter is None or text.read.chapter_id == chapter:
                rows += [row for row in _rows(text) if _is_listed(row, family)]
    start = first_row(len(rows), page, size)
    return RepairsPage(
        blurb=blurbs([work], viewer=viewer)[0],
        contents=contents,
        chapters=tuple(count for count in contents if count.done or count.offered),
        families=_families(texts),
        rows=Page(tuple(rows[start : start + size]), page, size, len(rows)),
        chapter=chapter,
    )


def _is_listed(row: RepairRow, family: str) -> bool:
    if family:
        return row.code[0] == family
    return row.done or row.code[0] not in ON_DEMAND_FAMILIES


def mended(work: Work) -> Mended:
    """How many repairs are done, and how many are only offered."""
    done = offered = 0
    version = Version.objects.get(work=work, number=work.current)
    for text in kept_texts(version, words=False):
        active = len(text.active)
        done += active
        offered += len(text.all) - active
    return Mended(done, offered)


def _texts_of(work: Work) -> Iterable[KeptText]:
    return kept_texts(Version.objects.get(work=work, number=work.current))


def _count(text: KeptText) -> MendedChapter:
    active = len(text.active)
    return MendedChapter(
        id=text.read.chapter_id,
        number=text.number,
        title=text.row.title,
        done=active,
        offered=len(text.all) - active,
    )


def _families(texts: Iterable[KeptText]) -> tuple[FamilyCount, ...]:
    done: dict[str, int] = {}
    offered: dict[str, int] = {}
    for text in texts:
        active = {repair.key for repair in text.active}
        for repair in text.all:
            counts = done if repair.key in active else offered
            counts[repair.code[0]] = counts.get(repair.code[0], 0) + 1
    return tuple(
        FamilyCount(code, done.get(code, 0), offered.get(code, 0))
        for code in sorted({*done, *offered})
    )


def _rows(text: KeptText) -> list[RepairRow]:
    found = text.as_read().text
    active = {repair.key for repair in text.active}
    ordered = sorted(text.all, key=lambda repair: (repair.start, repair.end))
    return [_row(repair, text, found, done=repair.key in active) for repair in ordered]


def _row(repair: Repair, text: KeptText, found: str, *, done: bool) -> RepairRow:
    before = found[max(0, repair.start - _AROUND) : repair.start]
    after = found[repair.end : repair.end + _AROUND]
    return RepairRow(
        chapter=text.read.chapter_id,
        number=text.number,
        key=repair.key,
        code=repair.code,
        kind=repair.kind,
        field=repair.field,
        before=_shorten(("…" if repair.start > _AROUND else "") + before, head=True),
        found=_shorten(
            repair.before.replace("\n", " ⏎ ") if repair.kind == "join" else repair.before
        ),
        mended=_shorten(
            repair.after if repair.kind == "replace" else _WRITTEN.get(repair.kind, "")
        ),
        after=_shorten(after + ("…" if repair.end + _AROUND < len(found) else "")),
        certainty=repair.certainty,
        done=done,
    )


def _shorten(words: str, *, head: bool = False) -> str:
    line = words.replace("\n\n", " ¶ ").replace("\n", " ")
    if len(line) <= _SHOWN:
        return line
    return f"…{line[-_SHOWN:]}" if head else f"{line[:_SHOWN]}…"
