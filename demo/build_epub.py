"""Pack `demo/sources/sow-when-danger-of-frost-is-past` into the e-book in `demo/found`.

The same sources give the same bytes on every machine: fixed dates, a fixed order, and nothing
compressed, since compressors differ. Needs only Python: `python3 demo/build_epub.py [TARGET]`.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import Final

from packet_picture import draw_packet

HERE: Final = Path(__file__).resolve().parent
SOURCES: Final = HERE / "sources" / "sow-when-danger-of-frost-is-past"
TARGET: Final = HERE / "found" / "Sow When Danger of Frost Is Past - lupin_hollow.epub"
PICTURE: Final = "EPUB/images/packet.png"
PACKED_ON: Final = (2018, 7, 21, 18, 5, 0)


def gather_members() -> dict[str, bytes]:
    """Every member of the book by its name. Shape: `mimetype` first, the others sorted."""
    files = [path for path in SOURCES.rglob("[!.]*") if path.is_file()]
    members = {path.relative_to(SOURCES).as_posix(): path.read_bytes() for path in files}
    members["mimetype"] = b"application/epub+zip"
    members[PICTURE] = draw_packet()
    return {name: members[name] for name in sorted(members, key=lambda n: (n != "mimetype", n))}


def build_epub(target: Path) -> None:
    """Write the book to `target`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as book:
        for name, data in gather_members().items():
            member = zipfile.ZipInfo(name, PACKED_ON)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            book.writestr(member, data)


if __name__ == "__main__":
    build_epub(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
