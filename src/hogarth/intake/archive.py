"""The files inside a zip that is in memory, read within limits whatever its header claims."""

from __future__ import annotations

import posixpath
import unicodedata
import zlib
from functools import cached_property
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
#: Units: bytes.
_PART: Final = 1 << 18


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
        self._folded: dict[str, str] = {}
        for name in self._infos:
            self._folded.setdefault(_fold(name), name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for name in self._infos:
            named.setdefault(_fold(posixpath.basename(name)), []).append(name)
        return named

    def named(self, name: str) -> list[str]:
        """The files of that name in any folder."""
        return self._named.get(_fold(posixpath.basename(name.replace("\\", "/"))), [])

    def find(self, base: str, address: str) -> str | None:
        """The name of the file that `address` means in the file `base`, or None.

        No file outside of the zip is ever asked for, so `..` can lead nowhere.
        """
        path = address.partition("#")[0].replace("\\", "/").strip()
        # A question mark may be part of a name where a tool did not write it as %3F.
        for tried in (unquote(path.partition("?")[0]), path):
            joined = posixpath.join(posixpath.dirname(base), tried)
            # Beyond the root, and at it, is the root.
            joined = posixpath.normpath(posixpath.join("/", joined)).lstrip("/")
            found = joined if joined in self._infos else self._folded.get(_fold(joined))
            if tried and found:
                return found
        return None

    def read(self, name: str) -> bytes:
        """The bytes of a file. What was unpacked counts against the limit, not what is claimed."""
        data, broken = self.salvage(name)
        if broken:
            raise refuse("damaged-zip", reason=broken)
        return data

    def salvage(self, name: str) -> tuple[bytes, str]:
        """The bytes of a file as far as they can be read, and what is wrong with it, or "".

        Raises: Unreadable, when the file is locked or beyond the limits.
        """
        info = self._infos[name]
        if info.flag_bits & _LOCKED:
            raise refuse("encrypted-member")
        parts: list[bytes] = []
        broken = ""
        try:
            with self._zip.open(info) as member:
                while self._left >= 0 and (part := member.read(_PART)):
                    parts.append(part)
                    self._left -= len(part)
        except BROKEN as error:
            broken = explain_broken(error)
        if self._left < 0:
            raise refuse("zip-bomb", limit=self._limit >> 20)
        return b"".join(parts), broken


def _fold(name: str) -> str:
    """A name without what systems and tools change in it: case, escapes, composed letters."""
    name = name.casefold()
    if "%" in name:
        name = unquote(name)
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def explain_broken(error: BaseException) -> str:
    """What is wrong with a zip, in a few words."""
    text = str(error).strip().rstrip(".").lower()
    return text[:80] or type(error).__name__
