"""A story's own HTML, made to stand in a page of ours.

Canonical HTML is safe as it is (see `manuscript.markup`); what changes here is only what one page
must agree on: where pictures are fetched, how deep headings are, and that an id is there once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hogarth.works.values import ChapterPage

#: Canonical HTML writes `<` and `>` in attributes as references, so this sees whole tags.
_TAG: Final = re.compile(r"<(/?)(h[1-6]|[a-z]+)((?: [^>]*)?)>")
_ID: Final = re.compile(r' id="([^"]*)"')
_PLACE: Final = re.compile(r' href="#([^"]*)"')
_PICTURE: Final = re.compile(r' src="assets/([^"]*)"')
#: No run of spaces is tried twice: a paragraph of a million of them would take hours.
_SPACER: Final = re.compile(r"<p>[^\S\u00a0]*+(?:\u00a0|&nbsp;|&#160;)\s*+</p>")
_DEEPEST: Final = 6


@dataclass
class Setting:
    """Texts of one work that stand on one page. Shape: `ids` are those the page has already."""

    work: int
    ids: set[str] = field(default_factory=set)

    def place(self, html: str | None, *, prefix: str, level: int) -> SafeString:
        """The text for the page. Shape: `level` is that of its highest heading."""
        if not html:
            return SafeString("")
        headings = _Headings(level)

        def change(found: re.Match[str]) -> str:
            closing, tag, attributes = found.groups()
            if tag[0] == "h" and tag[1:].isdecimal():
                tag = headings.close() if closing else headings.open(int(tag[1:]))
            if attributes:
                attributes = self._attributes(tag, attributes, prefix)
            return f"<{closing}{tag}{attributes}>"

        spaced = _SPACER.sub('<p class="space">\u00a0</p>', html)
        return mark_safe(_TAG.sub(change, spaced))  # noqa: S308 - canonical, see above

    def _attributes(self, tag: str, attributes: str, prefix: str) -> str:
        if tag == "img":
            attributes = _PICTURE.sub(self._picture, attributes)
        elif tag == "a":
            attributes = _PLACE.sub(rf' href="#{prefix}\1"', attributes)
        return _ID.sub(lambda found: self._id(prefix + found[1]), attributes)

    def _picture(self, found: re.Match[str]) -> str:
        address = reverse("asset", args=[self.work, found[1]])
        return f' src="{address}" loading="lazy"'

    def _id(self, name: str) -> str:
        """A second place of the same name would make the page invalid; links go to the first."""
        if name in self.ids:
            return ""
        self.ids.add(name)
        return f' id="{name}"'


class _Headings:
    """Headings of a text, moved under ours: the highest to `top`, no level left out."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._above: list[int] = []
        self._open = f"h{top}"

    def open(self, level: int) -> str:
        while self._above and self._above[-1] >= level:
            self._above.pop()
        self._open = f"h{min(self._top + len(self._above), _DEEPEST)}"
        self._above.append(level)
        return self._open

    def close(self) -> str:
        return self._open


@dataclass(frozen=True, slots=True)
class SetChapter:
    """A chapter ready for a template: its numbers, and its texts as they go into the page."""

    id: int
    number: int
    title: str | None
    words: int
    summary: SafeString
    notes: SafeString
    html: SafeString
    end_notes: SafeString
    cut_off: bool = False


def set_chapter(chapter: ChapterPage, setting: Setting) -> SetChapter:
    """The chapter with its texts placed. Notes and text share ids: footnotes lead to notes."""
    prefix = f"c{chapter.number}-"
    # Order: the text first, for where an id is there twice, the text's own is the one meant.
    html = setting.place(chapter.html, prefix=prefix, level=3)
    return SetChapter(
        chapter.id,
        chapter.number,
        chapter.title,
        chapter.words,
        setting.place(chapter.summary, prefix=prefix, level=4),
        setting.place(chapter.notes, prefix=prefix, level=4),
        html,
        setting.place(chapter.end_notes, prefix=prefix, level=4),
        cut_off=chapter.cut_off,
    )
