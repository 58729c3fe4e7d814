"""A window of the program in a new process, opened on a township and at rest, and what is measured in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.measured import ROOT

# What follows finds `session`, `wait` and `rest`, and hands its answer to `end`.
OPENED = """
import json, os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["ZHENGUI_HOME"] = os.path.dirname(sys.argv[1])
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from zhengui.gui.frame.garbage import Garbage
from zhengui.gui.frame.start import Session, application
app = application(["zhengui"])
def wait(milliseconds):
    # As the program waits; QTest.qWait would keep the workers from working meanwhile.
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
def rest(background):
    quiet = 0
    for _ in range(1200):
        wait(50)
        # One piece of work may ask for another; only when none came for a second is the program at rest.
        quiet = quiet + 1 if background.resting else 0
        if quiet > 20:
            return
def end(found):
    print(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)
session = Session(app)
session.window.resize(1366, 696)
session.window.show()
Garbage(session.window)
session.open(Path(sys.argv[1]))
for _ in range(600):
    wait(50)
    if session.desk is not None:
        break
rest(session.background)
"""


def found_in_window(database: Path, code: str, *arguments: Any) -> dict[str, Any]:
    """What the code found; its `sys.argv` are the database and the arguments. Raises RuntimeError if it broke."""
    run = subprocess.run(
        [sys.executable, "-c", OPENED + code, str(database), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError(run.stderr or run.stdout)
    found: dict[str, Any] = json.loads(lines[-1])
    return found
