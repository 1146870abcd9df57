"""Every page the site has is valid HTML, by the checker of the HTML standard's own people."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import hogarth.web
from browser.serving import MODULES, NEEDS_MODULES, Site, fetch, find_pages

pytestmark = [pytest.mark.validator, pytest.mark.xdist_group("browser")]

#: Canonical HTML goes into EPUB unchanged, so its empty elements end as in XML.
_BOTH_HTML_AND_XML = "Trailing slash on void elements has no effect"

CHECKER = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
NOT_FOUND_THERE = ("/no/such/page", "/works/999999", "/sign-in?next=/works", "/works?page=99")


@pytest.fixture(scope="module")
def saved(site: Site, owner_cookies: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages of a guest, of one who said yes to adult works, and of the owner, as files."""
    folder = tmp_path_factory.mktemp("pages")
    for who, cookies in (("guest", ""), ("adult", "hogarth-adult=yes"), ("owner", owner_cookies)):
        pages = find_pages(site, cookies)
        pages |= {path: fetch(site.address + path, cookies) or "" for path in NOT_FOUND_THERE}
        for path, html in pages.items():
            name = path.strip("/").replace("/", "_").replace("?", "_") or "home"
            (folder / f"{who}_{name}.html").write_text(html, "utf-8")
    return folder


def test_pages_are_valid(saved: Path) -> None:
    messages = _check(saved)
    assert len(list(saved.glob("*.html"))) > 60
    assert not [_told(message) for message in messages]


def test_the_sheet_is_valid() -> None:
    sheet = Path(hogarth.web.__file__).parent / "static" / "style.css"
    messages = _check(sheet, "--css")
    assert not [_told(message) for message in messages]


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<!doctype html><html lang="en"><title>a</title><p id="b"><p id="b">', "utf-8"
    )
    assert any("Duplicate ID" in message["message"] for message in _check(tmp_path))


def _check(what: Path, *options: str) -> list[dict[str, str]]:
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is missing (Debian: apt install default-jre-headless)")
    if not CHECKER.exists():
        pytest.skip(NEEDS_MODULES)
    done = subprocess.run(
        [java, "-Xss8m", "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always",
         "--skip-non-html", *options, what],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    found: list[dict[str, str]] = json.loads(done.stdout)["messages"]
    return [message for message in found if not message["message"].startswith(_BOTH_HTML_AND_XML)]


def _told(message: dict[str, str]) -> str:
    place = Path(message.get("url", "")).name
    return f"{place}:{message.get('lastLine', '')}: {message['message']}"
