"""The interface's words: every code has some, and languages know which way they run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hogarth.intake
from hogarth.intake.readers import READERS
from hogarth.manuscript import ROLES, STATUSES, TAG_KINDS
from hogarth.web import words
from hogarth.works import merging


def test_every_code_has_its_word() -> None:
    assert set(words.TAG_KINDS) == set(TAG_KINDS)
    assert set(words.ROLES) == set(ROLES)
    assert set(words.STATUSES) == set(STATUSES) - {"unknown"}
    assert set(words.READERS) == {reader.name for reader in READERS}


def test_every_field_has_its_word() -> None:
    stated = {"words", "kudos", "hits", "comments", "bookmarks"}
    assert set(words.FIELDS) == set(merging.FIELDS) - set(TAG_KINDS) | stated


def test_every_fact_a_reader_names_has_its_word() -> None:
    folder = Path(hogarth.intake.__file__).parent
    named = {
        fact
        for path in folder.glob("*.py")
        for fact in re.findall(r'Evidence\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    assert named
    assert named == set(words.FACTS)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"),
        ("yi", "rtl"), ("zh-Hant", "ltr"), ("", "auto"), (None, "auto"), ("x-klingon", "ltr"),
    ],
)  # fmt: skip
def test_direction_of_a_language(tag: str | None, direction: str) -> None:
    assert words.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"), ("de", "Deutsch"), ("DE", "Deutsch"), ("pt-BR", "Português Brasileiro"),
        ("zh", "中文"), ("zh-Hans", "简体中文"), ("en-XX", "English"), ("tlh", "tlh"),
    ],
)  # fmt: skip
def test_name_of_a_language(tag: str, name: str) -> None:
    assert words.language_name(tag) == name


@pytest.mark.parametrize(
    ("there", "planned", "said"),
    [
        (1, 1, ""), (1, None, ""), (3, 3, "3 chapters"), (3, None, "3 chapters"),
        (1, 5, "1 of 5 chapters"), (2, 7, "2 of 7 chapters"), (0, 1, "0 of 1 chapter"),
    ],
)  # fmt: skip
def test_how_many_chapters(there: int, planned: int | None, said: str) -> None:
    assert words.chapters(there, planned) == said
