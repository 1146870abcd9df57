"""Saved pages of eFiction archives: a chapter, or the printable view of a whole story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qs

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hogarth.intake.elements import ancestors, attribute, classes, each, first, inner_of, text_of
from hogarth.intake.facts import Facts, make_manuscript, state
from hogarth.intake.headings import read_heading
from hogarth.intake.labels import Labelled
from hogarth.intake.main_text import clear_page
from hogarth.intake.page_gates import explain_empty, find_gate
from hogarth.intake.page_head import read_source, split_address, split_title_by
from hogarth.intake.page_labels import read_labels_in
from hogarth.intake.page_style import Style, read_style
from hogarth.intake.page_text import print_text
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.refusals import refuse
from hogarth.intake.tags import split_tags
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import Chapter, Credit, clean

_HINTS: Final = ("viewstory.php", "viewuser.php", "eFiction", "efiction")
_TEXT: Final = "#story, div.chapter, .story-text"
#: In the order of the page.
_PARTS: Final = f"{_TEXT}, div.chaptertitle, .chaptertitle, div.notes, div.storynotes, div.endnotes"
_TITLE: Final = "#pagetitle, .pagetitle, #titleinfo, .storytitle"
_FACTS: Final = ".storyinfo, .content, .infobox, .listbox, #sort, .boxtop, .gr, #output"
#: Boxes of facts that are read. A page of a story has a few.
_MOST_BOXES: Final = 20
_MOST_LABELS: Final = 200
_AUTHOR: Final = "a[href*='viewuser.php']"
_STORY: Final = "a[href*='viewstory.php?sid=']"
_CHOSEN: Final = re.compile(r"!=\s*['\"]?(\d{1,4})")
_OPTION: Final = re.compile(r"(\d{1,4})\.\s?(.*)", re.DOTALL)
_NUMBERED: Final = re.compile(r"(?P<number>\d{1,4})\s*[.:)]\s*(?P<title>.+)", re.DOTALL)
_ARCHIVED: Final = re.compile(r"https?://\S+?viewstory\.php\?sid=\d+", re.IGNORECASE)
_NOBODY: Final = frozenset({"none", "n/a", "-", ""})
#: Labels that are buttons and counts of the page, not facts of the story.
_BUTTONS: Final = frozenset({"report", "download", "table of contents", "bookmark", "challenges"})
#: Classes of tags there, and words about a text elsewhere.
_CLASSES: Final = frozenset({"setting", "settings", "timeline", "season"})
_READ: Final = frozenset({"read", "reads", "hits", "views"})


@dataclass(slots=True)
class _Draft:
    """A chapter as its parts are found."""

    title: str = ""
    notes: list[str] = field(default_factory=list)
    end_notes: list[str] = field(default_factory=list)
    html: str = ""


def recognise(found: Found) -> tuple[Evidence, ...] | None:
    """A page of the software with a story, an index of chapters, or a question for one's age."""
    if not found.is_markup or not any(hint in found.text for hint in _HINTS):
        return None
    page = found.page
    if first(page, *_TEXT.split(", ")) is not None and _has_title(page):
        return (Evidence("page", "a story on an eFiction archive"),)
    if page.css_first(_STORY) is not None and page.css_first(_AUTHOR) is not None:
        return (Evidence("page", "a page of an eFiction archive"),)
    if "ageconsent" in found.text:
        return (Evidence("page", "a question of an eFiction archive"),)
    return None


def read(found: Found) -> Reading:
    """The story on the page, one chapter of it or all.

    Raises: Unreadable, when the page asks for an age or lists stories or chapters.
    """
    page = found.page
    links = len(page.css("a[href]"))
    facts = _read_facts(page)
    facts.source = _address(page, found.text)
    number, label, posted = _chosen(page)
    style = read_style(page)
    if first(page, *_TEXT.split(", ")) is None:
        raise _explain(page, found.text, links)
    clear_page(page, style)
    pictures = Pictures()
    drafts = _read_drafts(page, style, pictures, facts)
    if not any(draft.html for draft in drafts):
        raise refuse("no-story-empty")
    names = [credit.name for credit in facts.credits]
    if len(drafts) == 1:
        drafts[0].title = label or drafts[0].title
        chapters = [_finish(drafts[0], number, names, facts.source)]
    else:
        chapters = [_finish(draft, at, names, facts.source) for at, draft in enumerate(drafts, 1)]
    return _assemble(found, facts, chapters, posted, pictures)


def _assemble(
    found: Found, facts: Facts, chapters: list[Chapter], posted: int, pictures: Pictures
) -> Reading:
    facts.posted = max(facts.posted or 0, posted, len(chapters))
    if facts.status == "complete":
        facts.expected = facts.posted
    problems = []
    if not facts.title:
        facts.title = title_from_name(found.name)
        problems.append(Problem("title-guessed", facts.title))
    if facts.posted > len(chapters):
        problems.append(Problem("chapters-missing", f"{len(chapters)} of {facts.posted}"))
    manuscript = replace(make_manuscript(facts, chapters), assets=pictures.assets)
    view = "entire work" if len(chapters) > 1 else f"chapter {chapters[0].number} alone"
    if facts.posted == 1:
        view = "single chapter"
    evidence = (Evidence("view", view),)
    return Reading(found.name, "efiction-page", (manuscript,), evidence, tuple(problems))


# --- the story ------------------------------------------------------------------------------------


def _has_title(page: LexborHTMLParser) -> bool:
    return first(page, "#pagetitle", ".pagetitle", _AUTHOR) is not None


def _read_facts(page: LexborHTMLParser) -> Facts:
    facts = Facts()
    _read_title(page, facts)
    rows: list[Labelled] = []
    for node in _boxes(page):
        rows += [row for row in read_labels_in(node) if row not in rows]
    summary = first(page, ".summarytext", ".summary")
    if summary is not None:
        facts.summary = clean(inner_of(summary)) or None
    known = [row for row in rows if row.value.casefold() not in _NOBODY]
    state(facts, [_as_count(row) for row in known if row.field not in ("author", "title", "aside")])
    for row in known:
        # Archives name classes of tags as they like.
        label = row.label.casefold()
        if label in _CLASSES or (not row.field and label not in _BUTTONS | _READ):
            facts.tags += split_tags("freeform", row.value)
    facts.tags = list(dict.fromkeys(facts.tags))
    return facts


def _boxes(page: LexborHTMLParser) -> list[LexborNode]:
    """The elements with labelled facts: those that skins are known to use, or any with labels."""
    known = each(page, _FACTS)[:_MOST_BOXES]
    if not known:
        holding = [label.parent for label in page.css(".label")[:_MOST_LABELS] if label.parent]
        known = list({node.mem_id: node for node in holding}.values())[:_MOST_BOXES]
    return [node for node in known if not _is_of_the_text(node)]


def _as_count(row: Labelled) -> Labelled:
    return row._replace(field="hits") if row.label.casefold() in _READ else row


def _read_title(page: LexborHTMLParser, facts: Facts) -> None:
    """“Title by Author”, in links of their own on most skins."""
    box = first(page, *_TITLE.split(", "))
    inside = box if box is not None else page.body
    story = inside.css_first(_STORY) if inside is not None and box is not None else None
    authors = [text_of(link) for link in inside.css(_AUTHOR)] if inside is not None else []
    parted = split_title_by(text_of(box)) or split_title_by(text_of(page.css_first("title")))
    facts.title = text_of(story) or (parted[0] if parted else text_of(box))
    if box is None:
        authors = authors[:1]
    names = [name for name in authors if name] or ([parted[1]] if parted else [])
    facts.credits = [Credit(name) for name in dict.fromkeys(names)]


def _is_of_the_text(node: LexborNode) -> bool:
    """Whether the element is inside of a text, or holds one."""
    if any(attribute(above, "id") == "story" for above in ancestors(node)):
        return True
    return any(inner.mem_id != node.mem_id for inner in node.css(_TEXT))


def _address(page: LexborHTMLParser, text: str) -> str | None:
    link = attribute(page.css_first(f"#pagetitle {_STORY}") or page.css_first(_STORY), "href")
    base = attribute(page.css_first("base[href]"), "href") or read_source(page, text) or ""
    parts = split_address(link, base) if link else split_address(base)
    if not parts.scheme.startswith("http"):
        stated = _ARCHIVED.search(text)
        parts = split_address(stated[0] if stated else "")
    number = parse_qs(parts.query).get("sid", [""])[0]
    if not parts.scheme.startswith("http") or not number.isdecimal():
        return None
    return f"{parts.scheme}://{parts.netloc}{parts.path}?sid={number}"


def _chosen(page: LexborHTMLParser) -> tuple[int, str, int]:
    """Number and title of the chapter that is shown, and how many there are."""
    select = first(page, "select[name=chapter]", ".jumpmenu select")
    if select is None:
        return 1, "", 0
    told = _CHOSEN.search(attribute(select, "onchange"))
    number, titles = int(told[1]) if told else 0, {}
    for option in select.css("option"):
        found = _OPTION.fullmatch(text_of(option))
        if found:
            titles[int(found[1])] = found[2].strip()
            if "selected" in option.attributes:
                number = int(found[1])
    number = number or 1
    return number, titles.get(number, ""), len(titles)


# --- chapters -------------------------------------------------------------------------------------


def _read_drafts(
    page: LexborHTMLParser, style: Style, pictures: Pictures, facts: Facts
) -> list[_Draft]:
    drafts: list[_Draft] = []
    waiting = _Draft()
    notes: list[str] = []
    for node in _parts(page):
        if "chaptertitle" in classes(node):
            waiting.title = text_of(node)
        elif _is_text(node):
            waiting.html, _ = print_text(node, style, pictures)
            drafts.append(waiting)
            waiting = _Draft()
        else:
            label, html = _read_note(node)
            if "story" in label and "end" not in label:
                notes.append(html)
            elif "end" in label and drafts:
                drafts[-1].end_notes.append(html)
            else:
                waiting.notes.append(html)
    facts.notes = "\n".join(filter(None, [facts.notes, *notes])) or None
    return drafts


def _parts(page: LexborHTMLParser) -> Iterator[LexborNode]:
    """Titles, notes and texts in order, each once; a frame of chapters is no text."""
    seen: set[int] = set()
    for node in page.css(_PARTS):
        if node.mem_id in seen or any(above.mem_id in seen for above in ancestors(node)):
            continue
        frames = [inner for inner in node.css("div.chapter") if inner.mem_id != node.mem_id]
        if _is_text(node) and frames:
            continue
        seen.add(node.mem_id)
        yield node


def _is_text(node: LexborNode) -> bool:
    return attribute(node, "id") == "story" or not classes(node).isdisjoint(
        {"chapter", "story-text"}
    )


def _read_note(node: LexborNode) -> tuple[str, str]:
    """The label in small letters, and what it says."""
    title = first(node, ".title", ".label", "b", "strong")
    label = text_of(title).casefold()
    info = node.css_first(".noteinfo")
    if info is None and title is not None and title.mem_id != node.mem_id:
        title.decompose()
    return label, clean(inner_of(info if info is not None else node))


def _finish(draft: _Draft, number: int, names: list[str], source: str | None) -> Chapter:
    title = draft.title
    for name in names:
        title = title.removesuffix(f" by {name}").strip()
    numbered = _NUMBERED.fullmatch(title)
    if numbered and int(numbered["number"]) == number:
        title = numbered["title"].strip()
    heading = read_heading(title) if title else None
    return Chapter(
        number=number,
        html=draft.html,
        title=heading.title_at(number) if heading else title or None,
        source=f"{source}&chapter={number}" if source else None,
        notes="\n".join(filter(None, draft.notes)) or None,
        end_notes="\n".join(filter(None, draft.end_notes)) or None,
    )


# --- pages without a story ------------------------------------------------------------------------


def _explain(page: LexborHTMLParser, text: str, links: int) -> Exception:
    gate = find_gate(page)
    if gate is not None:
        return gate
    if "ageconsent" in text or page.css_first("a[href*='warning=']") is not None:
        return refuse("no-story-adult-gate")
    stories = {attribute(link, "href").partition("&")[0] for link in page.css(_STORY)}
    if len(stories) == 1 and page.css_first("a[href*='chapter=']") is not None:
        return refuse("no-story-contents")
    if len(stories) > 1:
        return refuse("no-story-listing")
    return explain_empty(page, links)
