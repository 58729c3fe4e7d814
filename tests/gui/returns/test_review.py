"""Reviewing in the table: a label, a filter, passing, sending back, and never by the one who wrote it."""

from __future__ import annotations

import pytest

from zhengui.gui.desk.place import Place
from zhengui.gui.ledger import review_deeds
from zhengui.gui.ledger.review_marks import REVIEW
from zhengui.services.entry import record, review_records, review_rows
from zhengui.services.entry.review_rows import RETURNED, WAITING

LEDGER = "hazard"


@pytest.fixture
def view(window, township, settle):
    """The hazards, written by 试验员, all waiting for a second person; 审核员 sits at the desk."""
    review_records.require_review(township, LEDGER, "count", accept_existing=False)
    township.operator = "审核员"
    window.navigation.go(Place("area:safety", LEDGER))
    settle()
    return window.navigation.current.view


def shown(view, row: int) -> tuple[str, str]:
    found = view.table.rows.row(row)
    return found.texts.get(REVIEW, ""), found.labels.get(REVIEW, ("", ""))[0]


def select(view, *rows: int) -> None:
    view.table.clearSelection()
    model, selection = view.table.model(), view.table.selectionModel()
    flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
    for row in rows:
        selection.select(model.index(row, 0), flags)


def test_rows_that_wait_say_so(view) -> None:
    assert [column.key for column in view.table.rows.columns][1] == REVIEW
    assert shown(view, 0) == ("", WAITING)
    assert WAITING in view.tools._chips
    assert view.tools._chips[WAITING].count == 6


def test_a_ledger_without_a_rule_has_no_such_column(window, settle) -> None:
    window.navigation.go(Place("area:safety", LEDGER))
    settle()
    view = window.navigation.current.view
    assert REVIEW not in [column.key for column in view.table.rows.columns]
    assert WAITING not in view.tools._chips
    view.table.selectRow(0)
    view.deeds.reviews.approve()
    assert window.toast.text == "这个台账不需要审核"


def test_passing_can_be_undone(view, window, township, settle) -> None:
    select(view, 0, 1)
    view.deeds.reviews.approve()
    settle()
    assert window.toast.text == "已审核通过隐患 2 条"
    assert shown(view, 0) == ("已审核", "")
    assert view.tools._chips[WAITING].count == 4
    window.commands.undo()
    settle()
    assert len(review_records.awaiting(township, LEDGER)) == 6


def test_the_filter_shows_only_what_waits(view, settle) -> None:
    select(view, 0)
    passed = view.table.selected_ids()[0]
    view.deeds.reviews.approve()
    settle()
    view.choose_state(WAITING)
    settle()
    assert len(view.table.rows.ids) == 5
    assert passed not in view.table.rows.ids
    assert view.tools.isVisible()
    view.choose_state("")
    settle()
    assert len(view.table.rows.ids) == 6


def test_sending_back_tells_why_until_the_record_is_changed(
    view, window, township, settle, monkeypatch
) -> None:
    monkeypatch.setattr(review_deeds.ReturnDialog, "exec", lambda _self: True)
    monkeypatch.setattr(review_deeds.ReturnDialog, "reason", property(lambda _self: "缺照片"))
    select(view, 0)
    sent = view.table.selected_ids()[0]
    view.deeds.reviews.send_back()
    settle()
    assert shown(view, 0) == ("退回：缺照片", "")
    assert view.tools._chips[RETURNED].count == 1
    assert view.tools._chips[WAITING].count == 5
    township.operator = "试验员"
    record.save(township, LEDGER, {"detail": "补了照片"}, sent)
    view.desk.saved.emit(LEDGER)
    settle()
    assert shown(view, 0) == ("", WAITING)
    assert RETURNED not in view.tools._chips


def test_sending_back_can_be_undone(view, window, township, settle) -> None:
    ids = list(view.table.rows.ids[:2])
    judged = review_rows.send_back(township, LEDGER, ids, "缺照片")
    assert set(review_rows.reviewing(township, LEDGER).returned) == set(ids)
    review_rows.take_back_return(township, judged)
    assert not review_rows.reviewing(township, LEDGER).returned


def test_nobody_reviews_what_they_wrote(view, window, township, settle, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(review_deeds, "ask", lambda _p, question, *_rest: bool(asked.append(question)))
    township.operator = "试验员"
    select(view, 0, 1)
    view.deeds.reviews.approve()
    settle()
    assert asked == ["这 2 条都是您登记的，换人来审核吗？"]
    assert len(review_records.awaiting(township, LEDGER)) == 6
    assert review_rows.send_back(township, LEDGER, list(view.table.rows.ids), "缺照片").ids == ()


def test_a_reason_is_needed(view, qtbot) -> None:
    dialog = review_deeds.ReturnDialog(view, 1, "隐患")
    qtbot.addWidget(dialog)
    dialog.deed.click()
    assert dialog.result() == 0
    dialog._reason.setText("缺照片")
    dialog.deed.click()
    assert dialog.result() == 1
