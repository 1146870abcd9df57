"""Words, paragraphs and languages."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hogarth.manuscript import clean, count_words, guess_language


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("’Tis the White Rabbit’s watch", 5),
        ("‘Curiouser’ and “curiouser”!", 3),
        ("rock 'n' roll - fine", 4),
        ("a''b", 2),
        ("well--known well-known", 3),
        ("one‑two three‐four", 2),
        ("snake_case", 2),
        ("1,000 3.14 221b", 5),
        ("cafe\u0301s nai\u0308ve", 2),
        ("soft\u00adhyphen zero\u200bwidth join\u200der", 3),
        ("שָׁלוֹם עוֹלָם", 2),
        ("हिन्दी में", 2),
        ("字字 kana カナー 2", 7),
        ("一\u3000二", 2),
        ("Ω…α", 2),
        ("🙂 🙂🙂 ❦", 0),
        ("a&b AT&T", 4),
        (" ".join(chr(code) for code in range(0x2190, 0x2290)) + " end", 1),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(clean(text.replace("&", "&amp;"))) == words


def test_words_of_markup() -> None:
    html = clean(
        '<p>One <a href="https://there.example/not-a-word" title="nor this">two</a><b>s</b>,</p>'
        "<p>three<br>four</p><hr><ul><li>five<li>six</ul><table><tr><td>7<td>8</table>"
    )
    assert count_words(html) == 8


@given(st.lists(st.sampled_from(["alice", "watch’s", "well-worn", "字", "é"]), max_size=20))
def test_words_add_up(words: list[str]) -> None:
    assert count_words(clean(" ".join(words))) == len(words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lamp went out, and she said that they had better go home with the others.", "en"),
        ("Der Regen fiel leise auf die Straße, als Holmes die Tür öffnete und eintrat.", "de"),
        ("La pluie tombait doucement sur la rue, et personne ne savait quoi faire.", "fr"),
        ("La lluvia caía suavemente sobre la calle y nadie sabía qué hacer.", "es"),
        ("Az eső halkan hullott az utcára, amikor Holmes kinyitotta az ajtót.", "hu"),
        ("Дождь тихо падал на улицу, когда Холмс открыл дверь и вошёл.", "ru"),
        ("Mưa rơi nhẹ trên đường phố, anh ấy mở cửa và bước vào nhà.", "vi"),
        ("雨が静かに通りに降っていた。", "ja"),
        ("雨轻轻地落在街上，福尔摩斯打开了门。", "zh"),
        ("비가 조용히 거리에 내렸다.", "ko"),
        ("הגשם ירד בשקט על הרחוב", "he"),
        ("ฝนตกเบาๆ บนถนน", "th"),
        ("Η βροχή έπεφτε απαλά στον δρόμο", "el"),
    ],
)
def test_guess_language(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Alice",
        "*** *** ***",
        "12 34 " * 40,
        "Alice Edith Dinah Bill Pat Mabel Ada William Lory",
    ],
)
def test_an_unsure_guess_is_none(text: str) -> None:
    assert guess_language(text) is None


def test_a_note_at_the_top_does_not_decide() -> None:
    story = "La pluie tombait doucement sur la rue, et personne ne savait quoi faire. " * 60
    assert (
        guess_language("This is what I wrote for the challenge, and she had fun. " + story) == "fr"
    )


def test_the_model_waits_until_it_is_needed() -> None:
    """English is told by its small words: a process that reads English loads no model."""
    program = (
        "import sys; from hogarth.manuscript import guess_language;"
        "print(guess_language('The lamp went out, and she said that they would go home.'),"
        "'numpy' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["en", "False"]
