"""E-books made by fimfic2epub, from Fimfiction."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.book import Book
from hogarth.intake.book_reading import read_book
from hogarth.intake.elements import attribute, children, classes, inner_of, take_out, text_of
from hogarth.intake.facts import Facts, read_status, state
from hogarth.intake.labels import Labelled, read_label
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page
from hogarth.manuscript import Tag, clean

_MAKER: Final = "fimfic2epub"
_FRONT: Final = 4
#: Class of a tag → its kind; the site calls the fandom a series.
_KINDS: Final = {
    "tag-genre": "genre",
    "tag-series": "fandom",
    "tag-character": "character",
    "tag-warning": "warning",
    "tag-content": "freeform",
}
#: The first subjects are the site and the rating.
_RATINGS: Final = {"everyone": "Everyone", "teen": "Teen", "mature": "Mature"}
_FURNITURE: Final = ".chapter-title aside, .chapter-title hr, a.chaptercomments, svg.chapterbars"


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Its version in the package, or its name on every page."""
    book = found.book
    if book is None:
        return None
    named = any(maker.casefold().startswith(_MAKER) for maker in book.package.makers)
    if named or any(f"by {_MAKER}" in page.text[:1_000] for page in book.pages[:_FRONT]):
        return (Evidence("maker", _MAKER),)
    return None


def read(found: Found) -> Reading:
    """The story with what the title page says, author's notes apart."""
    book = found.book
    if book is None:
        raise refuse("zip-without-book")
    facts = _gather_facts(book)
    manuscript, evidence, problems = read_book(book, found.name, facts, prepare=_prepare)
    return Reading(found.name, "fimfic2epub", (manuscript,), evidence, problems)


def _gather_facts(book: Book) -> Facts:
    facts = book.package.facts
    rating = next((t.name for t in facts.tags if t.name.casefold() in _RATINGS), "")
    kinds: list[Tag] = [Tag("rating", _RATINGS[rating.casefold()])] if rating else []
    for page in book.pages[:_FRONT]:
        body = page.body
        if body is None or body.css_first("span.story_name") is None:
            continue
        page.matter = len(book.pages) > 1
        kinds += _read_tags(body)
        facts.summary = clean(inner_of(body.css_first("#description"))) or facts.summary
        facts.status = read_status(text_of(body.css_first(".completed-status")))
        state(facts, _read_boxes(body))
        page.release()
    named = {tag.name for tag in kinds}
    rest = [tag for tag in facts.tags if tag.name not in {*named, "Fimfiction", rating}]
    facts.tags = list(dict.fromkeys([*kinds, *rest]))
    return facts


def _read_tags(body: LexborNode) -> list[Tag]:
    found = []
    for tag in body.css(".tagbox > span"):
        kind = next((_KINDS[name] for name in classes(tag) if name in _KINDS), "freeform")
        found.append(Tag(kind, text_of(tag)))
    return found


def _read_boxes(body: LexborNode) -> list[Labelled]:
    """“Published”, “Last Modified”, “Word Count”, each above its value."""
    rows = []
    for box in body.css(".infobox"):
        label, value = text_of(box.css_first(".heading")), text_of(box.css_first(".data"))
        rows.append(read_label(f"{label}: {value}"))
    return [row for row in rows if row is not None and row.field]


def _prepare(page: Page) -> None:
    """Notes go apart; what invites to the site goes."""
    tree = page.tree
    take_out(tree, _FURNITURE)
    notes = tree.css_first("#author_notes")
    if notes is None:
        return
    label = next(children(notes), None)
    if label is not None and text_of(label).startswith("Author"):
        label.decompose()
    html = clean(inner_of(notes), ids=f"d{page.place}-")
    if "top" in attribute(notes, "class").split():
        page.notes = html
    else:
        page.end_notes = html
    notes.decompose()
