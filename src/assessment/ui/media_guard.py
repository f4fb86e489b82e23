"""Downloads belong to the browser whose session made them.

Streamlit serves every download at ``/media/<id>`` to whoever knows the address, without looking at
any session, and gives two large files of equal name, length and sampled content the same id, so
that one person can get another's file. Here each download has an id of its own that nobody can
guess, remembers the browser it was made for, and is served to that browser only. Browsers are told
apart by a random cookie that is set with the page, says nothing else and ends with the browser.

Drawings on pages keep Streamlit's addresses: they change with their content, and pages shown to a
browser without cookies stay readable.
"""

import re
import secrets
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryFile, MemoryMediaFileStorage
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from assessment.remarks import InputRefused

COOKIE = "browser"
ENDPOINT = "/media"
NOT_YOURS = (
    "Diese Datei gehört zu einer anderen Sitzung oder ist nicht mehr verfügbar. Bitte auf der "
    "Seite noch einmal herunterladen; dafür muss der Browser Cookies dieser Anwendung annehmen."
)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class GuardedStorage(MemoryMediaFileStorage):
    """Keeps files in memory; each download under an id of its own, with its browser."""

    def __init__(self, endpoint: str = ENDPOINT) -> None:
        super().__init__(endpoint)
        self._browsers: dict[str, str] = {}

    def load_and_get_id(
        self,
        path_or_data: str | bytes,
        mimetype: str,
        kind: MediaFileKind,
        filename: str | None = None,
    ) -> str:
        """Add a file; equal downloads are two files, equal drawings are one."""
        if kind is not MediaFileKind.DOWNLOADABLE:
            return super().load_and_get_id(path_or_data, mimetype, kind, filename)
        data = self._read_file(path_or_data) if isinstance(path_or_data, str) else path_or_data
        file_id = secrets.token_hex(32)
        self._files_by_id[file_id] = MemoryFile(data, mimetype, kind, filename)
        return file_id

    def delete_file(self, file_id: str) -> None:
        """Delete a file and forget whose it was."""
        super().delete_file(file_id)
        self._browsers.pop(file_id, None)

    def give_to(self, url: str, browser: str) -> None:
        """Note that the file at ``url`` was made for ``browser`` (``""``: for nobody)."""
        file_id = _id_in(url)
        if file_id in self._files_by_id:
            self._browsers[file_id] = browser

    def serves(self, path: str, browser: str) -> bool:
        """Whether ``path`` may be answered to ``browser``; downloads only to their own."""
        try:
            file = self.get_file(path.rpartition("/")[2])
        except MediaFileStorageError:
            return True  # Nothing to protect: Streamlit answers that there is no such file.
        if file.kind is not MediaFileKind.DOWNLOADABLE:
            return True
        owner = self._browsers.get(_id_in(path), "")
        return bool(owner) and secrets.compare_digest(owner, browser)


class GuardedManager(MediaFileManager):
    """Streamlit's manager, which also tells the storage for whom each download is."""

    def __init__(self, storage: GuardedStorage, runtime: Runtime) -> None:
        super().__init__(storage)
        self.storage = storage
        self._runtime = runtime

    def add(self, *arguments: Any, **named: Any) -> str:
        """Add a file for the running session."""
        url = super().add(*arguments, **named)
        context = get_script_run_ctx()
        self.storage.give_to(url, self._browser_of(context.session_id if context else ""))
        return url

    def execute_deferred(self, file_id: str) -> str:
        """Build a file at the click, for the session that showed the button."""
        entry = self._deferred_callables.get(file_id)
        session_id = entry["session_id"] if entry else ""
        try:
            url = super().execute_deferred(file_id)
        except MediaFileStorageError as error:
            if isinstance(error.__cause__, InputRefused):
                self._draw_again(session_id)
            raise
        self.storage.give_to(url, self._browser_of(session_id))
        return url

    def _draw_again(self, session_id: str) -> None:
        """Run the session's page once more, as it was: it says why there is no file."""
        session = self._runtime.get_app_session(session_id) if session_id else None
        if session is not None:
            # Files are built on a thread of their own; sessions belong to the event loop.
            session._call_soon_on_event_loop(lambda: session.request_rerun(session._client_state))

    def _browser_of(self, session_id: str) -> str:
        client = self._runtime.get_client(session_id) if session_id else None
        context = client.client_context if client is not None else None
        token = context.cookies.get(COOKIE, "") if context is not None else ""
        return token if _TOKEN.fullmatch(token) else ""


class GuardedApp(st.App):
    """Streamlit's application with guarded downloads."""

    def _create_runtime(self) -> Runtime:
        runtime = super()._create_runtime()
        # Before the routes are made from it and before anybody has a file; Streamlit offers no
        # other place for a storage of one's own.
        runtime._media_file_mgr = GuardedManager(GuardedStorage(), runtime)
        return runtime


class MediaGuard:
    """Answers 404 for a download of another browser, as if there were no such file."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(f"{ENDPOINT}/"):
            manager = Runtime.instance().media_file_mgr
            browser = browser_token(Headers(scope=scope))
            # Fails closed: an unguarded manager would serve everything to everybody.
            if not isinstance(manager, GuardedManager) or not manager.storage.serves(
                scope["path"], browser
            ):
                await PlainTextResponse(
                    NOT_YOURS, status_code=404, headers={"Cache-Control": "no-store"}
                )(scope, receive, send)
                return
        await self.app(scope, receive, send)


def browser_token(headers: Headers) -> str:
    """The browser's cookie in a request; ``""`` without a valid one."""
    token = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def new_cookie(scope: Scope) -> str:
    """A ``Set-Cookie`` header with a fresh token. Lax: a link in a mail must find its session."""
    headers = Headers(scope=scope)
    secure = scope.get("scheme") == "https" or headers.get("x-forwarded-proto") == "https"
    ending = "; Secure" if secure else ""
    return f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax{ending}"


def _id_in(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
