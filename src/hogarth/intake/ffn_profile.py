"""The block above a story on FanFiction.Net, on its pages and where tools copy it."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import attribute, first, inner_of, text_of
from hogarth.intake.facts import Facts
from hogarth.intake.ffn_line import read_ffn_line
from hogarth.manuscript import Credit, Tag, clean

_CROSSOVER: Final = re.compile(r"(?P<first>.+?) \+ (?P<second>.+?) Crossover", re.DOTALL)
#: The line is among the first.
_MOST_SPANS: Final = 20
_SUMMARY: Final = 'div.xcontrast_txt[style*="margin-top"], div.xcontrast_txt'


def read_ffn_profile(page: LexborHTMLParser | LexborNode) -> Facts | None:
    """Title, author, summary, fandoms and the line of facts, or None without such a block."""
    profile = page.css_first("#profile_top")
    if profile is None:
        return None
    spans = profile.css("span")[:_MOST_SPANS]
    line = next(filter(None, (read_ffn_line(text_of(node)) for node in spans)), None)
    facts = line or read_ffn_line(text_of(profile)) or Facts()
    facts.title = text_of(first(profile, "b.xcontrast_txt", "b"))
    author = profile.css_first('a[href*="/u/"]')
    if author is not None and text_of(author):
        facts.credits = [Credit(text_of(author))]
    summary = next((node for node in profile.css(_SUMMARY) if text_of(node)), None)
    facts.summary = clean(inner_of(summary)) or None
    facts.tags = [*read_ffn_fandoms(page), *facts.tags]
    return facts


def read_ffn_fandoms(page: LexborHTMLParser | LexborNode) -> list[Tag]:
    """The fandoms in the way to the story: “Books > Emma”, or “Emma + Persuasion Crossover”."""
    links = page.css("#pre_story_links a[href]")
    names = [text_of(link) for link in links if text_of(link)]
    if not names:
        return []
    crossed = _CROSSOVER.fullmatch(names[-1])
    # A fandom may have a plus in its name, so that more than one is not told apart.
    if crossed and names[-1].count(" + ") == 1:
        return [Tag("fandom", crossed["first"]), Tag("fandom", crossed["second"])]
    if "crossover" in attribute(links[-1], "href").casefold():
        return [Tag("fandom", names[-1].removesuffix(" Crossover"))]
    return [Tag("fandom", names[-1])]
