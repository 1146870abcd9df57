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
    # Limits.
    "too-large": (
        "The file is larger than %(limit)s MiB.",
        "Raise the limit on file size if you trust it.",
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
