"""A real board, served by the product's own commands, and a real Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, StorageState, expect, sync_playwright

from tests.browser.visits import PATIENCE, Visits

ROOT = Path(__file__).parents[2]
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SECONDS_TO_START = 30
SETTINGS = {
    "ROSTRA_RATE_LIMITS": "false",
    "ROSTRA_EMAIL_URL": "console:",
    "ROSTRA_DEMO_MAIL": "true",
    "ROSTRA_LANGUAGES": "en,de,fr,xa,xb",
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo board lies, in `data`, and what it logs, in `log`."""
    return tmp_path_factory.mktemp("board")


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """Address of a demo board that is being served; what it logs must not hold a traceback."""
    data, log, port = str(folder / "data"), folder / "log", _free_port()
    _rostra(log, "demo", "--only-make", "--data", data).wait(120)
    server = _rostra(log, "serve", "--port", str(port), "--data", data)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(server, address, log)
        yield address
        assert server.poll() is None, f"The server ended on its own, {server.returncode}:\n{log.read_text()}"
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser. Its loop would make Django refuse the database to later tests of this process."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """Cookies of those who have signed in already."""
    return {}


@pytest.fixture
def visit(chromium: Browser, site: str, signed_in: dict[str, StorageState]) -> Iterator[Visits]:
    """Opens pages; afterwards nothing may have left the server, and no browser may have complained."""
    visits = Visits(chromium, site, signed_in)
    yield visits
    visits.end()
    assert visits.watch.hosts <= {site.removeprefix("http://")}
    assert visits.watch.complaints == []


@pytest.fixture
def read_only(folder: Path, site: str) -> Iterator[Callable[[str], None]]:
    """Closes the board for writing, for a reason; without one it opens again, as it does in the end."""

    def close(reason: str) -> None:
        command = _rostra(
            folder / "log", "readonly", *([reason] if reason else []), "--data", str(folder / "data")
        )
        assert command.wait(60) == 0

    yield close
    close("")


@pytest.fixture(params=[True, False], ids=["JavaScript", "no JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """A journey with this fixture is made twice."""
    return bool(request.param)


def _rostra(log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ROSTRA_")}
    with log.open("ab") as told:
        return subprocess.Popen(
            [sys.executable, "-m", "rostra.cli", *arguments],
            cwd=ROOT,
            env={**environment, **SETTINGS},
            stdout=told,
            stderr=subprocess.STDOUT,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    give_up = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up and server.poll() is None:
        try:
            with urlopen(f"{address}/-/ready", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The demo board did not start:\n{log.read_text()}", pytrace=False)
