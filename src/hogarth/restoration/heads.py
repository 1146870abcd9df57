"""Heads and notes that stand in the text: titles, bylines, disclaimers, what the author says.

A paragraph is moved when it says itself what it is (“A/N: …”, “Disclaimer: …”, “THE END”). In a
text without paragraphs a note ends with the last sentence in which its author speaks to readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair

#: Units: characters, paragraphs. What is not in the first or last of a chapter is in its midst.
_REACH: Final = 12
_LONGEST_NOTE: Final = 3_000
_LONGEST_TITLE: Final = 120
#: Units: words. A shorter paragraph among notes is a signature, or more of them.
_SIGNATURE: Final = 6

_MARK: Final = (
    r"(?:A\s?/\s?N|AN|Author(?:['’]?s|s['’])?\s+Notes?|Note\s+from\s+(?:the\s+)?Author|Notes?\s+de\s+"
    r"l['’]auteur|Nota\s+de\s+la\s+autora|N\s?/\s?A|Anmerkung(?:\s+der\s+Autorin)?|От\s+автора)"
)
_NOTE: Final = re.compile(rf"[\s(\[*_~-]*{_MARK}\s*\d?\s*[:\-–—.]+\s*", re.IGNORECASE)
_NOTE_ALONE: Final = re.compile(rf"[\s(\[*_~-]*{_MARK}\s*[:.]?[\s)\]*_~-]*", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"[\s(\[*_~-]*(?P<label>Disclaimers?|Summary|Rating|Rated|Warnings?|Pairings?|Spoilers?|Beta(?:ed"
    r"\s+by)?|Archive|Feedback|Thanks(?:\s+to)?|Dedication|Written\s+for|Prompt|Author|By|Title)"
    r"\s*[:\-–—]\s*(?=\S)",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(
    r"(?:written\s+)?by:?\s+(?P<name>[^\s.,;:!?][^\n,;:!?]{0,40})", re.IGNORECASE
)
_END: Final = re.compile(
    r"[\s*_~(\[-]*(?:the\s+end|end|fin|finis|owari|t\.?b\.?c\.?|to\s+be\s+continued|end\s+of\s+(?:part|"
    r"chapter)\s+\w+|fin\s+du\s+chapitre(?:\s+\w+)?|fine|ende|конец|完|終わり?|おわり)[\s*_~.!)\]-]*",
    re.IGNORECASE,
)
#: What an author says to her readers, and narrators do not.
_TALK: Final = re.compile(
    r"\b(?:review(?:s|ed|ers?|ing)?|R\s?&\s?R|r&r|enjoy|(?:fan)?fics?|this\s+(?:story|chapter|fic|one-?shot|"
    r"part)|(?:last|next|first|previous)\s+chapter|updat(?:e|es|ed|ing)|beta(?:s|'d|ed)?|disclaimer|"
    r"I\s+(?:do\s+not|don['’]?t|dont)\s+own|not\s+mine|(?:written|wrote|writing|posted|posting)|readers?|"
    r"reading|feedback|comments?|kudos|one-?shot|drabble|au\b|canon|JKR?|Rowling|flames?|chapters?|"
    r"plot\s?bunn(?:y|ies)|hope\s+you|bear\s+with\s+me|sorry\s+(?:for|about)|thank(?:s|\s+you)|"
    r"on\s+with|here\s+(?:it|we)\s+(?:is|are|go)|let\s+me\s+know|please\s+read|call\s+it\s+good)\b",
    re.IGNORECASE,
)
#: After one of these the story begins.
_CLOSES: Final = re.compile(
    r"^\W*(?:(?:anyway|so|well|now|please)?[,.\s]*(?:enjoy|on\s+with\s+(?:the|it)|here\s+(?:it\s+is|we\s+go|you"
    r"\s+go)|R\s?&\s?R|read\s+and\s+review|happy\s+reading|please\s+review))\b[^.!?]{0,60}[.!?~]*\W*$",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?…]*[.!?…]+[\"”’)]*\s*|[^.!?…]+$")
_HINT: Final = re.compile(
    r"A\s?/\s?N\b|\bAN\s?[:\-]|author|disclaimer|summary|warning|pairing|rating|\bN/A\b|Nota |"
    r"Anmerkung|автора|(?:^|\n)(?:written )?by:? ",
    re.IGNORECASE,
)
_EDGE: Final = 2_000


class _Block(NamedTuple):
    start: int
    end: int
    text: str


def find_heads(draft: Draft) -> Iterator[Repair]:
    """What stands before, after and around the story and is none of it."""
    text = draft.text
    head, tail = text[:_EDGE], text[-_EDGE:]
    if _HINT.search(head):
        yield from _find_head(draft)
    if _HINT.search(tail) or _END.fullmatch(tail.rpartition("\n\n")[2]):
        yield from _find_tail(draft)


def _blocks(text: str) -> list[_Block]:
    blocks, at = [], 0
    for block in text.split("\n\n"):
        blocks.append(_Block(at, at + len(block), block))
        at += len(block) + 2
    return blocks


def _field(draft: Draft, *, end: bool = False) -> str:
    """Notes of a work of one chapter are its own; of others they are the chapter's."""
    name = "end_notes" if end else "notes"
    return name if len(draft.manuscript.chapters) == 1 else f"chapter_{name}"


# --- before the story -----------------------------------------------------------------------------


def _find_head(draft: Draft) -> Iterator[Repair]:
    blocks = _blocks(draft.text)
    if len(blocks) == 1:
        yield from _find_flat_head(draft)
        return
    place = 0
    if _is_title(draft, blocks[0]) and len(blocks) > 2:
        title = blocks[0]
        yield draft.propose(
            "h-title", "move", title.start, title.end, title.text.strip(), 0.95, field="title"
        )
        place = 1
    elif len(blocks) > 2 and _NOTE.match(blocks[1].text) and _may_be_title(blocks[0].text):
        place = 1
    for at in range(place, min(len(blocks) - 1, place + _REACH)):
        block = blocks[at]
        if len(block.text) > _LONGEST_NOTE:
            return
        if _NOTE_ALONE.fullmatch(block.text):
            yield draft.propose(
                "h-note", "move", block.start, block.end, "", 0.9, field=_field(draft)
            )
        elif _NOTE.match(block.text) and len(block.text) <= _LONGEST_NOTE:
            yield draft.propose(
                "h-note", "move", block.start, block.end, "", 0.95, field=_field(draft)
            )
        elif _LABEL.match(block.text) and len(block.text) <= _LONGEST_NOTE:
            yield draft.propose(
                "h-label", "move", block.start, block.end, "", 0.93, field=_field(draft)
            )
        elif at == place and (found := _BYLINE.fullmatch(block.text.strip())):
            yield draft.propose(
                "h-author", "move", block.start, block.end, found["name"].strip(),
                0.93 if place else 0.8,
                field="author",
            )  # fmt: skip
        else:
            return


def _is_title(draft: Draft, block: _Block) -> bool:
    """Whether the text begins with the title that is known from elsewhere."""
    return draft.place == 0 and _fold(block.text) == _fold(draft.manuscript.title) != ""


def _may_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[-1:] not in '.!?…,;:"”’»'


def _find_flat_head(draft: Draft) -> Iterator[Repair]:
    """“Title A/N: … Enjoy! The story …”, all in one line."""
    text = draft.text
    marked = re.search(rf"(?:^|(?<=\s)){_MARK}\s*[:\-–—]\s*", text[:_LONGEST_TITLE], re.IGNORECASE)
    if marked is None:
        return
    title = text[: marked.start()].strip()
    if title and _fold(title) == _fold(draft.manuscript.title):
        yield draft.propose("h-title", "move", 0, marked.start(), title, 0.95, field="title")
    elif title:
        return
    end, closed = _end_of_note(text, marked.end())
    if end > marked.end():
        yield draft.propose(
            "h-note", "move", marked.start(), end, "", 0.93 if closed else 0.7, field=_field(draft)
        )


def _end_of_note(text: str, start: int) -> tuple[int, bool]:
    """Where the author stops talking, and whether she said so."""
    end = start
    for found in _SENTENCE.finditer(text, start, min(len(text), start + _LONGEST_NOTE)):
        if _CLOSES.match(found[0]):
            return found.end(), True
        if not _TALK.search(found[0]) and end > start:
            break
        end = found.end()
    return end, False


# --- after the story ------------------------------------------------------------------------------


def _find_tail(draft: Draft) -> Iterator[Repair]:
    """The last paragraphs as long as each is a note, an end mark, or more of the author talking."""
    blocks = _blocks(draft.text)
    first = len(blocks)
    at = len(blocks) - 1
    while at > 1 and len(blocks) - at <= _REACH and _is_aside(blocks[at].text):
        if _is_marked(blocks[at].text):
            first = at
        at -= 1
    for block in blocks[first:]:
        ends = _END.fullmatch(block.text) is not None
        yield draft.propose(
            "h-end" if ends else "h-note", "move", block.start, block.end, "",
            0.95 if ends or _is_marked(block.text) else 0.9, field=_field(draft, end=True),
        )  # fmt: skip


def _is_marked(text: str) -> bool:
    return bool(_END.fullmatch(text) or _NOTE.match(text) or _NOTE_ALONE.fullmatch(text))


def _is_aside(text: str) -> bool:
    if len(text) > _LONGEST_NOTE:
        return False
    return _is_marked(text) or _TALK.search(text) is not None or len(text.split()) <= _SIGNATURE


def _fold(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
