"""Title, byline, summary and notes of an otwarchive work, which stand around its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from hogarth.intake.ao3_site import leave_museum
from hogarth.intake.elements import attribute, children, classes, first, inner_of, text_of
from hogarth.manuscript import Credit, Role, clean

_PSEUD: Final = re.compile(r"/users/([^/?#]+)/pseuds/([^/?#]+)")
#: A pseud holds no brackets, so that these hold the name of its account.
_LOGIN: Final = re.compile(r"([^()]+) \(([A-Za-z0-9_]{1,60})\)")
_ARCHIVED: Final = re.compile(r"([^\[]*)\[archived by\s+([^\]]*?)\s*\]", re.IGNORECASE)
_COMMA: Final = re.compile(r",\s+(?![^\[\]]*\])")
_TRANSLATION: Final = re.compile(r"\ba translation of\b", re.IGNORECASE)
_BY: Final = re.compile(r"^(?:chapter\s+)?by\s+", re.IGNORECASE)
_LONGEST_BYLINE: Final = 5_000
_NOBODY: Final = frozenset({"", "anonymous", "anonymous creator"})


class Preface(NamedTuple):
    """Shape: `summary` and `notes` canonical HTML or None; `byline` as it was printed.

    `marks` say who may see the work, as the signs beside its title do: "Restricted".
    """

    title: str
    byline: str
    credits: tuple[Credit, ...]
    summary: str | None
    notes: str | None
    marks: tuple[str, ...] = ()


def read_preface(preface: LexborNode, origin: str) -> Preface:
    """Title, people, summary and notes as the work's head gives them."""
    byline = first(preface, ".byline")
    title = first(preface, "h2.title", ".title.heading", "h2")
    signs = title.css("img[alt]") if title is not None else []
    return Preface(
        title=text_of(title),
        byline=text_of(byline),
        credits=turn_to_translators(read_byline(byline), preface.css("ul.associations li")),
        summary=read_userstuff(preface, "summary", origin),
        notes=read_notes(preface, origin),
        marks=tuple(filter(None, (attribute(sign, "alt").strip("() ") for sign in signs))),
    )


def read_byline(byline: LexborNode | None) -> tuple[Credit, ...]:
    """The people of a byline. Nobody is credited where it says “Anonymous”."""
    if byline is None:
        return ()
    logins = {text_of(link): attribute(link, "href") for link in byline.css("a")}
    return read_names(text_of(byline), logins)


def read_names(line: str, logins: dict[str, str] | None = None) -> tuple[Credit, ...]:
    """The people of a byline in plain text. Nobody is credited where it says “Anonymous”.

    Shape: "pseud (login)" is one person; "NAME [archived by X]" is two in two roles; `logins` the
    addresses of the accounts behind the names.
    """
    logins = logins or {}
    people: list[Credit] = []
    for name in _COMMA.split(_BY.sub("", line[:_LONGEST_BYLINE])):
        archived = _ARCHIVED.fullmatch(name)
        if archived:
            # Who wrote it has no account there, whatever brackets stand in the name.
            people += [
                Credit(archived[1].strip()),
                _person(archived[2], logins, "archivist"),
            ]
        elif name.strip().casefold() not in _NOBODY:
            people.append(_person(name.strip(), logins))
    return tuple(dict.fromkeys(credit for credit in people if credit.name))


def _person(name: str, logins: dict[str, str], role: Role = "author") -> Credit:
    found = _PSEUD.search(logins.get(name, ""))
    if found is None:
        told = _LOGIN.fullmatch(name)
        return Credit(told[1], role, told[2]) if told else Credit(name, role)
    login, pseud = unquote(found[1]), unquote(found[2])
    shown = name.removesuffix(f" ({login})")
    return Credit(shown or pseud, role, login if login != shown else None)


def add_people(people: tuple[Credit, ...], more: Iterable[Credit]) -> tuple[Credit, ...]:
    """The people, and those of chapters who are not among them, in whatever role.

    Who wrote one chapter is as a rule in the byline of the work too; where that names nobody,
    nobody is named.
    """
    known = {(credit.name, credit.pseud_of) for credit in people}
    new = [credit for credit in more if (credit.name, credit.pseud_of) not in known]
    return (*people, *dict.fromkeys(new)) if people else ()


def turn_to_translators(
    people: tuple[Credit, ...], related: Iterable[LexborNode]
) -> tuple[Credit, ...]:
    """Where the work says whose work it translates, its byline names the translators.

    Shape: `related` the rows of related works, such as “A translation of X by Y”.
    """
    for row in related:
        if not _TRANSLATION.search(text_of(row)[:200]):
            continue
        translators = [
            Credit(credit.name, "translator", credit.pseud_of)
            if credit.role == "author"
            else credit
            for credit in people
        ]
        return tuple(dict.fromkeys([*_authors_of(row), *translators]))
    return people


def _authors_of(row: LexborNode) -> list[Credit]:
    """Who wrote the work that the row names. Works on other sites have authors without a link."""
    links = row.css("a[rel=author], a[href*='/users/']")
    if links:
        return [_person(text_of(a), {text_of(a): attribute(a, "href")}) for a in links]
    title = text_of(first(row, "a"))
    if not title:
        return []
    _, _, after = text_of(row).partition(title)
    names = after.strip(" .")
    return list(read_names(names)) if _BY.match(names) else []


def read_userstuff(within: LexborNode, name: str, origin: str, ids: str = "") -> str | None:
    """What a `.summary` or `.notes` block quotes, or None.

    Since 2011 it is a div that holds the quotation; before, the quotation itself.
    """
    for block in within.css(f".{name}"):
        if block.tag == "blockquote":
            return clean_text(inner_of(block), origin, ids) or None
        quoted = first(block, "blockquote.userstuff", "blockquote", ".userstuff")
        if quoted is not None:
            return clean_text(inner_of(quoted), origin, ids) or None
    return None


def read_notes(within: LexborNode, origin: str, ids: str = "", *, end: bool = False) -> str | None:
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
    return clean_text("".join(parts), origin, ids) or None


def clean_text(html: str, origin: str, ids: str = "") -> str:
    """Canonical HTML with the archive's own addresses made whole."""
    html = leave_museum(html)
    if origin and "/" in html:
        html = html.replace(' href="/', f' href="{origin}/').replace(f"{origin}//", "https://")
        html = html.replace(' src="/', f' src="{origin}/').replace(f"{origin}//", "https://")
    return clean(html, ids=ids) if html.strip() else ""
