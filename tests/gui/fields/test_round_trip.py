"""Each type of field: the value that goes into its editor comes out again, shown or drafted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.fields.invented_office import InventedOffice, write
from tests.samples import sample
from zhengui.catalogue.model import REFERENCE_TYPES, Field, FieldType
from zhengui.gui.fields.registry import EDITORS, editor_for

CHOICES = ("商场市场", "交通", "校园", "危化燃气")


def field_of(kind: FieldType, **more) -> Field:
    to = "village" if kind is FieldType.REF else ""
    return Field("value", "内容", kind, choices=CHOICES if "choice" in kind.value else (), to=to, **more)


@pytest.fixture
def office() -> InventedOffice:
    office = InventedOffice()
    for number in range(1, 5):
        office.keep_file(f"会议记录{number}.txt", b"invented")
    return office


@pytest.mark.parametrize("kind", list(FieldType))
@pytest.mark.parametrize("n", [0, 1])
def test_value_comes_out_as_it_went_in(qtbot, office, kind, n):
    field = field_of(kind)
    value = sample(field, 0 if kind in (FieldType.ENTERPRISE, FieldType.INDICATOR) else n)
    editor = editor_for(field, office)
    qtbot.addWidget(editor)
    with qtbot.assertNotEmitted(editor.changed):
        editor.set_value(value)
    assert editor.value() == value
    editor.normalise()
    assert editor.value() == value
    other = editor_for(field, office)
    qtbot.addWidget(other)
    other.restore(editor.state())
    assert other.value() == value
    assert other.state() == editor.state()


@pytest.mark.parametrize("kind", list(FieldType))
def test_empty_editor_gives_no_value(qtbot, office, kind):
    editor = editor_for(field_of(kind), office)
    qtbot.addWidget(editor)
    assert editor.value() is None
    editor.set_value(None)
    assert editor.value() is None
    assert editor.state() == ""


@pytest.mark.parametrize("kind", list(FieldType))
def test_enter_goes_on_and_shift_enter_back(qtbot, office, kind):
    editor = editor_for(field_of(kind), office)
    qtbot.addWidget(editor)
    editor.show()
    editor.setFocus()
    with qtbot.waitSignal(editor.next_wanted, timeout=500):
        QTest.keyClick(editor.input(), Qt.Key.Key_Return)
    with qtbot.waitSignal(editor.back_wanted, timeout=500):
        QTest.keyClick(editor.input(), Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)


@pytest.mark.parametrize("kind", list(FieldType))
def test_read_only_editor_shows_its_value(qtbot, office, kind):
    field = field_of(kind)
    editor = editor_for(field, office)
    qtbot.addWidget(editor)
    editor.set_value(sample(field))
    editor.set_read_only(True)
    assert editor.value() == sample(field)


def test_every_type_has_an_editor():
    assert set(EDITORS) == set(FieldType)
    assert len({EDITORS[kind] for kind in REFERENCE_TYPES}) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (FieldType.DATE, "20210305", "2021-03-05", "2021-03-05"),
        (FieldType.DATE, "3.5", "2021-03-05", "2021-03-05"),
        (FieldType.DATE, "3月5日", "2021-03-05", "2021-03-05"),
        (FieldType.MONTH, "3月", "202103", "2021-03"),
        (FieldType.INTEGER, "１２ ０００", "12000", "12,000"),
        (FieldType.MONEY, "1.86万", "1860000", "18,600.00"),
        (FieldType.CHOICE, "jt", "交通", "交通"),
    ],
)
def test_typed_text_is_put_in_order_on_leaving(qtbot, office, kind, typed, value, shown):
    editor = editor_for(field_of(kind), office)
    qtbot.addWidget(editor)
    editor.show()
    editor.setFocus()
    qtbot.waitUntil(editor.input().hasFocus)
    with qtbot.waitSignal(editor.changed):
        write(editor.input(), typed)
    QTest.keyClick(editor.input(), Qt.Key.Key_Return)
    with qtbot.waitSignal(editor.left, timeout=500):
        editor.input().clearFocus()
    assert editor.text() == shown
    assert str(editor.value()) == value


def test_money_is_echoed(qtbot, office):
    editor = editor_for(field_of(FieldType.MONEY), office)
    qtbot.addWidget(editor)
    notes = []
    editor.note_changed.connect(notes.append)
    write(editor.input(), "18600")
    assert notes[-1] == "1.86 万元"
    editor.set_value(int(Decimal("123456789.5") * 100))
    assert editor.note() == "约 1.23 亿元"
    editor.set_value(999900)
    assert editor.note() == ""


def test_money_is_typed_without_commas(qtbot, office):
    editor = editor_for(field_of(FieldType.MONEY), office)
    qtbot.addWidget(editor)
    editor.set_value(1860000)
    editor.show()
    editor.setFocus()
    qtbot.waitUntil(editor.input().hasFocus)
    assert editor.text() == "18600"
    editor.input().clearFocus()
    assert editor.text() == "18,600.00"


def test_long_text_counts_and_breaks_lines_with_alt(qtbot, office):
    editor = editor_for(field_of(FieldType.LONG_TEXT, max_length=300), office)
    qtbot.addWidget(editor)
    editor.show()
    write(editor.input(), "东侧")
    QTest.keyClick(editor.input(), Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    write(editor.input(), "西侧")
    assert editor.value() == "东侧\n西侧"
    assert editor.note() == "5 / 300 字"
    short = editor.input().height()
    editor.set_value("很长的一段话。" * 40)
    assert editor.input().height() > short


def test_yes_no_by_keys(qtbot, office):
    editor = editor_for(field_of(FieldType.YES_NO), office)
    qtbot.addWidget(editor)
    editor.show()
    editor.setFocus()
    QTest.keyClick(editor.input(), Qt.Key.Key_Right)
    assert editor.value() is False
    QTest.keyClick(editor.input(), Qt.Key.Key_Left)
    assert editor.value() is True
    QTest.keyClick(editor.input(), Qt.Key.Key_Backspace)
    assert editor.value() is None
    QTest.mouseClick(editor.buttons["否"], Qt.MouseButton.LeftButton)
    assert editor.value() is False


def test_id_number_is_masked_until_worked_on(qtbot, office):
    editor = editor_for(field_of(FieldType.ID_NUMBER), office)
    qtbot.addWidget(editor)
    number = sample(field_of(FieldType.ID_NUMBER))
    editor.set_value(number)
    line = editor.input()
    assert line.text() == f"{number[:6]}********{number[-4:]}"
    editor.show()
    editor.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert line.text() == number
    line.clearFocus()
    assert "*" in line.text()
    editor.reveal(True)
    assert line.text() == number
    assert editor.value() == number


def test_wrong_id_number_stays_readable(qtbot, office):
    editor = editor_for(field_of(FieldType.ID_NUMBER), office)
    qtbot.addWidget(editor)
    editor.set_text("110101198003050000")
    assert editor.input().text() == "110101198003050000"
