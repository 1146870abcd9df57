"""The short way for the commonest thing of all: a paragraph with a little emphasis in it.

Most paragraphs that are read are canonical as they stand. This finds those and hands them over
whole; the writer makes the same of them, several times slower.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from hogarth.manuscript.markup.attributes import read_tag
from hogarth.manuscript.markup.table import MAX_INLINES, UNSEEN, WHITE

_STARTS: Final = frozenset({"em", "i", "strong", "b", "u", "s"})


class Paragraph(NamedTuple):
    """Shape: `inner` canonical; `end` the place of the piece with its end tag."""

    attributes: str
    inner: str
    end: int


def read_paragraph(pieces: list[str], place: int, ids: str) -> Paragraph | None:
    """The paragraph that begins at `place`, or None when it needs the long way."""
    tag, _, text = pieces[place].partition(">")
    opening = read_tag(tag, ids)
    if opening.ident or opening.within:
        return None
    text = _collapse(text).lstrip(" ")
    parts = [text]
    visible = bool(text.strip(UNSEEN))
    depth = 0
    fresh = False  # nothing yet on the line that a br began
    before = text  # what the next tag follows; "" when that is a start tag
    while True:
        place += 1
        tag, _, text = pieces[place].partition(">")
        if tag == "/p":
            break
        text = _collapse(text)
        if tag in _STARTS:
            depth += 1
            if not text or text[0] == " " or depth > MAX_INLINES:
                return None
            parts.append(f"<{tag}>{text}")
        elif tag[1:] in _STARTS and tag[0] == "/":
            depth -= 1
            if before[-1:] == " ":  # white space moves out of the end
                if before == " ":
                    return None
                parts[-1] = parts[-1][:-1]
                text = f" {text.lstrip(' ')}"
            elif fresh and text[:1] == " ":
                return None
            parts.append(f"<{tag}>{text}")
        elif tag == "br":
            if before == " ":
                return None
            parts[-1] = parts[-1].rstrip(" ")
            text = text.lstrip(" ")
            parts.append(f"<br/>{text}")
        else:
            return None
        fresh = not text and (fresh or tag == "br")
        before = text
        visible = visible or bool(text.strip(UNSEEN))
    return Paragraph(opening.attributes, "".join(parts).rstrip(" "), place) if visible else None


def _collapse(text: str) -> str:
    if "\n" in text or "  " in text or "\t" in text:
        return WHITE.sub(" ", text)
    return text
