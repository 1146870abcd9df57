"""From manuscripts to rows: many works in few statements, inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hogarth.manuscript import Asset as Picture
from hogarth.manuscript import Manuscript
from hogarth.people.models import Account
from hogarth.restoration import to_row
from hogarth.works.bulk import insert_rows
from hogarth.works.heads import head_of
from hogarth.works.identity import chapter_key, fold_name
from hogarth.works.merging import Copy, extras_of
from hogarth.works.models import (
    Asset,
    Chapter,
    ChapterText,
    Original,
    SeriesEntry,
    Version,
    VersionAsset,
    VersionText,
    Work,
    WorkCredit,
    WorkTag,
)
from hogarth.works.names import NameRows, pseud_keys, series_keys, tag_keys
from hogarth.works.restored import add_restored_version, restored_row, same_text

#: Columns of lists hold 32-bit numbers; heads keep what the source says.
_MOST: Final = 2**31 - 1
#: Ratings that ask before they open, folded, as archives write them.
_ADULT: Final = frozenset(
    {
        "mature", "explicit", "not rated", "adult", "adults only", "m", "ma", "r", "nc-17", "nc17",
        "x", "xxx", "18+", "fiction m", "fiction ma",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewWork:
    """A work to be made of a copy, and the row of the original it was read from."""

    copy: Copy
    original: Original


def add_works(
    plans: Sequence[NewWork], *, names: NameRows, by: Account, at: datetime, publish: bool
) -> list[Work]:
    """Make all rows of new works but their witnesses. Cost: some ten statements for all."""
    names.learn((plan.copy.manuscript, plan.copy.identity.source_key) for plan in plans)
    works = Work.objects.bulk_create(
        [_work_of(plan.copy, by=by, at=at, publish=publish) for plan in plans]
    )
    versions = Version.objects.bulk_create(
        [
            Version(
                work=work,
                number=1,
                kind=Version.Kind.READ,
                head=head_of(plan.copy.manuscript),
                original=plan.original,
                made=at,
            )
            for work, plan in zip(works, plans, strict=True)
        ]
    )
    texts = _add_chapters(list(zip(works, versions, plans, strict=True)))
    for version, plan in zip(versions, plans, strict=True):
        add_assets(version, plan.copy.manuscript.assets)
    for work, version, plan in zip(works, versions, plans, strict=True):
        if plan.copy.restored is not None:
            restored = plan.copy.restored
            rows = [
                (row if same_text(row, chapter) else restored_row(row, chapter), chapter.number)
                for row, chapter in zip(texts[work.pk], restored.chapters, strict=True)
            ]
            add_restored_version(work, version, restored, rows, at=at)
    heads = [plan.copy.head for plan in plans]
    add_lists(zip(works, heads, strict=True), names)
    return works


def columns_of(head: Manuscript) -> dict[str, Any]:
    """What a work's row repeats of its head."""
    ratings = {fold_name(name) for name in head.tags_of("rating")}
    return {
        "title": head.title,
        "sort_title": fold_name(head.title),
        "summary": head.summary,
        "language": head.language and head.language[:35],
        "status": head.status,
        "expected_chapters": head.expected_chapters and min(head.expected_chapters, _MOST),
        "published": head.dates.published,
        "updated": head.dates.updated,
        "adult": not ratings.isdisjoint(_ADULT),
        "source": head.source,
    }


def text_row(
    copy: Copy, place: int, extras: dict[str, str | None], chapter: Chapter, original: Original
) -> ChapterText:
    """The row of a copy's chapter. Shape: `extras` title, source, summary, notes, end_notes."""
    read = copy.manuscript.chapters[place]
    return ChapterText(
        chapter=chapter,
        html=read.html,
        words=min(read.words, _MOST),
        paragraphs=min(read.paragraphs, _MOST),
        digest=copy.identity.digests[place],
        flaws=" ".join(sorted(copy.flaws(place))),
        dated=copy.dated,
        original=original,
        repairs=[to_row(repair) for repair in copy.repairs_of(place)],
        **extras,
    )


def add_lists(heads: Iterable[tuple[Work, Manuscript]], names: NameRows) -> None:
    """Rows of tags, credits and series. `names` has learnt these heads before."""
    tags: list[tuple[int, int, int]] = []
    credited: list[tuple[int, int, str, int]] = []
    entries: list[tuple[int, int, int | None]] = []
    for work, head in heads:
        tags += (
            (work.pk, names.tags[key], position) for position, key in enumerate(tag_keys(head))
        )
        credited += (
            (work.pk, names.pseuds[key], role, position)
            for position, (key, role) in enumerate(pseud_keys(head, work.source_key))
        )
        entries += (
            (names.series[key], work.pk, None if position is None else min(position, _MOST))
            for key, position in series_keys(head)
        )
    insert_rows(WorkTag.objects, ("work", "tag", "position"), tags)
    insert_rows(WorkCredit.objects, ("work", "pseud", "role", "position"), credited)
    insert_rows(SeriesEntry.objects, ("series", "work", "position"), entries)


def replace_lists(work: Work, head: Manuscript, names: NameRows) -> None:
    """The work's tags, credits and series as this head has them."""
    names.learn([(head, work.source_key)])
    for rows in (WorkTag.objects, WorkCredit.objects, SeriesEntry.objects):
        rows.filter(work=work).delete()
    add_lists([(work, head)], names)


def add_assets(version: Version, pictures: Sequence[Picture]) -> None:
    """Rows of a version's pictures, whose bytes are kept already."""
    if not pictures:
        return
    digests = {picture.digest: picture for picture in pictures}
    known = dict(Asset.objects.filter(digest__in=digests).values_list("digest", "pk"))
    new = [
        Asset(digest=digest, media_type=picture.media_type[:100], size=len(picture.data))
        for digest, picture in digests.items()
        if digest not in known
    ]
    known.update((row.digest, row.pk) for row in Asset.objects.bulk_create(new))
    VersionAsset.objects.bulk_create(
        VersionAsset(version=version, asset_id=known[picture.digest], name=picture.name)
        for picture in pictures
    )


def _work_of(copy: Copy, *, by: Account, at: datetime, publish: bool) -> Work:
    return Work(
        state=Work.State.POSTED,
        visibility=Work.Visibility.PUBLIC if publish else Work.Visibility.PRIVATE,
        keeper=by,
        words=min((copy.restored or copy.manuscript).words, _MOST),
        current=1 if copy.restored is None else 2,
        chapters_count=len(copy.manuscript.chapters),
        source_key=copy.identity.source_key,
        fingerprint=copy.identity.fingerprint,
        provenance=copy.provenance,
        posted_at=at if publish else None,
        created=at,
        changed=at,
        **columns_of(copy.head),
    )


def _add_chapters(
    made: Sequence[tuple[Work, Version, NewWork]],
) -> defaultdict[int, list[ChapterText]]:
    """The rows of all chapters. Shape: work → its texts in the order of the manuscript."""
    places = [
        (work, version, plan, place, read)
        for work, version, plan in made
        for place, read in enumerate(plan.copy.manuscript.chapters)
    ]
    chapters = Chapter.objects.bulk_create(
        Chapter(work=work, source_key=chapter_key(read.source)) for work, _, _, _, read in places
    )
    texts = ChapterText.objects.bulk_create(
        text_row(plan.copy, place, extras_of(read), chapter, plan.original)
        for (_, _, plan, place, read), chapter in zip(places, chapters, strict=True)
    )
    insert_rows(
        VersionText.objects,
        ("version", "text", "number"),
        [
            (version.pk, text.pk, read.number)
            for (_, version, _, _, read), text in zip(places, texts, strict=True)
        ],
    )
    by_work: defaultdict[int, list[ChapterText]] = defaultdict(list)
    for (work, _, _, _, _), text in zip(places, texts, strict=True):
        by_work[work.pk].append(text)
    return by_work
