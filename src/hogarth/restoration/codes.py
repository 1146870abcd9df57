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
    "e-entity": "This sign of HTML was written out once too often, and shows as code.",
    "e-mail": "A mail program wrote this character as numbers, and none read it back.",
    "e-escape": "A program wrote this character as code, and none read it back.",
    "e-alphabet": "These words of another alphabet were read as Western letters.",
    "e-utf8": "These characters are one that was read in the wrong encoding.",
    "e-lost-byte": "These characters are one that was read in the wrong encoding and lost a part.",
    "e-stray": "This letter is left of a character that was read in the wrong encoding.",
    "e-unknown": "A program could not read what stood here; the words around it tell.",
    "e-question": "A question mark stands where an apostrophe or a quotation mark was.",
    "e-charset": "The wrong code page made this sign of a quotation mark, a dash or a letter.",
    "e-hyphen": "A hyphen that does not show parts this word.",
    "e-unseen": "A character without width parts the words here and hides them from a search.",
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
    "t-quote": "A printer would set the quotation marks of this language.",
    "t-apostrophe": "A printer would set a curved apostrophe.",
    "t-dash": "Two hyphens stand for a dash.",
    "t-dots": "Three full stops stand for an ellipsis.",
    "t-blanks": "Two blanks stand where one is enough.",
    "t-blank-before": "No blank belongs before this sign.",
    "t-blank-after": "A blank is missing behind this sign.",
    "m-hand": "Somebody corrected this by hand.",
}
