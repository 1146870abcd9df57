"""One work of the Archive as a download, as an e-book, as saved pages: one work, every original.

The forms say different things of it: only the pages know the kudos and the addresses of chapters.
Whichever comes first, the richest of all is kept.
"""

from __future__ import annotations

import zipfile
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from cast import Cast
from hogarth.manuscript import Credit, Dates, Manuscript, SeriesPlace, Stated
from hogarth.works import queries
from hogarth.works.importing import import_paths
from hogarth.works.models import Original, Witness, Work

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[1] / "golden" / "forms" / "quayside"
ADDRESS = "https://archiveofourown.org/works/1816"
FORMS = ("Quayside.html", "Quayside.epub", "page.html")
TAGS = {
    "rating": ("Teen And Up Audiences",),
    "warning": ("No Archive Warnings Apply",),
    "fandom": ("Frankenstein - Mary Shelley", "Persuasion - Jane Austen"),
    "relationship": ("Anne Elliot & Margaret Saville",),
    "character": ("Anne Elliot", "Margaret Saville"),
    "freeform": ("Letters",),
}


def bring(cast: Cast, folder: Path, *names: str) -> Manuscript:
    """The one work there is after these files came in, one after another."""
    paths = [folder / name for name in names]
    for path in paths:
        if (FOLDER / path.name).is_dir():
            zip_book(FOLDER / path.name, path)
        else:
            path.write_bytes((FOLDER / path.name).read_bytes())
    outcomes = list(import_paths(paths, by=cast.owner, publish=False, workers=1))
    assert [Path(outcome.source).name for outcome in outcomes] == list(names)
    assert outcomes[0].outcome == "imported"
    assert {outcome.outcome for outcome in outcomes[1:]} <= {"updated", "duplicate"}
    return queries.manuscript_of(Work.objects.get().pk, viewer=cast.viewer("owner"))


def zip_book(folder: Path, path: Path) -> None:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(files, key=lambda file: file.name != "mimetype"):
            archive.write(file, file.relative_to(folder).as_posix())


def check(work: Manuscript) -> None:
    """That all which any form says is there."""
    assert work.title == "Quayside"
    assert work.credits == (Credit("Saville", pseud_of="walton"), Credit("anne"))
    assert work.source == ADDRESS
    assert {kind: work.tags_of(kind) for kind in TAGS} == TAGS
    assert len(work.tags) == sum(map(len, TAGS.values()))
    assert work.series == (SeriesPlace("Letters, Late", 1), SeriesPlace("Quays", 3))
    assert work.summary == "<p>Two women wait for the post.</p>"
    assert work.notes == "<p>For everybody who has stood on a quay.</p>"
    assert work.end_notes == "<p>The post came on Tuesday.</p>"
    assert (work.status, work.expected_chapters, work.language) == ("complete", 2, "en")
    assert work.dates == Dates(date(2018, 1, 1), date(2018, 2, 2))
    assert work.stated == Stated(1818, 1031, 9001, 7, 5)
    assert [chapter.title for chapter in work.chapters] == ["Ice", "Fog"]
    assert [chapter.words for chapter in work.chapters] == [23, 25]
    assert "<em>eleven months</em>" in work.chapters[0].html
    assert not any("calibre" in chapter.html for chapter in work.chapters)
    assert [chapter.source for chapter in work.chapters] == [
        f"{ADDRESS}/chapters/901",
        f"{ADDRESS}/chapters/902",
    ]


@pytest.mark.parametrize("order", list(permutations(FORMS)), ids="-".join)
def test_three_forms_are_one_work_with_three_originals(
    cast: Cast, tmp_path: Path, order: tuple[str, ...]
) -> None:
    check(bring(cast, tmp_path, *order))
    assert Original.objects.count() == len(FORMS)
    places = Witness.objects.values_list("place", flat=True)
    assert {Path(place).name for place in places} == set(FORMS)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
@pytest.mark.parametrize("whole", FORMS[:2])
def test_pages_of_single_chapters_join_what_is_whole(
    cast: Cast, tmp_path: Path, order: tuple[int, int], whole: str
) -> None:
    one, other = (f"chapter-{number}.html" for number in order)
    check(bring(cast, tmp_path, one, whole, other))
    assert Original.objects.count() == 3


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_pages_of_single_chapters_become_the_whole(
    cast: Cast, tmp_path: Path, order: tuple[int, int]
) -> None:
    check(bring(cast, tmp_path, *(f"chapter-{number}.html" for number in order)))


def test_one_form_alone_says_less(cast: Cast, tmp_path: Path) -> None:
    """Else the tests above would hold of the last form by itself."""
    alone = bring(cast, tmp_path, "Quayside.epub")
    assert alone.stated == Stated(words=1818)
    assert [chapter.source for chapter in alone.chapters] == [None, None]
