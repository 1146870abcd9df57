"""From the name or code of a language, as files state it, to a BCP 47 tag."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
_JOINED: Final = re.compile(r"([a-z]{2})([A-Z]{2})")

#: Old, bibliographic and three-letter codes → the tag in use.
_CODES: Final = {
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "eng": "en", "fre": "fr",
    "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "ita": "it", "por": "pt", "rus": "ru",
    "jpn": "ja", "chi": "zh", "zho": "zh", "kor": "ko", "dut": "nl", "nld": "nl", "pol": "pl",
    "heb": "he", "ara": "ar", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "hun": "hu",
    "cze": "cs", "ces": "cs", "gre": "el", "ell": "el", "tur": "tr", "vie": "vi", "tha": "th",
    "ukr": "uk", "rum": "ro", "ron": "ro", "cat": "ca", "lat": "la", "epo": "eo", "kur": "ku",
}  # fmt: skip

#: Names of languages, in English and in their own words, as archives print them.
_NAMES: Final = {
    "english": "en", "deutsch": "de", "german": "de", "français": "fr", "francais": "fr",
    "french": "fr", "español": "es", "espanol": "es", "spanish": "es", "italiano": "it",
    "italian": "it", "português brasileiro": "pt-BR", "português europeu": "pt-PT",
    "português": "pt", "portuguese": "pt", "русский": "ru", "russian": "ru", "українська": "uk",
    "ukrainian": "uk", "беларуская": "be", "български": "bg", "bulgarian": "bg", "македонски": "mk",
    "српски": "sr", "srpski": "sr", "hrvatski": "hr", "bosanski": "bs", "slovenščina": "sl",
    "slovenčina": "sk", "čeština": "cs", "czech": "cs", "polski": "pl", "polish": "pl",
    "magyar": "hu", "hungarian": "hu", "română": "ro", "romanian": "ro", "ελληνικά": "el",
    "greek": "el", "türkçe": "tr", "turkish": "tr", "עברית": "he", "hebrew": "he",
    "العربية": "ar", "arabic": "ar", "فارسی": "fa", "persian": "fa", "farsi": "fa", "اردو": "ur",
    "हिन्दी": "hi", "hindi": "hi", "বাংলা": "bn", "தமிழ்": "ta", "ไทย": "th", "thai": "th",
    "tiếng việt": "vi", "vietnamese": "vi", "bahasa indonesia": "id", "indonesian": "id",
    "bahasa malaysia": "ms", "filipino": "fil", "wikang filipino": "fil", "日本語": "ja",
    "japanese": "ja", "한국어": "ko", "korean": "ko", "中文": "zh", "chinese": "zh",
    "中文-普通话 國語": "zh", "中文-普通话": "zh", "中文-廣東話 粵語": "yue",
    "中文-吴语 吳語": "wuu", "中文-客家话": "hak", "中文-闽南话 臺語": "nan",
    "nederlands": "nl", "dutch": "nl", "afrikaans": "af", "svenska": "sv", "swedish": "sv",
    "dansk": "da", "danish": "da", "norsk": "no", "norwegian": "no", "íslenska": "is",
    "icelandic": "is", "suomi": "fi", "finnish": "fi", "eesti keel": "et", "latviešu valoda": "lv",
    "lietuvių kalba": "lt", "gaeilge": "ga", "gàidhlig": "gd", "cymraeg": "cy", "brezhoneg": "br",
    "euskara": "eu", "galego": "gl", "català": "ca", "catalan": "ca", "esperanto": "eo",
    "lingua latina": "la", "latin": "la", "quenya": "qya", "sindarin": "sjn",
    "punjabi": "pa", "albanian": "sq", "serbian": "sr", "croatian": "hr", "bosnian": "bs",
    "lithuanian": "lt", "latvian": "lv", "estonian": "et", "welsh": "cy", "irish": "ga",
    "malay": "ms", "urdu": "ur", "slovak": "sk", "slovene": "sl", "slovenian": "sl",
    "macedonian": "mk", "basque": "eu", "galician": "gl", "bengali": "bn", "tamil": "ta",
    "tagalog": "tl", "belarusian": "be",
    "thlingan-hol": "tlh", "tlhingan-hol": "tlh", "klingon": "tlh",
}  # fmt: skip

#: Codes that say only that nobody said.
_NO_LANGUAGE: Final = frozenset({"und", "mul", "mis", "zxx"})


def language_tag(stated: str | None) -> str | None:
    """The BCP 47 tag for a stated name or code, or None when it is neither."""
    if stated is None or not (stated := stated.strip()):
        return None
    named = _NAMES.get(stated.casefold())
    if named:
        return named
    # Some archives write "ptBR" for what is "pt-BR".
    joined = _JOINED.fullmatch(stated)
    if joined:
        return f"{joined[1]}-{joined[2]}"
    found = _TAG.fullmatch(stated)
    if found is None:
        return None
    code = found[1].lower()
    if code in _NO_LANGUAGE:
        return None
    parts = [_CODES.get(code, code)]
    if found[2]:
        parts.append(found[2].title())
    if found[3]:
        parts.append(found[3].upper())
    return "-".join(parts)
