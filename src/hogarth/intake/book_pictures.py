"""Pictures and links in the pages of an e-book."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.archive import Archive
from hogarth.intake.elements import attribute
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.spine import Page, locate

_ELSEWHERE = ("http://", "https://", "assets/")


def settle_addresses(pages: list[Page], archive: Archive, pictures: Pictures) -> None:
    """Pictures become assets; links to other pages of the book become links to their places."""
    settle = settle_pages(pages, archive, pictures)
    for page in pages:
        settle(page)


def settle_pages(
    pages: Iterable[Page], archive: Archive, pictures: Pictures
) -> Callable[[Page], None]:
    """The same for one page at a time, so that no more than one needs to be open."""
    places = {page.name: page.place for page in pages}
    kept: dict[str, str | None] = {}

    def keep(name: str) -> str | None:
        # An ornament stands in every chapter and is unpacked once.
        if name not in kept:
            kept[name] = pictures.keep(archive.salvage(name)[0])
        return kept[name]

    def settle(page: Page) -> None:
        keep_inline_pictures(page.tree, pictures)
        _unwrap_drawings(page.tree)
        for node in page.tree.css("img"):
            address = attribute(node, "src")
            find = archive.find if address.startswith(_ELSEWHERE) else partial(locate, archive)
            name = find(page.name, address) or ""
            found = keep(name) if name else None
            if found:
                node.attrs["src"] = found
            else:
                _miss(node, pictures, known=bool(name))
        for node in page.tree.css("a[href]"):
            _settle_link(node, page, archive, places)

    return settle


def _settle_link(node: LexborNode, page: Page, archive: Archive, places: dict[str, int]) -> None:
    address = attribute(node, "href")
    if address.startswith("#") or ":" in address.partition("/")[0]:
        return
    target = archive.find(page.name, address)
    fragment = address.partition("#")[2]
    if target in places and fragment:
        # The form that `clean` gives to ids under the same `ids`.
        node.attrs["href"] = f"#n-d{places[target]}-{fragment}"
    elif attribute(node, "data-orighref"):
        # A tool that turned links between chapters into its own keeps where they led.
        node.attrs["href"] = attribute(node, "data-orighref")
    else:
        del node.attrs["href"]


def _miss(node: LexborNode, pictures: Pictures, *, known: bool) -> None:
    """A picture that is not in the file keeps the address it came from, where that is told."""
    address, origin = attribute(node, "src"), attribute(node, "longdesc")
    if address.startswith(_ELSEWHERE) and not known:
        return
    if not address and not origin:
        return
    pictures.missing.append(origin or address)
    if origin.startswith(_ELSEWHERE[:2]):
        node.attrs["src"] = origin
    elif address:
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
