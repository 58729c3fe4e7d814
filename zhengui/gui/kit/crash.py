"""When the program itself goes wrong: say so in Chinese, keep a report without personal data, and let the work go on.

Three ways lead here: an error in answering a click (Qt goes on with the next event), an error in a thread of Python's,
and a crash of a library that ends the process at once. The last can only be told at the next start.
"""

from __future__ import annotations

import faulthandler
import platform
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from zhengui import __version__
from zhengui.gui.kit.trouble import LOG, where_it_happened
from zhengui.paths import user_folder

REPORTS = "故障报告"
#: What the fatal error handler writes while the process ends; not empty only after such an end.
LAST_WORDS = "last-words.txt"
KEPT = 10
#: The same error again within so many seconds is not told again.
QUIET = 30.0


class Watch(QObject):
    """Takes every error that nobody caught; errors of other threads are told in the window's thread."""

    caught = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told: dict[str, float] = {}
        self._last_words: TextIO | None = None
        self._before = sys.excepthook, threading.excepthook
        self.caught.connect(self._tell)
        sys.excepthook = self._take
        threading.excepthook = lambda args: self._take(args.exc_type, args.exc_value, args.exc_traceback)

    def _take(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error or kind(), trace)
            return
        self.caught.emit(error.with_traceback(trace))

    def _tell(self, error: BaseException) -> None:
        from zhengui.gui.kit.dialogs import tell

        sign = "\n".join(where_it_happened(error))
        now = time.monotonic()
        again = now - self._told.get(sign, -QUIET) < QUIET
        self._told[sign] = now
        if again:
            return
        LOG.error("an error that nobody caught", exc_info=error)
        report = keep_report(sign)
        tell(
            self._window,
            "刚才的操作没有做完，程序出了问题",
            "已保存的数据不受影响，正在填写的内容已存为草稿。可以接着使用；如果画面不对，请关闭程序再打开。"
            + where_the_report_is(report),
        )

    def watch_for_the_end(self) -> None:
        """Let Python write where it was when a library ends the process, and tell of the last such end."""
        path = user_folder() / LAST_WORDS
        told = ""
        with suppress(OSError):
            told = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        try:
            self._last_words = path.open("w", encoding="utf-8")
            faulthandler.enable(self._last_words, all_threads=True)
        except OSError:
            LOG.warning("the folder of the user cannot be written to")
        if told.strip():
            self._tell_of_the_last_end(told)

    def _tell_of_the_last_end(self, told: str) -> None:
        from zhengui.gui.kit.dialogs import tell

        report = keep_report(_without_folders(told))
        tell(
            self._window,
            "上次政规没有正常关闭",
            "已保存的数据不受影响；上次没有填完的内容存为草稿，打开登记表就能看到。"
            + where_the_report_is(report),
        )

    def stop(self) -> None:
        """Hand errors back to whoever took them before."""
        sys.excepthook, threading.excepthook = self._before
        if self._last_words is not None:
            faulthandler.disable()
            self._last_words.close()
            self._last_words = None
            with suppress(OSError):
                (user_folder() / LAST_WORDS).unlink(missing_ok=True)


def where_the_report_is(report: Path | None) -> str:
    """The sentence that tells where a report lies; empty where none could be written."""
    if report is None:
        return ""
    return f"经过写在“{report}”里，其中没有个人信息；如果再次出现，请把它交给维护人员。"


def keep_report(happened: str) -> Path | None:
    """Write what IT staff need to know into a file: the version, the system, the screen, where it happened.

    No names, no values, no text of the error. Returns None where nothing can be written.
    """
    folder = user_folder() / REPORTS
    at = datetime.now()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{at:%Y%m%d-%H%M%S}.txt"
        path.write_text("\n".join([*about_this_computer(), "", happened, ""]), encoding="utf-8")
        for old in sorted(folder.glob("*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def about_this_computer() -> list[str]:
    """Lines about the program and the system, none about the person or the office."""
    lines = [
        f"政规 {__version__}，Python {platform.python_version()}，Qt {QtCore.qVersion()}",
        f"系统：{platform.system()} {platform.release()} {platform.version()} {platform.machine()}",
    ]
    for screen in QGuiApplication.screens():
        size = screen.geometry().size()
        lines.append(f"屏幕：{size.width()}×{size.height()}，缩放 {screen.devicePixelRatio():.0%}")
    return lines


def _without_folders(told: str) -> str:
    """The last words with the folders of their files cut short, for these may hold a person's name."""
    import re

    return re.sub(r'File "[^"]*?([^"/\\]+[/\\][^"/\\]+)"', r'File "\1"', told)
