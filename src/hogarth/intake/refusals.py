"""Every reason why a file holds no work: its code, its sentence, and what to do next."""

from __future__ import annotations

from typing import Final

from hogarth.errors import Unreadable

#: Code → (sentence, hint). Codes never change.
REFUSALS: Final[dict[str, tuple[str, str]]] = {
    # Pages of an archive that hold no story.
    "no-story-adult-gate": (
        "This page asks whether adult content may be shown; it holds no story.",
        "Choose “Proceed” in the browser and save the page that follows.",
    ),
    "no-story-login": (
        "This page asks you to sign in; it holds no story.",
        "Save it again while signed in.",
    ),
    "no-story-restricted": (
        "This work is shown to registered users only; the page holds no story.",
        "Save it again while signed in.",
    ),
    "no-story-unrevealed": (
        "This work has not been revealed yet; the page holds no story.",
        "Save it again once its challenge or collection has been revealed.",
    ),
    "no-story-hidden": (
        "This work was hidden by the archive; the page holds no story.",
        "Only its author can still download it.",
    ),
    "no-story-not-found": (
        "The archive said that this page does not exist; it holds no story.",
        "The work may have been deleted or moved; look for another copy.",
    ),
    "no-story-retry-later": (
        "The archive was busy and sent “Retry later” in place of the page.",
        "Save the page again.",
    ),
    "no-story-listing": (
        "This page lists works; it holds none.",
        "Open each work and save its own page.",
    ),
    "no-story-series": (
        "This page shows a series; the works in it have pages of their own.",
        "Open each work of the series and save its own page.",
    ),
    "no-story-contents": (
        "This page lists the chapters of a work; it holds none.",
        "Open the chapters, or “Entire Work” where there is such a link, and save these pages.",
    ),
    "no-story-comments": (
        "This page holds comments only, not the work they are about.",
        "Open the work itself and save that page.",
    ),
    "no-story-empty": (
        "This work has no text: the archive or the download left it out.",
        "Download the work again.",
    ),
    "no-story-site-error": (
        "The archive sent an error of its own in place of the page.",
        "Save the page again when the archive is well.",
    ),
    "no-story-browser-check": (
        "The site wanted to check the browser before it showed the page; no story is here.",
        "Open it in a browser, wait until the story shows, and save that page.",
    ),
    "no-story-removed": (
        "The work was removed from its site; the page holds no story.",
        "Look for another copy, in a web archive perhaps.",
    ),
    "no-story-locked": (
        "Its author shows this entry to some readers only; the page holds no story.",
        "Save it again while signed in to an account that may read it.",
    ),
    "no-story-paid": (
        "This part is for paying readers; the page holds no story.",
        "Save it again while signed in to an account that has bought it.",
    ),
    "no-story-consent": (
        "This page asks for consent to cookies; it holds no story.",
        "Answer it in the browser and save the page that follows.",
    ),
    "no-story-frames": (
        "This page only shows other pages in frames; it holds no story.",
        "Open the frame with the story by itself and save that page.",
    ),
    "no-story-forbidden": (
        "The server refused to show the page; it holds no story.",
        "Open it in a browser, signed in if need be, and save it again.",
    ),
    "no-story-parked": (
        "The site is gone, and its name is for sale; the page holds no story.",
        "Look for another copy, in a web archive perhaps.",
    ),
    "no-story-archive-page": (
        "This page of an archive holds no story.",
        "Open the work itself and save that page.",
    ),
    "no-story": (
        "This page holds no text that could be a story.",
        "Check that the file is the page you meant to save.",
    ),
    # Files in which there is nothing to read.
    "empty": ("The file is empty.", "Look for another copy."),
    "blank": ("The file holds only blanks.", "Look for another copy."),
    "not-text": (
        "The file holds data rather than text.",
        "Check that it is the file you meant.",
    ),
    "data-file": (
        "This is %(what)s, not a story.",
        "Stories are read from pages, e-books and text files.",
    ),
    "table-without-text": (
        "This table tells of works (rows: %(rows)s) and holds the text of none.",
        "Import the files it tells of with it: hogarth import --metadata TABLE FILES.",
    ),
    "not-read-yet": (
        "This is %(what)s; Hogarth does not read such files.",
        "Save it as EPUB, HTML or plain text.",
    ),
    "picture": (
        "This is a picture (%(what)s).",
        "Hogarth reads text; a scan needs text recognition first.",
    ),
    "recording": (
        "This is a recording (%(what)s).",
        "Hogarth reads text only.",
    ),
    "packed": (
        "This is %(what)s.",
        "Unpack it first; Hogarth opens zip files and folders itself.",
    ),
    "zip-without-book": (
        "This zip file is no e-book.",
        "Give it the ending .zip and import it; Hogarth reads the files in it one by one.",
    ),
    # E-books.
    "drm": (
        "This e-book is locked with DRM.",
        "Hogarth cannot open it; ask for a copy without a lock.",
    ),
    "damaged-zip": (
        "The file is a damaged or incomplete zip archive (%(reason)s).",
        "Download or copy it again.",
    ),
    "damaged-epub": (
        "The e-book is damaged: %(reason)s.",
        "Download it again, or repair it with an e-book editor.",
    ),
    # Documents of word processors.
    "damaged-document": (
        "The document is damaged: %(reason)s.",
        "Open it in a word processor and save it again, or look for another copy.",
    ),
    "locked-document": (
        "The document is locked with a password.",
        "Open it with the password, save it without one, and import that.",
    ),
    "program-failed": (
        "This is %(what)s, and it could not be opened: %(reason)s.",
        "It may be damaged; save it as EPUB with another program, or look for another copy.",
    ),
    "needs-program": (
        "This is %(what)s; a program that reads such files is not installed here.",
        "Install %(program)s, or save the file as EPUB, DOCX or plain text.",
    ),
    "pictures-only": (
        "This e-book holds pictures and no text.",
        "Hogarth reads text; a scan needs text recognition first.",
    ),
    # Limits.
    "too-large": (
        "The file is larger than %(limit)s MiB.",
        "Raise the limit on file size if you trust it.",
    ),
    "too-many-rows": (
        "The table has more than %(limit)s rows.",
        "Raise the limit on rows, or cut the table into parts.",
    ),
    "too-many-members": (
        "The archive holds more than %(limit)s files.",
        "Unpack it, or raise the limit on members if you trust it.",
    ),
    "zip-bomb": (
        "Unpacked, the archive would be more than %(limit)s MiB.",
        "Raise the limit on unpacked size if you trust it.",
    ),
    "packed-too-deeply": (
        "Archives are packed in one another more than %(limit)s deep.",
        "Unpack the outer ones first.",
    ),
    "encrypted-member": (
        "The file is locked with a password inside its zip archive.",
        "Unpack the archive with the password first.",
    ),
    "repeated-member": (
        "The archive holds more than one file of this name.",
        "Unpack it and import the folder.",
    ),
    "not-a-file": (
        "This is neither a file nor a folder.",
        "Copy what it holds into a file.",
    ),
    "cannot-open": (
        "The file cannot be opened: %(reason)s.",
        "Check that it still exists and that you may read it.",
    ),
    "took-too-long": (
        "Reading was stopped after %(limit)s seconds.",
        "Raise the limit on time if the file is very large.",
    ),
    "too-much-memory": (
        "Reading needed more than %(limit)s MiB of memory.",
        "Raise the limit on memory if the file is very large.",
    ),
    "reader-crashed": (
        "The reader stopped without an answer (%(reason)s).",
        "The file may be damaged; please report it if it opens elsewhere.",
    ),
}


def refuse_to_open(error: Exception) -> Unreadable:
    """The error for a file that the system would not open."""
    return refuse("cannot-open", reason=(getattr(error, "strerror", None) or str(error)).lower())


def refuse(code: str, **values: str | float) -> Unreadable:
    """The error that says why, to be raised by the caller. Shape: `code` a key of REFUSALS."""
    sentence, hint = REFUSALS[code]
    return Unreadable(sentence, hint, code=code, **values)
