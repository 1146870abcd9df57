"""The head of a plain text: its title, who wrote it, and what else stands above the story.

Old files have these in any order, with disclaimers above, between and below. A title is the line
that most speaks for: a byline or a chapter's heading near it, the file's name, the place it has for
itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hogarth.intake.bylines import (
    looks_like_title,
    read_byline,
    read_copyright,
    reads_as_sentences,
    strip_addresses,
    strip_edges,
)
from hogarth.intake.facts import Facts, clean_title
from hogarth.intake.head_lines import HeadLine, HeadLines, read_head_lines
from hogarth.intake.header_block import state_rows
from hogarth.intake.headings import Heading, names_a_chapter, split_heading
from hogarth.intake.labels import Labelled
from hogarth.intake.naming import agrees
from hogarth.manuscript import Credit

#: Units: words. Longer lines that have those of the file's name are prose, the more so without
#: capitals.
_MOST_WORDS: Final = 14
_FEW_WORDS: Final = 8
#: Units: characters.
_LONGEST: Final = 140
#: Units: lines. So far apart a title and its byline stand, what belongs between them not counted.
_NEAR: Final = 3
#: Units: words. An author says no more before a title.
_FOREWORD: Final = 250
#: What a title must have for it to be believed, and to be named at all.
_SURE: Final = 6.0
_LIKELY: Final = 3.5
_WRITTEN: Final = re.compile(
    r"\W{0,6}(?:written|story|fic|fan\s?-?fic(?:tion)?|an?\s.{0,60})\s+by\b", re.IGNORECASE
)
#: Units: lines.
_LAST_LINES: Final = 24
_MARKED: Final = re.compile(r"《(?P<title>[^《》]{1,40})》")
_BYLINES: Final = frozenset({"byline", "signed"})
_SPEECH: Final = re.compile(
    r"[\"“'‘«][^\"”'’»]*[,.!?…]['\"”’»]|[\"“'‘«][^\"”»]*$|[-–—]"
    r"|[^\W\d_][\w' /]{0,40}:\s+\S+\s+\S+\s+\S+\s+\S"
)
_ENDS_SENTENCE: Final = re.compile(r"[.,;:\"”’»。」』]$")
_SMALL_TALK: Final = re.compile(
    r"(?:目录|目錄|内容简介|內容簡介|作品简[介述]|简介|正文|序言?$|作者)|(?:c\s?&\s?c|comments?|e-?mail|feedback|draft|version|revision|posted|written|started|finished|completed|updated"
    r"|last\s+updated|archived|copyright|\(c\)|©|rated|rating|warnings?|disclaimers?|table\s+of\s+contents|contents"
    r"|previously|last\s+time|continued|enjoy|dedicated|based|inspired|for\s+\w+$|to\s+be\s+continued|notes?|author'?s?|legend|key|hi|hello|hey|ok|okay"
    r"|well|begin|start|scene|fade|setting|location|time|date|intro(?:duction)?|synopsis|summary|thanks|special|all|opening|theme"
    r"|\w+day|january|february|march|april|may|june|july|august|september|october|november|december|what|now|from|note|legal)\b"
    r"|\d|\[|\(",
    re.IGNORECASE,
)


class TextHead(NamedTuple):
    """Shape: `lines` the text with what the head took out of it blank; `labels` as written;
    `place` by what the title is known, "guess" where it only looks like one, "" for none;
    `byline` as written; `heading` of the chapter that the title names.
    """

    facts: Facts
    lines: list[str]
    labels: list[str]
    place: str
    byline: str
    heading: Heading | None = None


def read_text_head(lines: Sequence[str], base: str, subject: str = "") -> TextHead:
    """The head of a text.

    Shape: `base` what the file's name says of the title; `subject` what a mail's headers say.
    """
    head = read_head_lines(lines)
    facts = Facts()
    rows, heading = _split_title(head.rows)
    state_rows(facts, rows)
    state_asides(facts, head.asides)
    title = None if facts.title else _find_title(head, base, subject)
    heading = (title.heading if title else None) or heading
    place = "label" if facts.title else ""
    if title is not None:
        facts.title = clean_title(title.title)
        place = _name_place(title, base, subject) if title.score >= _SURE else "guess"
        if place != "guess":
            head.taken.add(title.place)
    byline = _find_byline(head, title)
    if byline is not None and byline.byline and not _has_author(facts):
        facts.credits += byline.byline.credits
        if byline.role in ("byline", "signed"):
            head.taken.update({byline.place, byline.goes_on or byline.place})
    said = byline.text if byline else ""
    if not _has_author(facts):
        said, people = _find_at_end(lines)
        facts.credits += people
    if title is not None and title.place in head.taken:
        _take_neighbours(head, title)
    headings = {
        line.place: line.text
        for line in head.lines
        if line.role == "heading" and line.place not in head.taken
    }
    # “#3” is told by the head alone.
    below = title.heading if title is not None and title.place in head.taken else None
    if title is not None and below is not None and names_a_chapter(below.whole):
        headings[title.place] = below.whole
    return TextHead(
        facts,
        _leave(lines, head.taken, headings),
        [row.label for row in head.rows],
        place,
        said,
        heading,
    )


def _leave(lines: Sequence[str], taken: set[int], headings: dict[int, str]) -> list[str]:
    """The lines that are left, headings apart from their neighbours, and no gap where some went."""
    left: list[str] = []
    gap = True
    for place, line in enumerate(lines):
        if place in headings:
            left += ["", headings[place], ""]
            gap = True
        elif place in taken:
            gap = True
        elif line.strip() or not gap or (left and left[-1].strip()):
            left.append(line)
            gap = gap and not line.strip()
    return left


def state_asides(facts: Facts, asides: Sequence[str]) -> None:
    """Add disclaimers to the notes."""
    state_rows(facts, [Labelled("notes", "", aside) for aside in asides])


def _split_title(rows: Sequence[Labelled]) -> tuple[list[Labelled], Heading | None]:
    """The rows, the title without the chapter that it names, and that chapter."""
    kept: list[Labelled] = []
    heading: Heading | None = None
    for row in rows:
        split = split_heading(row.value) if row.field == "title" else None
        if split is not None:
            row, heading = row._replace(value=split[0]), split[1]
        kept.append(row)
    return kept, heading


def _has_author(facts: Facts) -> bool:
    return any(credit.role == "author" for credit in facts.credits)


# --- the title ----------------------------------------------------------------------------------


def _find_title(head: HeadLines, base: str, subject: str) -> HeadLine | None:
    """The line that is most likely the title, or None."""
    full = [line for line in head.lines if line.role != "rule"]
    best: HeadLine | None = None
    for order, line in enumerate(full):
        if line.role in ("plain", "heading"):
            _score(line, order, full, base, subject)
        if line.score >= _LIKELY and (best is None or line.score > best.score):
            best = line
    return best


def _score(line: HeadLine, order: int, full: Sequence[HeadLine], base: str, subject: str) -> None:
    if len(line.text) > _LONGEST:
        return
    marked = _MARKED.match(line.text) if order == 0 else None
    if marked:
        # Chinese titles have marks of their own, whatever a site put behind them.
        line.title, line.score = marked["title"], 2 * _SURE
        return
    whole = strip_edges(strip_addresses(line.byline.title if line.byline else line.text))
    split = split_heading(whole)
    title = (split[0] if split else whole).rstrip(",")
    if line.role == "heading" and not split:
        return
    named = (
        bool(base)
        and not line.running
        and len(title.split()) <= _MOST_WORDS
        and agrees(title, base)
    )
    named = named and (is_set(title) or len(title.split()) <= _FEW_WORDS)
    if not looks_like_title(title) and not (named and len(title.split()) <= 14):
        return
    if reads_as_sentences(title) and not named:
        return
    line.title, line.heading = title, split[1] if split else None
    before, after = (full[order - 1] if order else None), full[order + 1 :]
    if not line.above and before is not None and before.role == "plain" and not named:
        return
    told = bool(subject) and agrees_with_subject(title, subject)
    bylined = line.byline is not None or _has_byline_near(full[:order], after)
    headed = split is not None or bool(after and after[0].role == "heading" and not after[0].prose)
    alone = line.above and line.below
    score = 4.0 * named + 3.0 * told + 6.0 * bylined + 4.0 * headed
    score += 2.0 if alone else 0.5 if line.above else 0.0
    score += 1.0 if line.indent >= 8 and len(line.text) < 60 else 0.0
    score += 1.0 if is_set(title) else 0.0
    score += 1.0 if order == 0 else 0.0
    score -= 2.0 if _ENDS_SENTENCE.search(title) and not title.endswith(("”", '"', "..")) else 0.0
    score -= 4.0 if _SPEECH.match(title) and not bylined else 0.0
    score -= 4.0 if _SMALL_TALK.match(title) and not (named or line.byline) else 0.0
    score -= 4.0 if line.running and not named else 0.0
    apart = line.above and is_set(title) and not line.running and line.prose <= _FOREWORD
    score -= (
        (2.0 if (headed and alone) or (bylined and apart) else 5.0)
        if (line.prose and not named)
        else 0.0
    )
    below_kind = before is not None and before.role in ("kind", "byline", "signed")
    score += 1.5 if headed and below_kind else 0.0
    if score < _SURE and not (named or told) and (order or not alone or not is_set(title)):
        # Of the lines that only look like titles, none but the first is worth a guess.
        score = 0.0
    line.score = score


def _has_byline_near(before: Sequence[HeadLine], after: Sequence[HeadLine]) -> bool:
    """Whether a byline stands below, with nothing between but what may, or a signed one above."""
    above = next((line for line in reversed(before) if line.role not in ("kind", "address")), None)
    if above is not None and above.role == "signed" and above.prose == 0:
        return True
    plain = 0
    for line in after:
        if line.role in ("byline", "signed"):
            return True
        plain += line.role == "plain"
        if line.running or line.prose or plain >= _NEAR or len(line.text) > 90 or line.byline:
            return False
    return False


def is_set(title: str) -> bool:
    """Whether the words of a title have capitals."""
    words = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3]
    if not words:
        return title[:1].isupper() or not title[:1].isascii()
    return sum(not word[0].islower() for word in words) >= 0.7 * len(words)


def agrees_with_subject(title: str, subject: str) -> bool:
    """Whether a mail's subject has the title."""
    folded = "".join(char for char in title.casefold() if char.isalnum())
    return len(folded) > 3 and folded in "".join(c for c in subject.casefold() if c.isalnum())


def _name_place(title: HeadLine, base: str, subject: str) -> str:
    if base and agrees(title.title, base):
        return "a line that the file is named after"
    if subject and agrees_with_subject(title.title, subject):
        return "a line that the subject has"
    return "a line above the text"


# --- who wrote it -------------------------------------------------------------------------------


def _find_byline(head: HeadLines, title: HeadLine | None) -> HeadLine | None:
    """The line that says who wrote it: the title's own, one below, else one that stands apart."""
    if title is not None and title.byline and title.score >= _SURE:
        return title
    bylines = [line for line in head.lines if line.byline and _is_authors(line)]
    if title is not None:
        below = [line for line in bylines if line.place > title.place and line.role in _BYLINES]
        if below and _distance(head, title, below[0]) <= _NEAR:
            return below[0]
    for line in bylines:
        apart = line.above or line.below
        if (
            line.prose
            or not apart
            or (line.running and not line.text.startswith(("By", "W", "BY")))
        ):
            continue
        if line.role in ("byline", "heading") or (line.role == "signed" and _is_top(head, line)):
            return line
    if title is not None and title.score >= _SURE:
        signed = next((line for line in bylines if line.role == "signed" and not line.prose), None)
        if signed is not None:
            return signed
    rights = [line for line in bylines if line.role == "rights" and not line.prose]
    return next(iter([*head.said, *rights]), None)


def _find_at_end(lines: Sequence[str]) -> tuple[str, tuple[Credit, ...]]:
    """The line below a text that says whose it is, and who that is; "" where there is none."""
    full = [line.strip() for line in lines[-_LAST_LINES:] if line.strip()]
    for line in full:
        byline = read_copyright(line)
        if byline is None and _WRITTEN.match(line):
            byline = read_byline(line)
        if byline is not None and not byline.title:
            return line, byline.credits
    return "", ()


def _is_top(head: HeadLines, line: HeadLine) -> bool:
    """Whether nothing but rules and titles stands above the line."""
    above = [other for other in head.lines if other.place < line.place]
    return all(other.role != "plain" or other.above for other in above) and len(above) <= 4


def _is_authors(line: HeadLine) -> bool:
    return line.byline is not None and any(c.role == "author" for c in line.byline.credits)


def _distance(head: HeadLines, first: HeadLine, second: HeadLine) -> int:
    """How many lines that do not belong between a title and a byline stand between them."""
    return sum(
        1 for line in head.lines if first.place < line.place < second.place and line.role == "plain"
    )


def _take_neighbours(head: HeadLines, title: HeadLine) -> None:
    """Take out what belongs to the title: addresses, the kind of story, rules that part them."""
    near = sorted(head.taken | {title.place})
    low, high = near[0] - 2, max(place for place in near if place <= title.place + 12) + 4
    for line in head.lines:
        if line.prose or line.running or not low <= line.place <= high:
            continue
        beside = (
            _distance(head, title, line)
            if line.place > title.place
            else _distance(head, line, title)
        )
        if line.role in ("address", "kind", "signed") and beside <= 1:
            head.taken.add(line.place)
    for line in head.lines:
        if line.role == "rule" and line.place <= high and _is_below_taken(head, line):
            head.taken.add(line.place)


def _is_below_taken(head: HeadLines, rule: HeadLine) -> bool:
    """Whether all that stands above a rule was taken out."""
    return all(line.place in head.taken for line in head.lines if line.place < rule.place)
