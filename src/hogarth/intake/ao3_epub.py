"""E-books of works from the Archive of Our Own and sites of its software.

Made by the Archive itself, until 2019 from templates and since then by Calibre; made again by
Calibre from the Archive's files for other devices; or made by an app from the Archive's pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from hogarth.intake.ao3_book_facts import complete
from hogarth.intake.ao3_download_pieces import PARTS, Piece, find_pieces, is_posted_line
from hogarth.intake.ao3_download_work import bind, gather, show
from hogarth.intake.ao3_page_book import has_chapter_pages, make_links_whole, read_page_book
from hogarth.intake.book import Book
from hogarth.intake.book_pictures import settle_addresses
from hogarth.intake.book_styles import move_styles_back
from hogarth.intake.elements import text_of
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Asset, Manuscript

#: Units: pages. The preface is among the first, after whatever covers were put before it.
_FRONT: Final = 8
_FRAMES: Final = "#preface, #chapters, #afterword, [class^=userstuff], dl.tags, p.message, div.meta"
#: Pieces that begin a work or a chapter.
_BEGINNINGS: Final = frozenset({"message", "title", "heading", "name", "text"})


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The line in the preface that says where the work was posted, or the Archive's chapters."""
    book = found.book
    if book is None:
        return None
    for page in book.pages[:_FRONT]:
        line = _posted_line(page)
        if line:
            return (Evidence("book", line),)
    if has_chapter_pages(book.pages[:_FRONT]):
        return (Evidence("book", "chapters as pages of the archive have them"),)
    if book.package.publisher == "Archive of Our Own" and any(map(_has_frames, book.pages)):
        return (Evidence("book", book.package.publisher),)
    return None


def read(found: Found) -> Reading:
    """The work of the book; of a book put together from several, each of its works.

    Raises: Unreadable, when no chapter is in it.
    """
    book = found.book
    if book is None:
        raise refuse("zip-without-book")
    paged = has_chapter_pages(book.pages)
    told = [page for page in book.pages if paged or not page.matter or _has_frames(page)]
    if paged:
        make_links_whole(told)
    pictures = Pictures()
    settle_addresses(told, book.archive, pictures)
    move_styles_back(told, book.archive)
    _forget_marks(told)
    read_works = _read_pages if paged else _read_downloads
    works: list[Manuscript] = []
    problems: list[Problem] = []
    evidence: list[Evidence] = []
    for index, (work, posted, seen) in enumerate(read_works(told, book)):
        if not work.title:
            work = replace(work, title=title_from_name(found.name))
            problems.append(Problem("title-guessed", work.title, index))
        if posted and posted > len(work.chapters):
            problems.append(Problem("chapters-missing", f"{len(work.chapters)} of {posted}", index))
        works.append(_give_pictures(work, pictures.assets))
        evidence += seen
    marks = sum(page.marks for page in told)
    if marks:
        problems.append(Problem("undecodable-bytes", str(marks)))
    if pictures.missing:
        problems.append(Problem("picture-missing", ", ".join(pictures.missing[:3])))
    return Reading(found.name, "ao3-epub", tuple(works), tuple(evidence), tuple(problems))


#: A work, how many chapters its source has, what else was seen.
_Read = tuple[Manuscript, int | None, tuple[Evidence, ...]]


def _read_downloads(pages: list[Page], book: Book) -> Iterator[_Read]:
    downloads = [gather(part) for part in _part(_all_pieces(pages))]
    downloads = [download for download in downloads if download.drafts]
    if not downloads:
        raise refuse("no-story-empty")
    for download in downloads:
        work = bind(download, title="", book=True)
        if len(downloads) == 1:
            heading = text_of(pages[0].tree.css_first("title"))
            work = complete(work, book.package, heading)
        yield work, download.header.posted, show(download)


def _read_pages(pages: list[Page], book: Book) -> Iterator[_Read]:
    work, posted = read_page_book(pages, book.package)
    yield work, posted, ()


def _all_pieces(pages: list[Page]) -> Iterator[Piece]:
    for page in pages:
        if page.body is None:
            continue
        names = frozenset(fold_title(label) for _, label in page.entries) - {""}
        found = list(find_pieces(page.body, page.place, names))
        # Where a frame or a hidden heading was lost, the contents still know its name.
        label = next((label for fragment, label in page.entries if not fragment), "")
        if label.casefold() in PARTS:
            yield Piece("part", page.body, label.casefold(), page.place)
        elif label and not any(piece.kind in _BEGINNINGS for piece in found):
            yield Piece("heading", page.body, label, page.place)
        yield from found


def _part(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each work: a message begins one, unless it says the same again."""
    part: list[Piece] = []
    said = ""
    for piece in pieces:
        if piece.kind == "message" and piece.words != said:
            if said:
                yield part
                part = []
            said = piece.words
        part.append(piece)
    yield part


def _forget_marks(pages: list[Page]) -> None:
    """Calibre marks where it cut the text, in what its author wrote too."""
    for page in pages:
        for node in page.tree.css("[id^=calibre_pb_], [id^=calibre_toc_], [id^=filepos]"):
            del node.attrs["id"]


def _give_pictures(work: Manuscript, assets: tuple[Asset, ...]) -> Manuscript:
    texts = "".join(chapter.html for chapter in work.chapters)
    texts += "".join(filter(None, (work.summary, work.notes, work.end_notes)))
    for chapter in work.chapters:
        texts += "".join(filter(None, (chapter.summary, chapter.notes, chapter.end_notes)))
    return replace(work, assets=tuple(asset for asset in assets if asset.name in texts))


def _has_frames(page: Page) -> bool:
    return page.tree.css_first(_FRAMES) is not None


def _posted_line(page: Page) -> str:
    for line in page.tree.css("p")[:6]:
        words = text_of(line) if len(line.text()) < 2_000 else ""
        if is_posted_line(words) and line.css_first("a[href*='/works/']") is not None:
            start = words.casefold().index("posted originally")
            return words[start : start + 200]
    return ""
