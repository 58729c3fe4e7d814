"""The editor of one document: outline at the left, the text with its chips, and below it what to look at before issuing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from zhengui.catalogue.source import PART, source_of
from zhengui.gui.document import order
from zhengui.gui.document.arranging import Arranging
from zhengui.gui.document.attention import by_findings, by_readings
from zhengui.gui.document.chip_deeds import ChipDeeds
from zhengui.gui.document.find_bar import FindBar
from zhengui.gui.document.frozen import Frozen
from zhengui.gui.document.issuing import Issuing
from zhengui.gui.document.keys import KeyDeed
from zhengui.gui.document.outline_tree import WIDTH, OutlineTree, outline_panel
from zhengui.gui.document.suggestions import Suggestions
from zhengui.gui.document.tools import EditorTools, icon_button
from zhengui.gui.document.writing import DraftWriting
from zhengui.gui.document.writing_area import WritingArea
from zhengui.gui.kit.allowing import LOCKED, allow
from zhengui.gui.kit.waiting import run_waiting
from zhengui.services.issue.issue_document import all_issues

if TYPE_CHECKING:
    from zhengui.figures.finding import Finding
    from zhengui.gui.desk.desk import Desk
    from zhengui.services.document.word_edits import WordChange
    from zhengui.storage.writing.documents import Edit


class DocumentEditor(QWidget):
    """Shows a document by its id and keeps what is typed; `changed` tells that the pages are no longer those."""

    changed = Signal()
    source_asked = Signal(str)
    state_changed = Signal()
    next_finding = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.writing = DraftWriting(desk, self)
        self.area = WritingArea(self.writing.manuscript, self)
        self.outline = OutlineTree(self)
        self.find_bar = FindBar(self.area, self)
        self.suggestions = Suggestions(desk, self.area)
        self.arranging = Arranging(desk, self.writing, self.area)
        self.tools = EditorTools(self)
        self.issuing = Issuing(desk, self.writing, self)
        self.frozen = Frozen(desk, self.area, self)
        self.chip_deeds = ChipDeeds(desk, self.writing, self.area, self.arranging)
        self._open_parts: set[int] | None = None
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._body())
        self._connect()

    def _body(self) -> QSplitter:
        self._add = icon_button(self, "add", "添加段落或标题", self._ask_add)
        left = outline_panel(self.outline, self._add)
        writing = QWidget(self)
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.frozen.banner)
        column.addWidget(self.find_bar)
        column.addWidget(self.frozen.stack, 1)
        self.middle = QSplitter(Qt.Orientation.Vertical, self)
        self.middle.setHandleWidth(1)
        self.middle.addWidget(writing)
        self.middle.setStretchFactor(0, 3)
        body = QSplitter(Qt.Orientation.Horizontal, self)
        body.setHandleWidth(1)
        body.addWidget(left)
        body.addWidget(self.middle)
        body.setStretchFactor(0, 0)
        body.setStretchFactor(1, 1)
        body.setSizes([WIDTH, 530])
        body.setChildrenCollapsible(False)
        return body

    def _connect(self) -> None:
        area, outline, writing = self.area, self.outline, self.writing
        area.first_asked = self.suggestions.take_key
        area.deed.connect(self._do)
        area.grouped.connect(writing.undo.group)
        area.paragraphs_asked.connect(self.arranging.paragraphs)
        area.joined.connect(self.arranging.join)
        area.chip_opened.connect(self.chip_deeds.open)
        area.fixed_opened.connect(self._open_fixed)
        area.lead_opened.connect(self._open_lead)
        area.menu_asked.connect(self.chip_deeds.menu)
        self.chip_deeds.source_asked.connect(self.source_asked)
        area.part_entered.connect(outline.show_current)
        outline.chosen.connect(self._go_to)
        outline.moved.connect(self.arranging.move)
        outline.deed.connect(self._do_to)
        outline.menu_asked.connect(self.arranging.menu)
        self.find_bar.replace_all_asked.connect(self._replace_all)
        writing.rebuilt.connect(self._rebuilt)
        writing.was_read.connect(self._show_outline)
        writing.kept.connect(self._kept)
        writing.undo.changed.connect(self._show_tools)
        self.issuing.changed.connect(self._restate)
        self.issuing.not_ready.connect(lambda _found: self.next_finding.emit())
        self.frozen.text.source_clicked.connect(self.source_asked)
        self.frozen.banner.more_asked.connect(self.show_issues)
        self._connect_tools()
        writing.autosave.waiting.connect(lambda: self._desk.told.emit("正在输入，停下后自动保存"))

    def _connect_tools(self) -> None:
        tools, undo = self.tools, self.writing.undo
        tools.insert_asked.connect(self._begin_insert)
        tools.undo_asked.connect(undo.undo)
        tools.redo_asked.connect(undo.redo)
        tools.find_asked.connect(self.find_bar.start)
        tools.versions_asked.connect(self.show_versions)
        tools.issues_asked.connect(self.show_issues)

    def show_document(self, document: int) -> None:
        """Show a document."""
        self._open_parts = None
        another = document != self.writing.document
        self.writing.open(document)
        if another:
            self.area.verticalScrollBar().setValue(0)
        stored = self.writing.stored
        assert stored is not None
        self.suggestions.set_document(stored)
        self.frozen.show_state(stored)
        self.issuing.show_findings(None)
        self.issuing.show_state()
        self._show_tools()
        issues = all_issues(self._desk.township)
        self.tools.issues.setVisible(bool(issues))
        if self.frozen.shown:
            self.find_bar.hide()

    def _restate(self) -> None:
        """The document has come to another state."""
        self.show_document(self.writing.document)
        self.state_changed.emit()

    def reread(self) -> None:
        """Let the chips follow the records, or say how an issue differs from them."""
        self.writing.reread()
        if self.frozen.shown and self.writing.stored is not None:
            self.frozen.show_state(self.writing.stored)

    def flush(self) -> None:
        """Keep at once what was typed."""
        self.writing.autosave.flush()

    def show_source(self, source: str) -> None:
        """Bring the first chip of figure:key or claim:key, or a part:id, into view."""
        led = source_of(source)
        if led.kind == PART:
            self._go_to(int(led.key))
        elif self.frozen.shown:
            self.frozen.text.show_source(source)
        else:
            self.area.go_to_chip(source)

    def take_findings(self, found: Sequence[Finding]) -> None:
        """Take what the check before issuing found, for the outline's signs and for issuing."""
        self.issuing.show_findings(found)
        self._open_parts = by_findings(self.writing.parts, found)
        self._show_outline()

    def regions(self) -> list[QWidget]:
        """Outline and text."""
        return [self.outline, self.frozen.text if self.frozen.shown else self.area]

    # What is shown

    def _rebuilt(self, part: int) -> None:
        editable = self.writing.editable
        self.area.setReadOnly(not editable)
        self.area.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextEditorInteraction
            if editable
            else Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.outline.set_editable(editable)
        allow(self._add, editable, LOCKED)
        self._show_outline()
        self._show_tools()
        if part:
            self.area.go_to(part)
            self.outline.show_current(part)

    def _show_outline(self) -> None:
        writing = self.writing
        parts, readings = writing.parts, writing.manuscript.drawing.readings
        open_parts = self._open_parts
        if open_parts is None:
            open_parts = by_readings(parts, readings.chips)
        numbers = order.numbers(parts, readings.items, readings.silent)
        self.outline.show_parts(parts, numbers, writing.names(), open_parts, readings.silent)

    def _show_tools(self) -> None:
        undo = self.writing.undo
        self.tools.allow(self.writing.editable, undo.can_undo, undo.can_redo, self.frozen.shown)

    def _kept(self, at: datetime) -> None:
        self._desk.told.emit(f"已自动保存 {at:%H:%M}")
        self.changed.emit()

    # What is asked

    def _go_to(self, part: int) -> None:
        stored = self.writing.manuscript.part(part)
        if self.frozen.shown and stored is not None:
            self.frozen.text.go_to(stored.key)
        elif stored is not None:
            self.area.go_to(part)
        else:
            self.frozen.text.verticalScrollBar().setValue(0)
            self.area.verticalScrollBar().setValue(0)

    def _do(self, asked: str) -> None:
        deed, part = KeyDeed(asked), self.area.part()
        if deed is KeyDeed.FIND or deed is KeyDeed.REPLACE:
            self.find_bar.start(deed is KeyDeed.REPLACE)
        elif deed is KeyDeed.NEXT_FINDING:
            self.next_finding.emit()
        elif deed is KeyDeed.REST:
            self.writing.undo.rest()
        elif deed is KeyDeed.CHIP:
            at, code = self.area.chip_by_caret()
            if code:
                self.area.open_chip(at, code)
        elif deed is KeyDeed.SAVE_VERSION and self.writing.editable:
            self.keep_version()
        elif deed in (KeyDeed.UP, KeyDeed.DOWN, KeyDeed.UNDO, KeyDeed.REDO):
            self._do_to(deed.value, part)

    def _do_to(self, asked: str, part: int) -> None:
        if not self.writing.editable:
            return
        if asked in ("undo", "redo"):
            (self.writing.undo.undo if asked == "undo" else self.writing.undo.redo)()
        elif part and asked in ("up", "down"):
            self.arranging.step(part, -1 if asked == "up" else 1)
        elif part:
            {
                "rename": self.arranging.rename,
                "remove": self.arranging.remove,
                "switch": self.arranging.switch,
            }[asked](part)

    def _ask_add(self) -> None:
        self.arranging.menu(self.outline.current(), self._add.mapToGlobal(QPoint(0, self._add.height())))

    def _begin_insert(self) -> None:
        self.area.setFocus()
        if self.area.part():
            self.area.insertPlainText("#")
            self.suggestions.begin(self.area.textCursor().position() - 1)

    def _open_fixed(self, code: str) -> None:
        if code.startswith("items:"):
            self._desk.go("plan")
        else:
            self.arranging.head()

    def _open_lead(self, part: int) -> None:
        stored = self.writing.manuscript.part(part)
        if stored is not None and stored.switch:
            self.arranging.wordings(part)
        else:
            self.arranging.rename(part)

    def _replace_all(self, find: str, other: str) -> None:
        self.arranging.replace_all(find, other)
        self.find_bar.search()

    def keep_version(self) -> None:
        """Keep the document as it is now under a number."""
        from zhengui.services.document.edit_document import keep_version

        self.flush()
        number = keep_version(self._desk.township, self.writing.document, "手动保存")
        self._desk.say(f"已存为第 {number} 版")

    def show_versions(self) -> None:
        """Show the kept versions and what has changed since."""
        from zhengui.gui.document.versions_dialog import VersionsDialog

        self.flush()
        VersionsDialog(self._desk, self.writing.document, self.writing.editable, self).exec()

    def ask_for_word(self) -> None:
        """Ask for an edited Word file and show what was changed in it."""
        path, _kind = QFileDialog.getOpenFileName(self, "读回改过的 Word", "", "Word 文件 (*.docx)")
        if path:
            self.read_word(Path(path))

    def read_word(self, path: Path) -> None:
        """Compare a Word file with the draft in the background, then show the differences."""
        from zhengui.services.document.word_edits import changes_from_word

        self.flush()
        document, township = self.writing.document, self._desk.township
        run_waiting(
            self,
            self._desk.background,
            "正在比较 Word 里的改动",
            lambda _progress: changes_from_word(township, document, path.read_bytes()),
            self._show_word,
        )

    def _show_word(self, changes: Sequence[WordChange]) -> None:
        from zhengui.gui.document.word_dialog import WordDialog

        if not changes:
            self._desk.say("Word 里的文字与文稿一样，没有改动")
            return
        WordDialog(changes, self.take_from_word, self).exec()

    def take_from_word(self, change: WordChange, made: dict[int, int]) -> int | None:
        """Take one difference over, as an edit that can be undone; the part it made or changed."""
        from zhengui.services.document.word_edits import take_over

        taken: list[Edit] = []

        def deed() -> Edit:
            taken.append(take_over(self._desk.township, self.writing.document, change, made))
            return taken[0]

        self.writing.arrange(change.part, deed)
        return taken[0].part if taken else None

    def show_issues(self) -> None:
        """Show what was issued, how it differs from today, and issues side by side."""
        from zhengui.gui.document.issues_dialog import IssuesDialog

        IssuesDialog(self._desk, self.writing.document, self).exec_once()
