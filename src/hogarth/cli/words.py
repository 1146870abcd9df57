"""The command's sentences in the language of the terminal.

The standard library translates, from the same catalogue as Django, because `--help` and `read`
must not load Django. argparse's own sentences are looked up there too.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path
from typing import Final

from hogarth.errors import HogarthError

_DOMAIN: Final = "django"

_gettext.bindtextdomain(_DOMAIN, str(Path(__file__).parents[1] / "locale"))
_gettext.textdomain(_DOMAIN)

gettext = _gettext.gettext
ngettext = _gettext.ngettext


def gettext_noop(sentence: str) -> str:
    """Mark a sentence that is translated where it is shown."""
    return sentence


def told(error: HogarthError) -> tuple[str, str]:
    """What happened and what to do, translated and filled in. The hint may be ""."""
    return _filled(error.msgid, error.values), _filled(error.hint_msgid, error.values)


def _filled(msgid: str, values: dict[str, str | float]) -> str:
    if not msgid:
        return ""  # the catalogue answers "" with its own head
    sentence = gettext(msgid)
    return sentence % values if values else sentence
