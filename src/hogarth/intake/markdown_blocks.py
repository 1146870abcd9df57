"""From Markdown to the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from hogarth.intake.blocks import RULE, Block, Item, Note, refer_to_note
from hogarth.intake.runs import PLAIN, Run, Style

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: Lines that are drawn between scenes and mean something else in Markdown: the start of a code
#: block, an empty list or an empty heading.
_DRAWN: Final = re.compile(r"[ \t]*(?:~{3,}|[*+-]{1,2}|#{1,6})[ \t]*")
_NOTE: Final = re.compile(r" {0,3}\[\^(?P<key>[^\]\s]{1,40})\]:[ \t]*(?P<text>.*)")
_REFERENCE: Final = re.compile(r"\[\^(?P<key>[^\]\s]{1,40})\]")
_ENDS_SENTENCE: Final = re.compile(r"[.,;:!?…\"”’»*_]\s*$")
#: Units: characters. A longer line above dashes is a paragraph above a rule, and no heading.
_LONGEST_UNDERLINED: Final = 80
#: Lists and quotations are nested no more deeply than this.
_DEEPEST: Final = 20
_TOO_DEEP: Final = re.compile(r"^[ \t>]{41,}")
#: Units: lines.
_PIECE: Final = 2_000
_TAG: Final = re.compile(r"<[^<>]*>")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Loaded when the first Markdown comes: some 40 ms."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 3 * _DEEPEST})
    # Writers of stories indent paragraphs; hardly any of them writes programs.
    return parser.enable(["table", "strikethrough"]).disable("code")


def read_blocks(lines: Sequence[str]) -> tuple[list[Block], dict[str, Note]]:
    """The blocks of the text, and its notes by key."""
    told, defined = _take_notes(lines)
    known = {key: f"m{number}" for number, key in enumerate(defined, start=1)}
    blocks = [block for piece in _part(told) for block in _Walk(known).read(piece)]
    notes = {
        known[key]: Note(known[key][1:], _Walk(known).read(text)) for key, text in defined.items()
    }
    return blocks, notes


def _part(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines in pieces that are parsed one by one, for a parser holds much of each.

    What is drawn between scenes stays drawn, and nothing is nested more deeply than is parsed.
    """
    kept: list[str] = []
    fenced = False
    for place, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if not fenced and _DRAWN.fullmatch(line) and line.strip():
            kept += ["", "\\" + "\\".join(line.strip()), ""]
        else:
            kept.append(_TOO_DEEP.sub(_flatten, line))
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if len(kept) >= _PIECE and not fenced and not line.strip() and following[:1].isalpha():
            yield kept
            kept = []
    yield kept


def _flatten(found: re.Match[str]) -> str:
    return found[0][: 2 * _DEEPEST]


def _take_notes(lines: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The lines without the definitions of notes, and the lines of each by its key."""
    told: list[str] = []
    notes: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        found = _NOTE.fullmatch(line)
        if found and found["key"] not in notes:
            key = found["key"]
            notes[key] = [found["text"]]
        elif key and (line.startswith(("    ", "\t")) or (line.strip() and notes[key][-1])):
            notes[key].append(line.strip())
        elif key and not line.strip():
            notes[key].append("")
            told.append("")
        else:
            key = ""
            told.append(line)
    return told, notes


class _Walk:
    """Goes through the tokens once. Shape: `known` the key of each note by what it is called."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known
        self._blocks: list[Block] = []
        self._rank = 0
        self._underlined = ""
        self._quoted = 0
        self._lists: list[list[int]] = []
        self._ordered: list[bool] = []
        self._fresh = False

    def read(self, lines: Sequence[str]) -> list[Block]:
        tokens = _parser().parse("\n".join(lines))
        place = 0
        while place < len(tokens):
            if tokens[place].type == "table_open":
                end = _find_close(tokens, place)
                self._add_table(tokens[place : end + 1])
                place = end
            else:
                self._take(tokens[place])
            place += 1
        return self._blocks

    def _take(self, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            self._add_text(token)
        elif kind == "heading_open":
            self._rank, self._underlined = int(token.tag[1]), token.markup.strip("#")
        elif kind == "heading_close":
            self._rank, self._underlined = 0, ""
        elif kind in ("blockquote_open", "blockquote_close"):
            self._quoted += token.nesting
        elif kind in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            self._lists.append([int(start) - 1 if start is not None else 0])
            self._ordered.append(kind == "ordered_list_open")
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            self._ordered.pop()
        elif kind == "list_item_open":
            self._fresh = True
            self._lists[-1][0] += 1
        elif kind == "hr":
            self._blocks.append(Block(html=RULE))
        elif kind in ("fence", "code_block"):
            html = f"<pre>{escape(token.content, quote=False)}</pre>"
            self._blocks.append(Block([Run(token.content)], html=html))
        elif kind == "html_block":
            words = _TAG.sub(" ", token.content)
            self._blocks.append(Block([Run(words)], html=token.content))

    def _add_text(self, token: Token) -> None:
        runs = self._read_runs(token.children or [])
        long = len(token.content) > _LONGEST_UNDERLINED or "\n" in token.content
        if self._underlined and (long or _ENDS_SENTENCE.search(token.content)):
            # Dashes were drawn below a paragraph to end the scene.
            self._blocks += [Block(runs), Block(html=RULE)]
            return
        block = Block(runs, rank=self._rank, role="quote" if self._quoted else "")
        if self._lists and self._fresh and not self._rank:
            block.item = Item(self._ordered[-1], len(self._lists) - 1, self._lists[-1][0])
        self._fresh = False
        self._blocks.append(block)

    def _add_table(self, tokens: Sequence[Token]) -> None:
        parser = _parser()
        html = parser.renderer.render(tokens, parser.options, {})
        words = " ".join(token.content for token in tokens if token.type == "inline")
        self._blocks.append(Block([Run(words)], html=html))

    def _read_runs(self, tokens: Sequence[Token]) -> list[Run]:
        runs: list[Run] = []
        styles: list[Style] = [PLAIN]
        for token in tokens:
            style, kind = styles[-1], token.type
            if kind == "text":
                runs += self._read_text(token.content, style)
            elif kind in ("softbreak", "hardbreak"):
                runs.append(Run("\n", style, " " if kind == "softbreak" else "<br>"))
            elif kind == "code_inline":
                html = f"<code>{escape(token.content, quote=False)}</code>"
                runs.append(Run(token.content, style, html))
            elif kind == "html_inline":
                runs.append(Run("", style, token.content))
            elif kind == "image":
                source, alt = str(token.attrGet("src") or ""), escape(token.content)
                runs.append(Run("", style, f'<img src="{escape(source)}" alt="{alt}">'))
            elif token.nesting == 1:
                styles.append(_open_style(style, token))
            elif token.nesting == -1 and len(styles) > 1:
                styles.pop()
        return runs

    def _read_text(self, text: str, style: Style) -> list[Run]:
        """Text with its references to notes."""
        runs: list[Run] = []
        place = 0
        for found in _REFERENCE.finditer(text):
            key = self._known.get(found["key"])
            if key is None:
                continue
            runs.append(Run(text[place : found.start()], style))
            runs.append(refer_to_note(key, key[1:])._replace(style=style))
            place = found.end()
        return [*runs, Run(text[place:], style)]


def _open_style(style: Style, token: Token) -> Style:
    if token.tag == "strong":
        return style._replace(bold=True)
    if token.tag == "em":
        return style._replace(italic=True)
    if token.tag == "s":
        return style._replace(strike=True)
    return style._replace(href=str(token.attrGet("href") or "")) if token.tag == "a" else style


def _find_close(tokens: Sequence[Token], place: int) -> int:
    level = tokens[place].level
    for end in range(place + 1, len(tokens)):
        if tokens[end].type == "table_close" and tokens[end].level == level:
            return end
    return len(tokens) - 1
