"""What every response carries: security headers, and the German shell of the single HTML page.

Streamlit itself sends no Content-Security-Policy and hard-codes ``<html lang="en">``. The policy
allows scripts from this server and the one inline script of Streamlit's page, by its hash, which
is computed from the installed version.
"""

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.ui.media_guard import browser_token, new_cookie

SHELL_SCRIPT = "sprache.js"
"""Name under which :mod:`assessment.ui.german_shell` serves its script."""

TITLE = "Digitaler Reifegrad der Kommunen"

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_COMMENT = re.compile(b"<!--.*?-->", re.DOTALL)
_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_FONT_PRELOAD = re.compile(rb'<link\s+rel="preload"[^>]*as="font"[^>]*/?>', re.DOTALL)
_AGENT_LINK = re.compile(rb'<link\s+rel="service-desc"[^>]*/?>', re.DOTALL)
CLOSED = frozenset({"/_stcore/metrics"})
"""Routes of Streamlit that tell strangers about the server."""

_PLAIN_PREFIXES = ("/static/", "/app/static/", "/media/", "/_stcore/", f"/{SHELL_SCRIPT}")


def shell_page(index: bytes) -> bytes:
    """Streamlit's ``index.html`` in German, with our script and without the unused font preload."""
    page = _COMMENT.sub(b"", index)
    page = page.replace(b'<html lang="en">', b'<html lang="de">', 1)
    page = page.replace(b"<title>Streamlit</title>", f"<title>{TITLE}</title>".encode(), 1)
    page = _FONT_PRELOAD.sub(b"", page)
    page = _AGENT_LINK.sub(b"", page)
    page = _NOSCRIPT.sub(
        b"<noscript><p>Diese Anwendung braucht JavaScript. Bitte im Browser einschalten.</p>"
        b"</noscript>",
        page,
    )
    return page.replace(b"</head>", f'<script src="./{SHELL_SCRIPT}"></script></head>'.encode(), 1)


def content_security_policy(page: bytes) -> str:
    """The policy for a page: own files only, plus the hash of each inline script in ``page``."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(page)
    )
    # Streamlit's styles are injected at run time, so styles can't be pinned; data never gets there.
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "media-src 'self' blob:; worker-src 'self' blob:; frame-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'"
    )


class ShellMiddleware:
    """Adds the security headers to every response and turns the HTML page into its German form."""

    def __init__(self, app: ASGIApp, index: Path) -> None:
        self.app = app
        self.page = shell_page(index.read_bytes())
        self.headers = {
            "Content-Security-Policy": content_security_policy(self.page),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"] in CLOSED:
            await PlainTextResponse("Nicht gefunden", status_code=404)(scope, receive, send)
            return
        # Below these a file in HTML, such as a report, is a file and not the page.
        is_file = scope["path"].startswith(_PLAIN_PREFIXES)
        if not is_file:
            # The page is replaced as a whole below: ask for it uncompressed and unconditionally.
            unwanted = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
            scope = {**scope, "headers": [h for h in scope["headers"] if h[0] not in unwanted]}
        replaced = False

        async def send_with_headers(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                for name, value in self.headers.items():
                    headers[name] = value
                replaced = message["status"] == 200 and not is_file and _is_html(headers)
                if replaced:
                    headers["Content-Length"] = str(len(self.page))
                    headers["Cache-Control"] = "no-cache"
                    if not browser_token(Headers(scope=scope)):
                        headers.append("set-cookie", new_cookie(scope))
                    del headers["etag"]
                    del headers["last-modified"]
                message = {**message, "headers": headers.raw}
            elif message["type"] == "http.response.body" and replaced:
                if message.get("more_body", False):
                    return
                body = b"" if scope["method"] == "HEAD" else self.page
                message = {**message, "body": body}
            elif message["type"] == "http.response.pathsend" and replaced:
                message = {"type": "http.response.body", "body": self.page, "more_body": False}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _is_html(headers: Headers | MutableHeaders) -> bool:
    return headers.get("content-type", "").startswith("text/html")
