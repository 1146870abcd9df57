"""Stories that FicHub saved as one HTML page."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser

from hogarth.intake.elements import attribute, inner_of, take_out, text_of
from hogarth.intake.facts import make_manuscript
from hogarth.intake.fichub_facts import is_signed, read_intro
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.titles import title_from_name
from hogarth.intake.toc import title_of
from hogarth.manuscript import Chapter, clean

_CHAPTERS: Final = 'body > div[id^="chap_"]'


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """The line with its name, a list of contents, and blocks that are numbered chapters."""
    if not found.is_markup or not is_signed(found.text):
        return None
    if found.page.css_first(_CHAPTERS) is None:
        return None
    return (Evidence("maker", "FicHub, by its frame"),)


def read(found: Found) -> Reading:
    """The story with what is said above its contents."""
    page = found.page
    if page.body is None:
        raise refuse("no-story")
    pictures = Pictures()
    keep_inline_pictures(page, pictures)
    labels = {attribute(link, "href"): text_of(link) for link in page.css("#contents-list a[href]")}
    chapters = _read_chapters(page, labels)
    facts = read_intro(page.body)
    manuscript = make_manuscript(
        facts, chapters, title=title_from_name(found.name), assets=pictures.assets
    )
    problems = [] if facts.title else [Problem("title-guessed", manuscript.title)]
    if facts.posted and facts.posted > len(chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {facts.posted}"))
    return Reading(found.name, "fichub-html", (manuscript,), (), tuple(problems))


def _read_chapters(page: LexborHTMLParser, labels: dict[str, str]) -> list[Chapter]:
    """The chapters, which leave the page, so that none of their lines is taken for a label."""
    blocks = page.css(_CHAPTERS)
    chapters = []
    for number, block in enumerate(blocks, start=1):
        take_out(block, ".chapter_nav")
        title = title_of(labels.get(f"#{attribute(block, 'id')}", ""), number)
        chapters.append(Chapter(number, clean(inner_of(block)), title))
    for block in reversed(blocks):
        block.decompose()
    return chapters
