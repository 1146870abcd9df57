"""The table of rules, and the one way to find what a text needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hogarth.manuscript import Manuscript
from hogarth.restoration import (
    alphabets,
    code_pages,
    debris,
    encoding,
    entities,
    escapes,
    heads,
    lines,
    marks,
    paragraphs,
    scene_breaks,
    typography,
    unseen,
)
from hogarth.restoration.applying import select
from hogarth.restoration.drafts import Draft
from hogarth.restoration.repairs import Repair


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of repair.

    Shape: `find` gives the repairs that a chapter needs, with places in its working text made by
    `Draft.propose`; `spaces_only` when they change white space alone; `on_demand` when they are
    only ever offered, and so many that nobody keeps them: they are found again when asked for.
    """

    name: str
    mends: str
    find: Callable[[Draft], Iterable[Repair]]
    spaces_only: bool = False
    on_demand: bool = False


#: In order: each sees the text as the certain repairs of those before it leave it.
RULES: Final[tuple[Rule, ...]] = (
    Rule("entities", "Signs of HTML that show as code.", entities.find_entities),
    Rule("escapes", "Characters that were written out as code.", escapes.find_escapes),
    Rule("alphabets", "Words of another alphabet.", alphabets.find_alphabets),
    Rule("encoding", "UTF-8 that was read as another encoding.", encoding.find_mojibake),
    Rule("marks", "Apostrophes and quotes that became other signs.", marks.find_lost_marks),
    Rule("code pages", "Marks that another code page made letters of.", code_pages.find_code_pages),
    Rule("unseen", "Characters that do not show.", unseen.find_unseen),
    Rule("lines", "Lines that a program broke.", lines.find_broken_lines, spaces_only=True),
    Rule("heads and notes", "What stands around the story.", heads.find_heads),
    Rule("debris", "What sites and tools left in the text.", debris.find_debris),
    Rule("scene breaks", "Scene breaks that are drawn.", scene_breaks.find_ornaments),
    Rule("paragraphs", "Paragraphs that were lost.", paragraphs.find_breaks, spaces_only=True),
    Rule(
        "typography",
        "What a printer would set otherwise.",
        typography.find_typewriting,
        on_demand=True,
    ),
)
#: What is looked for when a text comes in, and kept with it.
KEPT_RULES: Final = tuple(rule for rule in RULES if not rule.on_demand)


def find_repairs(
    manuscript: Manuscript,
    *,
    problems: Iterable[str] = (),
    rules: Sequence[Rule] = RULES,
) -> tuple[Repair, ...]:
    """All repairs, chapter by chapter, in the order of the rules. A sound text has none.

    Shape: `problems` the codes that reading gave; where repairs overlap, certain ones are
    kept before others, and an earlier rule's before a later one's.
    """
    known = frozenset(problems)
    found: list[Repair] = []
    for place, chapter in enumerate(manuscript.chapters):
        draft = Draft(chapter.text, place, manuscript, known)
        for rule in rules:
            draft.take(rule.find(draft))
        certain = [repair for repair in draft.repairs if repair.is_applied]
        found += select([*certain, *(r for r in draft.repairs if not r.is_applied)])
    return tuple(found)
