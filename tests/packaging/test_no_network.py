"""The program opens no connection: with sockets forbidden everything an office does still works.

The import contract keeps the standard modules of the network out of our own code; this test holds the libraries, too.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

FORBID = """
import _socket, socket

class Forbidden(_socket.socket):
    def __init__(self, *arguments, **named):
        family = arguments[0] if arguments else named.get("family", -1)
        # Pipes between processes of one computer are no network.
        if family != getattr(_socket, "AF_UNIX", None):
            raise SystemExit("a socket was opened")
        super().__init__(*arguments, **named)

_socket.socket = _socket.SocketType = Forbidden
socket.socket = Forbidden
for name in ("create_connection", "getaddrinfo", "gethostbyname"):
    def refuse(*_arguments, **_named):
        raise SystemExit("a host was looked up")
    setattr(socket, name, refuse)
"""


def run(folder: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    """Run Python in which no socket can be made, nor in its children, from the root of the source."""
    (folder / "sitecustomize.py").write_text(FORBID, encoding="utf-8")
    variables = os.environ | {
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
        "QT_QPA_PLATFORM": "offscreen",
        "ZHENGUI_HOME": str(folder / "home"),
    }
    return subprocess.run(
        [sys.executable, *lines],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_everything_works_without_a_network(tmp_path: Path) -> None:
    done = run(tmp_path, "main.py", "selftest", str(tmp_path / "自检"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "全部通过" in done.stdout
    assert "窗口" in done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "import socket; socket.socket()",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_a_connection_would_be_seen(line: str, tmp_path: Path) -> None:
    done = run(tmp_path, "-c", line)
    assert done.returncode != 0
    assert "a socket was opened" in done.stderr or "a host was looked up" in done.stderr


def test_nothing_of_qt_for_the_network_is_imported() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "zhengui").rglob("*.py"))
    assert "QtNetwork" not in source
    assert "QtWebEngine" not in source
