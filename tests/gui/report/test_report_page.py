"""The report page: the preview is the file that is saved, it follows edits and choices, and words are found."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import ofdkit
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QDialog, QPushButton

from tests.gui.document.conftest import put_caret
from tests.gui.report.conftest import SHIPPED, rest
from zhengui.figures.period import half, year
from zhengui.gui.desk.place import Place
from zhengui.gui.document.frozen import first_page
from zhengui.gui.document.word_dialog import WordDialog
from zhengui.gui.figure.evidence_dialog import EvidenceDialog
from zhengui.gui.report.preview import WHOLE_PAGE, Preview
from zhengui.services.document.compose_document import lay_out
from zhengui.services.document.edit_document import open_document, remove_document
from zhengui.services.document.word_edits import changes_from_word
from zhengui.services.entry import record
from zhengui.services.township.page_settings import ReportSettings, settings_of


def shown_bytes(page):
    return bytes(page.preview._buffer.data())


def test_the_preview_shows_the_very_bytes_that_are_saved(qtbot, page, desk, tmp_path):
    page.save_to(tmp_path / "a.pdf")
    rest(qtbot, desk)
    assert (tmp_path / "a.pdf").read_bytes() == shown_bytes(page) == lay_out(desk.township, year(2021)).pdf
    assert page.preview.document.pageCount() == lay_out(desk.township, year(2021)).pages


def test_the_word_file_is_saved_from_the_same_document(qtbot, page, desk, tmp_path):
    page.save_word_to(tmp_path / "a.docx")
    rest(qtbot, desk)
    file = docx.Document(BytesIO((tmp_path / "a.docx").read_bytes()))
    assert file.core_properties.title == lay_out(desk.township, year(2021)).title


def test_the_ofd_file_has_the_pages_that_are_shown(qtbot, page, desk, tmp_path):
    page.save_ofd_to(tmp_path / "a.ofd")
    rest(qtbot, desk)
    with ofdkit.open(tmp_path / "a.ofd") as opened:
        assert len(opened.pages) == page.preview.document.pageCount()
        assert opened.info.title == lay_out(desk.township, year(2021)).title


def test_word_and_ofd_stand_in_one_menu_beside_the_pdf(page):
    button = next(each for each in page.findChildren(QPushButton) if each.text().strip() == "Word、OFD")
    words = [each.text() for each in button.menu().actions() if each.text()]
    assert words == ["保存 Word…", "保存 OFD…", "读回改过的 Word…"]
    assert button.isEnabled()


def test_what_was_edited_in_word_is_taken_over_one_by_one_and_undone(qtbot, page, desk, tmp_path):
    path = tmp_path / "a.docx"
    page.save_word_to(path)
    rest(qtbot, desk)
    file = docx.Document(str(path))
    lines = [each for each in file.paragraphs if each.style.name == "Body Text" and len(each.text) > 40]
    for line, words in ((lines[1], "领导改过的话。"), (lines[4], "另一处改过的话。")):
        line.runs[-1].text += words
    file.save(str(path))
    editor, document = page.editor, page.choice.document
    changes = changes_from_word(desk.township, document, path.read_bytes())
    dialog = WordDialog(changes, editor.take_from_word, page)
    qtbot.addWidget(dialog)
    assert dialog.list.count() == 2
    assert "领导改过的话" in dialog.view.toPlainText()
    before = open_document(desk.township, document).parts
    dialog.take()
    assert dialog.list.item(0).text().endswith("已采用")
    assert dialog.list.currentRow() == 1
    texts = "".join(part.text for part in open_document(desk.township, document).parts)
    assert "领导改过的话。" in texts
    assert "另一处改过的话。" not in texts
    dialog.take_all()
    rest(qtbot, desk)
    assert changes_from_word(desk.township, document, path.read_bytes()) == []
    assert not dialog.every.isEnabled()
    editor.writing.undo.undo()
    editor.writing.undo.undo()
    assert [part.text for part in open_document(desk.township, document).parts] == [
        part.text for part in before
    ]


def test_the_pages_follow_an_edit(qtbot, page, desk):
    before = shown_bytes(page)
    record.save(desk.township, "village", {"name": "新设村", "kind": "村", "active": True})
    desk.saved.emit("village")
    rest(qtbot, desk)
    assert shown_bytes(page) != before
    assert shown_bytes(page) == lay_out(desk.township, year(2021)).pdf


def test_other_choices_change_the_pages_and_are_kept(qtbot, page, desk):
    before = shown_bytes(page)
    page.set_settings(ReportSettings(meeting=True, attachments=False, system_faces=False))
    rest(qtbot, desk)
    assert shown_bytes(page) != before
    assert settings_of(desk.township).meeting
    page.set_settings(SHIPPED)
    rest(qtbot, desk)
    assert shown_bytes(page) == before


def test_words_are_found_marked_and_visited(qtbot, page):
    page.panel.start_search()
    page.panel.words.setText("工作")
    finder = page.preview._finder
    qtbot.waitUntil(lambda: finder.rowCount(QModelIndex()) > 8, timeout=10_000)
    qtbot.keyClick(page.panel.words, Qt.Key.Key_Return)
    first = page.preview.verticalScrollBar().value()
    for _ in range(6):
        qtbot.keyClick(page.panel.words, Qt.Key.Key_Return)
    assert page.preview.verticalScrollBar().value() > first
    assert " / " in page.panel._found.text()
    page.panel.words.setText("没有这样的话")
    qtbot.waitUntil(lambda: page.panel._found.text() == "没有找到", timeout=10_000)
    page.panel.end_search()
    assert not page.panel.words.isVisible()


def test_pages_are_turned_listed_and_zoomed(qtbot, page):
    count = page.preview.document.pageCount()
    page.panel._list.click()
    assert page.panel.pages.isVisible()
    assert page.panel.pages.model().rowCount() == count
    page.panel.pages.setCurrentIndex(page.panel.pages.model().index(4, 0))
    assert page.preview.current_page() == 4
    page.panel._turn(1)
    assert page.preview.current_page() == 5
    assert page.panel.pages.currentIndex().row() == 5
    page.preview.set_zoom(2.0)
    assert page.preview.horizontalScrollBar().maximum() > 0
    assert page.panel._zoom.text() == "200%"
    page.preview.set_zoom(WHOLE_PAGE)
    assert page.preview._page_size().height() <= page.preview.viewport().height()
    assert page.preview.current_page() == 5


def test_the_page_that_is_read_stays_in_view_when_the_text_changes(qtbot, page, desk):
    page.preview.go_to_page(3)
    page.compose()
    rest(qtbot, desk)
    assert page.preview.current_page() == 3


def test_the_pages_follow_the_caret(qtbot, page, desk):
    page.preview.go_to_page(0)
    last = [part for part in page.editor.writing.parts if part.kind == "paragraph" and part.on][-1]
    page.editor.area.setFocus()
    page.activateWindow()
    qtbot.waitUntil(page.editor.area.hasFocus)
    put_caret(page.editor, last.id)
    qtbot.wait(300)
    rest(qtbot, desk)
    assert page.preview.current_page() > 3
    first = next(part for part in page.editor.writing.parts if part.kind == "paragraph" and part.on)
    put_caret(page.editor, first.id)
    qtbot.wait(300)
    rest(qtbot, desk)
    assert page.preview.current_page() == 0


def test_the_rules_judge_the_pages_of_the_preview(qtbot, page, desk):
    page.checks._tabs.button(1).click()
    rest(qtbot, desk)
    assert "全部符合" in page.checks._told.text()
    assert page.checks.list.count() > 20
    page.set_settings(ReportSettings(meeting=True, system_faces=False, attachments=False))
    rest(qtbot, desk)
    rest(qtbot, desk)
    assert "全部符合" in page.checks._told.text()  # the meeting version is known to the rules
    first, *others = page.checks._verdicts
    page.checks.show_verdicts([*others, replace(first, ok=False, places=("第2页",))])
    assert "1 条不符合" in page.checks._told.text()
    assert page.checks.list.item(0).text().startswith("不符合：")


def test_a_remark_leads_to_the_words_it_is_about(qtbot, page):
    page.checks._tabs.button(0).click()
    sources = [
        page.checks.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(page.checks.list.count())
    ]
    printed = [source for source in sources if source.startswith("claim:")]
    if not printed:
        pytest.fail("the demo has claims that do not hold")
    page.checks.chosen.emit(printed[-1])
    assert page.preview.verticalScrollBar().value() > 0
    assert page.text.verticalScrollBar().value() > 0


def test_a_click_on_a_printed_figure_opens_it(qtbot, page, desk):
    spot = next(spot for spot in page._published.spots if spot.source.startswith("figure:"))
    asked = []
    desk.asked_for.connect(asked.append)
    page.preview.show_source(spot.source)
    place = page.preview._rect_of(spot).translated(-page.preview._shift())
    qtbot.mouseClick(page.preview.viewport(), Qt.MouseButton.LeftButton, pos=place.center() + QPoint(0, 0))
    assert asked == [Place("figure", spot.source.removeprefix("figure:"))]


def test_a_figure_of_half_a_year_opens_the_records_of_that_half(qtbot, page, desk):
    first_half = half(2021, 1)
    document = page.choice.begin(first_half)
    page.preview.go_to_page(3)
    page.show_document(document)
    rest(qtbot, desk)
    assert page.preview.current_page() == 0
    outline = page.editor.outline
    assert all(outline.topLevelItem(row).isExpanded() for row in range(2, outline.topLevelItemCount()))
    asked, told = [], []
    desk.asked_for.connect(asked.append)
    desk.said.connect(lambda words, undo: told.append(undo))
    page.preview.figure_clicked.emit("figure:hazards_removed")
    assert asked == [Place("figure", "hazards_removed")]
    assert desk.scope.period == first_half
    assert page.choice.document == document
    told[0]()
    assert desk.scope.period == year(2021)
    page.arrive(Place("report", record=page.choice.of_year(2021)))
    rest(qtbot, desk)
    assert page.choice.document != document
    remove_document(desk.township, document)


@pytest.mark.parametrize("size", [(1181, 621), (1095, 560), (1735, 1000)])
def test_nothing_is_cut_off_at_the_sizes_offices_have(qtbot, page, size):
    page.resize(*size)
    qtbot.wait(20)
    assert page.minimumSizeHint().width() <= size[0]
    for each in (page.outline, page.text, page.checks, page.preview):
        assert each.isVisible()
        assert each.width() >= 150
    assert page._save.geometry().right() <= page.width()


def test_the_document_s_evidence_is_chosen_by_section(qtbot, page, desk, monkeypatch, tmp_path):
    asked = []

    def leave(dialog):
        asked.append(dialog)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(EvidenceDialog, "exec", leave)
    page._evidence.click()
    rest(qtbot, desk)
    printed = page._published.composed.printed()
    assert asked
    assert {f"figure:{key}" for key in asked[0].chosen()} == {s for s in printed if s.startswith("figure:")}
    assert asked[0].tree.topLevelItemCount() > 8


def test_the_first_page_is_seen_before_the_others_are_there(qtbot, page, desk, monkeypatch):
    shown = first_page(desk.township, page.choice.document)
    fresh = Preview(page)
    qtbot.addWidget(fresh)
    fresh.resize(page.preview.size())
    fresh.show_ahead(shown)
    assert fresh.document.pageCount() == 0  # nothing can be saved or printed yet
    ahead = fresh.grab().toImage()
    fresh.show_pdf(page._published.pdf, page._published.spots, {})
    assert fresh.document.pageCount() > 2
    assert fresh.verticalScrollBar().maximum() > fresh.height()
    whole = fresh.grab().toImage()
    # The bar at the side tells of more pages; what is printed on the first is the same.
    paper = fresh.viewport().rect().adjusted(0, 0, -40, 0)
    assert ahead.copy(paper) == whole.copy(paper)
    fresh.show_ahead(shown)
    assert fresh.grab().toImage() == whole  # what is shown already stays
