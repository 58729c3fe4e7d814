"""The plan's page: lights and filters, the panel, reports, shares, the review, proposals and the turn of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.gui.typist import SHIFT, Key, Typist, Until
from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.kit.background import Background
from zhengui.gui.plan import deeds as plan_deeds
from zhengui.gui.plan import history_view, proposals_view, review_view
from zhengui.gui.plan.dialogs import MissedDialog
from zhengui.gui.plan.page import PlanPage
from zhengui.gui.plan.print_timetable import save_timetable
from zhengui.gui.plan.report_dialog import ReportDialog
from zhengui.gui.plan.rows import PlanColumn, short_part
from zhengui.gui.plan.share_dialog import ShareDialog, SpreadDialog
from zhengui.services.entry.record import load, save
from zhengui.services.paper.schedule_sheet import target_sheet
from zhengui.services.plan import schedule_plan
from zhengui.services.plan.report_progress import add_report, reports_of
from zhengui.services.plan.track_plan import track, track_item
from zhengui.services.township.township import Township, create_township
from zhengui.services.township.working_year import working_year

TODAY = date(2021, 12, 6)
LIVELIHOOD = "民生"


@pytest.fixture
def township(tmp_path: Path, catalogue: Catalogue) -> Iterator[Township]:
    """An invented office with a plan of five items."""
    made = create_township(tmp_path / "invented.zgdb", "云岭镇", "李文娟", catalogue)
    made.working_day = TODAY
    save(made, "department", {"name": "农业站", "active": True})
    for name, people in (("青石村", 600), ("白沙村", 400)):
        save(made, "village", {"name": name, "kind": "村", "active": True, "population": people})
    goal = {"operator": "至少", "target": Decimal(3000), "unit": "亩"}
    for wording, more in (
        ("新建高标准农田3000亩。", goal),
        ("新建幼儿园两所。", {"status": "已完成", "done_on": date(2021, 9, 1)}),
        ("敬老院消防改造。", {"due_on": date(2021, 11, 20)}),
        ("全年火点控制在零。", {"part": "生态宜居", "operator": "至多", "target": Decimal(0), "unit": "个"}),
        ("公布权力清单。", {"part": "服务型政府"}),
    ):
        given = {"part": LIVELIHOOD, "plan_year": 2021, "wording": wording, "department": 1}
        given |= {"due_on": date(2021, 12, 31), "status": "未开始"}
        save(made, "plan_item", {**given, **more})
    for month in range(1, 12):
        add_report(made, 1, date(2021, month, 28), value=Decimal(230 * month))
        add_report(made, 4, date(2021, month, 28), value=Decimal(0))
    add_report(made, 5, date(2021, 11, 30), "清单已公布")
    yield made
    made.close()


@pytest.fixture
def page(township: Township, qapp: QApplication, qtbot: QtBot) -> Iterator[PlanPage]:
    background = Background()
    desk = Desk(township, ChosenScope(2021), background)
    desk.scope.set_all_villages({1: "青石村", 2: "白沙村"})
    made = PlanPage(desk)
    qtbot.addWidget(made)
    made.resize(1181, 640)
    made.show()
    made.arrive(Place("plan"))
    rest(qtbot, made)
    yield made
    background.close()


def rest(qtbot: QtBot, page: PlanPage) -> None:
    qtbot.waitUntil(lambda: page.desk.background.resting, timeout=5000)


def states(page: PlanPage) -> dict[str, str]:
    return {row.item.wording: row.told.state for row in page.board.model.rows}


def accept(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], fill: object) -> None:
    """Fill a dialog in place of a person, and press its verb."""

    def answer(asked: QDialog) -> int:
        fill(asked)  # type: ignore[operator]
        asked._try()  # type: ignore[attr-defined]
        return asked.result()

    monkeypatch.setattr(dialog, "exec", answer)


def test_every_item_has_its_light_and_words(page: PlanPage) -> None:
    assert states(page) == {
        "全年火点控制在零。": "按期",
        "新建高标准农田3000亩。": "落后 54 天",
        "新建幼儿园两所。": "已完成",
        "敬老院消防改造。": "逾期 16 天",
        "公布权力清单。": "按期",
    }
    assert page.heading() == ("年度计划", "5 项 · 2021 年执行")
    assert [made.text() for made in page.board.states.values()] == [
        "全部 5",
        "落后 2",
        "临近 0",
        "完成 1",
        "按期 2",
    ]


def test_a_state_and_a_part_narrow_the_table_and_its_counts(page: PlanPage, qtbot: QtBot) -> None:
    page.board.states["落后"].click()
    assert len(page.board.model.rows) == 2
    page.tabs.chosen.emit("生态宜居")
    assert page.board.model.rows == []
    assert page.board.states["按期"].text() == "按期 1"
    assert not page.side.panel.isVisible()
    page.board.clear()
    assert len(page.board.model.rows) == 5
    page.board.search.setText("农田")
    assert [row.item.id for row in page.board.model.rows] == [1]


def test_the_worst_come_first_when_sorted_by_state(page: PlanPage) -> None:
    page.board.table.sortByColumn(PlanColumn.STATE, Qt.SortOrder.AscendingOrder)
    lights = [row.item.light.value for row in page.board.model.rows]
    assert lights == ["落后", "落后", "按期", "按期", "完成"]


def test_the_panel_follows_the_current_item(page: PlanPage, qtbot: QtBot) -> None:
    page.board.choose_item(1)
    rest(qtbot, page)
    panel = page.side.panel
    assert panel.isVisible()
    assert panel.details is not None
    assert "晚 54 天" in panel._sentence.text()
    assert panel._chart.accessibleName().startswith("进度曲线：应完成 3000亩，实际 2530亩")
    qtbot.keyClick(page.board.table, Qt.Key.Key_Down)
    rest(qtbot, page)
    assert panel.row.item.id == 2
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    page.board.table.opened.emit()
    assert panel.isVisible()


def test_cells_say_everything_to_a_screen_reader(page: PlanPage) -> None:
    model = page.board.model
    place = model.row_of(1)
    told = [
        model.index(place, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in range(model.columnCount())
    ]
    assert told[PlanColumn.GOAL] == "指标与目标：目标 ≥ 3000 亩，现 2530 亩 · 差 470"
    assert told[PlanColumn.STATE] == "状态：落后 54 天"


def test_a_report_is_entered_and_taken_back(
    page: PlanPage, township: Township, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.board.choose_item(1)
    rest(qtbot, page)
    undo = []
    page.desk.said.connect(lambda _text, call: undo.append(call))
    wrong = []

    def fill(asked: ReportDialog) -> None:
        asked.day.setText("12-9")
        wrong.append(asked.mistake())
        asked.day.setText("12-5")
        asked.value.setText("三千")
        wrong.append(bool(asked.mistake()))
        asked.value.setText("3,000")

    accept(monkeypatch, ReportDialog, fill)
    page.side.panel.report.click()
    rest(qtbot, page)
    assert wrong == ["日期不能晚于今天", True]
    assert track_item(township, 1).value == 3000
    assert states(page)["新建高标准农田3000亩。"] == "已达标"
    undo[0]()
    rest(qtbot, page)
    assert track_item(township, 1).value == 2530
    assert reports_of(township, 1)[0].removed_at is not None


def test_a_report_is_corrected_in_its_history(
    page: PlanPage, township: Township, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.board.choose_item(1)
    rest(qtbot, page)
    page.side.act("history")
    rest(qtbot, page)
    history = page.subs.history
    assert page.stack.currentWidget() is history
    assert history.table.rowCount() == 11
    accept(monkeypatch, history_view.ReportDialog, lambda asked: asked.value.setText("2600"))
    history.correct.click()
    rest(qtbot, page)
    assert history.told.text() == "有效 11 条，更正或撤销 1 条"
    assert track_item(township, 1).value == 2600
    qtbot.keyClick(history, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.board


def test_an_item_is_shared_out_and_the_villages_behind_are_shown(
    page: PlanPage, township: Township, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.board.choose_item(1)
    rest(qtbot, page)
    assert page.side.panel.share.text() == "分解到村（居）…"
    accept(monkeypatch, ShareDialog, lambda asked: asked.step.setCurrentIndex(1))
    page.side.panel.share.click()
    rest(qtbot, page)
    held = schedule_plan.current(township, track_item(township, 1))
    assert held is not None
    assert [part.goal for part in held.parts] == [1800, 1200]
    township.working_day = date(2021, 12, 20)
    page.refresh()
    rest(qtbot, page)
    assert page.side.panel._villages_title.text() == "落后的村（居）2 个"
    page.side.act("schedule")
    view = page.subs.schedule
    assert page.stack.currentWidget() is view
    assert view.table.item(0, 5).text() == "■ 落后"
    accept(monkeypatch, plan_deeds.ReportDialog, lambda asked: asked.value.setText("1800"))
    view.report.click()
    rest(qtbot, page)
    assert view.table.item(0, 5).text() == "● 完成"


def test_an_unfinished_item_needs_a_reason_and_goes_on_next_year(
    page: PlanPage, township: Township, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    township.working_day = date(2021, 12, 31)
    page.subs.show_review(2021)
    rest(qtbot, page)
    review = page.subs.review
    assert "未完成 3 项，3 项还没写原因" in review.told.text()
    review.only.click()
    assert review.table.rowCount() == 3
    place = next(n for n, each in enumerate(review._shown) if each.item.id == 3)
    review.table.setCurrentCell(place, 0)
    wrong = []

    def fill(asked: MissedDialog) -> None:
        wrong.append(asked.mistake())
        asked.reason.setPlainText("消防审批未下来")

    accept(monkeypatch, review_view.MissedDialog, fill)
    review.settle.click()
    rest(qtbot, page)
    assert wrong[0].startswith("请写明原因")
    assert load(township, "plan_item", 3)[0]["status"] == "结转下年"
    assert [item.wording for item in track(township, 2022)] == ["敬老院消防改造。"]
    assert review.table.item(place, 5).text() == "结转下年"
    assert not review.settle.isEnabled()


def test_a_proposal_becomes_an_item_of_the_draft(
    page: PlanPage, township: Township, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.bar.years.buttons[1].click()
    assert page.year == 2022
    page.bar.propose.click()
    rest(qtbot, page)
    proposals = page.subs.proposals
    kinds = [each.kind for each in proposals._found]
    place = kinds.index("每年都有")
    proposals.table.setCurrentCell(place, 0)
    proposals.aside.click()
    rest(qtbot, page)
    assert proposals.table.item(place, 4).text() == "暂不采纳"
    assert not proposals.take.isEnabled()
    proposals.aside.click()
    rest(qtbot, page)
    proposals.take.click()
    rest(qtbot, page)
    assert proposals.table.item(place, 4).text() == "已采纳"
    assert [item.wording for item in track(township, 2022)] == [proposals.current.wording]
    place = kinds.index("上年未完成")
    proposals.table.setCurrentCell(place, 0)
    accept(monkeypatch, proposals_view.MissedDialog, lambda asked: asked.reason.setPlainText("工期紧"))
    proposals.take.click()
    rest(qtbot, page)
    assert len(track(township, 2022)) == 2
    assert page.subs.review.desk is page.desk


def test_the_table_of_a_ledger_is_one_step_away(page: PlanPage, qtbot: QtBot) -> None:
    page.show_table()
    rest(qtbot, page)
    assert len(page.view.table.rows.ids) == 5
    assert not page.side.panel.isVisible()
    page.bar.back.click()
    rest(qtbot, page)
    assert page.stack.currentWidget() is page.board
    assert page.side.panel.isVisible()


def test_a_new_item_opens_the_form_in_place_of_the_panel(page: PlanPage, qtbot: QtBot) -> None:
    page.tabs.chosen.emit(LIVELIHOOD)
    page.board.enter.click()
    assert page.form is not None
    assert page.form.isVisible()
    assert not page.side.panel.isVisible()
    page._close_form()
    assert page.side.panel.isVisible()


def test_a_place_with_a_record_shows_it_on_the_board(page: PlanPage, qtbot: QtBot) -> None:
    page.board.choose_state("完成")
    page.arrive(Place("plan", "plan_item", 3))
    rest(qtbot, page)
    assert page.board.current is not None
    assert page.board.current.item.id == 3


def test_the_next_year_is_opened_from_the_menu_and_closed_again(
    page: PlanPage, township: Township, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = []
    page.desk.said.connect(lambda _text, call: undo.append(call))
    monkeypatch.setattr(plan_deeds, "ask", lambda *_asked: True)
    names = [action.text() for action in page.menu().actions() if action.text()]
    assert names[-1] == "开启 2022 年…"
    page.side.deeds.turn_year()
    rest(qtbot, page)
    assert page.desk.scope.year == 2022
    assert working_year(township) == 2022
    undo[0]()
    rest(qtbot, page)
    assert page.desk.scope.year == 2021


def test_long_names_of_parts_are_short_on_tabs() -> None:
    assert short_part("常态化疫情防控") == "疫情防控"
    assert short_part("一个办公室自己取的很长的部分名称") == "一个办公室自己…"


def test_the_targets_are_told_by_village_and_open_their_records(
    page: PlanPage, township: Township, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = {"village": 1, "band": "18至59岁", "dose": "全程"}
    span = {"set_on": date(2021, 3, 22), "due_on": date(2021, 12, 31)}
    record = save(township, "vaccination_target", {**common, "people": 1000, **span}).id
    save(township, "vaccination_progress", {**common, "date": date(2021, 6, 15), "people": 450})
    titles = [action.text() for action in page.menu().actions()]
    assert "接种日程" in titles
    page.subs.show_targets()
    rest(qtbot, page)
    view = page.subs.targets
    assert view.isVisible()
    (line,) = view.lines
    assert line.pace.behind > 0
    assert f"落后 {line.pace.behind} 个工作日" in view.told.text()
    asked: list[Place] = []
    page.desk.asked_for.connect(asked.append)
    view.open(0)
    assert (asked[0].of, asked[0].record) == ("vaccination_target", record)
    assert view.curve.isVisible()
    assert "青石村" in view.curve.words.text()
    assert "实际 450人" in view.curve.chart.accessibleName()
    accept(monkeypatch, SpreadDialog, lambda asked: asked.which.setCurrentIndex(1))
    view.anew.click()
    rest(qtbot, page)
    assert [each.pace.behind for each in view.lines] == [0]
    assert (view.lines[0].start, view.lines[0].base) == (TODAY, 450)
    path = tmp_path / "日程表.pdf"
    save_timetable(page.desk, page, lambda reading: target_sheet(reading, view.lines), path)
    rest(qtbot, page)
    assert path.read_bytes().startswith(b"%PDF")


def test_the_rest_is_spread_anew_by_keys_alone(page: PlanPage, township: Township, qtbot: QtBot) -> None:
    common = {"village": 1, "band": "18至59岁", "dose": "全程"}
    span = {"set_on": date(2021, 3, 22), "due_on": date(2021, 12, 31)}
    save(township, "vaccination_target", {**common, "people": 1000, **span})
    save(township, "vaccination_progress", {**common, "date": date(2021, 6, 15), "people": 450})
    page.subs.show_targets()
    rest(qtbot, page)
    view = page.subs.targets
    page.activateWindow()
    view.table.setFocus()
    typist = Typist(page, lambda: page.desk.background.resting)

    def script() -> Iterator[Until]:
        yield view.table.hasFocus
        for _stop in range(12):
            if view.anew.hasFocus():
                break
            before = page.focusWidget()
            typist.press(Key.Key_Tab, SHIFT)
            yield lambda before=before: page.focusWidget() is not before
        typist.press(Key.Key_Return)
        yield lambda: isinstance(QApplication.activeModalWidget(), SpreadDialog)
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, SpreadDialog)
        typist.press(Key.Key_Down)
        yield lambda: asked.which.currentIndex() == 1
        typist.press(Key.Key_Return)
        yield lambda: not isinstance(QApplication.activeModalWidget(), SpreadDialog)

    typist.begin(script())
    qtbot.waitUntil(lambda: typist.done, timeout=60_000)
    if typist.trouble is not None:
        raise typist.trouble
    rest(qtbot, page)
    assert [each.pace.behind for each in view.lines] == [0]
    assert view.lines[0].start == TODAY
