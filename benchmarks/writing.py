"""#10: a key typed into the yearly document of 40 pages, and the pages that follow what was typed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measured import ROOT, Measured
from benchmarks.prepared import copy_of

KEYS, PAUSES = 200, 3
CHILD = """
import json, os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["ZHENGUI_HOME"] = os.path.dirname(sys.argv[1])
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from PySide6.QtCore import QEventLoop, QTimer
from zhengui.gui.frame.garbage import Garbage
from zhengui.gui.frame.start import Session, application
app = application(["zhengui"])
keys, pauses = int(sys.argv[2]), int(sys.argv[3])
def typed(widget, count):
    found = []
    for number in range(count):
        begun = time.perf_counter()
        QTest.keyClick(widget, "abcdefghij"[number % 10])
        QApplication.processEvents()
        found.append(time.perf_counter() - begun)
    return found
def wait(milliseconds):
    # As the program waits; QTest.qWait would keep the workers from working meanwhile.
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
def rest(background):
    quiet = 0
    for _ in range(600):
        wait(50)
        # One piece of work may ask for another; only when none came for a second is the program at rest.
        quiet = quiet + 1 if background.resting else 0
        if quiet > 20:
            return
session = Session(app)
session.window.resize(1366, 696)
session.window.show()
Garbage(session.window)
session.open(Path(sys.argv[1]))
for _ in range(200):
    wait(50)
    if session.desk is not None:
        break
rest(session.background)
session.desk.go("report")
rest(session.background)
page = session.window.navigation.current
page.text.go_to_chip("figure:leaflets")
page.text.setFocus()
typed(page.text, 20)
ours = typed(page.text, keys)
rest(session.background)
beside = []
for _ in range(pauses):
    page.compose()
    page.editor.writing.reread()
    wait(30)
    beside += typed(page.text, 40)
    rest(session.background)
follows = []
for _ in range(pauses):
    loop = QEventLoop()
    page.preview.shown.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    typed(page.text, 1)
    begun = time.perf_counter()
    loop.exec()
    follows.append(time.perf_counter() - begun)
    rest(session.background)
bare = QTextEdit()
bare.setPlainText(page.text.toPlainText())
bare.resize(page.text.size())
bare.show()
bare.setFocus()
wait(50)
typed(bare, 20)
floor = typed(bare, keys)
pages = page.preview.document.pageCount()
print(json.dumps({"ours": ours, "beside": beside, "floor": floor, "follows": follows, "pages": pages}))
sys.stdout.flush()
os._exit(0)
"""


def measure(database: Path, work: Path) -> Iterator[Measured]:
    """The slowest of 200 keys, and the slowest of three waits for the pages; seconds of the clock."""
    copy = copy_of(database, work / "writing", "typed")
    run = subprocess.run(
        [sys.executable, "-c", CHILD, str(copy), str(KEYS), str(PAUSES)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError(run.stderr or run.stdout)
    found: dict[str, Any] = json.loads(lines[-1])
    ours, floor = sorted(found["ours"]), sorted(found["floor"])
    middle = f"median {ours[KEYS // 2] * 1000:.1f} ms, in a bare QTextEdit {floor[KEYS // 2] * 1000:.1f} ms"
    yield Measured(
        10, f"a key in the document of {found['pages']} pages, slowest", ours[-1], 0.016, note=middle
    )
    yield Measured(10, "the same while pages are made and figures read", max(found["beside"]), 0.016)
    yield Measured(10, "the pages follow what was typed, slowest", max(found["follows"]), 1.0)
