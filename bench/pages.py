"""Saved archive pages by the thousand, from a seed: the same bytes every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape
from pathlib import Path

_STARTS = "b br c ch d f fl g gr h j k l m n p pr qu r s sh st t th tr v w".split()
_MIDDLES = "a e i o u ai ea ee ou oo".split()
_ENDS = "n r s t d l m ng st rd ck ll th sh ve".split()
_FANDOMS = ("Sherlock Holmes - Doyle", "Pride and Prejudice", "Alice in Wonderland", "Dracula")
_RATINGS = ("General Audiences", "Teen And Up Audiences", "Mature", "Not Rated")


def _vocabulary(dice: random.Random, size: int) -> list[str]:
    """Made-up words, short ones first, as in a real text."""
    words = {"the", "and", "of", "to", "a", "in", "he", "she", "was", "it", "that", "his", "her"}
    while len(words) < size:
        syllables = dice.choice((1, 1, 2, 2, 3))
        words.add(
            "".join(dice.choice(_STARTS) + dice.choice(_MIDDLES) for _ in range(syllables))
            + dice.choice(_ENDS)
        )
    return sorted(words, key=len)


class Pen:
    """Writes made-up prose. The same seed gives the same prose."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = _vocabulary(random.Random(0), 6_000)

    def phrase(self, least: int, most: int) -> str:
        size = len(self.words)
        return " ".join(
            self.words[int(size * self.dice.random() ** 2.5)]
            for _ in range(self.dice.randint(least, most))
        )

    def sentence(self) -> str:
        text = self.phrase(4, 18)
        return text[0].upper() + text[1:] + self.dice.choice((".", ".", ".", "!", "?", "…"))

    def paragraph(self) -> tuple[str, int]:
        sentences = [self.sentence() for _ in range(self.dice.randint(1, 6))]
        words = sum(len(sentence.split()) for sentence in sentences)
        if self.dice.random() < 0.4:
            sentences[0] = f"“{sentences[0]}”"
        if self.dice.random() < 0.2:
            sentences[-1] = f"<em>{sentences[-1]}</em>"
        return f"<p>{' '.join(sentences)}</p>", words

    def story(self, words: int) -> str:
        parts, written = [], 0
        while written < words:
            html, count = self.paragraph()
            parts.append(html)
            written += count
            if self.dice.random() < 0.01:
                parts.append("<hr />")
        return "\n".join(parts)


def _tags(kind: str, label: str, names: list[str]) -> str:
    items = "".join(
        f'<li><a class="tag" href="/tags/x/works">{escape(name)}</a></li>' for name in names
    )
    return (
        f'<dt class="{kind} tags">{label}:</dt>'
        f'<dd class="{kind} tags"><ul class="commas">{items}</ul></dd>'
    )


def write_page(number: int, words: int) -> str:
    """A single-chapter work page as an archive of today serves it."""
    pen = Pen(number)
    title = pen.phrase(2, 5).title()
    author = f"{pen.phrase(1, 1)}{number % 200}"
    story = pen.story(words)
    names = [pen.phrase(1, 2).title() for _ in range(4)]
    meta = "".join([
        _tags("rating", "Rating", [pen.dice.choice(_RATINGS)]),
        _tags("warning", "Archive Warning", ["No Archive Warnings Apply"]),
        _tags("category", "Category", ["Gen"]),
        _tags("fandom", "Fandom", [pen.dice.choice(_FANDOMS)]),
        _tags("relationship", "Relationship", [f"{names[0]}/{names[1]}"]),
        _tags("character", "Characters", names),
        _tags("freeform", "Additional Tags", [pen.phrase(1, 3).title() for _ in range(8)]),
    ])  # fmt: skip
    navigation = "".join(f'<li><a href="/x/{n}">{pen.phrase(1, 2)}</a></li>' for n in range(30))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - {author}</title></head>
<body class="logged-out"><div id="outer" class="wrapper"><ul id="skiplinks"><li>
<a href="#main">Main Content</a></li></ul><header id="header"><ul>{navigation}</ul></header>
<div id="inner" class="wrapper"><div id="main" class="works-show region" role="main">
<div class="wrapper"><dl class="work meta group">{meta}
<dt class="language">Language:</dt><dd class="language" lang="en">English</dd>
<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats">
<dt class="published">Published:</dt><dd class="published">2024-03-{number % 28 + 1:02}</dd>
<dt class="words">Words:</dt><dd class="words">{words:,}</dd>
<dt class="chapters">Chapters:</dt><dd class="chapters">1/1</dd>
<dt class="kudos">Kudos:</dt><dd class="kudos">{number % 999}</dd>
<dt class="hits">Hits:</dt><dd class="hits">{number * 7}</dd></dl></dd></dl></div>
<div id="workskin"><div class="preface group"><h2 class="title heading">{title}</h2>
<h3 class="byline heading"><a rel="author" href="/users/{author}/pseuds/{author}">{author}</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff">
<p>{pen.sentence()}</p></blockquote></div></div>
<div id="chapters" role="article"><h3 class="landmark heading" id="work">Work Text:</h3>
<div class="userstuff">{story}</div></div></div>
<div id="feedback" class="feedback"><form id="new_kudo" action="/kudos" method="post">
<input type="hidden" id="kudo_commentable_id" value="{700000 + number}"></form></div>
</div></div></div></body></html>
"""


def write_pages(folder: Path, *, count: int, words: int) -> Iterator[Path]:
    """Write the pages into a folder, one by one."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        path = folder / f"page-{number:05}.html"
        path.write_text(write_page(number, words), "utf-8")
        yield path
