"""The server: one ASGI application with headers, German shell, health route and warm-up.

Two measures make reruns cheap. Streamlit collects the whole heap after every rerun; that is
switched off (``runner.postScriptGC`` in ``.streamlit/config.toml``), and everything that lives as
long as the process is frozen once the sample is loaded, so that ordinary collections skip it.
Uvicorn binds its own socket here, which sets TCP_NODELAY; ``streamlit run`` does not (40 ms per
rerun). Start with ``python -m assessment.ui.server [--port N] [--host H]``.
"""

import argparse
import asyncio
import errno
import gc
import logging
import os
import socket
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config, file_util
from streamlit.runtime.pages_manager import PagesManager

from assessment.ui.german_shell import DELIVERY, shell_script
from assessment.ui.headers import SHELL_SCRIPT, ShellMiddleware
from assessment.ui.media_guard import GuardedApp, MediaGuard
from assessment.ui.navigation import start_entries

ROOT = Path(__file__).resolve().parents[3]
"""The checkout: ``app.py``, ``pages/`` and ``.streamlit/`` lie there."""

_LOG = logging.getLogger("assessment.server")


async def _health(_request: Request) -> Response:
    """The process answers; no survey and no session is needed for that."""
    return PlainTextResponse("ok")


async def _shell(_request: Request) -> Response:
    return Response(
        shell_script(), media_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


async def _to_start(request: Request) -> Response:
    """Streamlit serves the start page at the root only; its own name leads there too."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=307)


def _explain_failure(error: Exception) -> bool:
    """Tell the person what to do; the trace goes to the log, never to the page."""
    _LOG.error("A page failed", exc_info=error)
    st.error(
        "Diese Seite konnte nicht berechnet werden. Bitte die Seite neu laden. Bleibt der Fehler, "
        "die Erhebung unter „Daten › Einlesen“ noch einmal einlesen."
    )
    return True


def warm_up() -> None:
    """Load the sample and all modules once, then take them out of every later collection."""
    from assessment.ui.loaders import prepare

    # Caches are filled outside any session here, on purpose.
    context = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    context.setLevel(logging.ERROR)
    prepare()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncGenerator[dict[str, Any] | None, None]:
    # In the background: the port answers at once, the first visitor waits for the rest if need be.
    task = asyncio.create_task(asyncio.to_thread(warm_up))
    task.add_done_callback(_report_warm_up)
    yield None
    task.cancel()
    # Imported here: the first answer of the port doesn't wait for what makes papers.
    from assessment.ui.bulk_file import remove_all

    remove_all()


def _report_warm_up(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        _LOG.error("Warm-up failed", exc_info=task.exception())


def create_app() -> st.App:
    """The ASGI application, ready for uvicorn."""
    # Not an environment variable: a program started from here would inherit it.
    DELIVERY.as_file = True
    # Pages are declared by app.py alone. Without this, a cold process takes the folder pages/ for
    # the menu until the first run of app.py and answers deep links with "page not found".
    PagesManager.uses_pages_directory = False
    return GuardedApp(
        ROOT / "app.py",
        lifespan=_lifespan,
        routes=[
            Route("/healthz", _health),
            Route(f"/{SHELL_SCRIPT}", _shell),
            *(Route(f"/{entry.url}", _to_start) for entry in start_entries()),
        ],
        middleware=[
            Middleware(ShellMiddleware, index=Path(file_util.get_static_dir()) / "index.html"),
            Middleware(MediaGuard),
        ],
        on_script_error=_explain_failure,
    )


app = create_app()


def _is_taken(host: str, port: int) -> bool:
    """Whether another program listens there; uvicorn would only print an errno."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped; port from ``--port``, else ``PORT``, else 8501."""
    parser = argparse.ArgumentParser(description="Startet die Anwendung im Browser.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8501))
    parser.add_argument("--host", default=os.environ.get("HOST_ADDRESS", "127.0.0.1"))
    options = parser.parse_args(arguments)
    if _is_taken(options.host, options.port):
        print(
            f"Port {options.port} ist belegt. Einen anderen wählen: "
            f"PORT={options.port + 100} make run",
            file=sys.stderr,
        )
        raise SystemExit(1)
    if config.get_option("runner.postScriptGC"):
        _LOG.warning("runner.postScriptGC is on: every rerun collects the whole heap")
    print(
        f"Die Anwendung läuft unter http://localhost:{options.port} (Ende mit Strg+C)", flush=True
    )
    uvicorn.run(
        app,
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
