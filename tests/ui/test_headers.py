"""The shell page and its policy, computed from the installed Streamlit."""

import asyncio
import base64
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse
from starlette.types import Message
from streamlit import config, file_util

from assessment.ui.german_shell import shell_script, words
from assessment.ui.headers import ShellMiddleware, content_security_policy, shell_page

INDEX = (Path(file_util.get_static_dir()) / "index.html").read_bytes()


def test_page_is_german_and_carries_the_script() -> None:
    page = shell_page(INDEX).decode()
    assert '<html lang="de">' in page
    assert "<title>Digitaler Reifegrad der Kommunen</title>" in page
    assert '<script src="./sprache.js"></script>' in page
    assert "You need to enable JavaScript" not in page
    assert "SourceSans" not in page


def test_policy_allows_exactly_the_inline_scripts_of_the_page() -> None:
    page = shell_page(INDEX)
    inline = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    assert len(inline) == 1
    policy = content_security_policy(page)
    digest = base64.b64encode(hashlib.sha256(inline[0]).digest()).decode()
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None
    assert scripts[1].split() == ["'self'", f"'sha256-{digest}'"]
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy


def answer(app: ShellMiddleware, path: str) -> tuple[dict[str, str], str]:
    """Headers and body that an application sends for a path."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    # In a thread of its own: tests of the browser may have left a running loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:]).decode()


@pytest.mark.parametrize(("path", "replaced"), [("/", True), ("/media/bericht.html", False)])
def test_only_the_page_itself_is_replaced(tmp_path: Path, path: str, replaced: bool) -> None:
    index = tmp_path / "index.html"
    index.write_bytes(INDEX)
    report = HTMLResponse("<p>Methodenbericht</p>")
    headers, body = answer(ShellMiddleware(report, index), path)
    assert ("sprache.js" in body) is replaced
    assert (body == "<p>Methodenbericht</p>") is not replaced
    assert int(headers["content-length"]) == len(body.encode())
    assert headers["x-content-type-options"] == "nosniff"


def test_words_reach_the_script() -> None:
    listed = words()
    assert listed.exact["Skip to main content"] == "Zum Inhalt springen"
    assert all(pattern and german for pattern, german in listed.patterns)
    assert "Zum Inhalt springen" in shell_script()


def test_settings_are_the_strict_ones() -> None:
    from assessment.ui import server

    assert server.app.script_path.name == "app.py"
    expected = {
        "runner.postScriptGC": False,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "viewer",
        "server.maxUploadSize": 25,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.enableAgentApi": False,
    }
    assert {name: config.get_option(name) for name in expected} == expected
