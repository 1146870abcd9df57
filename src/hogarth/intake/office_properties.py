"""What a document says of itself beside its text, without what programs filled in by themselves."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from typing import Final

from hogarth.intake.dates import parse_date
from hogarth.intake.facts import Facts, read_people
from hogarth.intake.headings import names_a_chapter
from hogarth.intake.languages import language_tag
from hogarth.intake.tags import split_tags
from hogarth.manuscript import Dates, clean

#: Names of computers, programs and accounts, which stand where an author should.
_NOBODY: Final = re.compile(
    r"(?:(?:windows|microsoft(?: office)?|office|valued|default|preferred)\s)?(?:user|customer)\w*"
    r"|user name|usuario|utente|utilisateur(?: windows)?|benutzer|пользователь(?: windows)?|משתמש"
    r"|admin\w*|owner|\w+[_ -]owner|guest|home|student|teacher|author|your name|name|me|pc|mac|test"
    r"|hp|dell|lenovo|asus|acer|toshiba|samsung|compaq|apple|microsoft(?: corporation)?|google"
    r"|python-docx|docx4?j?|apache poi|openpyxl|calibre|libreoffice|openoffice(?:\.org)?|pandoc"
    r"|un-?named|unknown(?: author)?|anonymous|none|null|n/?a|x+|\W*|\d+",
    re.IGNORECASE,
)
_WORD_PREFIX: Final = re.compile(r"microsoft (?:office )?word\s*-\s*", re.IGNORECASE)
_FILE_ENDING: Final = re.compile(r"\.(?:docx?|odt|rtf|txt|wpd|wps|pages)$", re.IGNORECASE)
_UNTITLED: Final = re.compile(
    r"(?:new\s)?(?:microsoft\s)?(?:word\s)?(?:document\w*|dokument\w*|untitled(?: document)?|doc"
    r"|microsoft word|title|titel|título|titre|sans titre|ohne titel|sin título|senza titolo"
    r"|без имени|документ|מסמך|template|normal|file|slide|chapters?)[\s\d().-]*|\W*|\d+",
    re.IGNORECASE,
)
_LONGEST_TITLE: Final = 200
_LONGEST_SUMMARY: Final = 5_000
_LONGEST_KEYWORDS: Final = 2_000
#: Programs put their own name where a description should be.
_MADE_BY: Final = re.compile(
    r"\s*(?:generated|created|made|converted) (?:by|with|from)\b", re.IGNORECASE
)
#: No word processor wrote any of these documents before.
_FIRST_YEAR: Final = 1985
#: What python-docx's template says of itself.
_TEMPLATE_DAYS: Final = frozenset({date(2013, 12, 23)})


def name_document(stated: str) -> str:
    """The title that properties state, or "" when it is none: “Microsoft Word - Document1”."""
    title = _WORD_PREFIX.sub("", " ".join(stated.split()))
    title = _FILE_ENDING.sub("", title).strip()
    if len(title) > _LONGEST_TITLE or _UNTITLED.fullmatch(title) or names_a_chapter(title):
        return ""
    return title


def is_somebody(stated: str) -> bool:
    """Whether the name can be an author's."""
    name = stated.strip()
    return len(name) < 80 and not _NOBODY.fullmatch(name)


def state_properties(facts: Facts, properties: dict[str, str]) -> None:
    """Add what properties state. What is stated already stays.

    Shape: keys “title”, “creator”, “description”, “keywords”, “language”, “created”, “modified”.
    """
    facts.title = facts.title or name_document(properties.get("title", ""))
    creator = " ".join(properties.get("creator", "").split())
    if is_somebody(creator):
        facts.credits += [credit for credit in read_people(creator) if is_somebody(credit.name)]
    description = properties.get("description", "").strip()[:_LONGEST_SUMMARY]
    if description and not _MADE_BY.match(description):
        lines = escape(description, quote=False).replace("\n", "<br>")
        facts.summary = facts.summary or clean(f"<p>{lines}</p>") or None
    keywords = " ".join(properties.get("keywords", "").split())[:_LONGEST_KEYWORDS]
    facts.tags += split_tags("freeform", keywords)
    facts.language = facts.language or language_tag(properties.get("language"))
    created, modified = _day(properties.get("created")), _day(properties.get("modified"))
    if created and modified and created > modified:
        created = None
    known = facts.dates
    facts.dates = Dates(known.published or created, known.updated or modified)


def _day(stated: str | None) -> date | None:
    day = parse_date(stated)
    return day if day and day.year >= _FIRST_YEAR and day not in _TEMPLATE_DAYS else None
