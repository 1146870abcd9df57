"""Texts of Aozora Bunko, and those that others wrote with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Final, NamedTuple

from hogarth.intake.aozora_marks import Line, read_line
from hogarth.intake.facts import Facts, make_manuscript
from hogarth.intake.headings import Heading, read_heading, read_number
from hogarth.intake.prose import SPACER, print_paragraphs
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.text_chapters import Section, number_chapters
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Credit, Role, clean, plain_text

_LEGEND: Final = "【テキスト中に現れる記号について】"
_RULE: Final = re.compile(r"[-－―]{20,}\s*")
_COLOPHON: Final = re.compile(r"底本[：:]")
_MARK: Final = re.compile(
    r"［＃(?:[^］\n]{0,60}(?:字下げ|見出し|傍点|傍線|字上げ|地付き|改ページ|改丁|改段|水準\d|U\+)|改)[^］\n]{0,60}］"
)
_RUBY: Final = re.compile(r"[\u3400-\u9fff々｜][^《》\n]{0,20}《[\u3041-\u30ff・ー]{1,30}》")
#: So many of its marks in the first part of a text are no accident.
_FEWEST: Final = 3
_HEAD: Final = 60_000
_LONGEST_HEAD: Final = 8
_PEOPLE: Final[tuple[tuple[str, Role], ...]] = (
    ("訳", "translator"),
    ("編", "archivist"),
    ("著", "author"),
    ("作", "author"),
    ("文", "author"),
)
_BREAK: Final = re.compile(r"改(?:ページ|丁|段|見開き)")
_OPENS: Final = re.compile(
    r"ここから(?:.*字下げ|.*字上げ|地付き|.*字詰め|改行天付き.*|横組み|罫囲み|.*見出し)"
)
_CLOSES: Final = re.compile(r"ここで.*終わり")
_PICTURE: Final = re.compile(
    r"(?P<name>.{0,60}?)（(?P<file>[^（）、\s]{1,80}\.(?:png|jpe?g|gif))[^（）]{0,40}）入る"
)
_HELD: Final = re.compile("\x00(\\d+)\x00")
_RIGHT: Final = re.compile(r"地付き|地から[０-９0-9一二三四五六七八九十]{1,4}字上げ")
_NUMERALS: Final = re.compile(r"[一二三四五六七八九十百]{1,5}")


class _Block(NamedTuple):
    """A block of the text. Shape: `rank` of a heading, 0 for none; `html` "" for an empty line."""

    rank: int
    html: str
    label: str = ""


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """Its legend, its colophon beside readings, or several of its notes."""
    if found.is_markup:
        return None
    text = found.text
    head = text[:_HEAD]
    if _LEGEND in head:
        return (Evidence("maker", "Aozora Bunko, by its legend"),)
    notes = len(_MARK.findall(head))
    ruby = len(_RUBY.findall(head))
    colophon = "\n底本" in text[-6_000:]
    if notes >= _FEWEST or (colophon and ruby + notes >= _FEWEST):
        return (Evidence("maker", f"marks of Aozora Bunko (notes: {notes}, readings: {ruby})"),)
    return None


def read(found: Found) -> Reading:
    """The text with its readings; the legend and the colophon apart."""
    lines = found.text.strip("\n").split("\n")
    facts = Facts(language="ja")
    start = _read_head(lines, facts)
    end = _find_colophon(lines, start)
    read_lines = [read_line(line) for line in lines[start:end]]
    blocks = list(_lay_blocks(read_lines))
    sections = _split(blocks)
    chapters = number_chapters(sections, printer=_print)
    title = facts.title or title_from_name(found.name)
    manuscript = make_manuscript(facts, chapters, title=title)
    if end < len(lines):
        manuscript = replace(manuscript, end_notes=print_paragraphs(_colophon(lines[end:])))
    evidence = []
    left = sum(line.left for line in read_lines)
    if left:
        evidence.append(Evidence("left-out", f"{left} notes on the printed book"))
    problems = () if facts.title else (Problem("title-guessed", title),)
    return Reading(found.name, "aozora", (manuscript,), tuple(evidence), problems)


def _print(blocks: Sequence[str]) -> str:
    return clean("\n".join(block or SPACER for block in blocks))


# --- head and colophon --------------------------------------------------------------------------


def _read_head(lines: Sequence[str], facts: Facts) -> int:
    """Read title and people from the first lines; the place below them and the legend."""
    head: list[str] = []
    place = 0
    while place < len(lines) and place < _LONGEST_HEAD and lines[place].strip():
        if _RULE.fullmatch(lines[place]):
            break
        head.append(read_line(lines[place].strip()).plain)
        place += 1
    head = [line for line in head if line.strip()]
    if 2 <= len(head) <= 6 and all(len(line) <= 80 for line in head):
        _state_head(head, facts)
    else:
        place = 0
    after = place
    while after < len(lines) and not lines[after].strip():
        after += 1
    if after < len(lines) and _RULE.fullmatch(lines[after]):
        closing = next(
            (
                at
                for at in range(after + 1, min(len(lines), after + 80))
                if _RULE.fullmatch(lines[at])
            ),
            0,
        )
        if closing and any(_LEGEND in line for line in lines[after:closing]):
            return closing + 1
    return place


def _state_head(head: list[str], facts: Facts) -> None:
    """The first line is the title; from the last up people are named, subtitles stand between."""
    facts.title = head[0]
    people: list[Credit] = []
    while len(head) > 1 and not any(credit.role == "author" for credit in people):
        people.insert(0, _read_person(head.pop()))
    facts.credits = people
    for line in head[1:]:
        facts.title += f"　{line}"


def _read_person(line: str) -> Credit:
    name = line.strip()
    for ending, role in _PEOPLE:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            shown = name.removesuffix(ending).strip("　 ")
            if role != "author" or name[-2:-1] in "　 ":
                return Credit(shown, role)
    return Credit(name)


def _find_colophon(lines: Sequence[str], start: int) -> int:
    """The place of the line on the printed book below the text, or that of the end."""
    for place in range(len(lines) - 1, max(start, len(lines) - 400), -1):
        if _COLOPHON.match(lines[place]):
            return place
    return len(lines)


def _colophon(lines: Sequence[str]) -> list[str]:
    """The colophon as one paragraph for each run of lines."""
    return ["\n".join(line.strip() for line in lines if line.strip())]


# --- blocks ---------------------------------------------------------------------------------------


def _lay_blocks(lines: Sequence[Line]) -> Iterator[_Block]:
    """The blocks of the text, those set in quoted in one element."""
    quoted: list[str] | None = None
    rank = 0
    for line in lines:
        for note in line.notes:
            if _CLOSES.fullmatch(note):
                if quoted:
                    yield _Block(0, f"<blockquote>{''.join(quoted)}</blockquote>")
                quoted, rank = None, 0
            elif _OPENS.fullmatch(note):
                rank = line.heading if "見出し" in note else rank
                if quoted:
                    yield _Block(0, f"<blockquote>{''.join(quoted)}</blockquote>")
                quoted = [] if "字下げ" in note or "改行天付き" in note else None
        for block in _lay_line(line, rank):
            if quoted is not None and not block.rank and block.html != "<hr>":
                quoted.append(block.html or SPACER)
            else:
                yield block
    if quoted:
        yield _Block(0, f"<blockquote>{''.join(quoted)}</blockquote>")


def _lay_line(line: Line, rank: int) -> Iterator[_Block]:
    if any(_BREAK.fullmatch(note) for note in line.notes):
        yield _Block(0, "<hr>")
    html = _HELD.sub(lambda found: _print_note(line.notes[int(found[1])]), line.html).strip("　 ")
    if line.heading and not any(_OPENS.fullmatch(note) for note in line.notes):
        yield _Block(line.heading, html, line.plain.strip("　 "))
    elif rank and html:
        yield _Block(rank, html, line.plain.strip("　 "))
    elif "\x01" in html:
        before, _, after = html.partition("\x01")
        for part, place in ((before, ""), (after, ' class="right"')):
            if part.strip("　 "):
                yield _Block(0, f"<p{place}>{part.strip('　 ')}</p>")
    elif html:
        yield _Block(0, f"<p>{html}</p>")
    elif not line.notes:
        yield _Block(0, "")


def _print_note(note: str) -> str:
    """What a note on the line leaves in it."""
    if _RIGHT.fullmatch(note):
        return "\x01"
    picture = _PICTURE.search(note)
    if picture:
        return escape(f"［{picture['name'] or '挿絵'}：{picture['file']}］", quote=False)
    known = note.endswith(("字下げ", "終わり", "字上げ", "左右中央", "字詰め")) or _BREAK.fullmatch(
        note
    )
    return "" if known or _OPENS.fullmatch(note) else f"［{escape(note, quote=False)}］"


# --- chapters -------------------------------------------------------------------------------------


def _split(blocks: Sequence[_Block]) -> list[Section]:
    """The blocks under headings of the two upper ranks, or of the only one there is."""
    ranks = {block.rank for block in blocks if block.rank}
    limit = 2 if ranks & {1, 2} else 3
    if not ranks:
        blocks = _number(blocks)
    sections: list[Section] = [Section(None, [])]
    above: list[str] = []
    for block in blocks:
        if not block.rank or block.rank > limit:
            html = f"<h4>{block.html}</h4>" if block.rank else block.html
            if html or not above:
                sections[-1].paragraphs.append(html)
                above = [] if html else above
            continue
        if above and not any(_has_words(html) for html in sections[-1].paragraphs):
            sections.pop()
            above.append(block.label)
        else:
            above = [block.label]
        sections.append(Section(_make_heading(above), []))
    kept = [_trim(section) for section in sections]
    return [section for section in kept if section.paragraphs] or [Section(None, [])]


def _has_words(html: str) -> bool:
    return bool(html) and html != "<hr>" and bool(plain_text(clean(html)).strip())


def _make_heading(labels: list[str]) -> Heading:
    whole = "　".join(labels)
    if len(labels) > 1:
        return Heading(None, whole, whole)
    number = read_number(whole) if _NUMERALS.fullmatch(whole) else None
    if number is not None:
        return Heading(number, None, whole)
    return read_heading(whole) or Heading(None, whole, whole)


def _trim(section: Section) -> Section:
    """The section without spacers and page breaks at its edges, and with one spacer at a time."""
    kept: list[str] = []
    for html in section.paragraphs:
        if html or (kept and kept[-1]):
            kept.append(html)
    while kept and kept[0] in ("", "<hr>"):
        kept.pop(0)
    while kept and kept[-1] in ("", "<hr>"):
        kept.pop()
    return section._replace(paragraphs=kept)


def _number(blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks of nothing but 一, 二, 三 as headings, where they count up, from 一 in each part."""
    labels = [plain_text(block.html).strip() if len(block.html) < 40 else "" for block in blocks]
    places = [place for place, label in enumerate(labels) if _NUMERALS.fullmatch(label)]
    numbers = [read_number(labels[place]) or 0 for place in places]
    counted = all(
        number in (1, last + 1) for last, number in zip([0, *numbers], numbers, strict=False)
    )
    if len(places) < _FEWEST or not counted:
        return list(blocks)
    ranks = dict.fromkeys(places, 2)
    for place, number in zip(places, numbers, strict=True):
        above = place - 1
        while above >= 0 and not blocks[above].html:
            above -= 1
        if number == 1 and above >= 0 and labels[above] and above not in ranks:
            ranks[above] = 1
    return [
        _Block(ranks[place], block.html.removeprefix("<p>").removesuffix("</p>"), labels[place])
        if place in ranks
        else block
        for place, block in enumerate(blocks)
    ]
