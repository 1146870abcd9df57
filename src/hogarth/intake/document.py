"""What documents of word processors share: their blocks as a work with its head and chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hogarth.intake.blocks import Block, Note, drop_usual_blanks
from hogarth.intake.document_chapters import read_chapters
from hogarth.intake.document_head import read_document_head
from hogarth.intake.facts import Facts, fill_in, make_manuscript
from hogarth.intake.pictures import Pictures
from hogarth.intake.reading import Evidence, Found, Problem, Reading
from hogarth.intake.titles import title_from_name
from hogarth.manuscript import guess_language

#: Units: words that tell the language of the text.
_SAMPLE: Final = 4_000


@dataclass(slots=True)
class Document:
    """A document as its format has it.

    Shape: `notes` by the key that the text refers to; `facts` what its properties say, in which
    nobody's names and titles are left out; `title_is_sure` when somebody wrote its title there.
    """

    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    pictures: Pictures = field(default_factory=Pictures)
    evidence: list[Evidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    title_is_sure: bool = False


def tell_changes(document: Document, *, inserted: int, deleted: int, comments: int) -> None:
    """What is in the file beside the text as it stands, for the evidence."""
    if inserted or deleted:
        told = f"{inserted} inserted, {deleted} deleted"
        document.evidence.append(Evidence("tracked-changes", told))
    if comments:
        told = f"{comments} comments" if comments > 1 else "a comment"
        document.evidence.append(Evidence("left-out", told))


def read_document(found: Found, reader: str, document: Document) -> Reading:
    """The document as one work: title, byline and labelled lines above its text, its chapters.

    The document's blocks are used up.
    """
    blocks = drop_usual_blanks(document.blocks)
    document.blocks = []
    head = read_document_head(
        blocks, document.facts, title_from_name(found.name), sure=document.title_is_sure
    )
    del blocks
    facts = document.facts
    facts.language = _settle_language(facts.language, head.blocks)
    chapters = read_chapters(head.blocks, document.notes)
    problems = list(document.problems)
    if head.guessed:
        problems.append(Problem("title-guessed", head.facts.title))
    if len(chapters) == 1 and chapters[0].number > 1:
        problems.append(Problem("chapters-missing", f"chapter {chapters[0].number} alone"))
    if document.pictures.missing:
        problems.append(Problem("picture-missing", ", ".join(document.pictures.missing[:3])))
    manuscript = make_manuscript(head.facts, chapters, assets=document.pictures.assets)
    evidence = [*document.evidence, Evidence("title", head.place)]
    if head.labels:
        evidence.append(Evidence("header", ", ".join(head.labels)))
    return Reading(
        found.name, reader, (fill_in(manuscript, facts),), tuple(evidence), tuple(problems)
    )


def _settle_language(stated: str | None, blocks: Sequence[Block]) -> str | None:
    """The language that properties state, unless the text is plainly in another.

    Word processors state the language that they are set to, whatever is written.
    """
    if stated is None:
        return None
    words, texts = 0, []
    for block in blocks:
        texts.append(block.text)
        words += len(texts[-1].split())
        if words > _SAMPLE:
            break
    guessed = guess_language("\n".join(texts))
    return stated if guessed in (None, stated.partition("-")[0]) else guessed
