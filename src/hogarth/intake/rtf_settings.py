"""The control words of RTF that say how text and paragraphs are set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hogarth.intake.rtf_state import DELETED, HIDDEN, ParagraphSetting, State
from hogarth.intake.runs import PLAIN, Style

Change = Callable[[State, int | None], object]


def _raise(kind: str) -> Change:
    def change(state: State, number: int | None) -> None:
        state.style = state.style._replace(raised="" if number == 0 else kind)

    return change


def _turn(rtl: bool) -> Change:
    def change(state: State, _: int | None) -> None:
        state.style = state.style._replace(rtl=rtl)

    return change


def _hide(bit: int) -> Change:
    def change(state: State, number: int | None) -> None:
        state.hidden = state.hidden & ~bit | (0 if number == 0 else bit)

    return change


def _align(kind: str) -> Change:
    def change(state: State, _: int | None) -> None:
        state.paragraph = state.paragraph._replace(align=kind)

    return change


def _turn_paragraph(rtl: bool) -> Change:
    def change(state: State, _: int | None) -> None:
        state.paragraph = state.paragraph._replace(rtl=rtl)

    return change


def _reset_characters(state: State, _: int | None) -> None:
    state.style = PLAIN._replace(href=state.style.href)
    state.hidden, state.font = 0, -1


def _reset_paragraph(state: State, _: int | None) -> None:
    state.paragraph = ParagraphSetting()


def _drop_underline(state: State, _: int | None) -> None:
    state.style = state.style._replace(underline=False)


def _choose_face(state: State, number: int | None) -> None:
    state.font = number if number is not None and number >= 0 else -1


def _count_stand_ins(state: State, number: int | None) -> None:
    state.skip = min(max(number or 0, 0), 10)


def _outline(state: State, number: int | None) -> None:
    rank = min(number + 1, 6) if number is not None and 0 <= number < 9 else 0
    state.paragraph = state.paragraph._replace(rank=rank)


def _choose_style(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(style=number or 0)


def _level(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(level=min(max(number or 0, 0), 8))


def _stand_in_table(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(in_table=number != 0)


def _switch(setting: Callable[[Style, bool], Style]) -> Change:
    def change(state: State, number: int | None) -> None:
        state.style = setting(state.style, number != 0)

    return change


_underline: Final = _switch(lambda style, on: style._replace(underline=on))
_strike: Final = _switch(lambda style, on: style._replace(strike=on))

#: Control word → what it changes.
SETTINGS: Final[dict[str, Change]] = {
    "b": _switch(lambda style, on: style._replace(bold=on)),
    "i": _switch(lambda style, on: style._replace(italic=on)),
    "scaps": _switch(lambda style, on: style._replace(small_caps=on)),
    "strike": _strike,
    "striked": _strike,
    **dict.fromkeys(
        ("ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulth", "ulw", "ulwave", "ulhwave"),
        _underline,
    ),
    "plain": _reset_characters,
    "pard": _reset_paragraph,
    "ulnone": _drop_underline,
    "super": _raise("sup"),
    "sub": _raise("sub"),
    "nosupersub": _raise(""),
    "up": _raise("sup"),
    "dn": _raise("sub"),
    "v": _hide(HIDDEN),
    "webhidden": _hide(HIDDEN),
    "deleted": _hide(DELETED),
    "rtlch": _turn(rtl=True),
    "ltrch": _turn(rtl=False),
    "f": _choose_face,
    "uc": _count_stand_ins,
    "ql": _align(""),
    "qj": _align(""),
    "qc": _align("center"),
    "qr": _align("right"),
    "rtlpar": _turn_paragraph(rtl=True),
    "ltrpar": _turn_paragraph(rtl=False),
    "s": _choose_style,
    "outlinelevel": _outline,
    "ilvl": _level,
    "intbl": _stand_in_table,
    "itap": _stand_in_table,
}
