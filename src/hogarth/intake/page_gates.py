"""Pages of any site that hold no story, told apart by what they say."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from hogarth.errors import Unreadable
from hogarth.intake.elements import text_of
from hogarth.intake.refusals import refuse

#: Units: words. A page that only says why it shows nothing is shorter than this.
_LONGEST_PAGE: Final = 450
_LONGEST_GATE: Final = 200
#: Units: words. Nothing so short is a story with a notice above it.
_NO_STORY: Final = 60
#: Units: characters that are looked at.
_TOP: Final = 4_000
_MANY_LINKS: Final = 12


class Gate(NamedTuple):
    """Shape: patterns for lower-case text, of which one suffices."""

    code: str
    title: re.Pattern[str] | None
    words: re.Pattern[str] | None


def _any(lines: str) -> re.Pattern[str] | None:
    patterns = [line.strip() for line in lines.split("\n") if line.strip()]
    return re.compile("|".join(patterns)) if patterns else None


def _gate(code: str, title: str, words: str) -> Gate:
    return Gate(code, _any(title), _any(words))


#: The first row that fits wins.
_GATES: Final = (
    _gate(
        "no-story-browser-check",
        r"""^just a moment
        attention required!? \| cloudflare
        ^(?:ddos-guard|checking your browser|one moment, please|security check|verifying)
        please wait\W+ \| cloudflare
        are you a robot""",
        r"""checking your browser before
        enable javascript and cookies to continue
        verify(?:ing)? (?:that )?you are (?:a )?human
        unusual traffic from your
        ddos protection by""",
    ),
    _gate(
        "no-story-paid",
        "",
        r"""part of the paid stories program
        programa de historias pagadas
        unlock this (?:chapter|part|episode|story)
        this (?:chapter|part) is (?:locked|for (?:patrons|subscribers))
        subscribe to (?:read|unlock|continue)
        become a patron to
        this post is for paid subscribers""",
    ),
    _gate(
        "no-story-removed",
        r"""^(?:deleted|suspended) (?:journal|account)
        journal has been (?:deleted|suspended)""",
        r"""(?:(?:work|journal|post|entry) (?:has been|is)"""
        r"""|(?:story|deviation|chapter|fic|fanfic) (?:has been|was|is)) """
        r"""(?:removed|deleted|taken down|withdrawn|suspended)
        deleted and purged
        has been excluded from the wayback machine""",
    ),
    _gate(
        "no-story-not-found",
        r"""^(?:error )?404\b
        \b404 (?:not found|error)
        ^(?:page |story |file |work |object )?not found
        \b(?:page|story) not found
        does ?n[o']t exist""",
        r"""story not found
        was not found on this server
        404 not found
        (?:page|story|file|url|document|resource|site|user|entry)\b.{0,60}n[o']t be found
        no such (?:page|story|file|user|entry)
        (?:story|page|entry|chapter|fic) (?:you requested )?(?:does not|doesn't|no longer) exists?
        has not archived that url
        invalid story id
        whatever you were looking for doesn't""",
    ),
    _gate(
        "no-story-forbidden",
        r"""^(?:403\b|access denied|forbidden)
        \b403 forbidden""",
        r"""you don't have permission to access
        403 forbidden""",
    ),
    _gate(
        "no-story-site-error",
        r"""^(?:error )?50[0-9]\b
        \| 5[0-9][0-9]: \w
        ^(?:internal server error|bad gateway|service unavailable|gateway time-?out|database error)
        ^(?:bandwidth limit exceeded|account suspended|site (?:offline|maintenance)|maintenance)""",
        r"""internal server error
        50[234] (?:bad|service|gateway)
        error establishing a database
        the server encountered an
        bandwidth limit exceeded
        fatal error: |mysql_connect\(|too many connections
        this account has been suspended
        down for maintenance
        temporarily (?:offline|unavailable)""",
    ),
    _gate("no-story-retry-later", "^retry later", r"^retry later\.?$|too many requests"),
    _gate(
        "no-story-parked",
        r"""domain (?:name )?(?:is |may be )?for sale
        hugedomains""",
        r"""domain (?:name )?(?:is|may be) (?:available )?for sale
        buy this domain|parked free|domain parking
        this domain (?:has expired|is parked)""",
    ),
    _gate(
        "no-story-locked",
        r"""^(?:protected|locked|private) (?:post|entry|journal)
        ^permission denied""",
        r"""(?:post|entry|journal|page) (?:is|has been) (?:locked|protected|private|restricted)
        friends[- ](?:only|locked)
        not (?:authorized|allowed) to (?:view|see)
        do(?:n't| not) have permission to (?:view|see|read)
        password[- ]protected
        enter (?:the|your) password to view""",
    ),
    _gate(
        "no-story-adult-gate",
        r"""adult content (?:notice|warning)
        age (?:verification|statement|check)
        mature content""",
        r"""\b(?:you|i)\b[^.]{0,25} (?:over|at least|older than|of) (?:the )?(?:age of )?"""
        r"""(?:18|eighteen|13|17|21)\b
        18 (?:years )?(?:of age )?(?:or|and) (?:older|over)
        age verification|of legal age|ageconsent|age[- ]restricted|discretion advised
        inappropriate for (?:anyone|minors)
        (?:adult|mature|sensitive) content
        content (?:that )?may not be (?:appropriate|suitable)
        marked (?:this|it|as) .{0,40}adult
        i am (?:over )?18|are you 18
        contains? (?:adult|mature|explicit) (?:material|themes)
        not suitable for (?:minors|children)""",
    ),
    _gate(
        "no-story-login",
        r"""^(?:log|sign) ?in\b
        ^registration required""",
        r"""(?:must|need to|have to|please) (?:be )?(?:log(?:ged)?|sign(?:ed)?) ?in
        (?:log|sign) ?in to (?:continue|view|read|see)
        members only
        registered (?:users|members) only
        forgot(?:ten)? (?:your )?password""",
    ),
    _gate(
        "no-story-consent",
        r"""^(?:cookie|privacy|your) consent
        ^before you continue
        ^voordat je verder""",
        r"""before you continue to
        we value your privacy
        accept all cookies
        consent to the use of cookies
        cookies accepteren|voordat je verder""",
    ),
    _gate("no-story-contents", "", r"\d ?kb\s?-\s?\d{1,2}/\d{1,2}/\d{2,4}.{1,2000}?\d ?kb\s?-"),
    _gate("no-story-listing", r"^search (?:results|page|\|)", ""),
)


def find_gate(page: LexborHTMLParser) -> Unreadable | None:
    """Why this page shows no story, when its title or its frames say so and it says little else."""
    if page.css_first("frameset") is not None:
        return refuse("no-story-frames")
    if _is_longer(_words(page), _LONGEST_PAGE):
        return None
    title = _fold(text_of(page.css_first("title")))[:300]
    for gate in _GATES:
        if gate.title is not None and gate.title.search(title):
            return refuse(gate.code)
    return None


def find_gate_in(words: str) -> Unreadable | None:
    """Why a text is no story but a notice, when it is short and says so."""
    if _is_longer(words, _LONGEST_GATE):
        return None
    said = _fold(words)[:_TOP]
    for gate in _GATES:
        if gate.words is None or not gate.words.search(said):
            continue
        # Sites say these beside their stories too.
        soft = gate.code in ("no-story-consent", "no-story-login")
        if not (soft and _is_longer(words, _NO_STORY)):
            return refuse(gate.code)
    return None


def explain_empty(page: LexborHTMLParser, links: int) -> Unreadable:
    """Why a page without a text holds none. Shape: `links` it had before it was cleared."""
    known = find_gate(page) or find_gate_in(" ".join(_words(page).split()[:_LONGEST_GATE]))
    return known or refuse("no-story-listing" if links >= _MANY_LINKS else "no-story")


def _words(page: LexborHTMLParser) -> str:
    return page.body.text(separator=" ") if page.body is not None else ""


def _is_longer(words: str, count: int) -> bool:
    return len(words.split(None, count)) > count


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold().replace("’", "'")
