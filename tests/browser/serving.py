"""The whole archive run as people run it, and real browsers to look at it with."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "demo" / "found"
PASSWORD = "a press in the dining room"

MODULES = Path(__file__).parent / "node_modules"
NEEDS_MODULES = "the checkers are missing (make test installs them where npm is: apt install npm)"
NEEDS_CHROMIUM = "Chromium is missing (Debian: apt install chromium)"

_HOGARTH = Path(sys.executable).with_name("hogarth")
_SECONDS_TO_START = 60
_CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PHONE = {"width": 360, "height": 780}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


@dataclass
class Site:
    """An archive that is open. Shape: `claim` the one-time link, "" when it has an owner."""

    address: str
    claim: str
    data: Path
    log: Path

    def forbidden(self) -> list[str]:
        """What pages asked for against their policy, as browsers reported it to the server."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return [line for line in lines if "policy forbids" in line]


def run_hogarth(data: Path, *arguments: str | Path) -> str:
    """One command to its end. What it prints comes back."""
    done = subprocess.run(
        [_HOGARTH, "--data", data, *arguments],
        capture_output=True, text=True, check=False, env=_environment(), timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def open_site(data: Path) -> Iterator[Site]:
    """Serve the archive until the block ends."""
    port = _free_port()
    log = data.with_suffix(".log")
    with log.open("wb") as output:
        server = subprocess.Popen(
            [_HOGARTH, "--data", data, "serve", "--port", str(port)],
            stdout=output, stderr=subprocess.STDOUT, env=_environment(),
        )  # fmt: skip
        try:
            _wait_until_open(f"http://127.0.0.1:{port}/healthz", server, log)
            claim = re.search(r"http://\S+/claim/\S+", log.read_text("utf-8", "replace"))
            yield Site(f"http://127.0.0.1:{port}", claim[0] if claim else "", data, log)
        finally:
            server.terminate()
            server.wait(30)


def _environment() -> dict[str, str]:
    """Nothing of the test run's own archive reaches the one that is looked at."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOGARTH_")}
    return {**kept, "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_open(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise AssertionError("the archive did not open:\n" + log.read_text("utf-8", "replace"))


# -- what a site has ----------------------------------------------------------------------------


def find_pages(site: Site, cookies: str = "") -> dict[str, str]:
    """Every page that links lead to from the first one: path → HTML. No form is sent."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        html = fetch(site.address + path, cookies)
        if html is None:
            continue
        found[path] = html
        for link in re.findall(r'<a [^>]*href="([^"#]+)', html):
            target = urlsplit(urljoin(site.address + path, unescape(link)))
            inside = f"{target.scheme}://{target.netloc}" == site.address
            if inside and not target.path.startswith("/static/") and "adult" not in target.query:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


def fetch(address: str, cookies: str = "") -> str | None:
    """A page's HTML, also of an error's page; None for anything that is no page."""
    request = urllib.request.Request(address, headers={"Cookie": cookies})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            kind, body = answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            kind, body = error.headers["Content-Type"], error.read()
    return body.decode() if kind and kind.startswith("text/html") else None


def claim_archive(site: Site, name: str = "Virginia") -> str:
    """Make the archive somebody's, without a browser. Their cookies come back, as a header."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with opener.open(site.claim, timeout=30) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert token is not None
    form = {"csrfmiddlewaretoken": token[1], "name": name, "password": PASSWORD, "again": PASSWORD}
    with opener.open(site.claim, urlencode(form).encode(), timeout=30) as page:
        assert name in page.read().decode()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


# -- browsers -----------------------------------------------------------------------------------


def find_chromium() -> str | None:
    """Chromium as Debian has it; None when it is missing."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Real Chromium, from the system."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=_CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


@dataclass
class Visit:
    """A person's browser window. Shape: `complaints` is what its console said was wrong."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@contextmanager
def open_window(
    browser: Browser,
    *,
    size: dict[str, int],
    dark: bool = False,
    javascript: bool = True,
    without_policy: bool = False,
) -> Iterator[Visit]:
    """A window of its own, with nothing kept from any other."""
    touch = size["width"] < 600
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if dark else "light",
        has_touch=touch,
        is_mobile=touch,
        java_script_enabled=javascript,
        bypass_csp=without_policy,
    )
    visit = Visit(context.new_page(), context)
    visit.page.on("console", visit.heard)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    context.close()
