"""An e-book as it is found: its zip, its package file, its pages in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hogarth.errors import Unreadable
from hogarth.intake.archive import Archive
from hogarth.intake.limits import Limits
from hogarth.intake.opf import Package, read_package
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page, read_spine
from hogarth.intake.xml import attribute_of, local_name, parse_xml

_CONTAINER: Final = "META-INF/container.xml"
_MIMETYPE: Final = b"mimetypeapplication/epub+zip"
#: Ways of hiding a typeface from copying, which lock nothing that is read.
_FONT_METHODS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LICENCES: Final = ("META-INF/license.lcpl", "META-INF/sinf.xml")


@dataclass(frozen=True, slots=True)
class Book:
    """An EPUB that was opened.

    Shape: `base` the name of the package file; `pages` in reading order, at least one, `packages`
    the names of all package files, more than one in an anthology.
    """

    archive: Archive
    base: str
    package: Package
    pages: list[Page]
    packages: tuple[str, ...]


def is_book(data: bytes, ending: str, limits: Limits) -> bool:
    """Whether it is a zip with a container or a package in it, or begins like an e-book."""
    if not data.startswith(b"PK"):
        return False
    if _MIMETYPE in data[:100]:
        return True
    try:
        names = Archive(data, limits).names
    except Unreadable:
        return ending == ".epub"
    return _CONTAINER in names or (
        ending == ".epub" and any(name.endswith(".opf") for name in names)
    )


def open_book(data: bytes, limits: Limits, base: str = "") -> Book:
    """The book in a zip. Shape: `base` one of its package files, else the one it names itself.

    Raises: Unreadable, when the zip is broken, locked, beyond the limits or holds no page.
    """
    archive = Archive(data, limits)
    _refuse_locked(archive)
    base = base or _find_package(archive)
    root = parse_xml(archive.read(base))
    if root is None:
        raise refuse("damaged-epub", reason="its package file cannot be read")
    package = read_package(root)
    if not package.spine:
        raise refuse("damaged-epub", reason="its package lists no pages in reading order")
    pages = read_spine(archive, package, base, limits)
    if not pages:
        raise refuse("damaged-epub", reason="the pages it lists are not in the file")
    packages = tuple(name for name in archive.names if name.lower().endswith(".opf"))
    return Book(archive, base, package, pages, packages)


def _find_package(archive: Archive) -> str:
    if _CONTAINER in archive.names:
        root = parse_xml(archive.read(_CONTAINER))
        for row in root.iter() if root is not None else ():
            if local_name(row) == "rootfile":
                name = archive.find("", attribute_of(row, "full-path"))
                if name:
                    return name
    packages = sorted(name for name in archive.names if name.lower().endswith(".opf"))
    if not packages:
        raise refuse("damaged-epub", reason="it has no package file")
    return packages[0]


def _refuse_locked(archive: Archive) -> None:
    if any(name in archive.names for name in _LICENCES):
        raise refuse("drm")
    if "META-INF/encryption.xml" not in archive.names:
        return
    root = parse_xml(archive.read("META-INF/encryption.xml"))
    for row in root.iter() if root is not None else ():
        if local_name(row) != "EncryptedData":
            continue
        methods = [attribute_of(m, "Algorithm") for m in row if local_name(m) == "EncryptionMethod"]
        if not any(method in _FONT_METHODS for method in methods):
            raise refuse("drm")
