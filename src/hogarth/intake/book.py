"""An e-book as it is found: its zip, its package file, its pages in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hogarth.errors import Unreadable
from hogarth.intake.archive import Archive
from hogarth.intake.limits import Limits
from hogarth.intake.opf import Item, Package, read_package
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page, Spine, locate, read_spine
from hogarth.intake.xml import attribute_of, local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER: Final = "META-INF/container.xml"
_MIMETYPE: Final = b"mimetypeapplication/epub+zip"
#: Ways of hiding a typeface from copying, which lock nothing that is read.
_FONT_METHODS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LICENCES: Final = ("META-INF/license.lcpl", "META-INF/sinf.xml")
_PAGE_ENDINGS: Final = (".xhtml", ".html", ".htm")
_DIGITS: Final = re.compile(r"(\d{1,9})")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Book:
    """An EPUB that was opened.

    Shape: `base` the name of the package file, or "" when there is none that can be read and the
    pages were found by their names; `packages` the names of all package files, more than one in
    an anthology.
    """

    archive: Archive
    base: str
    package: Package
    packages: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The files of the pages in reading order, which need not be pages that can be read."""
        found = (locate(self.archive, self.base, item.address) for item in self.package.spine)
        return tuple(dict.fromkeys(name for name in found if name))

    @cached_property
    def spine(self) -> Spine:
        """Raises: Unreadable, when no page can be read."""
        spine = read_spine(self.archive, self.package, self.base, self.limits)
        if not spine.pages:
            raise refuse("damaged-epub", reason="the pages it lists cannot be read")
        return spine

    @property
    def pages(self) -> list[Page]:
        """In reading order, at least one."""
        return self.spine.pages

    @property
    def lost(self) -> list[str]:
        """The pages that are listed and not there, or damaged."""
        return self.spine.lost

    def open_package(self, base: str) -> Book:
        """The book that another package file of this zip describes.

        Raises: Unreadable, when that holds no page.
        """
        return _open(self.archive, base, self.limits, self.packages)


def is_book(data: bytes, ending: str, limits: Limits) -> bool:
    """Whether it is a zip that says so, has a container in it, or is called an e-book and has pages
    or an e-book in it.
    """
    if not data.startswith(b"PK"):
        return False
    if _MIMETYPE in data[:100]:
        return True
    try:
        archive = Archive(data, limits)
        names = archive.names
        if _find_container(names) or ("mimetype" in names and _says_so(archive)):
            return True
    except Unreadable:
        return ending == ".epub"
    inside = (".opf", ".epub", *_PAGE_ENDINGS)
    return ending == ".epub" and any(name.lower().endswith(inside) for name in names)


def _says_so(archive: Archive) -> bool:
    return archive.read("mimetype").strip() == b"application/epub+zip"


def open_book(data: bytes, limits: Limits) -> Book:
    """The book in a zip, or in the one e-book that was zipped once more.

    Raises: Unreadable, when the zip is broken, locked, beyond the limits or holds no page.
    """
    archive = _unwrap(Archive(data, limits), limits)
    _refuse_locked(archive)
    packages = tuple(name for name in archive.names if name.lower().endswith(".opf"))
    return _open(archive, _find_package(archive, packages), limits, packages)


def _open(archive: Archive, base: str, limits: Limits, packages: tuple[str, ...]) -> Book:
    package = _read_package(archive, base) if base else None
    if package is None:
        base, package = "", _package_of_names(archive)
        if not package.spine:
            raise refuse("damaged-epub", reason="it has no package file that can be read")
    if not package.spine:
        raise refuse("damaged-epub", reason="its package lists no pages")
    if not any(locate(archive, base, item.address) for item in package.spine):
        raise refuse("damaged-epub", reason="the pages it lists are not in the file")
    return Book(archive, base, package, packages, limits)


def _unwrap(archive: Archive, limits: Limits) -> Archive:
    """The zip itself, or the one that it is wrapped around."""
    for _ in range(limits.depth):
        inner = [name for name in archive.names if name.lower().endswith(".epub")]
        if len(inner) != 1 or _find_container(archive.names):
            break
        archive = Archive(archive.read(inner[0]), limits)
    return archive


def _find_container(names: tuple[str, ...]) -> str:
    """The container, which may be in a folder when that was zipped as a whole."""
    if _CONTAINER in names:
        return _CONTAINER
    found = [name for name in names if name.endswith(f"/{_CONTAINER}")]
    return min(found, key=len, default="")


def _find_package(archive: Archive, packages: tuple[str, ...]) -> str:
    container = _find_container(archive.names)
    root = _parse(archive.salvage(container)[0]) if container else None
    for row in root.iter() if root is not None else ():
        if local_name(row) == "rootfile":
            # Full paths count from the folder that holds META-INF.
            name = archive.find(container.removesuffix(_CONTAINER), attribute_of(row, "full-path"))
            if name:
                return name
    return min(packages, key=lambda name: (name.count("/"), name), default="")


def _read_package(archive: Archive, base: str) -> Package | None:
    root = _parse(archive.salvage(base)[0])
    if root is None:
        return None
    found = next((row for row in root.iter() if local_name(row) == "package"), None)
    return read_package(found) if found is not None else None


def _package_of_names(archive: Archive) -> Package:
    """A package of all pages in the zip, in the order of their names: 9 before 10."""
    names = [name for name in archive.names if name.lower().endswith(_PAGE_ENDINGS)]
    names.sort(key=lambda name: [int(p) if p.isdecimal() else p for p in _DIGITS.split(name)])
    package = Package()
    package.spine = [Item(f"#{number}", name, "") for number, name in enumerate(names)]
    package.items = {item.ident: item for item in package.spine}
    ncx = next((name for name in archive.names if name.lower().endswith(".ncx")), "")
    if ncx:
        package.items["ncx"] = Item("ncx", ncx, "application/x-dtbncx+xml")
        package.contents = "ncx"
    return package


def _parse(data: bytes) -> _Element | None:
    """The root element. What stands before it, an empty line or a word, is left out."""
    start = data.find(b"<")
    return parse_xml(data[start:] if start > 0 and data[:2] not in _WIDE else data)


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
