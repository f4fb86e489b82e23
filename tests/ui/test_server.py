"""Starting the server."""

import socket

import pytest

from assessment.ui import server


def test_a_taken_port_is_explained_in_one_sentence(capsys: pytest.CaptureFixture[str]):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as stop:
            server.main(["--port", str(port)])
    assert stop.value.code == 1
    assert f"Port {port} ist belegt" in capsys.readouterr().err
