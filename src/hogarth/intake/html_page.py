"""Any page in HTML that no other reader knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hogarth.intake.facts import Facts, fill_in, make_manuscript
from hogarth.intake.main_text import Text, find_main_text
from hogarth.intake.page_chapters import split_chapters, take_out_contents
from hogarth.intake.page_edges import trim_navigation
from hogarth.intake.page_gates import explain_empty, find_gate, find_gate_in
from hogarth.intake.page_head import PageHead, read_page_head
from hogarth.intake.page_lines import Head, take_head
from hogarth.intake.page_style import Style, read_style
from hogarth.intake.page_text import find_plain_lines, print_text, read_facts_above
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.text_work import read_work
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.manuscript import Chapter, Credit, Dates, Manuscript

#: Units: words. A page with fewer is no story unless it says so in its markup.
_FEWEST_WORDS: Final = 12


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Any markup, whatever the file is called."""
    if not found.is_markup:
        return None
    return (Evidence("page", "markup of no known site"),)


def read(found: Found) -> Reading:
    """The densest text of the page, cut into chapters where headings say so.

    Raises: Unreadable, when the page is mostly links, says why it shows nothing, or is empty.
    """
    page = found.page
    gate = find_gate(page)
    if gate is not None:
        raise gate
    style = read_style(page)
    stated = read_page_head(page, found.text)
    links = len(page.css("a[href]"))
    text = find_main_text(page, style)
    if text is None or text.words < _FEWEST_WORDS:
        raise explain_empty(page, links)
    lines = find_plain_lines(text.node)
    if lines is not None:
        return _read_lines(found, text, lines, stated)
    return _read_text(found, text, style, stated)


def _read_lines(found: Found, text: Text, lines: list[str], stated: PageHead) -> Reading:
    """The text file that the page shows."""
    work = read_work(lines, found.name)
    manuscript, problems = work.manuscript, work.problems
    _refuse_notice(text, told=bool(manuscript.credits))
    if any(problem.code == "title-guessed" for problem in problems) and stated.title:
        manuscript = replace(manuscript, title=stated.title)
        problems = tuple(problem for problem in problems if problem.code != "title-guessed")
    page = Facts(credits=[Credit(name) for name in stated.names], source=stated.source)
    evidence = (Evidence("text", text.place), *work.evidence)
    return Reading(found.name, "html-page", (fill_in(manuscript, page),), evidence, problems)


def _read_text(found: Found, text: Text, style: Style, stated: PageHead) -> Reading:
    above = read_facts_above(found.page, text.node)
    take_out_contents(text.node)
    pictures = Pictures()
    html, kind = print_text(text.node, style, pictures)
    titles = [title for title in (stated.title, above.title, _title_by(stated)) if title]
    head = take_head(html, titles=titles, names=stated.names)
    html = trim_navigation(head.html)
    _refuse_notice(text, told=bool(head.labels or head.names))
    chapters = tuple(
        replace(chapter, html=trim_navigation(chapter.html)) for chapter in split_chapters(html)
    )
    if stated.heading and len(chapters) == 1 and chapters[0].title is None:
        chapters = _title_chapter(stated.heading, chapters[0])
    manuscript, source = _assemble(head, above, stated, chapters)
    problems = []
    if not manuscript.title:
        manuscript = replace(manuscript, title=title_from_name(found.name))
        problems.append(Problem("title-guessed", manuscript.title))
    if kind == "wrapped-without-breaks":
        problems.append(Problem("paragraphs-lost", "lines are wrapped and nothing parts them"))
    if len(chapters) == 1 and chapters[0].number > 1:
        problems.append(Problem("chapters-missing", f"chapter {chapters[0].number} alone"))
    evidence = [Evidence("text", text.place), Evidence("title", source)]
    if head.labels:
        evidence.append(Evidence("header", ", ".join(head.labels)))
    if kind is not None:
        evidence.append(Evidence("paragraphs", kind))
    manuscript = replace(manuscript, assets=pictures.assets)
    return Reading(found.name, "html-page", (manuscript,), tuple(evidence), tuple(problems))


def _assemble(
    head: Head, above: Facts, stated: PageHead, chapters: tuple[Chapter, ...]
) -> tuple[Manuscript, str]:
    """The work, and where its title stood. What the writer labelled comes first."""
    facts = head.facts
    source = "header" if facts.title or above.title else ""
    if not source and stated.title:
        source = stated.title_source
    if source == "title" and _states_better(head.title, stated.title):
        source = ""
    title = facts.title or above.title or (stated.title if source else "") or head.title
    if not source:
        source = "byline" if head.title else "file name"
    head.sign([credit.name for credit in above.credits] or head.names or stated.names)
    manuscript = fill_in(make_manuscript(facts, chapters, title=title), above)
    page = Facts(
        source=stated.source,
        language=stated.language,
        dates=Dates(published=stated.published),
    )
    return fill_in(manuscript, page), source


def _states_better(title: str, titled: str) -> bool:
    """Whether what stands above a byline is another title than the window's, which is seldom seen
    by who writes a page and is often that of the page it was made from."""
    return bool(title) and fold_title(titled) not in fold_title(title)


def _title_by(stated: PageHead) -> str:
    return f"{stated.title} by {stated.names[0]}" if stated.title and stated.names else ""


def _title_chapter(heading: str, chapter: Chapter) -> tuple[Chapter, ...]:
    """The only heading of the page names its chapter."""
    titled = split_chapters(f"<h1>{heading}</h1>{chapter.html}")
    return titled if len(titled) == 1 else (chapter,)


def _refuse_notice(text: Text, *, told: bool) -> None:
    """Shape: `told` when the writer says who wrote what, which a notice never does."""
    gate = find_gate_in(text.node.text(separator=" "))
    if gate is not None and (not told or gate.code == "no-story-contents"):
        raise gate
