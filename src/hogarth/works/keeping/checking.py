"""A check-up of the archive: every file is compared with its digest, every row with its fellows."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from typing import Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hogarth.errors import HogarthError
from hogarth.people.operations import is_claimed
from hogarth.works import assets, originals, store
from hogarth.works.models import Asset, Original, Version, VersionText, Work
from hogarth.works.values import Finding, Progress

_NAMED: Final = 10


def check(*, on_progress: Callable[[Progress], None] | None = None) -> tuple[Finding, ...]:
    """Look at everything; say what is well, what to look at, and what is broken.

    Cost: reads every original. Nothing is changed.
    """
    database = _check_database()
    if any(finding.level == "broken" for finding in database):
        return tuple(database)
    return (
        *database,
        *_check_works(),
        *_check_files(on_progress),
        *_check_drafts(),
        *_check_access(),
    )


def _check_database() -> list[Finding]:
    try:
        faults = list(_database_faults())
        plan = MigrationExecutor(connection)
        waiting = plan.migration_plan(plan.loader.graph.leaf_nodes())
    except DatabaseError as error:
        faults, waiting = [str(error).strip()], []
    if faults:
        return [
            Finding(
                "database-damaged", "broken",
                _("The database is damaged: %(faults)s") % {"faults": "; ".join(faults[:_NAMED])},
                _("Restore the latest backup into a new directory."),
            )
        ]  # fmt: skip
    if waiting:
        return [
            Finding(
                "tables-behind", "broken",
                _("The tables are of an older Hogarth."),
                _("Any command that uses the archive brings them up to date."),
            )
        ]  # fmt: skip
    return [Finding("database", "well", _("The database is sound and up to date."))]


def _database_faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check(10)")
            yield from (row[0] for row in cursor.fetchall() if row[0] != "ok")
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, parent, _number in cursor.fetchmany(_NAMED):
                yield f"row {row} of {table} points to nothing in {parent}"
        else:
            cursor.execute("SELECT 1")


def _check_works() -> list[Finding]:
    """Whether every work has a text to show."""
    texts = VersionText.objects.filter(
        version__work=OuterRef("pk"), version__number=OuterRef("current")
    )
    versions = Version.objects.filter(work=OuterRef("pk"), number=OuterRef("current"))
    bare = list(Work.objects.exclude(Exists(texts), Exists(versions)).values_list("pk", flat=True))
    if not bare:
        count = Work.objects.count()
        words = ngettext("%(count)s work has its text.", "%(count)s works have their texts.", count)
        return [Finding("works", "well", words % {"count": f"{count:,}"})]
    return [
        Finding(
            "work-without-text", "broken",
            _("These works have no text: %(works)s.") % {"works": _some(bare)},
            _("Import their originals again, or restore a backup."),
        )
    ]  # fmt: skip


def _check_files(on_progress: Callable[[Progress], None] | None) -> list[Finding]:
    total = Original.objects.count() + Asset.objects.count()
    done = size = 0
    findings: list[Finding] = []
    for folder, digests, well in (
        (
            originals.FOLDER,
            Original.objects.values_list("digest", flat=True),
            _("Every original is there, byte for byte: %(count)s."),
        ),
        (
            assets.FOLDER,
            Asset.objects.values_list("digest", flat=True),
            _("Every picture is there, byte for byte: %(count)s."),
        ),
    ):
        broken: list[str] = []
        count = 0
        for digest in digests.order_by("digest").iterator():
            try:
                size += len(store.read_kept(folder, digest))
            except (HogarthError, OSError):
                broken.append(digest)
            count, done = count + 1, done + 1
            if on_progress:
                on_progress(Progress(done, total, size))
        if broken:
            findings.append(
                Finding(
                    f"{folder}-damaged", "broken",
                    _("%(count)s files of %(folder)s are missing or changed: %(digests)s.")
                    % {"count": len(broken), "folder": folder, "digests": _some(broken)},
                    _("Copy them from a backup, or import the same files again."),
                )
            )  # fmt: skip
        else:
            findings.append(Finding(folder, "well", well % {"count": f"{count:,}"}))
        findings += _check_strays(folder)
    return findings


def _check_strays(folder: str) -> Iterator[Finding]:
    """Files that no row knows: an import was stopped between the two."""
    model = Original if folder == originals.FOLDER else Asset
    strays: list[str] = []
    batch: list[str] = []

    def sort_out() -> None:
        known = set(model.objects.filter(digest__in=batch).values_list("digest", flat=True))
        strays.extend(digest for digest in batch if digest not in known)
        batch.clear()

    for digest in store.kept_digests(folder):
        batch.append(digest)
        if len(batch) == 500:
            sort_out()
    sort_out()
    if strays:
        yield Finding(
            f"{folder}-unused", "warning",
            _("%(count)s files of %(folder)s belong to no work: %(digests)s.")
            % {"count": len(strays), "folder": folder, "digests": _some(strays)},
            _("An import was stopped there. Import the same files again, and they find a place."),
        )  # fmt: skip


def _check_drafts() -> Iterator[Finding]:
    drafts = [
        path for folder in (originals.FOLDER, assets.FOLDER) for path in store.drafts_of(folder)
    ]
    if drafts:
        yield Finding(
            "drafts", "warning",
            _("%(count)s files were left half-written: %(paths)s.")
            % {"count": len(drafts), "paths": _some([str(path) for path in drafts])},
            _("While nothing is imported they can be deleted."),
        )  # fmt: skip


def _check_access() -> Iterator[Finding]:
    key = store.data_directory() / "secret-key"
    if key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            "secret-key-open", "warning",
            _("Others on this machine can read the secret key."),
            _("Run: chmod 600 %(path)s") % {"path": key},
        )  # fmt: skip
    if is_claimed():
        yield Finding("owner", "well", _("The archive has an owner who can sign in."))
    else:
        yield Finding(
            "unclaimed", "warning",
            _("Nobody can sign in as owner yet."),
            _("“hogarth serve” prints a one-time link that claims the archive."),
        )  # fmt: skip


def _some(things: list[str] | list[int]) -> str:
    named = ", ".join(str(thing) for thing in things[:_NAMED])
    return named if len(things) <= _NAMED else f"{named} …"
