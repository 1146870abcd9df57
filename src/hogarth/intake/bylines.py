"""Lines that say who wrote a text: “by Jane”, “A story by Jane <jane@…>”, “Title by Jane”.

A wrong name is worse than none, so that a line counts only when all of it reads as a byline.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hogarth.intake.facts import read_people
from hogarth.manuscript import Credit, Role

#: Units: characters. What is longer is prose.
_LONGEST: Final = 170
_LONGEST_NAME: Final = 60
_NAME_WORDS: Final = 7
_SEVERAL_WORDS: Final = 4
_LOWER_WORDS: Final = 2

_ADDRESS: Final = re.compile(
    r"[<(\[{]{0,3}\s?(?:e-?mail\s?:?\s?|mailto:\s?)?[\w.+'*-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,64}"
    r"(?:\.[\w-]{1,64}){0,5}\s?[>)\]}]{0,3}|[<(\[]?(?:https?://|www\.)[^\s>)\]]{1,200}[>)\]]?",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}")
_IN_BRACKETS: Final = re.compile(r"[(\[]\s*([^)\]@]{2,60}?)\s*[)\]]")
_FROM: Final = re.compile(r"^\s*(?:from|by|name|author)(?:\s*[:,]\s*|\s+)", re.IGNORECASE)
#: Units: words.
_SIGNED_WORDS: Final = 5
_EDGES: Final = " \t*_~=#|:;·•+-–—^<>{}@."
_BRACKETS: Final = (("(", ")"), ("[", "]"), ("<", ">"), ("{", "}"))

_BY: Final = re.compile(r"\bby\b\s*[:;,.=-]*\s*(?=\S)|\bby(?=:)", re.IGNORECASE)
#: In other languages, at the beginning of a line alone.
_BY_ELSEWHERE: Final = re.compile(
    r"(?:(?:written|geschrieben|écrit|escrito|scritto|escrita|écrite)\s+)?"
    r"(?:von|par|por|di|av|af|door|przez|od|автор|מאת|作者|著者|文)\s*[:：]?\s+(?=[^\W\d_a-zа-я])"
    r"|(?:作者|著者|文|автор|автор)\s*[:：]\s*(?=\S)"
)
_STORY: Final = (
    r"(?:fan\s?-?\s?fic(?:tion|cie|s)?|fics?|ficlet|stor(?:y|ies)|tale|novel(?:la|ette|ization)?"
    r"|lemons?|limes?|ms?t(?:3k)?(?:ing|ed|er)?|mist(?:ing)?|crossover|x-?over|saga|poem|songfic"
    r"|song|series|side-?\s?story|vignette|script|screenplay|parody|comedy|production|episode"
    r"|chapter|part|work|text|adaptation|spamfic|one-?shot|drabble|romance|adventure|filk|tragedy"
    r"|epic|writing|drama|creation|trilogy|teaser|prologue|epilogue|rewrite|continuation|piece"
    r"|short|ff|fan\s?work|book|manuscript|mystery|oav|ova|satire|essay|diary|letter|rant)"
)
#: What says how it was made, directly before “by”.
_MADE: Final = re.compile(
    r"(?:^|\s|[-–—~(*\[,:;.|])"
    r"(?:(?:re-?|co-?)?written|wrote|penned|authored|composed|typed|scripted|dreamed\s+up|brought\s+to"
    rf"\s+(?:you|life)|told|made|done|concocted|crafted|posted|msted|mst'?ed|mst\sd|mstied|{_STORY})"
    r"(?:\s+(?:and|&|/)\s+(?:\w+\s+)?\w+)?(?:\s+(?:for|to)\s+you)?\s*$",
    re.IGNORECASE,
)
#: What was made by somebody who is not the author.
_OTHERS: Final = re.compile(
    r"\b(?:created|owned|ideas?|based(?:\s+on\b.*)?|inspired|edited|proof(?:ed|read)?|pre-?read"
    r"|art|artwork|pictures?|characters?|directed|produced|music|lyrics|sung|song|performed"
    r"|licen[sc]ed|copyright(?:ed|s)?|distributed|drawn|designed|dedicated|requested|published"
    r"|released|recorded|trademark(?:ed)?|property|translated|translation|beta(?:'?e?d|-read)?"
    r"|original(?:ly)?(?:\s+\w+)?|archived|hosted|scanned|formatted|converted|compiled|collected"
    r"|commented|reviewed|sponsored|followed|preceded|killed|said|quoted|revised|corrected|stand"
    r"|side|step|day|little|one|bit|piece|stood|pass(?:ed|es)?|inch|sequel|companion|challenge"
    r"|is|are|was|were|be|been|used|not|all|animation|licensed|voiced|played|typed)\s*$",
    re.IGNORECASE,
)
#: What is told of somebody else's work.
_CREDITED: Final = re.compile(
    r"\b(?:based|inspired|credits?|thanks|taken|songs?|theme|lyrics|music|ending|opening|from\s+[\"“])\b",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(
    r"(?<=[^\W\d_]{3})[.?]\s+[^\W\d_]|[;:]\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+\S"
)
_ROLES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = (
    (re.compile(r"\btranslat(?:ed|ion)\s*$", re.IGNORECASE), "translator"),
    (
        re.compile(r"\b(?:beta(?:'?e?d|-read)?|proof(?:ed|read)?|pre-?read)\s*$", re.IGNORECASE),
        "beta",
    ),
    (re.compile(r"\b(?:art(?:work)?|illustrat(?:ed|ions?)|drawn)\s*$", re.IGNORECASE), "artist"),
)
#: “A Wonderland fan fiction”, “Another short tale”: no title.
_DESCRIPTION: Final = re.compile(
    rf"(?:an?|the|another|yet\s+another|my|our|one|some|this)?\s*(?:\S+\s+){{0,9}}?(?:\S*[-/])?{_STORY}s?"
    r"(?:\s+(?:thing(?:y|ie)?|parody|series|lemon|production|story|of\s+sorts))?\W*",
    re.IGNORECASE,
)
_KIND: Final = re.compile(
    r"(?:(?:an?|another|yet\s+another|my|our)\s+)?(?:\S+\s+){0,8}?\S*"
    r"(?:fan\s?-?\s?fic(?:tion|cie|let)?|fic|lemon|cross-?over|x-?over|songfic|spamfic|one-?shot)s?"
    r"(?:\s+(?:division|section|series|story|parody|of\s+sorts|series?))?\W*"
    r"|(?:misc(?:ellaneous)?|regular|lemon|lime|humou?r|romance|drama|angst|comedy|mst|adult|nc-?17|r|x|pg(?:-?13)?)"
    r"(?:\s+(?:division|section|fic|story))?\W*",
    re.IGNORECASE,
)
_RIGHTS: Final = re.compile(
    r"(?:(?:(?:this|the|all)\s+)?(?:fan\s?-?fic(?:tion)?|stor(?:y|ies)|text|tale|work)\s+(?:is\s+)?"
    r"(?:copyright(?:ed)?|\(c\)|©|c(?=\s\d))(?:\s*(?:\(c\)|©))?|copyright(?:\s*(?:\(c\)|©))?(?=\s*,?\s*(?:19|20)\d\d\s+by))"
    r"\s*,?\s*(?:(?:19|20)\d\d[\s,&-]*){0,3}(?:by\s+)?(?P<name>[^.,;:]{2,60})",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"(?:(?:re-?|co-?)?written(?:\s+and\s+\w+)?\s+)?by|(?:an?|the)\s.{0,60}\bby", re.IGNORECASE
)
#: “by the fire”: what no name begins with.
_NO_NAME: Final = re.compile(
    r"(?:the\s+(?:time|way|end|door|fire|window|river|sea|side|hand|arm|light|sound|sight|same|one\s+who"
    r"|author|author's|people|following|above|creators?|original|owners?|power|grace|next|then|first)"
    r"|an?\s|an?$|m[ey]\b|myself|his|her|their|your|our|its|it|this|that|these|those|no\b|now|then|far"
    r"|and|or|if|which|who|whom|what|when|where|while|any|all\b|some|chance|using|being|having|himself"
    r"|herself|mistake|accident|law|surprise|default|means|nature|night|day|noon|dawn|itself|someone"
    r"|anyone|everyone|by|send|please|contact|write|whoever|comments?|questions?|enjoy|whoops|sorry|yours|well|yes|okay|the\s+way|permission|request|popular|most|many|several|each|every|both|e-?mail|mail)\b",
    re.IGNORECASE,
)
_PRAISE: Final = re.compile(
    r"(?:the\s+(?:one\s+and\s+only|great(?:est)?|infamous|ever\s+\w+)|yours\s+truly|your\s+(?:friend|pal|host)"
    r"|the\s+author|author|me)\s*[,:;-]*\s+(?=\S)",
    re.IGNORECASE,
)
#: Where a name ends and something else goes on.
_NAME_ENDS: Final = re.compile(
    r"\s+[-–—~|*/:]+\s+|\s*[,;]?\s*\((?![^)]{1,30}\)\s+[A-Z]\w+\s*$)|\s*\[|\s*<|\s{3,}|\s*[,;]?\s+(?:a\.?\s?k\.?\s?a\b|-?aka\b|also\s+known|known\s+as|e-?mail"
    r"|at\s|on\s+\d|for\s|with\s+help|from\s|in\s+\d|copyright|c&c|©|\(c\)|of\s+the\s+\w+\s+mailing|dated?\b|version"
    r"|chapter|part|episode|presents|started|finished|written|revised|please|disclaimer|rated|summary|who\s|based)"
    r"|\s*[,;.]\s+\d|\s+\d{1,2}[/.-]\d|\s+(?:19|20)\d\d\b|[!?]\s|\.\.+|…",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(
    r"\b(?:inc|ltd|llc|corp|corporation|gmbh|co\.,|entertainment|studios?|pictures|publishing|publishers|records|aic|pioneer)\b",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_EAST: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
#: Units: characters. No title in them is longer.
_EAST_WORDS: Final = 30
_CAPITAL: Final = re.compile(r"(?:the\s)?[^\W\d_a-zà-öø-ÿа-я]|[\"“'*~(]?[\dA-Z]")


class Byline(NamedTuple):
    """Shape: `title` what stands before it in the line, "" for none; `credits` at least one."""

    title: str
    credits: tuple[Credit, ...]


def read_byline(line: str) -> Byline | None:
    """What the line says of who wrote it, or None when it is something else."""
    if len(line) > _LONGEST or not _LETTER.search(line):
        return None
    bare = strip_edges(strip_addresses(line))
    elsewhere = _BY_ELSEWHERE.match(bare)
    if elsewhere:
        return _make("", bare[elsewhere.end() :], "author")
    places = list(_BY.finditer(bare))
    # The last “by” is the byline: a title may have one of its own.
    for place in reversed(places[-3:]):
        found = _read_at(bare[: place.start()], bare[place.end() :])
        if found is not None:
            return found
    return None


def _read_at(before: str, name: str) -> Byline | None:
    before = before.rstrip()
    for pattern, role in _ROLES:
        if pattern.search(before):
            return _make("", name, role) if len(before.split()) <= 3 else None
    if not strip_edges(before):
        return _make("", name, "author")
    if _OTHERS.search(before) or _CREDITED.search(before):
        return None
    if _DESCRIPTION.fullmatch(strip_edges(before)) and len(before.split()) <= 12:
        return _make("", name, "author")
    made = _MADE.search(before)
    title = strip_edges(before[: made.start()] if made else before).rstrip(",")
    if re.match(r"copyright|\(c\)|©", title, re.IGNORECASE):
        return None
    if _DESCRIPTION.fullmatch(title) and made:
        title = ""
    if title and (not looks_like_title(title) or _SENTENCES.search(title)):
        return None
    # “Stand by Me” is no byline: in one line with a title, a name has a capital.
    found = _make(title, name, "author")
    if found is None or not (made or _CAPITAL.match(found.credits[0].name)):
        return None
    return found


def _make(title: str, name: str, role: Role) -> Byline | None:
    names = read_names(name, role)
    return Byline(title, tuple(names)) if names else None


def read_names(line: str, role: Role = "author") -> list[Credit]:
    """The people that the rest of a byline names, none when it goes on like a sentence."""
    line = strip_addresses(line)
    line = line.strip()
    praise = _PRAISE.match(line)
    line = line[praise.end() :] if praise else line
    ends = _NAME_ENDS.search(line, 1)
    name = strip_name(line[: ends.start()] if ends else line)
    if not _is_name(name) or (ends is None and line.rstrip().endswith((",", ";"))):
        return []
    people = read_people(name, role)
    several = len(people) > 1
    if not all(_is_name(person.name, short=several) for person in people):
        people = [Credit(name, role)] if _is_name(name, short=True) else []
    return people


def reads_as_sentences(line: str) -> bool:
    """Whether a line has more than one sentence, or one that goes on behind a colon."""
    return _SENTENCES.search(line) is not None


def read_signed(line: str) -> Byline | None:
    """The name in a line of a name and an address: “Jane Doe <jane@…>”, “jane@… (Jane Doe)”."""
    address = _MAIL.search(line) if "@" in line and len(line) <= _LONGEST else None
    if address is None:
        return None
    inside = _IN_BRACKETS.search(line, address.end())
    bare = strip_addresses(line)
    if inside and not strip_name(line[: address.start()]).strip("From: "):
        bare = inside[1]
    bare = strip_name(_FROM.sub("", bare, 1))
    names = read_names(bare)
    if not names or len(bare.split()) > _SIGNED_WORDS or not _CAPITAL.match(names[0].name):
        return None
    return Byline("", tuple(names))


def read_copyright(line: str) -> Byline | None:
    """Who wrote a text by its copyright: “Story (c) 2001 by Jane”, “Copyright 2001 by Jane”."""
    found = _RIGHTS.match(strip_edges(line[: 2 * _LONGEST]))
    names = read_names(found["name"]) if found else []
    if not names or not all(_CAPITAL.match(credit.name) for credit in names):
        return None
    return Byline("", tuple(names))


def _is_name(name: str, *, short: bool = False) -> bool:
    words = name.split()
    return (
        1 < len(name) <= _LONGEST_NAME
        and len(words) <= (_SEVERAL_WORDS if short else _NAME_WORDS)
        and not (len(words) > _LOWER_WORDS and name[0].islower() and words[-1][0].islower())
        and _LETTER.search(name) is not None
        and not _NO_NAME.match(name)
        and not _COMPANY.search(name)
    )


def strip_name(name: str) -> str:
    """A name without what was drawn around it; a full stop stays where it shortens a word."""
    name = name.strip(" \t*_~=#|:;,·•+–—^<>{}/!-")
    last = name.rsplit(" ", 1)[-1].strip(".")
    if name.endswith(".") and len(last) > 2 and last.casefold() not in ("jr", "sr"):
        name = name.rstrip(".")
    if name.count('"') == 1:
        name = name.replace('"', "").strip()
    for opening, closing in (*_BRACKETS, ('"', '"'), ("“", "”"), ("'", "'")):
        if name.startswith(opening) and name.endswith(closing) and closing not in name[1:-1]:
            name = name[1:-1].strip()
        elif name.endswith(closing) and closing != opening and opening not in name:
            name = name[:-1].strip()
    return name


def find_mail(line: str) -> str:
    """The first address of mail in a line, or ""."""
    found = _MAIL.search(line)
    return found[0] if found else ""


def shares_name(byline: Byline, address: str) -> bool:
    """Whether an address has a part of the name, or the name a part of it."""
    local = "".join(c for c in find_mail(address).partition("@")[0].casefold() if c.isalpha())
    words = re.findall(r"[^\W\d_]{3,}", byline.credits[0].name.casefold())
    return len(local) > 2 and any(word in local or local in word for word in words)


def strip_addresses(line: str) -> str:
    """The line without addresses of mail and pages."""
    if "@" in line or "://" in line or "www." in line or "(at)" in line:
        return _ADDRESS.sub(" ", line).strip()
    return line.strip()


def strip_edges(line: str) -> str:
    """The line without rules, stars and brackets drawn around it."""
    line = line.strip(_EDGES)
    for opening, closing in _BRACKETS:
        if line.startswith(opening) and line.endswith(closing):
            line = line[1:-1].strip(_EDGES)
    return line


def looks_like_title(line: str) -> bool:
    """Whether a line can be a title: short, no sentence, begins as one."""
    words = line.split()
    if len(_EAST.findall(line)) > _EAST_WORDS:
        return False
    return (
        0 < len(words) <= 14
        and len(line) <= 100
        and _LETTER.search(line) is not None
        and not line[0].islower()
        and not line.endswith((",", ";", ":"))
    )


def describes_a_story(line: str) -> bool:
    """Whether the line only says what kind of text it is: “A Wonderland fan fiction”, “Lemon”."""
    return _KIND.fullmatch(strip_edges(line)) is not None


def is_bare_byline(line: str) -> bool:
    """Whether the line only begins a byline: “by”, “Written by:”."""
    return _BARE.fullmatch(strip_edges(line)) is not None
