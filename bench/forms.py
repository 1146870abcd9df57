"""One made-up story in the forms that readers know, as their makers write them."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from bench.pages import Pen, write_page

_PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>|<hr />")
_TAG: Final = re.compile(r"<[^>]+>")
_CONTAINER: Final = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@dataclass(frozen=True, slots=True)
class Story:
    """Shape: `chapters` of paragraphs in HTML, `*` for a scene break."""

    title: str
    author: str
    summary: str
    chapters: tuple[tuple[str, ...], ...]


def write_story(number: int, words: int, chapters: int = 4) -> Story:
    """A story of so many words."""
    pen = Pen(number)
    parts = tuple(
        tuple(found[1] or "*" for found in _PARAGRAPH.finditer(pen.story(words // chapters)))
        for _ in range(chapters)
    )
    return Story(pen.phrase(2, 5).title(), pen.phrase(1, 1).title(), pen.sentence(), parts)


def _print(paragraphs: tuple[str, ...]) -> str:
    return "\n".join("<hr />" if p == "*" else f"<p>{p}</p>" for p in paragraphs)


def _plain(paragraph: str) -> str:
    return unescape(_TAG.sub("", paragraph)) if paragraph != "*" else "* * *"


def _zip(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _ao3_download(story: Story) -> bytes:
    chapters = "".join(
        f'<div class="meta group"><h2 class="heading">Chapter {n}: Part {n}</h2></div>'
        f'<!--chapter content--><div class="userstuff">{_print(chapter)}</div>'
        "<!--/chapter content-->"
        for n, chapter in enumerate(story.chapters, start=1)
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8" />
<title>{story.title} - {story.author} - Dracula</title></head><body>
<div id="preface"><h2 class="toc-heading">Preface</h2><p class="message"><b>{story.title}</b><br />
Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at
<a href="http://archiveofourown.org/works/4242">http://archiveofourown.org/works/4242</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="/tags/x">Mature</a></dd>
<dt>Fandom:</dt><dd><a href="/tags/y">Dracula</a></dd><dt>Language:</dt><dd>English</dd>
<dt>Stats:</dt><dd>Published: 2024-01-02 Words: 5,000 Chapters: 4/4</dd></dl>
<h1>{story.title}</h1><div class="byline">by <a rel="author" href="/users/a/pseuds/a">
{story.author}</a></div><p>Summary</p><blockquote class="userstuff"><p>{story.summary}</p>
</blockquote></div></div><div id="chapters" class="userstuff">{chapters}</div>
<div id="afterword"><h2 class="toc-heading">Afterword</h2></div></body></html>""".encode()


def _ffn_page(story: Story) -> bytes:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{story.title}, a Dracula fanfic | FanFiction</title>
<link rel="canonical" href="https://www.fanfiction.net/s/4242/1/"></head><body>
<div id="pre_story_links"><a href="/book/">Books</a><a href="/book/Dracula/">Dracula</a></div>
<div id="profile_top"><b class="xcontrast_txt">{story.title}</b> By:
<a class="xcontrast_txt" href="/u/7/{story.author}">{story.author}</a>
<div style="margin-top:2px" class="xcontrast_txt">{story.summary}</div>
<span class="xgray xcontrast_txt">Rated: Fiction T - English - Drama - Words: 5,000 - Published:
<span data-xutime="1404086400">6/30/2014</span> - Status: Complete - id: 4242</span></div>
<div class="storytext xcontrast_txt nocopy" id="storytext">
{"".join(map(_print, story.chapters))}</div></body></html>""".encode()


def _html_page(story: Story) -> bytes:
    chapters = "".join(
        f"<h2>Chapter {n}</h2>{_print(c)}" for n, c in enumerate(story.chapters, start=1)
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{story.title}</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>{story.title}</h1><p>by {story.author}</p>{chapters}</article>
</body></html>""".encode()


def _opf(story: Story, names: list[str], metadata: str, ident: str = "uid") -> str:
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="{ident}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{story.title}</dc:title>
<dc:creator>{story.author}</dc:creator><dc:language>en</dc:language>{metadata}</metadata>
<manifest>{items}</manifest><spine>{spine}</spine></package>"""


def _page(title: str, body: str) -> str:
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head>{body}'
        "</html>"
    )


def _epub(story: Story) -> bytes:
    names = [f"part{n}.xhtml" for n in range(1, len(story.chapters) + 1)]
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER}
    members["content.opf"] = _opf(story, names, "")
    for n, (name, chapter) in enumerate(zip(names, story.chapters, strict=True), start=1):
        members[name] = _page(f"{n}", f"<body><h2>Chapter {n}</h2>{_print(chapter)}</body>")
    return _zip(members)


def _fff_epub(story: Story) -> bytes:
    names = [f"OEBPS/file{n:04}.xhtml" for n in range(1, len(story.chapters) + 1)]
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER}
    members["content.opf"] = _opf(
        story,
        ["OEBPS/title_page.xhtml", *names],
        '<dc:identifier id="fanficfare-uid">fanficfare-uid:www.example.org-u7-s42'
        "</dc:identifier><dc:contributor>FanFicFare [https://github.com/JimmXinu/FanFicFare]"
        "</dc:contributor>",
        "fanficfare-uid",
    )
    members["OEBPS/title_page.xhtml"] = _page(
        story.title,
        f'<body class="fff_titlepage"><h3><a href="https://www.example.org/s/42">{story.title}</a>'
        f' by <a class="authorlink" href="https://www.example.org/u/7">{story.author}</a></h3>'
        "<div><b>Category:</b> Dracula<br/><b>Status:</b> Completed<br/></div></body>",
    )
    for n, (name, chapter) in enumerate(zip(names, story.chapters, strict=True), start=1):
        members[name] = _page(
            f"{n}",
            f'<body class="fff_chapter"><h3 class="fff_chapter_title">{n}. Part {n}</h3>'
            f"{_print(chapter)}</body>",
        )
    return _zip(members)


def _text(story: Story) -> bytes:
    parts = [f"{story.title}\nby {story.author}\n\nRating: PG\nFandom: Dracula"]
    for n, chapter in enumerate(story.chapters, start=1):
        parts += [f"Chapter {n}", *map(_plain, chapter)]
    return "\n\n".join(parts).encode()


def _legacy_text(story: Story) -> bytes:
    return _text(story).decode().encode("cp1252", "replace")


def _wrapped_text(story: Story) -> bytes:
    wrapped = (textwrap.fill(part, 72) for part in _text(story).decode().split("\n\n")[1:])
    return "\n\n".join([f"{story.title}\nby {story.author}", *wrapped]).encode()


def _markdown(story: Story) -> bytes:
    parts = [f"---\ntitle: {story.title}\nauthor: {story.author}\n---"]
    for n, chapter in enumerate(story.chapters, start=1):
        parts += [f"## Chapter {n}", *map(_plain, chapter)]
    return "\n\n".join(parts).encode()


def _docx(story: Story) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rows = []
    for n, chapter in enumerate(story.chapters, start=1):
        rows.append(
            '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
            f"<w:r><w:t>Chapter {n}</w:t></w:r></w:p>"
        )
        rows += [
            f'<w:p><w:r><w:t xml:space="preserve">{escape(_plain(p))}</w:t></w:r></w:p>'
            for p in chapter
        ]
    return _zip({
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        ),
        "word/document.xml": f"<w:document {space}><w:body>{''.join(rows)}</w:body></w:document>",
    })  # fmt: skip


def _odt(story: Story) -> bytes:
    rows = []
    for n, chapter in enumerate(story.chapters, start=1):
        rows.append(f'<text:h text:outline-level="1">Chapter {n}</text:h>')
        rows += [f"<text:p>{escape(_plain(p))}</text:p>" for p in chapter]
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text")
    )
    return _zip({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"<office:document-content{spaces}><office:body><office:text>{''.join(rows)}"
            "</office:text></office:body></office:document-content>"
        ),
    })  # fmt: skip


def _rtf(story: Story) -> bytes:
    rows = []
    for n, chapter in enumerate(story.chapters, start=1):
        rows += [f"Chapter {n}", *map(_plain, chapter)]
    body = "\\par\n".join(
        "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in row) for row in rows
    )
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Times;}}}}\n{body}\\par}}".encode()


@dataclass(frozen=True, slots=True)
class Form:
    """Shape: `reader` the one that has to read it; `markup` how its floor is parsed."""

    name: str
    reader: str
    markup: str
    write: Callable[[Story], bytes]


def _ao3_page(story: Story) -> bytes:
    words = sum(len(_plain(p).split()) for chapter in story.chapters for p in chapter)
    return write_page(len(story.title), words).encode()


FORMS: Final = (
    Form("saved AO3 page", "ao3-page", "html", _ao3_page),
    Form("AO3 HTML download", "ao3-download", "html", _ao3_download),
    Form("fanfiction.net page", "ffn-page", "html", _ffn_page),
    Form("any other page", "html-page", "html", _html_page),
    Form("EPUB", "epub", "zip", _epub),
    Form("FanFicFare EPUB", "fff-epub", "zip", _fff_epub),
    Form("DOCX", "docx", "xml", _docx),
    Form("ODT", "odt", "xml", _odt),
    Form("RTF", "rtf", "text", _rtf),
    Form("Markdown", "markdown", "text", _markdown),
    Form("text, UTF-8", "plain-text", "text", _text),
    Form("text, wrapped", "plain-text", "text", _wrapped_text),
    Form("text, cp1252", "plain-text", "text", _legacy_text),
)
