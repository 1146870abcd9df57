"""What columns of tables are called, by field: scrapers, spreadsheets and libraries each do it
their own way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from hogarth.intake.labels import read_label

#: Field → names, folded. Labels of header blocks (see `labels`) are known besides.
_NAMES: Final = {
    "title": (
        "title|titles|titels|name|work title|story title|fic title|book title|book name"
        "|work name|fic name|fic|fanfic|headline|titulo|título|titre|titel|titolo|tytuł"
        "|название|заголовок|标题|標題|书名|タイトル|題名|제목"
    ),
    "author": (
        "author|authors|author s|author name|author names|creator|creators|writer|writers|by"
        "|byline|username|user name|user|pseud|pseuds|penname|pen name|uname|author username"
        "|posted by|autor|autores|autorin|auteure|autrice|autorka|schrijver|autora|auteur"
        "|auteurs|autore|автор|авторы|作者|著者|작가"
    ),
    "text": (
        "text|texts|body|content|contents|full text|fulltext|story text|storytext|story body"
        "|story content|work text|work body|chapter text|chapter content|chapter body|html"
        "|body html|content html|chapter html|raw text|raw html|cleaned text|clean text|prose"
        "|story|fanfiction|full story|fullstory|main text|post|post text|selftext|post body"
        "|body text|article|texto|contenido|conteúdo|texte|contenu|inhalt|testo|treść|текст"
        "|содержание|内容|正文|內容|本文|文本|본문"
    ),
    "paragraph": (
        "paragraph|paragraphs|para|para id|paragraph id|paragraph number|para number|paragraph no"
    ),
    "chapter-number": (
        "chapter number|inorder|chapter no|chapter num|chapter index|chapternumber|chap num"
        "|chap no|chapter order|chapter position|chapter idx|part number|part|ch|ch no"
        "|chapter id|chapterid|capítulo número|kapitelnummer|номер главы|章节序号"
    ),
    "chapter-title": (
        "chapter title|chapter name|chaptertitle|chapter heading|chap title|chapters title"
        "|title of chapter|part title|título del capítulo|titre du chapitre|kapiteltitel"
        "|название главы|章节标题|章节名"
    ),
    "chapters": (
        "chapters|chapter|sections|episodes|chapter count|chapters count|total chapters"
        "|chapters total|num chapters|number of chapters|nchapters|n chapters|parts"
        "|part count|num parts|numchapters|chapcount|current chapters|capítulos|chapitres"
        "|kapitel|capitoli|главы|章节|章节数"
    ),
    "summary": (
        "summary|summaries|description|desc|blurb|synopsis|abstract|comments html|intro"
        "|teaser|sinopsis|resumen|sinopse|resumo|résumé|zusammenfassung|beschreibung"
        "|riassunto|opis|описание|аннотация|简介|簡介|あらすじ|줄거리"
    ),
    "notes": (
        "notes|note|story notes|author notes|authors notes|author s notes|author note|a n"
        "|beginning notes|start notes|opening notes|storynotes|notas|anmerkungen|примечания"
    ),
    "end notes": "end notes|endnotes|end note|closing notes|ending notes|afterword",
    "fandom": (
        "fandom|fandoms|fandom s|fandom name|fandom tags|universe|canon|franchise"
        "|category fandom|media|source material|фэндом|фандом|同人|原作"
    ),
    "relationship": (
        "relationship|relationships|relationship s|relationship tags|ship|ships|ship name"
        "|pairing|pairings|couple|couples|ships pairings|main ship|pareja|parejas|paarung"
        "|paarungen|casal|casais|coppia|koppel|couple s|paring|пейринг|пэйринг|cp"
        "|カップリング"
    ),
    "character": (
        "character|characters|character s|character tags|char|chars|main characters|cast"
        "|personajes|personagens|personnages|figuren|charaktere|personaggi|персонажи|角色"
        "|登場人物"
    ),
    "rating": (
        "rating|ratings|rated|age rating|content rating|maturity|rating tag|clasificación"
        "|freigabe|рейтинг|分级"
    ),
    "warning": (
        "warning|warnings|archive warning|archive warnings|content warning|content warnings"
        "|warning s|archive warning s|trigger warnings|warning tags|cw|tw|advertencias"
        "|avertissements|warnungen|предупреждения|警告"
    ),
    "category": (
        "category|categories|ao3 categories|ao3categories|category s|slash category"
        "|orientation|orientations|категория"
    ),
    "freeform": (
        "additional tags|additional tag|tags|tag|tag s|freeform|freeforms|freeform tags"
        "|freeformtags|keywords|keyword|subjects|subject|labels|other tags|tag item|tag list"
        "|misc tags|tropes|trope|extra tags|extratags|etiquetas|étiquettes|schlagwörter|теги"
        "|метки|标签|標籤|タグ"
    ),
    "genre": "genre|genres|genre s|género|géneros|gênero|genere|gatunek|жанр|жанры|类型|ジャンル",
    "language": (
        "language|languages|lang|language code|langcode|idioma|langue|sprache|lingua|язык|语言|言語"
    ),
    "status": (
        "status|completion|completion status|complete|completed|is complete|iscomplete"
        "|finished|is finished|work status|story status|completion state|wip|estado|statut"
        "|stand|статус|状态"
    ),
    "published": (
        "published|date published|datepublished|publish date|publishdate|pub date|pubdate"
        "|posted|date posted|first published|published at|published date|posted on"
        "|originally published|publication date|publicationdate|date|created|created at"
        "|creation date|created utc|date created|publicado|publié|veröffentlicht|опубликовано"
        "|дата|发布时间|投稿日"
    ),
    "updated": (
        "updated|date updated|dateupdated|update date|updatedate|last updated|last update"
        "|revised|status date|statusdate|complete date|completedate|completed date"
        "|date completed|updated at|modified at|revised at|date modified|actualizado"
        "|mis à jour|aktualisiert|обновлено|更新时间|更新日"
    ),
    "series": (
        "series|series name|series title|seriestitle|series s|part of series|in series"
        "|universe series|serie|série|reihe|цикл|серия|系列|シリーズ"
    ),
    "series-index": (
        "series index|series number|series position|series part|series order|number in series"
        "|position in series|part in series|seriesindex|series no|series num|volume"
    ),
    "source": (
        "url|link|links|source|source url|story url|storyurl|work url|workurl|work link"
        "|story link|fic link|fic url|href|permalink|address|web address|web page|webpage"
        "|original url|uri|ao3 link|ao3 url|ffn link|external url|origin|identifiers"
        "|story preview href|on story preview href|enlace|lien|адрес|ссылка|链接"
    ),
    "id": (
        "id|work id|workid|story id|storyid|fic id|ficid|fanfic id|fanfiction id|book id|sid"
        "|post id|uid|guid|uuid|identifier|ao3 id"
    ),
    "words": (
        "words|word count|wordcount|word counts|num words|number of words|numwords|nwords"
        "|n words|total words|words count|word|length|palabras|mots|wörter|слова"
        "|количество слов|字数"
    ),
    "kudos": (
        "kudos|kudos count|score|ups|upvotes|numkudos|favs|favorites|favourites"
        "|favorite count|favourite count|faves|votes|vote count|likes|like count|hearts"
        "|нравится|点赞"
    ),
    "hits": (
        "hits|hit count|views|view count|reads|read count|readcount|visits|pageviews|clicks"
        "|просмотры|阅读"
    ),
    "comments": (
        "comment count|comments|comments count|num comments|reviews|review count|num reviews"
        "|comentarios|commentaires|отзывы|评论数"
    ),
    "bookmarks": "bookmarks|bookmark count|num bookmarks|bookmarks count|subscribers|follows",
    "beta": "beta|betas|beta reader|beta readers|editor|editors|бета",
    "translator": "translator|translators|translated by|переводчик|译者",
    "artist": "artist|artists|illustrator|art by|cover artist",
    "file": (
        "file|filename|file name|filenames|files|path|filepath|file path|formats|document"
        "|ebook|epub|epub file|ebook file|local file|local path|saved as|downloaded as"
        "|archivo|fichier|datei|dateiname|nome del file|plik|файл|имя файла|文件|文件名"
        "|ファイル|ファイル名"
    ),
    "site": (
        "site|website|publisher|platform|archive|hosted on|source site|sitename|site name|сайт"
    ),
    "ignore": (
        "last modified|modified|index|row id|row|number|no|nr|номер|all kudos|all bookmarks"
        "|all comments|author id|author url|authorid|authorurl|author link|author key|user id"
        "|username href|cover|cover url|cover image|coverimage|image|img|isbn|collections"
        "|collection|downloaded|date downloaded|datecreated|packaged|size|text length|rank"
        "|story rank|label|split|text tokenized|tokens|embedding|author html|authorhtml"
        "|uploader|email|mail|timestamp|title sort|author sort|library name|cover path"
        "|series html|title html"
    ),
}
#: Every field a column may be said to be, by the name that people use for it.
FIELDS: Final = tuple(_NAMES)
#: Name → its field, and how well it says so: of two columns for one fact the lower one is believed.
_FIELD_OF: Final = {
    name: (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split("|"))
}
#: Names of labels that mean another thing at the head of a column.
_LABELS: Final = {"aside": "ignore"}

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_JOINTS: Final = re.compile(r"[\W_]+")
_PLURAL: Final = re.compile(r"\((s|es|y|ies)\)")
#: “Chapter 3”, “chapter_3_text”: a table with a column a chapter.
_CHAPTER: Final = re.compile(
    r"(?:chapter|chap|ch|part|capitulo|capítulo|chapitre|kapitel|глава) ?(?P<number>\d{1,4})"
    r"(?: (?:text|content|body|html))?"
)
_NUMBERED: Final = re.compile(r"(?P<name>.+?) ?\d{1,3}")
_OWNERS: Final = re.compile(
    r"(?:(?:ao3|ffn|story|stories|work|fic|fanfic|fanfiction|book|post|meta|metadata|raw|parsed"
    r"|original|full|main|the|my) )+(?P<name>.+)"
)
_KINDS: Final = re.compile(r"(?P<name>.+?) (?:list|lists|name|names|tag|tags|string|text|value)")
_LONGEST_NAME: Final = 60
_LEAST: Final = 100


def fold_name(name: str) -> str:
    """A column's name in small letters with single blanks: “AdditionalTags” → “additional tags”."""
    plain = unicodedata.normalize("NFKC", name[: 4 * _LONGEST_NAME]).strip()
    apart = _CAMEL.sub(" ", _PLURAL.sub("s", plain))
    return _JOINTS.sub(" ", apart).strip().casefold()


class Named(NamedTuple):
    """What a name says a column holds. Shape: the lower the `rank`, the plainer it says so."""

    field: str
    rank: int = 0


@lru_cache(maxsize=4096)
def read_name(name: str) -> Named | None:
    """The field that a column of this name holds, “chapter:3” for one chapter's text, or None."""
    folded = fold_name(name)
    if not folded or len(folded) > _LONGEST_NAME:
        return None
    chapter = _CHAPTER.fullmatch(folded)
    if chapter:
        return Named(f"chapter:{int(chapter['number'])}")
    for less, tried in enumerate(_shorter(folded)):
        if tried in _FIELD_OF:
            field, rank = _FIELD_OF[tried]
            return Named(field, rank + less)
        label = read_label(f"{tried}: x")
        if label is not None and label.field:
            return Named(_LABELS.get(label.field, label.field), _LEAST)
    return None


def _shorter(folded: str) -> list[str]:
    """The name, and what is left of it without whose it is, which of many, what form it has."""
    tried = [folded]
    for pattern in (_NUMBERED, _OWNERS, _KINDS):
        found = pattern.fullmatch(tried[-1])
        if found:
            tried.append(found["name"])
    return tried
