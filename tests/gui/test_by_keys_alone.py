"""A new township's way from nothing to an issued, printed document, through the real window with keys only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.typist import CTRL, SHIFT, Key, Typist, Until
from zhengui.gui.area.page import AreaPage
from zhengui.gui.document.document_editor import DocumentEditor
from zhengui.gui.frame.start import Session
from zhengui.gui.kit.dialogs import Question
from zhengui.gui.opening.first_start import FirstStart
from zhengui.gui.report import print_dialog
from zhengui.gui.report.print_dialog import PrintQuestion
from zhengui.gui.report.printing import Way
from zhengui.gui.report.report_page import ReportPage
from zhengui.paths import resource
from zhengui.services.issue.issue_document import all_issues, issued_pages

#: What is typed for the first hazard; what is not here is left empty.
TYPED = {
    "found_on": "今天",
    "village": "bsc",
    "place": "村口石桥",
    "field": "校园",
    "grade": "一般",
    "detail": "护栏松动",
}
SENTENCE = "全年排查隐患#pcyh"


@pytest.fixture
def session(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path / "home"))
    made = Session(qapp)
    qtbot.addWidget(made.window)
    made.window.showNormal()
    made.window.resize(1366, 704)
    yield made
    qapp.aboutToQuit.disconnect(made.remember)
    made.background.close()
    if made.desk is not None:
        made.desk.township.close()


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer whose paper is a PDF file."""
    target = tmp_path / "printed.pdf"
    real = print_dialog.printer_for

    def printer(way: Way, title: str) -> QPrinter:
        made = real(way, title)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return made

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["打印机"]))
    monkeypatch.setattr(print_dialog, "printer_for", printer)
    return target


class WayByKeys:
    """The way in steps; each is a script for a typist."""

    def __init__(self, session: Session, typist: Typist) -> None:
        self.session, self.typist = session, typist

    # What is in front

    def modal(self, kind: type) -> bool:
        return isinstance(QApplication.activeModalWidget(), kind)

    @property
    def page(self) -> object:
        navigation = self.session.window.navigation
        return navigation.current if navigation is not None else None

    @property
    def editor(self) -> DocumentEditor:
        assert isinstance(self.page, ReportPage)
        return self.page.editor

    # Keys

    def press(self, *keys: Key) -> Iterator[Until]:
        for key in keys:
            self.typist.press(key)
            yield lambda: True

    def until(self, key: Key, met: Until, most: int = 40) -> Iterator[Until]:
        """Press a key until something is so."""
        for _time in range(most):
            if met():
                return
            yield from self.press(key)
            yield lambda: True
        assert met(), f"{key} was pressed {most} times"

    def go(self, letters: str, there: Until) -> Iterator[Until]:
        """Ctrl+Shift+P, some initials, Enter."""
        self.typist.press(Key.Key_P, CTRL | SHIFT)
        yield lambda: self.session.window.commands._panel is not None
        yield lambda: self.session.window.commands._panel.field.hasFocus()  # type: ignore[union-attr]
        self.typist.write(letters)
        yield from self.press(Key.Key_Return)
        yield there

    # The way

    def whole(self) -> Iterator[Until]:
        yield lambda: self.modal(FirstStart)
        yield from self.found()
        yield from self.register()
        yield from self.write()
        yield from self.issue()
        yield from self.print()

    def found(self) -> Iterator[Until]:
        first = QApplication.activeModalWidget()
        assert isinstance(first, FirstStart)
        self.typist.write("云岭镇")
        yield from self.press(Key.Key_Return)
        yield lambda: first.step == 1
        self.typist.write("白沙村")
        yield from self.until(Key.Key_Tab, lambda: first.focusWidget() is first.deed)
        yield from self.press(Key.Key_Return)
        yield lambda: first.step == 2
        yield from self.press(Key.Key_Return)
        yield lambda: first.step == 3
        self.typist.write("李试")
        yield from self.press(Key.Key_Return)
        yield lambda: self.page is not None

    def register(self) -> Iterator[Until]:
        yield from self.go("yhtz", lambda: isinstance(self.page, AreaPage))
        area = self.page
        assert isinstance(area, AreaPage)
        yield lambda: area.view.ledger is not None and area.view.ledger.key == "hazard"
        self.typist.press(Key.Key_N, CTRL)
        yield lambda: area.form is not None and area.form.isVisible()
        assert area.form is not None
        sheet, left = area.form.form.open_sheet(), dict(TYPED)

        def current() -> str:
            focused = QApplication.focusWidget()
            return next((key for key, row in sheet.rows.items() if row.editor.input() is focused), "")

        for _step in range(60):
            if not left:
                break
            self.typist.write(left.pop(current(), ""))
            yield lambda: True
            yield from self.press(Key.Key_Return)
            yield lambda: True
        assert not left
        self.typist.press(Key.Key_S, CTRL)
        form = area.form
        yield lambda: form.record_id is not None and not form.form.dirty

    def write(self) -> Iterator[Until]:
        yield from self.go("zjbg", lambda: isinstance(self.page, ReportPage))
        editor, report = self.editor, self.page
        assert isinstance(report, ReportPage)
        yield lambda: report._published is not None
        outline = editor.outline
        yield from self.until(Key.Key_F6, outline.hasFocus)
        for _each in ("总结", "计划"):
            # The one that is left takes the number of the first.
            yield from self.until(Key.Key_Down, lambda: _text(editor).startswith("一、"))
            yield from self.press(Key.Key_Space)
            yield lambda: True
        yield from self.until(Key.Key_F6, editor.area.hasFocus)
        self.typist.press(Key.Key_Home, CTRL)
        yield lambda: True
        yield from self.until(Key.Key_Down, lambda: editor.area.part() != 0)
        first = editor.area.part()
        yield from self.until(Key.Key_Down, lambda: editor.area.part() != first)
        yield from self.press(Key.Key_Up, Key.Key_End, Key.Key_Return)
        self.typist.write(SENTENCE)
        yield lambda: editor.suggestions.isVisible() and editor.suggestions.list.count() > 0
        yield from self.press(Key.Key_Return)
        self.typist.write("。")
        yield lambda: report.checks.list.count() == 0 or not _stops(report)

    def issue(self) -> Iterator[Until]:
        issuing = self.editor.issuing
        yield from self.go("ss", issuing.back_button.isVisible)
        report = self.page
        assert isinstance(report, ReportPage)
        yield lambda: report._published is not None and issuing.issue_button.isEnabled()
        yield from self.go("qf", lambda: self.modal(Question))
        yield from self.until(Key.Key_Tab, lambda: _ringed() == "签发")
        yield from self.press(Key.Key_Return)
        yield issuing.revise_button.isVisible

    def print(self) -> Iterator[Until]:
        report = self.page
        assert isinstance(report, ReportPage)
        yield lambda: report._print.isEnabled() and not report._soon.isActive()
        self.typist.press(Key.Key_P, CTRL)
        yield lambda: self.modal(PrintQuestion)
        yield from self.press(Key.Key_Return)
        yield lambda: self.modal(QPrintDialog)
        yield from self.press(Key.Key_Return)
        yield lambda: QApplication.activeModalWidget() is None


def _text(editor: DocumentEditor) -> str:
    item = editor.outline.currentItem()
    return item.text(0) if item is not None else ""


def _ringed() -> str:
    modal = QApplication.activeModalWidget()
    focused = modal.focusWidget() if modal is not None else None
    return str(getattr(focused, "text", str)())


def _stops(report: ReportPage) -> list[str]:
    return [finding.title for finding in report.checks._findings or () if finding.severity == "stop"]


def test_from_nothing_to_an_issued_and_printed_document(
    session: Session, paper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist = Typist(session.window, lambda: session.background.resting)
    way = WayByKeys(session, typist)
    typist.begin(way.whole())
    session.begin(None)
    qtbot.waitUntil(lambda: typist.done, timeout=300_000)
    if typist.trouble is not None:
        raise typist.trouble
    assert session.desk is not None
    township = session.desk.township
    qtbot.waitUntil(lambda: session.background.resting, timeout=60_000)
    (issue,) = all_issues(township)
    with pikepdf.open(paper) as printed:
        assert len(printed.pages) == issue.pages == 1
    with pypdfium2.PdfDocument(issued_pages(township, issue.id).pdf) as issued:
        words = re.sub(r"\s", "", issued[0].get_textpage().get_text_range())
    assert "云岭镇" in words
    assert "全年排查隐患1处。" in words
    # The paper bears the day of its issue, not the year's last.
    assert f"{issue.at.year}年{issue.at.month}月{issue.at.day}日" in words
    told = resource("help").joinpath("start.html").read_text(encoding="utf-8")
    counted = re.search(r"按键 (\d+) 次，另外打 (\d+) 个字", told)
    assert counted is not None
    assert (typist.keys, typist.letters) == tuple(map(int, counted.groups()))
