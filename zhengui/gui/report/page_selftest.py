"""The self-test of pages: a page of the preview has ink, and printing to a file brings it on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from zhengui.gui.report.booklet import single
from zhengui.gui.report.printing import Way, print_pdf, printer_for
from zhengui.services.whole.selftest import Check

#: Pixels of a small page; enough to see that something is on it.
PAGE = QSize(210, 297)
#: Dots to the inch of the trial print.
DOTS = 150


def page_checks(folder: Path) -> Iterator[Check]:
    """The checks, on the PDF that the other checks left in `folder`; they need a QApplication."""
    yield "预览", lambda: _preview(folder)
    yield "打印", lambda: _printing(folder)


def _preview(folder: Path) -> str:
    page = _first_page(folder / "自检.pdf")
    if not _has_ink(page):
        raise ValueError("预览的页面是空白的，请重新运行一次安装程序。")
    return "总结的第一页画得出来"


def _printing(folder: Path) -> str:
    target = folder / "自检打印.pdf"
    target.unlink(missing_ok=True)
    printer = printer_for(Way(), "自检")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(DOTS)
    print_pdf((folder / "自检.pdf").read_bytes(), printer, single([0]), lambda _done, _whole, _what="": None)
    if not _has_ink(_first_page(target)):
        raise ValueError("打印到文件的页面是空白的，请重新运行一次安装程序。")
    return "打印到文件正常"


def _first_page(path: Path) -> QImage:
    document = QPdfDocument()
    if document.load(str(path)) != QPdfDocument.Error.None_:
        raise ValueError(f"“{path.name}”读不出来，请重新运行一次安装程序。")
    page = document.render(0, PAGE).convertToFormat(QImage.Format.Format_ARGB32)
    document.close()
    return page


def _has_ink(page: QImage) -> bool:
    """Whether any point of the page is dark."""
    return any(
        page.pixelColor(x, y).alpha() > 128 and page.pixelColor(x, y).lightness() < 128
        for y in range(0, page.height(), 2)
        for x in range(0, page.width(), 2)
    )
