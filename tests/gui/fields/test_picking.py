"""Lists and calendars under a field: opened, filtered, moved through and chosen by keys and mouse."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.gui.fields.invented_office import InventedOffice, write
from tests.gui.fields.test_round_trip import field_of
from zhengui.catalogue.model import FieldType
from zhengui.gui.fields import attachments
from zhengui.gui.fields.fitting import fitting
from zhengui.gui.fields.registry import editor_for
from zhengui.values.parse import ValueMistake


@pytest.fixture
def office() -> InventedOffice:
    return InventedOffice()


@pytest.fixture
def place(qtbot, office):
    """An editor of a type in a window of its own."""
    kept = []

    def make(kind: FieldType, **more):
        window = QWidget()
        window.resize(400, 500)
        layout = QVBoxLayout(window)
        editor = editor_for(field_of(kind, **more), office)
        layout.addWidget(editor)
        layout.addStretch(1)
        qtbot.addWidget(window)
        kept.append(window)
        window.show()
        editor.setFocus()
        qtbot.waitUntil(editor.input().hasFocus)
        return editor

    yield make
    kept.clear()


def press(editor, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(editor.input(), key, modifier)


def titles(editor):
    return [row.title for row in editor.popover.list.rows_model.rows]


def test_typing_filters_choices_by_initials_and_enter_takes_the_first(place):
    editor = place(FieldType.CHOICE)
    write(editor.input(), "wh")
    assert editor.is_open
    assert titles(editor) == ["危化燃气"]
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == "危化燃气"
    assert not editor.is_open


def test_alt_down_opens_all_choices_at_the_current_one(place):
    editor = place(FieldType.CHOICE)
    editor.set_value("校园")
    press(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert len(titles(editor)) == 4
    assert editor.popover.current().title == "校园"
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == "危化燃气"


def test_escape_closes_only_the_list(qtbot, place):
    editor = place(FieldType.CHOICE)
    press(editor, Qt.Key.Key_F4)
    assert editor.is_open
    press(editor, Qt.Key.Key_Escape)
    assert not editor.is_open
    assert editor.input().hasFocus()


def test_a_click_chooses(place):
    editor = place(FieldType.CHOICE)
    QTest.mouseClick(editor.input(), Qt.MouseButton.LeftButton)
    assert editor.is_open
    box = editor.popover.list
    QTest.mouseClick(box.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 48))
    assert editor.value() == "交通"


def test_several_choices_are_ticked_with_space(place):
    editor = place(FieldType.CHOICES)
    press(editor, Qt.Key.Key_F4)
    press(editor, Qt.Key.Key_Space)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Space)
    assert editor.value() == ("商场市场", "校园")
    press(editor, Qt.Key.Key_Space)
    assert editor.value() == ("商场市场",)


def test_several_choices_are_typed_one_after_the_other(place):
    editor = place(FieldType.CHOICES)
    editor.set_value(("校园",))
    editor.input().end(False)
    write(editor.input(), "、jt")
    assert titles(editor) == ["交通"]
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == ("交通", "校园")


def test_village_is_found_by_initials(qtbot, place):
    editor = place(FieldType.VILLAGE)
    write(editor.input(), "qs")
    with qtbot.waitSignal(editor.next_wanted):
        press(editor, Qt.Key.Key_Return)
    assert editor.value() == 1
    assert editor.text() == "青石村"


def test_initials_count_even_without_the_list(place):
    editor = place(FieldType.VILLAGE)
    write(editor.input(), "qs")
    press(editor, Qt.Key.Key_Escape)
    editor.input().clearFocus()
    assert editor.value() == 1


def test_tab_takes_the_marked_row(place):
    editor = place(FieldType.VILLAGE)
    write(editor.input(), "bai")
    press(editor, Qt.Key.Key_Escape)
    write(editor.input(), "shan")
    editor._show("bs")
    press(editor, Qt.Key.Key_Tab)
    assert editor.value() == 2


def test_a_near_name_is_never_taken_unseen(place):
    editor = place(FieldType.VILLAGE)
    write(editor.input(), "白纱村")
    assert titles(editor) == ["白沙村"]
    press(editor, Qt.Key.Key_Return)
    assert editor.text() == "白纱村"


def test_a_miss_suggests_the_village_that_was_meant(place):
    editor = place(FieldType.VILLAGE)
    write(editor.input(), "白纱村")
    with pytest.raises(ValueMistake) as caught:
        editor.value()
    assert str(caught.value) == "没有“白纱村”，是“白沙村”吗？按 ↓ 选择"
    press(editor, Qt.Key.Key_Escape)
    press(editor, Qt.Key.Key_Down)
    assert titles(editor) == ["白沙村"]
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == 2


def test_people_of_one_name_are_told_apart(place):
    editor = place(FieldType.PERSON)
    write(editor.input(), "王小明")
    assert titles(editor) == ["王小明 白沙村", "王小明 青石村"]
    assert editor.popover.list.rows_model.rows[0].note == "110101********1234"
    assert editor.popover.current() is None
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == 2
    write(editor.input(), "x")
    with pytest.raises(ValueMistake):
        editor.value()


def test_indicator_is_chosen_by_its_title(place):
    editor = place(FieldType.INDICATOR)
    write(editor.input(), "pczz")
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == "inspections"


def test_calendar_by_keys(place):
    editor = place(FieldType.DATE)
    press(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.popover.day == date(2021, 12, 6)
    press(editor, Qt.Key.Key_Left)
    press(editor, Qt.Key.Key_Up)
    press(editor, Qt.Key.Key_PageUp)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == date(2021, 10, 28)
    assert editor.text() == "2021-10-28"


def test_calendar_by_mouse(place):
    editor = place(FieldType.DATE)
    editor.open_box()
    grid = editor.popover.grid
    number = next(n for n, cell in enumerate(grid.cells) if cell[0] == date(2021, 12, 1))
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.place(number).center().toPoint())
    assert editor.value() == date(2021, 12, 1)


def test_months_by_keys(place):
    editor = place(FieldType.MONTH)
    editor.set_value(202103)
    press(editor, Qt.Key.Key_F4)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == 202106


def test_year_is_chosen(place):
    editor = place(FieldType.YEAR)
    press(editor, Qt.Key.Key_F4)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return)
    assert editor.value() == 2020


def test_box_closes_when_the_field_is_left(place):
    editor = place(FieldType.DATE)
    editor.open_box()
    editor.input().clearFocus()
    assert not editor.is_open


def test_pictures_are_pasted_and_files_dropped(place, tmp_path):
    editor = place(FieldType.ATTACHMENT)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    data = QMimeData()
    data.setImageData(image)
    assert editor.paste(data)
    (tmp_path / "会议记录.docx").write_bytes(b"invented")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "会议记录.docx"))])
    assert editor.paste(data)
    assert editor.value() == (1, 2)
    assert len(editor._tiles) == 3
    assert not editor.paste(QMimeData())


def test_a_file_that_is_refused_is_told(place, monkeypatch):
    said = []
    monkeypatch.setattr(attachments, "tell", lambda _parent, what, then: said.append((what, then)))
    editor = place(FieldType.ATTACHMENT)
    editor.add("空白.txt", b"")
    assert said == [("“空白.txt”没有添加", "文件是空的，请核对后再添加。")]
    assert editor.value() is None


def test_a_file_is_removed_after_a_question(place, monkeypatch):
    editor = place(FieldType.ATTACHMENT)
    editor.add("会议记录.txt", b"invented")
    monkeypatch.setattr(attachments, "ask", lambda *_words: True)
    QTest.keyClick(editor._tiles[0], Qt.Key.Key_Delete)
    assert editor.value() is None


def test_fitting_ranks_the_beginning_first():
    assert fitting(["河口社区", "口岸村"], "口") == ["口岸村", "河口社区"]
    assert fitting(["白沙村", "百山村"], "bs") == ["白沙村", "百山村"]
    assert fitting(["白沙村", "青石村"], "baisha") == ["白沙村"]
    assert fitting(["白沙村"], "xyz") == []


def test_several_records_are_ticked_typed_and_kept_apart(place):
    editor = place(FieldType.VILLAGE, many=True)
    press(editor, Qt.Key.Key_F4)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Space)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Space)
    assert len(editor.value()) == 2
    press(editor, Qt.Key.Key_Space)
    assert len(editor.value()) == 1
    press(editor, Qt.Key.Key_Escape)
    editor.set_value((3,))
    editor.input().end(False)
    write(editor.input(), "、bs")
    assert titles(editor) == ["白沙村", "百山村"]
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Return)
    assert editor.text() == "云岭社区、百山村"
    assert editor.value() == (3, 4)
    editor.input().end(False)
    write(editor.input(), "、qs")
    editor.normalise()
    assert editor.value() == (3, 4, 1)
    state = editor.state()
    editor.set_value(None)
    assert editor.value() is None
    editor.restore(state)
    assert editor.value() == (3, 4, 1)


def test_a_name_of_two_is_not_guessed_among_several(place):
    editor = place(FieldType.PERSON, many=True)
    press(editor, Qt.Key.Key_F4)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Space)
    press(editor, Qt.Key.Key_Escape)
    assert editor.text() == "王小明 白沙村"
    assert editor.value() == (1,)
    editor.input().selectAll()
    write(editor.input(), "王小明")
    with pytest.raises(ValueMistake, match="请从列表中选一个"):
        editor.value()
