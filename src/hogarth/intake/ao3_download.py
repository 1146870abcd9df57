"""What “Download → HTML” of the Archive of Our Own and of sites of its software gives."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.intake.ao3_download_pieces import find_pieces, is_posted_line
from hogarth.intake.ao3_download_work import bind, gather, show
from hogarth.intake.elements import first, text_of
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name

#: One of these stands in every download, whole or cut; looking for them costs nothing.
_HINTS: Final = ("Posted originally on the", "toc-heading", "endnote-link", "meta group")
#: What no saved page of a work has around its text, whatever is left of a download.
_FRAMES: Final = (
    "#preface dl.tags",
    "#preface .byline",
    "#chapters h2.toc-heading",
    "#chapters .meta h2.heading",
    "#chapters .meta .endnote-link",
    "#afterword h2.toc-heading",
)
_PAGES: Final = "#workskin, dl.work.meta, .work-show, #main"


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The line that says where the work was posted, or the frames around its parts."""
    if not found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    page = found.page
    if first(page, _PAGES) is not None:
        return None
    line = _find_posted_line(page)
    if line:
        return (Evidence("download", line),)
    frame = next((selector for selector in _FRAMES if page.css_first(selector) is not None), None)
    return (Evidence("download", frame),) if frame else None


def read(found: Found) -> Reading:
    """The work with its chapters, wherever the file breaks off.

    Raises: Unreadable, when no chapter is left in it.
    """
    body = found.page.body
    if body is None:
        raise refuse("no-story")
    pictures = Pictures()
    if "data:" in found.text:
        keep_inline_pictures(found.page, pictures)
    download = gather(find_pieces(body))
    manuscript = bind(download, title=title_from_name(found.name), assets=pictures.assets)
    if not any(chapter.paragraphs for chapter in manuscript.chapters):
        raise refuse("no-story-empty")
    problems = [] if download.title else [Problem("title-guessed", manuscript.title)]
    posted = download.header.posted
    if posted and posted > len(manuscript.chapters):
        problems.append(Problem("chapters-missing", f"{len(manuscript.chapters)} of {posted}"))
    return Reading(found.name, "ao3-download", (manuscript,), show(download), tuple(problems))


def _find_posted_line(page: LexborHTMLParser) -> str:
    """The line near the top, outside of anybody's text."""
    for line in page.css("p.message, body > p, #preface p")[:4]:
        words = text_of(line) if len(line.text()) < 2_000 else ""
        if is_posted_line(words) and line.css_first("a[href*='/works/']") is not None:
            start = words.casefold().index("posted originally")
            return words[start : start + 200]
    return ""
