"""A page inside the plan's page: the way back, a title, buttons for the line that is current, and a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.plan.chart import PlanChart
from zhengui.gui.plan.word_table import WordTable
from zhengui.services.plan.plan_curve import Curve


class PlanSub(QFrame):
    """Subclasses fill the table; Esc and the link go back."""

    left = Signal()

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("white")
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QFrame(self)
        bar.setObjectName("bar")
        self.bar = QHBoxLayout(bar)
        self.bar.setContentsMargins(12, 7, 12, 7)
        self.bar.setSpacing(8)
        self.back = button("返回", bar, "link")
        self.back.setIcon(icons.icon("arrow_left", 16, "act"))
        self.back.clicked.connect(self.left)
        self.title = label("", bar, "h2")
        self.told = label("", bar, "sec")
        self.bar.addWidget(self.back)
        self.bar.addWidget(self.title)
        self.bar.addWidget(self.told, 1)
        self.table = WordTable(title, self)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        self._column = column

    def deed(self, text: str, call: object, primary: bool = False) -> QPushButton:
        """A button at the right of the bar."""
        made = button(text, self, "primary" if primary else "")
        made.clicked.connect(call)
        self.bar.addWidget(made)
        return made

    def add_curve(self) -> CurveStrip:
        """A strip under the table that shows the curve of a line."""
        strip = CurveStrip(self.desk, self)
        self._column.addWidget(strip)
        return strip

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.fit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CurveStrip(QFrame):
    """Under a table: the curve of its current line, read in a worker."""

    def __init__(self, desk: Desk, parent: PlanSub) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(2)
        self.words = label("", self, "cap")
        self.chart = PlanChart(self)
        column.addWidget(self.words)
        column.addWidget(self.chart)
        self.hide()

    def read(self, words: str, unit: str, work: Callable[[], Curve]) -> None:
        """Read a curve and show it under these words."""

        def show(curve: Curve) -> None:
            points = (*curve.actual, *curve.planned)
            self.setVisible(bool(points))
            if points:
                days = [day for day, _value in points]
                self.words.setText(words)
                self.chart.show_span(curve, min(days) + timedelta(days=1), max(days), unit)

        self._desk.background.run(lambda _progress: work(), show, key=f"curve{id(self)}")
