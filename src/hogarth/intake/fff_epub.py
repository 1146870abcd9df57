"""E-books made by FanFicFare, in EPUB 2 and 3, from any of its sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.book import Book
from hogarth.intake.book_pictures import settle_pages
from hogarth.intake.book_reading import join_facts, list_problems, refuse_wordless, tell_missing
from hogarth.intake.elements import attribute, classes, first
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.fff_chapters import (
    Notes,
    join_parts,
    make_chapter,
    read_title,
    take_heading,
    take_notes,
)
from hogarth.intake.fff_facts import (
    is_fff,
    is_fff_page,
    read_fff_log,
    read_fff_page,
    settle_otw,
    sort_fff_subjects,
)
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Dates

#: Class of the body → what the page is.
_PAGES: Final = frozenset({"fff_titlepage", "fff_tocpage", "fff_logpage", "fff_coverpage"})
#: The same by its name, in books from before the classes.
_NAMES: Final = {"title_page": "fff_titlepage", "log_page": "fff_logpage"}
_FAILED: Final = "chapter url removed due to failure"
#: A title page is among the first pages, and no longer. Units: pages, words.
_FRONT: Final = 3
_LONGEST_PAGE: Final = 3_000
#: Units: characters before the text of a page begins.
_HEAD: Final = 8_000


@dataclass(slots=True)
class _Draft:
    """A chapter: its pages, its title and address as FanFicFare keeps them.

    Shape: more than one page where a later tool cut a long chapter.
    """

    pages: list[Page]
    title: str
    source: str = ""


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Its name in the package, or its own pages where a later tool rewrote that."""
    book = found.book
    if book is None:
        return None
    if is_fff(book.package):
        return (Evidence("maker", "FanFicFare, in the package"),)
    if any(_role(page) == "fff_titlepage" for page in book.pages[:_FRONT]):
        return (Evidence("maker", "FanFicFare, on the title page"),)
    return None


def read(found: Found) -> Reading:
    """The story with what its title page, its log and each chapter's head say.

    Raises: Unreadable, when no chapter holds a word.
    """
    book = found.book
    if book is None:
        raise refuse("zip-without-book")
    facts = _gather_facts(book)
    told = [page for page in book.pages if not page.matter and not _role(page)]
    refuse_wordless(book, told)
    pictures = Pictures()
    prepare = settle_pages(told, book.archive, pictures)
    drafts = _find_chapters(told)
    of_work = Notes()
    chapters = [
        _read_chapter(draft, number, len(drafts), prepare, of_work)
        for number, draft in enumerate(drafts, start=1)
    ]
    title = title_from_name(found.name)
    manuscript = make_manuscript(facts, chapters, title=title, assets=pictures.assets)
    manuscript = replace(
        manuscript,
        notes=of_work.of_work or manuscript.notes,
        end_notes=of_work.of_work_end or manuscript.end_notes,
    )
    problems = [] if facts.title else [Problem("title-guessed", manuscript.title)]
    problems += [
        Problem("chapter-failed", f"chapter {number}")
        for number, draft in enumerate(drafts, start=1)
        if draft.source == _FAILED
    ]
    problems += list_problems(book, told, pictures)
    problems += tell_missing(facts, manuscript)
    return Reading(found.name, "fff-epub", (manuscript,), (), tuple(problems))


def _gather_facts(book: Book) -> Facts:
    """The title page first, then the log, then the package.

    The package counts more on title, authors and address, which it states apart.
    """
    facts, log = Facts(), Facts()
    for page in book.pages:
        role = _role(page)
        if page.body is not None and role == "fff_titlepage":
            facts = read_fff_page(page.body)
        elif page.body is not None and role == "fff_logpage":
            log = read_fff_log(page.body)
        page.release()
    facts = join_facts(facts, log)
    package = book.package.facts
    facts.title = package.title or facts.title
    facts.credits = package.credits or facts.credits
    facts.source = package.source or facts.source
    facts.series = facts.series or package.series
    facts.language = facts.language or package.language
    facts.summary = facts.summary or package.summary
    facts.dates = Dates(
        facts.dates.published or package.dates.published,
        facts.dates.updated or package.dates.updated,
    )
    settle_otw(facts)
    facts.tags = sort_fff_subjects(package.tags, facts)
    if facts.status == "complete" and facts.expected is None:
        facts.expected = facts.posted
    return facts


def _read_chapter(
    draft: _Draft,
    number: int,
    count: int,
    prepare: Callable[[Page], None],
    of_work: Notes,
) -> Chapter:
    """The chapter. What is said of the whole work in its notes goes to `of_work`."""
    if draft.source == _FAILED:
        # What stands there is the tool's own report.
        return Chapter(number, "", read_title(draft.title, number))
    parts = []
    for place, page in enumerate(draft.pages):
        prepare(page)
        if page.body is None:
            continue
        ids = f"d{page.place}-"
        last = place == len(draft.pages) - 1
        if place == 0:
            take_heading(page.body, draft.title)
        notes = take_notes(page.body, ids, first=number == 1, last=last and number == count)
        of_work.of_work = of_work.of_work or notes.of_work
        of_work.of_work_end = of_work.of_work_end or notes.of_work_end
        parts.append(make_chapter(number, page.body, draft.title, notes, ids=ids))
        page.release()
    return replace(
        join_parts(parts) if parts else Chapter(number, ""),
        source=draft.source if draft.source.startswith("http") else None,
    )


def _find_chapters(told: list[Page]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for page in told:
        head = page.tree.head
        title = _meta(head, "chapterorigtitle") or _meta(head, "chaptertitle")
        source = _meta(head, "chapterurl")
        page.release()
        label = page.entries[-1][1] if page.entries else ""
        same = bool(drafts and source) and source == drafts[-1].source
        if drafts and source != _FAILED and (same or not (title or label or page.heading)):
            drafts[-1].pages.append(page)
        else:
            drafts.append(_Draft([page], title or label or page.heading, source))
    return drafts


def _meta(head: LexborNode | None, name: str) -> str:
    return attribute(first(head, f"meta[name={name}]"), "content")


def _role(page: Page) -> str:
    """Which of its own pages it is, or ""."""
    found = next((role for role in _PAGES if _has_class(page, role)), "")
    stem = page.name.rpartition("/")[2].partition(".")[0]
    role = found or _NAMES.get(stem, "")
    # A tool that made another book of it has left the classes out.
    if not role and page.place < _FRONT and page.words < _LONGEST_PAGE and page.body is not None:
        return "fff_titlepage" if is_fff_page(page.body) else ""
    return role


def _has_class(page: Page, name: str) -> bool:
    return name in page.text[:_HEAD] and page.body is not None and name in classes(page.body)
