"""Set up what every test needs before the first import of Qt: no screen, and a user folder of its own."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

from zhengui.storage.file import connection

_HOME = tempfile.mkdtemp(prefix="zhengui-tests-")

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["ZHENGUI_HOME"] = _HOME
# What tests write need not survive a power cut.
connection.SYNCHRONOUS = "OFF"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the user folder that this process made."""
    shutil.rmtree(_HOME, ignore_errors=True)
