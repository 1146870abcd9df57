"""What a test run needs before Django reads its settings, and the fixtures that all tests share.

`HOGARTH_TEST_DATABASE=postgres` runs the suite on a PostgreSQL cluster made for it.
`HOGARTH_SKIP_NOTHING=1` makes a skipped test a failure.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from cluster import Cluster, find_programs, start_cluster

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from cast import Cast

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_WANTS_POSTGRES = os.environ.get("HOGARTH_TEST_DATABASE") == "postgres"
_FOR_TESTS = tuple(
    f"HOGARTH_{name}" for name in ("TEST_", "SKIP_", "KILLS", "FUZZ_", "SAMP", "REWRITE_")
)
_NO_POSTGRES = "PostgreSQL's programs are missing (Debian: apt install postgresql)"

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def _prepare() -> tuple[Path, Cluster | None]:
    """Give this run a data directory and a database of its own, before settings are read."""
    if _WORKER:
        # The first process of the run has prepared all this, and its workers inherit it.
        return Path(os.environ["HOGARTH_DATA"]), None
    for name in [name for name in os.environ if name.startswith("HOGARTH_")]:
        # What a person set for her own archive must not reach the tests, least of all its data.
        if not name.startswith(_FOR_TESTS):
            del os.environ[name]
    directory = Path(tempfile.mkdtemp(prefix="hogarth-test-"))
    os.environ["HOGARTH_DATA"] = str(directory)
    os.environ["DJANGO_SETTINGS_MODULE"] = "hogarth.settings"
    programs = find_programs()
    if not _WANTS_POSTGRES or programs is None:
        return directory, None
    cluster = start_cluster(programs)
    os.environ.update(cluster.environment)
    return directory, cluster


_directory, _cluster = _prepare()


def pytest_configure() -> None:
    """Load the settings, now that they can be: pytest-django does the rest after this."""
    from django.conf import settings

    assert Path(settings.HOGARTH_DATA) == _directory


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to the run on PostgreSQL what only it can tell; name what is missing."""
    if _WANTS_POSTGRES and "HOGARTH_DATABASE" not in os.environ:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=_NO_POSTGRES))
        return
    if not _WANTS_POSTGRES:
        apart = [item for item in items if item.get_closest_marker("postgres")]
        if apart:
            config.hook.pytest_deselected(items=apart)
            items[:] = [item for item in items if item not in apart]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("HOGARTH_SKIP_NOTHING") == "1":
        terminalreporter.write_line(f"{len(skipped)} tests were skipped; none may be.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and os.environ.get("HOGARTH_SKIP_NOTHING") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure() -> None:
    if _cluster is not None:
        _cluster.stop()
    if not _WORKER:
        shutil.rmtree(_directory, ignore_errors=True)


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """An empty data directory of this test's own: originals and pictures go there."""
    directory = tmp_path / "archive"
    directory.mkdir()
    settings.HOGARTH_DATA = directory
    return directory


@pytest.fixture
def cast(db: None, data: Path) -> Cast:  # noqa: ARG001 - asked for by name, so that pytest sees it
    """An archive in a database and a directory of its own, with everybody who plays a part."""
    from cast import make_cast

    return make_cast()


@pytest.fixture
def full(cast: Cast) -> Cast:
    """The same, with something in every table, and pictures, settings and a key beside them."""
    from cast import fill

    return fill(cast)
