"""A panel of 系统: cards one under another, read anew whenever it is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.scrolled import CardColumn
from zhengui.services.township.rights import Right, why_not


class Panel(CardColumn):
    """Subclasses fill `cards` and read their values in `refresh`."""

    #: What it takes to change anything here.
    needs: Right | None = None
    #: What everybody may use here all the same.
    open_to_all: QWidget | None = None

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def show_anew(self) -> None:
        """Read what is shown; where who works here may change none of it, every field and button says why."""
        self.refresh()
        why = why_not(self.desk.township.account, self.needs) if self.needs is not None else ""
        for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton) if why else ():
            for each in self.findChildren(kind):
                if each is not self.open_to_all:
                    allow(each, False, why)

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
