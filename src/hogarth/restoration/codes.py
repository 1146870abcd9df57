"""Every code a repair can have, and the reason in words that a reader is shown."""

from __future__ import annotations

from typing import Final

#: First letter of a code → what this family of repairs mends.
FAMILIES: Final[dict[str, str]] = {
    "e": "Wrong characters",
    "l": "Broken lines",
    "p": "Lost paragraphs",
    "b": "Scene breaks",
    "h": "Heads and notes",
    "x": "Debris",
    "t": "Typography",
    "m": "By hand",
}

#: Code → why the repair is proposed, as a sentence. Codes never change.
CODES: Final[dict[str, str]] = {
    "l-wrap": "A program broke the line here, and the sentence goes on.",
    "l-paragraph": "The line ends before it is full: a paragraph ends here.",
    "l-break": "These long lines are paragraphs, and only breaks part them.",
    "b-ornament": "A line of signs parts two scenes here.",
    "b-inline": "Signs between two sentences part two scenes; their lines were lost.",
    "p-quote": "A new speaker begins here, and the text has lost its paragraphs.",
    "h-title": "The text begins with its own title.",
    "h-author": "The text begins with its author's name.",
    "h-note": "Here the author speaks to her readers; it is no part of the story.",
    "h-label": "A labelled line of the story's head stands in the text.",
    "h-end": "This says that the text ends, or goes on elsewhere.",
    "x-count": "A site's count of comments was glued to the paragraph.",
    "x-page": "A page number cuts through the text.",
    "x-heading": "A heading for screen readers came along with the text.",
    "x-links": "Links of a site stand beside the story.",
    "x-notice": "A site or a tool put this notice here.",
    "m-hand": "Somebody corrected this by hand.",
}
