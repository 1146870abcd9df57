"""What is public is documented, what is documented is true."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("demo/*.md")])


def _reference() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location(
        "write_reference", ROOT / "tools" / "write_reference.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: module.NOTICE + write() for name, write in module.PAGES.items()}


def test_reference_is_what_the_source_says() -> None:
    for name, text in _reference().items():
        written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
        assert written == text, f"docs/reference/{name} is behind the source: run “make docs”"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (path.parent / target).exists(), target


def test_every_make_target_in_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    assert len(targets) <= 10, "ten targets at most"
    for path in DOCUMENTS:
        for target in re.findall(r"`make ([a-z-]+)", path.read_text("utf-8")):
            assert target in targets, (path.name, target)


def test_every_command_in_the_documents_exists() -> None:
    from hogarth.cli.main import COMMANDS

    names = {row.name for row in COMMANDS}
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        for line in re.findall(r"^(?:\$ )?hogarth (.+)$", text, flags=re.MULTILINE):
            words = re.sub(r"--(?:data|as)[ =]\S+", "", line).split()
            first = words[0] if words else ""
            assert first in names or first.startswith("-"), (path.name, line)


def test_decisions_are_numbered_and_told_apart() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]
    assert numbers == list(range(1, len(numbers) + 1))
    for path in records:
        text = path.read_text("utf-8")
        assert re.match(rf"# {path.name[:4]}: ", text), path.name


def test_every_dependency_has_its_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra, rows in project["optional-dependencies"].items():
        wanted += [row for row in rows if not row.startswith("hogarth")] if extra else []
    text = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text("utf-8").casefold()
    for row in wanted:
        name = re.split(r"[\[<>=!~ ]", row)[0]
        assert f"| {name} |" in text, name


def test_continuous_integration_runs_the_readme_test_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in readme
    assert re.search(r"^HOGARTH_SKIP_NOTHING=1 make test$", script, flags=re.MULTILINE)
    assert "make check" in script
