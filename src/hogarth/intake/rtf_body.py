"""The text of an RTF, token by token: what is shown, and nothing that is not.

Deleted and hidden text, headers, comments and instructions of fields are left out. Groups may be
nested as deeply as a file can hold: no group costs a call.
"""

from __future__ import annotations

import binascii
from collections.abc import Callable
from copy import copy
from typing import Final

from hogarth.intake.pictures import Pictures
from hogarth.intake.rtf_charsets import OWN_PAGE, Collector, Faces, codec_of_page
from hogarth.intake.rtf_flow import Flow
from hogarth.intake.rtf_settings import SETTINGS
from hogarth.intake.rtf_state import DELETED, LinkField, Place, State
from hogarth.intake.rtf_tokens import Token, read_tokens
from hogarth.intake.rtf_words import (
    CHARACTERS,
    DAY_PARTS,
    INFO,
    NOWHERE,
    SPOKEN_STARRED,
    WIDE_WORDS,
)
from hogarth.intake.word_fields import is_untold, read_link, read_symbol

Action = Callable[[int | None], object]

#: Groups nested deeper than this share what is set in them, so that braces alone cost nothing.
_DEEPEST: Final = 2_000
#: Units: characters of an instruction, of a property, of a name.
_LONGEST: Final = 4_000


class Body:
    """Reads one RTF. Shape: `info` what it says of itself; `counted` what was left out."""

    def __init__(self, pictures: Pictures, *, raw_utf8: bool) -> None:
        self.flow = Flow()
        self.info: dict[str, str] = {}
        self.counted = {"revised": 0, "deleted": 0, "annotation": 0}
        self._pictures = pictures
        self._faces = Faces()
        self._collector = Collector(self._faces, raw_utf8=raw_utf8)
        self._state = State()
        self._groups: list[State] = []
        self._deeper = 0
        self._picture = bytearray()
        self._label = ""
        self._style = 0
        self._words: dict[str, Action] = {
            **self._list_places(),
            **self._list_ends(),
        }

    def read(self, data: bytes) -> bool:
        """Read all of it. Whether its groups were all closed."""
        for token in read_tokens(data):
            if token.kind in ("bytes", "hex"):
                self._take_bytes(token)
            elif token.kind == "word" and token.name == "u":
                self._take_unicode(token.number)
            else:
                self._flush()
                if token.kind == "open":
                    self._open()
                elif token.kind == "symbol":
                    self._take_symbol(token.name)
                elif token.kind == "word":
                    self._take_word(token)
                elif not self._close():
                    return True
        self._flush()
        return not self._groups

    # --- groups ---------------------------------------------------------------------------------

    def _open(self) -> None:
        if len(self._groups) >= _DEEPEST:
            self._deeper += 1
            return
        self._groups.append(self._state)
        self._state = copy(self._state)
        self._state.ends, self._state.starred = None, False

    def _close(self) -> bool:
        """Whether more follows: the last group ends the document."""
        if self._deeper:
            self._deeper -= 1
            return True
        ends = self._state.ends
        if self._groups:
            self._state = self._groups.pop()
        if ends is not None:
            ends()
        return bool(self._groups)

    # --- text -----------------------------------------------------------------------------------

    def _take_bytes(self, token: Token) -> None:
        data, escaped = self._collector.skip(token.data), token.kind == "hex"
        if not data or self._state.place in ("nowhere", "shape"):
            return
        if self._state.place == "picture":
            self._picture += data
            return
        if self._collector.needs_flush(data, escaped=escaped):
            self._flush()
        self._collector.add(data, escaped=escaped)

    def _take_unicode(self, number: int | None) -> None:
        if number is None or not -0x8000 <= number <= 0xFFFF:
            return
        if self._state.place in ("nowhere", "shape", "picture"):
            return
        self._flush_bytes()
        self._collector.add_unicode(number, self._state.skip)

    def _flush_bytes(self) -> None:
        """Bytes become text before a Unicode character, halves of which stay together."""
        if self._collector.holds_bytes:
            self._flush()

    def _flush(self) -> None:
        # Properties are in the document's own characters, whatever its typefaces.
        font = self._state.font if self._state.place != "info" else OWN_PAGE
        text = self._collector.flush(font)
        if text:
            self._put(text)

    def _put(self, text: str) -> None:
        state = self._state
        if state.place == "text":
            if not state.hidden:
                rtl = state.style.rtl and not state.paragraph.rtl
                self.flow.put(text, state.style._replace(rtl=rtl))
        elif state.place == "label":
            self._label += text
        elif state.place == "instruction" and state.field is not None:
            state.field.instruction = (state.field.instruction + text)[:_LONGEST]
        elif state.place == "info" and state.entry not in ("created", "modified", ""):
            self.info[state.entry] = (self.info.get(state.entry, "") + text)[:_LONGEST]
        elif state.place == "fonts":
            self._faces.name(state.font, text)
        elif state.place == "styles":
            known = self.flow.styles.get(self._style, "")
            self.flow.styles[self._style] = (known + text.lower())[:_LONGEST]

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state.starred = True
        elif symbol in "\r\n":
            self._end_paragraph(None)
        elif symbol in CHARACTERS:
            self._put(CHARACTERS[symbol])

    def _take_word(self, token: Token) -> None:
        name, number, state = token.name, token.number, self._state
        starred, state.starred = state.starred, False
        if name == "bin":
            if state.place == "picture":
                self._picture += binascii.hexlify(token.data)
        elif state.place in ("nowhere", "shape") and name not in WIDE_WORDS:
            return
        elif name in NOWHERE or (starred and name not in SPOKEN_STARRED):
            self.counted["annotation"] += name == "annotation"
            state.place = "nowhere"
        elif name in CHARACTERS:
            self._put(CHARACTERS[name])
        elif state.place == "info" and name in (*INFO, *DAY_PARTS):
            self._take_property(name, number)
        elif name in SETTINGS:
            self.counted["deleted"] += name == "deleted" and number != 0
            SETTINGS[name](state, number)
        elif name in self._words:
            self._words[name](number)

    def _take_property(self, name: str, number: int | None) -> None:
        state = self._state
        if name in INFO:
            state.entry = INFO[name]
        elif name in DAY_PARTS and number is not None and state.entry in ("created", "modified"):
            known = self.info.get(state.entry, "")
            self.info[state.entry] = f"{known}-{number:02}" if known else f"{number:04}"

    # --- ends of paragraphs, cells, rows --------------------------------------------------------

    def _list_ends(self) -> dict[str, Action]:
        flow = self.flow

        def shown(action: Callable[[], object]) -> Action:
            return lambda _: action() if self._state.place == "text" else None

        return {
            "par": self._end_paragraph,
            "sect": self._end_page,
            "page": self._end_page,
            "column": self._end_page,
            "trowd": shown(flow.start_row),
            "cell": shown(lambda: flow.end_cell(self._state.paragraph)),
            "nestcell": shown(lambda: flow.end_line(self._state.paragraph)),
            "row": shown(flow.end_row),
        }

    def _end_paragraph(self, _: int | None) -> None:
        # A paragraph whose end was deleted goes on with the next one.
        if self._state.place == "text" and not self._state.hidden & DELETED:
            self.flow.end_paragraph(self._state.paragraph)
            self._state.paragraph = self._state.paragraph._replace(new_page=False)

    def _end_page(self, _: int | None) -> None:
        if self._state.place == "text":
            self.flow.end_line(self._state.paragraph)
            self._state.paragraph = self._state.paragraph._replace(new_page=True)

    # --- places ---------------------------------------------------------------------------------

    def _list_places(self) -> dict[str, Action]:
        return {
            "rtf": lambda _: None,
            "ansi": lambda _: None,
            "mac": lambda _: self._choose_page("mac_roman"),
            "pc": lambda _: self._choose_page("cp437"),
            "pca": lambda _: self._choose_page("cp850"),
            "ansicpg": lambda number: self._choose_page(codec_of_page(number or 1252)),
            "deff": self._choose_default,
            "fonttbl": lambda _: self._go("fonts"),
            "fcharset": self._choose_charset,
            "cpg": self._choose_face_page,
            "stylesheet": lambda _: self._go("styles"),
            "info": lambda _: self._go("info"),
            "upr": lambda _: self._go("nowhere"),
            "ud": self._go_back,
            "listtext": self._start_label,
            "pntext": self._start_label,
            "field": self._start_field,
            "fldinst": lambda _: self._go("instruction"),
            "fldrslt": self._start_result,
            "footnote": self._start_note,
            "pict": self._start_picture,
            "shpinst": lambda _: self._go("shape"),
            "shptxt": self._start_box,
            "revised": self._count_revised,
        }

    def _go(self, place: Place) -> None:
        """Text goes elsewhere until the group ends."""
        self._state.beside, self._state.place = self._state.place, place

    def _go_back(self, _: int | None) -> None:
        """The same in Unicode follows: it takes the place that was left."""
        self._state.place = self._state.beside

    def _choose_page(self, codec: str) -> None:
        self._faces.page = codec

    def _choose_default(self, number: int | None) -> None:
        self._faces.default = number or 0

    def _choose_charset(self, number: int | None) -> None:
        if self._state.place == "fonts" and number is not None:
            self._faces.open(self._state.font).charset = number

    def _choose_face_page(self, number: int | None) -> None:
        if self._state.place == "fonts" and number:
            self._faces.open(self._state.font).page = codec_of_page(number)

    def _count_revised(self, number: int | None) -> None:
        self.counted["revised"] += number != 0

    def _start_label(self, _: int | None) -> None:
        if self._state.place == "text":
            self._label = ""
            self._go("label")
            self._state.ends = lambda: self.flow.mark(self._label)

    def _start_field(self, _: int | None) -> None:
        field = LinkField()
        self._state.field = field
        self._state.ends = lambda: self._end_field(field)

    def _end_field(self, field: LinkField) -> None:
        """A sign may be told by the instruction alone."""
        if not field.shown:
            self._put(read_symbol(field.instruction))

    def _start_result(self, _: int | None) -> None:
        field = self._state.field
        if field is None or self._state.place != "text":
            return
        sign = read_symbol(field.instruction)
        field.shown = True
        if sign:
            self._put(sign)
        if sign or is_untold(field.instruction):
            self._go("nowhere")
        elif href := read_link(field.instruction):
            self._state.style = self._state.style._replace(href=href)

    def _start_note(self, _: int | None) -> None:
        if self._state.place == "text":
            self.flow.start_note(self._state.style)
            self._state.style = self._state.style._replace(raised="", href="")
            self._state.ends = self.flow.end_note

    def _start_box(self, _: int | None) -> None:
        self._state.place = "text"
        self.flow.start_box()
        self._state.ends = self.flow.end_box

    def _start_picture(self, _: int | None) -> None:
        self._picture.clear()
        style = self._state.style
        self._go("picture")

        def end() -> None:
            data = bytes(self._picture)
            self._picture.clear()
            try:
                kept = self._pictures.keep(binascii.unhexlify(data[: len(data) & ~1]))
            except ValueError:
                kept = None
            if kept:
                self.flow.put("", style, f'<img src="{kept}" alt="">')

        self._state.ends = end
