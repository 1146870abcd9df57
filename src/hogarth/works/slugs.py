"""Addresses that can be read aloud: /tags/ID-slug. The ID alone decides."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """The text as the tail of an address: letters and digits of any script, hyphens between.

    Shape: lower case, at most 60 characters, "" when nothing is left.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return re.sub(r"[\W_]+", "-", plain)[:60].strip("-")
