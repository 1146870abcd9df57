"""Finding what a text needs: one that needs nothing, and the same text damaged."""

from __future__ import annotations

import textwrap
from html import escape, unescape

from bench.harness import Measure, Result, measure_call
from bench.pages import Pen
from hogarth.manuscript import Chapter, Manuscript, plain_text
from hogarth.restoration import choose, find_repairs, restore


def _works(html: list[str]) -> list[Manuscript]:
    works = [Manuscript("Story", (Chapter(1, text),)) for text in html]
    for work in works:
        _ = work.chapters[0].text  # reading has it already
    return works


def _measure(name: str, html: list[str], words: int, note: str = "") -> list[Measure]:
    works = _works(html)
    found = [find_repairs(work) for work in works[:1]]
    finding = measure_call(
        name, lambda: found.extend(find_repairs(work) for work in works), count=words, note=note
    )
    if not any(found):
        return [finding]
    again = measure_call(
        f"{name}: doing them",
        lambda: [
            restore(work, choose(repairs)) for work, repairs in zip(works, found[1:], strict=True)
        ],
        count=words,
    )
    return [finding, again]


def compare(count: int) -> Result:
    """Restore `count` stories of 5,000 words. Units: thousands of words."""
    sound = [Pen(number).story(5_000) for number in range(count)]
    plain = [unescape(plain_text(html)) for html in sound]
    words = sum(len(text.split()) for text in plain) // 1_000
    flat = [f"<p>{escape(' '.join(text.split()), quote=False)}</p>" for text in plain]
    wrapped = [
        "<p>" + "<br/>".join(textwrap.wrap(escape(" ".join(t.split()), quote=False), 72)) + "</p>"
        for t in plain
    ]
    broken = [text.replace("“", "â€œ").replace("”", "â€\x9d").replace("…", "â€¦") for text in sound]
    measures = [
        *_measure("a sound text", sound, words, "finding that it needs nothing"),
        *_measure("flattened", flat, words),
        *_measure("wrapped", wrapped, words),
        *_measure("read in a wrong encoding", broken, words),
    ]
    rate = 1000 * measures[0].count / measures[0].cpu
    return Result(
        "Restoring, by thousands of words",
        "thousand word",
        tuple(measures),
        (f"Through a sound text: {rate:,.0f} words a second of one core (aim: 500,000).",),
    )
