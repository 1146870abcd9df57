"""The control words of RTF that stand for characters, for styles and for what is left out."""

from __future__ import annotations

from typing import Final

#: Words and symbols → the character that they stand for.
CHARACTERS: Final = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c",
    "ltrmark": "\u200e", "rtlmark": "\u200f", "~": "\u00a0", "_": "\u2011", "-": "\u00ad",
    "\\": "\\", "{": "{", "}": "}", "\t": "\t",
}  # fmt: skip

_NOWHERE_LINE: Final = (
    "header headerl headerr headerf footer footerl footerr footerf colortbl filetbl "
    "listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping "
    "datastore latentstyles annotation atnid atnauthor atnref atndate atnicn atrfstart "
    "atrfend atntime nonshppict nonesttables shprslt objdata objclass objname bkmkstart "
    "bkmkend xe tc tcn ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pn pnseclvl picprop "
    "fontemb panose falt background docvar xmlnstbl wgrffmtfilter mmath mailmerge private "
    "stylerestrictions template passwordhash operator company manager hlinkbase category "
    "comment nextfile do dptxbxtext blipuid sn "
)
#: Groups that are gone with all they hold.
NOWHERE: Final = frozenset(_NOWHERE_LINE.split())

#: Groups that a program may pass over, and this one does not.
SPOKEN_STARRED: Final = frozenset(
    {"fldinst", "shppict", "shpinst", "ud", "shptxt", "footnote", "cs", "ts"}
)

#: Words that mean something where text does not.
WIDE_WORDS: Final = frozenset({"ud", "shptxt"})

#: Words of the properties → how they are called here.
INFO: Final = {
    "title": "title",
    "author": "creator",
    "keywords": "keywords",
    "doccomm": "description",
    "creatim": "created",
    "revtim": "modified",
}
#: Parts of a day, in the order in which they come.
DAY_PARTS: Final = ("yr", "mo", "dy")
