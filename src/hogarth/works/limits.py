"""What reading one file may cost, by the archive's options. Without Django, as `read` needs it."""

from __future__ import annotations

from hogarth import config
from hogarth.intake import Limits


def limits_of(options: config.Config) -> Limits:
    """The limits of reading, as the archive's settings say."""
    return Limits(
        file_bytes=options.count("import_file_bytes"),
        unpacked_bytes=options.count("import_unpacked_bytes"),
        members=options.count("import_members"),
        depth=options.count("import_depth"),
        markup_depth=options.count("import_markup_depth"),
        rows=options.count("import_rows"),
        seconds=options.seconds("import_seconds"),
        memory_bytes=options.count("import_memory_bytes"),
    )
