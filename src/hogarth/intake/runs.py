"""Runs of text as word processors hold them, and the HTML of a line of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, NamedTuple


class Style(NamedTuple):
    """How a run is set. Shape: `raised` "sup", "sub" or ""; `rtl` where the paragraph is not."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    small_caps: bool = False
    raised: str = ""
    rtl: bool = False
    href: str = ""


class Run(NamedTuple):
    """A piece of a line in one style.

    Shape: a newline in `text` is a line break; `html` stands in place of the text; `note` is the
    key of the note that the run refers to.
    """

    text: str
    style: Style = Style()
    html: str = ""
    note: str = ""


PLAIN: Final = Style()
_ADDRESSES: Final = ("http://", "https://", "mailto:", "ftp://", "#")


def text_of_runs(runs: Iterable[Run]) -> str:
    """The words of the runs, lines parted by newlines."""
    return "".join(run.text for run in runs)


def is_blank(runs: Iterable[Run]) -> bool:
    return not any(run.html or run.text.strip() for run in runs)


def split_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs of each line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines.extend([run._replace(text=part, html="", note="")] for part in rest)
    return lines


def print_runs(runs: Sequence[Run]) -> str:
    """The runs as HTML. Styles that neighbours share are opened once."""
    parts: list[str] = []
    opened: list[tuple[str, str]] = []
    for run in _unify_blanks(runs):
        wanted = _tags(run.style)
        shared = 0
        while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
            shared += 1
        parts.extend(f"</{name}>" for name, _ in reversed(opened[shared:]))
        parts.extend(f"<{name}{rest}>" for name, rest in wanted[shared:])
        opened = wanted
        parts.append(run.html or escape(run.text, quote=False).replace("\n", "<br>"))
    parts.extend(f"</{name}>" for name, _ in reversed(opened))
    return "".join(parts)


def _unify_blanks(runs: Sequence[Run]) -> Iterator[Run]:
    """Blanks between two runs of one style take it too: “<i>so</i> <i>on</i>” is one stretch."""
    filled = [run for run in runs if run.text or run.html]
    for place, run in enumerate(filled):
        if 0 < place < len(filled) - 1 and not run.html and run.text.isspace():
            before, after = filled[place - 1].style, filled[place + 1].style
            if before == after:
                yield run._replace(style=before)
                continue
        yield run


def _tags(style: Style) -> list[tuple[str, str]]:
    """The elements that the style asks for, outermost first, each with its attributes."""
    tags = []
    if style.href.lower().startswith(_ADDRESSES):
        tags.append(("a", f' href="{escape(style.href)}"'))
    if style.rtl:
        tags.append(("span", ' dir="rtl"'))
    if style.bold:
        tags.append(("b", ""))
    if style.italic:
        tags.append(("i", ""))
    if style.underline and not style.href:
        tags.append(("u", ""))
    if style.strike:
        tags.append(("s", ""))
    if style.small_caps:
        tags.append(("span", ' class="small-caps"'))
    if style.raised:
        tags.append((style.raised, ""))
    return tags
