"""The white column at the left of a page that leads from something to its records; it scrolls where it is too long."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from zhengui.gui.kit.scrolled import Scrolled
from zhengui.gui.kit.style import size


def side_column(parent: QWidget) -> tuple[QScrollArea, QFrame, QVBoxLayout]:
    """The column, what widgets in it belong to, and their layout; `setWidget` puts the inside in when it is filled."""
    area = Scrolled(parent)
    area.setFixedWidth(size("drill_down_left"))
    inside = QFrame(area)
    inside.setObjectName("white")
    column = QVBoxLayout(inside)
    column.setContentsMargins(20, 14, 20, 14)
    column.setSpacing(6)
    return area, inside, column
