"""#1: from starting the program to its first painted window, the demo open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, best_in_child, in_child

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
os.environ["ZHENGUI_HOME"] = arguments[1]
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


# What the first start of all leaves for every later one: the tabs of the rail.
REMEMBERED = """
import os
os.environ["ZHENGUI_HOME"] = arguments[0]
from zhengui.catalogue.load import load_catalogue
from zhengui.gui.desk import tabs
from zhengui.gui.kit import memory
memory.remember(tabs=tabs.to_text(tabs.groups(load_catalogue())))
"""


def measure(database: Path, work: Path) -> Iterator[Measured]:
    """CPU of a new process that is not the very first start, the best of five."""
    in_child(REMEMBERED, work)
    floor, ours = best_in_child(FLOOR), best_in_child(OURS, database, work)
    yield Measured(1, "start to the first painted window", ours, 1.4, floor, "bare QMainWindow")
