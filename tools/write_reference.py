"""Write docs/reference from the tables themselves. `make docs` runs it; a test compares.

Nothing here knows a fact of its own: options come from config.OPTIONS, commands from the
command's parsers, problem codes from the sentences in the source, addresses from urlpatterns.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
SOURCE = ROOT / "src" / "hogarth"
FAMILIES = {"Unreadable", "Invalid", "NotFound", "Refused", "Conflict", "Unavailable"}
NOTICE = "<!-- Written by `make docs`. Change the source it is made from. -->\n\n"


def write_options() -> str:
    """Every setting: name, variable, default, meaning."""
    from hogarth.config import OPTIONS

    lines = [
        "# Options\n\n",
        "Write an option in `hogarth.toml` in the data directory, or set its variable in the\n",
        "environment, which wins. Sizes may be written `256M`.\n\n",
        "| option | variable | default | meaning |\n|---|---|---|---|\n",
    ]
    for option in OPTIONS:
        default = _default(option.kind, option.default)
        lines.append(f"| `{option.name}` | `{option.variable}` | {default} | {option.meaning} |\n")
    lines.append(
        "\nThe data directory itself is `--data`, else `HOGARTH_DATA`, else"
        " `$XDG_DATA_HOME/hogarth`.\n"
    )
    return "".join(lines)


def _default(kind: str, value: object) -> str:
    if kind == "bytes" and isinstance(value, int):
        for size, unit in ((2**30, "G"), (2**20, "M"), (2**10, "K")):
            if value % size == 0:
                return f"`{value // size}{unit}`"
    if isinstance(value, bool):
        return "`yes`" if value else "`no`"
    return f"`{value}`" if value not in ("", ()) else "none"


def write_command() -> str:
    """The command and all its sub-commands, from their parsers."""
    from hogarth.cli.main import build_parser

    parser = build_parser()
    parts = ["# The command\n\n", f"{parser.description}\n\n" if parser.description else ""]
    parts += ["## Everywhere\n\n", _arguments(parser)]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                usage = " ".join(sub.format_usage().removeprefix("usage: ").split())
                parts.append(f"## `{name}`\n\n{sub.description or ''}\n\n```\n{usage}\n```\n\n")
                parts.append(_arguments(sub))
    parts.append(
        "## Exit codes\n\n| code | meaning |\n|---|---|\n"
        "| 0 | all landed, or was known |\n| 1 | some were refused |\n| 2 | used wrongly |\n"
        "| 3 | the archive cannot be used |\n| 130 | interrupted |\n"
    )
    return "".join(parts)


def _arguments(parser: argparse.ArgumentParser) -> str:
    rows = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        if action.help == argparse.SUPPRESS:
            continue
        names = ", ".join(f"`{name}`" for name in action.option_strings) or (
            f"`{action.metavar or action.dest}`"
        )
        help_text = (action.help or "") % {**vars(action), "prog": parser.prog}
        rows.append(f"| {names} | {help_text} |\n")
    return "".join(["| argument | meaning |\n|---|---|\n", *rows, "\n"]) if rows else ""


def write_problems() -> str:
    """Every code: of texts that were read all the same, and of refusals."""
    from hogarth.intake import PROBLEMS
    from hogarth.intake.refusals import REFUSALS

    lines = [
        "# Problems and refusals\n\n",
        "Codes never change their meaning.\n\n## Texts that were read all the same\n\n",
        "| code | what is wrong | what can be done |\n|---|---|---|\n",
    ]
    lines += [f"| `{code}` | {what} | {hint} |\n" for code, (what, hint) in PROBLEMS.items()]
    lines += ["\n## Files that are refused\n\n", "| code | why | what to do |\n|---|---|---|\n"]
    lines += [f"| `{code}` | {what} | {hint} |\n" for code, (what, hint) in REFUSALS.items()]
    lines += ["\nWhere it says %(…)s, the message names the thing itself.\n\n## Other refusals\n\n"]
    lines.append("| code | what happened | what to do |\n|---|---|---|\n")
    refusals = {row[0]: row for path in sorted(SOURCE.rglob("*.py")) for row in _refusals(path)}
    lines += [f"| `{code}` | {what} | {hint} |\n" for code, what, hint in sorted(refusals.values())]
    return "".join(lines)


def _refusals(path: Path) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        codes = [k.value for k in node.keywords if k.arg == "code"]
        if node.func.id in FAMILIES and codes and isinstance(codes[0], ast.Constant):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            what, hint = [*map(str, texts), "", ""][:2]
            yield str(codes[0].value), what, hint


def write_repairs() -> str:
    """Every code of a repair with its family, from their tables."""
    from hogarth.restoration import APPLIED, CODES, FAMILIES, RULES

    lines = [
        "# Repairs\n\n",
        f"A repair that is certain in {round(100 * APPLIED)} of 100 cases or more is done on\n",
        "import; others are offered. See [mending damaged texts](../guide/restore.md).\n",
    ]
    for letter, family in FAMILIES.items():
        lines.append(f"\n## {family}\n\n| code | reason |\n|---|---|\n")
        lines += [f"| `{c}` | {why} |\n" for c, why in CODES.items() if c[0] == letter]
    lines.append("\n## Rules, in the order in which they look\n\n| rule | mends |\n|---|---|\n")
    lines += [f"| {rule.name} | {rule.mends} |\n" for rule in RULES]
    return "".join(lines)


def write_readers() -> str:
    """Every reader in the order of trial, from READERS."""
    from hogarth.intake import READERS

    lines = [
        "# Readers\n\n",
        "In the order in which they are tried; those that take bytes come first. How sure it is\n",
        "that a file is of this kind once it was recognised: *sure* by marks that only this\n",
        "maker leaves, *likely* by marks that others may leave too, *fallback* when nothing\n",
        "else fits.\n\n",
        "| reader | reads | takes | how sure |\n|---|---|---|---|\n",
    ]
    lines += [f"| `{r.name}` | {r.reads} | {r.takes} | {r.sure} |\n" for r in READERS]
    return "".join(lines)


def write_manuscript() -> str:
    """The manuscript's fields, from its dataclasses."""
    from hogarth.manuscript import ROLES, STATUSES, TAG_KINDS, shape

    lines = [
        "# The manuscript\n\n",
        "What `hogarth read --json` and `hogarth show --json` give, and `manuscript.from_json`\n",
        "takes. Unknown is `null`, never absent. `summary`, `notes`, `end_notes` and `html` are\n",
        "canonical HTML; every other string is plain text; dates are ISO 8601. In JSON an asset\n",
        "carries its bytes as base64 in `data` and their SHA-256 in `digest`, a manuscript its\n",
        "`words`, a chapter its `words` and `paragraphs` (how many), all three counted anew when\n",
        "read back.\n\n",
    ]
    kinds = (
        shape.Manuscript, shape.Chapter, shape.Credit, shape.Tag, shape.SeriesPlace, shape.Dates,
        shape.Stated, shape.Asset,
    )  # fmt: skip
    for kind in kinds:
        lines.append(f"## {kind.__name__}\n\n")
        if kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}("):
            lines.append(" ".join(kind.__doc__.split()) + "\n\n")
        lines.append("| field | type |\n|---|---|\n")
        for field in dataclasses.fields(kind):
            shown = str(field.type).replace("|", "\\|")
            lines.append(f"| `{field.name}` | {shown} |\n")
        lines.append("\n")
    for name, values in (("Roles", ROLES), ("Statuses", STATUSES), ("Kinds of tag", TAG_KINDS)):
        lines.append(f"{name}: {', '.join(f'`{value}`' for value in values)}.\n\n")
    return "".join(lines).rstrip("\n") + "\n"


def write_addresses() -> str:
    """Every address of the site and what it shows, from urlpatterns."""
    from hogarth.web.urls import urlpatterns

    lines = ["# Addresses\n\n", "| address | what it shows |\n|---|---|\n"]
    for pattern in urlpatterns:
        says = (pattern.callback.__doc__ or "").strip().splitlines()
        lines.append(f"| `/{_plain(str(pattern.pattern))}` | {says[0] if says else ''} |\n")
    return "".join(lines)


def _plain(address: str) -> str:
    """The address as a person writes it: what varies in angle brackets, by its name alone."""
    address = re.sub(r"\(\?:-\(\?P<(\w+)>[^)]*\)\)\?", r"-<\1>", address)
    address = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", address)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", address).strip("^$")


PAGES = {
    "options.md": write_options,
    "command.md": write_command,
    "problems.md": write_problems,
    "repairs.md": write_repairs,
    "readers.md": write_readers,
    "manuscript.md": write_manuscript,
    "addresses.md": write_addresses,
}


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, write in PAGES.items():
        (REFERENCE / name).write_text(NOTICE + write(), "utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        os.environ["HOGARTH_DATA"] = data
        os.environ["DJANGO_SETTINGS_MODULE"] = "hogarth.settings"
        import django

        django.setup()
        main()
