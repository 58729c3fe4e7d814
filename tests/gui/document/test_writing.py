"""Typing into the document: what is kept, what is taken back, and how little a key costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.document.conftest import paragraph, put_caret, stored
from zhengui.catalogue.wording import chips
from zhengui.gui.document import marks
from zhengui.gui.document.document_editor import DocumentEditor
from zhengui.gui.document.reading_area import WORDING
from zhengui.services.document import edit_document

Settle = Callable[[], None]


def test_the_text_reads_back_as_it_is_stored(editor: DocumentEditor) -> None:
    for part in editor.writing.parts:
        block = editor.writing.manuscript.block(part.id)
        assert block is not None
        if part.kind != "items":
            assert marks.wording(block) == (part.title if part.kind == "heading" else part.text)


def test_what_is_typed_is_kept_by_itself(editor: DocumentEditor, qtbot: QtBot) -> None:
    part = paragraph(editor)
    put_caret(editor, part.id)
    with qtbot.waitSignal(editor.changed, timeout=10_000):
        QTest.keyClicks(editor.area, "abc")
    assert stored(editor, part.id).text == f"{part.text}abc"


def test_a_key_reads_one_paragraph_and_touches_no_file(
    editor: DocumentEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for name in ("set_text", "rename", "open_document"):
        monkeypatch.setattr(edit_document, name, lambda *_args, name=name: asked.append(name))
    monkeypatch.setattr(editor.writing, "reread", lambda: asked.append("reread"))
    put_caret(editor, paragraph(editor).id)
    QTest.keyClicks(editor.area, "a")
    manuscript = editor.writing.manuscript
    read, looked = manuscript.read_back, manuscript.lines.looked_at
    QTest.keyClicks(editor.area, "bcdefghij")
    assert manuscript.read_back - read == 9
    assert manuscript.lines.looked_at - looked == 9
    assert asked == []
    editor.writing.autosave._timer.stop()
    editor.writing.autosave._texts.clear()


def test_a_chip_goes_with_one_key_and_comes_back(editor: DocumentEditor) -> None:
    part = paragraph(editor, "{hazards_removed}")
    chip = next(chip for chip in chips(part.text) if chip.key == "hazards_removed")
    block = editor.writing.manuscript.block(part.id)
    assert block is not None
    at = next(at for at, kind, code, _text in marks.pieces(block) if kind == marks.CHIP and code == chip.text)
    cursor = editor.area.textCursor()
    cursor.setPosition(at + 1)
    editor.area.setTextCursor(cursor)
    QTest.keyClick(editor.area, Qt.Key.Key_Backspace)
    now = editor.writing.manuscript.part(part.id)
    assert now is not None
    assert now.text == part.text.replace(chip.text, "", 1)
    QTest.keyClick(editor.area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert marks.wording(block) == part.text
    QTest.keyClick(editor.area, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert marks.wording(block) == now.text


def test_numbers_and_titles_cannot_be_deleted(editor: DocumentEditor, settle: Settle) -> None:
    part = paragraph(editor)
    put_caret(editor, part.id, at_end=False)
    block = editor.writing.manuscript.block(part.id)
    assert block is not None
    things = [kind for _at, kind, _code, _text in marks.pieces(block) if kind == marks.LEAD]
    QTest.keyClick(editor.area, Qt.Key.Key_Backspace)
    editor.area.selectAll()
    editor.area.moveCursor(editor.area.textCursor().MoveOperation.Start)
    QTest.keyClicks(editor.area, "x")
    settle()
    block = editor.writing.manuscript.block(part.id)
    assert block is not None
    assert (
        [kind for _at, kind, _code, _text in marks.pieces(block) if kind == marks.LEAD] == things == ["lead"]
    )
    assert [p.id for p in editor.writing.parts if p.id == part.id] == [part.id]


def test_deleting_over_several_paragraphs_keeps_them_apart(editor: DocumentEditor) -> None:
    parts = [part.id for part in editor.writing.parts]
    first = paragraph(editor)
    put_caret(editor, first.id)
    cursor = editor.area.textCursor()
    second = editor.writing.parts[parts.index(first.id) + 1]
    block = editor.writing.manuscript.block(second.id)
    assert block is not None
    cursor.setPosition(cursor.position() - 3)
    cursor.setPosition(marks.typed_from(block) + 2, cursor.MoveMode.KeepAnchor)
    editor.area.setTextCursor(cursor)
    QTest.keyClick(editor.area, Qt.Key.Key_Delete)
    assert [part.id for part in editor.writing.parts] == parts
    assert editor.writing.manuscript.part(first.id) != first
    assert editor.writing.manuscript.part(second.id) != second
    editor.writing.undo.undo()
    assert editor.writing.manuscript.part(first.id) == first
    assert editor.writing.manuscript.part(second.id) == second


def test_enter_makes_a_paragraph_and_backspace_joins_it(editor: DocumentEditor, settle: Settle) -> None:
    part = paragraph(editor)
    count = len(editor.writing.parts)
    put_caret(editor, part.id)
    QTest.keyClick(editor.area, Qt.Key.Key_Return)
    assert len(editor.writing.parts) == count + 1
    QTest.keyClicks(editor.area, "new")
    new = editor.area.part()
    assert new != part.id
    editor.flush()
    assert stored(editor, new).text == "new"
    put_caret(editor, new, at_end=False)
    QTest.keyClick(editor.area, Qt.Key.Key_Backspace)
    assert len(editor.writing.parts) == count
    assert stored(editor, part.id).text == f"{part.text}new"
    for _step in range(3):
        editor.writing.undo.undo()
    settle()
    assert len(editor.writing.parts) == count
    assert stored(editor, part.id).text == part.text


def test_chips_survive_copying_within_the_program(editor: DocumentEditor) -> None:
    source = next(p for p in editor.writing.parts if p.kind == "paragraph" and "{" in p.text[1:] and p.title)
    put_caret(editor, source.id, at_end=False)
    cursor = editor.area.textCursor()
    cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
    editor.area.setTextCursor(cursor)
    copied = editor.area.createMimeDataFromSelection()
    assert "{" not in copied.text()
    assert bytes(copied.data(WORDING).data()).decode() == source.text
    target = editor.writing.parts[0]
    put_caret(editor, target.id)
    editor.area.insertFromMimeData(copied)
    now = editor.writing.manuscript.part(target.id)
    assert now is not None
    assert now.text == target.text + source.text


def test_lines_pasted_become_paragraphs(editor: DocumentEditor, settle: Settle) -> None:
    part = paragraph(editor)
    put_caret(editor, part.id)
    count = len(editor.writing.parts)
    pasted = QMimeData()
    pasted.setText("一\n\n二\r\n三")
    editor.area.insertFromMimeData(pasted)
    settle()
    texts = [each.text for each in editor.writing.parts]
    assert len(texts) == count + 2
    at = texts.index(f"{part.text}一")
    assert texts[at + 1 : at + 3] == ["二", "三"]


def test_a_typed_number_is_underlined_until_its_source_is_given(
    editor: DocumentEditor, settle: Settle
) -> None:
    part = paragraph(editor)
    put_caret(editor, part.id)
    QTest.keyClicks(editor.area, "77")
    block = editor.writing.manuscript.block(part.id)
    assert block is not None

    def dashed() -> list[str]:
        found = block.layout().formats()
        dash = [each for each in found if each.format.underlineStyle().name == "DashUnderline"]
        return [block.text()[each.start : each.start + each.length] for each in dash]

    assert "77" in dashed()
    editor.flush()
    edit_document.give_source(editor._desk.township, editor.writing.document, part.id, "77", "县里的通报")
    editor.writing.read_sources()
    assert "77" not in dashed()
    settle()


def test_all_places_are_replaced_as_one_edit(editor: DocumentEditor, settle: Settle) -> None:
    before = {part.id: part.text for part in editor.writing.parts}
    editor.find_bar.start(True)
    editor.find_bar.words.setText("坚持")
    assert len(editor.find_bar._places) > 3
    editor.find_bar.other.setText("始终坚持")
    editor.find_bar._all.click()
    settle()
    changed = [part.id for part in editor.writing.parts if before[part.id] != part.text]
    assert len(changed) > 2
    editor.writing.undo.undo()
    settle()
    assert {part.id: part.text for part in editor.writing.parts} == before
