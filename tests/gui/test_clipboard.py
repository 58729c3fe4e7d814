"""What was copied outlives the program without a crash."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

BEGIN = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
"""
TABLE = """
from zhengui.gui.ledger.blocks import put_on_clipboard
put_on_clipboard([["甲", "乙"]], headed=False)
assert QApplication.clipboard().mimeData().hasHtml()
"""
#: What Qt's own way comes to, so that this test is known to be able to fail.
BY_PYTHON = """
from PySide6.QtCore import QMimeData
data = QMimeData()
data.setText("甲")
QApplication.clipboard().setMimeData(data)
"""


def ended(deed: str) -> int:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.getcwd(), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", BEGIN + deed], env=environment, capture_output=True, check=False
    ).returncode


def test_a_program_that_copied_a_table_ends_well() -> None:
    assert ended(TABLE) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="seen on Linux")
def test_data_made_by_python_would_crash() -> None:
    """Where this fails, the way round is no longer needed."""
    assert ended(BY_PYTHON) != 0
