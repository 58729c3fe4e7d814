"""What the form tells of a record: its head, its stages, its history and the figures it counts in."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.gui.form.test_typing import fill, press
from tests.services.drafts import new_document
from zhengui.catalogue.closed_loop import LOOP_STATES
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import FieldType
from zhengui.figures import period
from zhengui.gui.form.stage_rings import stage_of
from zhengui.gui.form.step_dialog import StepDialog
from zhengui.services.entry import attach, record
from zhengui.services.loops.take_step import Deed

CATALOGUE = load_catalogue()


def words(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if not label.isHidden())


def test_every_ledger_has_a_form(panel):
    for key, ledger in CATALOGUE.ledgers.items():
        assert panel.open_new(key)
        shown = panel.form.sheet.order(False) + panel.form.sheet.order(True) * ledger.closed_loop
        assert sorted(shown) == sorted(field.key for field in ledger.live_fields), key
        assert not panel.form.dirty, key
        assert panel.form.header.title == f"登记{ledger.noun}"
        for row in panel.form.sheet.rows.values():
            named = row.editor.input().accessibleName() or row.editor.accessibleName()
            assert row.field.title in named or row.field.type is FieldType.ATTACHMENT


def test_head_of_a_record(panel, hazard):
    panel.open_record("hazard", hazard)
    assert panel.form.header.title == "隐患 白沙市场"
    assert panel.form.header.tag == "逾期 6 天"
    assert "逾期 6 天" in panel.form.sheet.rings.accessibleName()


def test_stages_follow_the_states():
    assert [stage_of(state) for state in LOOP_STATES] == [1, 2, 3, 4, 5]


def test_the_next_step_is_asked_for_taken_and_told_of(panel, hazard, township, monkeypatch):
    """The dialog keeps what it lacks in view: without evidence nothing is reported."""
    panel.open_record("hazard", hazard)
    assert panel.form.footer.step.text() == "申请验收…"
    assert not panel.form.footer.other.isHidden()
    complaints = []

    def ask(dialog):
        dialog.editors["words"].set_value("通道已清理")
        dialog.take()
        complaints.append(dialog._wrong.text())
        first, second = (attach.add(township, f"{n}.txt", n.encode()) for n in ("前", "后"))
        dialog.editors["photo"].set_value((first, second))
        assert dialog.mistake() == ""
        dialog.take()
        return dialog.taken is not None

    monkeypatch.setattr(StepDialog, "exec", ask)
    panel.form.footer.step.click()
    assert "至少 2 张" in complaints[0]
    assert panel.form.footer.step.text() == "验收…"
    assert panel.form.sheet.rows["rectified_on"].editor.value() == date(2021, 12, 6)
    assert not panel.form.dirty
    panel.form.tell_more()
    assert "申请验收：通道已清理，附件 2 个" in panel.form.sheet.flow.course.words.text()


def test_what_was_typed_is_saved_before_a_step(panel, hazard, township, monkeypatch):
    panel.open_record("hazard", hazard)
    fill(panel, place="白沙新市场")

    def wait(dialog):
        dialog.editors["words"].set_value("等配件")
        dialog.editors["due"].set_value(date(2021, 12, 20))
        dialog.take()
        return dialog.taken is not None

    monkeypatch.setattr(StepDialog, "exec", wait)
    panel.form._take_step(Deed.EXTEND)
    values = record.load(township, "hazard", hazard)[0]
    assert (values["place"], values["due_on"]) == ("白沙新市场", date(2021, 12, 20))
    assert panel.form.header.tag == ""


def test_history_tells_before_and_after(qtbot, township, panel, hazard):
    panel.open_record("hazard", hazard)
    fill(panel, place="白沙新市场")
    panel.form.save()
    panel.form.tabs.choose("history")
    qtbot.waitUntil(lambda: "修改" in words(panel.form.history))
    told = words(panel.form.history)
    assert "隐患场所：白沙市场 → 白沙新市场" in told
    assert "李文娟　修改" in told
    assert "李文娟　登记" in told
    assert "等级：较大" in told


def test_figures_of_a_record(qtbot, township, panel):
    number = record.save(
        township, "collective_income", {"village": 1, "kind": "光伏", "date": date(2021, 5, 1), "amount": 100}
    ).id
    panel.set_period(period.year(2021))
    panel.open_record("collective_income", number)
    panel.form.tabs.choose("uses")
    links = panel.form.uses.findChildren(QPushButton)
    assert links
    with qtbot.waitSignal(panel.figure_requested) as caught:
        links[0].click()
    assert caught.args[0] in CATALOGUE.indicators
    panel.set_period(period.year(2020))
    panel.form.tell_more()
    qtbot.waitUntil(lambda: "没有计入任何指标" in words(panel.form.uses))


def test_documents_of_a_record(qtbot, township, panel):
    number = record.save(
        township, "collective_income", {"village": 1, "kind": "光伏", "date": date(2021, 5, 1), "amount": 100}
    ).id
    document = new_document(township, period.year(2021))
    panel.set_period(period.year(2021))
    panel.open_record("collective_income", number)
    panel.form.tell_more()
    assert "印在 1 份文稿里" in words(panel.form.uses)
    assert "起草：" in words(panel.form.uses)
    link = panel.form.uses.findChildren(QPushButton)[-1]
    with qtbot.waitSignal(panel.document_requested) as caught:
        link.click()
    assert caught.args == [document]


def test_working_year_completes_a_date(panel):
    panel.set_period(period.year(2020))
    panel.open_new("collective_income")
    fill(panel, date="3.5")
    assert panel.form.sheet.rows["date"].editor.value() == date(2020, 3, 5)


def test_tabs_by_arrow_keys(panel, hazard):
    panel.open_record("hazard", hazard)
    panel.form.tabs._tabs["content"].setFocus()
    press(panel, Qt.Key.Key_Right)
    assert panel.form.tabs.current == "flow"
    press(panel, Qt.Key.Key_Left)
    press(panel, Qt.Key.Key_Left)
    assert panel.form.tabs.current == "uses"


def test_neighbours_are_asked_for(qtbot, panel, hazard):
    panel.open_record("hazard", hazard)
    with qtbot.waitSignal(panel.next_requested):
        QTest.mouseClick(panel.form.header._next, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.previous_requested):
        QTest.mouseClick(panel.form.header._previous, Qt.MouseButton.LeftButton)


def test_people_are_masked_in_the_form_and_in_history(qtbot, township, panel):
    panel.open_new("person")
    fill(panel, name="王小明", sex="男", id_number="110101198003050278")
    assert panel.form.save()
    panel.form.tabs.choose("history")
    qtbot.waitUntil(lambda: "110101********0278" in words(panel.form.history))
    panel.form.tabs.choose("content")
    panel.form.tabs._tabs["content"].setFocus()
    assert panel.form.sheet.rows["id_number"].editor.input().text() == "110101********0278"
