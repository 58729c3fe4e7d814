"""Every number of 总览 and the list that it opens: counted anew from the records, pressed, and counted again there."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import HAZARDS, TODAY, Settle
from zhengui.figures import period as periods
from zhengui.figures.plan_pace import Light
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.home.page import CALENDAR, HomePage
from zhengui.gui.plan.page import PlanPage
from zhengui.gui.returns.reporting_page import ReportingPage
from zhengui.gui.sheets.asked_panel import AskedPanel
from zhengui.gui.sheets.page import FormsPage
from zhengui.gui.worklist.page import WorklistPage
from zhengui.services.county_forms.asked_forms import AskedForm, save_asked
from zhengui.services.county_forms.asked_forms import forms_due as due_forms
from zhengui.services.returns.report_year import want_reports, wanted_ledgers
from zhengui.services.township.township import Township
from zhengui.services.watch import today as todays
from zhengui.storage.records import record as records

#: When the hazard that the others lack, one that has time, is due.
LATER = date(2021, 12, 29)


def add(township: Township, ledger: str, **values: object) -> int:
    with township.database.writing() as conn:
        return records.insert(conn, township.tables, ledger, values, "试验员")


@pytest.fixture
def home(township: Township, window: MainWindow, settle: Settle) -> HomePage:
    """总览 of an office with hazards, a plan, forms asked for, and three ledgers that are reported monthly."""
    open_one = {"field": "校园", "grade": "一般", "detail": "需要整改", "assigned_on": date(2021, 11, 3)}
    add(township, "hazard", village=1, place="南山护坡", found_on=date(2021, 11, 2), due_on=LATER, **open_one)
    for title in ("隐患排查月报", "信访月报"):
        save_asked(township, AskedForm(title, "县应急局", "month", due_day=20))
    save_asked(township, AskedForm("年终报表", "县委办", "year", due_month=3, due_day=5))
    department = add(township, "department", name="农业站", active=True)
    item = {"part": "民生", "plan_year": 2021, "department": department, "status": "未开始"}
    add(township, "plan_item", due_on=date(2021, 11, 1), wording="修路。", **item)
    add(township, "plan_item", due_on=date(2021, 12, 31), wording="植树。", **item)
    add(township, "cleanup", village=1, date=date(2021, 6, 4), kind="生活垃圾", quantity=3, unit="吨")
    window.go(Place("home"))
    settle()
    page = current(window)
    assert isinstance(page, HomePage)
    page._reload()
    settle()
    return page


def owe(township: Township, *ledgers: str) -> None:
    """Let these ledgers alone be reported monthly."""
    for key in {*wanted_ledgers(township), *ledgers}:
        want_reports(township, key, key in ledgers)


def current(window: MainWindow) -> Page:
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, Page)
    return page


def lines(home: HomePage, group: str) -> list[todays.TodayLine]:
    found = [line for line in home.today.tasks.lines if line.group == group]
    chip = home.today.tasks.chips.chips.get(group)
    assert (chip.count if chip is not None else 0) == len(found)
    return found


def test_items_are_counted_by_what_is_due_of_them(home: HomePage, window: MainWindow, settle: Settle) -> None:
    wanted: Counter[str] = Counter()
    for steps, due in [(steps, due) for *_rest, steps, due in HAZARDS] + [(1, LATER)]:
        if steps == 4:
            continue
        late = due < TODAY and steps < 2
        waiting = todays.WAITING if steps in (0, 3) else ""
        near = todays.SOON if due <= TODAY + timedelta(days=7) else todays.LATER
        verify = todays.VERIFY if steps == 2 else ""
        wanted[todays.OVERDUE if late else verify or waiting or near] += 1
    for group in (todays.OVERDUE, todays.VERIFY, todays.WAITING, todays.SOON, todays.LATER):
        found = lines(home, group)
        assert len(found) == wanted[group], group
        for line in found:
            window.go(Place("home"))
            settle()
            home.today.open_line(line)
            settle()
            page = current(window)
            assert isinstance(page, AreaPage)
            assert page.form is not None
            assert (page.form.ledger_key, page.form.record_id) == (line.of, line.record)


def test_forms_to_hand_in_are_those_that_the_register_calls_open(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    found = lines(home, todays.FORMS)
    due = [each for each in due_forms(home.desk.township) if not each.filled]
    assert [line.title for line in found] == [each.asked.title for each in due]
    assert {line.title for line in found} == {"隐患排查月报", "信访月报"}, "the yearly one is not due"
    home.today.open_line(found[0])
    settle()
    page = current(window)
    assert isinstance(page, FormsPage)
    panel = page.panel("asked")
    assert isinstance(panel, AskedPanel)
    assert f"（{len(found)} 张还没有报）" in panel._head.text()
    assert panel.due.rowCount() == len(found)


def test_the_ring_of_the_plan_counts_the_items_of_its_page(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    ring = next(r for r in home.today.rings if r.progress.key == "plan")
    assert (ring.progress.items, ring.progress.overdue) == (2, 1)
    (line,) = lines(home, todays.PLAN)
    ring.click()
    settle()
    page = current(window)
    assert isinstance(page, PlanPage)
    assert len(page._rows) == page.board.table.model().rowCount() == ring.progress.items
    behind = [row for row in page._rows if row.item.light is Light.BEHIND]
    assert [row.item.id for row in behind] == [line.record]
    assert len(behind) == ring.progress.overdue


def test_rings_count_what_their_areas_hold(home: HomePage, window: MainWindow, settle: Settle) -> None:
    for area in ("environment", "safety"):
        window.go(Place("home"))
        settle()
        ring = next(r for r in home.today.rings if r.progress.key == area)
        told = ring.progress
        ring.click()
        settle()
        page = current(window)
        assert isinstance(page, AreaPage)
        assert sum(sheet.count or 0 for sheet in (tab.sheet for tab in page.tabs._tabs)) == told.records > 0
        if told.items:
            done = sum(steps == 4 for *_rest, steps, _due in HAZARDS)
            assert (told.closed, told.items) == (done, len(HAZARDS) + 1)
            assert told.share == 100 * done // (len(HAZARDS) + 1)


def test_a_cell_of_the_months_opens_the_matrix_with_the_same_number(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    township, card = home.desk.township, home.today.months
    for wanted in (("hazard",), ("hazard", "petition", "accident")):
        owe(township, *wanted)
        window.go(Place("home"))
        settle()
        home._reload()
        settle()
        assert card.table.go_to("safety", "3")
        told = card.table.matrix.cell(card.table.currentIndex())
        assert told is not None
        assert told.text
        card._open()
        settle()
        page = current(window)
        assert isinstance(page, ReportingPage)
        grid = page.table.matrix.grid
        if len(wanted) == 1:
            assert page.shown.ledger.key == "hazard"
            missing = [row for row in grid.rows if row.cells[2].kind == "missing"]
            assert len(missing) == int(told.text)
            assert page.table.place()[1] == "3"
        else:
            assert page.table.place() == ("safety", "3")
            opened = page.table.matrix.cell(page.table.currentIndex())
            assert opened == told


def test_what_is_owed_of_a_ledger_is_what_its_matrix_lacks(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    owe(home.desk.township, "hazard", "petition")
    home._reload()
    settle()
    for line in lines(home, todays.UNREPORTED):
        window.go(Place("home"))
        settle()
        home.today.open_line(line)
        settle()
        page = current(window)
        assert isinstance(page, ReportingPage)
        assert page.shown.ledger.key == line.of
        cells = [cell for row in page.table.matrix.grid.rows for cell in row.cells]
        assert f"缺 {sum(cell.kind == 'missing' for cell in cells)} 份" in line.below


def test_an_unknown_figure_opens_its_own_page(home: HomePage, window: MainWindow, settle: Settle) -> None:
    line = lines(home, todays.UNKNOWN)[0]
    home.today.open_line(line)
    settle()
    page = current(window)
    assert isinstance(page, FigurePage)
    assert page._key == line.of
    assert page._printed.text() == "未知"


def test_a_village_s_number_is_that_of_its_figure(home: HomePage, window: MainWindow, settle: Settle) -> None:
    card = home.today.figures
    card.kind.choose(1)
    card.grid_choice.setCurrentIndex(card.grid_choice.findData("hazards_removed"))
    card.reload()
    settle()
    for place, each in enumerate(card.grid.placed):
        window.go(Place("home"))
        settle()
        card.grid.current = place
        QTest.keyClick(card.grid, Qt.Key.Key_Return)
        settle()
        page = current(window)
        assert isinstance(page, FigurePage)
        assert home.desk.scope.villages == (each.village,)
        assert page._printed.text() == each.shown


def test_the_days_of_the_calendar_hold_what_they_open(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    township = home.desk.township
    official = add(township, "official", name="李甲", active=True)
    homes = [add(township, "household", village=1, head=f"户{n}", members=2, active=True) for n in range(4)]
    for household in homes:
        watched = {"household": household, "class": "边缘易致贫户", "from_on": date(2021, 10, 1)}
        add(township, "monitored_household", members=2, **watched)
    for household in homes[:3]:
        add(township, "visit", official=official, household=household, date=date(2021, 12, 2))
    home.choose(CALENDAR)
    view = home.calendar
    view.turn_to(date(2021, 12, 2))
    settle()
    for day, own in view.grid.entries.items():
        view.turn_to(day)
        assert view.list.count() == len(own)
    view.turn_to(date(2021, 12, 2))
    (made,) = [n for n in range(view.list.count()) if "入户 3 " in view.list.item(n).text()]
    view._open(view.list.item(made))
    settle()
    page = current(window)
    assert isinstance(page, AreaPage)
    assert home.desk.scope.period == periods.Period(date(2021, 12, 2), date(2021, 12, 2))
    assert len(page.view.table.rows.ids) == 3
    home.desk.scope.set_period(periods.year(2021))
    window.go(Place("home"))
    home.choose(CALENDAR)
    view.turn_to(TODAY)
    settle()
    late = [entry for entry in view.grid.entries[TODAY] if entry.page == "worklist"]
    (told,) = late
    assert "1 户到期，已逾期 1 户" in told.title
    view._open(
        next(view.list.item(n) for n in range(view.list.count()) if told.title in view.list.item(n).text())
    )
    settle()
    page = current(window)
    assert isinstance(page, WorklistPage)
    rows = page.duties.rows
    shown = [rows.item(0).child(n, 4).text() for n in range(rows.item(0).rowCount())]
    assert sum("逾期" in text or "余 0 天" in text for text in shown) == 1
