"""The part of the self-test that needs a screen: the window, the preview of a page, printing to a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from zhengui.gui.frame.start import Session, application
from zhengui.gui.report.booklet import single
from zhengui.gui.report.printing import Way, print_pdf, printer_for
from zhengui.services.whole.selftest import NAME, Check

#: Pixels of a small page; enough to see that something is on it.
PAGE = QSize(210, 297)
#: Dots to the inch of the trial print.
DOTS = 150
ROUNDS, REST = 200, 50


def checks(folder: Path) -> Iterator[Check]:
    """The checks in order, on the files that the other checks left in `folder`."""
    yield "窗口", lambda: _window(folder)
    yield from page_checks(folder)


def page_checks(folder: Path) -> Iterator[Check]:
    """Those that also run inside the open window."""
    yield "预览", lambda: _preview(folder)
    yield "打印", lambda: _printing(folder)


def _window(folder: Path) -> str:
    """Open the window on the self-test's data file, look at it, and tell what was seen."""
    app = application(["zhengui", "-platform", "offscreen"])
    found = sorted(folder.rglob(f"*{Path(NAME).suffix}"))
    if not found:
        raise ValueError("没有可以打开的数据文件，见上面“数据库”一项。")
    before = os.environ.get("ZHENGUI_HOME")
    # What is opened here must not be what the office's window opens next time.
    os.environ["ZHENGUI_HOME"] = str(folder)
    try:
        session = Session(app)
        session.window.resize(1366, 704)
        session.window.show()
        session.open(found[0])
        session.background.wait()
        for _round in range(ROUNDS):
            app.processEvents()
            if session.desk is not None and session.background.resting:
                break
            session.background.wait(REST)
        picture = session.window.grab()
        pages = len(session.window.rail.order)
        session.window.close()
        session.background.close()
        if session.desk is None or picture.isNull():
            raise ValueError("窗口没有画出来，请重新运行一次安装程序。")
        session.desk.township.close()
        app.aboutToQuit.disconnect(session._remember)
    finally:
        os.environ.pop("ZHENGUI_HOME")
        if before is not None:
            os.environ["ZHENGUI_HOME"] = before
    return f"{picture.width()}×{picture.height()}，{pages} 个页面"


def _preview(folder: Path) -> str:
    application(["zhengui", "-platform", "offscreen"])
    page = _first_page(folder / "自检.pdf")
    if not _has_ink(page):
        raise ValueError("预览的页面是空白的，请重新运行一次安装程序。")
    return "总结的第一页画得出来"


def _printing(folder: Path) -> str:
    application(["zhengui", "-platform", "offscreen"])
    target = folder / "自检打印.pdf"
    target.unlink(missing_ok=True)
    printer = printer_for(Way(), "自检")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(DOTS)
    print_pdf((folder / "自检.pdf").read_bytes(), printer, single([0]), lambda _done, _all: None)
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
