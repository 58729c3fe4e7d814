"""What is put on the clipboard or dragged, made so that it may outlive the program."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QStandardItemModel


def new_mime_data() -> QMimeData:
    """Empty data that Qt itself made.

    What Python makes and the clipboard still holds when the program ends takes Python along after its end, and the
    program crashes then, each time that something was copied last.
    """
    model = QStandardItemModel(1, 1)
    data = model.mimeData([model.index(0, 0)])
    data.clear()
    return data
