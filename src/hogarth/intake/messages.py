"""Messages of bytes through pipes: each with its length before it."""

from __future__ import annotations

import fcntl
import os
import struct
from contextlib import suppress
from typing import Final

_LENGTH: Final = struct.Struct("!Q")
#: Linux lends a pipe so much to anyone, so that a reader need not wait for a busy parent.
_PIPE_BYTES: Final = 1024 * 1024


def open_pipe(*, wide: bool = False) -> tuple[int, int]:
    """A pipe as (reading end, writing end), closed in every program started unless passed on."""
    reading, writing = os.pipe()
    if wide and hasattr(fcntl, "F_SETPIPE_SZ"):
        # A system may allow less; then the pipe stays as it is.
        with suppress(OSError):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return reading, writing


def send(pipe: int, message: bytes) -> None:
    """Raises: BrokenPipeError, when nobody reads any more."""
    if len(message) < 4096:
        _write(pipe, _LENGTH.pack(len(message)) + message)
    else:
        _write(pipe, _LENGTH.pack(len(message)))
        _write(pipe, message)


def receive(pipe: int) -> bytes:
    """Raises: EOFError, when the other end was closed, before or within a message."""
    return _read(pipe, _LENGTH.unpack(_read(pipe, _LENGTH.size))[0])


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _read(pipe: int, size: int) -> bytes:
    data = os.read(pipe, size)
    if len(data) == size:
        return data
    parts, missing = [data], size - len(data)
    while missing:
        if not parts[-1]:
            raise EOFError
        parts.append(os.read(pipe, min(missing, _PIPE_BYTES)))
        missing -= len(parts[-1])
    return b"".join(parts)
