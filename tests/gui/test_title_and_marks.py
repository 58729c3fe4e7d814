"""What the frame tells of the year and of the backup: it follows the turn of the year, its undo, and each change."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle, open_window, page_at
from zhengui.figures import period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background
from zhengui.gui.plan import deeds
from zhengui.gui.plan.page import PlanPage
from zhengui.services.document.begin_document import begin_document
from zhengui.services.document.edit_document import find_documents, open_document, set_text
from zhengui.services.entry.record import save
from zhengui.services.township import keep_backup
from zhengui.services.township.township import Township
from zhengui.services.township.working_year import working_year


def told(window: MainWindow) -> tuple[str, str, dict[str, int]]:
    """The window's title, what its period says, and the marks of the rail."""
    assert window.desk is not None
    badges = {key: tab.badge for key, tab in window.rail.tabs.items()}
    return window.windowTitle(), window.desk.scope.period_words(), badges


def plan(window: MainWindow, settle: Settle) -> PlanPage:
    return page_at(window, settle, PlanPage, Place("plan"))


def test_taking_the_turn_of_the_year_back_restores_title_and_marks(
    window: MainWindow,
    township: Township,
    desk: Desk,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deeds, "ask", lambda *_asked, **_more: True)
    old = begin_document(township, period.year(2021))
    page = plan(window, settle)
    before = told(window)
    assert "2021年" in before[0]
    assert before[2]["reporting"] > 0
    page.side.deeds.turn_year()
    qtbot.wait(500)
    settle()
    assert "2022年" in window.windowTitle()
    assert window.rail.tabs["reporting"].badge == 0
    assert len(find_documents(township, period.year(2022))) == 1
    assert window.toast is not None
    window.toast._button.click()
    qtbot.wait(500)
    settle()
    assert told(window) == before
    assert working_year(township) == 2021
    # What the turn began, and nobody wrote in, is gone: a later turn begins with what last year's says by then.
    assert find_documents(township, period.year(2022)) == []
    first = next(part for part in open_document(township, old).parts if part.kind == "paragraph")
    set_text(township, old, first.id, "年底才定下的开头。")
    page.side.deeds.turn_year()
    settle()
    (new,) = find_documents(township, period.year(2022))
    parts = open_document(township, new.id).parts
    assert next(part for part in parts if part.key == first.key).text == "年底才定下的开头。"
    assert all(part.rethink == (part.kind == "paragraph") for part in parts)
    # What somebody wrote in stays, also when the turn is taken back.
    set_text(township, new.id, parts[-1].id, "已经写了的话。")
    window.toast._button.click()
    settle()
    assert len(find_documents(township, period.year(2022))) == 1


def test_another_year_has_its_own_title_and_marks(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    before = told(window)
    desk.scope.set_period(period.year(2020))
    qtbot.wait(500)
    settle()
    assert "2020年" in window.windowTitle()
    assert window.rail.tabs["worklist"].badge == 0
    desk.scope.set_period(period.year(2021))
    qtbot.wait(500)
    settle()
    assert told(window) == before


def test_the_copy_of_an_empty_file_is_not_called_a_backup(
    qtbot: QtBot, empty_township: Township, background: Background, settle: Settle
) -> None:
    window = open_window(qtbot, empty_township, background)
    settle()
    assert keep_backup.backups(empty_township.path), "a copy is made at the first opening"
    assert "已备份" not in window.status.data.text()
    desk = window.desk
    assert desk is not None
    save(empty_township, "village", {"name": "白沙村", "kind": "村", "active": True})
    item = {"village": 1, "found_on": date(2021, 12, 1), "field": "校园", "grade": "一般"}
    save(empty_township, "hazard", {**item, "place": "小学", "detail": "护栏松动"})
    desk.saved.emit("hazard")
    qtbot.wait(500)
    settle()
    assert "此后有改动" in window.status.data.text()
    assert keep_backup.back_up_if_due(empty_township, datetime.now() + timedelta(minutes=31)) is not None
    desk.saved.emit("hazard")
    qtbot.wait(500)
    settle()
    assert window.status.data.text().endswith("已备份")
