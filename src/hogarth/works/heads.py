"""Heads of versions: a manuscript without its chapters and pictures, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from hogarth.manuscript import Asset, Chapter, Manuscript, from_json, to_json

_KEPT_ELSEWHERE: Final = ("words", "assets", "chapters")


def head_of(manuscript: Manuscript) -> dict[str, Any]:
    """What `Version.head` holds. Shape: `to_json` without words, assets and chapters."""
    head = to_json(replace(manuscript, chapters=(), assets=()))
    for key in _KEPT_ELSEWHERE:
        del head[key]
    return head


def manuscript_from(
    head: Mapping[str, Any], chapters: Sequence[Chapter], assets: Sequence[Asset]
) -> Manuscript:
    """The manuscript again, with its chapters and pictures. Raises: Invalid for a broken head."""
    bare = from_json({**head, "assets": [], "chapters": []})
    return replace(bare, chapters=tuple(chapters), assets=tuple(assets))
