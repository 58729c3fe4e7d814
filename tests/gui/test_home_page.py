"""总览 on a real window: its numbers are those of the lists that they open, and it follows what is lit up."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from zhengui.figures import period as periods
from zhengui.figures.plan_pace import Light
from zhengui.figures.warning_states import WarningStanding
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk.place import Place
from zhengui.gui.figure.page import FigurePage
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.home.page import CALENDAR, CHANGES, WARNINGS, HomePage
from zhengui.gui.home.task_list import TaskList
from zhengui.gui.home.today_view import TodayView
from zhengui.gui.home.village_grid import shade
from zhengui.gui.home.warnings_view import SHOWN, WarningsView
from zhengui.gui.worklist.page import WorklistPage
from zhengui.gui.worklist.tools import VIEWS
from zhengui.services.counting.compute_figures import compute
from zhengui.services.entry.review_records import awaiting, require_review
from zhengui.services.loops.duties import visits_due
from zhengui.services.loops.spot_check import draws_due
from zhengui.services.plan.track_plan import track
from zhengui.services.returns.report_year import year_status
from zhengui.services.township.township import Township
from zhengui.services.watch import today as todays
from zhengui.services.watch.find_warnings import find_warnings
from zhengui.storage.records import record as records


def add(township: Township, ledger: str, **values: object) -> int:
    with township.database.writing() as conn:
        return records.insert(conn, township.tables, ledger, values, "试验员")


@pytest.fixture
def troubled(township: Township) -> Township:
    """A household with a costly illness in 白沙村 (3) and one that nobody visits in 青石村 (1)."""
    ill = add(township, "household", village=3, head="许有田", members=3, active=True)
    lonely = add(township, "household", village=1, head="孙秀英", members=2, active=True)
    add(township, "risk_event", household=ill, kind="大病", date=date(2021, 11, 2), amount=1_500_000)
    watched = {"household": lonely, "class": "边缘易致贫户", "from_on": date(2021, 10, 1), "members": 2}
    add(township, "monitored_household", **watched)
    return township


@pytest.fixture
def home(troubled: Township, window: MainWindow, settle: Settle) -> HomePage:
    window.go(Place("home"))
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, HomePage)
    page._reload()
    settle()
    return page


def test_every_chip_counts_the_lines_that_it_shows(home: HomePage) -> None:
    tasks = home.today.tasks
    assert {todays.OVERDUE, todays.WARNED, todays.VERIFY} <= set(tasks.chips.chips)
    for group, chip in tasks.chips.chips.items():
        chip.click()
        lines = [
            n for n in range(tasks.list.count()) if tasks.list.item(n).flags() & Qt.ItemFlag.ItemIsEnabled
        ]
        assert chip.count == len(tasks.shown()) == len(lines), group


@pytest.mark.parametrize(("width", "height"), [(905, 460), (1366, 704)])
def test_the_right_column_fits_a_magnified_screen(
    home: HomePage, window: MainWindow, settle: Settle, width: int, height: int
) -> None:
    """1366x768 at 150 % leaves 905 points, where four areas side by side were cut at the edge."""
    window.resize(width, height)
    settle()
    view = home.findChild(TodayView)
    assert view is not None
    assert view.rings
    room = view._right.viewport()
    for part in (*view.rings, view.months):
        assert part.mapTo(room, part.rect().topRight()).x() < room.width()


def test_nothing_to_do_is_said_only_once_it_was_read(qtbot: QtBot) -> None:
    tasks = TaskList()
    qtbot.addWidget(tasks)
    words = next(each for each in tasks.findChildren(QLabel) if each.text().startswith("没有要办的事项"))
    assert not words.isVisibleTo(tasks)
    tasks.show_lines([])
    assert words.isVisibleTo(tasks)


def test_a_line_opens_its_record_by_the_keyboard_alone(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    tasks = home.today.tasks
    tasks.chips.chips[todays.OVERDUE].click()
    line = tasks.shown()[0]
    tasks.list.setFocus()
    QTest.keyClick(tasks.list, Qt.Key.Key_Return)
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, AreaPage)
    assert page.form is not None
    assert (page.form.ledger_key, page.form.record_id) == (line.of, line.record)


def test_a_ring_counts_what_the_ledger_shows_that_it_opens(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    ring = next(r for r in home.today.rings if r.progress.overdue)
    ring.click()
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, AreaPage)
    assert page.view.shown.wish.state == "逾期"
    assert len(page.view.table.rows.ids) == ring.progress.overdue


def test_the_ring_of_an_area_with_several_late_ledgers_counts_the_items_that_it_opens(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    given = {"village": 1, "level": "镇级", "matter": "反映宅基地纠纷", "received_on": date(2021, 9, 2)}
    add(home.desk.township, "petition", **given, due_on=date(2021, 10, 2))
    home._reload()
    settle()
    ring = next(r for r in home.today.rings if r.progress.page == "worklist")
    assert set(ring.progress.of.split(",")) >= {"hazard", "petition"}
    ring.click()
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, WorklistPage)
    shown = [item for item in page.items if page.tools.wanted(item)]
    assert {item.ledger for item in shown} == {"hazard", "petition"}
    assert len(shown) == ring.progress.overdue
    assert sum(len(cards.cards.items) for cards in page.board.columns.values()) == len(shown)


def test_the_lines_of_visits_and_draws_are_those_of_the_lists_that_they_open(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    settle()
    by_group = {
        group: [line for line in home.today.tasks.lines if line.group == group] for group in todays.GROUPS
    }
    due = visits_due(home.desk.township, todays.WEEK)
    assert {line.record for line in by_group[todays.VISITS]} == {charge.household for charge in due}
    assert by_group[todays.VISITS]
    drawn = draws_due(home.desk.township)
    assert [line.of for line in by_group[todays.DRAWS]] == [each.ledger for each in drawn]
    assert by_group[todays.DRAWS]
    home.today.open_line(by_group[todays.DRAWS][0])
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, WorklistPage)
    assert page.stack.currentWidget() is page.draws
    assert all(each.title in page.draws.told.text() for each in drawn)
    page.tools.views.choose(VIEWS.index("包保"))
    settle()
    assert f"该走访 {len(due)} 户" in page.duties.told.text()


def test_the_lines_of_reviews_plan_and_unknown_figures_are_those_of_their_lists(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    township = home.desk.township
    require_review(township, "hazard", "hold", accept_existing=False)
    department = add(township, "department", name="农业站", active=True)
    item = {"part": "民生", "plan_year": 2021, "wording": "修路。", "status": "未开始"}
    late = add(township, "plan_item", department=department, due_on=date(2021, 11, 1), **item)
    home._reload()
    settle()
    lines = home.today.tasks.lines
    (planned,) = [line for line in lines if line.group == todays.PLAN]
    assert planned.record == late
    assert [i.id for i in track(township, 2021) if i.light is Light.BEHIND] == [late]
    ring = next(r for r in home.today.rings if r.progress.key == "plan")
    assert (ring.progress.overdue, ring.progress.items) == (1, 1)
    (review,) = [line for line in lines if line.group == todays.REVIEW]
    waiting = len(awaiting(township, "hazard", periods.year(2021)))
    assert f" {waiting} 处待审核" in review.title
    home.today.open_line(review)
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, AreaPage)
    assert len(page.view.table.rows.ids) == waiting
    unknown = {line.of for line in lines if line.group == todays.UNKNOWN}
    catalogue = home.desk.catalogue
    printed = [i.key for i in catalogue.indicators.values() if i.n is not None and i.key in catalogue.living]
    figures = compute(township, periods.year(2021), (), printed)
    assert unknown == {key for key in printed if key in figures and figures[key].value is None}


def test_the_views_are_turned_by_the_keyboard(home: HomePage, settle: Settle) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    seen = []
    for _turn in range(3):
        QTest.keyClick(home.window(), Qt.Key.Key_PageDown, control)
        settle()
        seen.append(home.chosen)
    assert seen == [WARNINGS, CALENDAR, CHANGES]
    QTest.keyClick(home.window(), Qt.Key.Key_PageUp, control)
    assert home.chosen == CALENDAR


def test_the_page_follows_the_period_and_the_villages(home: HomePage, settle: Settle) -> None:
    whole = {line.title for line in home.today.tasks.lines if line.loop or line.key}
    home.desk.scope.set_villages([3])
    settle()
    own = [line for line in home.today.tasks.lines if line.loop or line.key]
    assert home.heading()[1] == "2021年 · 白沙村"
    assert {line.title for line in own} < whole
    assert all("青石" not in line.title + line.below for line in own)
    assert {each.village for each in home.warnings.found} <= {0, 3}
    home.desk.scope.set_both(periods.half(2021, 1), [])
    settle()
    loops = [line for line in home.today.tasks.lines if line.loop]
    assert len(loops) == 1  # found in May; the others in the second half


def test_what_is_not_reported_is_what_the_matrix_lacks(home: HomePage, settle: Settle) -> None:
    for villages in ((), (1,)):
        home.desk.scope.set_villages(villages)
        settle()
        statuses = year_status(home.desk.township, 2021)
        owed = {
            key: sum(
                cell.state == "missing"
                for row in status.rows
                if not villages or row.village in (0, *villages)
                for cell in row.cells
            )
            for key, status in statuses.items()
        }
        assert f"未报 {sum(owed.values())} 村（居）次" in home.today.months.told.text()
        lines = [line for line in home.today.tasks.lines if line.group == todays.UNREPORTED]
        assert {line.of: f"缺 {owed[line.of]} 份" in line.below for line in lines} == {
            key: True for key, count in owed.items() if count
        }


def test_the_tab_of_warnings_counts_those_that_wait(home: HomePage) -> None:
    home.choose(WARNINGS)
    waiting = [each for each in find_warnings(home.desk.township) if each.standing is WarningStanding.NEW]
    assert home._waiting == len(waiting) == len(home.warnings.shown())
    assert home.today.tasks.chips.chips[todays.WARNED].count == len(waiting)
    for rule, chip in home.warnings.chips.chips.items():
        home.warnings.choose_rule(rule)
        assert chip.count == len(home.warnings.shown()) == home.warnings.list.count()


def choose(view: WarningsView, rule: str) -> None:
    view.choose_rule(rule)
    view.list.setCurrentRow(0)


def test_a_warning_leads_into_the_ledgers_with_its_household_filled_in(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    home.choose(WARNINGS)
    choose(home.warnings, "medical_outlay")
    (warned,) = home.warnings.chosen()
    lead = next(b for b in home.warnings.side.buttons if b.text() == "登记监测对象")
    lead.click()
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, AreaPage)
    assert page.form is not None
    sheet = page.form.form.open_sheet()
    assert page.form.record_id is None
    assert sheet.rows["household"].editor.value() == warned.record


def test_a_warning_is_taken_up_and_taken_back(home: HomePage, settle: Settle) -> None:
    home.choose(WARNINGS)
    choose(home.warnings, "unvisited")
    before = home.warnings.list.count()
    home.warnings.decide(WarningStanding.TAKEN)
    settle()
    assert home.warnings.standing.buttons[1].text() == f"{SHOWN[1][0]} 1"
    assert len(home.warnings.shown()) != before or home.warnings._rule == ""
    home.warnings._take_back([each.key for each in home.warnings._standing(1)])
    settle()
    assert home.warnings._standing(1) == []


def test_a_line_of_a_warning_opens_that_warning(home: HomePage, settle: Settle) -> None:
    line = next(line for line in home.today.tasks.lines if line.key.startswith("medical_outlay"))
    home.today.open_line(line)
    settle()
    assert home.chosen == WARNINGS
    assert [each.key for each in home.warnings.chosen()] == [line.key]


def test_recent_changes_open_their_records(home: HomePage, settle: Settle) -> None:
    home.choose(CHANGES)
    settle()
    assert home.changes.table.rowCount() == len(home.changes.changes) > 0
    assert {each.ledger for each in home.changes.changes} >= {"hazard", "household", "village"}


def test_villages_are_shaded_so_that_the_rank_is_seen_without_colour(home: HomePage, settle: Settle) -> None:
    grid = home.today.figures
    grid.kind.choose(1)
    settle()
    placed = grid.grid.placed
    assert [each.name for each in placed] == list(home.desk.scope.all_villages.values())
    known = [each for each in placed if each.value is not None]
    assert all((a.rank < b.rank) == (a.value > b.value) for a in known for b in known if a.value != b.value)  # type: ignore[operator]
    lights = [shade(place).lightness() for place in range(1, 6)]
    assert lights == sorted(lights)
    assert len(set(lights)) == 5
    QTest.keyClick(grid.grid, Qt.Key.Key_Return)
    assert home.desk.scope.villages == (placed[0].village,)


def test_a_point_of_the_trend_opens_its_records_by_key_and_mouse(
    home: HomePage, window: MainWindow, settle: Settle
) -> None:
    chart, card = home.today.figures.chart, home.today.figures
    card.trend_choice.setCurrentIndex(card.trend_choice.findData("hazards_removed"))
    assert card.key() == "hazards_removed"
    card.reload()
    settle()
    now = [point for point in chart.points() if not point[0]]
    assert now
    chart.setFocus()
    for _step in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    point = chart.current
    assert point is not None
    told = chart._value(point)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, FigurePage)
    assert home.desk.scope.period.end == periods.month(2021, point[1] + 1).end
    figure = compute(home.desk.township, home.desk.scope.period, (), [card.key()])[card.key()]
    assert figure.value is not None
    assert float(figure.value) == told
    chart.resize(400, 140)
    pressed = chart.at(chart.place_of(now[0]))
    assert pressed is not None
    assert (pressed[1], chart._value(pressed)) == (now[0][1], chart._value(now[0]))


def test_the_week_s_reminder_is_printed(
    home: HomePage, settle: Settle, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("reminder") / "提醒.pdf"
    home.today.save_reminder(path)
    settle()
    assert path.read_bytes().startswith(b"%PDF")


def test_the_calendar_is_walked_by_the_keyboard_and_opens_what_is_due(
    home: HomePage, window: MainWindow, settle: Settle, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home.choose(CALENDAR)
    settle()
    view = home.calendar
    assert view.grid.day == date(2021, 12, 6)
    view.grid.setFocus()
    for _step in range(2):
        QTest.keyClick(view.grid, Qt.Key.Key_Right)
    assert view.grid.day == date(2021, 12, 8)
    settle()
    assert any("柳塘砖厂" in each.title for each in view.grid.entries[date(2021, 12, 10)])
    view.kind.choose(1)
    settle()
    assert (view.grid.first, view.grid.weeks) == (date(2021, 12, 6), 1)
    due = next(day for day, own in sorted(view.grid.entries.items()) if any(e.page == "ledger" for e in own))
    view.turn_to(due)
    QTest.keyClick(view.grid, Qt.Key.Key_Return)
    path = tmp_path_factory.mktemp("calendar") / "日历.ics"
    view.save_calendar(path)
    settle()
    assert path.read_bytes().count(b"BEGIN:VEVENT") == sum(map(len, view.grid.entries.values()))
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    settle()
    assert window.navigation is not None
    assert isinstance(window.navigation.current, AreaPage)
