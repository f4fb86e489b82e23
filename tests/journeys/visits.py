"""A server of our own, and a browser page whose every request is recorded."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
_OWN_HOSTS = {"127.0.0.1", "localhost"}


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


def start_server(tmp: Path, module: list[str] | None = None) -> tuple[subprocess.Popen, Server]:
    """Start the application on a free port; returns as soon as its port answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = module or [sys.executable, "-m", "assessment.ui.server", "--port", str(port)]
    process = subprocess.Popen(
        [part.replace("{port}", str(port)) for part in command],
        cwd=ROOT,
        env={**os.environ, "ASSESSMENT_STATE": str(tmp)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return process, Server(port)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    process.kill()
    raise AssertionError("the server did not start")


@dataclass
class Visit:
    """A page of the application and what its browser tried to do."""

    page: Page
    server: Server
    foreign: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open an address and wait until the script has run."""
        self.page.goto(f"{self.server.url}/{path}")
        self.page.wait_for_selector('[data-testid="stMain"] h1', timeout=60_000)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until nothing is running any more, and nothing is faded or fading."""
        busy = """
            document.querySelector('[data-testid=stApp]').dataset.testScriptState === "running"
            || document.querySelector('[data-stale="true"]') !== null
            || document.getAnimations().some(
                (one) => one instanceof CSSTransition && one.playState === "running")"""
        quiet = 0
        for _ in range(300):
            quiet = 0 if self.page.evaluate(busy) else quiet + 1
            if quiet == 4:
                return
            self.page.wait_for_timeout(150)
        raise AssertionError("the page did not come to rest")


def watch(page: Page, server: Server) -> Visit:
    """Record foreign requests and violations of the content policy."""
    visit = Visit(page, server)

    def on_request(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and (
            parts.hostname not in _OWN_HOSTS or parts.port != server.port
        ):
            visit.foreign.append(url)

    page.on("request", lambda request: on_request(request.url))
    page.on("websocket", lambda socket: on_request(socket.url))
    page.on(
        "console",
        lambda message: (
            visit.violations.append(message.text)
            if "Content Security Policy" in message.text
            else None
        ),
    )
    return visit
