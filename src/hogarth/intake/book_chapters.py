"""The chapters of an e-book: what stands from one entry of its contents to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute, inner_of, text_of
from hogarth.intake.headings import names_a_chapter, read_heading
from hogarth.intake.spine import Page, first_heading
from hogarth.intake.titles import are_alike, fold_title
from hogarth.intake.toc import is_part, title_of
from hogarth.manuscript import Chapter, clean

_NOTES: Final = frozenset({"notes", "authornotes", "authorsnote", "authorsnotes", "an"})
#: No text holds control characters, so no text holds this.
_MARK: Final = "\x01cut"
_END_MARK: Final = "\x01"
#: Units: words. A part has a page with its name and perhaps a motto; what is longer is read as a
#: chapter. A dedication or a motto before the first chapter is as short.
_SHORT_LEAD: Final = 150
_MOST_HEADINGS: Final = 3
#: Empty elements before a target are looked at no further.
_MOST_BEFORE: Final = 40


def take_notes(
    pages: list[Page], at: int, prepare: Callable[[Page], None] | None = None
) -> str | None:
    """The author's notes where the first (0) or last (-1) page holds nothing else."""
    if len(pages) < 2 or not pages[at].entries:
        return None
    if fold_title(pages[at].entries[0][1]) not in _NOTES:
        return None
    page = pages.pop(at)
    if prepare is not None:
        prepare(page)
    heading = first_heading(page.body) if page.body is not None else None
    if heading is not None and fold_title(text_of(heading)) in _NOTES:
        heading.decompose()
    return clean(inner_of(page.body), ids=f"d{page.place}-") or None


def read_chapters(
    pages: list[Page],
    prepare: Callable[[Page], None] | None = None,
    sources: Mapping[str, str] | None = None,
) -> tuple[Chapter, ...]:
    """One chapter from each entry of the contents to the next, across files or within one.

    Shape: `prepare` is called on each page before it is cut; each is released after. `sources`
    page → address of the chapter that is on it.
    """
    addresses = {page.place: (sources or {}).get(page.name) for page in pages}
    listed = sum(1 for page in pages if page.entries)
    named = _tell_titles(pages) if not listed else {}
    drafts: list[_Draft] = []
    for page in pages:
        if prepare is not None:
            prepare(page)
        before, cuts = _cut(page)
        if before.strip():
            goes_on = drafts and (cuts or not _begins_chapter(page, listed, len(pages)))
            if not goes_on:
                drafts.append(_Draft(named.get(page.place, "")))
            drafts[-1].add(page.place, before)
        for cut in cuts:
            drafts.append(_Draft(cut.label, cut.parts, is_part=cut.label == ""))
            drafts[-1].add(page.place, cut.html)
        if drafts:
            drafts[-1].add_notes(page)
        page.release()
    drafts = _join(drafts, listed=listed > 0)
    return tuple(draft.finish(number, addresses) for number, draft in enumerate(drafts, start=1))


@dataclass(slots=True)
class _Cut:
    """What stands from one place that entries lead to, to the next. Shape: `label` "" of a part."""

    label: str = ""
    parts: list[str] = field(default_factory=list)
    html: str = ""


class _Draft:
    """A chapter as its pieces are found.

    Shape: `label` from the table of contents, or ""; `parts` the labels of parts that begin with
    it; `lead` what stands before its own heading; pieces are (place of the page, HTML).
    """

    def __init__(self, label: str, parts: list[str] | None = None, *, is_part: bool = False):
        self.label = label
        self.parts = list(parts or ())
        self.is_part = is_part and bool(self.parts)
        self.lead: list[tuple[int, str]] = []
        self.pieces: list[tuple[int, str]] = []
        self.words = 0
        self.pictures = 0
        self.notes: list[str] = []
        self.end_notes: list[str] = []

    def add_notes(self, page: Page) -> None:
        self.notes += filter(None, [page.notes])
        self.end_notes += filter(None, [page.end_notes])

    def add(self, place: int, html: str) -> None:
        page = LexborHTMLParser(html)
        self.pieces.append((place, html))
        self.words += len(page.text(separator=" ").split())
        self.pictures += len(page.css("img"))

    @property
    def is_lead(self) -> bool:
        """Whether it is the page of a part and no chapter."""
        if not self.is_part:
            # A page with the name of a part alone, in contents where nothing holds anything.
            return is_part(self.label) and 0 < self.words <= len(self.label.split()) + 1
        return self.words - len(self.parts[-1].split()) <= _SHORT_LEAD

    @property
    def is_picture(self) -> bool:
        """Whether it is a page with a picture, and not a chapter that has nothing else."""
        return not self.words and self.pictures > 0 and not names_a_chapter(self.label)

    def take_lead(self, before: _Draft) -> None:
        """Begin with what stands before."""
        lead = [*before.lead, *_named(before), *before.pieces]
        self.lead = [*lead, *self.lead]

    def finish(self, number: int, addresses: Mapping[int, str | None]) -> Chapter:
        label = self.label or (self.parts.pop() if self.is_part else "")
        title = title_of(label, number)
        texts = [clean(html, ids=f"d{place}-") for place, html in [*self.lead, *_named(self)]]
        for index, (place, html) in enumerate(self.pieces):
            if index == 0:
                html, title = _take_heading(html, number, label, title)
            texts.append(clean(html, ids=f"d{place}-"))
        source = addresses.get(self.pieces[0][0]) if self.pieces else None
        return Chapter(
            number,
            "\n".join(filter(None, texts)),
            title,
            source,
            notes="\n".join(self.notes) or None,
            end_notes="\n".join(self.end_notes) or None,
        )


def _named(draft: _Draft) -> list[tuple[int, str]]:
    """The names of parts as headings, where the text that follows does not begin with them."""
    if not draft.parts:
        return []
    text = " ".join(LexborHTMLParser(html).text() for _, html in draft.pieces[:1])
    start = fold_title(text[:2000])
    place = draft.pieces[0][0] if draft.pieces else 0
    return [
        (place, f"<h2>{escape(part)}</h2>")
        for part in draft.parts
        if fold_title(part) not in start and fold_title(part) != fold_title(draft.label)
    ]


def _join(drafts: list[_Draft], *, listed: bool) -> list[_Draft]:
    """Without drafts that are no chapters: parts, mottos and pictures go to a neighbour."""
    only_pictures = not any(draft.words for draft in drafts)
    joined: list[_Draft] = []
    leads: list[_Draft] = []
    for draft in drafts:
        if not (draft.words or draft.pictures or draft.label or draft.parts):
            continue
        motto = listed and not joined and not (draft.label or draft.parts)
        picture = draft.is_picture and not only_pictures
        if picture and joined and not leads:
            joined[-1].pieces += draft.pieces
        elif picture or draft.is_lead or (motto and draft.words <= _SHORT_LEAD):
            leads.append(draft)
        else:
            for lead in reversed(leads):
                draft.take_lead(lead)
            leads = []
            joined.append(draft)
    # What leads to nothing is read for itself.
    return joined + [lead for lead in leads if lead.words or not joined]


def _tell_titles(pages: list[Page]) -> dict[int, str]:
    """Page → its own title, where the book has no contents and every page another title."""
    titles = [page.title for page in pages if page.title]
    if len(titles) < 2 or len(set(titles)) < len(pages):
        return {}
    return {page.place: page.title for page in pages if not page.heading}


def _begins_chapter(page: Page, listed: int, pages: int) -> bool:
    """Whether a page that the contents leave out begins a chapter and does not go on with one."""
    heading = first_heading(page.body) if page.body is not None else None
    if heading is None:
        return listed == 0
    return listed < pages / 2 or names_a_chapter(text_of(heading))


def _cut(page: Page) -> tuple[str, list[_Cut]]:
    """The HTML before the first entry, then what each entry leads to."""
    body = page.body
    if body is None:
        return "", []
    if not page.entries:
        return inner_of(body), []
    whole = _Cut()
    cuts: list[_Cut] = []
    targets = _targets(body)
    places: dict[int, _Cut] = {}
    for fragment, label in page.entries:
        target = _outermost(targets.get(fragment) if fragment else None, body)
        cut = whole
        if target is not None and not _stands_first(target, body):
            if target.mem_id not in places:
                places[target.mem_id] = _Cut()
                target.insert_before(f"{_MARK}{len(cuts)}{_END_MARK}")
                cuts.append(places[target.mem_id])
            cut = places[target.mem_id]
        elif fragment not in targets and (cuts or whole.label):
            # It leads nowhere in the page, and the text stays with what stands before.
            continue
        _name(cut, label, is_part=(fragment, label) in page.parts)
    before, *parts = inner_of(body).split(_MARK)
    told = []
    for part in parts:
        number, _, html = part.partition(_END_MARK)
        cuts[int(number)].html = html
        told.append(cuts[int(number)])
    if whole.label or whole.parts:
        whole.html = before
        return "", [whole, *told]
    return before, told


def _name(cut: _Cut, label: str, *, is_part: bool) -> None:
    if is_part:
        cut.parts.append(label)
    else:
        cut.label = label


def _targets(body: LexborNode) -> dict[str, LexborNode]:
    """The elements that a fragment can point at."""
    targets: dict[str, LexborNode] = {}
    for node in body.css("[id], a[name]"):
        targets.setdefault(attribute(node, "id") or attribute(node, "name"), node)
    return targets


def _outermost(target: LexborNode | None, body: LexborNode) -> LexborNode | None:
    """The outermost element that begins where the target does."""
    if target is None or target.mem_id == body.mem_id:
        return None
    while (above := target.parent) is not None and above.mem_id != body.mem_id:
        if _has_before(target):
            break
        target = above
    return target


def _stands_first(target: LexborNode, body: LexborNode) -> bool:
    above = target.parent
    return above is not None and above.mem_id == body.mem_id and not _has_before(target)


def _has_before(node: LexborNode) -> bool:
    """Whether words or a picture stand before the node in its parent."""
    before = node.prev
    for _ in range(_MOST_BEFORE):
        if before is None:
            return False
        if before.tag == "img" or (not before.is_comment_node and before.text().strip()):
            return True
        before = before.prev
    return True


def _take_heading(html: str, number: int, label: str, title: str | None) -> tuple[str, str | None]:
    """The text without the heading that says what the label says, and the title.

    The heading may be in pieces, the number above the title. Where the contents name no chapter,
    its heading does.
    """
    page = LexborHTMLParser(html)
    body = page.body
    if body is None:
        return html, title
    if label and _take_group(body, label):
        return inner_of(body), title
    left = fold_title(label)
    for _ in range(_MOST_HEADINGS):
        heading = first_heading(body)
        words = text_of(heading)
        if heading is None or not words:
            break
        read = read_heading(words)
        same = are_alike(words, label) or are_alike(words, title or "")
        begins = bool(left) and left.startswith(fold_title(words) or " ")
        numbers_it = read is not None and read.number == number
        if label and not (same or begins or numbers_it):
            break
        if not title and not (begins or fold_title(words) == fold_title(label)):
            title = title_of(words, number) if read is not None else words[:200]
        left = left.removeprefix(fold_title(words))
        heading.decompose()
        if not label:
            break
    return inner_of(body), title


def _take_group(body: LexborNode, label: str) -> bool:
    """Remove the group of headings at the start that says what the label says."""
    group = body.css_first("hgroup, header")
    words = text_of(group)
    if group is None or not words or not text_of(body).startswith(words):
        return False
    if not are_alike(words, label):
        return False
    group.decompose()
    return True
