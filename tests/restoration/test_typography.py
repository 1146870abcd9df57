"""Signs of the typewriter: offered by language and kind, never done, never where they are meant."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hogarth.manuscript import Chapter, Manuscript, clean
from hogarth.restoration import find_repairs, restore
from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair
from hogarth.restoration.typography import find_typewriting


def found_in(text: str, language: str | None = "en") -> list[Repair]:
    work = Manuscript("Down", (Chapter(1, ""),), language=language)
    repairs = list(find_typewriting(Draft(text, 0, work, frozenset())))
    return sorted(repairs, key=lambda repair: repair.start)


def printed(text: str, language: str | None = "en") -> str:
    """The text with everything accepted that is offered."""
    for repair in reversed(found_in(text, language)):
        text = text[: repair.start] + repair.after + text[repair.end :]
    return text


@pytest.mark.parametrize(
    ("language", "text", "after"),
    [
        ("en", '"Hello," she said. "It\'s me--really..."', "“Hello,” she said. “It’s me—really…”"),
        ("en-GB", "'Hello,' he said, 'it's me.'", "‘Hello,’ he said, ‘it’s me.’"),
        ("en", "'Tis 'em, rock 'n' roll in the '90s", "’Tis ’em, rock ’n’ roll in the ’90s"),
        ("en", 'say ("Hi")—"yes"', "say (“Hi”)—“yes”"),
        ("en", '"A speech\n\n"goes on," he said.', "“A speech\n\n“goes on,” he said."),
        ("de", '"Hallo", sagte er. "Geht\'s?"', "„Hallo“, sagte er. „Geht’s?“"),
        ("fr", '"Oui !" dit-il. C\'est tout.', "«\u00a0Oui !\u00a0» dit-il. C’est tout."),
        ("es", '"Hola", dijo.', "«Hola», dijo."),
        ("pl", '"Tak", odparł.', "„Tak”, odparł."),
        ("ru", '"Да", сказал он.', "«Да», сказал он."),
        ("sv", '"Ja", sa hon.', "”Ja”, sa hon."),
        ("da", '"Ja", sagde hun.', "»Ja«, sagde hun."),
        ("he", 'צה"ל אמר: "שלום" לצ\'יפס', "צה״ל אמר: ״שלום״ לצ׳יפס"),
        ("en", "word -- word--and I--", "word — word—and I—"),
        ("en", "Wait. . . then... or more....", "Wait… then… or more...."),
        ("en", "One.  Two.\u00a0 Three", "One. Two. Three"),
        ("en", "Wait , what ? Yes.No,really", "Wait, what? Yes. No, really"),
        (None, '"I was there," she said to him, and it was the truth of the matter.', None),
    ],
)
def test_what_a_printer_would_set(language: str | None, text: str, after: str | None) -> None:
    expected = after or text.replace('"I', "“I").replace(',"', ",”")
    assert printed(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'He was 5\'10" and she 5\'2"; a 12" pipe, a 6\' man said "no".'),
        ("en", 'An odd " one, and "another that" never" ends.'),
        ("en", 'if (x == "y") { return \'z\'; } // </b> <i class="a">'),
        ("en", "<!-- so --> it --> goes\n\n-- \nA. Signature\n\n-----\n\n...\n\n--"),
        ("en", "make --quiet and www.Site.Com or https://a.example/it's--so.Here"),
        ("en", "J.K.Rowling, e.g.This, 1,000 and 3.Nine"),
        ("en", '  /\\_/\\  ( o.o )  > ^ <  |"|  --=={*}==--'),
        ("en", "the boys' room"),
        ("fr", "Oui ! Non ? Si ; peut-être : voilà."),
        ("zh", '"你好" , 我是"他"。'),
        ("xx", '"Mana," quoth o\'er.'),
        ("en", "“You’re late,” she said—and smiled… ‘Quite.’"),
        (None, '"?"'),
    ],
)
def test_what_is_meant_is_left_alone(language: str | None, text: str) -> None:
    assert printed(text, language) == text


def test_each_kind_is_one_group_and_only_offered() -> None:
    text = '"Hi," she said -- "it\'s me..." Then , at last.Yes.  No.\n\n' * 20
    repairs = found_in(text)
    assert {repair.group for repair in repairs} == {repair.code for repair in repairs}
    assert len({repair.group for repair in repairs}) == 7
    assert all(repair.certainty < 0.9 for repair in repairs)
    assert all(one.end <= other.start for one, other in pairwise(repairs))


def test_code_is_left_alone() -> None:
    html = clean('<p>"Type <code>a--b</code>," he said.</p><pre>x = "y"  -- it\'s</pre>')
    work = Manuscript("Down", (Chapter(1, html),), language="en")
    everything = restore(work, find_repairs(work))
    assert everything.chapters[0].html == (
        '<p>“Type <code>a--b</code>,” he said.</p>\n<pre>x = "y"  -- it\'s</pre>'
    )


@pytest.mark.parametrize("piece", ['"', "'", "--", "...", " ,", "a.B", '"a" ', "'a' ", "\u00a0 "])
def test_a_long_text_of_nothing_else(piece: str) -> None:
    """Cost: what is quadratic would take minutes here."""
    text = piece * (60_000 // len(piece))
    assert len(found_in(text)) <= len(text)
