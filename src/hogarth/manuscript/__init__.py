"""The work as a value: its shape, its permitted markup, its measures."""

from hogarth.manuscript.markup import Newlines, blocks, clean, plain_text
from hogarth.manuscript.measure import count_paragraphs, count_words, guess_language
from hogarth.manuscript.shape import (
    ROLES,
    STATUSES,
    TAG_KINDS,
    Asset,
    Chapter,
    Credit,
    Dates,
    Manuscript,
    Role,
    SeriesPlace,
    Stated,
    Status,
    Tag,
    from_json,
    to_json,
)

__all__ = [
    "ROLES",
    "STATUSES",
    "TAG_KINDS",
    "Asset",
    "Chapter",
    "Credit",
    "Dates",
    "Manuscript",
    "Newlines",
    "Role",
    "SeriesPlace",
    "Stated",
    "Status",
    "Tag",
    "blocks",
    "clean",
    "count_paragraphs",
    "count_words",
    "from_json",
    "guess_language",
    "plain_text",
    "to_json",
]
