"""What was read becomes works: a batch of files in one transaction, each whole or not at all.

The bytes are on the disk before the transaction begins, and the change log is its last statement:
whenever the machine stops, a work is either there with its original and its change, or absent.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from hogarth.errors import HogarthError, Invalid
from hogarth.intake import PROBLEMS, Problem
from hogarth.people.models import Account
from hogarth.works import assets, originals
from hogarth.works.bulk import insert_rows
from hogarth.works.changes import Entry, append_changes
from hogarth.works.joining import join_copy
from hogarth.works.known import describe_known, note_of, show, was_never_shown
from hogarth.works.matching import KnownWorks
from hogarth.works.merging import Copy
from hogarth.works.models import Original, Witness, Work
from hogarth.works.names import NameRows
from hogarth.works.recognising import Recognised
from hogarth.works.rows import NewWork, add_works
from hogarth.works.values import Outcome, OutcomeKind
from hogarth.works.wording import translated

_log: Final = logging.getLogger(__name__)
_WITNESS: Final = (
    "work", "original", "part", "place", "reader", "evidence", "problems", "seen",
)  # fmt: skip
#: Imports on PostgreSQL come one batch at a time, else two might make the same work twice.
_LOCK: Final = 0x486F6769


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read."""

    place: str
    digest: str
    data: bytes = field(repr=False)
    reading: Recognised


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file whose bytes are an original already; it was not read again."""

    place: str
    digest: str


@dataclass(frozen=True, slots=True)
class _Part:
    """One manuscript of a file."""

    file: ReadFile
    part: int
    copy: Copy
    problems: tuple[Problem, ...]


class Landing:
    """Lands batch after batch for one account. Keeps the ids of names from one to the next."""

    def __init__(self, *, by: Account, publish: bool) -> None:
        self._by = by
        self._publish = publish
        self._names = NameRows()

    def land(self, items: Sequence[ReadFile | KnownFile | Outcome]) -> list[Outcome]:
        """One outcome for each manuscript, in order; a file that cannot be kept stops no other.

        Shape: an outcome among the items is a refusal, which is handed on in its place.
        Raises: Unavailable and Django's OperationalError, when the archive itself fails.
        """
        read = [item for item in items if isinstance(item, ReadFile)]
        originals.keep_many((file.digest, file.data) for file in read)
        assets.keep_assets(
            asset for file in read for m in file.reading.manuscripts for asset in m.assets
        )
        landed = iter(self._land(read))
        digests = {item.digest for item in items if isinstance(item, KnownFile)}
        known = describe_known(digests, by=self._by, publish=self._publish)
        outcomes: list[Outcome] = []
        for item in items:
            if isinstance(item, ReadFile):
                outcomes += next(landed)
            elif isinstance(item, KnownFile):
                outcomes += (replace(told, source=item.place) for told in known[item.digest])
            else:
                outcomes.append(item)
        return outcomes

    def _land(self, files: Sequence[ReadFile]) -> list[list[Outcome]]:
        """The outcomes of each file. All of a file lands in one transaction."""
        if not files:
            return []
        try:
            with transaction.atomic():
                return _Batch(files, self._names, by=self._by, publish=self._publish).perform()
        except (OperationalError, InterfaceError):
            self._names.forget()
            raise
        except Exception as error:  # whatever one strange file brings about, it stops no other
            self._names.forget()
            if len(files) == 1:
                if not isinstance(error, HogarthError):
                    _log.exception("%s could not be kept", files[0].place)
                return [[refusal(files[0].place, _as_refusal(error), files[0].reading.reader)]]
        return [outcomes for file in files for outcomes in self._land([file])]


def refusal(place: str, error: HogarthError, reader: str | None = None) -> Outcome:
    """The outcome of a file that did not land."""
    message, hint = translated(error)
    return Outcome(place, "refused", reader, problem=error.code, message=message, hint=hint)


def _as_refusal(error: Exception) -> HogarthError:
    if isinstance(error, HogarthError):
        return error
    return Invalid(
        "The database cannot hold this text: %(reason)s.",
        "This is a fault of Hogarth; please report it with the file.",
        code="not-storable", reason=str(error).splitlines()[0] if str(error) else repr(error),
    )  # fmt: skip


class _Batch:
    """One transaction: new works are gathered and made together, known ones joined one by one."""

    def __init__(
        self, files: Sequence[ReadFile], names: NameRows, *, by: Account, publish: bool
    ) -> None:
        self._files = files
        self._parts = [part for file in files for part in _parts_of(file)]
        self._names = names
        self._by = by
        self._publish = publish
        self._at: datetime = timezone.now()
        self._gathered: list[tuple[int, _Part]] = []
        self._marks: set[str] = set()  # what tells the gathered ones
        self._outcomes: dict[int, Outcome] = {}
        self._witnesses: list[tuple[Any, ...]] = []  # by the columns of _WITNESS
        self._entries: list[Entry] = []
        self._originals: dict[str, Original] = {}
        self._seen: dict[tuple[str, int], int] = {}  # (digest, part) → work
        self._known = KnownWorks()

    def perform(self) -> list[list[Outcome]]:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        self._open_originals()
        self._known.look_up(part.copy.identity for part in self._parts)
        for place, part in enumerate(self._parts):
            self._take(place, part)
        self._make_gathered()
        self._write_witnesses()
        append_changes(self._entries, by=self._by, at=self._at)
        told = iter(self._outcomes[place] for place in range(len(self._parts)))
        return [[next(told) for _ in file.reading.manuscripts] for file in self._files]

    def _open_originals(self) -> None:
        """The rows of the originals, made where they are not there yet."""
        files = {part.file.digest: part.file for part in self._parts}
        for row in Original.objects.filter(digest__in=files):
            self._originals[row.digest] = row
        rows = Original.objects.bulk_create(
            Original(
                digest=digest,
                size=len(file.data),
                received=self._at,
            )
            for digest, file in files.items()
            if digest not in self._originals
        )
        known = Witness.objects.filter(original__in=self._originals.values())
        for digest, part, work in known.values_list("original__digest", "part", "work_id"):
            self._seen[digest, part] = work
        self._originals.update((row.digest, row) for row in rows)

    def _take(self, place: int, part: _Part) -> None:
        marks = _marks_of(part)
        if not self._marks.isdisjoint(marks):
            self._make_gathered()
        work = self._seen.get((part.file.digest, part.part))
        if work is not None and not part.copy.told:
            self._tell(place, part, "duplicate", self._show(Work.objects.get(pk=work)))
            return
        work = work or self._known.find(part.copy.identity)
        if work is not None:
            self._join(place, part, work)
            return
        self._gathered.append((place, part))
        self._marks.update(marks)

    def _make_gathered(self) -> None:
        if not self._gathered:
            return
        works = add_works(
            [NewWork(p.copy, self._originals[p.file.digest]) for _, p in self._gathered],
            names=self._names,
            by=self._by,
            at=self._at,
            publish=self._publish,
        )
        for (place, part), work in zip(self._gathered, works, strict=True):
            self._known.add(part.copy.identity, work.pk)
            self._witness(part, work)
            self._entries.append(Entry("imported", work))
            self._tell(place, part, "imported", work)
        self._gathered = []
        self._marks = set()

    def _join(self, place: int, part: _Part, work_id: int) -> None:
        work = Work.objects.select_for_update().get(pk=work_id)
        # Joining asks what earlier readings showed, those of this batch too.
        self._write_witnesses()
        self._witness(part, work)
        if work.state == Work.State.DELETED:
            self._entries.append(Entry("witnessed", work))
            self._tell(place, part, "duplicate", work)
            return
        merged = join_copy(
            work,
            part.copy,
            self._originals[part.file.digest],
            names=self._names,
            at=self._at,
        )
        self._known.add(part.copy.identity, work.pk)
        self._entries.append(Entry("updated" if merged.changed else "witnessed", work))
        note = ""
        if merged.changed and not merged.texts_changed:
            note = gettext("Its details were completed from this copy.")
        self._show(work)
        self._tell(place, part, "updated" if merged.texts_changed else "duplicate", work, note)

    def _show(self, work: Work) -> Work:
        if self._publish and was_never_shown(work):
            self._entries.append(show(work, at=self._at))
        return work

    def _witness(self, part: _Part, work: Work) -> None:
        reading = part.file.reading
        evidence = [{"fact": e.fact, "detail": e.detail} for e in reading.evidence]
        if (part.file.digest, part.part) in self._seen:
            # Known already, and read again for what somebody says of it now.
            original = self._originals[part.file.digest]
            known = Witness.objects.filter(original=original, part=part.part)
            known.update(evidence=evidence)
            return
        self._seen[part.file.digest, part.part] = work.pk
        self._witnesses.append(
            (
                work.pk,
                self._originals[part.file.digest].pk,
                part.part,
                part.file.place,
                reading.reader,
                evidence,
                [{"code": p.code, "detail": p.detail} for p in part.problems],
                self._at,
            )
        )

    def _write_witnesses(self) -> None:
        insert_rows(Witness.objects, _WITNESS, self._witnesses)
        self._witnesses = []

    def _tell(
        self, place: int, part: _Part, outcome: OutcomeKind, work: Work, note: str = ""
    ) -> None:
        reading = part.file.reading
        codes = [p.code for p in part.problems]
        told = [PROBLEMS[code] for code in dict.fromkeys(codes)]
        sentences = [gettext(message) for message, _ in told]
        sentences += filter(None, (note, note_of(work)))
        self._outcomes[place] = Outcome(
            source=part.file.place,
            outcome=outcome,
            reader=reading.reader,
            work=work.pk,
            title=work.title,
            authors=part.copy.manuscript.credited("author"),
            chapters=work.chapters_count,
            words=work.words,
            problem=codes[0] if codes else None,
            message=" ".join(sentences) or None,
            hint=" ".join(gettext(hint) for _, hint in told) or None,
        )


def _marks_of(part: _Part) -> list[str]:
    """What tells this manuscript from others of a batch: bytes, address, text."""
    identity = part.copy.identity
    marks = [f"{part.file.digest} {part.part}"]
    if identity.source_key is not None:
        marks.append(f"at {identity.source_key}")
    if identity.fingerprint is not None:
        marks.append(f"as {identity.fingerprint}")
    return marks


def _parts_of(file: ReadFile) -> Iterable[_Part]:
    reading = file.reading
    problems = reading.problems_by_part()
    for part, manuscript in enumerate(reading.manuscripts):
        copy = Copy(
            manuscript,
            reading.identities[part],
            frozenset(p.code for p in problems[part]),
            file.digest,
            reading.repairs[part],
            reading.restored[part],
            reading.told[part] if reading.told else frozenset(),
        )
        yield _Part(file, part, copy, problems[part])
