"""A sound text gets nothing, whatever its language and form; a damaged one loses no word."""

from __future__ import annotations

import os
import random
from html import escape

import pytest

from hogarth.manuscript import Chapter, Manuscript, clean, plain_text
from hogarth.restoration import Repair, choose, find_repairs, restore

#: Own sentences, a few of each language, with what its books have: accents, quotes, dashes.
SOUND = {
    "English": "“You’re late,” said Holmes—and yet he hadn’t looked up. “It’s half past ten…”\n\n"
    "Mrs Hudson’s naïve cousin, a Brontë reader, sipped her café crème. “‘Tis nothing,” she said.",
    "French": "« Où étiez-vous ? » demanda-t-il. « L’été dernier, à Nîmes, déjà ! »\n\n"
    "Le cœur de l’aînée battait ; elle reçut la lettre d’un air hébété.",
    "German": "„Öffnen Sie die Tür!“, rief Käthe. »Größe ist süß«, dachte der Bär.\n\n"
    "Die Straße lag im Übermaß des Mondlichts – und niemand sprach.",
    "Spanish": "—¿Qué hacéis aquí, señor? —preguntó el niño—. ¡Mañana será otro día!\n\n"
    "El pingüino añadió: «Según mi tía, jamás llovió así».",
    "Portuguese": "— São João não vem, disse a irmã. Não, NÃO! Ãs vezes vinha à tarde.\n\n"
    "“Você está aí?” A canção acabou; o avô pôs os óculos.",
    "Italian": "«Perché piangi?» chiese l’ombra. Così andò: più su, più giù, finché fu notte.",
    "Polish": "– Zażółć gęślą jaźń – powiedziała. „Źdźbło trawy”, odparł cicho.",
    "Czech": "„Příliš žluťoučký kůň,“ řekl děd a zavřel dveře. Šel domů.",
    "Hungarian": "– Árvíztűrő tükörfúrógép – mondta. „Őrült ötlet” – felelte az öreg.",
    "Turkish": "“Şu ağacın altında,” dedi Işıl. İğne düşse duyulurdu; çünkü gece ıssızdı.",
    "Vietnamese": "“Em về đâu?” anh hỏi. Đường phố vắng tanh, chỉ có tiếng ve.",
    "Greek": "«Πού πας;» ρώτησε ο γέρος. Ἐν ἀρχῇ ἦν ὁ λόγος· ύστερα σιωπή.",
    "Russian": "— Ты где? — спросил он. «Ёжик в тумане», — ответила Рая. Снег шёл всю ночь.",
    "Ukrainian": "— Де їжак? — спитала Ґалина. «Під ліжком», — відповів він.",
    "Hebrew": "״איפה היית?״ שאל הזקן. ״בים״, ענה יונה, וקולו רעד.",
    "Arabic": "«أين كنت؟» سأل الشيخ. «في البحر»، أجاب، ثم صمت.",
    "Persian": "«کجا می‌روی؟» پرسید. «به خانه‌ام»، گفت و رفت.",
    "Hindi": "“तुम कहाँ थे?” उसने पूछा। क्ष्‍ण भर सब चुप रहे।",
    "Japanese": "「どこへ行くの？」とカムパネルラが言った。『銀河』だよ……と僕は答えた。\n\n"
    "汽車は走る。",
    "Chinese": "“你去哪儿？”他问。《西游记》里没有答案……我们只好走了——一直走。",
    "Korean": "“어디 가니?” 그가 물었다. 밤은 깊었고, 아무도 대답하지 않았다.",
}

#: What looks like damage and is none.
FORMS = {
    "verse": "<p>The stairs are steep,<br/>the lamp is low,<br/>and somebody counts<br/>where"
    " nobody goes,<br/>and nobody counts<br/>where somebody sleeps<br/>till morning.</p>",
    "script": '<p class="u-name">HOLMES</p>\n<p>Seventeen.</p>\n<p class="u-name">WATSON</p>'
    "\n<p>(beat)</p>\n<p>I beg your pardon?</p>",
    "chat": "<p>&lt;alice&gt; brb<br/>&lt;hatter&gt; ?<br/>&lt;alice&gt; 10/6 lol<br/>"
    "&lt;hatter&gt; :)<br/>&lt;alice&gt; ok<br/>&lt;hatter&gt; k<br/>&lt;dormouse&gt; zzz</p>",
    "list": "<ul><li>tea</li><li>bread, 2 lb</li><li>a hat (10/6)</li></ul>\n<p>It was all.</p>",
    "letter": "<p>221B Baker Street<br/>London<br/>4 March</p>\n<p>Dear Watson,</p>\n<p>Come at"
    " once if convenient.</p>\n<p>S. H.</p>",
    "silences": "<p>“…”</p>\n<p>…</p>\n<p>“?”</p>\n<p>.</p>\n<p>“—”</p>\n<p>I</p>\n<p>No.</p>",
    "numbered": "<p>I</p>\n<p>He came.</p>\n<p>II</p>\n<p>He saw.</p>\n<p>3</p>\n<p>He went.</p>",
    "quoted": "<p>&gt; On Tuesday you wrote</p>\n<p>&gt; that fog is thick.</p>\n<p>It is.</p>",
    "rules": "<p>One.</p>\n<hr/>\n<p>Two.</p>\n<hr/>\n<p>Three.</p>",
    "code": "<pre>for (;;) { puts(\"%d\"); }\n-----\nif (a != b) return;</pre>\n"
    "<p>So it was written.</p>",
    "mojibake that is meant": "<p>The screen said “donâ€™t”, and Ned laughed at it.</p>",
    "urls": '<p>See <a href="https://example.org/a%20b?x=1&amp;y=2">example.org/a%20b</a>.</p>',
    "spacers": "<p>One.</p>\n<p>\u00a0</p>\n<p>Two.</p>\n<p>\u00a0</p>\n<p>Three.</p>",
}  # fmt: skip


def applied(html: str) -> list[str]:
    work = Manuscript("x", (Chapter(1, html),))
    return [f"{r.code} {r.before!r} → {r.after!r}" for r in choose(find_repairs(work))]


def print_html(text: str) -> str:
    blocks = text.split("\n\n")
    return "\n".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks)


@pytest.mark.parametrize("language", SOUND)
def test_a_sound_text_gets_nothing(language: str) -> None:
    html = print_html(SOUND[language])
    assert clean(html) == html
    assert applied(html) == []
    assert applied("\n".join([html] * 20)) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_its_own_gets_nothing(form: str) -> None:
    html = clean(FORMS[form])
    assert applied(html) == []
    assert applied("\n".join([html, print_html(SOUND["English"]), html])) == []


_ADDED = ("***", "\n-----\n", "A/N: ", "\n\nTHE END", "12", "+")
_PUT_IN = ("\n", "\u200b", "\u00ad", "&amp;", "Â ", "=20\n")


def _damage(rng: random.Random, text: str) -> str:
    """Some of what happens to texts."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.randint(0, 40))
        match rng.randrange(8):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text.replace("\n\n", rng.choice((" ", "\n")))
            case 2:
                text = text.encode().decode("cp1252", "replace")[:20_000]
            case 3:
                text = text[:at] + rng.choice(
                    ("***", "\n-----\n", "A/N: ", "\n\nTHE END", "12", "+")
                )
            case 4:
                text = text.replace("’", rng.choice(("?", "&#8217;", "\ufffd", "â€™", "'")))
            case 5:
                text = text[:at] + text[at:end] * rng.randint(2, 30) + text[end:]
            case 6:
                text = text[:at] + rng.choice(_PUT_IN) + text[at:]
            case _:
                text = text.replace(" ", "\n", rng.randint(1, 50))
    return text[:20_000]


def test_no_damage_brings_a_crash_or_takes_a_word() -> None:
    rng = random.Random(7)
    tries = int(os.environ.get("HOGARTH_FUZZ_TRIES", "400"))
    texts = list(SOUND.values())
    for _ in range(tries):
        text = _damage(rng, "\n\n".join(rng.sample(texts, 3)))
        html = clean(escape(text, quote=False), newlines="break")
        work = Manuscript("x", (Chapter(1, html),))
        repairs = find_repairs(work, problems=rng.choice(([], ["paragraphs-lost"])))
        some = [repair for repair in repairs if rng.random() < 0.5]
        for active in (choose(repairs), list(repairs), some):
            check_words(work, active)


def check_words(work: Manuscript, active: list[Repair]) -> None:
    """Every letter is there, but for those that a repair says it changes."""
    restored = restore(work, active)
    told = [restored.title if restored.title != work.title else ""]
    told += [restored.summary or "", restored.notes or "", restored.end_notes or ""]
    html = restored.chapters[0].html
    assert clean(html) == html
    kept = letters(restored.chapters[0].text + "".join(map(plain_text, told)))
    touched = sum(
        len(letters(r.before)) for r in active if r.kind in ("replace", "scene-break", "move")
    )
    assert len(letters(work.chapters[0].text)) - len(kept) <= touched


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
