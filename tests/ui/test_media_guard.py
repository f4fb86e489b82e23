"""Whose download is whose, without a browser."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.datastructures import Headers
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError

from assessment.remarks import InputRefused
from assessment.ui.media_guard import (
    COOKIE,
    GuardedManager,
    GuardedStorage,
    browser_token,
    new_cookie,
)

DOWNLOAD, MEDIA = MediaFileKind.DOWNLOADABLE, MediaFileKind.MEDIA
ANNA, BERT = "a" * 43, "b" * 43


def runtime(**cookies: str) -> Runtime:
    """Sessions by id with the cookie their browser sent."""

    def client(session_id: str) -> Any:
        if session_id not in cookies:
            return None
        context = SimpleNamespace(cookies={COOKIE: cookies[session_id]})
        return SimpleNamespace(client_context=context)

    return cast(Runtime, SimpleNamespace(get_client=client))


def deferred(manager: GuardedManager, session: str) -> str:
    """A button of a session; Streamlit notes the session of the running script."""
    placeholder = manager.add_deferred(lambda: b"x", "text/csv", "1", "f.csv")
    manager._deferred_callables[placeholder]["session_id"] = session
    return manager.execute_deferred(placeholder)


def test_equal_downloads_have_different_addresses_and_equal_drawings_one() -> None:
    storage = GuardedStorage()
    downloads = {storage.load_and_get_id(b"x", "a/b", DOWNLOAD, "f") for _ in range(100)}
    assert len(downloads) == 100
    assert len({storage.load_and_get_id(b"x", "a/b", MEDIA) for _ in range(3)}) == 1


def test_a_file_built_at_the_click_is_its_sessions_browsers_alone() -> None:
    manager = GuardedManager(GuardedStorage(), runtime(anna=ANNA, bert=BERT))
    url = deferred(manager, "anna")
    assert manager.storage.serves(url, ANNA)
    assert not manager.storage.serves(url, BERT)
    assert not manager.storage.serves(url, "")


@pytest.mark.parametrize("session", ["gone", "broken"])
def test_a_file_of_an_unknown_browser_is_nobodys(session: str) -> None:
    manager = GuardedManager(GuardedStorage(), runtime(broken="kurz"))
    url = deferred(manager, session)
    for browser in (ANNA, "kurz", ""):
        assert not manager.storage.serves(url, browser)


def test_drawings_are_served_to_everybody_and_deleted_files_are_forgotten() -> None:
    storage = GuardedStorage()
    drawing = storage.get_url(storage.load_and_get_id(b"<svg/>", "image/svg+xml", MEDIA))
    assert storage.serves(drawing, "")
    file_id = storage.load_and_get_id(b"x", "text/csv", DOWNLOAD, "f.csv")
    url = storage.get_url(file_id)
    storage.give_to(url, ANNA)
    assert storage.serves(url, ANNA)
    storage.delete_file(file_id)
    assert storage._browsers == {}
    storage.give_to(url, BERT)
    assert storage._browsers == {}


def test_cookie_is_hidden_from_scripts_and_secure_where_the_page_is() -> None:
    scope = {"type": "http", "scheme": "http", "headers": []}
    cookie = new_cookie(scope)
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax")
    assert new_cookie(scope) != cookie
    behind = {**scope, "headers": [(b"x-forwarded-proto", b"https")]}
    assert new_cookie(behind).endswith("; Secure")
    token = cookie.partition("=")[2].partition(";")[0]
    assert browser_token(Headers({"cookie": f"x=1; {COOKIE}={token}; y=2"})) == token


@pytest.mark.parametrize("value", ["", "short", "x" * 44, "ä" * 43, "a" * 42 + "!"])
def test_a_made_up_cookie_is_none(value: str) -> None:
    headers = Headers(raw=[(b"cookie", f"{COOKIE}={value}".encode("latin-1"))])
    assert browser_token(headers) == ""


@pytest.mark.parametrize(("error", "runs"), [(InputRefused("X", "Satz."), 1), (ValueError(), 0)])
def test_a_refusal_at_the_click_draws_the_page_anew(error: Exception, runs: int) -> None:
    asked: list[object] = []
    session = SimpleNamespace(
        _client_state="as it was",
        _call_soon_on_event_loop=lambda callback: callback(),
        request_rerun=asked.append,
    )
    sessions = {"anna": session}
    known = SimpleNamespace(get_client=lambda _: None, get_app_session=sessions.get)
    manager = GuardedManager(GuardedStorage(), cast(Runtime, known))

    def build() -> bytes:
        raise error

    for who in ("anna", "gone"):
        placeholder = manager.add_deferred(build, "text/csv", who, "f.csv")
        manager._deferred_callables[placeholder]["session_id"] = who
        with pytest.raises(MediaFileStorageError):
            manager.execute_deferred(placeholder)
    assert asked == ["as it was"] * runs
