"""Dates as archives and writers write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_ISO: Final = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|\b(\d{4})(\d\d)(\d\d)T")
_YEAR_MONTH: Final = re.compile(r"(\d{4})(?:-(\d{2}))?")
_DAY_MONTH: Final = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\b"
)
_MONTH_DAY: Final = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_NUMBERS: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")


def parse_date(stated: str | None) -> date | None:
    """The day that `stated` names, or None. A day like 3/4/2012 is left unknown: it is two days."""
    if not stated:
        return None
    stated = stated.strip()[:100]
    if found := _ISO.search(stated):
        year, month, day = (found[1], found[2], found[3]) if found[1] else found.groups()[3:]
        return _day(year, month, day)
    if found := _YEAR_MONTH.fullmatch(stated):
        return _day(found[1], found[2] or "1", "1")
    if found := _DAY_MONTH.search(stated):
        return _day(found[3], _MONTHS.get(found[2][:3].lower(), 0), found[1])
    if found := _MONTH_DAY.search(stated):
        return _day(found[3], _MONTHS.get(found[1][:3].lower(), 0), found[2])
    if found := _NUMBERS.search(stated):
        first, second = int(found[1]), int(found[2])
        if first > 12 or first == second:
            return _day(found[3], second, first)
        if second > 12:
            return _day(found[3], first, second)
    return None


def _day(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
