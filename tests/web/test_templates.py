"""Templates hold no sentence that gettext does not see, and no style or script of their own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates

import hogarth.web

FOLDER = Path(hogarth.web.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
SHEET = FOLDER.parent / "static" / "style.css"

_TRANSLATED = re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
_CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_SPOKEN = {"alt", "aria-label", "aria-description", "content", "placeholder", "title", "value"}
#: What a machine reads: the command to type, and values of <meta> that are no sentences.
_NO_SENTENCES = {"hogarth import FOLDER", "width=device-width, initial-scale=1", "noindex"}


class _Sentences(HTMLParser):
    """Collects what a person would read: text between tags, and attributes that are spoken."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in _SPOKEN]


def _named(path: Path) -> str:
    return str(path.relative_to(FOLDER))


def _bare(source: str) -> list[str]:
    reader = _Sentences()
    reader.feed(_CODE.sub("", _TRANSLATED.sub("", source)))
    reader.close()
    spoken = (" ".join(text.split()) for text in reader.found)
    return [text for text in spoken if re.search(r"[^\W\d_]", text) and text not in _NO_SENTENCES]


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_every_sentence_is_translated(path: Path) -> None:
    assert not _bare(path.read_text("utf-8"))


def test_an_untranslated_sentence_would_be_found() -> None:
    assert _bare("<p>{% translate 'seen' %} missed</p>") == ["missed"]
    assert _bare('<a aria-label="missed">{{ name }}</a>') == ["missed"]
    assert not _bare("{% blocktranslate %}seen {{ by }}{% endblocktranslate %} · 12")


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_no_style_and_no_script_in_the_page(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"<(script|style|iframe|object)\b|\sstyle=|\son\w+=|javascript:", source)
    assert "|safe" not in source
    assert "autoescape off" not in source


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_every_template_compiles(path: Path) -> None:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    engine.get_template(_named(path))


def test_the_sheet_is_small_and_asks_nobody_else() -> None:
    sheet = SHEET.read_text("utf-8")
    assert len(sheet.encode()) <= 20 * 1024
    assert not re.search(r"url\(|@import|@font-face", sheet)
    assert "var(--" not in sheet  # an e-reader's browser would show no colour at all
