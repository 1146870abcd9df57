"""A plain text as a work: its head, its layout, its chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hogarth.intake.facts import clean_title, make_manuscript
from hogarth.intake.headings import Heading
from hogarth.intake.layout import lay_out
from hogarth.intake.mail import MailHead, read_mail_head, state_mail
from hogarth.intake.naming import Stem, read_stem, split_name
from hogarth.intake.reading import Evidence, Problem
from hogarth.intake.text_chapters import Section, number_chapters, split_chapters
from hogarth.intake.text_head import TextHead, read_text_head
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Credit, Manuscript

_MARKER: Final = re.compile(
    r"(?P<title>\S[^.!?\"“”:]{0,78}?)\s+"
    r"(?:A\s?/\s?N|AN|Author['’]?s?['’]?\s+Notes?|Disclaimers?|Summary|Rating|Rated|Pairings?"
    r"|Warnings?)\s*[:\-–—]\s",
    re.IGNORECASE,
)
#: Units: words. A title is shorter.
_TITLE_WORDS: Final = 12
#: Units: characters. A first paragraph as long as this lost its line ends, the title's too.
_FLAT: Final = 400


class TextWork(NamedTuple):
    """Shape: as in a reading of one work."""

    manuscript: Manuscript
    evidence: tuple[Evidence, ...]
    problems: tuple[Problem, ...]


def read_work(lines: Sequence[str], name: str) -> TextWork:
    """The work in the lines of a file of that name: every line break kept that is in the text."""
    mail = read_mail_head(lines)
    stem = read_stem(name)
    head = read_text_head(lines[mail.lines :], stem.base, mail.subject)
    state_mail(head.facts, mail)
    layout = lay_out(head.lines)
    _, author = split_name(stem.base)
    if author and not any(credit.role == "author" for credit in head.facts.credits):
        head.facts.credits.append(Credit(author))
    title, guessed = _settle_title(head, layout.paragraphs, mail, stem, name)
    heading = head.heading or mail.heading
    if heading is not None and heading.total:
        head.facts.expected = head.facts.expected or heading.total
    chapters, evidence = _number(split_chapters(layout.paragraphs), heading, stem)
    problems = [Problem("title-guessed", title)] if guessed else []
    if layout.kind == "wrapped-without-breaks":
        problems.append(Problem("paragraphs-lost", "lines are wrapped and nothing parts them"))
    if len(chapters) == 1 and chapters[0].number > 1:
        problems.append(Problem("chapters-missing", f"chapter {chapters[0].number} alone"))
    evidence.append(Evidence("paragraphs", layout.kind))
    if mail.labels or head.labels:
        evidence.append(Evidence("header", ", ".join([*mail.labels, *head.labels])))
    if not guessed:
        told = head.place if head.facts.title else "the subject of the mail" if mail.subject else ""
        evidence.append(Evidence("title", told or "before the first label"))
    if head.byline:
        evidence.append(Evidence("byline", head.byline))
    manuscript = make_manuscript(head.facts, chapters, title=title)
    return TextWork(manuscript, tuple(evidence), tuple(problems))


def _settle_title(
    head: TextHead, paragraphs: list[str], mail: MailHead, stem: Stem, name: str
) -> tuple[str, bool]:
    """The title and whether it was guessed. A line that only looks like one stays in the text."""
    if head.facts.title and head.place != "guess":
        return head.facts.title, False
    flat = bool(paragraphs) and len(paragraphs[0]) > _FLAT
    marked = _MARKER.match(paragraphs[0]) if flat else None
    if marked and len(marked["title"].split()) <= _TITLE_WORDS:
        head.facts.title = ""
        return clean_title(marked["title"]), False
    if mail.subject:
        head.facts.title = ""
        return clean_title(mail.subject), False
    if head.facts.title:
        return head.facts.title, True
    named, _ = split_name(stem.base)
    return named or title_from_name(f"{stem.base}.txt" if stem.base else name), True


def _number(
    sections: list[Section], heading: Heading | None, stem: Stem
) -> tuple[tuple[Chapter, ...], list[Evidence]]:
    """The chapters, with a number from the head or the file's name where the text has none."""
    evidence = []
    alone = None
    if len(sections) == 1 and (sections[0].heading is None or not sections[0].heading.number):
        if heading is not None:
            sections = [sections[0]._replace(heading=_join(heading, sections[0].heading))]
        elif stem.number:
            alone = stem.number
            evidence.append(Evidence("chapter", f"{alone}, from the file's name"))
    return number_chapters(sections, alone), evidence


def _join(heading: Heading, below: Heading | None) -> Heading:
    """The heading that the head names, with the title of one that stands in the text."""
    return heading if below is None else heading._replace(title=below.title, whole=below.whole)
