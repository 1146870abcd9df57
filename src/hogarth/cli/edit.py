"""`hogarth edit`: correct what the archive says of works."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from hogarth.cli.archive import opened
from hogarth.cli.batches import add_batch_arguments, do_each, work_numbers
from hogarth.cli.words import gettext as _
from hogarth.cli.words import gettext_noop as _noop
from hogarth.cli.words import told
from hogarth.errors import Invalid, NotFound

if TYPE_CHECKING:
    from hogarth.people.models import Account
    from hogarth.works.values import Blurb, Done

#: Option → (field, sentence): one value. "" clears a field that may be empty.
_ONE: Final = {
    "--title": ("title", _noop("The title.")),
    "--summary": ("summary", _noop("The summary, as text or HTML.")),
    "--language": ("language", _noop("The language, such as en or pt-BR.")),
    "--status": ("status", _noop("complete, in-progress, abandoned or unknown.")),
    "--published": ("published", _noop("The day it was first published, such as 2024-02-29.")),
    "--updated": ("updated", _noop("The day it was last changed by its author.")),
}
#: The same, for options that may be repeated: together they replace the whole list.
_MANY: Final = {
    "--author": ("authors", _noop("An author; repeat it for more. Together they replace all.")),
    "--rating": ("rating", _noop("A rating; ratings replace all.")),
    "--warning": ("warnings", _noop("A warning; warnings replace all.")),
    "--category": ("categories", _noop("A category; categories replace all.")),
    "--fandom": ("fandoms", _noop("A fandom; fandoms replace all.")),
    "--relationship": ("relationships", _noop("A relationship; relationships replace all.")),
    "--character": ("characters", _noop("A character; characters replace all.")),
    "--freeform": ("freeforms", _noop("A freeform tag; freeforms replace all.")),
    "--genre": ("genres", _noop("A genre; genres replace all.")),
    "--series": ("series", _noop("A series such as “Title #3”; series replace all.")),
}
_FLAGS: Final = {
    "--anonymous": ("anonymous", _noop("Keep its authors' names from readers.")),
    "--unrevealed": ("unrevealed", _noop("Keep the work from readers until it is revealed.")),
    "--hidden": ("hidden", _noop("Hide it, as a moderator.")),
}
#: Kind of tag, as --add-tag names it → field.
_TAG_FIELDS: Final = {
    "rating": "rating",
    "warning": "warnings",
    "category": "categories",
    "fandom": "fandoms",
    "relationship": "relationships",
    "character": "characters",
    "freeform": "freeforms",
    "genre": "genres",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which works, and what to correct."""
    add_batch_arguments(parser)
    for name, (field, sentence) in _ONE.items():
        parser.add_argument(name, dest=field, metavar="TEXT", help=_(sentence))
    for name, (field, sentence) in _MANY.items():
        parser.add_argument(name, dest=field, metavar="NAME", action="append", help=_(sentence))
    parser.add_argument(
        "--add-tag",
        metavar="KIND:NAME",
        action="append",
        default=[],
        help=_("Add a tag and leave the others, such as fandom:Emma."),
    )
    parser.add_argument(
        "--remove-tag",
        metavar="KIND:NAME",
        action="append",
        default=[],
        help=_("Remove a tag and leave the others."),
    )
    for name, (field, sentence) in _FLAGS.items():
        parser.add_argument(
            name, dest=field, action=argparse.BooleanOptionalAction, help=_(sentence)
        )


def perform(arguments: argparse.Namespace) -> int:
    """Correct the works named, tell what became of each."""
    numbers = work_numbers(arguments.works)
    fields = [field for field, _sentence in (*_ONE.values(), *_MANY.values(), *_FLAGS.values())]
    given = {field: getattr(arguments, field) for field in fields}
    changes = {field: value for field, value in given.items() if value is not None}
    added, removed = _tags(arguments.add_tag), _tags(arguments.remove_tag)
    if not (changes or added or removed):
        raise Invalid("There is nothing to change.", "“hogarth edit --help” lists the fields.")
    with opened(arguments) as account:
        from hogarth.works import publishing

        def act(some: Sequence[int]) -> Iterable[Done]:
            if not (added or removed):
                return publishing.edit(some, by=account, changes=changes)
            return [_retag(number, account, changes, added, removed) for number in some]

        return do_each(numbers, act, _("Corrected %(number)s: %(title)s"), as_json=arguments.json)


def _tags(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Shape: (field, name) for each KIND:NAME. Raises: Invalid."""
    found = []
    for text in texts:
        kind, _colon, name = text.partition(":")
        if kind.strip() not in _TAG_FIELDS or not name.strip():
            raise Invalid(
                "“%(text)s” is no tag with its kind.",
                "Write KIND:NAME, where the kind is one of: %(kinds)s.",
                code="bad-tag", text=text[:80], kinds=", ".join(_TAG_FIELDS),
            )  # fmt: skip
        found.append((_TAG_FIELDS[kind.strip()], " ".join(name.split())))
    return found


def _retag(
    number: int,
    account: Account,
    changes: dict[str, Any],
    added: list[tuple[str, str]],
    removed: list[tuple[str, str]],
) -> Done:
    """Correct one work whose present tags matter."""
    from hogarth.works import publishing, queries
    from hogarth.works.access import viewer_of
    from hogarth.works.values import Done

    try:
        blurb = queries.blurb(number, viewer=viewer_of(account))
    except NotFound as error:
        message, hint = told(error)
        return Done(number, None, done=False, problem=error.code, message=message, hint=hint)
    lists = {
        field: changes.get(field, _present(blurb, field)) for field, _name in (*added, *removed)
    }
    for field, name in added:
        lists[field] = [*lists[field], name]
    for field, name in removed:
        lists[field] = [kept for kept in lists[field] if kept.casefold() != name.casefold()]
    return publishing.edit([number], by=account, changes={**changes, **lists})[0]


def _present(blurb: Blurb, field: str) -> list[str]:
    kind = next(kind for kind, name in _TAG_FIELDS.items() if name == field)
    return [tag.name for tag in blurb.tags_of(kind)]
