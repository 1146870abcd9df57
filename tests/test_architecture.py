"""The shape of the house, held by tests: what design and contracts promise about the source."""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "hogarth"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)

FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "misc", "base", "core", "manager"}
LONGEST = 400
_FEW_LINES = 8


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_import_contracts_hold() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_module_is_short_named_well_and_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST, "split it into a package of the same name"
    assert path.stem not in FORBIDDEN_NAMES
    assert ast.get_docstring(_tree(path)), "a module begins with a sentence of what it is for"


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_public_functions_and_classes_have_docstrings(path: Path) -> None:
    tree = _tree(path)
    missing = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and not _speaks_for_itself(node)
    ]
    assert not missing


def _speaks_for_itself(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """A class that only lists typed fields, or a function of a few lines, needs no sentence."""
    if isinstance(node, ast.FunctionDef):
        return (node.end_lineno or 0) - node.body[0].lineno < _FEW_LINES
    return all(isinstance(part, ast.AnnAssign | ast.Assign | ast.ClassDef) for part in node.body)


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_no_hidden_effects(path: Path) -> None:
    """No signals, no save() overrides, no ready(), no get_ prefix of our own, no managers."""
    tree = _tree(path)
    text = path.read_text("utf-8")
    assert "django.db.models.signals" not in text
    assert "django.dispatch" not in text
    required_by_django = {"get_by_natural_key"}
    for function in _functions(tree):
        assert function.name not in {"save", "ready"}, function.name
        if function.name not in required_by_django:
            assert not function.name.startswith("get_"), function.name
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            assert not node.name.endswith(("Manager", "Helper", "Util")), node.name


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name == "__init__.py"], ids=_named
)
def test_package_faces_hold_no_logic(path: Path) -> None:
    if path.parent == SOURCE:
        return  # the root is lazy: it has the one function that makes it so
    body = _tree(path).body[1:]
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    assert all(isinstance(node, allowed) for node in body)


def test_tables_are_tuples_of_frozen_rows() -> None:
    from hogarth.cli.main import COMMANDS
    from hogarth.config import OPTIONS
    from hogarth.intake.readers import READERS

    for table in (OPTIONS, READERS, COMMANDS):
        assert isinstance(table, tuple)
        assert table
        for row in table:
            assert dataclasses.is_dataclass(row)
            with pytest.raises(dataclasses.FrozenInstanceError):
                row.name = "another"  # type: ignore[misc]  # that it fails is what is tested
        names = [row.name for row in table]
        assert len(set(names)) == len(names)


def test_pure_packages_need_no_django() -> None:
    """Reading a file must work, and start fast, without Django being there at all."""
    program = (
        "import sys; sys.modules['django'] = None; import hogarth; "
        "print(hogarth.read(b'One line of text.', name='a.txt').reader)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "plain-text", run.stderr


@pytest.mark.parametrize(
    "path", [path for path in MODULES if {"manuscript", "intake"} & set(path.parts)], ids=_named
)
def test_pure_modules_open_no_address(path: Path) -> None:
    assert "urllib.request" not in path.read_text("utf-8")


@pytest.mark.django_db
def test_one_migration_history_matches_the_tables() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_left_over_work() -> None:
    """What is not done has an issue, not a note in the source."""
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    places = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.css")]
    assert not [_named(path) for path in places if marks.search(path.read_text("utf-8"))]
