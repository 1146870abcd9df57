"""Languages that files declare and their texts are not in."""

from __future__ import annotations

import pytest

from hogarth.intake.declared_language import doubt_language

ENGLISH = (
    "She had been told that the lamp was not to be lit before the bell, and for it to be lit now, "
    "in the middle of the afternoon, was a thing that they would all have to speak of. But he was "
    "at the door, and in his hand there was the key, and she said nothing to him of what it cost. "
)
SPANISH = (
    "La lámpara no debía encenderse antes de la campana, y sin embargo allí estaba, en mitad de la "
    "tarde, ardiendo como si alguien la hubiera llamado por su nombre. Él abrió la puerta con la "
    "llave en la mano, y ella no le dijo nada de lo que aquello iba a costarles a los dos. "
)
HEBREW = "המנורה לא הייתה אמורה לדלוק לפני הפעמון, ובכל זאת היא דלקה באמצע אחר הצהריים. "
RUSSIAN = "Лампу нельзя было зажигать до колокола, и всё-таки она горела посреди бела дня. "
LATIN = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut "
    "labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco. "
)


def _texts(one: str) -> list[str]:
    return [one * 8, one * 12]


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en", ENGLISH, None),
        ("en-GB", ENGLISH, None),
        ("en", HEBREW, "he"),
        ("en", RUSSIAN, "ru"),
        ("en", SPANISH, "es"),
        ("ar-SA", SPANISH, "es"),
        ("es", SPANISH, None),
        ("pt", SPANISH, None),
        ("he", HEBREW, None),
        ("en", LATIN, None),
        ("qya", HEBREW, None),
        ("ru", ENGLISH, "en"),
    ],
)
def test_doubt(declared: str, text: str, language: str | None) -> None:
    assert doubt_language(declared, _texts(text)) == language


def test_a_text_in_two_languages_is_not_doubted() -> None:
    assert doubt_language("en", [ENGLISH * 8, SPANISH * 8]) is None


def test_a_short_text_tells_nothing() -> None:
    assert doubt_language("en", [HEBREW]) is None
    assert doubt_language("en", []) is None


def test_signs_and_numbers_tell_nothing() -> None:
    assert doubt_language("en", ["* * * 1234 " * 200]) is None
