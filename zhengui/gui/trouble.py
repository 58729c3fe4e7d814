"""What the program says when something did not work: known trouble in its own sentence, the rest kept in the log."""

from __future__ import annotations

import logging

from PySide6.QtWidgets import QWidget

from zhengui.gui.dialogs import tell
from zhengui.paths import user_folder

LOG = logging.getLogger(__name__)


def sentence(error: Exception) -> str:
    """What to tell: the error's own Chinese sentence, or where the details were written."""
    text = str(error)
    if any("\u4e00" <= c <= "\u9fff" for c in text):
        return text
    LOG.error("unexpected trouble", exc_info=error)
    return f"程序遇到没有料到的情况，已保存的数据不受影响。请再试一次；如果还是这样，请把“{user_folder()}”里的日志交给维护人员。"


def show_trouble(parent: QWidget, error: Exception) -> None:
    """Tell it in a dialog."""
    tell(parent, "这一步没有做成", sentence(error))
