"""A small box for work over two seconds: what is being done, how far it is, and 取消."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from zhengui.gui.kit.background import Background, JobProgress, Task
from zhengui.gui.kit.dialogs import Dialog

T = TypeVar("T")

#: Shorter work shows no box at all.
PATIENCE = 2000


class Waiting(Dialog):
    """Appears when the work takes long; cancelling leaves everything as it was."""

    def __init__(self, parent: QWidget, what: str, modal: bool = True) -> None:
        super().__init__(parent, what, keep="取消", width=380)
        self.setWindowModality(Qt.WindowModality.WindowModal if modal else Qt.WindowModality.NonModal)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self.rows.addWidget(self._bar)
        self._told = self.add_words("", "cap")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self._timer.start(PATIENCE)

    def show_progress(self, done: int, total: int) -> None:
        """Tell how far the work is; a total of 0 means that nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._told.setText(f"{done:,} / {total:,}" if total else f"已处理 {done:,}")

    def finish(self) -> None:
        """The work has ended."""
        self._timer.stop()
        self.hide()
        self.deleteLater()


def run_waiting(
    parent: QWidget,
    background: Background,
    what: str,
    work: Callable[[JobProgress], T],
    done: Callable[[T], object],
    failed: Callable[[Exception], None] | None = None,
    modal: bool = True,
) -> Task:
    """Run work in the background; after two seconds a box shows its progress, beside which one can go on if not modal."""
    box = Waiting(parent, what, modal)
    task = background.run(work, done, failed)
    task.progressed.connect(box.show_progress)
    task.ended.connect(box.finish)
    box.rejected.connect(task.cancel)
    return task
