"""The site that pages are checked on: the demo, published, with an owner, and one private work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser.serving import (
    FOUND,
    NEEDS_CHROMIUM,
    Site,
    claim_archive,
    find_chromium,
    open_browser,
    open_site,
    run_hogarth,
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, open to everybody but for one work that only its owner sees."""
    data = tmp_path_factory.mktemp("site") / "archive"
    run_hogarth(data, "import", "--publish", FOUND)
    private = data.with_name("private.txt")
    private.write_text("A Private Matter\n\nNobody reads this yet.\n\nNor this.\n", "utf-8")
    run_hogarth(data, "import", private)
    with open_site(data) as opened:
        yield opened


@pytest.fixture(scope="session")
def owner_cookies(site: Site) -> str:
    """The owner's session, as a header says it. The archive is claimed on the way."""
    return claim_archive(site)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open for one module only: while it runs, Django refuses the thread its database."""
    if find_chromium() is None:
        pytest.skip(NEEDS_CHROMIUM)
    with open_browser() as opened:
        yield opened
