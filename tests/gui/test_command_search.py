"""Ctrl+Shift+P: what stands behind a page's own tabs is found by its title and by other words, and gone to by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.tabs import INNER, PINNED, groups, inner_titles
from zhengui.gui.frame.commands import CommandPanel
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.report.report_page import ReportPage
from zhengui.gui.sheets.page import FormsPage
from zhengui.gui.system.page import PANELS, SystemPage
from zhengui.gui.worklist.page import WorklistPage
from zhengui.storage.writing.documents import REVIEW
from zhengui.values.pinyin import initials


def search(window: MainWindow, typed: str) -> CommandPanel:
    """The search opened by its keys, with something typed into it."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_P, both)
    panel = next(each for each in window.findChildren(CommandPanel) if each.isVisible())
    composed = QInputMethodEvent()
    composed.setCommitString(typed)
    QApplication.sendEvent(panel.field, composed)
    return panel


def test_pages_take_the_titles_of_their_tabs_from_the_one_list(catalogue: Catalogue) -> None:
    assert list(inner_titles("system")) == list(PANELS)
    pages = {tab.page for group in groups(catalogue) for tab in group.tabs} | {t.page for t in PINNED}
    assert {each.page for each in INNER} <= pages


@pytest.mark.parametrize(
    ("typed", "page", "key"),
    [
        ("mima", "system", "people"),
        ("人员", "system", "people"),
        ("beifen", "system", "data"),
        ("hszs", "system", ""),
        ("huishouzhan", "system", "bin"),
        ("jianfu", "forms", "asked"),
        ("看板", "worklist", "看板"),
        ("choucha", "worklist", "抽查"),
    ],
)
def test_a_tab_of_a_page_is_found_by_other_words_too(
    window: MainWindow, settle: Settle, qtbot: QtBot, typed: str, page: str, key: str
) -> None:
    panel = search(window, typed)
    shown = [panel.list.item(row).text() for row in range(panel.list.count())]
    if not key:
        assert shown == []
        return
    title = next(each.title for each in INNER if each.page == page and key in (each.of, each.state))
    row = next(row for row, text in enumerate(shown) if text.startswith(title) and text != f"{title}台账")
    for _ in range(row):
        QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    settle()
    assert window.navigation is not None
    current = window.navigation.current
    place = current.where() if current is not None else None
    assert place == Place(page, place.of if page == "worklist" and place is not None else key)
    if isinstance(current, WorklistPage):
        assert place is not None
        assert place.state == key
    else:
        assert isinstance(current, SystemPage | FormsPage)


def test_the_keyboard_goes_along_to_the_page(window: MainWindow, settle: Settle) -> None:
    window.activateWindow()
    window.rail.tabs["home"].setFocus()
    panel = search(window, "回收站")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    settle()
    assert window.navigation is not None
    page, focused = window.navigation.current, QApplication.focusWidget()
    assert page is not None
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_every_deed_of_the_document_is_found_by_its_title_and_by_initials(
    window: MainWindow, settle: Settle
) -> None:
    window.go(Place("report"))
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, ReportPage)
    offered = [each for each in page.offered() if each.when()]
    assert {
        "submit",
        "sign_off",
        "lay_out",
        "page_settings",
        "save_pdf",
        "save_word",
        "save_ofd",
        "evidence",
    } <= {each.action.id for each in offered}
    for each in offered:
        for typed in (each.action.title, initials(each.action.title)):
            panel = search(window, typed)
            shown = [panel.list.item(row).text() for row in range(panel.list.count())]
            assert any(text.startswith(each.action.title) for text in shown), typed
            QTest.keyClick(panel.field, Qt.Key.Key_Escape)


def test_a_deed_of_the_document_is_done_by_keys(window: MainWindow, settle: Settle) -> None:
    window.go(Place("report"))
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, ReportPage)
    assert page.editor.writing.stored is not None
    QTest.keyClick(search(window, "ss").field, Qt.Key.Key_Return)
    settle()
    assert page.editor.writing.stored.state == REVIEW
    assert page.editor.issuing.back_button.isVisible()
