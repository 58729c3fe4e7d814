"""The 催报通知 before it goes out: its text, until when to report, copied or saved as PDF."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QWidget,
)

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import Dialog, tell
from zhengui.gui.kit.opened_file import open_file
from zhengui.gui.kit.row_fields import DayField, text_field
from zhengui.gui.kit.trouble import sentence
from zhengui.services.returns.remind_missing import GRACE, Owed, compose_reminder, notice_text, save_reminder


class NoticeDialog(Dialog):
    """Shows what will be sent; nothing is kept in the township."""

    def __init__(self, parent: QWidget, desk: Desk, year: int, found: list[Owed]) -> None:
        super().__init__(parent, "这样催报可以吗？", "", "存为 PDF…", "不发了", 600, 420)
        self._desk, self._year, self._found = desk, year, found
        today = desk.township.today()
        self.until = DayField(self, today + timedelta(days=GRACE), today)
        self.until.setAccessibleName("补报期限")
        self.until.dateChanged.connect(lambda _day: self._show())
        self.add_sentence("请在", self.until, "前补报")
        self.text = text_field(self, height=0)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("通知全文")
        self.rows.addWidget(self.text, 1)
        self.add_verb("复制文字", self._copy, before=self.deed)
        self._show()

    def _show(self) -> None:
        self.document = compose_reminder(self._desk.township, self._year, self._found, self.until.day())
        self.text.setPlainText(notice_text(self.document))

    def _copy(self) -> None:
        QApplication.clipboard().setText(notice_text(self.document))
        self._desk.say("已复制催报通知，可粘贴到工作群")
        self.accept()

    def take(self) -> None:
        name = f"{self.document.title_text}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, "保存催报通知", name, "PDF 文件 (*.pdf)")
        if chosen:
            self.save_to(Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))

    def save_to(self, path: Path) -> None:
        """Save the notice and offer it to the program that prints PDF files."""
        township, document, desk = self._desk.township, self.document, self._desk
        window = self.parentWidget() or self

        def done(_nothing: None) -> None:
            desk.offer_file(f"已保存催报通知：{path.name}，打开后可以打印", path)
            open_file(path)

        def failed(error: Exception) -> None:
            tell(window, "催报通知没有存成", sentence(error))

        desk.background.run(lambda _progress: save_reminder(township, document, path), done, failed)
        self.accept()
