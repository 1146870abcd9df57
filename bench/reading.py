"""Reading each kind of file, beside the bare parse of the same bytes."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

import hogarth
from bench.forms import FORMS, write_story

WORDS: Final = 5_000


@dataclass(frozen=True)
class Row:
    """One kind. Units: seconds of processor time, bytes as they lie on disk."""

    name: str
    count: int
    size: int
    read: float
    parse: float


@dataclass(frozen=True)
class Kinds:
    """The rows as a table."""

    title: str
    rows: tuple[Row, ...]

    def as_markdown(self) -> str:
        lines = [
            f"## {self.title}\n",
            "| | works a CPU second | MB a CPU second | bare parse: works | MB | ratio |",
            "|---|---|---|---|---|---|",
        ]
        for row in self.rows:
            megabytes = row.size / 1e6
            lines.append(
                f"| {row.name} | {row.count / row.read:,.0f} | {megabytes / row.read:.1f}"
                f" | {row.count / row.parse:,.0f} | {megabytes / row.parse:.1f}"
                f" | {row.read / row.parse:.1f} × |"
            )
        remark = (
            f"Each work has some {WORDS:,} words. Reading is decoding, recognising, facts,"
            " chapters, cleaning, language and the look for damage; the bare parse is one pass of"
            " the parser (lexbor, lxml; unzipping; for text, decoding and splitting into lines)."
        )
        return "\n".join([*lines, "", remark, ""])

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def _parse_html(data: bytes) -> None:
    LexborHTMLParser(data)


def _parse_zip(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            LexborHTMLParser(archive.read(name))


def _parse_xml(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False))


def _parse_text(data: bytes) -> None:
    data.decode("utf-8", "replace").splitlines()


_PARSERS: Final[dict[str, Callable[[bytes], None]]] = {
    "html": _parse_html,
    "zip": _parse_zip,
    "xml": _parse_xml,
    "text": _parse_text,
}


def _time(call: Callable[[bytes], object], files: Sequence[bytes]) -> float:
    call(files[0])
    begun = time.process_time()
    for data in files:
        call(data)
    return time.process_time() - begun


def compare(count: int) -> Kinds:
    """Read `count` works in each form. Raises: RuntimeError when another reader took one."""
    rows = []
    for form in FORMS:
        files = [form.write(write_story(number, WORDS)) for number in range(count)]
        reading = hogarth.read(files[0], name="story")
        if reading.reader != form.reader:
            raise RuntimeError(f"{form.name} was read as {reading.reader}")
        rows.append(
            Row(
                form.name,
                count,
                sum(map(len, files)),
                _time(lambda data: hogarth.read(data, name="story"), files),
                _time(_PARSERS[form.markup], files),
            )
        )
    return Kinds("Reading, by kind of file", tuple(rows))
