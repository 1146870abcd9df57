"""When two texts are the same work: by address, by beginning, chapter by chapter. Pure.

An address decides before a text does; a digest of the bytes decides before both (see importing).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from hogarth.manuscript import Manuscript

#: So many letters of the first chapter tell a work: some 200 words. Letters, since copies differ
#: in blanks, dashes and quotes, and so in where a word ends.
BEGINNING: Final = 1_000
#: The longest key that is kept as it is; a longer one is kept by its digest.
LONGEST_KEY: Final = 400

_AO3: Final = "archiveofourown.org"
_AO3_HOSTS: Final = frozenset(
    {
        _AO3, "archiveofourown.com", "archiveofourown.net", "archiveofourown.gay", "ao3.org",
        "download.archiveofourown.org", "insecure.archiveofourown.org",
        "archive.transformativeworks.org",
    }
)  # fmt: skip
_SUBDOMAINS: Final = re.compile(r"^(?:www\d?|m|mobile)\.(?=[^.]+\.)")
#: Where a path says which story it is: host, path, key of the work, key of the chapter.
_SITES: Final = tuple(
    (re.compile(host), re.compile(path + r"(?:/.*)?"), work, chapter)
    for host, path, work, chapter in (
        # Archives of the same software as AO3 address works alike, on any host.
        (
            ".*", r"(?:/collections/[^/]+)?/(?:works|downloads)/(\d+)(?:/chapters/(\d+))?",
            "works/{}", "chapters/{}",
        ),
        (_AO3, r"/chapters/()(\d+)", "chapters/{}", "chapters/{}"),
        (r"fanfiction\.net|fictionpress\.com", r"/s/(\d+)(?:/(\d+))?", "s/{}", "chapter/{}"),
        (r"fimfiction\.net", r"/story/(\d+)(?:/(\d+))?", "story/{}", "chapter/{}"),
        (
            r"royalroad\.com", r"/fiction/(\d+)(?:/[^/]+)?(?:/chapter/(\d+))?",
            "fiction/{}", "chapter/{}",
        ),
        (r"wattpad\.com", r"/story/(\d+)(?:-[^/]*)?()", "story/{}", "chapter/{}"),
        (
            r"forums?\.(?:spacebattles|sufficientvelocity|questionablequesting)\.com",
            r"/threads/(?:[^/]*\.)?(\d+)()", "threads/{}", "chapter/{}",
        ),
    )
)  # fmt: skip
#: What a query says about showing a page, not about which page it is.
_NOISE: Final = re.compile(
    r"utm_\w+|fbclid|gclid|ref|style|format|textsize|ageconsent|warning|show_comments|"
    r"view_adult|view_full_work|index|print|action",
    re.IGNORECASE,
)
_CHAPTER_PARAMETERS: Final = frozenset({"chapter", "chapterid", "chap"})

#: Signs that fall away in folding and stand in nearly every text: replacing them one by one
#: first lets most English texts take the short way below, which is five times as fast.
_FREQUENT_SIGNS: Final = "’‘“”–—…\u00a0"
#: Canonical HTML is regular: every `<` begins a tag, every `&` one of three signs.
_TAG: Final = re.compile(r"<[^>]*>")
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt);")
_NO_WORD: Final = bytes(code for code in range(128) if not chr(code).isalnum())


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a work from others, besides the digest of its bytes.

    Shape: `source_key` as below; `fingerprint` of title, authors and beginning, None
    when the first chapter is not there; `digests` of each chapter's folded text, in order.
    """

    source_key: str | None
    fingerprint: str | None
    digests: tuple[str, ...]


def source_key(address: str | None) -> str | None:
    """The one key of all addresses of a work; None for what is no address of a single page.

    Shape: host and path; without scheme, www, chapter, fragment, and what a query says about
    showing the page. A query that may name the story stays: on many archives nothing else does.
    """
    parts = _parts(address)
    return parts and _short(parts[0])


def chapter_key(address: str | None) -> str | None:
    """The one key of all addresses of a chapter; None where the address names no chapter."""
    parts = _parts(address)
    return parts and parts[1] and _short(parts[1])


def site_of(key: str) -> str:
    """The host in a key."""
    return key.partition("/")[0].partition("?")[0]


def fold_name(name: str) -> str:
    """A name or title to find it by: one width, one case, single blanks; at most 500 characters.

    What no database can look for, NUL and halves of characters, falls away.
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    folded = " ".join(plain.casefold().replace("\0", "").split())[:500]
    return folded if folded.isascii() else folded.encode("utf-8", "ignore").decode("utf-8")


def fold_text(text: str) -> str:
    """The word characters of a text and nothing else: what survives every change of format."""
    for sign in _FREQUENT_SIGNS:
        text = text.replace(sign, " ")
    if text.isascii():
        return text.encode("ascii").translate(None, _NO_WORD).lower().decode("ascii")
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def identify(manuscript: Manuscript) -> Identity:
    """Everything that tells this work from others. Cost: a tenth of counting its words."""
    first: str | None = None
    digests = []
    for chapter in manuscript.chapters:
        text = _told(chapter.html)
        if chapter.number == 1 and first is None:
            first = text
        digests.append(_sha256(fold_text(text)))
    return Identity(
        source_key(manuscript.source),
        None if first is None else _fingerprint(manuscript, first),
        tuple(digests),
    )


def _told(html: str) -> str:
    """The words of canonical HTML, apart at blocks and breaks; signs may be lost."""
    text = _TAG.sub("", html.replace("<br/>", " "))
    return _ENTITY.sub(" ", text) if "&" in text else text


def _fingerprint(manuscript: Manuscript, text: str) -> str | None:
    """SHA-256 of title, authors and beginning; None when it begins with no word."""
    beginning = fold_text(text[: 4 * BEGINNING])[:BEGINNING]
    if not beginning:
        return None
    authors = sorted(_bare(name) for name in manuscript.credited("author"))
    return _sha256("\n".join([_bare(manuscript.title), " & ".join(authors), beginning]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _bare(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’]", "", fold_name(name))))


def _short(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return f"{site_of(key)[:100]}/sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _parts(address: str | None) -> tuple[str, str | None] | None:
    """The key of the work, and that of the chapter if the address names one."""
    text = (address or "").strip()
    if text.casefold().startswith("urn:"):
        return text.casefold(), None
    try:
        split = urlsplit(text if "://" in text else f"http://{text}")
        host = (split.hostname or "").rstrip(".")
        port = split.port
    except ValueError:
        return None
    if split.scheme not in ("http", "https") or "." not in host or " " in host:
        return None
    host = _SUBDOMAINS.sub("", host)
    if host in _AO3_HOSTS:
        host = _AO3
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = re.sub(r"/{2,}", "/", unquote(split.path)).rstrip("/")
    return _by_site(host, path) or _by_query(host, path, split.query)


def _by_site(host: str, path: str) -> tuple[str, str | None] | None:
    for hosts, paths, work, chapter in _SITES:
        found = hosts.fullmatch(host) and paths.fullmatch(path)
        if found:
            # A chapter's own address may not say which work it belongs to; it stands for it then.
            of_work = f"{host}/{work.format(found[1] or found[2])}"
            return of_work, f"{host}/{chapter.format(found[2])}" if found[2] else None
    return None


def _by_query(host: str, path: str, query: str) -> tuple[str, str | None] | None:
    pairs = sorted(
        (name, value)
        for name, value in parse_qsl(query, max_num_fields=None)
        if not _NOISE.fullmatch(name)
    )
    told = [pair for pair in pairs if pair[0].casefold() not in _CHAPTER_PARAMETERS]
    if not path and not told:
        return None
    work = f"{host}{path}" + (f"?{urlencode(told)}" if told else "")
    chapter = f"{host}{path}?{urlencode(pairs)}" if pairs != told else None
    return work, chapter
