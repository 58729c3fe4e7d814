"""Nothing typed is lost: the question on leaving, drafts, and the wide window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.fields.invented_office import write
from tests.gui.form.test_typing import a_hazard, fill, press
from zhengui.gui.form import draft_keeper, record_form
from zhengui.gui.form.form_panel import FormPanel
from zhengui.gui.form.questions import Answer, UnsavedQuestion
from zhengui.services.entry import drafts


@pytest.fixture
def answering(monkeypatch):
    """Answer the question in advance, and see how often it was asked."""
    asked = []

    def give(answer: Answer):
        monkeypatch.setattr(record_form, "ask_unsaved", lambda *words: asked.append(words[1:]) or answer)
        return asked

    return give


def test_untouched_form_is_left_without_a_question(panel, hazard, answering):
    asked = answering(Answer.STAY)
    panel.open_new("hazard")
    assert panel.can_leave()
    assert panel.open_record("hazard", hazard)
    assert asked == []


def test_staying_keeps_what_was_typed(panel, hazard, answering):
    asked = answering(Answer.STAY)
    panel.open_new("hazard")
    fill(panel, place="青石路口")
    assert not panel.can_leave()
    assert not panel.open_record("hazard", hazard)
    assert panel.form.sheet.rows["place"].editor.text() == "青石路口"
    assert asked[0] == ("隐患", 1)


def test_discarding_goes_on_and_forgets_the_draft(township, panel, hazard, answering):
    answering(Answer.DISCARD)
    panel.open_new("hazard")
    fill(panel, place="青石路口")
    panel.form.drafts.keep()
    assert panel.open_record("hazard", hazard)
    assert drafts.find(township, "hazard", None) is None


def test_saving_on_leaving(qtbot, panel, answering):
    answering(Answer.SAVE)
    a_hazard(panel)
    with qtbot.waitSignal(panel.saved):
        assert panel.can_leave()
    panel.open_new("hazard")
    fill(panel, place="青石路口")
    assert not panel.can_leave()


def test_escape_asks_and_closes(qtbot, panel, answering):
    asked = answering(Answer.DISCARD)
    panel.open_new("hazard")
    fill(panel, place="青石路口")
    with qtbot.waitSignal(panel.closed):
        press(panel, Qt.Key.Key_Escape)
    assert len(asked) == 1


def test_question_stays_on_escape(qtbot, panel):
    question = UnsavedQuestion(panel, "隐患", 2)
    qtbot.addWidget(question)
    question.show()
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert question.answer is Answer.STAY
    question.buttons[Answer.DISCARD].click()
    assert question.answer is Answer.DISCARD


def test_dirt_is_told(qtbot, panel, hazard):
    panel.open_record("hazard", hazard)
    told = []
    panel.dirty_changed.connect(told.append)
    fill(panel, place="白沙新市场")
    assert panel.form.header.tag == "未保存"
    fill(panel, place="白沙市场")
    assert told == [True, False]
    assert panel.form.header.tag == "逾期 6 天"


def test_the_same_date_typed_another_way_is_no_change(panel, hazard):
    panel.open_record("hazard", hazard)
    fill(panel, found_on="2021.11.2")
    assert panel.form.dirty
    press(panel, Qt.Key.Key_Return)
    assert not panel.form.dirty
    assert panel.form.header.tag == "逾期 6 天"


def test_draft_survives_a_crash(qtbot, township, panel, monkeypatch):
    monkeypatch.setattr(draft_keeper, "REST", 20)
    panel.open_new("hazard")
    fill(panel, village="白沙村", cost="18600")
    panel.form.drafts.keep()
    assert panel.form.footer.said.startswith("草稿已暂存 ")
    again = FormPanel(township)
    qtbot.addWidget(again)
    again.open_new("hazard")
    assert "没写完的草稿" in again.form.bar.text
    assert not again.form.dirty
    actions = {button.text(): button for button in again.form.bar.findChildren(type(again.form.footer.save))}
    actions["接着写"].click()
    rows = again.form.sheet.rows
    assert (rows["village"].editor.value(), rows["cost"].editor.value()) == (2, 1860000)
    assert again.form.dirty
    assert again.form.bar.isHidden()


def test_draft_is_kept_by_itself(qtbot, township, panel, hazard):
    panel.open_record("hazard", hazard)
    panel.form.drafts._rest.setInterval(10)
    fill(panel, place="白沙新市场")
    qtbot.waitUntil(lambda: drafts.find(township, "hazard", hazard) is not None, timeout=2000)
    assert dict(drafts.find(township, "hazard", hazard).texts) == {"place": "白沙新市场"}
    assert panel.form.save()
    assert drafts.find(township, "hazard", hazard) is None


def test_an_unanswered_draft_is_not_overwritten(township, panel):
    drafts.keep(township, "hazard", None, {"place": "河口渡口"})
    a_hazard(panel)
    assert panel.form.save()
    kept = drafts.find(township, "hazard", None)
    assert dict(kept.texts) == {"place": "河口渡口"}


def test_a_draft_that_is_not_wanted_goes(township, panel):
    drafts.keep(township, "hazard", None, {"place": "河口渡口"})
    panel.open_new("hazard")
    links = {button.text(): button for button in panel.form.bar.findChildren(type(panel.form.footer.save))}
    links["不要了"].click()
    assert drafts.find(township, "hazard", None) is None
    assert panel.form.bar.isHidden()


def test_wide_window_and_back(qtbot, panel, hazard):
    panel.open_record("hazard", hazard)
    fill(panel, place="白沙新市场")
    panel.widen()
    assert panel.form.window() is not panel.window()
    assert panel.form.sheet.rows["place"].editor.text() == "白沙新市场"
    closed = []
    panel.closed.connect(lambda: closed.append(True))
    qtbot.waitUntil(lambda: QApplication.activeWindow() is panel.form.window())
    QTest.keyClick(panel.form.window().focusWidget(), Qt.Key.Key_Escape)
    assert panel.form.window() is panel.window()
    assert closed == []
    assert panel.form.dirty


def test_a_narrow_panel_opens_new_records_wide(panel):
    panel.setMinimumWidth(0)
    panel.resize(290, 600)
    panel.open_new("hazard")
    assert panel._wide is not None
    panel.narrow()


def test_a_record_that_is_gone_is_told(panel, hazard):
    assert panel.open_record("hazard", hazard)
    assert not panel.open_record("hazard", 999)
    assert "已经不在了" in panel.form.bar.text
    write(panel, "")
