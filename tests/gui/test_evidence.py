"""Evidence from the window: what is asked, what is bound, and how the file is offered."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from tests.gui.conftest import Settle
from tests.services.drafts import new_document
from zhengui.figures import period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.figure import evidence_dialog
from zhengui.gui.figure.evidence_dialog import MASKED, OPEN, EvidenceDialog
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit import opened_file, waiting
from zhengui.services.issue import bind_evidence
from zhengui.services.issue.link_evidence import (
    EvidenceSection,
    PrintedFigure,
    copy_beside,
    figures_by_section,
)
from zhengui.services.township.township import Township

SECTIONS = (
    EvidenceSection("（一）安全", (PrintedFigure("a", "排查", "3次"), PrintedFigure("b", "消除", "2处"))),
    EvidenceSection("（二）信访", (PrintedFigure("c", "信访", "未知"),)),
)


def figure_page(window: MainWindow, settle: Settle) -> FigurePage:
    window.go(Place("figure", "hazards_removed"))
    settle()
    assert window.navigation is not None
    shown = window.navigation.current
    assert isinstance(shown, FigurePage)
    return shown


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[EvidenceDialog]:
    """Say yes to the question, and choose a file."""
    asked: list[EvidenceDialog] = []

    def accept(dialog: EvidenceDialog) -> int:
        asked.append(dialog)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(EvidenceDialog, "exec", accept)
    chosen = (str(path) if path is not None else "", "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: chosen)
    return asked


def test_the_page_of_a_figure_binds_its_evidence_and_offers_it(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(opened_file.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    asked = answer(monkeypatch, tmp_path / "book")
    shown = figure_page(window, settle)
    shown.evidence.click()
    settle()
    assert len(asked) == 1
    assert not asked[0].tree.isVisibleTo(asked[0])
    with pdfplumber.open(tmp_path / "book.pdf") as pdf:
        text = "".join(page.extract_text() or "" for page in pdf.pages).replace("\n", "")
    assert "消除隐患" in text
    assert "青石小学校门" in text
    assert window.toast is not None
    assert "已生成佐证材料" in window.toast.text
    assert "1 条记录" in window.toast.text
    window.commands.undo()
    assert opened == [], "Ctrl+Z takes nothing back here"
    window.toast._button.click()
    assert opened == [str(tmp_path / "book.pdf")]


def test_leaving_the_choice_of_the_file_writes_nothing(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, None)
    figure_page(window, settle).evidence.click()
    settle()
    assert not list(tmp_path.glob("*.pdf"))


def test_a_document_is_bound_with_the_copy_that_leads_into_the_book(
    window: MainWindow,
    desk: Desk,
    township: Township,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked = answer(monkeypatch, tmp_path / "book.pdf")
    document = new_document(township, period.year(2021))
    evidence_dialog.ask_for_document(window, desk, document)
    settle()
    printed = [figure.key for section in figures_by_section(township, document) for figure in section.figures]
    assert asked[0].chosen() == printed
    with pdfplumber.open(copy_beside(tmp_path / "book.pdf")) as copy:
        links = sum(len(page.annots) for page in copy.pages)
    assert links >= len(printed)
    assert window.toast is not None
    assert "和带链接的文稿" in window.toast.text


def test_cancelling_leaves_no_file(
    window: MainWindow, desk: Desk, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    cancelled, drawn = threading.Event(), bind_evidence.render

    def drawn_afterwards(*arguments: Any) -> Any:
        cancelled.wait(60)  # a book of a few pages would be ready before anybody can press 取消
        return drawn(*arguments)

    monkeypatch.setattr(bind_evidence, "render", drawn_afterwards)
    shown = figure_page(window, settle)
    evidence_dialog.bind_figure(shown, desk, "hazards_removed", tmp_path / "book.pdf", True)
    box = next(child for child in shown.children() if isinstance(child, waiting.Waiting))
    box.reject()
    cancelled.set()
    settle()
    assert not list(tmp_path.glob("*.pdf*"))


def test_figures_are_chosen_by_section(window: MainWindow) -> None:
    dialog = EvidenceDialog(window, "装订成一份 PDF。", SECTIONS)
    assert dialog.chosen() == ["a", "b", "c"]
    assert dialog._count.text() == "已选 3 个，共 3 个指标"
    first = dialog.tree.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.chosen() == ["c"]
    dialog._check_all(Qt.CheckState.Unchecked)
    assert not dialog.deed.isEnabled()
    dialog._check_all(Qt.CheckState.Checked)
    assert first.checkState(0) is Qt.CheckState.Checked
    assert dialog.deed.isEnabled()


def test_more_than_a_book_holds_is_said(window: MainWindow) -> None:
    many = tuple(PrintedFigure(f"f{number}", f"指标{number}", "1") for number in range(1200))
    dialog = EvidenceDialog(window, "装订成一份 PDF。", (EvidenceSection("一、工作", many),))
    assert "一册最多装订 999 个" in dialog._count.text()
    assert not dialog.deed.isEnabled()


def test_personal_data_are_masked_unless_one_says_otherwise(window: MainWindow) -> None:
    dialog = EvidenceDialog(window, "装订成一份 PDF。")
    assert dialog.masked.isChecked()
    assert dialog._why.text() == MASKED
    dialog.masked.setChecked(False)
    assert dialog._why.text() == OPEN
