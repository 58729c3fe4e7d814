"""What leaves the program: the pages as PDF, as OFD and on paper, the document for Word, the book of evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from zhengui.gui.kit.waiting import run_waiting

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.services.paper.publish_report import Published


class Output(QObject):
    """Always of the pages that are shown."""

    def __init__(self, desk: Desk, page: QWidget, shown: Callable[[], Published | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._shown = desk, page, shown

    def ask_for_pdf(self) -> None:
        """Ask where the PDF goes."""
        path = self._asked_path("保存 PDF", "PDF 文件 (*.pdf)", ".pdf")
        if path is not None:
            self.save_to(path)

    def ask_for_word(self) -> None:
        """Ask where the Word file goes."""
        path = self._asked_path("保存 Word", "Word 文件 (*.docx)", ".docx")
        if path is not None:
            self.save_word_to(path)

    def ask_for_issued(self, document: int, kind: str) -> None:
        """Ask where the latest issue of a document goes, as it was issued."""
        from zhengui.gui.document.save_issue import ask_where_and_save
        from zhengui.services.issue.issue_document import all_issues

        ask_where_and_save(self._desk, all_issues(self._desk.township, document)[0], kind, self._page)

    def ask_for_ofd(self) -> None:
        """Ask where the OFD goes."""
        path = self._asked_path("保存 OFD", "OFD 文件 (*.ofd)", ".ofd")
        if path is not None:
            self.save_ofd_to(path)

    def ask_and_print(self, current: int) -> None:
        """Ask which pages and print them."""
        from zhengui.gui.report.print_dialog import ask_and_print

        published = self._shown()
        if published is not None:
            ask_and_print(self._page, self._desk, published, current)

    def ask_for_evidence(self, document: int, issued: bool) -> None:
        """Ask which figures and bind them, beside a copy of the document that leads into the book."""
        from zhengui.gui.figure.evidence_dialog import ask_for_document

        ask_for_document(self._page, self._desk, document, issued)

    def save_to(self, path: Path) -> None:
        """Save the very bytes of the preview."""
        from zhengui.services.paper.publish_report import save

        self._write(save, path, "PDF")

    def save_word_to(self, path: Path) -> None:
        """Save the same document for Word."""
        from zhengui.services.paper.publish_word import save_word

        self._write(save_word, path, "Word 文件")

    def save_ofd_to(self, path: Path) -> None:
        """Save the same pages as OFD."""
        from zhengui.services.paper.publish_ofd import save_ofd

        self._write(save_ofd, path, "OFD")

    def _asked_path(self, question: str, kinds: str, suffix: str) -> Path | None:
        published = self._shown()
        if published is None:
            return None
        suggested = str(self._desk.township.path.parent / f"{published.title}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self._page, question, suggested, kinds)
        if not chosen:
            return None
        return Path(chosen if chosen.lower().endswith(suffix) else f"{chosen}{suffix}")

    def _write(self, write: Callable[[Published, Path], object], path: Path, kind: str) -> None:
        published = self._shown()
        if published is None:
            return
        run_waiting(
            self._page,
            self._desk.background,
            f"正在保存 {kind}",
            lambda _progress: write(published, path),
            lambda _none: self._desk.offer_file(f"已保存 {kind}：{path}", path),
        )
