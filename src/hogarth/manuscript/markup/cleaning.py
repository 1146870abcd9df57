"""Any HTML to canonical HTML.

nh3 (html5ever's parser) reads what was given and drops what can run; its output is a well-nested
row of tags in which every `<` begins a tag, so it is split there and not parsed again; the
writer then prints only what the table permits.
"""

from __future__ import annotations

import re
from typing import Final

import nh3

from hogarth.manuscript.markup.bounding import bound
from hogarth.manuscript.markup.paragraphs import read_paragraph
from hogarth.manuscript.markup.structure import print_items
from hogarth.manuscript.markup.table import (
    ELEMENTS,
    GLOBAL_ATTRIBUTES,
    READ_ATTRIBUTES,
    SCHEMES,
    SWALLOWED,
    VOID_MARKUP,
)
from hogarth.manuscript.markup.writer import Newlines, Writer

_FIRST: Final = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags=set(SWALLOWED),
    attributes={
        "*": set(GLOBAL_ATTRIBUTES | READ_ATTRIBUTES["*"]),
        **{
            name: set(element.attributes | READ_ATTRIBUTES.get(name, frozenset()))
            for name, element in ELEMENTS.items()
            if element.attributes or name in READ_ATTRIBUTES
        },
    },
    url_schemes=set(SCHEMES),
    link_rel=None,
)

_FRAMES: Final = re.compile(r"(<iframe(?=[\s/>])|</iframe(?=[\s/>])[^>]*>)", re.IGNORECASE)
_REST_OF_TAG: Final = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+>?""")

#: A quote that was never closed: the value holds the end of its tag, and another tag.
_UNQUOTED: Final = re.compile(r"""=(?:"[^"<>]*>[^"<]*(?:<|\Z)|'[^'<>]*>[^'<]*(?:<|\Z))""")
_UNQUOTED_TAG: Final = re.compile(
    r"""(<[A-Za-z](?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+)(?<==)"""
    r"""(?:"([^"<>]*+)>(?=[^"<]*+(?:<|\Z))|'([^'<>]*+)>(?=[^'<]*+(?:<|\Z)))"""
)

_DELETED: Final = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r\f")
_TRANSLATED: Final = bytes.maketrans(b"\r\f", b"\n ")
_ASCII: Final = bytes(range(0x80))
_SELDOM: Final = re.compile(
    rb"\xc2[\x80-\x9f]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]"
    rb"|[\xf0-\xf4][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]"
)


def clean(html: str, *, newlines: Newlines = "space", ids: str = "") -> str:
    """Canonical HTML of any HTML.

    Shape: a row of blocks joined by newlines, well-formed as XML; see `table`. With
    `newlines="break"` the text was typed into a box: a newline in loose text breaks the line and
    an empty line the paragraph. `ids` keeps the ids of one source apart from those of others.
    """
    writer = Writer(newlines, ids)
    pieces = _first_pass(html).split("<")
    if pieces[0]:
        writer.text(pieces[0])
    place, end = 1, len(pieces)
    while place < end:
        tag, _, text = pieces[place].partition(">")
        if tag[0] == "/":
            writer.end()
        elif tag[:2] in ("p", "p ") and (found := read_paragraph(pieces, place, ids)):
            if writer.add_paragraph(found.attributes, found.inner):
                place = found.end
                text = pieces[place][3:]
            else:
                writer.start(tag)
        elif writer.start(tag):
            place = _skip(pieces, place)
            continue
        if text:
            writer.text(text)
        place += 1
    return print_items(writer.finish(), "\n")


def _skip(pieces: list[str], place: int) -> int:
    """The place of the end tag that belongs to the start tag at `place`."""
    depth = 1
    while depth:
        place += 1
        if pieces[place][0] == "/":
            depth -= 1
        elif pieces[place].partition(">")[0].partition(" ")[0] not in VOID_MARKUP:
            depth += 1
    return place


def _first_pass(html: str) -> str:
    """What nh3 leaves, without the characters that HTML and XML forbid."""
    if _FRAMES.search(html):
        html = _empty_frames(html)
    if _UNQUOTED.search(html):
        html = _UNQUOTED_TAG.sub(_close_quote, html)
    html = bound(html)
    try:
        source = _FIRST.clean(html)
    except UnicodeEncodeError:  # lone surrogates
        source = _FIRST.clean(html.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    data = source.encode()
    plain = data.translate(_TRANSLATED, _DELETED)
    if _SELDOM.search(data.translate(None, _ASCII)):
        plain = _SELDOM.sub(_replace_seldom, plain)
    if plain != data:
        source = plain.decode()
    return source.replace("&nbsp;", "\u00a0")


def _empty_frames(html: str) -> str:
    """Each iframe as an embed, which holds nothing: what is in a frame is raw and never shown.

    A frame without an end tag holds nothing either, where a parser would give it all the rest.
    """
    parts = _FRAMES.split(html)
    ends = [place for place in range(1, len(parts), 2) if parts[place][1] == "/"]
    last_end = ends[-1] if ends else 0
    kept = [parts[0]]
    inside = False
    for place in range(1, len(parts), 2):
        mark, text = parts[place], parts[place + 1]
        if mark[1] == "/":
            inside = False
            kept.append(text)
        elif not inside:
            inside = place < last_end
            tag = _REST_OF_TAG.match(text) if inside else None
            kept += ["<embed", tag[0] if tag else text]
    return "".join(kept)


def _close_quote(found: re.Match[str]) -> str:
    value = found[2] if found[2] is not None else found[3]
    return f'{found[1]}"{value.replace(chr(34), "&quot;")}">'


def _replace_seldom(found: re.Match[bytes]) -> bytes:
    """Code points 0x80 to 0x9F are read as Windows-1252, as browsers do; five of them are none,
    and leave a mark: they tell what was there. What is no character at all goes.
    """
    code = found[0]
    if code[0] != 0xC2:
        return b""
    return code[1:].decode("cp1252", "replace").encode()
