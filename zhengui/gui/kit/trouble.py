"""What the program says when something did not work: known trouble in its own sentence, the rest kept in the log."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.dialogs import tell
from zhengui.paths import user_folder

LOG = logging.getLogger(__name__)
LOG_FILE = "zhengui.log"
LOG_SIZE = 500_000


def keep_log() -> None:
    """Write what goes wrong into a small file of the user's folder, which never leaves the computer by itself."""
    handler = RotatingFileHandler(
        user_folder() / LOG_FILE, maxBytes=LOG_SIZE, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger("zhengui").addHandler(handler)


def sentence(error: Exception) -> str:
    """What to tell: the error's own Chinese sentence, or where the details were written."""
    text = str(error)
    if any("\u4e00" <= c <= "\u9fff" for c in text):
        return text
    LOG.error("unexpected trouble", exc_info=error)
    return f"程序遇到没有料到的情况，已保存的数据不受影响。请再试一次；如果还是这样，请把日志“{user_folder() / LOG_FILE}”交给维护人员。"


def show_trouble(parent: QWidget, error: Exception) -> None:
    """Tell it in a dialog."""
    tell(parent, "这一步没有做成", sentence(error))
