"""Where a text comes from: its originals, its versions, and the manuscript of each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import cast

from django.db.models import Count, Sum

from hogarth.errors import NotFound, Refused
from hogarth.manuscript import Asset, Chapter, Manuscript
from hogarth.works import access, assets, heads, merging, originals
from hogarth.works.access import Viewer
from hogarth.works.models import Version, VersionAsset, VersionText, Witness, Work
from hogarth.works.queries.blurbs import blurbs, readable_work
from hogarth.works.queries.repairs import mended
from hogarth.works.values import About, VersionKind, VersionRow, WitnessRow


def about(work_id: int, *, viewer: Viewer) -> About:
    """What is known of a work's text. Raises: NotFound.

    What could tell who wrote an anonymous work, or who saved a copy of it, is left out for those
    who may not know.
    """
    work = readable_work(work_id, viewer)
    named = access.may_unmask(viewer, work)
    takes = access.may_take_originals(viewer, work)
    head = Version.objects.values_list("head", flat=True).get(work=work, number=work.current)
    origins = merging.sources_of(heads.manuscript_from(head, (), ()), work.provenance)
    return About(
        blurb=blurbs([work], viewer=viewer)[0],
        source=work.source if named else None,
        witnesses=_witnesses(work, named=named, takes=takes),
        versions=_versions(work),
        provenance=tuple(origins.items()),
        # Exact figures of kudos and hits find a work in its old archive, and so its author.
        stated=head["stated"] if named else {},
        may_take_originals=takes,
        mended=mended(work),
    )


def manuscript_of(work_id: int, *, viewer: Viewer, version: int | None = None) -> Manuscript:
    """The work as one value; version 1 is what the first reading gave. Raises: NotFound."""
    work = readable_work(work_id, viewer)
    row = Version.objects.filter(
        work=work, number=work.current if version is None else version
    ).first()
    if row is None:
        raise NotFound(
            "This work has no version %(version)s.", code="no-version", version=version or 0
        )
    manuscript = heads.manuscript_from(row.head, _chapters(row), _assets(row))
    if access.may_unmask(viewer, work):
        return manuscript
    # Credits, addresses and series would each tell who wrote an anonymous work.
    return replace(
        manuscript,
        credits=(),
        source=None,
        series=(),
        chapters=tuple(replace(chapter, source=None) for chapter in manuscript.chapters),
    )


def original_of(work_id: int, *, viewer: Viewer, digest: str | None = None) -> tuple[str, bytes]:
    """The file name and the exact bytes of an original; the first one when none is named.

    Raises: NotFound; Refused for a viewer who may read the work and not take its originals.
    """
    work = readable_work(work_id, viewer)
    if not access.may_take_originals(viewer, work):
        raise Refused("Originals are for the archive's owner and moderators only.")
    witnesses = Witness.objects.filter(work=work).order_by("pk")
    if digest is not None:
        # Anything but a digest is nobody's digest, and some of it no database can look for.
        witnesses = witnesses.filter(original__digest=digest if digest.isalnum() else "")
    row = witnesses.values_list("place", "original__digest").first()
    if row is None:
        raise NotFound("This work has no such original.", code="no-original")
    return PurePosixPath(row[0].replace("\\", "/")).name, originals.read_original(row[1])


def _witnesses(work: Work, *, named: bool, takes: bool) -> tuple[WitnessRow, ...]:
    rows = Witness.objects.filter(work=work).select_related("original").order_by("pk")
    return tuple(
        WitnessRow(
            digest=row.original.digest,
            size=row.original.size,
            place=row.place if takes else None,
            reader=row.reader,
            evidence=tuple((e["fact"], e["detail"]) for e in row.evidence) if named else (),
            # A detail may be the file's name or an address, and either may name the author.
            problems=tuple((p["code"], p["detail"] if named else "") for p in row.problems),
            seen=row.seen,
        )
        for row in rows
    )


def _versions(work: Work) -> tuple[VersionRow, ...]:
    rows = (
        Version.objects.filter(work=work)
        .annotate(chapters=Count("version_texts"), words=Sum("version_texts__text__words"))
        .order_by("number")
        .values_list("number", "kind", "made", "chapters", "words")
    )
    return tuple(
        VersionRow(
            number, cast("VersionKind", kind), made, chapters, words or 0, number == work.current
        )
        for number, kind, made, chapters, words in rows
    )


def _chapters(version: Version) -> tuple[Chapter, ...]:
    rows = VersionText.objects.filter(version=version).select_related("text").order_by("number")
    return tuple(
        Chapter(
            number=row.number,
            html=row.text.html,
            title=row.text.title,
            source=row.text.source,
            summary=row.text.summary,
            notes=row.text.notes,
            end_notes=row.text.end_notes,
        )
        for row in rows
    )


def _assets(version: Version) -> tuple[Asset, ...]:
    rows = VersionAsset.objects.filter(version=version).order_by("pk")
    return tuple(
        Asset(name, media_type, assets.read_asset(digest))
        for name, media_type, digest in rows.values_list(
            "name", "asset__media_type", "asset__digest"
        )
    )
