"""A whole e-book as one work, from its package, its title page and its chapters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from hogarth.intake.book import Book
from hogarth.intake.book_chapters import read_chapters, take_notes
from hogarth.intake.book_licence import take_out_licence
from hogarth.intake.book_pictures import settle_pages
from hogarth.intake.elements import text_of
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Problem
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page, first_heading
from hogarth.intake.title_page import (
    find_ffn_line,
    read_byline,
    read_head_of_text,
    read_title_page,
    sort_subjects,
)
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Dates, Manuscript

#: A title page is among the first pages, and no longer. Units: pages, words.
_FRONT: Final = 4
_LONGEST_FRONT: Final = 1_500
#: The language that tools write when they know none.
_ANY_LANGUAGE: Final = "en"


def read_book(
    book: Book,
    name: str,
    facts: Facts | None = None,
    *,
    sources: Mapping[str, str] | None = None,
    prepare: Callable[[Page], None] | None = None,
) -> tuple[Manuscript, tuple[Evidence, ...], tuple[Problem, ...]]:
    """The book as one work, its chapters as the table of contents cuts them.

    Shape: `facts` where the maker is known and was asked; `sources` the address of a chapter by the
    name of its page; `prepare` takes out of a page what its maker put there.
    Raises: Unreadable, when its pages hold pictures and no text.
    """
    facts = facts or gather_facts(book)
    told = [page for page in book.pages if not page.matter]
    refuse_wordless(book, told)
    pictures = Pictures()
    settle = settle_pages(told, book.archive, pictures)

    def open_page(page: Page) -> None:
        if prepare is not None:
            prepare(page)
        settle(page)
        if page is told[0]:
            _drop_title(page, facts)

    licence = take_out_licence(told)
    notes = end_notes = None
    # Where the site counts notes among the chapters they stay there.
    if facts.posted is None or sum(1 for page in told if page.entries) > facts.posted:
        notes, end_notes = take_notes(told, 0, open_page), take_notes(told, -1, open_page)
    chapters = read_chapters(told, open_page, sources)
    manuscript = make_manuscript(
        facts, chapters, title=title_from_name(name), assets=pictures.assets
    )
    manuscript = replace(
        manuscript, notes=notes or manuscript.notes, end_notes=end_notes or manuscript.end_notes
    )
    problems = [] if facts.title else [Problem("title-guessed", manuscript.title)]
    problems += list_problems(book, told, pictures)
    problems += tell_missing(facts, manuscript)
    evidence = [*tell_left_out(book), *([Evidence("licence", licence)] if licence else [])]
    return manuscript, tuple(evidence), tuple(problems)


def _drop_title(page: Page, facts: Facts) -> None:
    """Title and byline are no part of the text where they stand above it."""
    heading = first_heading(page.body) if page.body is not None else None
    if page.body is None or heading is None:
        return
    if fold_title(text_of(heading)) != fold_title(facts.title):
        return
    heading.decompose()
    names = {fold_title(f"by{credit.name}") for credit in facts.credits}
    line = page.body.css_first("h1, h2, h3, h4, p, div")
    if line is not None and fold_title(text_of(line)) in names:
        line.decompose()


def refuse_wordless(book: Book, told: Iterable[Page]) -> None:
    """Raises: Unreadable, when no page holds a word: it says why, as far as that can be seen."""
    pages = list(told)
    if any(page.words for page in pages):
        return
    if book.spine.broken:
        raise refuse("damaged-zip", reason=book.spine.broken)
    raise refuse("pictures-only" if any(page.pictures for page in pages) else "no-story-empty")


def gather_facts(book: Book) -> Facts:
    """What the package says, and what the title page says where the package is silent.

    The title page is believed more on language and days: tools write English and the day on which
    they made the book.
    """
    front = read_front(book)
    stated = book.package.facts
    stated.tags = list(sort_subjects(stated.tags, front))
    stated.title = stated.title or front.title
    stated.credits = stated.credits or front.credits
    stated.summary = stated.summary or front.summary
    stated.notes = stated.notes or front.notes
    stated.series = stated.series or front.series
    stated.source = stated.source or front.source
    if front.language and stated.language in (None, _ANY_LANGUAGE):
        stated.language = front.language
    if stated.status == "unknown":
        stated.status = front.status
    stated.posted, stated.expected = front.posted, front.expected
    stated.dates = Dates(
        front.dates.published or stated.dates.published, front.dates.updated or stated.dates.updated
    )
    stated.stated = front.stated
    return stated


def read_front(book: Book) -> Facts:
    """What the first pages say of the story in labelled lines and in a byline.

    Where a story begins at once, only a head of several labels is taken for one.
    """
    facts = Facts()
    title = book.package.facts.title
    for page in book.pages[:_FRONT]:
        if page.body is None or (page.matter and page.words > _LONGEST_FRONT):
            continue
        body = page.body
        line = None
        if page.matter:
            facts = join_facts(facts, read_title_page([body]))
            line = find_ffn_line(body)
        elif page.place <= 1:
            facts = join_facts(facts, read_head_of_text(body))
        facts = join_facts(facts, line) if line is not None else facts
        byline = read_byline(body, title or facts.title, alone=page.matter)
        facts.credits = facts.credits or byline.credits
        facts.title = facts.title or byline.title
        page.release()
    return facts


def join_facts(facts: Facts, further: Facts) -> Facts:
    """The facts, with what they do not state from further ones."""
    dates, more = facts.dates, further.dates
    kinds = {tag.kind for tag in facts.tags}
    return Facts(
        title=facts.title or further.title,
        credits=facts.credits or further.credits,
        summary=facts.summary or further.summary,
        notes=facts.notes or further.notes,
        tags=[*facts.tags, *(tag for tag in further.tags if tag.kind not in kinds)],
        series=facts.series or further.series,
        source=facts.source or further.source,
        language=facts.language or further.language,
        status=further.status if facts.status == "unknown" else facts.status,
        posted=facts.posted or further.posted,
        expected=facts.expected or further.expected,
        dates=Dates(dates.published or more.published, dates.updated or more.updated),
        stated=further.stated if facts.stated == Facts().stated else facts.stated,
    )


def list_problems(book: Book, told: Iterable[Page], pictures: Pictures) -> Iterator[Problem]:
    """What is wrong with the files of the book."""
    marks = sum(page.marks for page in told)
    if marks:
        yield Problem("undecodable-bytes", str(marks))
    if book.lost:
        yield Problem("pages-missing", _some(book.lost))
    if pictures.missing:
        yield Problem("picture-missing", _some([name for name in pictures.missing if name]))


def tell_missing(facts: Facts, manuscript: Manuscript) -> Iterator[Problem]:
    """Whether the title page states more chapters than there are."""
    held = len(manuscript.chapters)
    if facts.posted and facts.posted > held:
        yield Problem("chapters-missing", f"{held} of {facts.posted}")


def tell_left_out(book: Book) -> Iterator[Evidence]:
    """Which pages are no part of the story."""
    names = [page.name for page in book.pages if page.matter]
    if names:
        yield Evidence("left-out", _some(names))


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more
