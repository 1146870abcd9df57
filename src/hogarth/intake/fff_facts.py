"""What FanFicFare says of a story on the title pages and update logs that it makes.

Labels and keys are those it is delivered with, for every site it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.dates import parse_date
from hogarth.intake.elements import attribute, inner_of, text_of
from hogarth.intake.facts import CATEGORIES, Facts, state
from hogarth.intake.fff_chapters import unwrap
from hogarth.intake.label_rows import Row, read_rows
from hogarth.intake.labels import Labelled, read_label
from hogarth.intake.opf import Package
from hogarth.intake.tags import unify_tag
from hogarth.manuscript import Credit, Tag, clean

#: Key → what it states. Keys stand in update logs; their labels on title pages.
_KEYS: Final = {
    "category": "fandom",
    "fandoms": "fandom",
    "crossoverfandom": "fandom",
    "ao3categories": "category",
    "ships": "relationship",
    "characters": "character",
    "genre": "genre",
    "fullgenre": "genre",
    "freeformtags": "freeform",
    "rating": "rating",
    "warnings": "warning",
    "contentwarnings": "warning",
    "series": "series",
    "seriesHTML": "series",
    "language": "language",
    "status": "status",
    "datePublished": "published",
    "dateUpdated": "updated",
    "numChapters": "chapters",
    "chapterslashtotal": "chapters",
    "numWords": "words",
    "comments": "comments",
    "kudos": "kudos",
    "hits": "hits",
    "bookmarks": "bookmarks",
    "description": "summary",
    "title": "title",
    "author": "author",
    "dateCreated": "packaged",
}
_LABELS_BY_FIELD: Final = {
    "fandom": "category|fandom|fandoms|crossover fandom|universe",
    "category": (
        "ao3 categories|squidgeworld categories|superlove categories|adastra categories"
        "|cfaa categories"
    ),
    "relationship": "relationships|relationship|pairings|pairing",
    "character": "characters|character",
    "genre": "genre|genres|ジャンル|大ジャンル|小ジャンル",
    "freeform": (
        "freeform tags|tags|extra tags|additional tags|site tags|content tags from forum"
        "|tags from forum|tags from title|prefix tags from forum|format tags from forum|tropes"
        "|erotica tags|search tags|キーワード|タグ|time period tags from forum|events"
    ),
    "rating": "rating|site rating",
    "warning": "warnings|warning|content warnings",
    "series": "series|additional series",
    "language": "language",
    "status": "status",
    "published": "published",
    "updated": "updated",
    "chapters": "chapters/total chapters|chapters",
    "words": "words",
    "comments": "comments|reviews|感想|応援コメント|レビュー",
    "kudos": "kudos|favorites|faves|favs|likes|votes",
    "hits": "hits|views|reads|total views|アクセス数",
    "bookmarks": "bookmarks|ブックマーク登録",
    "summary": "summary|description",
    "title": "title",
    "author": "author|authors",
    "packaged": "packaged",
    "translator": "translators|translator",
    "beta": "beta readers",
    "source": "story url",
    "notes": "story notes|notes|author comment|notice|dedication",
}
_LABELS: Final = {
    label: field for field, labels in _LABELS_BY_FIELD.items() for label in labels.split("|")
}
#: People write labels of their own into its settings: “Primary ship”, “Main fandom”.
_WORDS: Final = (
    (re.compile(r"\b(?:ships?|pairings?|relationships?)\b", re.IGNORECASE), "relationship"),
    (re.compile(r"\bfandoms?\b", re.IGNORECASE), "fandom"),
    (re.compile(r"\bcharacters?\b", re.IGNORECASE), "character"),
    (re.compile(r"\bwarnings?\b", re.IGNORECASE), "warning"),
    (re.compile(r"\b(?:tags|tropes|kinks)\b", re.IGNORECASE), "freeform"),
)
_MAKERS: Final = ("fanficfare", "fanficdownloader", "fanfictiondownloader")
_IDENT: Final = re.compile(r"fan(?:ficfare|ficdownloader|fictiondownloader)-uid", re.IGNORECASE)
#: Subjects that are no tags.
_JUNK: Final = re.compile(
    r"fanfiction|last update(?: year/month)?:.*|in-progress|completed|complete|incomplete|hiatus"
    r"|abandoned|on hiatus|dropped|cancelled",
    re.IGNORECASE,
)
_PSEUD: Final = re.compile(r"(\S.{0,60}) \(([^()\s]{1,60})\)")
#: Works of otwarchive, where what it calls a genre is the author's own tags.
_OTW: Final = re.compile(r"https?://[^/\s]+/works/\d+", re.IGNORECASE)


def is_fff(package: Package) -> bool:
    """Whether the package was made by FanFicFare, or by what it was called before."""
    if any(_IDENT.match(ident) for ident in (package.unique, *package.identifiers)):
        return True
    return any(maker.casefold().startswith(_MAKERS) for maker in package.makers)


def is_fff_page(body: LexborNode) -> bool:
    """Whether the page is a title page of FanFicFare's, whoever made the book after it."""
    heading = body.css_first("h1, h2, h3")
    if heading is None or heading.css_first("a[href]") is None or " by " not in text_of(heading):
        return False
    labels = {row.label for row in read_rows(body)}
    return "Publisher" in labels and not labels.isdisjoint(("Status", "Category", "Genre"))


def read_fff_page(body: LexborNode) -> Facts:
    """What a title page states, in lines or in a table, and its heading: title and authors."""
    facts = state_rows(read_rows(body))
    links = body.css("h1 a[href], h2 a[href], h3 a[href]")
    marked = [link for link in links if "authorlink" in attribute(link, "class")]
    titled = [link for link in links if "authorlink" not in attribute(link, "class")][:1]
    for link in titled:
        facts.title = facts.title or text_of(link)
        address = attribute(link, "href")
        facts.source = facts.source or (address if address.startswith("http") else None)
    names = [text_of(link) for link in marked or links[1:] or body.css("a.authorlink")]
    named = [Credit(name) for name in names if name and name.casefold() != "anonymous"]
    facts.credits = named or facts.credits
    return _settle(facts)


def state_rows(rows: Iterable[Row]) -> Facts:
    """The facts in labelled rows. A summary keeps its markup."""
    facts = Facts()
    known: list[Labelled] = []
    for row in rows:
        field = _field_of(row)
        if field == "summary":
            facts.summary = facts.summary or _clean_summary(row.html)
        elif field == "packaged":
            facts.stated = replace(facts.stated, as_of=parse_date(row.line))
        elif field:
            known.append(Labelled(field, row.label, row.line))
    state(facts, _fullest_first(known))
    return facts


def read_fff_log(body: LexborNode) -> Facts:
    """The latest value of each fact in an update log; later entries only say what changed."""
    latest: dict[str, LexborNode] = {}
    for span in body.css("span[id]"):
        latest[attribute(span, "id")] = span
    facts = Facts()
    rows = []
    for key, span in latest.items():
        field = _KEYS.get(key, "")
        if field == "summary":
            facts.summary = _clean_summary(inner_of(span))
        elif field == "packaged":
            facts.stated = replace(facts.stated, as_of=parse_date(text_of(span)))
        elif field:
            rows.append(Labelled(field, key, text_of(span)))
    state(facts, rows)
    return _settle(facts)


def sort_fff_subjects(subjects: Iterable[Tag], facts: Facts) -> list[Tag]:
    """The tags with their kinds, then the subjects that have none: not those that are no tags."""
    named = {tag.name.casefold() for tag in facts.tags}
    rest = [
        tag
        for tag in subjects
        if tag.name.casefold() not in named and not _JUNK.fullmatch(tag.name)
    ]
    return list(dict.fromkeys((*facts.tags, *rest)))


def settle_otw(facts: Facts) -> None:
    """On an otwarchive, what it calls a genre is an author's own tag or a kind of pairing, and
    “pseud (account)” is one name with another.
    """
    otw = _OTW.match(facts.source or "") is not None
    facts.tags = list(dict.fromkeys(_kind(tag, otw) for tag in facts.tags))
    if otw:
        facts.credits = [_read_pseud(credit) for credit in facts.credits]


def _clean_summary(html: str) -> str | None:
    body = LexborHTMLParser(html).body
    return clean(inner_of(unwrap(body)), newlines="break") or None if body is not None else None


def _read_pseud(credit: Credit) -> Credit:
    found = _PSEUD.fullmatch(credit.name)
    return replace(credit, name=found[1], pseud_of=found[2]) if found else credit


def _field_of(row: Row) -> str:
    """What the row states, or ""."""
    known = _LABELS.get(row.label.casefold())
    if known is not None:
        return known
    read = read_label(f"{row.label}: {row.line}")
    if read is not None and read.field:
        return read.field
    mine = row.label.casefold().startswith(("my ", "i "))
    return next((field for word, field in _WORDS if word.search(row.label) and not mine), "")


def _kind(tag: Tag, otw: bool) -> Tag:
    if tag.kind in ("genre", "freeform") and tag.name.casefold() in CATEGORIES and otw:
        return Tag("category", tag.name)
    return unify_tag("freeform", tag.name) if tag.kind == "genre" and otw else tag


def _settle(facts: Facts) -> Facts:
    """Tags of “Genre” and of “Freeform Tags” may be the same."""
    seen: Mapping[str, None] = dict.fromkeys(tag.name for tag in facts.tags if tag.kind == "fandom")
    facts.tags = [tag for tag in facts.tags if tag.kind != "genre" or tag.name not in seen]
    facts.tags = [tag for tag in facts.tags if not _is_junk(tag)]
    return facts


def _is_junk(tag: Tag) -> bool:
    return tag.kind in ("genre", "freeform") and _JUNK.fullmatch(tag.name) is not None


def _fullest_first(rows: list[Labelled]) -> list[Labelled]:
    """“Chapters/Total Chapters: 3/10” before “Chapters: 3”: what is read first stays."""
    return sorted(rows, key=lambda row: row.field != "chapters" or "/" not in row.value)
