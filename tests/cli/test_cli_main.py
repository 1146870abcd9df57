"""The command itself: help, usage, exit codes, what a terminal is spared."""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import HOGARTH, type_alone

from hogarth.cli import main as command
from hogarth.cli.exit_codes import OF_FAMILY
from hogarth.cli.main import COMMANDS, build_parser, main
from hogarth.errors import HogarthError, Invalid, Refused, Unavailable


def _sub_parsers() -> dict[str, argparse.ArgumentParser]:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def test_help_names_every_command_and_exits_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for row in COMMANDS:
        assert f"    {row.name}\n" in shown or f"    {row.name} " in shown


def test_no_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: hogarth" in capsys.readouterr().err


@pytest.mark.parametrize(
    "typed",
    [
        ["brew"],
        ["import"],
        ["works", "--pages"],
        ["works", "--page", "x"],
        ["works", "--page", "1", "--all"],
        ["show"],
        ["show", "1", "--json", "--original"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_and_exits_2(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed) == 2
    assert "hogarth" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    import hogarth

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hogarth {hogarth.__version__}\n"


def test_every_argument_of_every_command_is_explained() -> None:
    parsers = _sub_parsers()
    assert list(parsers) == [row.name for row in COMMANDS]
    for name, parser in parsers.items():
        assert parser.description, name
        for action in parser._actions:
            assert action.help, (name, action.dest)


def test_help_loads_neither_django_nor_rich_and_is_quick() -> None:
    program = (
        "import sys, hogarth.cli.main as m; code = m.main(['--help']); "
        "heavy = {'django', 'rich', 'lxml', 'selectolax', 'granian'} & set(sys.modules); "
        "sys.stderr.write(','.join(sorted(heavy))); sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert run.returncode == 0
    assert run.stderr == b""
    costs = []
    for _attempt in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*HOGARTH, "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(costs) < 0.15, "seconds of CPU"


def test_every_family_of_error_has_its_exit_code() -> None:
    assert set(OF_FAMILY) == set(HogarthError.__subclasses__())


class _Module:
    """A command that ends as the test wants."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = "Ends."

    def perform(self, arguments: argparse.Namespace) -> int:
        assert not arguments.debug
        raise self.error


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Unavailable("The disk is full.", "Make room."), 3, "hogarth: The disk is full.\n  Make"),
        (Refused("You may not."), 1, "hogarth: You may not.\n"),
        (Invalid("%(x)s is nonsense.", x="7%"), 2, "hogarth: 7% is nonsense.\n"),
        (KeyError("lost"), 3, "a fault of its own"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_an_error_becomes_sentences_and_a_code(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = argparse.Namespace(debug=False)
    assert command._perform(_Module(error), arguments) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err
    assert "Traceback" not in printed.err


def test_sentences_are_printed_whatever_the_locale(tmp_path: Path) -> None:
    missing = tmp_path / "Ärger"
    for locale in ("C", "POSIX", "en_US.ISO-8859-1"):
        spoken = {"LC_ALL": locale, "PYTHONIOENCODING": "ascii"}
        ran = type_alone(missing, "works", environ=spoken)
        assert ran.code == 3
        assert "There is no archive in" in ran.told
        assert "Traceback" not in ran.told


def test_a_closed_pipe_is_met_in_silence(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The kettle sang.\n\nNobody came to listen to it that evening.\n", "utf-8")
    process = subprocess.Popen(
        [*HOGARTH, "read", "--json", *[str(story)] * 3],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 1
    assert told == b""


def test_what_is_printed_cannot_steer_a_terminal() -> None:
    from hogarth.cli.output import one_line, printable, say

    wicked = "\x1b]0;owned\x07Title\x9b31m\u202eeltit\r\n\ttab\udcff"
    assert printable(wicked) == "]0;ownedTitle31meltit \n tab"
    assert one_line(wicked) == "]0;ownedTitle31meltit tab"
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    say("Ærø \x1b[2J", to=stream)
    stream.flush()
    assert stream.buffer.getvalue() == b"?r? [2J\n"


def test_json_is_one_line_of_utf8(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from hogarth.cli.output import say_json

    record = {"title": "Ærø\u2028\x85\x9b31m\x1b[2J\nnext \udcff 𝄞"}
    say_json(record)
    printed = capsysbinary.readouterr().out
    assert printed.count(b"\n") == 1
    assert len(printed.decode("utf-8").splitlines()) == 1
    assert "Ærø".encode() in printed
    assert not {0x1B, 0x9B} & set(printed.decode("utf-8").encode("latin-1", "ignore"))
    assert json.loads(printed) == record
