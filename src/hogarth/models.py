"""The contents page of tables: where Django looks for them all."""

from hogarth.people.models import Account, Claim, Pseud
from hogarth.works.models import (
    Asset,
    Change,
    Chapter,
    ChapterText,
    Original,
    Series,
    SeriesEntry,
    Tag,
    Version,
    VersionAsset,
    VersionText,
    Witness,
    Work,
    WorkCredit,
    WorkTag,
)

__all__ = [
    "Account",
    "Asset",
    "Change",
    "Chapter",
    "ChapterText",
    "Claim",
    "Original",
    "Pseud",
    "Series",
    "SeriesEntry",
    "Tag",
    "Version",
    "VersionAsset",
    "VersionText",
    "Witness",
    "Work",
    "WorkCredit",
    "WorkTag",
]
