"""The check-up: what is lost, changed or left over is found and named."""

from __future__ import annotations

import pytest

from cast import Cast
from hogarth.people.operations import ensure_owner, issue_claim
from hogarth.works import originals, store
from hogarth.works.keeping import check
from hogarth.works.models import Change, Version, Work
from hogarth.works.values import Progress

pytestmark = pytest.mark.django_db(transaction=True)


def _levels() -> dict[str, str]:
    return {finding.code: finding.level for finding in check()}


@pytest.mark.usefixtures("full")
def test_all_is_well_in_an_archive_in_use() -> None:
    seen: list[Progress] = []
    findings = check(on_progress=seen.append)
    assert {finding.level for finding in findings} == {"well"}
    assert all(finding.sentence for finding in findings)
    assert seen[-1] == Progress(3, 3, seen[-1].bytes_done)
    assert Change.objects.count() > 0


@pytest.mark.usefixtures("data")
def test_a_new_archive_waits_for_its_owner() -> None:
    ensure_owner()
    issue_claim(hours=1)
    levels = _levels()
    assert levels.pop("unclaimed") == "warning"
    assert set(levels.values()) == {"well"}


@pytest.mark.parametrize("damage", [None, b"", b"changed"])
@pytest.mark.usefixtures("full")
def test_a_lost_or_changed_original_is_found(damage: bytes | None) -> None:
    place = originals.path_of(next(originals.kept()))
    place.unlink() if damage is None else place.write_bytes(damage)
    found = {finding.code: finding for finding in check()}["originals-damaged"]
    assert found.level == "broken"
    assert place.parent.name + place.name in found.sentence
    assert found.hint


@pytest.mark.usefixtures("full")
def test_what_killed_imports_left_is_named() -> None:
    digest = originals.keep(b"bytes of no work")
    (originals.path_of(digest).parent / f"{store.DRAFT}77").write_bytes(b"half")
    levels = _levels()
    assert (levels["originals-unused"], levels["drafts"]) == ("warning", "warning")


@pytest.mark.usefixtures("full")
def test_a_work_without_text_is_found() -> None:
    Version.objects.get(work__title="Another").version_texts.all().delete()
    found = {finding.code: finding for finding in check()}["work-without-text"]
    assert found.level == "broken"
    assert str(Work.objects.get(title="Another").pk) in found.sentence


def test_a_key_that_others_can_read_is_named(full: Cast) -> None:
    (full.data / "secret-key").chmod(0o644)
    assert _levels()["secret-key-open"] == "warning"
