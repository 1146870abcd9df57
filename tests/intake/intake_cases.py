"""The golden folders of intake: what each holds, as the readers are given it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden" / "intake"
REWRITE = os.environ.get("HOGARTH_REWRITE_GOLDEN") == "1"


def cases() -> list[Path]:
    return sorted(path for path in FOLDER.iterdir() if path.is_dir())


def read_input(case: Path) -> tuple[str, bytes]:
    """The name and the bytes of the input. A folder, such as `input.epub`, is zipped."""
    given = [path for path in case.iterdir() if path.name != "expected.json"]
    assert len(given) == 1, f"{case.name} needs exactly one input"
    path = given[0]
    return path.name, zip_folder(path) if path.is_dir() else path.read_bytes()


def zip_folder(folder: Path) -> bytes:
    """The same bytes every time, `mimetype` first."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    files.sort(key=lambda path: path.name != "mimetype")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in files:
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
            stored = path.name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    return buffer.getvalue()
