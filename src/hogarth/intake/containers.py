"""Which files there are to read: those named, those in folders, those in zips, however nested.

Listing is lazy and opens nothing but zips; a file's bytes are read where it is read, in a child
process, from the place that is listed here.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Final
from zipfile import ZipFile, ZipInfo

from hogarth.errors import HogarthError
from hogarth.intake.archive import BROKEN, explain_broken
from hogarth.intake.companion import choose_companion
from hogarth.intake.limits import Limits
from hogarth.intake.refusals import refuse, refuse_to_open
from hogarth.intake.told import Told

#: Left by systems, editors and version control; never a story.
_LITTER: Final = frozenset(
    ["__MACOSX", "Thumbs.db", "desktop.ini", "Icon\r", "$RECYCLE.BIN", "lost+found"]
)
_COMPANION_ENDINGS: Final = (
    ".css .js .mjs .map .json .png .jpg .jpeg .gif .webp .avif .bmp .svg .ico .tif .tiff .woff "
    ".woff2 .ttf .otf .eot .mp3 .ogg .wav .mp4 .webm .opf .ncx .db .sqlite .ini .log .plist .php"
)
#: Files that stand beside stories and belong to pages or programs. Named outright, they are tried.
_COMPANIONS: Final = frozenset(_COMPANION_ENDINGS.split())
#: The folder that browsers save with a page, in the languages they do it in.
_PAGE_FOLDER: Final = re.compile(
    r"(.+)[_-](?:files|file|dateien|bestanden|fichiers|archivos|arquivos|pliki|soubory|filer)",
    re.IGNORECASE,
)
_PAGE_ENDINGS: Final = frozenset([".html", ".htm", ".xhtml"])
#: Never zips to be looked into, so that they need not be opened to find out.
_PLAIN_ENDINGS: Final = frozenset([".txt", ".md", ".epub", *_PAGE_ENDINGS])
_ZIP_START: Final = b"PK\x03\x04"
#: Zips that calibre makes of a page or a text, with the facts beside it, among them.
_ZIP_ENDINGS: Final = (".zip", ".htmlz", ".txtz")
#: A zip with one of these is a document, and read as one.
_DOCUMENT_MEMBERS: Final = frozenset(
    ["META-INF/container.xml", "[Content_Types].xml", "META-INF/manifest.xml", "Index/Document.iwa"]
)
_BOOK: Final = "META-INF/container.xml"
_LOCKED: Final = 0x1
_UTF8_NAME: Final = 0x800
#: Text packs ten times smaller, repeated text a hundred times; only traps go beyond.
_WORST_RATIO: Final = 250
_HARMLESS_BYTES: Final = 64 * 1024 * 1024
_IN_MEMORY: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of one file are.

    Shape: `path` a file; `members` names inside of zips, the outermost first; `refusal` why the
    place cannot be entered at all; `companion` path and members of a file that tells of this one;
    `told` what somebody says of it elsewhere.
    """

    path: str
    members: tuple[str, ...] = ()
    refusal: HogarthError | None = field(default=None, compare=False)
    companion: tuple[str, tuple[str, ...]] | None = field(default=None, compare=False)
    told: Told | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The path to show and to keep, without bytes that are no characters."""
        shown = [self.path, *(_readable(member) for member in self.members)]
        return os.fsencode("/".join(shown)).decode("utf-8", "replace")


def expand(paths: Iterable[str | os.PathLike[str]], limits: Limits) -> Iterator[Place]:
    """Every file to be read, in the order given, folders sorted by name.

    Hidden files, what systems leave behind and what belongs to saved pages is passed over in
    folders and zips. A place that cannot be entered is given with its refusal.
    """
    for path in paths:
        yield from _expand_path(Path(path), limits, set())


def _expand_path(path: Path, limits: Limits, seen: set[tuple[int, int]]) -> Iterator[Place]:
    try:
        state = path.stat()
    except (OSError, ValueError) as error:
        yield Place(str(path), refusal=refuse_to_open(error))
        return
    if stat.S_ISDIR(state.st_mode):
        # A folder that links to one above it is entered once.
        if (state.st_dev, state.st_ino) not in seen:
            seen.add((state.st_dev, state.st_ino))
            yield from _expand_folder(path, limits, seen)
    elif not stat.S_ISREG(state.st_mode):
        yield Place(str(path), refusal=refuse("not-a-file"))
    elif _may_be_zip(path):
        yield from _expand_zip(path, state.st_size, limits)
    else:
        yield Place(str(path))


def _expand_folder(path: Path, limits: Limits, seen: set[tuple[int, int]]) -> Iterator[Place]:
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Place(str(path), refusal=refuse_to_open(error))
        return
    pages = {entry.stem for entry in entries if entry.suffix.lower() in _PAGE_ENDINGS}
    companions = _Companions(entry.name for entry in entries)
    for entry in entries:
        folder = _PAGE_FOLDER.fullmatch(entry.name)
        if _is_passed_over(entry) or (folder and folder[1] in pages):
            continue
        beside = companions.of(entry.name) if companions and not entry.is_dir() else None
        for place in _expand_path(entry, limits, seen):
            yield _beside(place, (str(path / beside), ())) if beside else place


def _is_passed_over(path: PurePath) -> bool:
    return (
        path.name.startswith((".", "~$"))
        or path.name in _LITTER
        or path.suffix.lower() in _COMPANIONS
    )


class _Companions:
    """The files of one folder that tell of others in it."""

    def __init__(self, names: Iterable[str]) -> None:
        every = [PurePosixPath(name) for name in names]
        self._names = [path.name for path in every if path.suffix.lower() == ".opf"]
        stories = [path for path in every if not _is_passed_over(path)] if self._names else []
        self._stories = len({path.stem.casefold() for path in stories})

    def __bool__(self) -> bool:
        return bool(self._names)

    def of(self, name: str) -> str | None:
        return choose_companion(name, self._names, self._stories)


def _beside(place: Place, companion: tuple[str, tuple[str, ...]]) -> Place:
    """The place with its companion, unless one lies nearer to it."""
    return place if place.companion else replace(place, companion=companion)


def _may_be_zip(path: Path) -> bool:
    if path.suffix.lower() in _PLAIN_ENDINGS:
        return False
    try:
        with path.open("rb", buffering=0) as file:
            return file.read(4) == _ZIP_START
    except OSError:
        return False


# --- zips -------------------------------------------------------------------------------------


def _expand_zip(path: Path, size: int, limits: Limits) -> Iterator[Place]:
    try:
        archive = ZipFile(path)
    except BROKEN as error:
        yield Place(str(path), refusal=refuse("damaged-zip", reason=explain_broken(error)))
        return
    with archive:
        yield from _expand_members(archive, Place(str(path)), size, limits)


def _expand_members(archive: ZipFile, place: Place, size: int, limits: Limits) -> Iterator[Place]:
    infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    names = Counter(info.filename for info in infos)
    if _is_document(names):
        yield place
        return
    refusal = _refuse_zip(infos, size, limits)
    if refusal:
        yield Place(place.path, place.members, refusal)
        return
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        folders[name.rpartition("/")[0]].append(name.rpartition("/")[2])
    companions = {folder: _Companions(inside) for folder, inside in folders.items()}
    for info in sorted(infos, key=lambda info: info.filename):
        inner_path = PurePosixPath(info.filename)
        if any(_is_passed_over(part) for part in (inner_path, *inner_path.parents)):
            continue
        folder, slash, last = info.filename.rpartition("/")
        beside = companions[folder].of(last) if companions[folder] else None
        inside = Place(
            place.path,
            (*place.members, info.filename),
            companion=(place.path, (*place.members, folder + slash + beside)) if beside else None,
        )
        if info.flag_bits & _LOCKED:
            yield Place(inside.path, inside.members, refuse("encrypted-member"))
        elif names[info.filename] > 1:
            yield Place(inside.path, inside.members, refuse("repeated-member"))
        elif info.filename.lower().endswith(_ZIP_ENDINGS):
            for found in _expand_inner(archive, info, inside, limits):
                yield _beside(found, inside.companion) if inside.companion else found
        else:
            yield inside


def _expand_inner(archive: ZipFile, info: ZipInfo, place: Place, limits: Limits) -> Iterator[Place]:
    if len(place.members) >= limits.depth:
        yield Place(place.path, place.members, refuse("packed-too-deeply", limit=limits.depth))
        return
    try:
        with ExitStack() as stack:
            file = stack.enter_context(unpack(archive, info, limits))
            inner = stack.enter_context(ZipFile(file))
            yield from _expand_members(inner, place, info.file_size, limits)
    except BROKEN as error:
        refusal = refuse("damaged-zip", reason=explain_broken(error))
        yield Place(place.path, place.members, refusal)
    except HogarthError as error:
        yield Place(place.path, place.members, error)


def _is_document(names: Counter[str]) -> bool:
    if not _DOCUMENT_MEMBERS.isdisjoint(names) or next(iter(names), "") == "mimetype":
        return True
    # Some systems keep an e-book as a folder, and zip that.
    folder = next((name.removesuffix(_BOOK) for name in names if name.endswith(_BOOK)), None)
    return folder is not None and all(name.startswith((folder, "__MACOSX/")) for name in names)


def _refuse_zip(infos: list[ZipInfo], size: int, limits: Limits) -> HogarthError | None:
    if len(infos) > limits.members:
        return refuse("too-many-members", limit=limits.members)
    unpacked = sum(info.file_size for info in infos)
    trap = unpacked > _HARMLESS_BYTES and unpacked > _WORST_RATIO * size
    if unpacked > limits.unpacked_bytes or trap:
        return refuse("zip-bomb", limit=limits.unpacked_bytes >> 20)
    return None


def unpack(archive: ZipFile, info: ZipInfo, limits: Limits) -> IO[bytes]:
    """A zip in a zip as a file of its own, on disk when it is large.

    Raises: Unreadable, when it is larger than a file may be.
    """
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller's
    with archive.open(info) as member:
        while chunk := member.read(1 << 20):
            file.write(chunk)
            if file.tell() > limits.file_bytes:
                file.close()
                raise refuse("too-large", limit=limits.file_bytes >> 20)
    file.seek(0)
    return file


def _readable(member: str) -> str:
    """A member's name; where the zip does not say that it is UTF-8 but it is, as that."""
    try:
        return member.encode("cp437").decode()
    except UnicodeError:
        return member
