"""The question before the system's print dialogue: page by page, or folded as a booklet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.printer import has_printer
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.report.printing import Way, chosen_pages, print_pdf, printer_for, sides_of

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.services.paper.publish_report import Published

#: What can be chosen: its words, what it means, and the way.
CHOICES = (
    ("逐页打印", "A4 纸，按原大小；单面或双面在下一步的打印机设置里选", Way()),
    (
        "小册子，A3 纸对折",
        "一面两页，按原大小，双面打印后对折，从中间骑缝装订",
        Way(True, QPageSize.PageSizeId.A3),
    ),
    ("小册子，A4 纸对折", "一面两页，缩到七成，双面打印后对折，从中间骑缝装订", Way(True)),
)


class PrintQuestion(Dialog):
    """Three ways to print; range, copies and the printer are the system dialogue's."""

    def __init__(self, parent: QWidget | None, pages: int) -> None:
        super().__init__(parent, f"怎样打印这 {pages} 页？", "", "选择打印机…", "不打印了", 440)
        self._group = QButtonGroup(self)
        for number, (words, meaning, _way) in enumerate(CHOICES):
            choice = QRadioButton(words, self)
            choice.setChecked(not number)
            self._group.addButton(choice, number)
            self.rows.addWidget(choice)
            self.add_words(meaning, "cap").setContentsMargins(22, 0, 0, 6)

    def way(self) -> Way:
        """The way that is chosen."""
        return CHOICES[self._group.checkedId()][2]

    def choose(self, number: int) -> None:
        """Choose a way by its place."""
        self._group.button(number).setChecked(True)


def ask_and_print(parent: QWidget, desk: Desk, published: Published, current: int) -> None:
    """Ask for the way, then for the printer, and print in the background."""
    if not has_printer(parent, "可以先保存 PDF，拿到有打印机的电脑上打印。"):
        return
    question = PrintQuestion(parent, published.pages)
    if question.exec() != QDialog.DialogCode.Accepted:
        return
    way = question.way()
    printer = printer_for(way, published.title)
    dialogue = QPrintDialog(printer, parent)
    dialogue.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage, not way.booklet)
    dialogue.setMinMax(1, published.pages)
    if dialogue.exec() != QDialog.DialogCode.Accepted:
        return
    sides = sides_of(printer, chosen_pages(printer, published.pages, current), way.booklet)
    run_waiting(
        parent,
        desk.background,
        "正在送往打印机",
        lambda progress: print_pdf(published.pdf, printer, sides, progress),
        lambda _none: desk.say(f"已送往打印机：{printer.printerName()}，共 {len(sides)} 面"),
        modal=False,
    )
