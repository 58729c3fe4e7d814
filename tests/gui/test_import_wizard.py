"""The import in its window: from a file or a pasted table to records, and the one way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.exchange.test_import_again import book
from tests.gui.conftest import Settle
from tests.services.whole_office import live
from zhengui.gui.desk.desk import Desk
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.ledger import bring_in
from zhengui.gui.ledger.import_columns import LEAVE_WORDS, ColumnChoice, line
from zhengui.gui.ledger.import_wizard import COLUMNS, END, HEADING, ROWS, ImportWizard
from zhengui.gui.ledger.matches_dialog import MatchesDialog
from zhengui.gui.ledger.paste_preview import PastePreview
from zhengui.gui.ledger.view import LedgerView
from zhengui.services.entry.import_matches import ImportMatch, all_matches, keep_match
from zhengui.services.entry.incoming import LEAVE
from zhengui.services.entry.past_imports import all_imports, take_back_import
from zhengui.services.entry.read_sources import FileSource, file_source

TITLES = ["排查时间", "村名", "行业领域", "等级", "场所", "存在问题"]
GOOD = ["2021.3.5", "青石", "校园", "一般", "小学食堂", "燃气管老化"]


#: Kept, so that a wizard outlives the call that opened it.
HOSTS: list[QWidget] = []


def opened(
    qtbot: QtBot, settle: Settle, desk: Desk, source: FileSource, ledger: str = "hazard"
) -> ImportWizard:
    host = QWidget()
    qtbot.addWidget(host)
    wizard = ImportWizard(host, desk, desk.catalogue.ledgers[ledger], source)
    HOSTS.append(host)
    wizard.show()
    settle()
    settle()
    return wizard


def press(button: QPushButton | None, settle: Settle) -> None:
    assert button is not None
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    settle()


def hazards(path: Path, *rows: list[object]) -> FileSource:
    return file_source(
        book(path, ("排查", [["试验镇排查情况"], TITLES, *rows, ["合计", "", "", "", "", ""]]))
    )


def test_a_file_becomes_records_in_three_presses(
    qtbot: QtBot, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    before = len(live(desk.township, "hazard"))
    wizard = opened(
        qtbot, settle, desk, hazards(tmp_path / "村里.xlsx", GOOD, [*GOOD[:4], "中学", "线路老化"])
    )
    assert wizard.step == COLUMNS, "one sheet that fits needs no question"
    assert wizard.columns.columns()["存在问题"] == "detail"
    press(wizard.deed, settle)
    assert wizard.step == ROWS
    assert wizard.plan.table.rowCount() == 2
    assert len(live(desk.township, "hazard")) == before, "nothing is written before the last button"
    press(wizard.deed, settle)
    assert wizard.step == END
    assert wizard.finished_with is not None
    assert len(live(desk.township, "hazard")) == before + 2
    press(wizard.deed, settle)
    assert [match.name for match in all_matches(desk.township, "hazard")] == ["村里"]
    take_back_import(desk.township, wizard.finished_with.number)
    assert len(live(desk.township, "hazard")) == before


def test_bad_values_are_decided_once_and_remembered(
    qtbot: QtBot, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    rows = [
        [*GOOD[:1], name, *GOOD[2:5], f"第{n}处"] for n, name in enumerate(["青石大队", "外镇", "青石大队"])
    ]
    wizard = opened(qtbot, settle, desk, hazards(tmp_path / "一.xlsx", *rows))
    decided = {"青石大队": "青石村", "外镇": LEAVE_WORDS}
    for (_key, text), (box, _state) in wizard.columns._values.items():
        assert box is not None
        box.setCurrentText(decided[text])
    press(wizard.deed, settle)
    assert wizard.plan.only.itemText(0) == "全部 3 行"
    press(wizard.deed, settle)
    assert wizard.finished_with is not None
    assert (wizard.finished_with.added, wizard.finished_with.left) == (2, 1)
    press(wizard.deed, settle)
    again = opened(
        qtbot, settle, desk, hazards(tmp_path / "二.xlsx", [*GOOD[:1], "青石大队", *GOOD[2:5], "另一处"])
    )
    assert not again.columns._values, "the second file of the kind asks no more"
    press(again.deed, settle)
    press(again.deed, settle)
    assert again.finished_with is not None
    assert again.finished_with.added == 1


def test_what_is_right_goes_in_and_the_rest_comes_back(
    qtbot: QtBot, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    bad = ["2021.3.5", "青石", "校园", "特大", "小学", "问题"]
    wizard = opened(qtbot, settle, desk, hazards(tmp_path / "村里.xlsx", GOOD, bad))
    press(wizard.deed, settle)
    assert wizard.deed is not None
    assert not wizard.deed.isEnabled()
    press(wizard.part_in, settle)
    assert wizard.finished_with is not None
    assert (wizard.finished_with.added, wizard.finished_with.refused) == (1, 1)
    assert wizard.returned == tmp_path / "村里（标出要改的地方）.xlsx"
    assert wizard.returned.exists()


def test_a_heading_elsewhere_can_be_chosen(qtbot: QtBot, settle: Settle, desk: Desk, tmp_path: Path) -> None:
    sheets = [("甲", [TITLES, GOOD]), ("乙", [["说明"], TITLES, [*GOOD[:4], "中学", "线路"]])]
    wizard = opened(qtbot, settle, desk, file_source(book(tmp_path / "a.xlsx", *sheets)))
    assert wizard.step == HEADING
    item = wizard.heading.sheets.item(1)
    assert item is not None
    item.setCheckState(Qt.CheckState.Checked)
    press(wizard.deed, settle)
    assert wizard.step == COLUMNS
    assert wizard._preview is not None
    assert len(wizard._preview.rows) == 2
    press(wizard.back, settle)
    wizard.heading.sheets.setCurrentRow(1)
    wizard.heading.first.setValue(1)
    wizard.heading.last.setValue(1)
    assert wizard.heading.picked()[1] == ("乙", (1, 1))


def test_a_file_that_can_not_be_read_is_said_in_the_dialog(
    qtbot: QtBot, settle: Settle, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<html><table><tr><td>村</td></tr></table>", encoding="utf-8")
    wizard = opened(qtbot, settle, desk, file_source(path))
    assert "网页" in wizard._wrong.text()
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


@pytest.fixture
def view(window: MainWindow, desk: Desk, settle: Settle) -> LedgerView:
    desk.go_to_ledger("hazard")
    settle()
    page = window.navigation.current  # type: ignore[union-attr]
    found: LedgerView = page.view  # type: ignore[union-attr]
    return found


def test_a_table_from_excel_is_pasted_into_the_ledger(
    view: LedgerView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[FileSource] = []
    monkeypatch.setattr(bring_in, "bring_in", lambda _shown, source: taken.append(source))
    QApplication.clipboard().setText("\n".join("\t".join(row) for row in (TITLES, GOOD)))
    view.table.go(view.table.rows.index(0, 0))
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [source.block for source in taken] == [(tuple(TITLES), tuple(GOOD))]
    QApplication.clipboard().setText("\t".join(["2021.3.5", "青石村"]))
    view.deeds.paste_new()
    heading = taken[1].block[0]
    assert heading[0] == view.table.rows.columns[view.table.heading.logicalIndex(0)].title


def test_rows_that_do_not_fit_are_offered_as_new_ones(
    view: LedgerView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(view.desk, "offer", lambda text, _verb, _deed: offered.append(text))
    monkeypatch.setattr(PastePreview, "exec", lambda _dialog: True)  # 粘贴 is pressed
    last = len(view.table.rows.ids) - 1
    keys = [column.key for column in view.table.rows.columns]
    QApplication.clipboard().setText("新场所一\n新场所二\n新场所三")
    view.table.go(view.table.rows.index(last, keys.index("place")))
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert offered == ["表里从这里起放不下，多出的 2 行没有粘贴"]
    assert not all_imports(view.desk.township)


def test_a_remembered_match_is_changed_and_named(qtbot: QtBot, settle: Settle, desk: Desk) -> None:
    ledger = desk.catalogue.ledgers["hazard"]
    columns = {"存在问题": "detail", "地点": "place", "备考": ""}
    keep_match(
        desk.township,
        ImportMatch(0, "县里的", "hazard", tuple(columns), columns, {"grade": {"轻": "一般", "略": LEAVE}}),
    )
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 700)
    HOSTS.append(host)
    dialog = MatchesDialog(host, desk, ledger)
    dialog.show()
    settle()
    rows = dialog.match
    assert [rows.texts["grade", text].currentText() for text in ("轻", "略")] == ["一般", LEAVE_WORDS]
    # One field has one column: the other one stays out from then on.
    choose(rows.fields["备考"], "detail")
    assert rows.fields["存在问题"].currentData() == ""
    line(rows.texts["grade", "轻"]).setText("重大")
    line(rows.texts["grade", "轻"]).editingFinished.emit()
    line(rows.texts["grade", "略"]).setText("")
    line(rows.texts["grade", "略"]).editingFinished.emit()
    dialog.name.setText("排查表")
    dialog.name.editingFinished.emit()
    (kept,) = all_matches(desk.township, "hazard")
    assert kept.name == "排查表"
    assert kept.columns == {"存在问题": "", "地点": "place", "备考": "detail"}
    assert kept.values == {"grade": {"轻": "重大"}}
    assert dialog.match.fields["备考"].currentData() == "detail"
    dialog.reject()


def choose(box: ColumnChoice, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())
