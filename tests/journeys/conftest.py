"""A real server on a free port and a real Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from visits import Server, Visit, start_server, watch

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all journeys that may share it."""
    process, server = start_server(tmp_path_factory.mktemp("state"))
    yield server
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def cold(tmp_path: Path) -> Iterator[Server]:
    """A server nobody has visited yet."""
    process, server = start_server(tmp_path)
    yield server
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    assert path, "Chromium fehlt; bitte „apt-get install chromium“ ausführen."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh German browser profile."""
    fresh = browser.new_context(
        locale="de-DE", viewport={"width": 1440, "height": 900}, accept_downloads=True
    )
    yield fresh
    fresh.close()


@pytest.fixture
def visit(context: BrowserContext, served: Server) -> Visit:
    """A watched page on the shared server."""
    return watch(context.new_page(), served)
