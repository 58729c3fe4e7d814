"""From draft to issue in the window: what can be typed when, what is shown of an issue, and how it differs today."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gui.document.conftest import paragraph, put_caret
from tests.services.written_office import add
from zhengui.gui.desk.place import Place
from zhengui.gui.document.attention import by_findings
from zhengui.gui.document.document_editor import DocumentEditor
from zhengui.gui.document.frozen import pages_of
from zhengui.gui.document.issues_dialog import FIGURES, WORDS, IssuesDialog
from zhengui.gui.document.save_issue import KINDS, save_issue
from zhengui.gui.document.sign_dialog import READING, SignDialog
from zhengui.gui.document.versions_dialog import VersionsDialog
from zhengui.gui.figure.page import FigurePage
from zhengui.services.document import edit_document
from zhengui.services.issue.issue_document import all_issues, issued_pages
from zhengui.services.issue.issued_files import issued_ofd, issued_word
from zhengui.services.issue.preflight import preflight
from zhengui.services.issue.sign_off import sheets
from zhengui.storage.writing.documents import Part

Settle = Callable[[], None]


@pytest.fixture
def issued(short: DocumentEditor, settle: Settle) -> DocumentEditor:
    assert short.issuing.submit()
    settle()
    short.issuing.issue()
    settle()
    return short


def only(editor: DocumentEditor) -> Part:
    """The one paragraph that is printed."""
    return next(part for part in editor.writing.parts if part.key == "summary_lead")


def state(editor: DocumentEditor) -> str:
    assert editor.writing.stored is not None
    return editor.writing.stored.state


def test_nothing_can_be_typed_under_review(editor: DocumentEditor, settle: Settle) -> None:
    assert not editor.issuing.issue_button.isEnabled()
    editor.issuing.submit()
    settle()
    assert state(editor) == "review"
    assert editor.issuing.issue_button.isEnabled()
    part = paragraph(editor)
    put_caret(editor, part.id)
    QTest.keyClicks(editor.area, "abc")
    assert editor.writing.manuscript.part(part.id) == part
    editor.issuing.send_back("请补充数字")
    settle()
    put_caret(editor, part.id)
    QTest.keyClicks(editor.area, "abc")
    assert editor.writing.manuscript.part(part.id) != part


def test_an_issue_is_shown_as_it_was_and_tells_how_it_differs(
    issued: DocumentEditor, settle: Settle, tmp_path: Path
) -> None:
    assert state(issued) == "issued"
    assert issued.frozen.shown
    township, document = issued._desk.township, issued.writing.document
    before = issued.frozen.text.toPlainText()
    issue = all_issues(township, document)[0]
    assert pages_of(township, document, issued=True).pdf == issued_pages(township, issue.id).pdf
    assert "都不会变" in issued.frozen.banner.told.text()
    day = issue.period.start
    add(township, "letter", {"village": 1, "date": day, "copies": 5000, "suggestions": 9})
    issued.reread()
    settle()
    assert "1 处改动" in issued.frozen.banner.told.text()
    assert "⇄" in issued.frozen.text.toPlainText()
    assert issued.frozen.text.toPlainText().replace("⇄", "") == before
    dialogue = IssuesDialog(issued._desk, document, issued)
    settle()
    shown = dialogue.view.toPlainText()
    assert "签发时" in shown
    assert "登记" in shown
    assert f"{issue.at.year}" in shown
    opened: list[tuple[str, int]] = []
    dialogue.record_asked.connect(lambda ledger, record: opened.append((ledger, record)))
    dialogue._open(QUrl("record:letter/7"))
    assert opened == [("letter", 7)]
    dialogue.shown.choose(WORDS)
    assert dialogue.view.toPlainText().count("余份") == 2, "the sentence as it was and as it would be"
    for kind, suffix in KINDS.items():
        save_issue(issued._desk, issue.id, kind, tmp_path / f"kept{suffix}", dialogue)
        settle()
    assert (tmp_path / "kept.docx").read_bytes() == issued_word(township, issue.id)
    assert (tmp_path / "kept.ofd").read_bytes() == issued_ofd(township, issue.id)
    assert (tmp_path / "kept.pdf").read_bytes() == issued_pages(township, issue.id).pdf
    dialogue.close()


def test_two_issues_stand_side_by_side(issued: DocumentEditor, settle: Settle) -> None:
    assert issued.issuing.revise("补充一段")
    settle()
    assert state(issued) == "draft"
    assert not issued.frozen.shown
    assert "补充一段" in issued.frozen.banner.told.text()
    part = only(issued)
    put_caret(issued, part.id)
    QTest.keyClicks(issued.area, "more")
    issued.issuing.submit()
    settle()
    issued.issuing.issue()
    settle()
    found = all_issues(issued._desk.township, issued.writing.document)
    assert [issue.number for issue in found] == [2, 1]
    assert found[0].reason == "补充一段"
    dialogue = IssuesDialog(issued._desk, issued.writing.document, issued)
    dialogue.against.setCurrentIndex(dialogue.against.findData(found[1].id))
    settle()
    assert "指标没有不同" in dialogue.view.toPlainText()
    dialogue.shown.choose(WORDS)
    assert "more" in dialogue.view.toPlainText()
    assert "0 个指标、1 段文字不同" in dialogue.told.text()
    dialogue.all_of_them.setChecked(True)
    dialogue.shown.choose(FIGURES)
    assert "余份" in dialogue.view.toPlainText()
    dialogue.close()


def test_a_figure_clicked_in_an_issue_says_what_was_issued(issued: DocumentEditor, settle: Settle) -> None:
    desk = issued._desk
    issue = all_issues(desk.township, issued.writing.document)[0]
    page = FigurePage(desk)
    page.arrive(Place("figure", "letters", issue=issue.id))
    settle()
    assert page._issued.isHidden(), "nothing was changed since"
    add(desk.township, "letter", {"village": 1, "date": issue.period.start, "copies": 5000, "suggestions": 9})
    page.arrive(page.where())
    settle()
    assert "签发的文稿写作 1900余份，当时 18 条记录" in page._issued.text()
    page.arrive(Place("figure", "letters"))
    settle()
    assert page._issued.isHidden()
    page.deleteLater()


def test_what_is_in_the_way_is_told_and_nothing_is_issued(
    short: DocumentEditor, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "zhengui.gui.document.issuing.tell", lambda _host, what, then: told.append(what + then)
    )
    part = only(short)
    put_caret(short, part.id)
    short.area.insertPlainText("共有XX处")
    short.issuing.submit()
    settle()
    found = preflight(short._desk.township, short.writing.document)
    short.take_findings(found)
    assert part.id in by_findings(short.writing.parts, found)
    short.issuing.ask_issue()
    short.issuing.issue()
    settle()
    assert len(told) == 2
    assert all("XX" in words for words in told)
    assert state(short) == "review"


def test_versions_show_what_changed(editor: DocumentEditor, settle: Settle) -> None:
    edit_document.keep_version(editor._desk.township, editor.writing.document, "开头")
    part = paragraph(editor)
    put_caret(editor, part.id)
    editor.area.insertPlainText("新的一句")
    editor.flush()
    settle()
    dialogue = VersionsDialog(editor._desk, editor.writing.document, True, editor)
    assert "1 段有差别" in dialogue._told.text()
    assert "新的一句" in dialogue.view.toPlainText()
    assert "{" not in dialogue.view.toPlainText()
    dialogue.close()


def press_on(dialog: SignDialog, wanted: QPushButton) -> None:
    """Tab until a button is ringed, then Enter."""
    for _step in range(10):
        if dialog.focusWidget() is wanted:
            break
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is wanted
    QTest.keyClick(wanted, Qt.Key.Key_Return)


def test_departments_sign_one_after_another(editor: DocumentEditor, settle: Callable[[], None]) -> None:
    """By keys alone: the arrows go through the departments, Tab to the verbs, Enter signs and takes back."""
    desk, document = editor._desk, editor.writing.document
    dialog = SignDialog(desk, document, editor)
    dialog.show()
    dialog.activateWindow()
    assert dialog.view.toPlainText() == READING, "the window waits for no composing"
    settle()
    names = [dialog.list.item(row).text().partition("　")[0] for row in range(dialog.list.count())]
    assert names == [sheet.department for sheet in sheets(desk.township, document)]
    assert len(names) > 1
    press_on(dialog, dialog.signing)
    settle()
    first = sheets(desk.township, document)[0]
    assert first.stands
    assert dialog.list.item(0).text().startswith(f"{first.department}　已会签")
    assert dialog.list.currentRow() == 1
    assert dialog.focusWidget() is dialog.signing, "Enter goes on with the next department"
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Up)
    assert dialog.list.currentRow() == 0
    assert not dialog.signing.isEnabled()
    press_on(dialog, dialog.undo)
    settle()
    assert not sheets(desk.township, document)[0].who


def test_a_signature_outlives_the_dialog_that_asked_for_it(
    editor: DocumentEditor, settle: Callable[[], None], troubles: list[Exception]
) -> None:
    desk, document = editor._desk, editor.writing.document
    dialog = SignDialog(desk, document, editor)

    def sign_and_leave() -> None:
        dialog.sign()
        dialog.reject()

    dialog.show()
    settle()
    QTimer.singleShot(0, sign_and_leave)
    dialog.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    assert sheets(desk.township, document)[0].stands, "it was asked for, and is done"
    assert troubles == []
