"""The permitted markup: what a text may hold, and how anything else becomes that."""

from hogarth.manuscript.markup.cleaning import clean
from hogarth.manuscript.markup.texts import blocks, plain_text
from hogarth.manuscript.markup.writer import Newlines

__all__ = ["Newlines", "blocks", "clean", "plain_text"]
