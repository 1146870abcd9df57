"""Every limit of reading is an option, and every such option is a limit."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

import pytest

from hogarth import config
from hogarth.intake import Limits
from hogarth.works.limits import limits_of

OPTIONS = {option.name: option for option in config.OPTIONS}


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_each_limit_follows_its_option(name: str, tmp_path: Path) -> None:
    option = OPTIONS[f"import_{name}"]
    least = option.least
    assert least is not None
    where = {"HOGARTH_DATA": str(tmp_path)}
    value = least if option.kind == "seconds" else int(least)
    chosen = limits_of(config.load({**where, option.variable: str(value)}))
    assert asdict(chosen) == {**asdict(limits_of(config.load(where))), name: value}


def test_the_options_begin_where_the_limits_do(tmp_path: Path) -> None:
    assert limits_of(config.load({"HOGARTH_DATA": str(tmp_path)})) == Limits()
