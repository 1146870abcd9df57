"""The table of readers, which are tried in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from hogarth.errors import Unreadable
from hogarth.intake import (
    anthology,
    ao3_download,
    ao3_epub,
    ao3_page,
    ao3_pasted,
    aozora,
    doc,
    docx,
    efiction_page,
    epub,
    ff2ebook,
    fff_epub,
    fff_html,
    fff_text,
    ffn_page,
    ffn_pasted,
    fichub_epub,
    fichub_html,
    fimfic2epub,
    forum_page,
    gutenberg_page,
    gutenberg_text,
    html_page,
    journal_page,
    mail_file,
    markdown,
    odt,
    plain_text,
    rtf,
    site_page,
    table,
    wattpad_page,
    webtoepub,
)
from hogarth.intake.reading import Evidence, Found, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.signatures import name_data, name_known_file


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of file.

    Shape: `recognise` gives what it saw when the file is of its kind, else None; `read` is then
    called once and gives a reading or raises Unreadable. `takes` bytes as they are, or a text and
    its page; `sure` how much it means that a file was recognised: by marks that only this maker
    leaves, by marks that others may leave too, or because nothing else fits.
    """

    name: str
    reads: str
    takes: Literal["bytes", "text"]
    sure: Literal["sure", "likely", "fallback"]
    recognise: Callable[[Found], tuple[Evidence, ...] | None]
    read: Callable[[Found], Reading]


def _read_anthology(found: Found) -> Reading:
    """Each book of an e-book by whichever reader knows it, all of them in one reading.

    Raises: Unreadable, when none of them can be read.
    """
    readings: list[Reading] = []
    unread: list[str] = []
    for part in anthology.split(found):
        try:
            readings.append(read_with_first(part)[0])
        except Unreadable as error:
            if part.book is not None:
                unread.append(f"{part.book.base}: {error.message}")
    if not readings:
        raise refuse("no-story-empty")
    return anthology.bind(found, readings, unread)


#: In order of trial: the first that recognises a file reads it; those that take bytes come first.
READERS: Final[tuple[Reader, ...]] = (
    Reader(
        "anthology",
        "E-books that were put together from several.",
        "bytes",
        "sure",
        anthology.recognise,
        _read_anthology,
    ),
    Reader(
        "fff-epub",
        "E-books made by FanFicFare, from any of its sites.",
        "bytes",
        "sure",
        fff_epub.recognise,
        fff_epub.read,
    ),
    Reader(
        "fichub-epub",
        "E-books made by FicHub.",
        "bytes",
        "sure",
        fichub_epub.recognise,
        fichub_epub.read,
    ),
    Reader(
        "webtoepub",
        "E-books made by WebToEpub.",
        "bytes",
        "sure",
        webtoepub.recognise,
        webtoepub.read,
    ),
    Reader(
        "fimfic2epub",
        "E-books made by fimfic2epub.",
        "bytes",
        "sure",
        fimfic2epub.recognise,
        fimfic2epub.read,
    ),
    Reader(
        "ff2ebook",
        "E-books made by ff2ebook.com.",
        "bytes",
        "sure",
        ff2ebook.recognise,
        ff2ebook.read,
    ),
    Reader(
        "ao3-epub",
        "E-books of works from the Archive of Our Own and sites of the same software.",
        "bytes",
        "sure",
        ao3_epub.recognise,
        ao3_epub.read,
    ),
    Reader("epub", "E-books in EPUB 2 and 3.", "bytes", "fallback", epub.recognise, epub.read),
    Reader(
        "docx",
        "Word documents (DOCX), without what was deleted in them.",
        "bytes",
        "fallback",
        docx.recognise,
        docx.read,
    ),
    Reader("doc", "Word documents (DOC).", "bytes", "fallback", doc.recognise, doc.read),
    Reader("odt", "OpenDocument texts (ODT).", "bytes", "fallback", odt.recognise, odt.read),
    Reader("rtf", "Rich text (RTF).", "bytes", "fallback", rtf.recognise, rtf.read),
    Reader(
        "table",
        "Tables whose rows are works: CSV, TSV, JSON and JSON Lines.",
        "text",
        "likely",
        table.recognise,
        table.read,
    ),
    Reader(
        "fff-html",
        "Stories saved by FanFicFare as one page.",
        "text",
        "sure",
        fff_html.recognise,
        fff_html.read,
    ),
    Reader(
        "fichub-html",
        "Stories saved by FicHub as one page.",
        "text",
        "sure",
        fichub_html.recognise,
        fichub_html.read,
    ),
    Reader(
        "ao3-page",
        "Saved pages of works on the Archive of Our Own and sites of the same software.",
        "text",
        "sure",
        ao3_page.recognise_page,
        ao3_page.read_page,
    ),
    Reader(
        "ao3-download",
        "Works downloaded from there as HTML, of all years.",
        "text",
        "sure",
        ao3_download.recognise,
        ao3_download.read,
    ),
    Reader(
        "ao3-fragment",
        "The text block of such a page alone.",
        "text",
        "likely",
        ao3_page.recognise_fragment,
        ao3_page.read_fragment,
    ),
    Reader(
        "ao3-pasted",
        "Such works copied as plain text, from their page or their download.",
        "text",
        "sure",
        ao3_pasted.recognise,
        ao3_pasted.read,
    ),
    Reader(
        "ffn-page",
        "Saved pages of FanFiction.Net and FictionPress, for desks and for phones.",
        "text",
        "sure",
        ffn_page.recognise,
        ffn_page.read,
    ),
    Reader(
        "gutenberg-page",
        "Books of Project Gutenberg in HTML.",
        "text",
        "sure",
        gutenberg_page.recognise,
        gutenberg_page.read,
    ),
    Reader(
        "efiction-page",
        "Saved pages of eFiction archives, a chapter or a whole story.",
        "text",
        "sure",
        efiction_page.recognise,
        efiction_page.read,
    ),
    Reader(
        "journal-page",
        "Saved entries of LiveJournal, Dreamwidth and journals of the same software.",
        "text",
        "likely",
        journal_page.recognise,
        journal_page.read,
    ),
    Reader(
        "forum-page",
        "Saved threads of forums in which a story is told post by post.",
        "text",
        "likely",
        forum_page.recognise,
        forum_page.read,
    ),
    Reader(
        "wattpad-page",
        "Saved parts of stories on Wattpad.",
        "text",
        "sure",
        wattpad_page.recognise,
        wattpad_page.read,
    ),
    Reader(
        "site-page",
        "Saved pages of Royal Road, DeviantArt, Tumblr and a dozen other sites.",
        "text",
        "likely",
        site_page.recognise,
        site_page.read,
    ),
    Reader(
        "fff-text",
        "Stories saved by FanFicFare as plain text.",
        "text",
        "sure",
        fff_text.recognise,
        fff_text.read,
    ),
    Reader(
        "gutenberg-text",
        "Books of Project Gutenberg as plain text.",
        "text",
        "sure",
        gutenberg_text.recognise,
        gutenberg_text.read,
    ),
    Reader(
        "aozora",
        "Texts of Aozora Bunko, and others with its marks.",
        "text",
        "sure",
        aozora.recognise,
        aozora.read,
    ),
    Reader(
        "markdown",
        "Markdown, with or without facts above it.",
        "text",
        "likely",
        markdown.recognise,
        markdown.read,
    ),
    Reader(
        "html-page",
        "Any other page in HTML.",
        "text",
        "fallback",
        html_page.recognise,
        html_page.read,
    ),
    Reader(
        "ffn-pasted",
        "Pages of FanFiction.Net copied as plain text.",
        "text",
        "sure",
        ffn_pasted.recognise,
        ffn_pasted.read,
    ),
    Reader(
        "mail-file",
        "Mailboxes and other files of several messages.",
        "text",
        "likely",
        mail_file.recognise,
        mail_file.read,
    ),
    Reader(
        "plain-text",
        "Plain text in any encoding.",
        "text",
        "fallback",
        plain_text.recognise,
        plain_text.read,
    ),
)


def read_with_first(found: Found) -> tuple[Reading, tuple[Evidence, ...]]:
    """What the first reader that recognises the file makes of it, and what it saw.

    Raises: Unreadable, when none does, or the one that does finds no work.
    """
    for takes in ("bytes", "text"):
        if takes == "text":
            known = name_known_file(found) or name_data(found)
            if known is not None:
                raise known
        for reader in READERS:
            evidence = reader.recognise(found) if reader.takes == takes else None
            if evidence is not None:
                return reader.read(found), evidence
    raise refuse("no-story")
