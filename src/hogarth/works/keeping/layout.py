"""What lies where in a backup: one tar, uncompressed, whose manifest comes last."""

from __future__ import annotations

import re
from typing import Final

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SECRET_KEY: Final = "secret-key"  # noqa: S105  # the name of a file
SETTINGS: Final = "hogarth.toml"
#: Nothing else may be in a backup, so no name in it can lead anywhere else.
ROWS: Final = re.compile(r"rows/\d{6}\.jsonl")
FILES: Final = re.compile(r"(originals|assets)/([0-9a-f]{2})/([0-9a-f]{62})")
#: Units: bytes. A manifest names a handful of members, never the originals.
LARGEST_MANIFEST: Final = 64 * 2**20


def rows_name(number: int) -> str:
    return f"rows/{number:06}.jsonl"


def file_name(folder: str, digest: str) -> str:
    return f"{folder}/{digest[:2]}/{digest[2:]}"
