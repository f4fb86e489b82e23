"""A Streamlit session without a browser: starts a server, opens a websocket, asks for reruns."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(command: Sequence[str], port: int, folder: Path = ROOT) -> Iterator[float]:
    """Run a server; yields the seconds from its start until its health page answered."""
    environment = {**os.environ, "PORT": str(port), "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_healthy(port, process)
        yield time.perf_counter() - start
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait(timeout=20)


def wait_healthy(port: int, process: subprocess.Popen, seconds: float = 120) -> None:
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError("the server did not become healthy")


def empty_app(folder: Path) -> Path:
    """A Streamlit application with one line of text, the yardstick."""
    script = folder / "empty.py"
    script.write_text("import streamlit as st\nst.write('leer')\n", encoding="utf-8")
    return script


def streamlit_command(script: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)),
        *("--server.headless", "true", "--server.address", "127.0.0.1"),
    ]


class Session:
    """One open page of one user."""

    def __init__(self, port: int, query: str = "", page: str = "") -> None:
        self.query, self.page = query, page
        self.socket: ClientConnection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=f"http://127.0.0.1:{port}",  # pyright: ignore[reportArgumentType]
            max_size=None,
        )

    def rerun(self) -> tuple[float, int]:
        """Ask for a rerun; returns seconds until the script finished and bytes received."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        received = 0
        while True:
            data = self.socket.recv(timeout=120)
            received += len(data)
            forward = ForwardMsg()
            forward.ParseFromString(data)  # pyright: ignore[reportArgumentType]
            if forward.WhichOneof("type") == "page_not_found":
                raise RuntimeError(f"page not found: {self.page}")
            if forward.WhichOneof("type") == "script_finished":
                return time.perf_counter() - start, received

    def close(self) -> None:
        self.socket.close()
