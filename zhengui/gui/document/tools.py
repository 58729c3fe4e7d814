"""The tools of the text, for the bar of the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QTransform
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.allowing import LOCKED, allow
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.plain import plain


def icon_button(parent: QWidget, icon: str, tip: str, call: Callable[[], object]) -> QPushButton:
    """A button that is only a drawing, with its name."""
    made = button("", parent, "icon")
    made.setIcon(icons.icon(icon))
    made.setToolTip(plain(tip))
    made.setAccessibleName(tip.partition("（")[0])
    made.clicked.connect(lambda _checked=False: call())
    return made


class EditorTools(QWidget):
    """Insert, undo, redo, find, versions, issues."""

    insert_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    find_asked = Signal()
    versions_asked = Signal()
    issues_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.insert = button("插入指标", self, "ghost")
        self.insert.setIcon(icons.icon("number_symbol"))
        self.insert.setToolTip("插入指标或断言（在文中打 { 或 #）")
        self.insert.clicked.connect(lambda _checked=False: self.insert_asked.emit())
        row.addWidget(self.insert)
        self.undo = icon_button(self, "arrow_undo", "撤销（Ctrl+Z）", self.undo_asked.emit)
        self.redo = icon_button(self, "arrow_undo", "重做（Ctrl+Y）", self.redo_asked.emit)
        self.redo.setIcon(_mirrored("arrow_undo"))
        self.search = icon_button(self, "search", "查找和替换（Ctrl+F）", self.find_asked.emit)
        self.versions = icon_button(self, "history", "版本", self.versions_asked.emit)
        self.issues = icon_button(
            self, "lock_closed", "签发过的文稿：差别、比较、原样的 PDF", self.issues_asked.emit
        )
        for each in (self.undo, self.redo, self.search, self.versions, self.issues):
            row.addWidget(each)

    def allow(self, editable: bool, can_undo: bool, can_redo: bool, frozen: bool) -> None:
        """Offer what can be done."""
        allow(self.insert, editable, LOCKED)
        allow(self.undo, editable and can_undo, "还没有可以撤销的改动" if editable else LOCKED)
        allow(self.redo, editable and can_redo, "没有撤销过的改动" if editable else LOCKED)
        allow(self.search, not frozen, "签发的文稿请在右边的页面上查找")


def _mirrored(name: str) -> QIcon:
    flip = QTransform().scale(-1, 1)
    made = QIcon()
    made.addPixmap(icons.pixmap(name).transformed(flip), QIcon.Mode.Normal)
    made.addPixmap(icons.pixmap(name, 16, "inkd").transformed(flip), QIcon.Mode.Disabled)
    return made
