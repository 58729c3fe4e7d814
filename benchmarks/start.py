"""#1: from starting the program to its first painted window, the demo open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, best_in_child

FLOOR = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
application = QApplication(["zhengui", "-platform", "offscreen"])
window = QMainWindow()
window.setCentralWidget(QTableView())
window.resize(1366, 768)
window.show()
application.processEvents()
"""

# The program runs as it is; only where it would begin to wait for the user, the clock is read instead.
OURS = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.argv = ["main.py", arguments[0]]
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
def painted(*_):
    QApplication.processEvents()
    assert any(w.isVisible() and w.width() > 600 for w in QApplication.topLevelWidgets())
    told()
    os._exit(0)
QApplication.exec = QGuiApplication.exec = QCoreApplication.exec = painted
from zhengui.app import main
main([arguments[0]])
"""


def measure(database: Path) -> Iterator[Measured]:
    """CPU of a new process, the best of five."""
    floor = best_in_child(FLOOR)
    yield Measured(
        1, "start to the first painted window", best_in_child(OURS, database), 1.5, floor, "bare QMainWindow"
    )
