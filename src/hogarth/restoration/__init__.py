"""From a damaged manuscript to repairs, and from repairs to the restored one."""

from hogarth.restoration.applying import choose, restore
from hogarth.restoration.codes import CODES, FAMILIES
from hogarth.restoration.plain import Plain, list_paragraphs, restore_plain
from hogarth.restoration.repairs import APPLIED, Repair, from_row, to_row
from hogarth.restoration.rules import KEPT_RULES, RULES, Rule, find_repairs

__all__ = [
    "APPLIED",
    "CODES",
    "FAMILIES",
    "KEPT_RULES",
    "RULES",
    "Plain",
    "Repair",
    "Rule",
    "choose",
    "find_repairs",
    "from_row",
    "list_paragraphs",
    "restore",
    "restore_plain",
    "to_row",
]
