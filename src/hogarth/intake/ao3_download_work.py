"""The work that the pieces of a download make up: its head, its chapters, its notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Final

from selectolax.lexbor import LexborNode

from hogarth.intake.ao3_download_pieces import Kind, Piece
from hogarth.intake.ao3_header import Header
from hogarth.intake.ao3_labelled import read_rows
from hogarth.intake.ao3_preface import (
    add_people,
    clean_text,
    read_byline,
    turn_to_translators,
)
from hogarth.intake.ao3_site import ARCHIVE, site_in, work_in
from hogarth.intake.book_styles import forget_classes
from hogarth.intake.elements import attribute, children, inner_of, text_of
from hogarth.intake.reading import Evidence
from hogarth.intake.titles import fold_title
from hogarth.manuscript import Asset, Chapter, Credit, Manuscript

_NUMBERED: Final = re.compile(r"chapter\s+(\d{1,6})(?:\s*:\s*(.*)|\s*)", re.IGNORECASE | re.DOTALL)
_POSTED: Final = re.compile(r"\s*posted originally on the\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{1,200}/works/\d+", re.IGNORECASE)
_BY: Final = re.compile(r"^(?:chapter\s+)?by\s+", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    """A chapter as its pieces come. Shape: each of the lists (place of the file, HTML)."""

    heading: str = ""
    byline: LexborNode | None = None
    summary: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    end_notes: list[tuple[int, str]] = field(default_factory=list)
    text: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Download:
    """What was gathered. Shape: `named` the title where it stands apart from the message."""

    named: str = ""
    message: str = ""
    address: str = ""
    name: str = ""
    byline: LexborNode | None = None
    header: Header = field(default_factory=Header)
    summary: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    end_notes: list[tuple[int, str]] = field(default_factory=list)
    related: list[tuple[int, LexborNode]] = field(default_factory=list)
    inspired: int = 0
    drafts: list[_Draft] = field(default_factory=list)
    part: str = ""
    label: str = ""
    rows: list[tuple[str, LexborNode]] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)

    @property
    def title(self) -> str:
        """As stated, else what stands above the text of a work of one chapter."""
        return self.named or _POSTED.split(self.message, maxsplit=1)[0].strip() or self.name

    @property
    def site(self) -> str:
        return site_in(self.address) or (ARCHIVE if "Archive of Our Own" in self.message else "")

    @property
    def source(self) -> str | None:
        number = work_in(self.address)
        return f"{self.site}/works/{number}" if number and self.site else None


def gather(pieces: Iterable[Piece]) -> Download:
    """Put each piece where it belongs. Nothing of the text is copied yet."""
    download = Download()
    for piece in pieces:
        _TAKE[piece.kind](download, piece)
        # A frame may begin again in the middle of notes that go on in the next file.
        if piece.kind not in ("quote", "label", "part"):
            download.label = ""
    if download.rows:
        download.header = read_rows(download.rows)
    return download


def bind(
    download: Download, *, title: str, assets: tuple[Asset, ...] = (), book: bool = False
) -> Manuscript:
    """The work. Shape: `title` where the download names none; `book` when it lay in many files."""
    site = download.site

    def canonical(parts: list[tuple[int, str]]) -> str:
        cleaned = []
        for place, group in groupby(parts, key=lambda part: part[0]):
            html = "".join(html for _, html in group)
            html = forget_classes(html) if book else html
            cleaned.append(clean_text(html, site, f"d{place}-" if book else ""))
        return "\n".join(filter(None, cleaned))

    header = download.header
    return Manuscript(
        title=download.title or title,
        chapters=_bind_chapters(download, canonical),
        credits=_credits(download),
        summary=canonical(download.summary) or None,
        notes=canonical([*_list_related(download), *download.notes]) or None,
        end_notes=canonical(download.end_notes) or None,
        tags=tuple(header.tags),
        series=tuple(header.series),
        source=download.source,
        language=header.language,
        status=header.status,
        expected_chapters=header.expected,
        dates=header.dates,
        stated=header.stated,
        assets=assets,
    )


def show(download: Download) -> tuple[Evidence, ...]:
    """What of the download stands in no field of the work."""
    evidence = []
    byline = _BY.sub("", text_of(download.byline))
    if byline and not read_byline(download.byline):
        evidence.append(Evidence("byline", byline))
    bylines = [
        f"{number}: {_BY.sub('', text_of(draft.byline))}"
        for number, draft in enumerate(download.drafts, start=1)
        if draft.byline is not None
    ]
    if bylines:
        evidence.append(Evidence("chapter-bylines", "; ".join(bylines)))
    if download.header.collections:
        evidence.append(Evidence("collections", ", ".join(download.header.collections)))
    left = [piece.words or " ".join(piece.node.text().split()) for piece in download.loose]
    if download.inspired:
        left.append(f"works inspired by this one: {download.inspired}")
    if left:
        evidence.append(Evidence("left-out", "; ".join(words[:80] for words in left[:5])))
    return tuple(evidence)


# --- gathering --------------------------------------------------------------------------------


def _take_part(download: Download, piece: Piece) -> None:
    download.part = piece.words


def _take_message(download: Download, piece: Piece) -> None:
    if download.message:
        return
    download.message = piece.words
    links = [attribute(link, "href") for link in piece.node.css("a")]
    told = _ADDRESS.findall(piece.words)
    download.address = next((link for link in [*links, *told] if work_in(link)), "")


def _take_list(download: Download, piece: Piece) -> None:
    if download.drafts:  # a list in the text is the author's
        _take_text(download, piece)
        return
    label = ""
    for row in children(piece.node):
        if row.tag == "dt":
            label = text_of(row)
        elif row.tag == "dd":
            download.rows.append((label, row))


def _take_row(download: Download, piece: Piece) -> None:
    if download.drafts:
        _take_text(download, piece)
    else:
        download.rows.append((piece.words, piece.node))


def _take_title(download: Download, piece: Piece) -> None:
    if download.part != "chapters" and not download.drafts:
        download.named = download.named or piece.words
    else:
        _take_text(download, piece)


def _take_byline(download: Download, piece: Piece) -> None:
    if not download.drafts:
        download.byline = download.byline or piece.node
    elif not download.drafts[-1].text:
        download.drafts[-1].byline = piece.node
    else:
        _take_text(download, piece)


def _take_label(download: Download, piece: Piece) -> None:
    download.label = piece.words


def _take_quote(download: Download, piece: Piece) -> None:
    html = (piece.place, inner_of(piece.node))
    label = download.label
    if label == "end notes":
        download.end_notes.append(html)
    elif not label and download.part == "afterword":
        download.loose.append(piece)  # works inspired by this one, where their list was lost
    elif label == "chapter end notes" and download.drafts:
        download.drafts[-1].end_notes.append(html)
    elif label in ("chapter summary", "chapter notes"):
        draft = _open_draft(download)
        (draft.summary if label == "chapter summary" else draft.notes).append(html)
    elif label == "notes" or (_before_text(download) and not label and download.summary):
        download.notes.append(html)
    elif label == "summary" or (_before_text(download) and not label):
        download.summary.append(html)
    else:
        _take_text(download, piece)


def _before_text(download: Download) -> bool:
    return bool(download.part == "preface" or download.rows) and not download.drafts


def _take_related(download: Download, piece: Piece) -> None:
    if download.drafts or download.part == "chapters":
        _take_text(download, piece)
    else:
        download.related.append((piece.place, piece.node))


def _take_children(download: Download, piece: Piece) -> None:
    download.inspired += len(piece.node.css("dd"))


def _take_heading(download: Download, piece: Piece) -> None:
    download.part = "chapters"
    download.drafts.append(_Draft(heading=piece.words))


def _take_name(download: Download, piece: Piece) -> None:
    download.name = download.name or piece.words
    _open_draft(download)


def _take_text(download: Download, piece: Piece) -> None:
    framed = piece.kind == "text"
    html = inner_of(piece.node) if framed else piece.node.html or ""
    _open_draft(download).text.append((piece.place, html))


def _take_loose(download: Download, piece: Piece) -> None:
    """Without frames, title and byline are just lines, and so is the text after a heading."""
    if download.drafts and download.part != "afterword":
        if piece.node.is_text_node:
            html = escape(piece.node.text(), quote=False)
            download.drafts[-1].text.append((piece.place, html))
        else:
            _take_text(download, piece)
    elif not download.drafts and piece.words:
        _read_line(download, piece)
    elif piece.words or piece.node.is_text_node:
        download.loose.append(piece)


def _read_line(download: Download, piece: Piece) -> None:
    same = fold_title(piece.words) == fold_title(download.title)
    if same and not download.named:
        download.named = piece.words
    elif piece.words.casefold().startswith("by ") and download.byline is None and download.title:
        download.byline = piece.node
    else:
        download.loose.append(piece)


def _open_draft(download: Download) -> _Draft:
    if not download.drafts:
        download.drafts.append(_Draft())
    return download.drafts[-1]


_TAKE: Final[dict[Kind, Callable[[Download, Piece], None]]] = {
    "part": _take_part,
    "message": _take_message,
    "list": _take_list,
    "row": _take_row,
    "title": _take_title,
    "byline": _take_byline,
    "label": _take_label,
    "quote": _take_quote,
    "related": _take_related,
    "children": _take_children,
    "heading": _take_heading,
    "name": _take_name,
    "text": _take_text,
    "loose": _take_loose,
}


# --- binding ----------------------------------------------------------------------------------


def _bind_chapters(
    download: Download, canonical: Callable[[list[tuple[int, str]]], str]
) -> tuple[Chapter, ...]:
    drafts = download.drafts
    numbers = _number(drafts)
    chapters = []
    for draft, number in zip(drafts, numbers, strict=True):
        title = _title(draft.heading, number)
        if len(drafts) == 1 and title and fold_title(title) == fold_title(download.title):
            title = None
        chapters.append(
            Chapter(
                number=number,
                html=canonical(draft.text),
                title=title,
                summary=canonical(draft.summary) or None,
                notes=canonical(draft.notes) or None,
                end_notes=canonical(draft.end_notes) or None,
            )
        )
    return tuple(chapters)


def _number(drafts: list[_Draft]) -> list[int]:
    """The numbers in the headings where all have one and they rise; chapters can be missing."""
    found = [_NUMBERED.fullmatch(draft.heading) for draft in drafts]
    stated = [int(match[1]) for match in found if match]
    rising = all(one < other for one, other in zip([0, *stated], stated, strict=False))
    counted = list(range(1, len(drafts) + 1))
    return stated if rising and len(stated) == len(drafts) else counted


def _title(heading: str, number: int) -> str | None:
    """What stands after “Chapter N: ”; a heading without, or with another number, is the title."""
    found = _NUMBERED.fullmatch(heading)
    if found and int(found[1]) == number:
        return found[2] or None
    return heading or None


def _credits(download: Download) -> tuple[Credit, ...]:
    rows = [row for _, node in download.related for row in node.css("li, dd")]
    people = turn_to_translators(read_byline(download.byline), rows)
    return add_people(people, (c for draft in download.drafts for c in read_byline(draft.byline)))


def _list_related(download: Download) -> list[tuple[int, str]]:
    """Translations and inspirations in the words of the source, as pages have them."""
    listed = []
    for place, node in download.related:
        if node.tag != "dl":
            rows = "".join(row.html or "" for row in node.css("li"))
        else:
            rows = "".join(
                f"<li>Inspired by {inner_of(row)}</li>" for row in children(node) if row.tag == "dd"
            )
        listed.append((place, f'<ul class="associations">{rows}</ul>'))
    return listed
