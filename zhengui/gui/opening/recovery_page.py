"""The recovery key on a page of its own, to be printed and locked away."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.printer import has_printer
from zhengui.values.recovery_key import shown

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_TOLD = (
    "忘了密码、管理员离开了、电脑坏了换新的，都要靠它打开数据和备份。它与密码一样能打开一切，"
    "请打印或抄写下来，放进保险柜，不要存在电脑里，也不要拍照。换了新的，旧的就作废。"
)


class RecoveryPage(Dialog):
    """Is done with by who says that it is kept; who leaves it for later can ask for another key under 人员."""

    def __init__(self, parent: QWidget | None, key: str, office: str, path: Path, today: date) -> None:
        super().__init__(parent, "请收好恢复密钥", _TOLD, "完成", "先不打印", width=500)
        self._key, self._office, self._path, self._today = key, office, path, today
        self.shown = self.add_words(_lines(key), "big")
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add_words(
            "字母不分大小写；没有字母 I、L、O、U，看到的都是数字 1 和 0。先不打印的，以后在“系统 → 人员”里换一个再打印。",
            "cap",
        )
        self.kept = self.add_tick("已经打印或抄写，并收好了")
        self.rows.addWidget(self.kept)
        self.add_verb("打印…", self._print)

    def mistake(self) -> str:
        kept = self.kept.isChecked()
        return self.wrong(self.kept, "" if kept else "请先打印或抄写，再勾选“已经打印或抄写，并收好了”。")

    def _print(self) -> None:
        if not has_printer(self, "请用笔把恢复密钥抄在纸上，放进保险柜，再勾选“已经打印或抄写，并收好了”。"):
            return
        # A library of its own, which no start has to wait for.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)
            self.kept.setFocus()

    def print_on(self, printer: QPrinter) -> None:
        """Draw the page."""
        printer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                QMarginsF(25, 30, 25, 25),
                QPageLayout.Unit.Millimeter,
            )
        )
        painter = QPainter(printer)
        width = painter.viewport().width()
        top = 0.0
        words = (
            ("政规恢复密钥", 22, True),
            (f"{self._office}　数据文件“{self._path.name}”　{self._today:%Y-%m-%d}", 11, False),
            (_lines(self._key), 20, True),
            (_TOLD, 12, False),
            ("使用：打开数据文件时点“忘了密码…”，照着输入；不分大小写，横线可以不输。", 12, False),
            ("收存人：＿＿＿＿＿＿＿＿　　收存地点：＿＿＿＿＿＿＿＿＿＿＿＿", 12, False),
        )
        for text, points, bold in words:
            font = QFont(self.font())
            font.setPointSize(points)
            font.setBold(bold)
            painter.setFont(font)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
            if points == 12:
                flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
            room = QRectF(0, top, width, painter.viewport().height() - top)
            drawn = painter.boundingRect(room, int(flags), text)
            painter.drawText(room, int(flags), text)
            top += drawn.height() + painter.fontMetrics().height() * 1.2
        painter.end()


def _lines(key: str) -> str:
    """Two lines of four groups."""
    groups = shown(key).split("-")
    return "　".join(groups[:4]) + "\n" + "　".join(groups[4:])
