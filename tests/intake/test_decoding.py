"""Which encoding a file is in, and that no byte is lost on the way."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hogarth.intake import read
from hogarth.intake.charsets import CANDIDATES
from hogarth.intake.decoding import decode

ENGLISH = (
    "“Don’t you see?” said Holmes — his eyes were bright… “The café was empty,” Watson said, “and "
    "you’re late.”"
)
FRENCH = (
    "« Voilà, dit-il, l’été est déjà passé. Ça ne fait rien ; où êtes-vous allé ? » Le garçon "
    "était très fatigué. Noël approchait."
)
GERMAN = "„Schöne Grüße“, sagte er. Über die Straße läuft ein großer Hund; Äpfel und Öl – für mich."
SPANISH = "¿Qué quieres, señor? —preguntó la niña—. ¡Mañana será otro día! El capitán sonrió."
PORTUGUESE = "Não, disse ele, amanhã não. A canção é bonita, irmã. Às vezes há coração."
SWEDISH = "Å, vad är det? Hon sa: på ön är det kallt, där går älgen."
POLISH = "Zażółć gęślą jaźń. Był sobie król, który miał trzy córki. Święty Mikołaj przyszedł późno."
HUNGARIAN = "Szép estét, mondta a fiú. Őszintén szólva, a nő tűz, és fűtőtest."
TURKISH = "Holmes bana baktı ve gülümsedi. Geç kaldın, dedi, ama önemli değil. Işık söndü, iş çok."
RUSSIAN = "Холмс посмотрел на меня и улыбнулся. «Вы опоздали, — сказал он, — но это неважно»."
GREEK = "Ο Χολμς με κοίταξε και χαμογέλασε. Άργησες, είπε, αλλά δεν πειράζει."
HEBREW = "הולמס הסתכל עליי וחייך. אתה מאחר, הוא אמר, אבל זה לא חשוב. אנחנו נוסעים ללונדון."
ARABIC = "نظر هولمز إلي وابتسم. لقد تأخرت، قال، لكن لا يهم. نحن ذاهبون إلى لندن."
THAI = "โฮล์มส์มองมาที่ฉันและยิ้ม คุณมาสาย เขาพูด แต่ไม่เป็นไร เราจะไปลอนดอน"
JAPANESE = (
    "ホームズは私を見て微笑んだ。「遅いですね」と彼は言った。「でも構いません。行きましょう」"
)
CHINESE = "福尔摩斯看着我，微微一笑。“你来晚了，”他说，“不过没关系。我们现在就去伦敦。”"
TAIWANESE = "福爾摩斯看著我，微微一笑。「你來晚了，」他說，「不過沒關係。我們現在就去倫敦。」"
KOREAN = "홈즈는 나를 보고 미소를 지었다. 늦었군요, 그가 말했다. 하지만 괜찮습니다."

IN_ENCODINGS = [
    (ENGLISH, "cp1252 mac_roman"),
    (FRENCH, "cp1252 mac_roman"),
    (GERMAN, "cp1252 mac_roman"),
    (SPANISH, "cp1252 mac_roman"),
    (PORTUGUESE, "cp1252 cp850 mac_roman"),
    (SWEDISH, "cp1252 cp437 cp850 mac_roman"),
    ("The café was closed", "cp1252 mac_roman cp437"),
    ("It’s", "cp1252 mac_roman"),
    ("déjà vu", "cp1252 mac_roman cp437"),
    (POLISH, "cp1250"),
    (HUNGARIAN, "cp1250"),
    (TURKISH, "cp1254"),
    (RUSSIAN, "cp1251 utf-16-le utf-16"),
    (RUSSIAN.replace("«", "").replace("»", "").replace("—", "-"), "cp866 koi8_r"),
    (GREEK, "cp1253"),
    (HEBREW, "cp1255 cp862"),
    (ARABIC, "cp1256"),
    (THAI, "cp874"),
    (JAPANESE, "cp932 euc_jp iso2022_jp"),
    (CHINESE, "gb18030 utf-8-sig"),
    (TAIWANESE, "big5 gb18030 utf-32"),
    (KOREAN, "cp949"),
]


@pytest.mark.parametrize(
    ("text", "codec"), [(text, codec) for text, names in IN_ENCODINGS for codec in names.split()]
)
def test_text_is_told_by_its_letters(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.marks == 0
    assert decoded.reason


@pytest.mark.parametrize(
    "text", [ENGLISH, RUSSIAN, JAPANESE, CHINESE, TAIWANESE, KOREAN, HEBREW, THAI]
)
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


def test_a_declaration_is_believed_when_the_letters_do_not_object() -> None:
    page = '<meta charset="windows-1250"><p>Köszönöm szépen, mondta.</p>'
    assert decode(page.encode("cp1250")).encoding == "windows-1250"


def test_a_declaration_that_cannot_be_true_is_not_believed() -> None:
    page = f'<?xml version="1.0" encoding="iso-8859-1"?><p>{RUSSIAN}</p>'
    decoded = decode(page.encode("cp1251"))
    assert RUSSIAN in decoded.text
    assert "windows-1252" in decoded.reason


@pytest.mark.parametrize("label", ["rot13", "zlib", "no-such-thing", "utf-16", "idna", "hex"])
def test_a_declaration_of_no_character_set_is_passed_over(label: str) -> None:
    page = f'<meta charset="{label}"><p>{FRENCH}</p>'
    assert FRENCH in decode(page.encode("cp1252")).text


def test_bytes_that_fit_no_character_leave_a_mark_and_a_problem() -> None:
    data = ENGLISH.encode()[:-1]
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.marks == 1
    assert decoded.text.endswith("�")
    problems = [problem.code for problem in read(data, name="late.txt").problems]
    assert "undecodable-bytes" in problems
    assert "mojibake" not in problems


def test_a_mark_that_is_in_the_file_is_no_new_loss() -> None:
    decoded = decode("Lost: �\n".encode() + b"caf\xc3\xa9 \xe2\x80\x99 \xe2\x80\x9c \xff")
    assert decoded.marks == 1


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"one\rtwo", "one\ntwo"),
        (b"the end\x1a\x00\x00\x00", "the end"),
        (b"page one\x0cpage two", "page one\n\npage two"),
        (b"a\x0bb", "a\nb"),
        (b"be\x00fore", "be\ufffdfore"),
        (b"bell\x07", "bell\ufffd"),
    ],
)
def test_line_ends_and_control_characters(data: bytes, text: str) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.marks == text.count("\ufffd")


@given(st.binary(max_size=400))
def test_any_bytes_decode(data: bytes) -> None:
    decoded = decode(data)
    assert "\r" not in decoded.text
    assert "\x00" not in decoded.text
    assert codecs.lookup(dict(CANDIDATES).get(decoded.encoding, decoded.encoding))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])))
def test_utf_8_survives(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("unit", [b"a", b"\xe9", b"caf\xe9 ", b"\x82\xa0", b"\xe2\x80"])
def test_one_enormous_line_is_no_trouble(unit: bytes) -> None:
    text = decode(unit * 400_000).text
    assert text
