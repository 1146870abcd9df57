"""E-books made in memory, whole or broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{0}" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
PAGE = "application/xhtml+xml"


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def book(files: Mapping[str, str | bytes], base: str = "content.opf") -> bytes:
    """An e-book: the files with a container that leads to the package."""
    return pack(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER.format(base),
            **files,
        }
    )


def package(
    pages: Mapping[str, str],
    *,
    metadata: str = "<dc:title>A Lamp</dc:title>",
    spine: str | None = None,
    items: str = "",
) -> str:
    """A package that lists these pages, id → address, in the order of the spine."""
    manifest = "".join(
        f'<item id="{ident}" href="{address}" media-type="{PAGE}"/>'
        for ident, address in pages.items()
    )
    refs = "".join(f'<itemref idref="{ident}"/>' for ident in pages)
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f"<manifest>{manifest}{items}</manifest>"
        f'<spine toc="ncx">{refs if spine is None else spine}</spine></package>'
    )


def page(body: str, title: str = "") -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def contents(*rows: tuple[str, str]) -> str:
    """A table of contents of label and address."""
    points = "".join(
        f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{address}"/></navPoint>'
        for label, address in rows
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
