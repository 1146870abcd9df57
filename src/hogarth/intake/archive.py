"""The files inside a zip that is in memory, read within limits whatever its header claims."""

from __future__ import annotations

import posixpath
import zlib
from io import BytesIO
from typing import Final
from urllib.parse import unquote
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from hogarth.intake.limits import Limits
from hogarth.intake.refusals import refuse

#: What a broken zip has been seen to raise, inside of the standard library too.
BROKEN: Final = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
    RuntimeError,
)
_LOCKED: Final = 0x1


class Archive:
    """A zip opened for reading.

    Raises: Unreadable, from every method, when the zip is broken or beyond the limits.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except BROKEN as error:
            raise refuse("damaged-zip", reason=explain_broken(error)) from None
        if len(infos) > limits.members:
            raise refuse("too-many-members", limit=limits.members)
        self._left = limits.unpacked_bytes
        self._limit = limits.unpacked_bytes
        self._infos: dict[str, ZipInfo] = {}
        for info in infos:
            if info.filename and not info.is_dir():
                self._infos.setdefault(posixpath.normpath(info.filename.replace("\\", "/")), info)
        self._folded = {name.casefold(): name for name in self._infos}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def find(self, base: str, address: str) -> str | None:
        """The name of the file that `address` means in the file `base`, or None.

        No file outside of the zip is ever asked for, so `..` can lead nowhere.
        """
        path = address.partition("#")[0].partition("?")[0].strip()
        for tried in (unquote(path), path):
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), tried))
            if joined in self._infos:
                return joined
            if joined.casefold() in self._folded:
                return self._folded[joined.casefold()]
        return None

    def read(self, name: str) -> bytes:
        """The bytes of a file. What was unpacked counts against the limit, not what is claimed."""
        info = self._infos[name]
        if info.flag_bits & _LOCKED:
            raise refuse("encrypted-member")
        try:
            with self._zip.open(info) as member:
                data = member.read(self._left + 1)
        except BROKEN as error:
            raise refuse("damaged-zip", reason=explain_broken(error)) from None
        self._left -= len(data)
        if self._left < 0:
            raise refuse("zip-bomb", limit=self._limit >> 20)
        return data


def explain_broken(error: BaseException) -> str:
    """What is wrong with a zip, in a few words."""
    text = str(error).strip().rstrip(".").lower()
    return text[:80] or type(error).__name__
