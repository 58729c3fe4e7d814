"""The window as a whole: tabs, history, keys, search, figures, and a name on everything that can be pressed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import HAZARDS, Settle, open_window
from zhengui.figures import period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.frame import main_window
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.home.page import HomePage
from zhengui.gui.kit.background import Background
from zhengui.gui.report.report_page import ReportPage
from zhengui.gui.system.page import PANELS, SystemPage
from zhengui.services.counting.compute_figures import compute
from zhengui.services.township import keep_backup
from zhengui.services.township.township import Township
from zhengui.services.watch.today import GROUPS


def page(window: MainWindow) -> Page:
    assert window.navigation is not None
    assert window.navigation.current is not None
    return window.navigation.current


@pytest.mark.parametrize(
    ("width", "height", "filled"),
    # 1366x768 at 100 %, 1920x1080 at 125 % and at 100 %, each without the task bar.
    [(1366, 728, True), (1536, 824, True), (1920, 1040, False)],
)
def test_a_window_never_hangs_over_the_edge_of_its_screen(
    window: MainWindow, width: int, height: int, filled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = SimpleNamespace(availableGeometry=lambda: QRect(0, 0, width, height))
    monkeypatch.setattr(main_window, "QGuiApplication", SimpleNamespace(primaryScreen=lambda: screen))
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize_to_screen()
    assert bool(window.windowState() & Qt.WindowState.WindowMaximized) is filled


def everywhere(window: MainWindow) -> list[Place]:
    places = [Place(key) for key in window.rail.order if key != "report"]
    places += [Place("system", key) for key in PANELS]
    return [*places, Place("figure", "hazards_removed")]


def test_the_report_is_seen_before_it_is_filled(window: MainWindow, settle: Settle) -> None:
    """Making the page and filling it are two turns of the window, so that neither holds up keys and clicks for long."""
    window.go(Place("report"))
    shown = page(window)
    assert isinstance(shown, ReportPage)
    assert shown.isVisible()
    assert not shown.text.toPlainText()
    settle()
    assert len(shown.text.toPlainText()) > 100
    assert shown.text.hasFocus() or shown.isAncestorOf(window.focusWidget())
    window.go(Place("home"))
    window.go(Place("report"))
    assert len(shown.text.toPlainText()) > 100, "it is emptied for nobody"


def test_who_goes_on_before_a_page_is_filled_finds_it_filled_later(
    window: MainWindow, settle: Settle
) -> None:
    window.go(Place("report"))
    shown = page(window)
    assert isinstance(shown, ReportPage)
    window.go(Place("home"))
    settle()
    assert not shown.text.toPlainText()
    window.go(Place("report"))
    assert len(shown.text.toPlainText()) > 100


def test_every_tab_opens_and_everything_pressable_has_a_name(window: MainWindow, settle: Settle) -> None:
    for place in everywhere(window):
        window.go(place)
        settle()
        nameless = [
            f"{type(w).__name__} on {place.page}"
            for w in window.findChildren(QWidget)
            if isinstance(w, QAbstractButton | QLineEdit)
            and w.isVisible()
            and w.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))
        ]
        assert nameless == []
        # What only scrolls shows no ring: a stop of Tab in which nobody sees where he is.
        unseen = [
            type(w).__name__ for w in window.findChildren(QScrollArea) if w.isVisible() and w.focusPolicy()
        ]
        assert unseen == [], place
        assert window.rail.tabs[str(page(window).property("tab") or place.page)].isChecked()


@pytest.mark.parametrize(("width", "height"), [(1366, 704), (1920, 1016), (1280, 640)])
def test_pages_fit_the_usual_screens(window: MainWindow, settle: Settle, width: int, height: int) -> None:
    window.resize(width, height)
    for place in everywhere(window):
        window.go(place)
        settle()
        assert (window.width(), window.height()) == (width, height)
        assert page(window).width() == width - window.rail.width()


def cut_sentences(page: QWidget) -> list[str]:
    """The sentences of several lines that have less room than they need."""
    return [
        each.text()
        for each in page.findChildren(QLabel)
        if each.isVisible()
        and each.text()
        and each.wordWrap()
        and each.height() < each.heightForWidth(each.width())
    ]


#: What a screen of 1366x768 has room for at 150 %, without the task bar and the frame of the window.
MAGNIFIED = (910, 448)


def test_no_sentence_is_cut_on_a_magnified_screen(window: MainWindow, settle: Settle) -> None:
    window.resize(*MAGNIFIED)
    for place in everywhere(window):
        window.go(place)
        settle()
        assert cut_sentences(page(window)) == [], place
    window.go(Place("home"))
    settle()
    home = page(window)
    assert isinstance(home, HomePage)
    # All twelve months are seen without scrolling.
    months = home.today.months.table
    assert months.isVisible()
    assert months.horizontalScrollBar().maximum() == 0
    assert months.viewport().width() >= sum(months.columnWidth(column) for column in range(13))


def test_keys_open_tabs_and_history_leads_back(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    order = window.rail.order
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.rail.tabs[order[2]].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.rail.tabs[order[3]].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle()
    assert window.rail.tabs[order[2]].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle()
    assert window.rail.tabs[order[3]].isChecked()


def test_rail_folds_and_keeps_its_tips(window: MainWindow) -> None:
    window.fold_rail()
    assert window.rail.width() == 48
    assert all(tab.toolTip() for tab in window.rail.tabs.values())
    window.fold_rail()
    assert window.rail.width() == 185


def test_badges_count_what_is_overdue(window: MainWindow) -> None:
    assert window.rail.tabs["area:safety"].badge == 1
    assert "逾期 1 项" in window.rail.tabs["area:safety"].accessibleName()
    assert window.rail.tabs["area:party"].badge == 0


def test_f6_visits_the_regions_in_order(window: MainWindow, desk: Desk, settle: Settle) -> None:
    desk.go_to_ledger("hazard")
    settle()
    window.activateWindow()
    seen = []
    for _step in range(6):
        window.ways.visit(1)
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused)
    assert len({id(widget) for widget in seen}) >= 5
    assert any(window.rail.isAncestorOf(widget) for widget in seen)
    assert any(window.context.isAncestorOf(widget) for widget in seen)


def test_a_figure_and_its_records_agree(
    window: MainWindow, desk: Desk, township: Township, settle: Settle
) -> None:
    window.go(Place("figure", "hazards_removed"))
    settle()
    shown = page(window)
    assert isinstance(shown, FigurePage)
    figure = compute(township, period.year(2021), (), ["hazards_removed"])["hazards_removed"]
    assert figure.value == 1
    assert len(shown.records.list.table.rows.ids) == figure.value
    assert shown.records.list.totals.accessibleName().startswith("1 条，与指标数值一致")
    assert shown._printed.text() == figure.display
    shown.records.choose("out")
    settle()
    assert len(shown.records.list.table.rows.ids) == len(HAZARDS) - 1
    assert "安全" in window.context._more.text()
    window.resize(1366, 696)
    settle()
    more = window.context._more
    assert QLabel.text(more) == more.text()  # seen whole beside the title
    desk.scope.set_period(period.month(2020, 11))
    settle()
    assert shown._value.text() == "未知", "no hazard was registered by then"
    assert "零报告" in shown._reason.text()


def test_the_strip_leads_to_the_figure(window: MainWindow, desk: Desk, settle: Settle) -> None:
    desk.go("area:safety")
    settle()
    strip = page(window).strip  # type: ignore[attr-defined]
    cell = next(c for c in strip._cells if c.figure.key == "hazards_removed")
    assert cell.accessibleName().startswith("消除隐患 1 处")
    cell.click()
    settle()
    assert isinstance(page(window), FigurePage)


def test_search_finds_records_of_all_ledgers(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    window.start_search()
    window.context.search.insert("白沙")
    window.context.search.textEdited.emit("白沙")
    qtbot.wait(220)
    settle()
    search = window._search
    assert search is not None
    panel = search._panel
    lines = [panel.list.item(row).text().strip() for row in range(panel.list.count())]
    assert "白沙村" in lines
    assert any("白沙综合市场消防通道" in line for line in lines)
    qtbot.keyClick(window.context.search, Qt.Key.Key_Return)
    settle()
    assert not panel.isVisible()
    assert window.navigation is not None
    assert window.navigation.place is not None
    assert window.navigation.place.record > 0


def test_overview_lists_what_is_late_first(window: MainWindow, settle: Settle) -> None:
    home = page(window)
    assert isinstance(home, HomePage)
    settle()
    lines = home.today.tasks.lines
    assert lines[0].overdue
    assert "白沙综合市场消防通道" in lines[0].title
    groups = [GROUPS.index(line.group) for line in lines]
    assert groups == sorted(groups)
    assert sum(1 for line in lines if line.loop) == len(HAZARDS) - 1


def test_the_first_day_says_what_to_do(
    qtbot: QtBot, empty_township: Township, background: Background, settle: Settle
) -> None:
    window = open_window(qtbot, empty_township, background)
    settle()
    home = page(window)
    assert isinstance(home, HomePage)
    assert home.first_day.isVisible()
    assert home.first_day._done.text() == "已完成 1 / 4"
    # Enter begins with what is to be done next; it does not open the demo that is offered beside it.
    assert home.focusWidget() is home.first_day.next
    assert home.first_day.next is not None
    assert home.first_day.next.text() == "录入村（居）"
    assert home.regions() == [home.first_day]
    window.resize(*MAGNIFIED)
    settle()
    assert cut_sentences(home.first_day) == []
    assert window.desk is not None
    window.desk.go_to_ledger("hazard")
    settle()
    view = page(window).view  # type: ignore[attr-defined]
    assert view.empty._title.text() == "还没有2021年的隐患记录"
    assert not view.tools.isVisible()
    strip = page(window).strip  # type: ignore[attr-defined]
    assert {(c.figure.number, c.figure.note) for c in strip._cells} == {("—", "尚无记录")}


def test_settings_are_kept(window: MainWindow, township: Township, settle: Settle, tmp_path: Path) -> None:
    window.go(Place("system", "office"))
    settle()
    system = page(window)
    assert isinstance(system, SystemPage)
    office = system._panels["office"]
    office.operator.setText("王试")  # type: ignore[attr-defined]
    office._show_state()  # type: ignore[attr-defined]
    office.save.click()  # type: ignore[attr-defined]
    assert township.operator == "王试"
    window.go(Place("system", "parameters"))
    parameters = system._panels["parameters"]
    key, field = next(iter(parameters.fields.items()))  # type: ignore[attr-defined]
    field.setText("41")
    field.editingFinished.emit()
    assert township.parameters()[key] == Decimal(41)
    field.setText("四十")
    field.editingFinished.emit()
    assert field.property("look") == "error"
    assert township.parameters()[key] == Decimal(41)
    window.go(Place("system", "data"))
    settle()
    system._panels["data"].back_up_to(tmp_path / "u盘" / "备份.zgdb")  # type: ignore[attr-defined]
    settle()
    assert (tmp_path / "u盘" / "备份.zgdb").is_file()
    assert keep_backup.backups(township.path)


def test_large_text_makes_rows_higher_and_back(window: MainWindow, settle: Settle) -> None:
    from zhengui.gui.kit import style

    window.go(Place("system", "office"))
    settle()
    large = page(window)._panels["office"].large  # type: ignore[attr-defined]
    large.click()
    assert style.size("row") == 38
    assert style.text_size("body") == 16
    large.click()
    assert style.size("row") == 32


def test_selftest_opens_a_window_on_the_folder(township: Township) -> None:
    township.close()
    from zhengui.gui.frame import selftest

    assert "个页面" in selftest._window(township.path.parent)


def test_an_unknown_figure_is_not_a_zero(window: MainWindow, desk: Desk, settle: Settle) -> None:
    desk.scope.set_period(period.year(2019))
    desk.go_to_ledger("hazard")
    settle()
    strip = page(window).strip  # type: ignore[attr-defined]
    cell = next(c for c in strip._cells if c.figure.key == "hazards_removed")
    assert (cell.figure.number, cell.figure.known) == ("未知", False)
    assert cell.figure.note == "尚无记录或零报告"
