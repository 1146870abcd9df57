"""E-books in EPUB 2 and 3, whoever made them."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.errors import Unreadable
from hogarth.intake.archive import Archive
from hogarth.intake.elements import attribute, inner_of, text_of
from hogarth.intake.headings import names_a_chapter, read_heading, title_at
from hogarth.intake.opf import Package, read_package
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.spine import Page, first_heading, read_spine
from hogarth.intake.title_page import TitlePage, read_title_page, sort_subjects
from hogarth.intake.titles import fold_title, title_from_name
from hogarth.intake.xml import attribute_of, local_name, parse_xml
from hogarth.manuscript import Chapter, Manuscript, clean

_CONTAINER: Final = "META-INF/container.xml"
_MIMETYPE: Final = b"mimetypeapplication/epub+zip"
#: Ways of hiding a typeface from copying, which lock nothing that is read.
_FONT_METHODS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LICENCES: Final = ("META-INF/license.lcpl", "META-INF/sinf.xml")
_NOTES: Final = frozenset({"notes", "authornotes", "authorsnote", "authorsnotes", "an"})
#: A title page is among the first pages.
_FRONT: Final = 4
#: No text holds control characters, so no text holds this.
_MARK: Final = "\x01cut\x01"


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """A zip with a container or a package in it; a broken one that begins like an e-book."""
    if not found.data.startswith(b"PK"):
        return None
    if _MIMETYPE in found.data[:100]:
        return (Evidence("zip", "the media type of EPUB comes first"),)
    try:
        names = Archive(found.data, found.limits).names
    except Unreadable:
        return (Evidence("zip", "the file ends in .epub"),) if found.ending == ".epub" else None
    if _CONTAINER in names:
        return (Evidence("zip", _CONTAINER),)
    if found.ending == ".epub" and any(name.endswith(".opf") for name in names):
        return (Evidence("zip", "a package file"),)
    return None


def read(found: Found) -> Reading:
    """The book as one work, its chapters as the table of contents cuts them.

    Raises: Unreadable, when the zip is broken, locked, beyond the limits or holds no page.
    """
    archive = Archive(found.data, found.limits)
    _refuse_locked(archive)
    base = _find_package(archive)
    root = parse_xml(archive.read(base))
    if root is None:
        raise refuse("damaged-epub", reason="its package file cannot be read")
    package = read_package(root)
    if not package.spine:
        raise refuse("damaged-epub", reason="its package lists no pages in reading order")
    pages = read_spine(archive, package, base, found.limits)
    if not pages:
        raise refuse("damaged-epub", reason="the pages it lists are not in the file")
    pictures = Pictures()
    told = [page for page in pages if not page.matter]
    _settle_addresses(told, archive, pictures)
    marks = sum(page.marks for page in told)
    notes, end_notes = _take_notes(told, 0), _take_notes(told, -1)
    chapters = _read_chapters(told)
    title = package.title or title_from_name(found.name)
    problems = [] if package.title else [Problem("title-guessed", title)]
    if marks:
        problems.append(Problem("undecodable-bytes", str(marks)))
    if pictures.missing:
        problems.append(Problem("picture-missing", ", ".join(pictures.missing[:3])))
    front = [
        page.tree.body for page in pages[:_FRONT] if page.matter and page.tree.body is not None
    ]
    facts = read_title_page(front)
    manuscript = _assemble(title, package, facts, (notes, end_notes), chapters, pictures)
    left_out = [page.name for page in pages if page.matter]
    evidence = [Evidence("package", base)]
    if left_out:
        evidence.append(Evidence("left-out", ", ".join(left_out)))
    return Reading(found.name, "epub", (manuscript,), tuple(evidence), tuple(problems))


def _assemble(
    title: str,
    package: Package,
    facts: TitlePage,
    notes: tuple[str | None, str | None],
    chapters: tuple[Chapter, ...],
    pictures: Pictures,
) -> Manuscript:
    return Manuscript(
        title=title,
        chapters=chapters,
        credits=tuple(package.credits),
        summary=package.summary,
        notes=notes[0],
        end_notes=notes[1],
        tags=sort_subjects(package.tags, facts),
        series=tuple(package.series),
        source=package.source,
        language=package.language,
        status=facts.status,
        expected_chapters=facts.chapters,
        dates=package.dates,
        assets=pictures.assets,
    )


# --- the container ------------------------------------------------------------------------------


def _find_package(archive: Archive) -> str:
    if _CONTAINER in archive.names:
        root = parse_xml(archive.read(_CONTAINER))
        for row in root.iter() if root is not None else ():
            if local_name(row) == "rootfile":
                name = archive.find("", attribute_of(row, "full-path"))
                if name:
                    return name
    packages = sorted(name for name in archive.names if name.lower().endswith(".opf"))
    if not packages:
        raise refuse("damaged-epub", reason="it has no package file")
    return packages[0]


def _refuse_locked(archive: Archive) -> None:
    if any(name in archive.names for name in _LICENCES):
        raise refuse("drm")
    if "META-INF/encryption.xml" not in archive.names:
        return
    root = parse_xml(archive.read("META-INF/encryption.xml"))
    for row in root.iter() if root is not None else ():
        if local_name(row) != "EncryptedData":
            continue
        methods = [attribute_of(m, "Algorithm") for m in row if local_name(m) == "EncryptionMethod"]
        if not any(method in _FONT_METHODS for method in methods):
            raise refuse("drm")


# --- the chapters -------------------------------------------------------------------------------


def _take_notes(pages: list[Page], at: int) -> str | None:
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


def _read_chapters(pages: list[Page]) -> tuple[Chapter, ...]:
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


# --- pictures and links -------------------------------------------------------------------------


def _settle_addresses(pages: list[Page], archive: Archive, pictures: Pictures) -> None:
    """Pictures become assets; links to other pages of the book become links to their places."""
    places = {page.name: page.place for page in pages}
    for page in pages:
        keep_inline_pictures(page.tree, pictures)
        _unwrap_drawings(page.tree)
        for node in page.tree.css("img[src]"):
            _settle_picture(node, page, archive, pictures)
        for node in page.tree.css("a[href]"):
            address = attribute(node, "href")
            if address.startswith("#") or ":" in address.partition("/")[0]:
                continue
            target = archive.find(page.name, address)
            fragment = address.partition("#")[2]
            if target in places and fragment:
                # The form that `clean` gives to ids under the same `ids`.
                node.attrs["href"] = f"#n-d{places[target]}-{fragment}"
            else:
                del node.attrs["href"]


def _settle_picture(node: LexborNode, page: Page, archive: Archive, pictures: Pictures) -> None:
    address = attribute(node, "src")
    if address.startswith(("http://", "https://", "assets/")) and not archive.find(
        page.name, address
    ):
        return
    name = archive.find(page.name, address)
    kept = pictures.keep(archive.read(name)) if name else None
    if kept:
        node.attrs["src"] = kept
    else:
        pictures.missing.append(address)
        del node.attrs["src"]


def _unwrap_drawings(tree: LexborHTMLParser) -> None:
    """A drawing that only frames a picture becomes the picture."""
    for drawing in tree.css("svg"):
        image = drawing.css_first("image")
        address = attribute(image, "xlink:href") or attribute(image, "href")
        if address:
            picture = tree.create_node("img")
            picture.attrs["src"] = address
            drawing.insert_before(picture)
        drawing.decompose()
