"""Figures in the text: found by initials, shown as printed, written another way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.document.conftest import paragraph, put_caret
from tests.services.drafts import new_document
from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.wording import Chip
from zhengui.figures.period import year
from zhengui.figures.readable_wording import readable
from zhengui.figures.readable_wording import stored as stored_wording
from zhengui.gui.document import marks
from zhengui.gui.document.document_editor import DocumentEditor
from zhengui.services.document.compose_document import compose_document
from zhengui.services.returns.report_month import unmark

Settle = Callable[[], None]


def test_every_chip_shows_what_is_printed(editor: DocumentEditor) -> None:
    composed = compose_document(editor._desk.township, editor.writing.document)
    printed = composed.document.text()
    readings = editor.writing.manuscript.drawing.readings.chips
    shown = [r.printed for r in readings.values() if r.tone in ("figure", "holds", "fails", "claim_unknown")]
    assert len(shown) > 20
    assert [words for words in shown if words not in printed] == []


def test_a_figure_is_put_in_by_initials(editor: DocumentEditor, settle: Settle) -> None:
    part = paragraph(editor)
    put_caret(editor, part.id)
    QTest.keyClicks(editor.area, "{xcyh")
    settle()
    assert editor.suggestions.isVisible()
    QTest.keyClick(editor.area, Qt.Key.Key_Return)
    now = editor.writing.manuscript.part(part.id)
    assert now is not None
    assert now.text == f"{part.text}{{hazards_removed}}"
    settle()
    reading = editor.writing.manuscript.drawing.readings.chips["{hazards_removed}"]
    assert reading.tone == "figure"
    assert reading.printed.endswith("处")


def test_esc_leaves_what_was_typed(editor: DocumentEditor, settle: Settle) -> None:
    part = paragraph(editor)
    put_caret(editor, part.id)
    QTest.keyClicks(editor.area, "#xc")
    settle()
    QTest.keyClick(editor.area, Qt.Key.Key_Escape)
    assert not editor.suggestions.open
    QTest.keyClicks(editor.area, "d")
    now = editor.writing.manuscript.part(part.id)
    assert now is not None
    assert now.text == f"{part.text}#xcd"


def test_the_card_offers_each_display_with_its_result(editor: DocumentEditor, settle: Settle) -> None:
    part = paragraph(editor, "{hazards_removed}")
    block = editor.writing.manuscript.block(part.id)
    assert block is not None
    at = next(a for a, _kind, code, _text in marks.pieces(block) if code == "{hazards_removed}")
    editor.area.open_chip(at, "{hazards_removed}")
    settle()
    card = editor.chip_deeds.card
    assert card is not None
    offered = [card.choices.item(row).text() for row in range(card.choices.count())]
    assert any("汉字" in words for words in offered)
    row = next(n for n, words in enumerate(offered) if words.startswith("汉字"))
    card._choose(card.choices.item(row))
    now = editor.writing.manuscript.part(part.id)
    assert now is not None
    assert "{hazards_removed|汉字}" in now.text
    settle()
    reading = editor.writing.manuscript.drawing.readings.chips["{hazards_removed|汉字}"]
    assert reading.printed == offered[row].split("　")[1]


def test_chips_follow_the_records(editor: DocumentEditor, settle: Settle) -> None:
    before = editor.writing.manuscript.drawing.readings.chips["{claim.no_accident}"]
    assert before.tone == "holds"
    unmark(editor._desk.township, "accident", (1,), 202112)
    editor.reread()
    settle()
    after = editor.writing.manuscript.drawing.readings.chips["{claim.no_accident}"]
    assert after.tone != "holds"
    assert after.printed != before.printed


def test_names_stand_for_placeholders_in_plain_fields(catalogue: Catalogue) -> None:
    codes = [f"{{{key}}}" for key in catalogue.indicators]
    codes += [f"{{claim.{key}}}" for key in catalogue.claims]
    codes += [
        Chip(key, part, shown).text
        for key in ("hazards_removed",)
        for part, shown in (("villages", "和"), ("top3", "值"), ("change", ""), ("last", "余"), ("", "万+余"))
    ]
    lost = [code for code in codes if stored_wording(readable(code, catalogue), catalogue) != code]
    assert lost == []
    assert readable("{year}年", catalogue) == "〔年份〕年"
    assert stored_wording("〔没有这个〕", catalogue) == "〔没有这个〕"


def test_the_year_and_the_names_stand_there_before_anything_is_counted(editor: DocumentEditor) -> None:
    other = new_document(editor._desk.township, year(2020))
    editor.show_document(other)
    readings = editor.writing.manuscript.drawing.readings
    catalogue = editor._desk.catalogue
    assert readings.of("{year}", catalogue).printed == "2020"
    assert readings.of("{township}", catalogue).printed == editor._desk.township.profile().name
