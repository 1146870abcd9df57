"""Pictures and links in the pages of an e-book."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.archive import Archive
from hogarth.intake.elements import attribute
from hogarth.intake.pictures import Pictures, keep_inline_pictures
from hogarth.intake.spine import Page


def settle_addresses(pages: list[Page], archive: Archive, pictures: Pictures) -> None:
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
