"""Filling in: the way of Enter, saving by keys, what carries over, mistakes in words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.fields.invented_office import write
from zhengui.gui.form import record_form
from zhengui.services.entry import record
from zhengui.storage.problem import RecordChanged, StorageProblem
from zhengui.values.check import Mistake

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RETURN = Qt.Key.Key_Return


def focused(panel) -> str:
    """The field that has the keyboard."""
    part = panel.window().focusWidget()
    rows = panel.form.sheet.rows
    return next((key for key, row in rows.items() if part is row or row.isAncestorOf(part)), "")


def press(panel, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(panel.window().focusWidget(), key, modifier)


def fill(panel, **texts):
    for key, text in texts.items():
        panel.form.go_to(key)
        panel.form.sheet.rows[key].editor.input().selectAll()
        write(panel.form.sheet.rows[key].editor.input(), text)
        if getattr(panel.form.sheet.rows[key].editor, "is_open", False):
            press(panel, Qt.Key.Key_Escape)


def a_hazard(panel):
    panel.open_new("hazard")
    fill(panel, found_on="12.1", village="qs", field="交通", place="青石路口", detail="护栏缺了一段")


def said_at(panel, key) -> str:
    mistake = panel.form.sheet.rows[key].mistake
    return mistake.message if mistake else ""


def test_enter_goes_through_the_fields_in_order_and_ends_at_save(panel):
    panel.open_new("hazard")
    order = panel.form.sheet.order(flow=False)
    assert order[0] == "found_on"
    assert order[-1] == "photo"
    visited = [focused(panel)]
    for _ in order[1:]:
        press(panel, RETURN)
        visited.append(focused(panel))
    assert visited == order
    press(panel, RETURN)
    assert panel.form.footer.save.hasFocus()


def test_shift_enter_goes_back(panel):
    panel.open_new("hazard")
    press(panel, RETURN)
    press(panel, RETURN, SHIFT)
    assert focused(panel) == "found_on"


def test_tab_goes_the_same_way(panel):
    panel.open_new("collective_income")
    order = panel.form.sheet.order(flow=False)
    visited = [focused(panel)]
    for _ in order[1:]:
        press(panel, Qt.Key.Key_Tab)
        visited.append(focused(panel))
    assert visited == order


def test_typed_record_is_saved_by_ctrl_s(qtbot, township, panel):
    a_hazard(panel)
    with qtbot.waitSignal(panel.saved) as caught:
        press(panel, Qt.Key.Key_S, CTRL)
    ledger, number = caught.args
    assert ledger == "hazard"
    values, version = record.load(township, ledger, number)
    assert (values["found_on"], values["village"], values["field"]) == (date(2021, 12, 1), 1, "交通")
    assert (values["grade"], version) == ("一般", 1)
    assert panel.form.footer.said.startswith("已保存 ")
    assert not panel.form.dirty
    assert panel.record_id == number


def test_ctrl_enter_saves_and_carries_values_over(qtbot, panel):
    a_hazard(panel)
    with qtbot.waitSignal(panel.saved):
        press(panel, RETURN, CTRL)
    assert panel.record_id is None
    rows = panel.form.sheet.rows
    assert rows["field"].editor.value() == "交通"
    assert rows["grade"].editor.value() == "一般"
    assert rows["place"].editor.value() is None
    assert focused(panel) == "found_on"
    assert not panel.form.dirty
    assert "接着登记下一条" in panel.form.footer.said


def test_ctrl_enter_works_inside_a_long_text(qtbot, panel):
    a_hazard(panel)
    assert focused(panel) == "detail"
    with qtbot.waitSignal(panel.saved, timeout=1000):
        press(panel, RETURN, CTRL)


def test_nothing_is_told_before_a_field_was_left(panel):
    panel.open_new("hazard")
    write(panel.window().focusWidget(), "2021-12-08")
    assert said_at(panel, "found_on") == ""
    press(panel, RETURN)
    assert said_at(panel, "found_on").startswith("日期在今天之后")
    assert panel.form.sheet.rows["found_on"].editor.input().property("look") == "error"
    assert said_at(panel, "place") == ""
    press(panel, RETURN, SHIFT)
    press(panel, Qt.Key.Key_Backspace)
    assert said_at(panel, "found_on") == ""


def test_passing_an_empty_field_says_nothing(panel):
    panel.open_new("hazard")
    press(panel, RETURN)
    press(panel, RETURN)
    assert all(row.mistake is None for row in panel.form.sheet.rows.values())


def test_saving_counts_the_mistakes_and_f8_goes_round(panel):
    panel.open_new("hazard")
    fill(panel, village="白纱村")
    assert panel.form.save() is False
    wrong = ["found_on", "village", "field", "place", "detail"]
    assert panel.form.bar.text == "还有 5 处要改，改好才能保存"
    assert said_at(panel, "village") == "没有“白纱村”，是“白沙村”吗？按 ↓ 选择"
    assert focused(panel) == "found_on"
    visited = []
    for _ in wrong:
        press(panel, Qt.Key.Key_F8)
        visited.append(focused(panel))
    assert visited == [*wrong[1:], "found_on"]
    fill(panel, found_on="12.1")
    press(panel, RETURN)
    assert panel.form.bar.text == "还有 4 处要改，改好才能保存"


def test_bar_goes_once_all_is_right(panel):
    panel.open_new("hazard")
    panel.form.save()
    fill(panel, found_on="12.1", village="qs", field="交通", place="青石路口", detail="护栏缺了一段")
    press(panel, RETURN)
    assert panel.form.bar.isHidden()


def test_a_rule_between_fields_is_told_at_its_field(panel, hazard):
    panel.open_record("hazard", hazard)
    fill(panel, due_on="2021-10-1")
    press(panel, RETURN)
    assert any("期限" in said_at(panel, key) for key in panel.form.sheet.rows)


def test_a_remark_does_not_hinder_saving(qtbot, panel, monkeypatch):
    a_hazard(panel)
    remark = Mistake("cost", "投入资金", "是以往最大一笔的 50 倍，请核对", "check")
    monkeypatch.setattr("zhengui.services.entry.record.check", lambda *_values: [remark])
    fill(panel, cost="18600000")
    press(panel, RETURN)
    assert panel.form.sheet.rows["cost"].editor.input().property("look") == "warn"
    with qtbot.waitSignal(panel.saved):
        assert panel.form.save()


def test_a_full_disk_keeps_what_was_typed(panel, monkeypatch):
    def full(*_values):
        raise StorageProblem("这台电脑的磁盘满了，腾出空间后再点保存。")

    a_hazard(panel)
    monkeypatch.setattr(record, "save", full)
    assert panel.form.save() is False
    assert "磁盘满了" in panel.form.bar.text
    assert panel.form.dirty


def test_a_newer_record_comes_under_what_was_typed(township, panel, hazard, monkeypatch):
    panel.open_record("hazard", hazard)
    fill(panel, place="白沙新市场")
    record.save(township, "hazard", {"grade": "重大"}, hazard)
    assert panel.form.save() is False
    assert "刚被改过" in panel.form.bar.text
    rows = panel.form.sheet.rows
    assert (rows["grade"].editor.value(), rows["place"].editor.value()) == ("重大", "白沙新市场")
    assert panel.form.save()
    values, version = record.load(township, "hazard", hazard)
    assert (values["grade"], values["place"], version) == ("重大", "白沙新市场", 3)
    assert issubclass(RecordChanged, StorageProblem)


def test_mistakes_found_only_when_saving_are_told(panel, monkeypatch):
    a_hazard(panel)

    def refuse(*_values):
        raise record.Mistakes([Mistake("place", "隐患场所", "这处隐患当天已经登记过，请核对")])

    monkeypatch.setattr(record, "save", refuse)
    assert panel.form.save() is False
    assert said_at(panel, "place").startswith("这处隐患当天已经登记过")
    assert focused(panel) == "place"


def test_saving_without_changes_writes_nothing(township, panel, hazard):
    panel.open_record("hazard", hazard)
    assert panel.form.save()
    assert record.load(township, "hazard", hazard)[1] == 1
    assert panel.form.footer.said == "没有改动，不用保存"


@pytest.mark.parametrize("answer", [True, False])
def test_record_goes_to_the_bin_after_a_question(qtbot, panel, hazard, monkeypatch, answer):
    panel.open_record("hazard", hazard)
    asked = []
    monkeypatch.setattr(record_form, "ask", lambda *words: asked.append(words) or answer)
    gone = []
    panel.deleted.connect(lambda *what: gone.append(what))
    panel.form.remove()
    assert asked[0][1] == "要把这条隐患移到回收站吗？"
    assert gone == ([("hazard", hazard)] if answer else [])


def test_copy_begins_a_new_record(panel, hazard):
    panel.open_record("hazard", hazard)
    panel.form.copy()
    assert panel.record_id is None
    assert panel.form.sheet.rows["place"].editor.value() == "白沙市场"
    assert panel.form.sheet.rows["photo"].editor.value() is None


def test_the_kind_of_a_village_follows_its_name_until_somebody_chooses(panel):
    panel.open_new("village")
    kind = panel.form.sheet.rows["kind"].editor
    fill(panel, name="云岭社区")
    assert kind.text() == "居"
    fill(panel, name="云岭村")
    assert kind.text() == "村"
    fill(panel, kind="居", name="云岭新村")
    assert kind.text() == "居"
