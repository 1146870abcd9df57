"""The package file of an EPUB: what the book says of itself, and its files in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from hogarth.intake.dates import parse_date
from hogarth.intake.facts import Facts
from hogarth.intake.languages import language_tag
from hogarth.intake.tags import unify_tag
from hogarth.intake.xml import attribute_of, local_name, text_in
from hogarth.manuscript import Credit, Dates, Role, SeriesPlace, Status, clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROLES: Final[dict[str, Role]] = {
    "": "author",
    "aut": "author",
    "author": "author",
    "trl": "translator",
    "translator": "translator",
    "ill": "artist",
    "art": "artist",
    "artist": "artist",
    "cov": "artist",
    "edt": "beta",
    "beta": "beta",
}
_NOBODY_LINE: Final = (
    "unknown|unknown author|[unknown]|anonymous|n/a|none|no author|author|[author]|unbekannt"
    "|auteur inconnu|desconocido|неизвестный автор|не известен|неизвестный"
)
_NOBODY: Final = frozenset(["", *_NOBODY_LINE.split("|")])
#: What tools write where they were given no title.
_UNTITLED_LINE: Final = "unknown|untitled|[untitled]|no title|[no title]|unknown title|title|ebook"
_UNTITLED: Final = frozenset(_UNTITLED_LINE.split("|"))
_SUFFIX: Final = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|esq|[ivx]{2,4})\.?", re.IGNORECASE)
#: Names that people give themselves on archives and nobody has on a passport.
_PSEUD: Final = re.compile(r"[a-z]|.*[\d_]")
_LONGEST_NAME: Final = 6
_HTML: Final = re.compile(r"</?(?:p|br|div|i|b|em|strong|a|span|blockquote|ul|li)\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?:ur[il]:\s*)?(https?://[^\s/][^\s]*)", re.IGNORECASE)
#: What tools write when there is no date.
_NO_YEAR: Final = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book as its manifest lists it. Shape: `properties` lower-case."""

    ident: str
    address: str
    media_type: str
    properties: frozenset[str] = frozenset()


@dataclass(slots=True)
class Package:
    """What the package file says.

    Shape: `spine` in reading order; `guide` type → addresses, as EPUB 2 lists them; `makers` what
    it says of the program that made it: contributors and generators, as written; `sources` (id,
    address) of each source; `unique` the id of the identifier that counts.
    """

    facts: Facts = field(default_factory=Facts)
    publisher: str = ""
    identifiers: list[str] = field(default_factory=list)
    unique: str = ""
    makers: list[str] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    spine: list[Item] = field(default_factory=list)
    contents: str = ""
    guide: list[tuple[str, str]] = field(default_factory=list)


def read_package(root: _Element) -> Package:
    """The metadata, manifest and spine of an OPF of either version, as far as they can be read."""
    package = Package(unique=attribute_of(root, "unique-identifier"))
    for part in root:
        name = local_name(part)
        if name == "metadata":
            _read_metadata(part, package)
        elif name == "manifest":
            _read_manifest(part, package)
        elif name == "guide":
            package.guide = [
                (attribute_of(row, "type").lower(), attribute_of(row, "href")) for row in part
            ]
    for part in root:
        if local_name(part) == "spine":
            _read_spine(part, package)
    if not package.spine:
        package.spine = [item for item in package.items.values() if _may_be_page(item)]
    return package


def _may_be_page(item: Item) -> bool:
    """Whether a file of the manifest is for reading, where no spine says so."""
    is_text = "html" in item.media_type or item.address.lower().endswith((".xhtml", ".html"))
    return is_text and "nav" not in item.properties


def _read_manifest(part: _Element, package: Package) -> None:
    for number, row in enumerate(part):
        if local_name(row) == "item" and attribute_of(row, "href"):
            item = Item(
                attribute_of(row, "id") or f"#{number}",
                attribute_of(row, "href"),
                attribute_of(row, "media-type").lower(),
                frozenset(attribute_of(row, "properties").lower().split()),
            )
            package.items.setdefault(item.ident, item)


def _read_spine(part: _Element, package: Package) -> None:
    package.contents = attribute_of(part, "toc")
    seen = set()
    for row in part:
        item = package.items.get(attribute_of(row, "idref"))
        # A file that is listed twice is read once.
        if item is not None and item.ident not in seen:
            seen.add(item.ident)
            package.spine.append(item)


def _read_metadata(part: _Element, package: Package) -> None:
    rows = [row for row in part.iter() if row is not part and local_name(row)]
    refined = _refinements(rows)
    named: dict[str, list[_Element]] = {}
    for row in rows:
        named.setdefault(local_name(row).lower(), []).append(row)
    facts = package.facts
    facts.title = _read_title(named.get("title", []), refined)
    facts.credits = list(_read_credits(named, refined))
    facts.language = next(
        filter(None, (language_tag(text_in(row)) for row in named.get("language", []))), None
    )
    facts.summary = _read_description(named.get("description", []))
    facts.tags = [unify_tag("freeform", name) for name in _read_subjects(named)]
    facts.series = list(_read_series(named.get("meta", []), refined))
    facts.source = _read_source(named)
    facts.dates = _read_dates(named)
    facts.status = _read_status(named.get("meta", []))
    package.sources = [
        (attribute_of(row, "id"), _address(text_in(row))) for row in named.get("source", [])
    ]
    package.publisher = next(map(text_in, named.get("publisher", [])), "")
    package.identifiers = [text_in(row) for row in named.get("identifier", [])]
    package.makers = [
        *map(text_in, named.get("contributor", [])),
        *(
            attribute_of(row, "content")
            for row in named.get("meta", [])
            if attribute_of(row, "name").lower() == "generator"
        ),
        # “<meta name="fimfic2epub version" content="1.7"/>”
        *(
            name
            for row in named.get("meta", [])
            if (name := attribute_of(row, "name")).lower().endswith(" version")
        ),
    ]


def _refinements(rows: list[_Element]) -> dict[tuple[str, str], str]:
    """EPUB 3 says more about an element in another: (id, property) → value."""
    return {
        (attribute_of(row, "refines").lstrip("#"), attribute_of(row, "property")): text_in(row)
        for row in rows
        if local_name(row) == "meta" and attribute_of(row, "refines")
    }


def _read_title(rows: list[_Element], refined: dict[tuple[str, str], str]) -> str:
    titles = [
        (refined.get((attribute_of(row, "id"), "title-type")), unescape(text_in(row)))
        for row in rows
    ]
    titles = [(kind, title) for kind, title in titles if title.casefold() not in _UNTITLED]
    main = [title for kind, title in titles if kind == "main" and title]
    return next(iter(main or [title for _, title in titles if title]), "")


def _read_credits(
    named: dict[str, list[_Element]], refined: dict[tuple[str, str], str]
) -> Iterator[Credit]:
    seen = set()
    for kind in ("creator", "contributor"):
        for row in named.get(kind, []):
            stated = attribute_of(row, "role") or refined.get((attribute_of(row, "id"), "role"), "")
            role = _ROLES.get(stated.strip().lower(), "author" if kind == "creator" else None)
            # A contributor without a role is as a rule the program that made the file.
            if role is None or (kind == "contributor" and not stated):
                continue
            name = unescape(text_in(row)) or attribute_of(row, "file-as")
            for credit in (Credit(person, role) for person in split_names(name)):
                if credit not in seen:
                    seen.add(credit)
                    yield credit


def split_names(line: str) -> list[str]:
    """The people in one element that should hold one: “A & B”, “a_1, b”; not in “Stoker, Bram”."""
    names = [line]
    for joint in (";", " & ", " and ", ", "):
        names = [part for name in names for part in _split_at(name, joint)]
    names = [name.strip(" ,;") for name in names]
    return [name for name in names if name.casefold() not in _NOBODY and "://" not in name]


def _split_at(name: str, joint: str) -> list[str]:
    parts = [part.strip() for part in name.split(joint)]
    if len(parts) == 1 or not all(parts) or "(" in name:
        return [name]
    # “Salt and Pepper” is one person on an archive, and so is “Stoker, Bram”.
    full = all(1 < len(part.split()) <= _LONGEST_NAME for part in parts)
    if joint == ", ":
        pseuds = all(_PSEUD.match(part) for part in parts) or len(parts) > 2
        return parts if (full or pseuds) and not _SUFFIX.fullmatch(parts[-1]) else [name]
    return parts if full or joint != " and " else [name]


def _read_subjects(named: dict[str, list[_Element]]) -> list[str]:
    """Each subject once. Some tools escape them twice, some write all of them into one element."""
    names = [unescape(unescape(text_in(row))) for row in named.get("subject", [])]
    if len(names) == 1 and names[0].count(", ") > 1:
        names = names[0].split(", ")
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _read_description(rows: list[_Element]) -> str | None:
    for row in rows:
        text = "".join(map(str, row.itertext())).strip()
        if _HTML.search(text):
            return clean(text) or None
        if text:
            lines = [" ".join(line.split()) for line in text.splitlines()]
            return clean(escape("\n".join(lines), quote=False), newlines="break") or None
    return None


def _read_series(
    metas: list[_Element], refined: dict[tuple[str, str], str]
) -> Iterator[SeriesPlace]:
    old = {attribute_of(row, "name"): attribute_of(row, "content") for row in metas}
    if old.get("calibre:series"):
        yield SeriesPlace(old["calibre:series"], _position(old.get("calibre:series_index", "")))
    for row in metas:
        if attribute_of(row, "property") != "belongs-to-collection":
            continue
        ident = attribute_of(row, "id")
        if refined.get((ident, "collection-type"), "series") == "series":
            title = text_in(row)
            position = _position(refined.get((ident, "group-position"), ""))
            if title and title != old.get("calibre:series"):
                yield SeriesPlace(title, position)


def _position(stated: str) -> int | None:
    """A whole number from 1; calibre writes "3.0", and "3.5" for what stands between."""
    whole, _, rest = stated.partition(".")
    if not whole.isdecimal() or len(whole) > 6 or rest.strip("0"):
        return None
    return int(whole) or None


def _read_source(named: dict[str, list[_Element]]) -> str | None:
    """The story's own address: an identifier that is one, else the first source that is one."""
    for kind in ("identifier", "source"):
        for row in named.get(kind, []):
            address = _address(text_in(row))
            # Some makers give the address of their own site.
            if address and address.rstrip("/").count("/") > 2:
                return address
    return None


def _address(stated: str) -> str:
    """The address in “https://…”, “URL:https://…” or “uri:https://…”, or ""."""
    found = _ADDRESS.fullmatch(stated.strip())
    return found[1] if found else ""


def _read_dates(named: dict[str, list[_Element]]) -> Dates:
    stated: dict[str, date] = {}
    for row in named.get("date", []):
        day = parse_date(text_in(row))
        if day and day.year >= _NO_YEAR:
            stated.setdefault(attribute_of(row, "event").lower(), day)
    modified = next((parse_date(text_in(row)) for row in named.get("modified", [])), None)
    published = stated.get("publication") or stated.get("") or stated.get("original-publication")
    return Dates(published, stated.get("modification") or modified)


def _read_status(metas: list[_Element]) -> Status:
    """Whether the story is complete, as downloaders from one site state it."""
    for row in metas:
        if attribute_of(row, "name").lower() == "completed":
            return "complete" if attribute_of(row, "content") in ("1", "true") else "in-progress"
    return "unknown"
