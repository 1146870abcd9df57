"""Whatever was read comes back as it was read; whatever order it came in, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import Cast, write_story
from hogarth.manuscript import (
    ROLES,
    STATUSES,
    TAG_KINDS,
    Asset,
    Chapter,
    Credit,
    Dates,
    Manuscript,
    SeriesPlace,
    Stated,
    Tag,
)
from hogarth.works import queries
from hogarth.works.models import Version, Work

pytestmark = pytest.mark.django_db

_numbers = count()
#: What readers give: any characters but halves of them and NUL, which no text of theirs has.
_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
_html = _texts.map(lambda text: f"<p>{escape(text, quote=False)}</p>")
_maybe = st.none() | _texts
_counts = st.none() | st.integers(0, 2**40)


@st.composite
def _chapters(draw: st.DrawFn) -> tuple[Chapter, ...]:
    numbers = sorted(draw(st.sets(st.integers(1, 2_000), min_size=1, max_size=5)))
    return tuple(
        Chapter(n, draw(_html), *(draw(_maybe) for _ in range(3)), *(draw(_maybe) for _ in "ab"))
        for n in numbers
    )


_manuscripts = st.builds(
    Manuscript,
    title=_texts,
    chapters=_chapters(),
    credits=st.lists(st.builds(Credit, _texts, st.sampled_from(ROLES), _maybe), max_size=4).map(
        tuple
    ),
    summary=_maybe,
    notes=_maybe,
    end_notes=_maybe,
    tags=st.lists(st.builds(Tag, st.sampled_from(TAG_KINDS), _texts), max_size=6).map(tuple),
    series=st.lists(st.builds(SeriesPlace, _texts, _counts), max_size=2).map(tuple),
    language=_maybe,
    status=st.sampled_from(STATUSES),
    expected_chapters=_counts,
    dates=st.builds(Dates, st.none() | st.dates(), st.none() | st.dates()),
    stated=st.builds(Stated, *([_counts] * 5), st.none() | st.dates()),
    assets=st.lists(
        st.binary(max_size=20).map(
            lambda data: Asset(f"assets/{Asset('', '', data).digest[:16]}.png", "image/png", data)
        ),
        max_size=2,
        unique_by=lambda asset: asset.name,
    ).map(tuple),
)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(manuscript=_manuscripts)
def test_the_first_version_is_the_manuscript_that_was_read(
    cast: Cast, manuscript: Manuscript
) -> None:
    # An address of its own, else examples would join one another.
    story = replace(manuscript, source=f"https://example.org/stories/{next(_numbers)}")
    outcome = cast.land(story)
    assert outcome.outcome == "imported", outcome
    assert outcome.work is not None
    viewer = cast.viewer("owner")
    assert queries.manuscript_of(outcome.work, viewer=viewer, version=1) == story
    # Whatever a later copy brings, the first version stays what it was.
    cast.land(replace(story, title="Later", chapters=(Chapter(5_000, "<p>New words.</p>"),)))
    assert queries.manuscript_of(outcome.work, viewer=viewer, version=1) == story
    assert len(queries.manuscript_of(outcome.work, viewer=viewer).chapters) == (
        len(story.chapters) + 1
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(5)),
    addressed=st.booleans(),
    sizes=st.lists(st.integers(1, 5), min_size=5, max_size=5),
)
def test_chapters_join_to_the_same_work_in_any_order_and_in_any_portions(
    cast: Cast, order: list[int], addressed: bool, sizes: list[int]
) -> None:
    source = f"https://archiveofourown.org/works/{10_000 + next(_numbers)}"
    whole = write_story(chapters=[f"<p>Chapter {n} of the stairs.</p>" for n in range(5)])
    chapters = tuple(
        replace(chapter, source=f"{source}/chapters/{chapter.number}" if addressed else None)
        for chapter in whole.chapters
    )
    whole = replace(whole, source=source, chapters=chapters)
    works = {
        cast.land(replace(whole, chapters=chapters[place : place + size])).work
        for place, size in zip(order, sizes, strict=True)
    }
    assert len(works) == 1
    work = works.pop()
    assert work is not None
    assert queries.manuscript_of(work, viewer=cast.viewer("owner")) == whole
    assert cast.land(replace(whole, status="complete"), place="again").outcome == "duplicate"
    blurb = queries.blurb(work, viewer=cast.viewer("owner"))
    assert (blurb.chapters, blurb.words) == (5, whole.words)
    row = Work.objects.get(pk=work)
    assert row.current == Version.objects.filter(work=work).count()
