"""What may be asked of works. Every query takes the viewer and returns frozen values."""

from hogarth.works.queries.lists import (
    by_author,
    by_tag,
    find_author,
    find_tag,
    in_series,
    latest,
    list_works,
    tags_of_kind,
    totals,
)
from hogarth.works.queries.pages import asset_of, blurb, contents, open_chapter, open_entire
from hogarth.works.queries.repairs import repairs
from hogarth.works.queries.sources import about, manuscript_of, original_of

__all__ = [
    "about",
    "asset_of",
    "blurb",
    "by_author",
    "by_tag",
    "contents",
    "find_author",
    "find_tag",
    "in_series",
    "latest",
    "list_works",
    "manuscript_of",
    "open_chapter",
    "open_entire",
    "original_of",
    "repairs",
    "tags_of_kind",
    "totals",
]
