"""Reads one start tag and says what it becomes."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from hogarth.manuscript.markup.table import ALIGNMENTS, CLASSES, ELEMENTS, SCHEMES, UNSEEN, Kind


class Opening(NamedTuple):
    """A start tag as it will be written.

    Shape: `attributes` ready to print, without the id; `ident` the id or ""; `within` the inline
    tags that its style asks for; `address` and `label` are those of a medium or a link.
    """

    kind: Kind
    tag: str
    attributes: str = ""
    ident: str = ""
    within: tuple[str, ...] = ()
    address: str = ""
    label: str = ""


_ATTRIBUTE: Final = re.compile(r'([^\s"=]+)="([^"]*)"')
_CLASS: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]+")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_NUMBER: Final = re.compile(r"-?\d{1,5}")
_COUNT: Final = re.compile(r"[1-9]\d{0,3}")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NOT_IN_ADDRESS: Final = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f-\xa0]')
#: A host that needed quoting is none, and browsers would not go there.
_HOST: Final = re.compile(
    r"(?:https?|ftp)://[^/?#@:%]*[^/?#@:.%][^/?#%]*(?=[/?#]|\Z)", re.IGNORECASE
)
_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9._-]")
_OWN_PICTURE: Final = re.compile(r"assets/[A-Za-z0-9][A-Za-z0-9._-]*")

_ITALIC: Final = re.compile(r"(?<![\w-])font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_UPRIGHT: Final = re.compile(r"(?<![\w-])font-style\s*:\s*normal", re.IGNORECASE)
_BOLD: Final = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_REGULAR: Final = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_DECORATION: Final = re.compile(r"text-decoration(?:-line)?\s*:([^;]*)", re.IGNORECASE)
_RAISED: Final = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_ALIGNED: Final = re.compile(r"text-align\s*:\s*(?:-\w+-)?(center|right|justify)", re.IGNORECASE)
#: A list of fonts is short; without an end to it a value that repeats its name takes minutes.
_MONO: Final = re.compile(
    r"font-family\s*:[^;]{0,250}?(?:monospace|courier|consolas)", re.IGNORECASE
)
_LARGE: Final = re.compile(r"font-size\s*:\s*(?:larger|x{0,3}-?large)\b", re.IGNORECASE)
_SMALL: Final = re.compile(r"font-size\s*:\s*(?:smaller|x{0,2}-?small)\b", re.IGNORECASE)


def read_tag(source: str, ids: str) -> Opening:
    """What the start tag becomes. Shape: `source` is what stood between `<` and `>`.

    Cost: some ten microseconds when new; most tags of a text repeat, so short ones are kept.
    """
    return _read_kept(source, ids) if len(source) <= _KEPT_LENGTH else _read_new(source, ids)


_KEPT_LENGTH: Final = 200


@lru_cache(maxsize=4096)
def _read_kept(source: str, ids: str) -> Opening:
    return _read_new(source, ids)


def _read_new(source: str, ids: str) -> Opening:
    name, _, rest = source.partition(" ")
    element = ELEMENTS.get(name)
    if element is None:
        return Opening(Kind.BARE, "")
    given: dict[str, str] = {}
    for key, value in _ATTRIBUTE.findall(rest):
        given.setdefault(key, unescape(value) if "&" in value else value)
    style = given.get("style", "")
    kept: dict[str, str] = {}
    classes = _read_classes(name, element.klass, given, style)
    for key in element.attributes:
        if key in given and (value := _read_value(key, given[key], ids)) is not None:
            kept[key] = value
    _read_globals(given, kept)
    tag, kind = element.tag, element.kind
    within = _read_style(name, style) if style else ()
    if kind is Kind.INLINE and _is_undone(tag, style):
        tag = "span"
    address = label = ""
    if kind is Kind.MEDIA or kind is Kind.PICTURE:
        kind, address, label = _read_medium(kind, given, kept)
    if tag == "a" and "href" in kept:
        address = kept["href"]
        if not address.startswith("#"):
            kept["rel"] = "nofollow"
    elif kind is Kind.MEDIA and address:
        kept.update(href=address, rel="nofollow")
        classes = {"media": None, **classes}
    else:
        classes.pop("media", None)
    if tag == "bdo" and "dir" not in kept:
        tag = "span"
    if classes:
        kept["class"] = " ".join(classes)
    ident = given.get("id") or (given.get("name", "") if name == "a" else "")
    return Opening(
        kind,
        tag,
        print_attributes(kept),
        name_anchor(ident, ids),
        within,
        address,
        label,
    )


def print_attributes(kept: dict[str, str]) -> str:
    return "".join(f' {key}="{_escape(kept[key])}"' for key in sorted(kept))


def _escape(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")


def name_anchor(name: str, ids: str) -> str:
    """The id under which a place is kept: its own space of names, letters safe in XML."""
    name = name.strip()
    if not name:
        return ""
    if not name.startswith("n-"):
        name = f"n-{ids}{name}"
    return _NOT_IN_ID.sub(lambda found: f"_{ord(found[0]):x}", name[:200])[:200]


def read_address(value: str) -> str:
    """The address when it is one a page may link to, else ""."""
    value = _NOT_IN_ADDRESS.sub(_quote, value.strip().rstrip('"'))
    if value.startswith("//"):
        value = f"https:{value}"
    scheme = _SCHEME.match(value)
    if scheme is None:
        return value
    known = scheme[1].lower()
    if known not in SCHEMES or (known != "mailto" and not _HOST.match(value)):
        return ""
    return value


def _quote(found: re.Match[str]) -> str:
    character = found[0]
    if character in "\t\n\r\f" or character < " ":
        return ""  # browsers take these out of an address before they read it
    return "".join(f"%{byte:02X}" for byte in character.encode())


def label_of(address: str) -> str:
    """What a link to a medium says when its author gave it no words."""
    parts = urlsplit(address)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2]).strip()
    return name or parts.netloc or address


def _read_medium(kind: Kind, given: dict[str, str], kept: dict[str, str]) -> tuple[Kind, str, str]:
    source = given.get("src") or given.get("data") or ""
    if kind is Kind.PICTURE and _OWN_PICTURE.fullmatch(source):
        kept["src"] = source
        kept.setdefault("alt", "")
        return kind, "", ""
    for key in ("src", "alt", "width", "height"):
        kept.pop(key, None)
    address = read_address(source)
    if not address.lower().startswith(("http://", "https://")):
        address = ""
    label = " ".join((given.get("alt") or kept.pop("title", "")).split())
    if not label.strip(UNSEEN):
        label = label_of(address) if address else ""
    return Kind.MEDIA, address, label


def _read_value(key: str, value: str, ids: str) -> str | None:
    if key in ("href", "cite"):
        return _read_link(key, value, ids)
    if key in ("open", "reversed"):
        return key
    pattern = _VALUES.get(key)
    return value if pattern is None or pattern.fullmatch(value) else None


_VALUES: Final = {
    "start": _NUMBER,
    "value": _NUMBER,
    "type": re.compile("[1aAiI]"),
    "colspan": _COUNT,
    "rowspan": _COUNT,
    "width": _COUNT,
    "height": _COUNT,
    "scope": re.compile("row|col|rowgroup|colgroup"),
}


def _read_link(key: str, value: str, ids: str) -> str | None:
    value = value.strip()
    if value.startswith("#"):
        place = name_anchor(unquote(value[1:]), ids)
        return f"#{place}" if place and key == "href" else None
    return read_address(value) or None


def _read_globals(given: dict[str, str], kept: dict[str, str]) -> None:
    language = given.get("lang") or given.get("xml:lang") or ""
    if _LANGUAGE.fullmatch(language):
        kept["lang"] = language
    direction = given.get("dir", "").lower()
    if direction in ("ltr", "rtl", "auto"):
        kept["dir"] = direction
    title = " ".join(given.get("title", "").split())
    if title:
        kept["title"] = title


def _read_classes(name: str, own: str, given: dict[str, str], style: str) -> dict[str, None]:
    """The classes in order, as an ordered set; at most one says how lines are aligned."""
    found: dict[str, None] = {own: None} if own else {}
    if style:
        if aligned := _ALIGNED.search(style):
            found[aligned[1].lower()] = None
        for pattern, klass in ((_MONO, "mono"), (_LARGE, "large"), (_SMALL, "small")):
            if pattern.search(style):
                found[klass] = None
    align = given.get("align", "").strip().lower()
    if align in ("center", "middle", "right", "justify") and name not in ("img", "hr", "table"):
        found["center" if align == "middle" else align] = None
    if name == "font":
        found.update(_read_font(given))
    for klass in given.get("class", "").split():
        if klass in CLASSES or klass.startswith("u-"):
            if _CLASS.fullmatch(klass):
                found[klass] = None
        elif _CLASS.fullmatch(klass):
            found[f"u-{klass}"] = None
    aligned_by = [klass for klass in found if klass in ALIGNMENTS]
    for klass in aligned_by[1:]:
        del found[klass]
    return found


def _read_font(given: dict[str, str]) -> dict[str, None]:
    found: dict[str, None] = {}
    size = given.get("size", "").strip()
    if size in ("4", "5", "6", "7") or size.startswith("+"):
        found["large"] = None
    elif size in ("1", "2") or size.startswith("-"):
        found["small"] = None
    if re.search("mono|courier", given.get("face", ""), re.IGNORECASE):
        found["mono"] = None
    return found


def _read_style(name: str, style: str) -> tuple[str, ...]:
    within = []
    if _ITALIC.search(style):
        within.append("i")
    if _BOLD.search(style):
        within.append("b")
    decoration = _DECORATION.search(style)
    if decoration:
        if "underline" in decoration[1].lower() and name != "a":
            within.append("u")
        if "line-through" in decoration[1].lower():
            within.append("s")
    if raised := _RAISED.search(style):
        within.append("sup" if raised[1].lower() == "super" else "sub")
    return tuple(within)


def _is_undone(tag: str, style: str) -> bool:
    """A word processor's `<b style="font-weight: normal">` is not bold."""
    if tag in ("b", "strong"):
        return bool(_REGULAR.search(style))
    return tag in ("i", "em") and bool(_UPRIGHT.search(style))
