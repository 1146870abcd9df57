"""Landing: a file that cannot be kept is refused alone; what can be kept comes in whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cast import Cast, read_as_file, write_story
from hogarth.manuscript import Chapter, Credit, Manuscript, SeriesPlace, Tag
from hogarth.works import queries
from hogarth.works.models import Work

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = ("<p>" + f"{number} stairs " * 90 + ".</p>" for number in (1, 2, 3))


def test_what_the_database_cannot_hold_is_refused_and_stops_nothing(cast: Cast) -> None:
    bad = write_story("Bad", chapters=[ONE, TWO])
    bad = replace(bad, chapters=(bad.chapters[0], replace(bad.chapters[1], number=1)))
    files = [
        read_as_file(write_story("Good", chapters=[ONE])),
        read_as_file(bad, place="bad.html"),
        read_as_file(write_story("Fine", chapters=[THREE], tags=[("fandom", "Emma")])),
    ]
    outcomes = cast.land_all(files)
    assert [outcome.outcome for outcome in outcomes] == ["imported", "refused", "imported"]
    assert (outcomes[1].source, outcomes[1].problem) == ("bad.html", "not-storable")
    assert outcomes[1].message
    assert Work.objects.count() == 2
    assert outcomes[2].work is not None
    tags = queries.blurb(outcomes[2].work, viewer=cast.viewer("owner")).tags
    assert [tag.name for tag in tags] == ["Emma"]


@pytest.mark.parametrize("count", [1, 30])
def test_long_and_odd_values_come_in_whole(cast: Cast, count: int) -> None:
    story = Manuscript(
        title="T" * 2_000,
        chapters=tuple(
            Chapter(n + 1, ONE, title="C" * 900, source="https://example.org/" + "x" * 900)
            for n in range(count)
        ),
        credits=(Credit("N" * 400, "author", "P" * 400),),
        tags=tuple(Tag("freeform", f"{n} " + "F" * 800) for n in range(count)),
        series=(SeriesPlace("S" * 900, 2**40),),
        source="https://example.org/" + "y" * 3_000,
        language="x" * 60,
        expected_chapters=2**40,
    )
    outcome = cast.land(story)
    assert outcome.outcome == "imported"
    assert outcome.work is not None
    assert queries.manuscript_of(outcome.work, viewer=cast.viewer("owner")) == story
    assert cast.land(replace(story, summary="<p>S.</p>")).work == outcome.work
