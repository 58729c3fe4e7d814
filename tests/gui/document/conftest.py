"""An invented office with two years of records, and the editor on its document, without a window around it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from shiboken6 import delete

from tests.services.drafts import new_document
from tests.services.test_issue_document import short_document
from zhengui.figures.period import year
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.document import marks
from zhengui.gui.document.document_editor import DocumentEditor
from zhengui.gui.kit.background import Background
from zhengui.services.document.edit_document import open_document
from zhengui.services.township.township import Township
from zhengui.storage.writing.documents import Part


@pytest.fixture
def office(written: Township) -> Township:
    """The written office."""
    return written


@pytest.fixture
def editor_desk(office: Township, background: Background) -> Desk:
    return Desk(office, ChosenScope(2021), background)


@pytest.fixture
def editor(office: Township, editor_desk: Desk, settle: Callable[[], None]) -> Iterator[DocumentEditor]:
    made = DocumentEditor(editor_desk)
    made.resize(760, 560)
    made.show()
    made.show_document(new_document(office, year(2021)))
    settle()
    yield made
    made.flush()
    settle()
    # Its objects must end here, in the window's thread, and not when a worker of the next test collects them.
    made.close()
    delete(made)
    del made
    gc.collect()


@pytest.fixture
def short(editor: DocumentEditor, settle: Callable[[], None]) -> DocumentEditor:
    """The editor on a document of one paragraph that could be issued."""
    editor.show_document(short_document(editor._desk.township))
    settle()
    return editor


def stored(editor: DocumentEditor, part: int) -> Part:
    """A part as it is kept in the file."""
    opened = open_document(editor._desk.township, editor.writing.document)
    return next(each for each in opened.parts if each.id == part)


def paragraph(editor: DocumentEditor, having: str = "") -> Part:
    """A paragraph of the document, by a stretch of its wording."""
    return next(
        part
        for part in editor.writing.parts
        if part.kind == "paragraph" and having in part.text and part.title
    )


def put_caret(editor: DocumentEditor, part: int, at_end: bool = True) -> None:
    block = editor.writing.manuscript.block(part)
    assert block is not None
    cursor = editor.area.textCursor()
    cursor.setPosition(marks.typed_to(block) if at_end else marks.typed_from(block))
    editor.area.setTextCursor(cursor)
