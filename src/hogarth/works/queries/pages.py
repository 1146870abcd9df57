"""Works to read: by chapter, entire, or their contents alone."""

from __future__ import annotations

from dataclasses import dataclass

from hogarth.errors import NotFound
from hogarth.works import assets
from hogarth.works.access import Viewer
from hogarth.works.merging import CUT_OFF
from hogarth.works.models import ChapterText, Version, VersionAsset, VersionText, Work
from hogarth.works.queries.blurbs import blurbs, readable_work
from hogarth.works.values import Blurb, ChapterPage, ChapterRef, WorkPage


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the contents, and the row of its text."""

    ref: ChapterRef
    text: int


def blurb(work_id: int, *, viewer: Viewer) -> Blurb:
    """One work as lists show it. Raises: NotFound."""
    return blurbs([readable_work(work_id, viewer)], viewer=viewer)[0]


def open_chapter(work_id: int, chapter_id: int | None, *, viewer: Viewer) -> WorkPage:
    """One chapter to read; the first when none is named.

    Raises: NotFound, also for a chapter of another work or of an older version.
    """
    work = readable_work(work_id, viewer)
    lines = _contents(work)
    place = 0 if chapter_id is None else _place(lines, chapter_id)
    return _work_page(
        work,
        viewer,
        lines,
        lines[place : place + 1],
        previous=lines[place - 1].ref if place > 0 else None,
        following=lines[place + 1].ref if place + 1 < len(lines) else None,
    )


def open_entire(work_id: int, *, viewer: Viewer) -> WorkPage:
    """The whole work on one page. Raises: NotFound. Cost: all of its text in memory."""
    work = readable_work(work_id, viewer)
    lines = _contents(work)
    return _work_page(work, viewer, lines, lines)


def contents(work_id: int, *, viewer: Viewer) -> WorkPage:
    """The work's chapters by name, without their texts. Raises: NotFound."""
    work = readable_work(work_id, viewer)
    return _work_page(work, viewer, _contents(work), [])


def asset_of(work_id: int, name: str, *, viewer: Viewer) -> tuple[str, bytes]:
    """The media type and the bytes of a picture in the work's present text. Raises: NotFound."""
    work = readable_work(work_id, viewer)
    row = (
        name.isascii()
        and name.isprintable()
        and (
            VersionAsset.objects.filter(version__work=work, version__number=work.current, name=name)
            .values_list("asset__media_type", "asset__digest")
            .first()
        )
    )
    if not row:
        raise NotFound("There is no such picture in this work.", code="no-picture")
    media_type, digest = row
    return media_type, assets.read_asset(digest)


def _contents(work: Work) -> list[_Line]:
    rows = VersionText.objects.filter(version__work=work, version__number=work.current)
    return [
        _Line(ChapterRef(chapter, number, title, words), text)
        for chapter, number, title, words, text in rows.order_by("number").values_list(
            "text__chapter_id", "number", "text__title", "text__words", "text_id"
        )
    ]


def _place(lines: list[_Line], chapter_id: int) -> int:
    for place, line in enumerate(lines):
        if line.ref.id == chapter_id:
            return place
    raise NotFound(
        "This work has no such chapter.", "Its list of chapters has them all.", code="no-chapter"
    )


def _work_page(
    work: Work,
    viewer: Viewer,
    lines: list[_Line],
    wanted: list[_Line],
    *,
    previous: ChapterRef | None = None,
    following: ChapterRef | None = None,
) -> WorkPage:
    head = Version.objects.values_list("head", flat=True).get(work=work, number=work.current)
    return WorkPage(
        blurb=blurbs([work], viewer=viewer)[0],
        notes=head["notes"],
        end_notes=head["end_notes"],
        contents=tuple(line.ref for line in lines),
        chapters=_chapters(wanted),
        previous=previous,
        next=following,
    )


def _chapters(wanted: list[_Line]) -> tuple[ChapterPage, ...]:
    if not wanted:
        return ()
    texts = ChapterText.objects.in_bulk([line.text for line in wanted])
    return tuple(
        ChapterPage(
            id=line.ref.id,
            number=line.ref.number,
            title=text.title,
            summary=text.summary,
            notes=text.notes,
            end_notes=text.end_notes,
            html=text.html,
            words=text.words,
            cut_off=CUT_OFF in text.flaws.split(),
        )
        for line in wanted
        for text in [texts[line.text]]
    )
