"""Importing: from files and folders as they are found to works in the archive.

Reading runs in child processes, keeping in this one, batch by batch. What a killed import had
landed stays; the same import again goes on from there, and changes nothing that is known.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path, PurePath
from typing import Final, cast

from django.db.models import QuerySet

from hogarth import config
from hogarth.errors import HogarthError, Refused
from hogarth.intake.containers import expand
from hogarth.intake.process import Outcome as ReadOutcome
from hogarth.intake.process import read_many
from hogarth.intake.sidecar import Matched
from hogarth.people.models import Account
from hogarth.works import access
from hogarth.works.access import viewer_of
from hogarth.works.landing import KnownFile, Landing, ReadFile, refusal
from hogarth.works.limits import limits_of
from hogarth.works.models import Original
from hogarth.works.recognising import KNOWN, Digests, Recognise, Recognised, key_addresses
from hogarth.works.store import digest_of
from hogarth.works.values import Outcome, Progress

__all__ = ["Progress", "import_bytes", "import_paths"]

#: A batch lands when it has so many files, so many bytes, or has waited so long.
_BATCH_FILES: Final = 64
_BATCH_BYTES: Final = 32 * 2**20
_BATCH_SECONDS: Final = 0.5
#: So many places are listed before the first is read, so that the bar can say how far it is.
_LISTED: Final = 100_000
_LONGEST_NAME: Final = 200


def import_paths(
    paths: Sequence[Path],
    *,
    by: Account,
    publish: bool = False,
    workers: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    metadata: Matched | None = None,
) -> Generator[Outcome, None, None]:
    """Import files, folders and zips; one outcome for each work, or refused file, in order.

    Works land private, or public with `publish`; the account keeps them. Closing the iterator
    stops the import between two batches.
    Shape: `workers` reading processes, 0 for the archive's setting; `metadata` what a table says of
    these files, which is believed more than what they say themselves.
    Raises: Refused for an account that may not import; Unavailable when the archive cannot go on.
    """
    _check_may_import(by)
    landing = Landing(by=by, publish=publish)
    return _import(paths, landing, Original.objects.all(), workers, on_progress, metadata=metadata)


def import_bytes(
    data: bytes, *, name: str, by: Account, publish: bool = False
) -> tuple[Outcome, ...]:
    """Import one file, or a zip of files, from its bytes. Otherwise as `import_paths`."""
    _check_may_import(by)
    with tempfile.TemporaryDirectory(prefix="hogarth-") as directory:
        path = Path(directory) / _file_name(name)
        path.write_bytes(data)
        landing = Landing(by=by, publish=publish)
        # What a zip holds may be known too; landing finds that out after it was read.
        known = Original.objects.filter(digest=digest_of(data))
        return tuple(_import([path], landing, known, workers=1, within=directory))


def _check_may_import(by: Account) -> None:
    if not access.may_import(viewer_of(by)):
        raise Refused("Only the owner of the archive imports works.")


def _import(
    paths: Sequence[Path],
    landing: Landing,
    originals: QuerySet[Original],
    workers: int,
    on_progress: Callable[[Progress], None] | None = None,
    within: str = "",
    metadata: Matched | None = None,
) -> Generator[Outcome, None, None]:
    """Shape: files that are among `originals` are not read again; `within` is a directory of our
    own that no place is told to be in.
    """
    options = config.current()
    limits = limits_of(options)
    listed = expand(paths, limits)
    said = {}
    if metadata is not None:
        listed, said = metadata.tell(listed), key_addresses(metadata.by_address)
    first = list(islice(listed, _LISTED))
    total = len(first) if len(first) < _LISTED else None
    count = min(workers or options.count("import_workers") or _cores(), len(first))
    known = Digests(originals.values_list("digest", flat=True).iterator())
    read = cast(
        "Generator[ReadOutcome, None, None]",
        read_many(chain(first, listed), limits=limits, workers=count, task=Recognise(known, said)),
    )
    done = size = 0
    with closing(read):
        for batch in _batches(read):
            yield from landing.land([_found(outcome, within) for outcome in batch])
            done += len(batch)
            size += sum(outcome.size or 0 for outcome in batch)
            if on_progress:
                on_progress(Progress(done, total, size))


def _batches(read: Iterable[ReadOutcome]) -> Iterator[list[ReadOutcome]]:
    batch: list[ReadOutcome] = []
    size, begun = 0, time.monotonic()
    for outcome in read:
        batch.append(outcome)
        size += len(outcome.data)
        late = time.monotonic() - begun > _BATCH_SECONDS
        if late or size >= _BATCH_BYTES or len(batch) >= _BATCH_FILES:
            yield batch
            batch, size, begun = [], 0, time.monotonic()
    if batch:
        yield batch


def _found(outcome: ReadOutcome, within: str) -> ReadFile | KnownFile | Outcome:
    """What reading gave, as landing takes it."""
    place = outcome.place.name.removeprefix(f"{within}/") if within else outcome.place.name
    result, digest = outcome.result, outcome.digest
    if isinstance(result, Recognised) and digest is not None:
        return ReadFile(place, digest, outcome.data, result)
    if isinstance(result, HogarthError):
        if result.code == KNOWN and digest is not None:
            return KnownFile(place, digest)
        return refusal(place, result)
    raise TypeError(f"reading gave {type(result).__name__}")


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _file_name(name: str) -> str:
    """The last part of a name from elsewhere, as this system can write it."""
    last = PurePath(name.replace("\\", "/").replace("\0", "")).name
    kept = last.encode("utf-8", "replace")[-_LONGEST_NAME:].decode("utf-8", "ignore")
    return kept if kept.strip(". ") else "unnamed"
