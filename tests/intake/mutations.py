"""Ways in which files are damaged by accident and by malice, from a seed."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence
from typing import Final

#: Units: bytes. Inputs stay so short that a reader that needs long for one is at fault.
LONGEST: Final = 400_000
_NESTED: Final = (
    b"<div>",
    b"<b>",
    b"<ul><li>",
    b"<blockquote>",
    b"<table><tr><td>",
    b"{\\b ",
    b"[",
)
_TOKENS: Final = (
    b"\x00", b"\x1a", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n\n", b"\t", b" " * 300, b"<", b">",
    b"</p>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&", b"&#0;", b"&#xD800;", b"&#99999999;",
    b"<style>", b"<script>", b"<textarea>", b"<svg>", b"<math>", b"<template>", b"<plaintext>",
    b"{\\", b"\\u-1?", b"\\bin99999 ", b"\\'", b"}", b"\"", b"'", b",", b";", b"|", b":", b"/",
    b"---\n", b"```", b"# ", b"> ", b"* * *", b"=3D", b"=\r\n",
    b"Content-Type: multipart/related\n", b"Title: ", b"Chapter 1", b"by ",
    b"\xe2\x80\x99", b"\xc3", b"\x81\x40", b"\x8d", b"9" * 400,
)  # fmt: skip


def mutate(random: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """One damaged copy: of a zip its members or its bytes, of anything else its bytes."""
    if data.startswith(b"PK\x03\x04") and random.random() < 0.8:
        return _mutate_members(random, data, others)[:LONGEST]
    for _ in range(random.choice((1, 1, 2, 4))):
        data = random.choice(_CHANGES)(random, data, others)[:LONGEST]
    return data


def _mutate_members(random: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    for _ in range(random.choice((1, 1, 2))):
        place = random.randrange(len(members))
        name, held = members[place]
        change = random.random()
        if change < 0.7:
            members[place] = name, random.choice(_CHANGES)(random, held, others)
        elif change < 0.8 and len(members) > 1:
            del members[place]
        elif change < 0.9:
            members[place] = f"{random.choice(('../', '/', 'a/', ''))}{name[1:] or 'x'}", held
        else:
            members.append((f"{name}2", held))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two members of one name are among what is meant
        for name, held in members:
            archive.writestr(name, held, zipfile.ZIP_STORED)
    return buffer.getvalue()


def _overwrite(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data or b" ")
    for _turn in range(random.randint(1, 20)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut_out(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _cut_off(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _insert(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(_TOKENS) * random.choice((1, 1, 3, 50)) + data[place:]


def _splice(random: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    start, end = sorted(random.randrange(len(other) + 1) for _ in range(2))
    place = random.randrange(len(data) + 1)
    return data[:place] + other[start:end][:20_000] + data[place:]


def _repeat(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = random.randrange(len(data) + 1)
    piece = data[start : start + random.choice((1, 20, 200, 2_000))]
    return (
        data[:start]
        + piece * min(random.choice((2, 30, 3_000)), LONGEST // (len(piece) + 1))
        + data[start:]
    )


def _nest(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(_NESTED) * random.choice((50, 3_000)) + data[place:]


def _drop_lines(random: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join(line for line in lines if random.random() > 0.2)


def _join_lines(_: random.Random, data: bytes, __: Sequence[bytes]) -> bytes:
    return data.replace(b"\n", b" ")


_CHANGES: Final[tuple[Callable[[random.Random, bytes, Sequence[bytes]], bytes], ...]] = (
    _overwrite,
    _cut_out,
    _cut_off,
    _insert,
    _splice,
    _repeat,
    _nest,
    _drop_lines,
    _join_lines,
)
