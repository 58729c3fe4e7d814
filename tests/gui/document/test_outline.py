"""The outline: parts are moved by key and by hand, switched off, taken out and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from tests.gui.document.conftest import paragraph, stored
from zhengui.catalogue.load import load_catalogue
from zhengui.gui.document import order
from zhengui.gui.document.document_editor import DocumentEditor
from zhengui.gui.kit import style
from zhengui.services.document.compose_document import compose_document
from zhengui.services.document.edit_document import set_text
from zhengui.services.township.own_catalogue import own_entries, retire

Settle = Callable[[], None]
_BOTH = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def ids(editor: DocumentEditor) -> list[int]:
    return [part.id for part in editor.writing.parts]


def test_what_speaks_of_the_retired_alone_is_pale_and_has_no_number(
    editor: DocumentEditor, settle: Settle
) -> None:
    part = paragraph(editor)
    township = editor._desk.township
    writing = editor.writing
    set_text(township, writing.document, part.id, "发放公开信{letters}。")
    other = next(each for each in writing.parts if each.kind == "paragraph" and each.id != part.id)
    set_text(township, writing.document, other.id, "加强宣传。发放公开信{letters}。")
    retire(township, "letters", 2021)
    township.catalogue = load_catalogue(own=own_entries(township))
    editor.show_document(writing.document)
    settle()
    manuscript = writing.manuscript
    block = manuscript.block(part.id)
    assert block is not None
    assert block.charFormat().foreground().color() == style.colour("inkd")
    assert "停用，不印" in manuscript._note(part)
    assert "1 句停用，不印" in manuscript._note(other)
    assert "从 2021 年起停用" in manuscript.tip("{letters}")
    assert manuscript.printed("{letters}") == "发放公开信", "its name, for it prints nothing"
    composed = compose_document(township, writing.document)
    assert part.id not in order.numbers(writing.parts, {}, manuscript.drawing.readings.silent)
    assert part.key not in {block.key for block in composed.document.blocks}
    assert "（不印）" in editor.outline._items[part.id].toolTip(0)
    assert "（不印）" not in editor.outline._items[other.id].toolTip(0)
    test_the_numbers_are_those_that_are_printed(editor)


def show_in_outline(editor: DocumentEditor, part: int) -> None:
    """Make a part visible in the outline and stand on it."""
    item = editor.outline._items[part]
    editor.outline.scrollToItem(item)
    editor.outline.setCurrentItem(item)


def test_the_numbers_are_those_that_are_printed(editor: DocumentEditor) -> None:
    composed = compose_document(editor._desk.township, editor.writing.document)
    keys = {part.id: part.key for part in editor.writing.parts}
    readings = editor.writing.manuscript.drawing.readings
    told = order.numbers(editor.writing.parts, readings.items, readings.silent)
    numbers = {keys[part]: number for part, number in told.items()}
    printed = {block.key: block.number for block in composed.document.blocks if hasattr(block, "number")}
    printed |= {
        block.key: block.lead[0].text.partition(".")[0] + "."
        for block in composed.document.blocks
        if getattr(block, "lead", ()) and block.key in numbers
    }
    assert printed == numbers


@pytest.mark.parametrize("by_outline", [True, False])
def test_alt_shift_moves_a_paragraph_and_undo_brings_it_back(
    editor: DocumentEditor, settle: Settle, by_outline: bool
) -> None:
    part = paragraph(editor)
    before = ids(editor)
    editor.area.go_to(part.id)
    show_in_outline(editor, part.id)
    widget = editor.outline if by_outline else editor.area
    QTest.keyClick(widget, Qt.Key.Key_Down, _BOTH)
    settle()
    at = before.index(part.id)
    assert ids(editor)[at : at + 2] == [before[at + 1], part.id]
    assert editor.area.part() == part.id
    editor.writing.undo.undo()
    settle()
    assert ids(editor) == before


def test_a_section_moves_with_all_that_stands_under_it(editor: DocumentEditor, settle: Settle) -> None:
    sections = [part for part in editor.writing.parts if part.kind == "heading" and part.level == 2]
    block = [part.id for part in order.block_of(editor.writing.parts, sections[1].id)]
    editor.outline.drop_on(sections[1].id, sections[0].id, QAbstractItemView.DropIndicatorPosition.AboveItem)
    settle()
    now = ids(editor)
    at = now.index(sections[1].id)
    assert now[at : at + len(block)] == block
    assert now[at + len(block)] == sections[0].id


def test_a_heading_stops_at_the_end_of_its_section(editor: DocumentEditor) -> None:
    sections = [part for part in editor.writing.parts if part.kind == "heading" and part.level == 2]
    before = ids(editor)
    editor.arranging.step(sections[0].id, -1)
    assert ids(editor) == before


def test_space_switches_a_section_off(editor: DocumentEditor, settle: Settle) -> None:
    section = next(part for part in editor.writing.parts if part.kind == "heading" and part.level == 2)
    inside = order.block_of(editor.writing.parts, section.id)[1]
    show_in_outline(editor, section.id)
    QTest.keyClick(editor.outline, Qt.Key.Key_Space)
    settle()
    assert not stored(editor, section.id).on
    composed = compose_document(editor._desk.township, editor.writing.document)
    assert inside.key not in {block.key for block in composed.document.blocks}


def test_what_was_taken_out_comes_back_from_the_toast(editor: DocumentEditor, settle: Settle) -> None:
    before = ids(editor)
    section = next(part for part in editor.writing.parts if part.kind == "heading" and part.level == 2)
    gone = {part.id for part in order.block_of(editor.writing.parts, section.id)}
    said: list[tuple[str, Callable[[], None]]] = []
    editor._desk.said.connect(lambda text, undo: said.append((text, undo)))
    editor.arranging.remove(section.id)
    settle()
    assert set(before) - set(ids(editor)) == gone
    assert "已删去" in said[0][0]
    said[0][1]()
    settle()
    assert ids(editor) == before


def test_parts_are_added_renamed_and_given_another_level(editor: DocumentEditor, settle: Settle) -> None:
    section = next(part for part in editor.writing.parts if part.kind == "heading" and part.level == 2)
    new = editor.arranging.add(section.id, "heading", 3, "新的工作")
    settle()
    assert stored(editor, new).title == "新的工作"
    editor.arranging.set_title(new, "另一项工作")
    editor.arranging.set_level(new, 2)
    settle()
    assert (stored(editor, new).title, stored(editor, new).level) == ("另一项工作", 2)
    for _step in range(3):
        editor.writing.undo.undo()
    settle()
    assert new not in ids(editor)


def test_a_claim_chooses_the_wording(editor: DocumentEditor, settle: Settle) -> None:
    part = paragraph(editor)
    editor.arranging.set_wordings(
        part.id, "claim:no_accident", "没有事故。", {"fails": "有事故。", "unknown": "未定。"}
    )
    settle()
    kept = stored(editor, part.id)
    assert (kept.switch, kept.text, dict(kept.variants)["fails"]) == (
        "claim:no_accident",
        "没有事故。",
        "有事故。",
    )
    assert "成立" in editor.writing.manuscript.drawing.readings.notes[part.id]


def test_what_is_not_printed_has_no_sign(editor: DocumentEditor, settle: Settle) -> None:
    first = next(part for part in editor.writing.parts if part.kind == "heading" and part.level == 1)
    under = [each.id for each in order.block_of(editor.writing.parts, first.id)]

    def signs() -> list[int]:
        return [key for key in under if not editor.outline._items[key].icon(1).isNull()]

    assert signs()
    editor.outline.deed.emit("switch", first.id)
    settle()
    assert signs() == []


def test_the_keyboard_is_seen_in_the_outline(editor: DocumentEditor) -> None:
    editor.outline.setCurrentItem(None)  # type: ignore[arg-type]
    editor.outline.setFocus()
    assert editor.outline.currentItem().text(0) == "标题与开头"
