"""Which pages of an e-book are no part of the story: covers, title pages, contents, imprints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hogarth.intake.facts import Facts
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.titles import fold_title

if TYPE_CHECKING:
    from hogarth.intake.spine import Page

#: Semantic types, and their names in the guide of EPUB 2, of pages that are not the story.
_MATTER_LINE: Final = (
    "cover title-page titlepage halftitle halftitlepage toc landmarks loi lot copyright-page "
    "copyright imprint colophon index"
)
_MATTER: Final = frozenset(_MATTER_LINE.split())
#: Labels and file names of the same, folded.
_MATTER_NAMES_LINE: Final = (
    "cover coverpage frontcover titlepage title halftitle halftitlepage contents tableofcontents "
    "toc tocpage nav copyright copyrightpage imprint colophon uncopyright legalnotice information "
    "logpage updatelog updatehistory frontmatter intropage frontpage coverimage jacket "
    "notesnav"
)
_MATTER_NAMES: Final = frozenset(_MATTER_NAMES_LINE.split())
#: Units: words. A page of this length is read, whatever it is called.
_LONG_MATTER: Final = 600
_LEADING_DIGITS: Final = re.compile(r"^\d+[_-]?")
#: A list of links to other pages is a table of contents, however long and whatever it is called.
_FEWEST_LINKED: Final = 8
_MOSTLY: Final = 0.6
#: A title page stands among the first, and is short beside the pages that are read.
_FRONT: Final = 4
_SHORT_BESIDE: Final = 4


def is_matter(page: Page, special: frozenset[str], facts: Facts, pages: Mapping[str, Page]) -> bool:
    """Whether the page is left out. Shape: `special` what the guide and landmarks call it."""
    if "nav" in page.properties:
        return True
    if page.linked >= _FEWEST_LINKED and page.linked >= _MOSTLY * page.words:
        return True
    if page.words >= _LONG_MATTER:
        return False
    if (page.types | special) & _MATTER:
        return True
    stem = fold_title(_LEADING_DIGITS.sub("", PurePosixPath(page.name).stem))
    names = {stem, *(fold_title(label) for _, label in page.entries)}
    return bool(names & _MATTER_NAMES) or _is_title_page(page, facts, pages)


def _is_title_page(page: Page, facts: Facts, pages: Mapping[str, Page]) -> bool:
    """Whether the page bears the title of the book and says little more than who made it."""
    title = fold_title(facts.title)
    if page.place >= _FRONT or not title or fold_title(page.heading) != title:
        return False
    if any(names_a_chapter(label) for _, label in page.entries):
        return False
    lengths = sorted(other.words for other in pages.values())
    return page.words * _SHORT_BESIDE < lengths[len(lengths) // 2]
