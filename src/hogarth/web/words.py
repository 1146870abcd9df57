"""The interface's words for what values say in codes. One table a kind of code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language_info, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hogarth.intake.reading import PROBLEMS
from hogarth.restoration import CODES, FAMILIES
from hogarth.works.values import Blurb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

#: Kinds of tags: heading of one tag's page, and label of several in a blurb.
TAG_KINDS: Final[dict[str, tuple[Words, Words]]] = {
    "rating": (_("Rating"), _("Rating")),
    "warning": (_("Warning"), _("Warnings")),
    "category": (_("Category"), _("Categories")),
    "fandom": (_("Fandom"), _("Fandoms")),
    "relationship": (_("Relationship"), _("Relationships")),
    "character": (_("Character"), _("Characters")),
    "freeform": (_("Tag"), _("More tags")),
    "genre": (_("Genre"), _("Genres")),
}

ROLES: Final[dict[str, Words]] = {
    "author": pgettext_lazy("before names", "by"),
    "translator": pgettext_lazy("before names", "translated by"),
    "archivist": pgettext_lazy("before names", "archived by"),
    "beta": pgettext_lazy("before names", "beta-read by"),
    "artist": pgettext_lazy("before names", "with art by"),
}

STATUSES: Final[dict[str, Words]] = {
    "complete": _("complete"),
    "in-progress": _("in progress"),
    "abandoned": _("abandoned"),
}

READERS: Final[dict[str, Words]] = {
    "ao3-download": _("a download from the Archive of Our Own (HTML)"),
    "ao3-epub": _("a download from the Archive of Our Own (EPUB)"),
    "ao3-pasted": _("text copied from the Archive of Our Own"),
    "ao3-page": _("a page saved from the Archive of Our Own"),
    "ao3-fragment": _("the text of a page from the Archive of Our Own, without its head"),
    "anthology": _("several e-books in one"),
    "aozora": _("a text with the marks of Aozora Bunko"),
    "doc": _("a Word document (DOC)"),
    "docx": _("a Word document (DOCX)"),
    "epub": _("an e-book (EPUB)"),
    "ff2ebook": _("an e-book made by ff2ebook.com"),
    "fff-epub": _("an e-book made by FanFicFare"),
    "fff-html": _("a page saved by FanFicFare"),
    "fff-text": _("a text saved by FanFicFare"),
    "fichub-epub": _("an e-book made by FicHub"),
    "fichub-html": _("a page saved by FicHub"),
    "fimfic2epub": _("an e-book made by fimfic2epub"),
    "webtoepub": _("an e-book made by WebToEpub"),
    "ffn-page": _("a page saved from FanFiction.Net or FictionPress"),
    "ffn-pasted": _("text copied from FanFiction.Net"),
    "gutenberg-page": _("a book of Project Gutenberg (HTML)"),
    "gutenberg-text": _("a book of Project Gutenberg (plain text)"),
    "efiction-page": _("a page saved from an eFiction archive"),
    "journal-page": _("a saved journal entry"),
    "forum-page": _("a saved thread of a forum"),
    "wattpad-page": _("a page saved from Wattpad"),
    "site-page": _("a page saved from another archive"),
    "html-page": _("a saved web page"),
    "mail-file": _("several messages of mail"),
    "markdown": _("Markdown"),
    "odt": _("an OpenDocument text (ODT)"),
    "plain-text": _("plain text"),
    "rtf": _("rich text (RTF)"),
    "table": _("a table of works"),
}

#: What readers see in a file and decide by.
FACTS: Final[dict[str, Words]] = {
    "again": _("The same again"),
    "columns": _("Columns"),
    "metadata": _("Facts beside it"),
    "table": _("Table"),
    "book": _("E-book"),
    "books": _("Books in it"),
    "licence": _("Licence left out"),
    "maker": _("Made by"),
    "readers": _("Read as"),
    "byline": _("Byline"),
    "chapter": _("Chapter"),
    "chapter-bylines": _("Chapters by"),
    "collections": _("Collections"),
    "download": _("Download"),
    "converted": _("Converted"),
    "encoding": _("Encoding"),
    "file-name": _("Name of the file"),
    "headings": _("Headings"),
    "fragment": _("Part of a page"),
    "header": _("Header lines"),
    "hidden-tags": _("Tags hidden by whoever saved it"),
    "labels": _("Labels"),
    "language": _("Language"),
    "left-out": _("Left out"),
    "marks": _("Signs beside the title"),
    "messages": _("Messages"),
    "package": _("Package"),
    "page": _("Page"),
    "paragraphs": _("Paragraphs"),
    "saved-from": _("Saved from"),
    "site": _("Site"),
    "text": _("Text"),
    "signature": _("Signature"),
    "title": _("Title"),
    "tracked-changes": _("Tracked changes"),
    "view": _("View"),
    "zip": _("Container"),
}

VERSION_KINDS: Final[dict[str, Words]] = {
    "read": _("as it was read"),
    "restored": _("restored"),
    "edited": _("corrected here"),
}

FIELDS: Final[dict[str, Words]] = {
    "title": _("Title"),
    "credits": _("Names"),
    "summary": _("Summary"),
    "notes": _("Notes"),
    "end_notes": _("End notes"),
    "language": _("Language"),
    "status": _("Status"),
    "expected_chapters": _("Planned chapters"),
    "series": _("Series"),
    "source": _("Source"),
    "stated": _("Figures"),
    "published": _("Published"),
    "updated": _("Updated"),
    "words": _("Words"),
    "kudos": _("Kudos"),
    "hits": _("Hits"),
    "comments": _("Comments"),
    "bookmarks": _("Bookmarks"),
}

_STATES: Final[dict[str, Words]] = {
    "draft": _("Draft"),
    "scheduled": _("Scheduled"),
    "withdrawn": _("Withdrawn"),
    "deleted": _("Deleted"),
}
_VISIBILITIES: Final[dict[str, Words]] = {
    "private": _("Private"),
    "restricted": _("Members only"),
}


def family(code: str) -> str:
    """What a family of repairs mends."""
    return gettext(FAMILIES.get(code, code))


def reason(code: str) -> str:
    """Why a repair is proposed, as a sentence."""
    return gettext(CODES.get(code, code))


def word(table: dict[str, Words], code: str) -> str:
    """The table's word for a code; a code it does not know is shown as it is."""
    return str(table.get(code, code))


def badges(blurb: Blurb) -> list[str]:
    """What sets a work apart from one that everybody may read, in words."""
    found = []
    if blurb.state in _STATES:
        found.append(word(_STATES, blurb.state))
    elif blurb.visibility in _VISIBILITIES:
        found.append(word(_VISIBILITIES, blurb.visibility))
    if blurb.unrevealed:
        found.append(gettext("Unrevealed"))
    if blurb.hidden:
        found.append(gettext("Hidden by a moderator"))
    if blurb.anonymous and any(line.id is not None for line in blurb.bylines):
        found.append(gettext("Anonymous to readers"))
    return found


def standing(blurb: Blurb) -> str:
    """Who can read a work now, in a sentence, for those who may change it."""
    match blurb.state:
        case "draft":
            return gettext("This work is a draft. Readers cannot see it.")
        case "scheduled":
            return gettext("This work waits for its day. Until then readers cannot see it.")
        case "withdrawn":
            return gettext("This work is withdrawn. Readers cannot see it.")
        case "deleted":
            return gettext("This work is deleted.")
    if blurb.hidden:
        return gettext("A moderator has hidden this work. Readers cannot see it.")
    if blurb.unrevealed:
        return gettext("This work is not revealed yet. Readers cannot see it.")
    match blurb.visibility:
        case "private":
            return gettext("This work is private. Readers cannot see it.")
        case "restricted":
            return gettext("This work is open to everybody who is signed in.")
        case "public":
            return gettext("This work is open to everybody.")


def chapters(there: int, planned: int | None) -> str:
    """How many chapters there are of how many; "" for a work that is one piece."""
    if planned is not None and planned != there:
        sentence = ngettext(
            "%(there)s of %(planned)s chapter", "%(there)s of %(planned)s chapters", planned
        )
        return sentence % {"there": there, "planned": planned}
    if there == 1:
        return ""
    return ngettext("%(there)s chapter", "%(there)s chapters", there) % {"there": there}


def problem(code: str) -> tuple[str, str]:
    """A problem of a text: its sentence and what can be done."""
    sentence, hint = PROBLEMS.get(code, (code, ""))
    return gettext(sentence), gettext(hint) if hint else ""


def field(name: str) -> str:
    """A field of a work in words; tags are told apart by their kind."""
    return str(TAG_KINDS[name][1]) if name in TAG_KINDS else word(FIELDS, name)


def fact(code: str) -> str:
    """A thing a reader saw in a file, in words."""
    return word(FACTS, code)


def language_name(tag: str) -> str:
    """A language in its own words where they are known, else its tag."""
    for known in (tag.lower(), tag.lower().partition("-")[0]):
        if known in _LANGUAGES:
            return _LANGUAGES[known]
        try:
            return str(get_language_info(known)["name_local"])
        except KeyError:
            continue
    return tag


#: Languages that stories are written in and Django has no name for.
_LANGUAGES: Final = {"zh": "中文", "la": "Latina", "fil": "Filipino", "yi": "ייִדיש", "yue": "粵語"}


_RIGHT_TO_LEFT: Final = frozenset(
    [
        "ar",
        "arc",
        "arz",
        "azb",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "khw",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset(
    ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"]
)


def direction(tag: str | None) -> str:
    """Which way a language is written. Shape: "ltr" or "rtl"; "auto" where it is not known."""
    if not tag:
        return "auto"
    language, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
