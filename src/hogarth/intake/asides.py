"""What writers put before a story that is not the story: disclaimers, and labels with a dash."""

from __future__ import annotations

import re
from typing import Final

#: Units: words. A longer paragraph is a preface, which stays in the text.
_LONGEST: Final = 160

#: What begins an aside, with or without a colon after it.
_OPENS: Final = re.compile(
    r"[\W_]{0,12}(?:(?:the\s+|my\s+|our\s+|your\s+|an?\s+|obligatory\s+|standard\s+|usual\s+|legal\s+|boring\s+|official\s+|quick\s+|short\s+|long\s+)*"
    r"(?:dis?c\w{2,6}ers?|legal(?:ities|\s+(?:stuff|info(?:rmation)?|mumbo[\s-]?jumbo|notice|notes?|crap|bit|matters?|junk))"
    r"|legalese|copyright\s+(?:notice|info(?:rmation)?|stuff)|author'?s?'?\s+(?:notes?|foreword|forward|comments?|ramblings?|preface|rant)"
    r"|a/n|a\.n\.|notes?\s+from\s+the\s+author))\s*(?:[:：=]|\s?[-–—]+(?=\s|[A-Z])|\.{2,}|$)",
    re.IGNORECASE,
)
#: What nobody writes but to say whose the characters are.
_OWNED: Final = re.compile(
    r"\b(?:(?:do\s?n[o']?t|don’t|doesn'?t|does\s+not|do\s+not|never|did\s*n[o']t)\s+(?:\w+\s+){0,3}(?:own|claim|profit|make)"
    r"|(?:are|is|remain|were|r)\s+(?:\w+\s+){0,6}?(?:copyright|property|trademarks?|owned|©|\(c\)|created\s+by|belong)"
    r"|belongs?\s+to|propert(?:y|ies)\s+of|copyright(?:ed|s)?\s+(?:by|of|to|\(c\)|©|\d{4})|owned\s+by|all\s+rights\s+reserved"
    r"|without\s+permission|(?:please\s+)?do\s?n[o']?t\s+sue|don’t\s+sue|not\s+(?:making|make|for)\s+(?:any\s+)?(?:money|profit)"
    r"|no\s+(?:copyright\s+)?infringement|(?:®|™)|used\s+without)",
    re.IGNORECASE,
)
_WHOSE: Final = re.compile(
    r"\b(?:characters?|charact[eo]rs|series|rights|copyright|trademarks?|sue|property|owns?|owned|pioneer|aic|money|profit|belong|permission)\b",
    re.IGNORECASE,
)


def opens_aside(line: str) -> bool:
    """Whether the line begins a disclaimer or a note, by its label."""
    return _OPENS.match(line) is not None


def is_disclaimer(paragraph: str) -> bool:
    """Whether a paragraph says whose the characters are, and little else."""
    words = len(paragraph.split())
    if not 3 <= words <= _LONGEST:
        return False
    hits = len(_OWNED.findall(paragraph))
    told = len({word.casefold() for word in _WHOSE.findall(paragraph)})
    # A story may say that something belongs to someone, but not with all these words.
    return hits > 0 and (told >= 2 or hits >= 2) and hits + told >= max(2, words // 12)
