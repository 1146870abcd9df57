"""A further copy of a work that is here already: joined to it, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hogarth.manuscript import Asset as Picture
from hogarth.manuscript import Manuscript
from hogarth.works.heads import head_of, manuscript_from
from hogarth.works.identity import chapter_key
from hogarth.works.merging import (
    THE_REST,
    Copy,
    KeptText,
    Merged,
    MergedText,
    add_moved,
    merge,
)
from hogarth.works.models import (
    Chapter,
    ChapterText,
    Original,
    Version,
    VersionAsset,
    VersionText,
    Witness,
    Work,
)
from hogarth.works.names import NameRows
from hogarth.works.restored import add_restored_version, restored_row, same_text
from hogarth.works.rows import add_assets, columns_of, replace_lists, text_row


def join_copy(
    work: Work, copy: Copy, original: Original, *, names: NameRows, at: datetime
) -> Merged:
    """Make of the copy what it adds to the work: a new version, or nothing.

    Cost: a dozen statements; texts that stay are neither read nor written.
    """
    version = Version.objects.get(work=work, number=work.current)
    head = manuscript_from(version.head, (), ())
    merged = merge(
        head,
        work.provenance,
        kept_texts(version),
        copy,
        title_guessed=_title_was_guessed(work),
    )
    if not merged.changed:
        return merged
    new = add_version(
        work, head=merged.head, kind=Version.Kind.READ, at=at, original=original, after=version
    )
    _copy_assets(version, new, copy.manuscript.assets)
    texts = _write_texts(work, new, merged.texts, copy, original)
    told, work.provenance = merged.head, merged.provenance
    if copy.restored is not None:
        told, texts = _restore(work, new, merged, texts, copy, copy.restored, at=at)
    if told != head:
        replace_lists(work, told, names)
    work.words = sum(text.words for text in texts)
    work.chapters_count = len(texts)
    work.fingerprint = _fingerprint(work, merged, copy)
    if work.source_key is None:
        work.source_key = copy.identity.source_key
    save_head(work, told, at=at)
    return merged


def _restore(
    work: Work,
    version: Version,
    merged: Merged,
    texts: list[ChapterText],
    copy: Copy,
    restored: Manuscript,
    *,
    at: datetime,
) -> tuple[Manuscript, list[ChapterText]]:
    """A restored version above the one that was just read, where the copy's texts need it.

    Shape: the head that readers see, with what was moved out of the texts, and those texts.
    """
    rows = [
        row
        if text.fresh is None or same_text(row, restored.chapters[text.fresh])
        else restored_row(row, restored.chapters[text.fresh])
        for row, text in zip(texts, merged.texts, strict=True)
    ]
    if all(row.pk for row in rows):
        return merged.head, texts
    head = add_moved(merged.head, copy.manuscript, restored)
    numbered = [(row, text.number) for row, text in zip(rows, merged.texts, strict=True)]
    work.current = add_restored_version(work, version, head, numbered, at=at).number
    return head, rows


def add_version(
    work: Work,
    *,
    head: Manuscript,
    kind: Version.Kind,
    at: datetime,
    original: Original | None,
    after: Version,
) -> Version:
    """The next version's row; the work points to it once it is saved."""
    work.current = after.number + 1
    return Version.objects.create(
        work=work, number=work.current, kind=kind, head=head_of(head), original=original, made=at
    )


def save_head(work: Work, head: Manuscript, *, at: datetime) -> None:
    """Write the work's row with the columns of this head."""
    columns: dict[str, Any] = columns_of(head)
    for column, value in columns.items():
        setattr(work, column, value)
    work.changed = at
    work.save()


def kept_texts(version: Version) -> list[KeptText]:
    """The chapters of a version without their texts."""
    rows = VersionText.objects.filter(version=version).order_by("number")
    return [
        KeptText(
            chapter=row["text__chapter_id"],
            key=row["text__chapter__source_key"],
            text=row["text_id"],
            number=row["number"],
            digest=row["text__digest"],
            words=row["text__words"],
            flaws=frozenset(row["text__flaws"].split()),
            dated=row["text__dated"],
            title=row["text__title"],
            source=row["text__source"],
            summary=row["text__summary"],
            notes=row["text__notes"],
            end_notes=row["text__end_notes"],
        )
        for row in rows.values(
            "number", "text_id", "text__chapter_id", "text__chapter__source_key", "text__digest",
            "text__words", "text__flaws", "text__dated", "text__title", "text__source",
            "text__summary", "text__notes", "text__end_notes",
        )
    ]  # fmt: skip


def copy_texts(before: Version, after: Version) -> None:
    """Let the next version share every text and picture of the one before."""
    VersionText.objects.bulk_create(
        VersionText(version=after, text_id=text, number=number)
        for text, number in before.version_texts.values_list("text_id", "number")
    )
    _copy_assets(before, after, ())


def _copy_assets(before: Version, after: Version, pictures: Sequence[Picture]) -> None:
    rows = before.version_assets.order_by("pk").values_list("asset_id", "name")
    names = {name for _, name in rows}
    VersionAsset.objects.bulk_create(
        VersionAsset(version=after, asset_id=asset, name=name) for asset, name in rows
    )
    add_assets(after, [picture for picture in pictures if picture.name not in names])


def _write_texts(
    work: Work,
    version: Version,
    texts: Sequence[MergedText],
    copy: Copy,
    original: Original,
) -> list[ChapterText]:
    """Rows of the texts that are new, and the version's row of every text."""
    kept_rows = ChapterText.objects.defer("html").in_bulk([t.kept.text for t in texts if t.kept])
    rows: list[ChapterText] = []
    for text in texts:
        if text.extras is None and text.kept is not None:
            rows.append(kept_rows[text.kept.text])
            continue
        extras = dict(text.extras or {})
        key = chapter_key(extras.get("source"))
        if text.kept is None:
            chapter = Chapter.objects.create(work=work, source_key=key)
        else:
            chapter = Chapter.objects.get(pk=text.kept.chapter)
            if chapter.source_key is None and key is not None:
                chapter.source_key = key
                chapter.save()
        if text.fresh is not None:
            row = text_row(copy, text.fresh, extras, chapter, original)
        else:
            row = _retold(kept_rows[text.kept.text], extras) if text.kept else ChapterText()
        row.save()
        rows.append(row)
    VersionText.objects.bulk_create(
        VersionText(version=version, text=row, number=text.number)
        for row, text in zip(rows, texts, strict=True)
    )
    return rows


def _retold(kept: ChapterText, extras: dict[str, str | None]) -> ChapterText:
    """The kept words under another title or with other notes: a row of its own."""
    return ChapterText(
        chapter_id=kept.chapter_id,
        html=kept.html,
        words=kept.words,
        paragraphs=kept.paragraphs,
        digest=kept.digest,
        flaws=kept.flaws,
        dated=kept.dated,
        original_id=kept.original_id,
        repairs=kept.repairs,
        read_as_id=kept.read_as_id,
        restoration=kept.restoration,
        **extras,
    )


def _fingerprint(work: Work, merged: Merged, copy: Copy) -> str | None:
    """That of the text readers see: the copy's where its first chapter stands now."""
    first = merged.texts[0] if merged.texts else None
    taken = first is not None and first.fresh is not None and first.number == 1
    if first is not None and first.kept is not None and copy.told & {"title", "credits"}:
        # The same words under the title and the names that somebody gave them.
        taken = taken or first.kept.digest in copy.identity.digests[:1]
    return copy.identity.fingerprint if taken and copy.identity.fingerprint else work.fingerprint


def _title_was_guessed(work: Work) -> bool:
    origin = work.provenance.get("title", work.provenance.get(THE_REST))
    rows = Witness.objects.filter(work=work, original__digest=origin)
    return any(
        problem["code"] == "title-guessed"
        for problems in rows.values_list("problems", flat=True)
        for problem in problems
    )
