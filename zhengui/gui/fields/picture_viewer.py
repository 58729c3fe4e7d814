"""A photo kept with a record, shown as large as the screen allows, without leaving a copy on the disk."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label

_ROOM = 0.8


class PictureViewer(Dialog):
    """One picture; Esc or 关闭 goes back."""

    def __init__(self, parent: QWidget, name: str, content: bytes) -> None:
        super().__init__(parent, verb="关闭", title=name)
        picture = QPixmap()
        if picture.loadFromData(content):
            shown = label("")
            shown.setPixmap(_fitted(picture, self.screen().availableSize() * _ROOM, self.devicePixelRatioF()))
            shown.setAccessibleName(name)
            self.rows.addWidget(shown, 0, Qt.AlignmentFlag.AlignCenter)
        else:
            self.add_words("这个文件不是图片，请右击后另存为，再用别的程序打开。")
        self.add_words(name, "cap")


def _fitted(picture: QPixmap, room: QSize, ratio: float) -> QPixmap:
    """The picture, shrunk to the room but never enlarged."""
    size = picture.size().scaled(room * ratio, Qt.AspectRatioMode.KeepAspectRatio)
    if size.width() > picture.width():
        size = picture.size()
    fitted = picture.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    fitted.setDevicePixelRatio(ratio)
    return fitted


def show_picture(parent: QWidget, name: str, content: bytes) -> None:
    """Show a picture until it is closed."""
    PictureViewer(parent, name, content).exec()
