"""What stands where the pages will be while a data file takes long to open, as an older one does the first time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.kit.labels import label

#: A file that opens sooner shows no card, in milliseconds.
PATIENCE = 800
#: After so long it is said why, and that nothing is lost by ending the program.
LONG = 4000
WHY = (
    "第一次用新版本打开旧数据，要先把全部记录核对一遍，记录多时要等一两分钟，以后就快了。"
    "等不及可以关掉政规，数据不会坏，下次打开再接着核对。"
)


class OpeningCard(QWidget):
    """Shows itself in the stack of pages after a while, and goes when the file is open or can't be opened."""

    def __init__(self, stack: QStackedWidget, path: Path) -> None:
        super().__init__(stack)
        self._stack = stack
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(2)
        self.told = label(f"正在打开“{path.name}”…", self, "ttl", wrap=True)
        self.why = label("", self, "sec", wrap=True)
        bar = QProgressBar(self)
        bar.setTextVisible(False)
        bar.setRange(0, 0)
        bar.setMaximumWidth(360)
        for each in (self.told, bar, self.why):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self.told, self.why):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setFixedWidth(560)
        column.addStretch(3)
        self._after(PATIENCE, self._show)
        self._after(LONG, lambda: self.why.setText(WHY))

    def _after(self, milliseconds: int, call: Callable[[], None]) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        timer.start(milliseconds)

    def _show(self) -> None:
        self._stack.addWidget(self)
        self._stack.setCurrentWidget(self)

    def finish(self) -> None:
        """The file is open, or it can't be."""
        self._stack.removeWidget(self)
        self.hide()
        self.deleteLater()
