"""A panel of 系统: cards one under another, read anew whenever it is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.scrolled import CardColumn


class Panel(CardColumn):
    """Subclasses fill `cards` and read their values in `refresh`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def refresh(self) -> None:
        """Read what is shown anew."""

    def can_leave(self) -> bool:
        """Whether nothing typed would be lost."""
        return True

    def field(self, column: QVBoxLayout, title: str, width: int = 320) -> QLineEdit:
        """A labelled line to type in."""
        column.addWidget(label(title, self, "fld"))
        made = QLineEdit(self)
        made.setAccessibleName(title)
        made.setMaximumWidth(width)
        column.addWidget(made)
        return made
