"""Which encoding a file is in, and that no byte is lost on the way."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import CODECS as KEPT_IN
from sentences import write

from hogarth.intake import read
from hogarth.intake.charsets import CODECS
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
    assert codecs.lookup(CODECS.get(decoded.encoding, decoded.encoding))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])))
def test_utf_8_survives(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("unit", [b"a", b"\xe9", b"caf\xe9 ", b"\x82\xa0", b"\xe2\x80"])
def test_one_enormous_line_is_no_trouble(unit: bytes) -> None:
    text = decode(unit * 400_000).text
    assert text


# --- every language and character set ------------------------------------------------------------


@pytest.mark.parametrize("language", sorted(KEPT_IN))
def test_longer_texts_are_told_without_fail(language: str) -> None:
    for codec in KEPT_IN[language].split():
        for turn in range(3):
            text, data = write(language, codec, 2_500, turn)
            assert decode(data).text == text, (language, codec, turn)


def test_a_few_lines_are_nearly_always_told() -> None:
    """The floor is what was reached; a hundred bytes may fit two sets."""
    told, asked = 0, 0
    for language, codecs_of in KEPT_IN.items():
        for codec in codecs_of.split():
            for length in (100, 200, 500):
                for turn in range(4):
                    text, data = write(language, codec, length, turn)
                    told += decode(data).text == text
                    asked += 1
    assert told >= 0.97 * asked


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"She waited\x85 and then\x85 nothing. The door was shut, and he was gone.", "…"),
        (b"The caf\x82 and the clich\x82: that is what she said, and he was not amused.", "café"),
        (b"It was na\x8bve of him, and the two of them knew it, she said to you.", "naïve"),
        (b"I can\xd5t, he said; it isn\xd5t what you and the others think of me.", "can’t"),
        (b"Ranma \xbd was on, and she was not to be moved by that or by the rain.", "½"),
        (b"\xa9 1998 by the two of you, and that is all that was said of it to me.", "©"),
        (b"The end\xa0 of the road, and\xa0 the beginning of that other one he saw.", "\xa0"),
    ],
)
def test_a_few_odd_bytes_in_english_are_read_as_english_has_them(data: bytes, text: str) -> None:
    assert text in decode(data).text


# --- more than one way in one file ---------------------------------------------------------------


def test_lines_of_another_set_are_read_in_it() -> None:
    data = "\n".join([FRENCH] * 6).encode("cp1252") + b"\n" + JAPANESE.encode("cp932") + b"\n"
    decoded = decode(data)
    assert decoded.encoding == "windows-1252"
    assert decoded.text.endswith(JAPANESE + "\n")
    assert "1 line in shift_jis" in decoded.reason


def test_utf_8_pasted_into_an_older_file_is_read_as_that() -> None:
    older = "\n".join([ENGLISH] * 5).encode("cp1252")
    decoded = decode(older + b"\n" + f"“{RUSSIAN}” — said “nobody”.".encode())
    assert RUSSIAN in decoded.text
    assert decoded.marks == 0


def test_a_stray_byte_in_utf_8_is_a_letter_where_one_fits() -> None:
    data = f"{ENGLISH}\n".encode() * 3 + b"Another caf\xe9 stood empty.\n"
    decoded = decode(data)
    assert "Another café stood" in decoded.text
    assert decoded.marks == 0
    assert "1 byte in windows-1252" in decoded.reason


def test_blanks_that_lost_a_byte_are_blanks() -> None:
    data = f"{ENGLISH}\n\n".encode() + b"Yes.\xc2 No.\xc2 Perhaps.\n"
    decoded = decode(data)
    assert decoded.text.endswith("Yes.\xa0 No.\xa0 Perhaps.\n")
    assert "2 blanks without the second byte" in decoded.reason


# --- what mail, padding and old programs did -----------------------------------------------------


def test_quoted_printable_is_undone_without_headers() -> None:
    data = b"He said =93yes=94 and went =\r\nout. 1+1=3D2=20\r\nCaf=E9 =96 closed.\r\n"
    decoded = decode(data)
    assert decoded.text == "He said “yes” and went out. 1+1=2 \nCafé – closed.\n"
    assert "quoted-printable" in decoded.reason


@pytest.mark.parametrize(
    "data",
    [
        b"x=1\ny=2\nz=3\nw=20\n",
        b"=====\n\nThe road.\n\n=====\n\nThe hill.\n\n=====\n",
        b"<table width=80 border=20 height=20>\n<td width=90>\n",
        b"a = b =\nc = d =\ne = f =\n",
    ],
)
def test_equals_signs_alone_are_no_quoted_printable(data: bytes) -> None:
    assert decode(data).text == data.decode()


def test_soft_line_ends_of_wordstar_are_joined() -> None:
    data = (
        b"It was the second date, and they both wanted\x8d\n"
        b"to keep it simple, so they had a picnic \x8d\nnear the shrine.\n"
        b"Nobody was suspi-\x1f\x8d\ncious of them.\nAt least not \x8d\nyet.\n"
    )
    decoded = decode(data)
    assert decoded.text == (
        "It was the second date, and they both wanted to keep it simple, so they had a picnic near "
        "the shrine.\nNobody was suspicious of them.\nAt least not yet.\n"
    )
    assert "WordStar" in decoded.reason


def test_italian_of_dos_is_no_wordstar() -> None:
    """Its “ì” is the same byte, and words end in it."""
    text, data = write("it", "cp850", 1_500)
    assert "WordStar" not in decode(data).reason
    assert decode(data).text == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"_\x08T_\x08h_\x08e road", "The road"),
        (b"T\x08Th\x08he\x08e road", "The road"),
        (b"a\x08b", "a\ufffdb"),
        (b"\x1b[1mThe\x1b[0m road", "The road"),
        (b"end" + b"\x00" * 40, "end"),
        (b"one\x00\x00\x00\x00two", "onetwo"),
        (b"Then " + "seven wide words".encode("utf-16-le") + b" came.", None),
        (b"one\r\r\ntwo\r\r\nthree", "one\ntwo\nthree"),
    ],
)
def test_what_other_programs_left(data: bytes, text: str | None) -> None:
    assert decode(data).text == (text or "Then seven wide words came.")


def test_utf_16_without_a_mark_that_was_cut_short() -> None:
    data = RUSSIAN.encode("utf-16-le") + b"\x20"
    decoded = decode(data)
    assert decoded.text.startswith(RUSSIAN[:-1])
    assert decoded.encoding == "utf-16-le"


# --- nothing is lost -----------------------------------------------------------------------------


@given(st.binary(max_size=300))
def test_every_printable_ascii_byte_shows(data: bytes) -> None:
    """In an encoding whose characters are single bytes, whatever the other bytes are."""
    decoded = decode(data)
    if "undone" in decoded.reason or "WordStar" in decoded.reason or b"\x1b" in data:
        return
    if CODECS.get(decoded.encoding, "")[:2] not in ("cp", "ma", "ko") or decoded.encoding in (
        "shift_jis",
        "euc-kr",
    ):
        return
    if b"\x08" in data:
        return
    typed = bytes(byte for byte in data if 0x20 < byte < 0x7F)
    shown = "".join(char for char in decoded.text if " " < char < "\x7f")
    assert shown == typed.decode("ascii")


@given(st.binary(max_size=300))
def test_every_byte_beyond_ascii_shows_or_is_counted(data: bytes) -> None:
    decoded = decode(data)
    high = sum(byte > 0x7F for byte in data)
    shown = sum(char > "\x7f" for char in decoded.text)
    said = ";" in decoded.reason or "mark" in decoded.reason
    assert shown > 0 or high == 0 or said or decoded.marks
