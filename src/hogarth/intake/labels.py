"""Labels that writers and tools put before facts about a story: “Pairing: …”, “Rated: …”."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LABELS: Final = {
    "title": "title|story title|story|name of story|titre|título|titel|subject|название",
    "author": (
        "author|authors|by|written by|writer|pen name|penname|from|auteur|autor|autora|autore"
        "|автор|作者"
    ),
    "beta": "beta|betas|beta reader|beta readers|betaed by|beta'd by|beta-reader|beta-read by",
    "translator": "translator|translated by|traduction|übersetzer|переводчик",
    "artist": "artist|art by|illustrator|illustrated by",
    "fandom": "fandom|fandoms|universe|series/fandom|фандом",
    "relationship": (
        "pairing|pairings|ship|ships|relationship|relationships|couple|couples|parejas|пейринг"
    ),
    "character": "character|characters|main characters|personajes|персонажи",
    "rating": "rating|rated|ratings|рейтинг",
    "warning": "warning|warnings|archive warning|archive warnings|content warning|content warnings",
    "genre": "genre|genres|жанр",
    "category": "category|categories",
    "freeform": "additional tags|additional tag|tags|freeform|freeforms|freeform tags|keywords",
    "summary": "summary|description|blurb|résumé|resumen|саммари|описание",
    "notes": (
        "a/n|an|a.n|author note|author's note|authors note|author's notes|authors notes"
        "|authors' note|note|notes|note from the author"
    ),
    "language": "language|sprache|langue|idioma|язык",
    "status": "status|complete|completed|completion",
    "published": "published|date|posted|written|date posted|date written|first published",
    "updated": "updated|last updated|revised",
    "series": "series|sequel to|part of",
    "source": "story url|source|url|link|original source|original url|posted originally at",
    "words": "words|word count|wordcount|length",
    "chapters": "chapters|chapter count|total chapters",
    "kudos": "kudos|favs|favorites|favourites|faves|votes",
    "hits": "hits|reads|views",
    "comments": "comments|reviews",
    "bookmarks": "bookmarks",
    "aside": (
        "disclaimer|disclaimers|spoilers|spoiler|archive|archiving|distribution|feedback|e-mail"
        "|email|website|web site|url of author|author url|series url|publisher|packaged|content"
        "|dedication|thanks|timeline|setting|season|challenge|prompt|author's website|newsgroups"
        "|message-id|to|cc|reply-to|organization|x-mailer|sender|mime-version|content-type"
        "|recipient|for"
    ),
}
_FIELDS: Final = {name: field for field, names in _LABELS.items() for name in names.split("|")}
_LINE: Final = re.compile(
    r"[*_#>\s]{0,4}(?P<label>[^\W\d_](?:[^\W\d_]|[ /'.&-]){0,28}?)"
    r"[*_]{0,3}\s*[:：][*_]{0,3}(?:\s+|$)"
    r"(?P<value>.*)",
    re.DOTALL,
)


class Labelled(NamedTuple):
    """One line. Shape: `field` the name of what it states, "" for a label not known here."""

    field: str
    label: str
    value: str


def read_label(line: str) -> Labelled | None:
    """The label and value of a line, or None when it has no label."""
    found = _LINE.match(line)
    if found is None:
        return None
    label = found["label"].strip()
    folded = label.casefold().replace("’", "'")
    return Labelled(_FIELDS.get(folded, ""), label, found["value"].strip().strip("*_").strip())
