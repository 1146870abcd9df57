"""Title, byline, summary and notes of an otwarchive work, which stand around its text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from hogarth.intake.elements import attribute, children, classes, first, inner_of, text_of
from hogarth.manuscript import Credit, clean

_PSEUD: Final = re.compile(r"/users/([^/?#]+)/pseuds/([^/?#]+)")
_ARCHIVED: Final = re.compile(r"(.*?)\s*\[archived by\s+(.*?)\s*\]")
_COMMA: Final = re.compile(r",\s+(?![^\[\]]*\])")
_TRANSLATION: Final = re.compile(r"\ba translation of\b", re.IGNORECASE)
_BY: Final = re.compile(r"^by\s+", re.IGNORECASE)
_LONGEST_BYLINE: Final = 5_000
_NOBODY: Final = frozenset({"", "anonymous", "anonymous creator"})


class Preface(NamedTuple):
    """Shape: `summary` and `notes` canonical HTML or None; `byline` as it was printed."""

    title: str
    byline: str
    credits: tuple[Credit, ...]
    summary: str | None
    notes: str | None


def read_preface(preface: LexborNode, origin: str) -> Preface:
    """Title, people, summary and notes as the work's head gives them."""
    byline = next((node for node in preface.css(".byline")), None)
    people = read_byline(byline)
    people = _turn_to_translator(people, preface)
    return Preface(
        title=text_of(first(preface, "h2.title", ".title.heading", "h2")),
        byline=text_of(byline),
        credits=people,
        summary=read_userstuff(preface, "summary", origin),
        notes=read_notes(preface, origin),
    )


def read_byline(byline: LexborNode | None) -> tuple[Credit, ...]:
    """The people of a byline. Nobody is credited where it says “Anonymous”.

    Shape: "pseud (login)" is one person; "NAME [archived by X]" is two in two roles.
    """
    if byline is None:
        return ()
    logins = {text_of(link): attribute(link, "href") for link in byline.css("a")}
    people: list[Credit] = []
    for name in _COMMA.split(_BY.sub("", text_of(byline)[:_LONGEST_BYLINE])):
        archived = _ARCHIVED.fullmatch(name)
        if archived:
            people += [
                Credit(archived[1]),
                _person(archived[2], logins, "archivist"),
            ]
        elif name.casefold() not in _NOBODY:
            people.append(_person(name, logins))
    return tuple(dict.fromkeys(credit for credit in people if credit.name))


def _person(name: str, logins: dict[str, str], role: str = "author") -> Credit:
    found = _PSEUD.search(logins.get(name, ""))
    if found is None:
        return Credit(name, "archivist" if role == "archivist" else "author")
    login, pseud = unquote(found[1]), unquote(found[2])
    shown = name.removesuffix(f" ({login})")
    return Credit(
        shown or pseud,
        "archivist" if role == "archivist" else "author",
        login if login != shown else None,
    )


def _turn_to_translator(people: tuple[Credit, ...], preface: LexborNode) -> tuple[Credit, ...]:
    """Where the work says whose work it translates, its byline names the translators."""
    for row in preface.css("ul.associations li"):
        if not _TRANSLATION.search(text_of(row)):
            continue
        originals = [
            _person(text_of(link), {text_of(link): attribute(link, "href")})
            for link in row.css("a[rel=author]")
        ]
        translators = [
            Credit(credit.name, "translator", credit.pseud_of)
            if credit.role == "author"
            else credit
            for credit in people
        ]
        return tuple(dict.fromkeys([*originals, *translators]))
    return people


def read_userstuff(within: LexborNode, name: str, origin: str) -> str | None:
    """What a `.summary` or `.notes` block quotes, or None.

    Since 2011 it is a div that holds the quotation; before, the quotation itself.
    """
    for block in within.css(f".{name}"):
        if block.tag == "blockquote":
            return clean_text(inner_of(block), origin) or None
        quoted = first(block, "blockquote.userstuff", "blockquote", ".userstuff")
        if quoted is not None:
            return clean_text(inner_of(quoted), origin) or None
    return None


def read_notes(within: LexborNode, origin: str, *, end: bool = False) -> str | None:
    """Notes with the gifts, translations and inspirations listed above them, or None."""
    parts: list[str] = []
    for block in within.css(".notes, .footnotes"):
        names = classes(block)
        at_end = bool(names & {"end", "footnotes"}) or attribute(block, "id") == "work_endnotes"
        if at_end is not end:
            continue
        parts += [node.html or "" for node in block.css("ul.associations")]
        if block.tag == "blockquote":
            parts.append(inner_of(block))
        else:
            parts += [inner_of(quoted) for quoted in children(block) if quoted.tag == "blockquote"]
    return clean_text("".join(parts), origin) or None


def clean_text(html: str, origin: str) -> str:
    """Canonical HTML with the archive's own addresses made whole."""
    if origin and "/" in html:
        html = html.replace(' href="/', f' href="{origin}/').replace(f"{origin}//", "https://")
        html = html.replace(' src="/', f' src="{origin}/').replace(f"{origin}//", "https://")
    return clean(html) if html.strip() else ""
