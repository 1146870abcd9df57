"""The bytes at a place: a file, or a member of a zip that stays open for the next one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from zipfile import ZipFile

from hogarth.errors import Unreadable
from hogarth.intake.archive import BROKEN, explain_broken
from hogarth.intake.companion import LARGEST
from hogarth.intake.containers import Place, unpack
from hogarth.intake.limits import Limits
from hogarth.intake.reading import Found
from hogarth.intake.refusals import refuse, refuse_to_open


def load_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file, which is opened without waiting for anyone.

    Raises: Unreadable, when there is none, it may not be read, or it is larger than allowed.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise refuse("not-a-file")
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        raise refuse_to_open(error) from None
    if len(data) > limits.file_bytes:
        raise refuse("too-large", limit=limits.file_bytes >> 20)
    return data


class Loader:
    """Loads places one after the other.

    The members of a zip follow one another, so the last zip stays open: its list of names is read
    once, and a zip inside of it is unpacked once.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._key: tuple[object, ...] = ()
        self._open = ExitStack()
        self._zip: ZipFile | None = None

    def close(self) -> None:
        self._open.close()
        self._open, self._key, self._zip = ExitStack(), (), None

    def load(self, place: Place) -> Found:
        """The bytes at the place.

        Raises: Unreadable, when there are none or more than allowed.
        """
        if place.refusal is not None:
            raise place.refusal
        data = self._load(place)
        companion = self._load_companion(place) if place.companion else None
        return Found(place.name, data, self._limits, companion, place.told)

    def _load(self, place: Place) -> bytes:
        if not place.members:
            return load_file(Path(place.path), self._limits)
        with _sentences():
            return self._read_member(place)

    def _load_companion(self, place: Place) -> tuple[str, bytes] | None:
        """The name and the bytes of what tells of the file; no bytes when it cannot be opened."""
        if place.companion is None:
            return None
        beside = Place(*place.companion)
        name = beside.name.rpartition("/")[2]
        try:
            data = self._load(beside)
        except Unreadable:
            return name, b""
        return name, data if len(data) <= LARGEST else b""

    def _read_member(self, place: Place) -> bytes:
        archive = self._open_zip(place)
        with archive.open(place.members[-1]) as member:
            data = member.read(self._limits.file_bytes + 1)
        if len(data) > self._limits.file_bytes:
            raise refuse("too-large", limit=self._limits.file_bytes >> 20)
        return data

    def _open_zip(self, place: Place) -> ZipFile:
        state = Path(place.path).stat()
        key = (place.path, place.members[:-1], state.st_mtime_ns, state.st_size)
        if self._zip is None or key != self._key:
            self.close()
            archive = self._open.enter_context(ZipFile(place.path))
            for name in place.members[:-1]:
                inner = unpack(archive, archive.getinfo(name), self._limits)
                archive = self._open.enter_context(ZipFile(self._open.enter_context(inner)))
            self._key, self._zip = key, archive
        return self._zip


@contextmanager
def _sentences() -> Iterator[None]:
    """What goes wrong in a zip, as a sentence."""
    try:
        yield
    except KeyError:
        raise refuse("cannot-open", reason="the archive holds no such file any more") from None
    except BROKEN as error:
        raise refuse("damaged-zip", reason=explain_broken(error)) from None
