"""From found bytes to works: real files, real reading processes."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

import hogarth
from cast import Cast
from hogarth.errors import Refused
from hogarth.works import originals, publishing, queries
from hogarth.works.access import GUEST
from hogarth.works.importing import import_bytes, import_paths
from hogarth.works.models import Change, Original, Version, Witness, Work
from hogarth.works.store import digest_of
from hogarth.works.values import Outcome, Progress

pytestmark = pytest.mark.django_db

FOUND = Path(__file__).parents[2] / "demo" / "found"
STORY = """The Third Stair
by Mary Wollstonecraft

Holmes counted the stairs again, and again there were seventeen of them.

“There is one too many,” said he, and sat down upon it to think.

Watson said nothing at all. He had counted sixteen, and was ashamed.
"""


def bring(cast: Cast, *paths: Path, publish: bool = False) -> list[Outcome]:
    return list(import_paths(paths, by=cast.owner, publish=publish, workers=1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    directory = tmp_path / "fics"
    directory.mkdir()
    (directory / "stair.txt").write_text(STORY, "utf-8")
    return directory


def test_every_form_of_the_demo_comes_in_as_it_was_read(cast: Cast) -> None:
    """Version 1 is what `hogarth.read` gives, pictures and all; the original is byte for byte."""
    outcomes = bring(cast, FOUND)
    files = sorted(FOUND.iterdir())
    readings = {path: hogarth.read(path) for path in files}
    parts = [(path, part) for path in files for part in range(len(readings[path].manuscripts))]
    assert [Path(outcome.source) for outcome in outcomes] == [path for path, _ in parts]
    # One work was saved chapter by chapter, as two pages.
    assert Counter(outcome.outcome for outcome in outcomes) == {
        "imported": len(parts) - 1,
        "updated": 1,
    }
    viewer = cast.viewer("owner")
    for outcome, (path, part) in zip(outcomes, parts, strict=True):
        reading = readings[path]
        manuscript = reading.manuscripts[part]
        assert outcome.work is not None
        assert outcome.reader == reading.reader
        assert outcome.title == manuscript.title
        assert outcome.authors == manuscript.credited()
        if outcome.outcome == "updated":
            continue
        read = queries.manuscript_of(outcome.work, viewer=viewer, version=1)
        assert read == manuscript
        name, data = queries.original_of(outcome.work, viewer=viewer)
        assert (name, data) == (path.name, path.read_bytes())
        about = queries.about(outcome.work, viewer=viewer)
        assert about.witnesses[0].evidence == tuple((e.fact, e.detail) for e in reading.evidence)
        told = [p for p in reading.problems if p.manuscript == part]
        assert about.witnesses[0].problems == tuple((p.code, p.detail) for p in told)
    damaged = [outcome for outcome in outcomes if outcome.problem is not None]
    assert all(outcome.message and outcome.hint for outcome in damaged)


def test_the_same_folder_twice_changes_nothing(cast: Cast) -> None:
    first = bring(cast, FOUND)
    before = (Change.objects.count(), Version.objects.count(), Witness.objects.count())
    second = bring(cast, FOUND)
    assert {outcome.outcome for outcome in second} == {"duplicate"}
    assert [outcome.work for outcome in second] == [outcome.work for outcome in first]
    assert [outcome.title for outcome in second] == [outcome.title for outcome in first]
    assert [outcome.authors for outcome in second] == [outcome.authors for outcome in first]
    assert (Change.objects.count(), Version.objects.count(), Witness.objects.count()) == before


def test_known_bytes_under_another_name_are_known(cast: Cast, folder: Path) -> None:
    bring(cast, folder)
    shutil.copy(folder / "stair.txt", folder / "another name.txt")
    outcomes = bring(cast, folder)
    assert [outcome.outcome for outcome in outcomes] == ["duplicate", "duplicate"]
    assert outcomes[0].source.endswith("another name.txt")
    assert Original.objects.count() == 1


def test_two_files_of_the_same_bytes_in_one_import_make_one_work(cast: Cast, folder: Path) -> None:
    shutil.copy(folder / "stair.txt", folder / "stair copy.txt")
    assert Counter(outcome.outcome for outcome in bring(cast, folder)) == {
        "imported": 1,
        "duplicate": 1,
    }
    assert Work.objects.count() == Original.objects.count() == Witness.objects.count() == 1


def test_works_come_in_private_unless_they_shall_be_shown(cast: Cast, folder: Path) -> None:
    (outcome,) = bring(cast, folder)
    assert queries.latest(viewer=GUEST).total == 0
    (again,) = bring(cast, folder, publish=True)
    assert (again.outcome, again.work) == ("duplicate", outcome.work)
    assert queries.latest(viewer=GUEST).total == 1
    assert outcome.work is not None
    publishing.withdraw([outcome.work], by=cast.owner)
    bring(cast, folder, publish=True)
    assert queries.latest(viewer=GUEST).total == 0  # what was taken back stays so
    kinds = Change.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["imported", "published", "withdrawn"]


def test_bad_files_are_refused_one_by_one_and_stop_nothing(cast: Cast, folder: Path) -> None:
    (folder / "a empty.txt").write_bytes(b"")
    (folder / "b noise.html").write_bytes(bytes(range(256)) * 40)
    (folder / "c broken.epub").write_bytes(b"PK\x03\x04" + b"broken" * 50)
    (folder / "d gone.txt").symlink_to(folder / "nowhere.txt")
    outcomes = bring(cast, folder, folder / "missing.txt")
    kinds = {Path(outcome.source).name: outcome.outcome for outcome in outcomes}
    assert kinds.pop("stair.txt") == "imported"
    assert len(kinds) >= 4
    assert set(kinds.values()) == {"refused"}
    for outcome in outcomes:
        if outcome.outcome == "refused":
            assert outcome.problem
            assert outcome.message
            assert outcome.work is None
    assert Original.objects.count() == 1
    assert list(originals.kept()) == [digest_of(STORY.encode())]


def test_a_zip_is_a_folder_and_its_members_are_the_originals(cast: Cast, tmp_path: Path) -> None:
    packed = tmp_path / "fics.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/stair.txt", STORY)
        archive.writestr("in/other.txt", STORY.replace("Holmes", "Lestrade"))
    outcomes = bring(cast, packed)
    assert [outcome.outcome for outcome in outcomes] == ["imported", "imported"]
    assert [outcome.source for outcome in outcomes] == [
        f"{packed}/in/other.txt",
        f"{packed}/in/stair.txt",
    ]
    name, data = queries.original_of(outcomes[1].work or 0, viewer=cast.viewer("owner"))
    assert (name, data) == ("stair.txt", STORY.encode())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("stair.txt", "stair.txt"),
        ("../../etc/stair.txt", "stair.txt"),
        ("C:\\fics\\stair.txt", "stair.txt"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("\x00", "unnamed"),
        ("x" * 400 + ".txt", "x" * 196 + ".txt"),
    ],
)
def test_bytes_come_in_under_a_harmless_name(cast: Cast, name: str, shown: str) -> None:
    (outcome,) = import_bytes(STORY.encode(), name=name, by=cast.owner)
    assert (outcome.outcome, outcome.source) == ("imported", shown)
    assert Witness.objects.get().place == shown


def test_a_zip_comes_in_from_its_bytes(cast: Cast, tmp_path: Path) -> None:
    packed = tmp_path / "fics.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("stair.txt", STORY)
    (outcome,) = import_bytes(packed.read_bytes(), name="fics.zip", by=cast.owner, publish=True)
    assert (outcome.outcome, outcome.source) == ("imported", "fics.zip/stair.txt")
    assert queries.latest(viewer=GUEST).total == 1
    (again,) = import_bytes(packed.read_bytes(), name="again.zip", by=cast.owner)
    assert (again.outcome, again.work) == ("duplicate", outcome.work)
    (alone,) = import_bytes(STORY.encode(), name="alone.txt", by=cast.owner)
    assert (alone.outcome, alone.work) == ("duplicate", outcome.work)
    (refused,) = import_bytes(b"", name="nothing.txt", by=cast.owner)
    assert (refused.outcome, refused.source) == ("refused", "nothing.txt")


@pytest.mark.parametrize("part", ["reader", "author", "moderator"])
def test_only_the_owner_imports(cast: Cast, part: str, folder: Path) -> None:
    account = cast.account(part)
    assert account is not None
    with pytest.raises(Refused):
        import_paths([folder], by=account)
    with pytest.raises(Refused):
        import_bytes(STORY.encode(), name="stair.txt", by=account)


def test_progress_is_told_to_the_end(cast: Cast) -> None:
    seen: list[Progress] = []
    list(import_paths([FOUND], by=cast.owner, workers=2, on_progress=seen.append))
    files = list(FOUND.iterdir())
    assert seen[-1] == Progress(len(files), len(files), sum(f.stat().st_size for f in files))
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


def test_an_import_that_is_left_keeps_what_landed_and_goes_on_later(cast: Cast) -> None:
    outcomes = import_paths([FOUND], by=cast.owner, workers=1)
    next(iter(outcomes))
    outcomes.close()
    rest = bring(cast, FOUND)
    assert {outcome.outcome for outcome in rest} <= {"imported", "updated", "duplicate"}
    assert Work.objects.count() == len({outcome.work for outcome in rest})
    assert {outcome.source for outcome in rest} == {str(path) for path in FOUND.iterdir()}


def test_a_full_archive_leaves_nothing_half_done(cast: Cast, folder: Path) -> None:
    """The originals cannot be written, so no row is made; with room again the import lands."""
    place = cast.data / "originals"
    place.write_text("a file where a directory should be")
    with pytest.raises(hogarth.errors.Unavailable) as caught:
        bring(cast, folder)
    assert str(cast.data) in caught.value.message
    assert (Work.objects.count(), Original.objects.count()) == (0, 0)
    place.unlink()
    assert bring(cast, folder)[0].outcome == "imported"


def test_chapters_of_a_saved_page_stay_in_order(cast: Cast, tmp_path: Path) -> None:
    chapters = "".join(
        f"<h2>Chapter {n}</h2><p>{'Stair ' * 40}{n}.</p><p>{'And on. ' * 20}</p>"
        for n in range(1, 12)
    )
    page = tmp_path / "story.html"
    page.write_text(f"<html><head><title>Stairs</title></head><body>{chapters}</body></html>")
    (outcome,) = bring(cast, page)
    assert outcome.work is not None
    contents = queries.contents(outcome.work, viewer=cast.viewer("owner")).contents
    assert [line.number for line in contents] == sorted(line.number for line in contents)
    assert (
        queries.manuscript_of(outcome.work, viewer=cast.viewer("owner"))
        == (hogarth.read(page).manuscripts[0])
    )


def test_no_reading_process_outlives_its_import(cast: Cast, folder: Path) -> None:
    bring(cast, folder)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    readers = [
        child
        for child in children
        if b"hogarth.intake.child" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    assert readers == []
