"""The table as a sheet: typing, moving, filling, copying and pasting in cells, and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from tests.gui.test_ledger_view import places, select
from zhengui.figures import period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.ledger import blocks, sheet_deeds
from zhengui.gui.ledger.edit_many import EditMany
from zhengui.gui.ledger.moving import block_end
from zhengui.gui.ledger.paste_preview import PastePreview
from zhengui.gui.ledger.view import LedgerView
from zhengui.services.entry import drafts, record, steps
from zhengui.services.township.township import Township

LEDGER = "hazard"


@pytest.fixture
def view(window: MainWindow, desk: Desk, settle: Settle) -> LedgerView:
    desk.go_to_ledger(LEDGER)
    settle()
    window.activateWindow()
    page = window.navigation.current  # type: ignore[union-attr]
    found: LedgerView = page.view  # type: ignore[union-attr]
    found.arrangement.choose(["found_on", "place", "village", "grade", "cost", "due_on"])
    found.table.setFocus()
    return found


def go(view: LedgerView, row: int, key: str) -> int:
    """Make a cell current; returns its record."""
    keys = [column.key for column in view.table.rows.columns]
    view.table.go(view.table.rows.index(row, keys.index(key)))
    view.table.setFocus()
    return view.table.rows.ids[row]


def key_of(view: LedgerView) -> str:
    return view.table.rows.columns[view.table.currentIndex().column()].key


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def write(text: str) -> None:
    for letter in text:  # the first one opens the cell's editor, which takes the others
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, letter)


def value(view: LedgerView, id: int, key: str) -> object:
    return record.load(view.desk.township, LEDGER, id)[0][key]


CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def previews(monkeypatch: pytest.MonkeyPatch) -> list[PastePreview]:
    """The previews that were shown; each is answered with 粘贴."""
    shown: list[PastePreview] = []

    def press_paste(dialog: PastePreview) -> bool:
        shown.append(dialog)
        return True

    monkeypatch.setattr(PastePreview, "exec", press_paste)
    monkeypatch.setattr(PastePreview, "deleteLater", lambda _dialog: None)
    return shown


def told_by(preview: PastePreview) -> list[list[str]]:
    table = preview.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]  # type: ignore[union-attr]
        for row in range(table.rowCount())
    ]


def test_typing_takes_the_place_of_a_cell_and_enter_goes_down(view: LedgerView, settle: Settle) -> None:
    id = go(view, 1, "cost")
    write("1")
    assert view.editing.editor is not None
    write("28.5")
    press(Qt.Key.Key_Return)
    assert view.editing.editor is None
    assert view.table.currentIndex().row() == 2
    assert key_of(view) == "cost"
    settle()
    assert value(view, id, "cost") == 12850
    assert view.table.rows.index(1, view.table.currentIndex().column()).data() == "128.50"


def test_f2_keeps_what_stands_there_and_escape_leaves_it(view: LedgerView, settle: Settle) -> None:
    id = go(view, 0, "place")
    before = value(view, id, "place")
    press(Qt.Key.Key_F2)
    editor = view.editing.editor
    assert editor is not None
    assert editor.text() == before
    write("x")
    press(Qt.Key.Key_Escape)
    assert view.editing.editor is None
    settle()
    assert value(view, id, "place") == before
    press(Qt.Key.Key_F2)
    QTest.keyClicks(view.editing.editor.input(), "a")  # type: ignore[union-attr]
    press(Qt.Key.Key_Tab)
    assert key_of(view) == "village"
    settle()
    assert value(view, id, "place") == f"{before}a"


def test_the_field_s_own_editor_reads_initials(view: LedgerView, settle: Settle) -> None:
    id = go(view, 0, "village")
    write("bsc")
    press(Qt.Key.Key_Return)
    settle()
    assert value(view, id, "village") == 3


def test_the_record_opens_with_space_ctrl_enter_and_its_head(view: LedgerView, qtbot: QtBot) -> None:
    opened: list[int] = []
    view.open_asked.connect(lambda _ledger, id: opened.append(id))
    id = go(view, 2, "place")
    press(Qt.Key.Key_Space)
    view.table.setFocus()
    press(Qt.Key.Key_Return, CONTROL)
    view.table.verticalHeader().sectionDoubleClicked.emit(2)
    assert opened == [id] * 3


def test_a_row_that_breaks_a_rule_waits_marked_and_is_never_lost(
    view: LedgerView, township: Township, settle: Settle
) -> None:
    id = go(view, 0, "due_on")
    before = value(view, id, "due_on")
    write("2021.1.1")
    press(Qt.Key.Key_Return)
    settle()
    assert value(view, id, "due_on") == before
    assert view.table.rows.index(0, 5).data() == "2021-01-01"
    assert view.table.rows.pending.message(id)
    assert view.held.isVisible()
    kept = drafts.find(township, LEDGER, id)
    assert kept is not None
    assert kept.texts["due_on"] == "2021-01-01"
    view.reload()
    settle()
    assert view.table.rows.pending.message(id), "still there when the table is read anew"
    view.next_held()
    assert key_of(view) == "due_on"
    write("2021.12.20")
    press(Qt.Key.Key_Return)
    settle()
    assert value(view, id, "due_on") == date(2021, 12, 20)
    assert not view.held.isVisible()
    assert drafts.find(township, LEDGER, id) is None


def test_what_cannot_be_read_waits_too(view: LedgerView, settle: Settle) -> None:
    id = go(view, 0, "cost")
    write("80000")
    press(Qt.Key.Key_Return)
    go(view, 1, "cost")
    write("abc")
    press(Qt.Key.Key_Return)
    settle()
    other = view.table.rows.ids[1]
    assert "abc" in view.table.rows.pending.message(other)
    assert view.table.rows.index(1, 4).data() == "abc"
    view.deeds.cells.give_up(other)
    settle()
    assert view.table.rows.index(1, 4).data() != "abc"
    assert value(view, id, "cost") == 8_000_000


def test_delete_empties_one_cell_and_asks_for_more(
    view: LedgerView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_host: object, question: str, *_more: object, **_kept: object) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(sheet_deeds, "ask", answer)
    id = go(view, 0, "cost")
    press(Qt.Key.Key_Delete)
    settle()
    assert asked == []
    assert value(view, id, "cost") is None
    select(view, 0, 2, "cost", "due_on")
    press(Qt.Key.Key_Delete)
    settle()
    assert asked == ["要清空选中的 6 格吗？"]
    assert [value(view, each, "due_on") for each in view.table.rows.ids[:3]] == [None] * 3
    go(view, 0, "place")
    press(Qt.Key.Key_Delete)
    settle()
    assert value(view, id, "place"), "a required cell is not emptied"


def test_filling_down_is_one_step(view: LedgerView, desk: Desk, window: MainWindow, settle: Settle) -> None:
    before = [value(view, id, "village") for id in view.table.rows.ids]
    select(view, 0, 2, "village", "village")
    view.deeds.cells.fill_down()
    settle()
    assert [value(view, id, "village") for id in view.table.rows.ids[:3]] == [before[0]] * 3
    window.commands.undo()
    settle()
    assert [value(view, id, "village") for id in view.table.rows.ids] == before
    window.commands.redo()
    settle()
    assert [value(view, id, "village") for id in view.table.rows.ids[:3]] == [before[0]] * 3


def test_a_block_from_excel_is_pasted_with_its_mistakes_by_cell(
    view: LedgerView, window: MainWindow, settle: Settle, previews: list[PastePreview]
) -> None:
    ids = list(view.table.rows.ids)
    before = [(value(view, id, "place"), value(view, id, "village")) for id in ids[:3]]
    go(view, 0, "place")
    QApplication.clipboard().setText("甲处\t青石村\r\n乙处\t没有这个村\r\n丙处\t柳塘村\r\n")
    press(Qt.Key.Key_V, CONTROL)
    settle()
    (preview,) = previews
    lines = told_by(preview)
    assert lines[0][1:4] == ["村（居）", "白沙村", "没有这个村"], "what is wrong comes first"
    assert "没有这个村" in lines[0][4]
    assert ["隐患场所", before[0][0], "甲处", ""] in [line[1:] for line in lines]
    assert (value(view, ids[0], "place"), value(view, ids[0], "village")) == ("甲处", 1)
    assert (value(view, ids[2], "place"), value(view, ids[2], "village")) == ("丙处", 2)
    assert value(view, ids[1], "place") == before[1][0], "its row is kept back whole"
    assert view.table.rows.index(1, 2).data() == "没有这个村"
    assert "没有这个村" in view.table.rows.pending.message(ids[1])
    window.commands.undo()
    settle()
    assert [(value(view, id, "place"), value(view, id, "village")) for id in ids[:3]] == before


def test_a_block_that_is_not_wanted_changes_nothing(
    view: LedgerView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = list(view.table.rows.ids)
    before = [value(view, id, "place") for id in ids[:2]]
    monkeypatch.setattr(PastePreview, "exec", lambda _dialog: False)
    go(view, 0, "place")
    QApplication.clipboard().setText("甲处\n乙处\n")
    press(Qt.Key.Key_V, CONTROL)
    settle()
    assert [value(view, id, "place") for id in ids[:2]] == before
    assert not list(view.table.rows.pending.held())


def test_one_value_goes_into_all_chosen_cells_and_headings_are_left_out(
    view: LedgerView, settle: Settle, previews: list[PastePreview]
) -> None:
    select(view, 0, 2, "grade", "grade")
    QApplication.clipboard().setText("重大\n")
    press(Qt.Key.Key_V, CONTROL)
    settle()
    assert [value(view, id, "grade") for id in view.table.rows.ids[:3]] == ["重大"] * 3
    assert not previews, "one value needs no preview"
    select(view, 0, 1, "place", "village")
    press(Qt.Key.Key_C, CONTROL)
    settle()
    data = QApplication.clipboard().mimeData()
    assert data.text().split("\n")[0] == "具体地点或单位\t村（居）" or "\t" in data.text().split("\n")[0]
    assert "<th" in data.html()
    assert data.html().count("<tr>") == 3
    go(view, 4, "place")
    press(Qt.Key.Key_V, CONTROL)
    settle()
    names = places(view)
    assert names[4:6] == names[0:2]


def test_cutting_empties_what_was_copied(view: LedgerView, settle: Settle) -> None:
    id = go(view, 1, "cost")
    shown = view.table.currentIndex().data()
    press(Qt.Key.Key_X, CONTROL)
    settle()
    assert QApplication.clipboard().text() == shown
    assert value(view, id, "cost") is None


def test_a_hundred_steps_are_undone_and_done_again(
    view: LedgerView, window: MainWindow, township: Township, qtbot: QtBot
) -> None:
    id = view.table.rows.ids[0]
    first = value(view, id, "cost")
    for n in range(1, 101):
        view.desk.note(f"第 {n} 步", steps.set_cells(township, LEDGER, {id: {"cost": n}}).step)
    for _n in range(100):
        window.commands.undo()
    qtbot.waitUntil(lambda: len(view.desk.steps.undone) == 100, timeout=120_000)
    assert value(view, id, "cost") == first
    for _n in range(100):
        window.commands.redo()
    qtbot.waitUntil(lambda: len(view.desk.steps.done) == 100, timeout=120_000)
    assert value(view, id, "cost") == 100
    qtbot.waitUntil(lambda: view.desk.background.resting, timeout=60_000)


def test_a_step_whose_record_was_changed_since_is_not_taken_back(
    view: LedgerView, window: MainWindow, township: Township, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[Exception] = []
    view.desk.steps.refused.disconnect()
    view.desk.steps.refused.connect(refused.append)
    id = go(view, 0, "cost")
    write("5")
    press(Qt.Key.Key_Return)
    settle()
    record.save(township, LEDGER, {"cost": 700}, id)
    window.commands.undo()
    settle()
    assert value(view, id, "cost") == 700
    assert "后来又改过" in str(refused[0])


def test_arrows_jump_to_the_end_of_a_block(view: LedgerView) -> None:
    go(view, 0, "found_on")
    press(Qt.Key.Key_Down, CONTROL)
    assert view.table.currentIndex().row() == len(view.table.rows.ids) - 1
    press(Qt.Key.Key_Home, CONTROL)
    assert (view.table.currentIndex().row(), view.table.currentIndex().column()) == (0, 0)
    press(Qt.Key.Key_End, CONTROL)
    assert view.table.currentIndex().row() == len(view.table.rows.ids) - 1
    cells = "xx--x-xxx"
    filled = [cell == "x" for cell in cells]
    assert block_end(0, 1, 9, filled.__getitem__) == 1
    assert block_end(1, 1, 9, filled.__getitem__) == 4
    assert block_end(4, 1, 9, filled.__getitem__) == 6
    assert block_end(6, 1, 9, filled.__getitem__) == 8
    assert block_end(8, -1, 9, filled.__getitem__) == 6
    assert block_end(2, -1, 9, filled.__getitem__) == 1


def test_blocks_are_read_as_excel_writes_them() -> None:
    assert blocks.read_block('a\t"b\n""c"""\r\n1\t\r\n') == [["a", 'b\n"c"'], ["1", ""]]
    assert blocks.read_block("a\n\nb\t") == [["a"], [""], ["b", ""]]
    assert blocks.read_block("") == [[""]]
    told = [["甲\n乙", '"丙"', '5"', "<b>丁"], ["", "a\tb", "", ""]]
    assert blocks.read_block(blocks.text_of(told)) == told
    assert blocks.html_of(told, headed=False).count("<br") == 1
    assert "&lt;b&gt;丁" in blocks.html_of(told, headed=False)
    # A quote that stands alone takes no rows along.
    assert blocks.read_block('a\t"5寸\nb\tc') == [["a", "5寸"], ["b", "c"]]
    assert blocks.without_headings([["甲", "乙"], ["1", "2"]], ["甲", "乙", "丙"]) == [["1", "2"]]
    assert blocks.without_headings([["甲"]], ["甲"]) == [["甲"]]


def test_the_list_is_printed_as_a_formal_table(view: LedgerView, settle: Settle, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from zhengui.gui.ledger import print_list

    path = tmp_path / "隐患.pdf"
    offers: list[str] = []
    view.desk.offered.connect(lambda text, verb, _deed: offers.append(f"{text} {verb}"))
    print_list.save(view.shown, path)
    settle()
    assert path.read_bytes().startswith(b"%PDF")
    assert offers == ["已排好 6 条，1 页：隐患.pdf 打开"]


def test_ctrl_f_finds_in_the_table_and_ctrl_p_prints_it(
    view: LedgerView, qtbot: QtBot, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhengui.gui.ledger import print_list

    path = tmp_path / "隐患"
    monkeypatch.setattr(print_list.QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    go(view, 0, "place")
    press(Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is view.tools.search
    write("tyyey")
    qtbot.waitUntil(lambda: len(view.table.rows.ids) == 1, timeout=60_000)
    settle()
    press(Qt.Key.Key_P, CONTROL)
    settle()
    assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_the_command_search_finds_deeds_and_places_by_pinyin(
    view: LedgerView, window: MainWindow, desk: Desk, settle: Settle
) -> None:
    go(view, 0, "village")
    window.commands.toggle_favourite()
    window.commands.open()
    panel = window.commands._panel
    assert panel is not None
    assert panel.list.item(0).text().startswith("隐患台账　收藏")
    QTest.keyClicks(panel.field, "xxtc")
    assert panel.list.item(0).text() == "向下填充　Ctrl+D"
    press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    window.commands.open()
    QTest.keyClicks(panel.field, "xfsx")
    texts = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert any(text.startswith("信访事项台账") for text in texts)
    panel.list.setCurrentRow(next(n for n, text in enumerate(texts) if text.startswith("信访事项台账")))
    press(Qt.Key.Key_Return)
    settle()
    assert window.navigation is not None
    assert window.navigation.current.where().of == "petition"  # type: ignore[union-attr]
    assert window.commands.visited is not None
    assert [place.of for place in window.commands.visited.recent][:2] == ["petition", "hazard"]


def test_steps_are_listed_and_several_are_taken_back_at_once(
    view: LedgerView, window: MainWindow, settle: Settle
) -> None:
    ids = list(view.table.rows.ids[:2])
    before = [value(view, id, "cost") for id in ids]
    for row in (0, 1):
        go(view, row, "cost")
        write("7")
        press(Qt.Key.Key_Return)
        settle()
    undo = [action for action in window.commands.steps_menu().actions() if "撤销" in action.text()]
    assert len(undo) == 2
    undo[1].trigger()
    settle()
    assert [value(view, id, "cost") for id in ids] == before
    again = [action for action in window.commands.steps_menu().actions() if "重做" in action.text()]
    assert len(again) == 2


def test_the_open_form_follows_what_is_typed_in_cells(
    view: LedgerView, window: MainWindow, settle: Settle
) -> None:
    page = window.navigation.current  # type: ignore[union-attr]
    id = go(view, 0, "cost")
    page.open_record(LEDGER, id)  # type: ignore[union-attr]
    settle()
    go(view, 0, "cost")
    write("66")
    press(Qt.Key.Key_Return)
    settle()
    sheet = page.form.form.open_sheet()  # type: ignore[union-attr]
    assert sheet.rows["cost"].editor.text() == "66.00"


def test_the_open_form_follows_what_is_changed_in_several_records(
    view: LedgerView, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.navigation.current  # type: ignore[union-attr]
    id = go(view, 0, "grade")
    before = value(view, id, "grade")
    other = "一般" if before == "重大" else "重大"
    page.open_record(LEDGER, id)  # type: ignore[union-attr]
    settle()
    select(view, 0, 1, "grade", "grade")

    def choose(dialog: EditMany) -> bool:
        dialog.choose("grade")
        dialog.editor.set_value(other)
        dialog.take()
        return True

    monkeypatch.setattr(EditMany, "exec", choose)
    view.deeds.edit_many()
    settle()
    assert value(view, id, "grade") == other
    sheet = page.form.form.open_sheet()  # type: ignore[union-attr]
    assert sheet.rows["grade"].editor.value() == other
    window.commands.undo()
    settle()
    sheet = page.form.form.open_sheet()  # type: ignore[union-attr]
    assert sheet.rows["grade"].editor.value() == before


def test_a_double_click_edits_the_cell(view: LedgerView, settle: Settle) -> None:
    id = go(view, 0, "place")
    before = value(view, id, "place")
    where = view.table.visualRect(view.table.currentIndex()).center()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    editor = view.editing.editor
    assert editor is not None
    assert editor.text() == before
    QTest.keyClicks(editor.input(), "b")
    press(Qt.Key.Key_Return)
    settle()
    assert value(view, id, "place") == f"{before}b"


def test_a_draft_that_was_left_is_told_when_the_township_opens(
    view: LedgerView, window: MainWindow, township: Township, settle: Settle
) -> None:
    drafts.keep(township, LEDGER, None, {"place": "没写完的地点"})
    offers: list[tuple[str, str]] = []
    view.desk.offered.connect(lambda text, verb, deed: (offers.append((text, verb)), deed()))
    window.commands.attach(view.desk, window.navigation)  # type: ignore[arg-type]
    settle()
    assert offers[0][0].endswith("有一份没写完的隐患")
    assert offers[0][1] == "接着写"
    form = window.navigation.current.form  # type: ignore[union-attr]
    assert form.isVisible()
    assert form.ledger_key == LEDGER
    assert form.record_id is None


def test_no_table_stops_short_of_its_page(view: LedgerView) -> None:
    view.arrangement.choose(["found_on", "place", "village"])
    widths = [view.table.heading.sectionSize(n) for n in range(3)]
    assert sum(widths) == view.table.viewport().width()


def test_a_record_outside_the_period_lights_no_other_row(
    view: LedgerView, desk: Desk, settle: Settle
) -> None:
    id = view.table.rows.ids[places(view).index("青石小学校门口")]
    desk.scope.set_period(period.quarter(2021, 4))
    settle()
    offers: list[tuple[str, str]] = []
    desk.offered.connect(lambda text, verb, _deed: offers.append((text, verb)))
    desk.go_to_ledger(LEDGER, id)
    settle()
    assert not view.table.currentIndex().isValid()
    assert offers == [("这条记录不在所选的时段和村（居）里", "看全年全镇")]
