"""Waiting for another piece of work to finish writing, without the window standing still."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from zhengui.gui.kit.labels import label

#: How often it is tried, and after how long a box says what is waited for, in milliseconds.
TRY, SAY = 15, 400


def wait_in_window(attempt: Callable[[], bool]) -> bool:
    """Try again and again until it is done; in the window's thread the window goes on being painted meanwhile.

    Returns False, at once, in any other thread, which may simply wait. Typing and clicking rest while it waits.
    """
    app = QCoreApplication.instance()
    if app is None or QThread.currentThread() is not app.thread():
        return False
    if attempt():
        return True
    box = QDialog(QApplication.activeWindow())
    box.setWindowTitle("政规")
    box.setWindowModality(Qt.WindowModality.ApplicationModal)
    box.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, on=False)
    column = QVBoxLayout(box)
    column.setContentsMargins(24, 20, 24, 20)
    column.addWidget(label("另一项工作正在写入，写完就保存您的内容…", box, "ttl"))
    loop = QEventLoop()
    tries, soon = QTimer(), QTimer()
    tries.setInterval(TRY)

    def once_more() -> None:
        if attempt():
            tries.stop()
            loop.quit()

    tries.timeout.connect(once_more)
    soon.setSingleShot(True)
    soon.timeout.connect(box.show)
    tries.start()
    soon.start(SAY)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    soon.stop()
    box.close()
    box.deleteLater()
    return True
