"""#10: a key typed into the yearly document of 40 pages, and the pages that follow what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.in_window import found_in_window
from benchmarks.measured import Measured
from benchmarks.prepared import copy_of

KEYS, PAUSES = 200, 3
CHILD = """
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit
keys, pauses = int(sys.argv[2]), int(sys.argv[3])
def typed(widget, count):
    found = []
    for number in range(count):
        begun = time.perf_counter()
        QTest.keyClick(widget, "abcdefghij"[number % 10])
        QApplication.processEvents()
        found.append(time.perf_counter() - begun)
    return found
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
end({"ours": ours, "beside": beside, "floor": floor, "follows": follows, "pages": pages})
"""


def measure(database: Path, work: Path) -> Iterator[Measured]:
    """The slowest of 200 keys, and the slowest of three waits for the pages; seconds of the clock."""
    copy = copy_of(database, work / "writing", "typed")
    found = found_in_window(copy, CHILD, KEYS, PAUSES)
    ours, floor = sorted(found["ours"]), sorted(found["floor"])
    middle = f"median {ours[KEYS // 2] * 1000:.1f} ms, in a bare QTextEdit {floor[KEYS // 2] * 1000:.1f} ms"
    yield Measured(
        10, f"a key in the document of {found['pages']} pages, slowest", ours[-1], 0.016, note=middle
    )
    yield Measured(10, "the same while pages are made and figures read", max(found["beside"]), 0.016)
    yield Measured(10, "the pages follow what was typed, slowest", max(found["follows"]), 1.0)
