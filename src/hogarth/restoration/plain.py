"""Restored texts as plain paragraphs, and plain texts put into paragraphs, white space alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from hogarth.manuscript import Chapter, Manuscript
from hogarth.restoration.applying import restore
from hogarth.restoration.rules import RULES, find_repairs
from hogarth.restoration.text_map import map_text

_EMPTY_LINES: Final = re.compile(r"\n[ \t]*\n\s*")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Plain(NamedTuple):
    """Shape: `scene_breaks_after` the index of the paragraph before each break."""

    paragraphs: list[str]
    scene_breaks_after: list[int]


def list_paragraphs(chapters: Sequence[Chapter]) -> Plain:
    """The paragraphs of all chapters, in order."""
    plain = Plain([], [])
    for chapter in chapters:
        mapped = map_text(chapter.html)
        for block in mapped.blocks:
            if block.tag != "hr":
                plain.paragraphs.append(mapped.text[block.text_start : block.text_end])
            elif plain.paragraphs and plain.scene_breaks_after[-1:] != [len(plain.paragraphs) - 1]:
                plain.scene_breaks_after.append(len(plain.paragraphs) - 1)
    return plain


def restore_plain(text: str) -> Plain:
    """A text put into paragraphs, whatever the certainty. No sign but white space is another.

    Shape: newlines in `text` are those it was found with.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    html = "\n".join(
        f"<p>{escape(_CONTROLS.sub(' ', block), quote=False)}</p>".replace("\n", "<br/>")
        for block in _EMPTY_LINES.split(lines)
        if block.strip()
    )
    work = Manuscript("", (Chapter(1, html),))
    rules = [rule for rule in RULES if rule.spaces_only]
    repairs = [
        repair
        for repair in find_repairs(work, problems=["paragraphs-lost"], rules=rules)
        if not repair.before.strip() and not repair.after.strip()
    ]
    restored = restore(work, repairs).chapters
    plain = list_paragraphs(restored)
    return Plain([" ".join(p.split()) for p in plain.paragraphs], plain.scene_breaks_after)
