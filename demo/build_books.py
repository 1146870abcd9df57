"""Pack the source trees in `demo/sources` into the books and the document in `demo/found`.

The same sources give the same bytes on every machine: fixed dates, a fixed order, and nothing
compressed, since compressors differ. Needs only Python: `python3 demo/build_books.py [FOLDER]`.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from packet_picture import draw_packet

HERE: Final = Path(__file__).resolve().parent
SOURCES: Final = HERE / "sources"
FOUND: Final = HERE / "found"

Moment = tuple[int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Book:
    """One file that is a zip archive.

    Shape: `tree` its folder in the sources, `name` the file it becomes, `packed_on` the date of
    every member, `media_type` the content of a member `mimetype` or "" for a file without one,
    `drawn` the members that are made and not kept.
    """

    tree: str
    name: str
    packed_on: Moment
    media_type: str = "application/epub+zip"
    drawn: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


BOOKS: Final = (
    Book(
        "sow-when-danger-of-frost-is-past",
        "Sow When Danger of Frost Is Past - lupin_hollow.epub",
        (2018, 7, 21, 18, 5, 0),
        drawn={"EPUB/images/packet.png": draw_packet},
    ),
    Book("the-keeper-of-box-five", "The_Keeper_of_Box_Five.epub", (2024, 1, 20, 8, 11, 2)),
    Book(
        "five-parts-of-nick-chopper",
        "five parts of nick chopper (and one he left behind)-ao3_999000417.epub",
        (2020, 2, 2, 21, 40, 16),
    ),
    Book(
        "a-guest-for-three-days",
        "yona after beta FINAL.docx",
        # Word gives every part the first date that a zip archive can state.
        (1980, 1, 1, 0, 0, 0),
        media_type="",
    ),
)


def gather_members(book: Book) -> dict[str, bytes]:
    """Every member of the book by its name. Shape: `mimetype` first, the others sorted."""
    tree = SOURCES / book.tree
    members = {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in tree.rglob("*")
        if path.is_file() and (path.name == ".rels" or not path.name.startswith("."))
    }
    members |= {name: draw() for name, draw in book.drawn.items()}
    if book.media_type:
        members["mimetype"] = book.media_type.encode("ascii")
    return {name: members[name] for name in sorted(members, key=lambda n: (n != "mimetype", n))}


def build_book(book: Book, folder: Path) -> None:
    """Write the book into the folder."""
    with zipfile.ZipFile(folder / book.name, "w", zipfile.ZIP_STORED) as archive:
        for name, data in gather_members(book).items():
            member = zipfile.ZipInfo(name, book.packed_on)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, data)


if __name__ == "__main__":
    for each in BOOKS:
        build_book(each, Path(sys.argv[1]) if len(sys.argv) > 1 else FOUND)
