"""The first start in four steps: what each asks, what it proposes, and what comes out of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from zhengui.gui.kit import dialogs
from zhengui.gui.opening.first_start import FirstStart, StartChoice
from zhengui.services.whole.found_office import NewOffice, NewVillage


@pytest.fixture
def dialog(qtbot: QtBot) -> FirstStart:
    made = FirstStart(today=date(2026, 11, 28))
    qtbot.addWidget(made)
    made.show()
    return made


def on(dialog: FirstStart) -> None:
    assert dialog.deed is not None
    dialog.deed.click()


def test_no_step_scrolls_on_a_magnified_screen(dialog: FirstStart, monkeypatch: pytest.MonkeyPatch) -> None:
    # 1366x768 at 150 %, less the frame of a window.
    room = QSize(894, 468)
    monkeypatch.setattr(dialogs, "room_for", lambda _widget: room)
    dialog.name.setText("云岭镇")
    dialog.villages.setPlainText("白沙村\n清溪村")
    for step in range(4):
        assert dialog.step == step
        scroll = dialog.findChild(QScrollArea)
        assert scroll is not None
        assert scroll.verticalScrollBar().maximum() == 0, step
        assert dialog.height() <= room.height()
        if step < 3:
            on(dialog)


def test_four_steps_found_an_office(dialog: FirstStart) -> None:
    on(dialog)
    assert (dialog.step, dialog.mistake()) == (0, "请填写单位名称")
    dialog.name.setText("云岭镇")
    assert dialog.office.text() == "云岭镇人民政府"
    assert dialog.committee.text() == "中共云岭镇委员会"
    on(dialog)
    dialog.villages.setPlainText("1. 白沙村\n2. 清溪村\n云岭社区")
    assert dialog.counted.text() == "认出 2 个村、1 个居"
    on(dialog)
    assert dialog.start.currentText() == "2026年1月"
    dialog.start.setCurrentIndex(dialog.start.findData(202611))
    dialog.areas.ticks["epidemic"].setChecked(False)
    on(dialog)
    assert dialog.mistake() == "请填写您的姓名"
    dialog.operator.setText("李试")
    assert "认出 2 个村、1 个居" in dialog.summary.text()
    assert "9 个工作领域" in dialog.summary.text()
    on(dialog)
    assert dialog.choice == StartChoice(
        office=NewOffice(
            "云岭镇",
            "镇",
            "云岭镇人民政府",
            "中共云岭镇委员会",
            "李试",
            (NewVillage("白沙村", "村"), NewVillage("清溪村", "村"), NewVillage("云岭社区", "居")),
            202611,
            left_out=("epidemic",),
        )
    )


def test_enter_scolds_no_field_that_was_not_reached(dialog: FirstStart, qtbot: QtBot) -> None:
    dialog.name.setFocus()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.name.property("look") == "error"
    assert dialog.office.property("look") != "error"
    dialog.name.setText("云岭镇")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.step == 1
    on(dialog)
    on(dialog)
    dialog.operator.setText("李试")
    dialog.password.setFocus()
    qtbot.keyClicks(dialog.password, "green hills 30 li")
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.again
    assert dialog._wrong.isHidden()
    qtbot.keyClicks(dialog.again, "green hills")
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    assert "不一样" in dialog._wrong.text()
    assert dialog.choice is None


@pytest.mark.parametrize(
    ("typed", "kind", "office", "committee"),
    [
        ("清水乡", "乡", "清水乡人民政府", "中共清水乡委员会"),
        ("河东街道", "街道", "河东街道办事处", "中共河东街道工作委员会"),
        ("云岭", "镇", "云岭镇人民政府", "中共云岭镇委员会"),
    ],
)
def test_the_kind_proposes_who_signs(
    dialog: FirstStart, typed: str, kind: str, office: str, committee: str
) -> None:
    dialog.name.setText(typed)
    assert dialog.kind.currentData() == kind
    assert (dialog.office.text(), dialog.committee.text()) == (office, committee)


def test_the_kind_can_be_chosen_where_the_name_does_not_tell(dialog: FirstStart) -> None:
    dialog.name.setText("河东")
    dialog.kind.setCurrentIndex(2)
    assert dialog.office.text() == "河东街道办事处"
    assert dialog.written().name == "河东街道"


def test_going_back_keeps_what_was_typed(dialog: FirstStart) -> None:
    assert not dialog.back.isVisible()
    dialog.name.setText("云岭镇")
    on(dialog)
    assert dialog.back.isVisible()
    assert not any(other.isVisible() for other in dialog.others)
    dialog.villages.setPlainText("白沙村")
    dialog.back.click()
    assert dialog.step == 0
    assert dialog.name.text() == "云岭镇"
    on(dialog)
    assert dialog.villages.toPlainText() == "白沙村"


def test_an_office_has_at_least_one_area(dialog: FirstStart) -> None:
    dialog.name.setText("云岭镇")
    on(dialog)
    on(dialog)
    for tick in dialog.areas.ticks.values():
        tick.setChecked(False)
    on(dialog)
    assert (dialog.step, dialog.mistake()) == (2, "请至少留下一个工作领域")
    dialog.areas.ticks["party"].setChecked(True)
    on(dialog)
    assert dialog.step == 3
    assert "1 个工作领域" in dialog.summary.text()


def test_what_is_no_list_of_villages_is_told(dialog: FirstStart) -> None:
    dialog.name.setText("云岭镇")
    on(dialog)
    dialog.villages.setPlainText("这是一段误贴进来的文字它比任何一个村的名字都长得多得多")
    on(dialog)
    assert dialog.step == 1
    assert "太长" in dialog.mistake()


def test_villages_come_from_a_sheet(dialog: FirstStart, tmp_path: Path) -> None:
    path = tmp_path / "村.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(
            [("序号", "村（居）", "人口"), (1, "白沙村", 900), (2, "云岭社区", 4000)]
        ):
            sheet.write_row(row, 0, cells)
    dialog.read_sheet(path)
    assert dialog.villages.toPlainText() == "白沙村\n云岭社区"
    assert dialog.counted.text() == "认出 1 个村、1 个居"


def test_a_file_that_is_no_sheet_is_told_on_the_step(dialog: FirstStart, tmp_path: Path) -> None:
    path = tmp_path / "村.xlsx"
    path.write_text("no workbook", encoding="utf-8")
    dialog.read_sheet(path)
    assert "电子表格" in dialog._wrong.text()
    assert dialog.villages.toPlainText() == ""


def test_the_demo_needs_nothing(dialog: FirstStart) -> None:
    dialog.others[-1].click()
    assert dialog.choice == StartChoice(demo=True)


def test_what_was_said_at_the_first_start_can_be_changed(qtbot: QtBot, tmp_path: Path) -> None:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.desk.scope import ChosenScope
    from zhengui.gui.kit.background import Background
    from zhengui.gui.system.office_panel import OfficePanel
    from zhengui.services.returns.report_status import start_month
    from zhengui.services.township.office import COMMITTEE
    from zhengui.services.whole.found_office import found_office

    office = NewOffice("云岭镇", "镇", "云岭镇人民政府", "中共云岭镇委员会", "李试", (), 202611)
    township = found_office(tmp_path / "云岭镇.zgdb", office)
    background = Background()
    panel = OfficePanel(Desk(township, ChosenScope(2026), background))
    qtbot.addWidget(panel)
    panel.refresh()
    assert (panel.committee.text(), panel.start.text()) == ("中共云岭镇委员会", "2026年11月")
    assert not panel.save.isEnabled()
    panel.start.setText("2026年13月")
    panel._show_state()
    assert not panel.save.isEnabled()
    panel.start.setText("2026年3月")
    panel.committee.setText("")
    panel._show_state()
    panel.save.click()
    assert start_month(township) == 202603
    assert township.setting(COMMITTEE) == ""
    assert not panel.save.isEnabled()
    background.close()
    township.close()
