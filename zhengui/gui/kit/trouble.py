"""What the program says when something did not work: known trouble in its own sentence, the rest kept in the log."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import PurePath
from types import TracebackType

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.dialogs import tell
from zhengui.paths import user_folder
from zhengui.services.problem import own_sentence

LOG = logging.getLogger(__name__)
LOG_FILE = "zhengui.log"
LOG_SIZE = 500_000
KEPT_LOGS = 3


class Discreet(logging.Formatter):
    """Tells of an error its kind and where in the program it happened, never its text, which may quote a record."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return "\n".join(where_it_happened(ei[1]))


def where_it_happened(error: BaseException | None) -> Iterator[str]:
    """The calls that led to an error, a line each, with the kinds of the errors behind it; no values, no folders."""
    while error is not None:
        yield type(error).__name__
        for frame in traceback.extract_tb(error.__traceback__):
            place = "/".join(PurePath(frame.filename.replace("\\", "/")).parts[-3:])
            yield f"  {place}:{frame.lineno} {frame.name}"
        error = error.__cause__ or error.__context__


def keep_log() -> None:
    """Write what goes wrong into a small file of the user's folder, which never leaves the computer by itself."""
    handler = RotatingFileHandler(
        user_folder() / LOG_FILE, maxBytes=LOG_SIZE, backupCount=KEPT_LOGS, encoding="utf-8", delay=True
    )
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger("zhengui").addHandler(handler)


def sentence(error: Exception) -> str:
    """What to tell: the error's own Chinese sentence, or where the details were written."""
    known = own_sentence(error)
    if known is not None:
        return known
    LOG.error("unexpected trouble", exc_info=error)
    return f"程序遇到没有料到的情况，已保存的数据不受影响。请再试一次；如果还是这样，请把日志“{user_folder() / LOG_FILE}”交给维护人员。"


def show_trouble(parent: QWidget, error: Exception) -> None:
    """Tell it in a dialog."""
    tell(parent, "这一步没有做成", sentence(error))
