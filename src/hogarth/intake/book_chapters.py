"""The chapters of an e-book: what stands from one entry of its contents to the next."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute, inner_of, text_of
from hogarth.intake.headings import names_a_chapter, read_heading, title_at
from hogarth.intake.spine import Page, first_heading
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Chapter, clean

_NOTES: Final = frozenset({"notes", "authornotes", "authorsnote", "authorsnotes", "an"})
#: No text holds control characters, so no text holds this.
_MARK: Final = "\x01cut\x01"


def take_notes(pages: list[Page], at: int) -> str | None:
    """The author's notes where the first (0) or last (-1) page holds nothing else."""
    if len(pages) < 2 or not pages[at].entries:
        return None
    if fold_title(pages[at].entries[0][1]) not in _NOTES:
        return None
    page = pages.pop(at)
    heading = first_heading(page.body) if page.body is not None else None
    if heading is not None and fold_title(text_of(heading)) in _NOTES:
        heading.decompose()
    return clean(inner_of(page.body), ids=f"d{page.place}-") or None


class _Draft:
    """A chapter as its pieces are found. Shape: `label` from the table of contents, or ""."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.pieces: list[tuple[int, str]] = []


def read_chapters(pages: list[Page]) -> tuple[Chapter, ...]:
    """One chapter from each entry of the contents to the next, across files or within one."""
    listed = sum(1 for page in pages if page.entries)
    drafts: list[_Draft] = []
    for page in pages:
        before, cuts = _cut(page)
        if before.strip():
            goes_on = drafts and (cuts or not _begins_chapter(page, listed, len(pages)))
            if not goes_on:
                drafts.append(_Draft(""))
            drafts[-1].pieces.append((page.place, before))
        for label, html in cuts:
            drafts.append(_Draft(label))
            drafts[-1].pieces.append((page.place, html))
    drafts = [draft for draft in drafts if _holds_something(draft)]
    return tuple(_finish(draft, number) for number, draft in enumerate(drafts, start=1))


def _begins_chapter(page: Page, listed: int, pages: int) -> bool:
    """Whether a page that the contents leave out begins a chapter and does not go on with one."""
    heading = first_heading(page.body) if page.body is not None else None
    if heading is None:
        return listed == 0
    return listed < pages / 2 or names_a_chapter(text_of(heading))


def _cut(page: Page) -> tuple[str, list[tuple[str, str]]]:
    """The HTML before the first entry, then (label, HTML) of each."""
    body = page.body
    if body is None:
        return "", []
    if not page.entries:
        return inner_of(body), []
    labels: list[str] = []
    whole = next((label for fragment, label in page.entries if not fragment), "")
    targets = _targets(body)
    for fragment, label in page.entries:
        target = _outermost(targets.pop(fragment, None), body)
        if target is None:
            continue
        if _stands_first(target, body):
            whole = label
            continue
        target.insert_before(_MARK)
        labels.append(label)
    before, *parts = inner_of(body).split(_MARK)
    if not whole and not labels:
        whole = page.entries[0][1]
    if whole:
        return "", list(zip([whole, *labels], [before, *parts], strict=True))
    return before, list(zip(labels, parts, strict=True))


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
    while before is not None:
        if before.tag == "img" or (not before.is_comment_node and before.text().strip()):
            return True
        before = before.prev
    return False


def _holds_something(draft: _Draft) -> bool:
    return bool(draft.label) or any(
        "<img" in html or LexborHTMLParser(html).text().strip() for _, html in draft.pieces
    )


def _finish(draft: _Draft, number: int) -> Chapter:
    label = draft.label
    title = title_at(label, number) if label else None
    texts = []
    for index, (place, html) in enumerate(draft.pieces):
        if index == 0:
            html, title = _take_heading(html, number, label, title)
        texts.append(clean(html, ids=f"d{place}-"))
    return Chapter(number, "\n".join(filter(None, texts)), title)


def _take_heading(html: str, number: int, label: str, title: str | None) -> tuple[str, str | None]:
    """The text without the heading that says what the label says, and the title.

    Where the contents name no chapter, its heading does.
    """
    page = LexborHTMLParser(html)
    for _ in range(2):
        heading = first_heading(page.body) if page.body is not None else None
        words = text_of(heading)
        if heading is None or not words:
            break
        read = read_heading(words)
        same = fold_title(words) in (fold_title(label), fold_title(title or ""))
        numbers_it = read is not None and read.number == number
        if label and not same and not numbers_it:
            break
        if not title:
            title = read.title_at(number) if read is not None else words[:200]
        heading.decompose()
        if not label:
            break
    return inner_of(page.body), title
