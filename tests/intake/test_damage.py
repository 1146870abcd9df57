"""What counts as damage, and above all what does not."""

from __future__ import annotations

import pytest
from test_decoding import IN_ENCODINGS

from hogarth.intake.damage import find_cut, find_mojibake

CORRECT = [
    *(text for text, _ in IN_ENCODINGS),
    "« Voilà… » « Il est né là… » Café…” é…” à…” “Et voilà…” – « Ô ! »",
    "IRMÃ” — “NÃO”, A IRMÃ, AMANHÃ… MÃE. “IRMÔ SÃO",
    "CHÂTEAU. LÂCHE. “Â” PÂ…",
    "Ngã tư. NGÃ… Mẹ và bà. Đường Trần Hưng Đạo, “ở đây”.",
    "Æther and Æsir, Ærøskøbing, encyclopædia; Õun, ÕIS.",
    "Þýðandinn sagði: „Þú ert sein.“",
    "Was it? The what? Did he? It? Is it so? “Wasn’t it?”",
    "AT&T, R&D & B&B; &c. Salt & pepper.",
    "РСФСР, СССР. “Россия” — С. Р. Петров. РЕСТОРАН",
    "日本語の文章です。æ ø å. 한국어 문장.",
    "naïve façade, coöperate, résumé, ¿qué?, 20 °C, ½, £5, €5, §3",
    "Ð and Ñ: el Ñandú, AÑO.",
    "He said ‘no’‚ and left. ƒ(x)",
    "See note¹ and 5 m³ of it.",
]


@pytest.mark.parametrize("text", CORRECT)
def test_correct_text_is_not_called_damaged(text: str) -> None:
    assert find_mojibake(text) == []


@pytest.mark.parametrize(
    ("text", "written", "read_as"),
    [
        ("“Wait…” he said — and didn’t.", "utf-8", "cp1252"),
        ("“Wait…” he said — and didn’t.", "utf-8", "latin-1"),
        ("Le café était fermé, là-bas à Paris.", "utf-8", "cp1252"),
        ("Le café était fermé, là-bas à Paris.", "utf-8", "latin-1"),
        ("£5 «oui» ½", "utf-8", "cp1252"),
        ("Холмс посмотрел на меня и улыбнулся.", "utf-8", "cp1251"),
        ("Холмс посмотрел на меня и улыбнулся.", "utf-8", "latin-1"),
        ("Холмс посмотрел на меня и улыбнулся.", "cp1251", "cp1252"),
        ("日本語の文章です。", "utf-8", "latin-1"),
        ("don’t, he’d, it’s", "mac_roman", "cp1252"),
        ("ロンドンへ行きましょうと言いました", "cp932", "cp1252"),
        ("smile 😀", "utf-8", "cp1252"),
    ],
)
def test_a_wrong_encoding_is_seen(text: str, written: str, read_as: str) -> None:
    assert find_mojibake(text.encode(written).decode(read_as, "replace"))


@pytest.mark.parametrize(
    "text",
    [
        "It&#8217;s late.",
        "He said &ldquo;no&rdquo;.",
        "You &amp;amp; me, &amp;quot;now&amp;quot;",
        "I don?t know. He couldn?t say.",
        "It?s late, and he?d gone.",
        "â€œTwice.",
        "Ã¢â‚¬â„¢",
        "I don¹t know.",
    ],
)
def test_other_marks_of_damage(text: str) -> None:
    assert find_mojibake(text)


WHOLE = "The fog came up the street and stood at the door, as it did on most evenings of that year."


@pytest.mark.parametrize(
    "end",
    [
        "He has a lamp, and a rope, and nothing else but this",
        "“What if we simply asked him,” said Holmes, “whether the",
        '"Where are we',
        "He turned the ticket over and over in his fingers and looked at the",
        "It was late, and he had not yet come home from the river when",
        "the long road home that nobody took any longer after the war had begun",
        "She looked up, and,",
    ],
)
def test_a_cut_end_is_seen(end: str) -> None:
    assert find_cut([WHOLE, WHOLE, end])


@pytest.mark.parametrize(
    "ends",
    [
        [WHOLE],
        ["He was gone…"],
        ["“Never.”"],
        ["“And then –”"],
        [WHOLE, "My Journal"],
        [WHOLE, "THE END"],
        [WHOLE, "~ fin ~"],
        [WHOLE, "* * *"],
        [WHOLE, "Please review :)"],
        [WHOLE, "Love, Mrs Turner <3"],
        ["「行きましょう」"],
        ["„Nein“, sagte er. „Geh nach Hause.“"],
        ["»Nein«, sagte er. »Geh nach Hause.«"],
        ["« Non, dit-il, rentre chez toi. »"],
        ["เราจะไปลอนดอน และพบกับเพื่อนของเราที่นั่น"],
        ["What was it?"],
        ["Tiger, tiger, burning bright in the forests of the night and no stop"] * 4,
        [""],
        [],
    ],
)
def test_a_whole_text_is_not_called_cut(ends: list[str]) -> None:
    assert find_cut(ends) is None
