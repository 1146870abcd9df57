"""Labelled facts in the running text of an element: “**Genre:** Drama | **Words:** 2,000”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import classes, pieces
from hogarth.intake.labels import Labelled, read_label

_LABELS: Final = frozenset({"b", "strong", "dt", "th", "label"})
_BREAKS: Final = frozenset({"br", "p", "div", "li", "tr", "dl", "ul", "table", "hr", "blockquote"})
#: What parts one fact from the next and is no part of either.
_JOINT: Final = re.compile(r"^[\s|·•»:–—-]+|[\s|·•«–—-]+$")
_DASH: Final = re.compile(r"\s+[-–—|•·]\s+|\n")
_TRAILING_WORDS: Final = re.compile(r"(\d[\d,.]*)\s+words?", re.IGNORECASE)
#: “2.7K” is no count that can be relied on.
_ROUNDED: Final = re.compile(r"\d[\d.,]*\s?[kKmM]\b\+?")
_LONGEST: Final = 4_000
#: Elements and pieces of text. No head of a page has more.
_MOST_PIECES: Final = 5_000


def read_labels_in(node: LexborNode) -> list[Labelled]:
    """The facts, in order, those without a known label too.

    Shape: labels stand in emphasis or in elements of the class `label`; where none do, the text is
    parted at dashes, bars and line breaks.
    """
    rows = [(label, value) for label, value in _runs(node) if label]
    if not rows:
        rows = list(_dashed(node))
    found = []
    for label, value in rows:
        row = read_label(f"{label}: {_JOINT.sub('', value)[:_LONGEST]}")
        if row is not None and row.value and not _ROUNDED.fullmatch(row.value):
            found.append(row)
    return found


def _runs(node: LexborNode) -> Iterator[tuple[str, str]]:
    """Each label with the text up to the next one."""
    label = ""
    told: list[str] = []
    for piece, is_label in _walk(node, _MOST_PIECES):
        if is_label:
            yield label, " ".join("".join(told).split())
            label, told = piece, []
        else:
            told.append(piece)
    yield label, " ".join("".join(told).split())


def _walk(node: LexborNode, most: int) -> Iterator[tuple[str, bool]]:
    """The text in order; a label is one piece, without its colon."""
    waiting = [node]
    while waiting and most:
        most -= 1
        inner = waiting.pop()
        if inner.tag == "-text":
            yield inner.text_content or "", False
            continue
        if inner is not node and inner.tag in _BREAKS:
            yield "\n", False
        text = " ".join(inner.text().split()) if _is_label(inner) else ""
        if inner is not node and text.endswith(":"):
            yield text.rstrip(": "), True
            continue
        waiting += reversed(list(pieces(inner)))


def _is_label(node: LexborNode) -> bool:
    return node.tag in _LABELS or not classes(node).isdisjoint({"label", "story-label"})


def _dashed(node: LexborNode) -> Iterator[tuple[str, str]]:
    text = node.text().replace("\u00a0", " ")
    for part in _DASH.split(" ".join(text.split())[:_LONGEST]):
        label, colon, value = part.partition(":")
        counted = _TRAILING_WORDS.fullmatch(part.strip())
        if counted:
            yield "Words", counted[1]
        elif colon:
            yield label.strip(), value
