"""Restored versions: the texts that readers see where those that were read are damaged.

A restored text is a row of its own that points to the row it was made of. Versions share rows, so
chapters without repairs are kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from hogarth.manuscript import Chapter, Manuscript
from hogarth.works.bulk import insert_rows
from hogarth.works.heads import head_of
from hogarth.works.models import ChapterText, Version, VersionAsset, VersionText, Work

_MOST: Final = 2**31 - 1


def restored_row(
    read: ChapterText, restored: Chapter, decided: dict[str, Any] | None = None
) -> ChapterText:
    """The row of a chapter with its repairs done, which stands for the row as it was read.

    Shape: `decided` as in ChapterText.restoration. The digest stays: the same copy is known by it.
    """
    return ChapterText(
        chapter_id=read.chapter_id,
        title=restored.title,
        source=read.source,
        summary=read.summary,
        notes=restored.notes,
        end_notes=restored.end_notes,
        html=restored.html,
        words=min(restored.words, _MOST),
        paragraphs=min(restored.paragraphs, _MOST),
        digest=read.digest,
        flaws=read.flaws,
        dated=read.dated,
        original_id=read.original_id,
        read_as=read,
        restoration=decided or {},
    )


def same_text(row: ChapterText, chapter: Chapter) -> bool:
    """Whether restoring left the chapter as it was."""
    return (row.html, row.title, row.notes, row.end_notes) == (
        chapter.html,
        chapter.title,
        chapter.notes,
        chapter.end_notes,
    )


def add_restored_version(
    work: Work,
    after: Version,
    head: Manuscript,
    rows: Sequence[tuple[ChapterText, int]],
    *,
    at: datetime,
) -> Version:
    """The version after another, with these texts under these numbers; new rows are kept.

    Cost: four statements. The work's own row is the caller's.
    """
    version = Version.objects.create(
        work=work,
        number=after.number + 1,
        kind=Version.Kind.RESTORED,
        head=head_of(head),
        original_id=after.original_id,
        made=at,
    )
    ChapterText.objects.bulk_create(row for row, _ in rows if not row.pk)
    insert_rows(
        VersionText.objects,
        ("version", "text", "number"),
        [(version.pk, row.pk, number) for row, number in rows],
    )
    VersionAsset.objects.bulk_create(
        VersionAsset(version=version, asset_id=asset, name=name)
        for asset, name in after.version_assets.order_by("pk").values_list("asset_id", "name")
    )
    return version
