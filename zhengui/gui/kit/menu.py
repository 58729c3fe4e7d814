"""A menu made for one question, let go when it was answered."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget


class Menu(QMenu):
    """Gone once it is closed and what was chosen is done: its parent would keep every menu ever opened.

    For a menu that is made each time it is asked for; one that a button keeps is a plain `QMenu`.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)
