"""Labels that writers and tools put before facts about a story: “Pairing: …”, “Rated: …”."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LABELS: Final = {
    "title": (
        "title|story title|title of story|fic title|fanfic title|title of fic|work title"
        "|story|name of story|titre|titel|subject|书名|書名|标题|標題|文名|作品名称|作品名"
        "|タイトル|題名|제목|título de la historia|tytuł|cím|τίτλος|שם הסיפור|כותרת|العنوان"
        "|título|название"
    ),
    "author": (
        "autor/in|author|authors|author name|author's name|my name|story by|fic by|fanfic by"
        "|by|written by|writer|pen name|penname|from|auteur|autor|autora|autore|作家|著者"
        "|原作者|文|作|글쓴이|작가|지은이|szerző|συγγραφέας|מאת|מחבר|מחברת|الكاتب|المؤلف"
        "|автор|作者"
    ),
    "beta": "beta|betas|beta reader|beta readers|betaed by|beta'd by|beta-reader|beta-read by",
    "translator": "translator|translated by|traduction|übersetzer|переводчик",
    "artist": "artist|art by|illustrator|illustrated by",
    "fandom": "fandom|fandoms|universe|series/fandom|原作|同人|作品出处|팬덤|פאנדום|פנדום|фандом",
    "relationship": (
        "cp|pairing|pairings|ship|ships|relationship|relationships|couple|couples|parejas"
        "|配对|配對|カップリング|커플링|שיפ|זוג|пейринг"
    ),
    "character": (
        "character|characters|main characters|personajes|主角|人物|主要角色|登場人物|персонажи"
    ),
    "rating": "rating|rated|ratings|分级|分級|級別|级别|レーティング|등급|דירוג|рейтинг",
    "warning": (
        "warning|warnings|archive warning|archive warnings|content warning|content warnings"
        "|警告|预警|預警|注意"
    ),
    "genre": "genre|genres|类型|類型|类别|類別|ジャンル|장르|ז'אנר|жанр",
    "category": "category|categories",
    "freeform": (
        "additional tags|additional tag|tags|freeform|freeforms|freeform tags|keywords|标签"
        "|標籤|タグ|태그|关键字|關鍵字"
    ),
    "summary": (
        "streszczenie|sinopsis|synopsis|sommaire|summary|description|blurb|resumen|简介|簡介"
        "|内容简介|內容簡介|文案|あらすじ|줄거리|תקציר|résumé|саммари|описание"
    ),
    "notes": (
        "a/n|an|a.n|author note|author's note|authors note|author's notes|authors notes"
        "|authors' note|note|notes|note from the author"
    ),
    "language": "language|sprache|langue|idioma|язык",
    "status": "status|complete|completed|completion|状态|狀態|进度|進度|完结|完結",
    "published": "published|date|posted|written|date posted|date written|first published|started",
    "updated": "updated|last updated|last modified|revised",
    "series": "series|sequel to|part of",
    "source": (
        "story url|source|url|link|original source|original url|posted originally at|网址"
        "|網址|来源|來源|出处|出處|链接"
    ),
    "words": "words|word count|wordcount|length|字数|字數|文字数",
    "chapters": "chapters|chapter count|total chapters",
    "kudos": "kudos|favs|favorites|favourites|faves|votes",
    "hits": "hits|reads|views",
    "comments": "comments|reviews",
    "bookmarks": "bookmarks",
    "aside": (
        "disclaimer|disclaimers|spoilers|spoiler|archive|archiving|distribution|feedback"
        "|e-mail|email|website|web site|url of author|author url|series url|publisher"
        "|packaged|content|dedication|thanks|timeline|setting|season|challenge|prompt"
        "|author's website|newsgroups|message-id|to|cc|reply-to|organization|x-mailer|sender"
        "|mime-version|content-type|recipient|for"
    ),
}
_FIELDS: Final = {name: field for field, names in _LABELS.items() for name in names.split("|")}
_LINE: Final = re.compile(
    r"[*_#>\s]{0,4}(?P<label>[^\W\d_](?:[^\W\d_]|[ /'.&-]){0,28}?)"
    r"[*_]{0,3}(?:\s*[:：][*_]{0,3}(?P<blank>\s+|$)?|\s=(?P<even>\s))"
    r"(?P<value>.*)",
    re.DOTALL,
)
#: What stands right behind a colon that is none of a label.
_RUN_ON: Final = re.compile(r"[/\d]")


class Labelled(NamedTuple):
    """One line. Shape: `field` the name of what it states, "" for a label not known here."""

    field: str
    label: str
    value: str


def read_label(line: str) -> Labelled | None:
    """The label and value of a line, or None when it has no label."""
    found = _LINE.match(line)
    if found is None:
        return None
    label = found["label"].strip()
    folded = label.casefold().replace("’", "'")
    field = _FIELDS.get(folded, "")
    if found["blank"] is None and (
        not field or (found["even"] is None and _RUN_ON.match(found["value"]))
    ):
        # “http://…”, “Re:Zero”. Without a blank only a label that is known is one.
        return None
    return Labelled(field, label, found["value"].strip().strip("*_").strip())
