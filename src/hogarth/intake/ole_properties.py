"""The summary that old Office documents hold of themselves."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Final

from hogarth.intake.rtf_charsets import codec_of_page

STREAM: Final = "\x05SummaryInformation"
_NAMES: Final = {2: "title", 4: "creator", 5: "keywords", 6: "description"}
_DAYS: Final = {12: "created", 13: "modified"}
_CODE_PAGE: Final = 1
_TEXT, _WIDE, _TIME, _SHORT = 30, 31, 64, 2
_MOST: Final = 200
_LONGEST: Final = 20_000
#: Units: tenths of microseconds since this day.
_FIRST_DAY: Final = datetime(1601, 1, 1, tzinfo=UTC)
#: Some programs count the time spent here: that is no day.
_A_LIFE: Final = timedelta(days=365 * 300)


def read_summary(data: bytes) -> dict[str, str]:
    """What the summary states, by the names of `state_properties`. As far as it makes sense."""
    try:
        (start,) = struct.unpack_from("<I", data, 44)
        (count,) = struct.unpack_from("<I", data, start + 4)
        places = [
            struct.unpack_from("<II", data, start + 8 + 8 * number)
            for number in range(min(count, _MOST))
        ]
    except struct.error:
        return {}
    codec, stated = "cp1252", {}
    for ident, offset in sorted(places):
        try:
            value = _read_value(data, start + offset, codec)
        except struct.error:
            continue
        if ident == _CODE_PAGE and isinstance(value, int):
            codec = codec_of_page(value & 0xFFFF)
        elif ident in _NAMES and isinstance(value, str):
            stated[_NAMES[ident]] = value
        elif ident in _DAYS and isinstance(value, datetime):
            stated[_DAYS[ident]] = value.date().isoformat()
    return stated


def _read_value(data: bytes, place: int, codec: str) -> str | int | datetime | None:
    kind, first = struct.unpack_from("<II", data, place)
    if kind == _SHORT:
        return int(first)
    if kind == _TEXT:
        raw = data[place + 8 : place + 8 + min(first, _LONGEST)]
        return raw.decode(codec, "replace").rstrip("\x00")
    if kind == _WIDE:
        raw = data[place + 8 : place + 8 + 2 * min(first, _LONGEST)]
        return raw.decode("utf-16-le", "replace").rstrip("\x00")
    if kind == _TIME:
        (ticks,) = struct.unpack_from("<Q", data, place + 4)
        since = timedelta(microseconds=ticks // 10) if ticks < 2**62 else timedelta()
        return _FIRST_DAY + since if _A_LIFE < since < 2 * _A_LIFE else None
    return None
