"""The bar over the matrix: area, ledger, which matrix, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.choice_button import Chooser
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.segment import Segment
from zhengui.gui.kit.style import size

MODES = {"village": "村（居）× 月", "area": "领域 × 月", "village_area": "村（居）× 领域"}


class ToolLine(QFrame):
    """Tells what was asked by signals."""

    mode_chosen = Signal(str)
    area_asked = Signal(QPoint)
    ledger_asked = Signal(QPoint)
    export_asked = Signal()
    notice_asked = Signal()
    requirements_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setFixedHeight(size("tool_bar"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(5)
        self.area, self.ledger = Chooser("领域", "", self), Chooser("台账", "", self)
        for chooser, asked in ((self.area, self.area_asked), (self.ledger, self.ledger_asked)):
            chooser.clicked.connect(partial(_ask_under, chooser, asked.emit))
            row.addWidget(chooser)
        row.addWidget(self._make_modes())
        row.addStretch(1)
        tools = (
            ("要求…", "settings", "这个台账要不要按月报送、几日前报、要不要审核", self.requirements_asked),
            ("催报", "alert", "写一份催报通知", self.notice_asked),
            ("导出", "arrow_export", "把报送情况导出到 Excel", self.export_asked),
        )
        self.buttons: dict[str, QPushButton] = {}
        for text, icon, tip, asked in tools:
            made = button(text, self, "ghost")
            made.setIcon(icons.icon(icon))
            made.setToolTip(plain(tip))
            made.clicked.connect(lambda _checked=False, asked=asked: asked.emit())
            self.buttons[text] = made
            row.addWidget(made)

    def _make_modes(self) -> Segment:
        made = Segment(tuple(MODES.values()), self, "哪一张表")
        made.setFixedHeight(size("control") + 2)
        made.chosen.connect(lambda at: self.mode_chosen.emit(list(MODES)[at]))
        self.modes = dict(zip(MODES, made.buttons, strict=True))
        return made

    def show_choice(self, mode: str, area: str, ledger: str) -> None:
        """Show which matrix of which ledger is seen; a matrix of areas has neither area nor ledger."""
        self.modes[mode].setChecked(True)
        self.area.show_choice(f"领域 {area}")
        self.ledger.show_choice(f"台账 {ledger}")
        one = mode == "village"
        self.area.setVisible(one)
        self.ledger.setVisible(one)
        self.buttons["要求…"].setVisible(one)
        self.buttons["导出"].setVisible(one)


def _ask_under(chooser: Chooser, ask: Callable[[QPoint], None]) -> None:
    """Ask for a menu under the chooser."""
    ask(chooser.mapToGlobal(chooser.rect().bottomLeft()))
