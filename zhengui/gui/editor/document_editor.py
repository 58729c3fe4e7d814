"""The editor of one document: outline at the left, the text with its chips, and below it what to look at before issuing."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QTransform
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui import icons
from zhengui.gui.dialogs import button, label
from zhengui.gui.editor import order
from zhengui.gui.editor.arranging import Arranging
from zhengui.gui.editor.chip_deeds import ChipDeeds
from zhengui.gui.editor.find_bar import FindBar
from zhengui.gui.editor.keys import Deed
from zhengui.gui.editor.outline_tree import WIDTH, OutlineTree
from zhengui.gui.editor.suggestions import Suggestions
from zhengui.gui.editor.writing import Writing
from zhengui.gui.editor.writing_area import WritingArea

if TYPE_CHECKING:
    from zhengui.gui.desk import Desk

_OPEN_TONES = ("unknown", "claim_unknown", "fails")


class DocumentEditor(QWidget):
    """Shows a document by its id and keeps what is typed; `changed` tells that the pages are no longer those."""

    changed = Signal()
    source_asked = Signal(str)
    state_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.writing = Writing(desk, self)
        self.area = WritingArea(self.writing.manuscript, self)
        self.outline = OutlineTree(self)
        self.find_bar = FindBar(self.area, self)
        self.suggestions = Suggestions(desk, self.area)
        self.arranging = Arranging(desk, self.writing, self.area)
        self.tools = self._tools()
        self.chip_deeds = ChipDeeds(desk, self.writing, self.area, self.arranging)
        self._open_parts: set[int] | None = None
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._body())
        self._connect()
        self._told = ""

    def _body(self) -> QSplitter:
        left = QFrame(self)
        left.setObjectName("sub")
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.addWidget(label("提纲", left, "cap"))
        head.addStretch(1)
        self._add = self._icon("add", "添加段落或标题", self._ask_add)
        head.addWidget(self._add)
        box.addLayout(head)
        box.addWidget(self.outline, 1)
        writing = QWidget(self)
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = QVBoxLayout()
        column.addLayout(self.banner)
        column.addWidget(self.find_bar)
        column.addWidget(self.area, 1)
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

    def _tools(self) -> QWidget:
        """The tools of the text, for the bar of the page."""
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.insert = button("插入指标", made, "ghost")
        self.insert.setIcon(icons.icon("number_symbol"))
        self.insert.setToolTip("插入指标或断言（在文中打 { 或 #）")
        self.insert.clicked.connect(self._begin_insert)
        row.addWidget(self.insert)
        self.undo = self._icon("arrow_undo", "撤销（Ctrl+Z）", self.writing.undo.undo)
        self.redo = self._icon("arrow_undo", "重做（Ctrl+Y）", self.writing.undo.redo)
        mirrored = icons.pixmap("arrow_undo").transformed(QTransform().scale(-1, 1))
        self.redo.setIcon(QIcon(mirrored))
        find = self._icon("search", "查找和替换（Ctrl+F）", partial(self.find_bar.start, False))
        self.versions = self._icon("history", "版本", self.show_versions)
        for each in (self.undo, self.redo, find, self.versions):
            row.addWidget(each)
        return made

    def _icon(self, icon: str, tip: str, call: object) -> QPushButton:
        made = button("", self, "icon")
        made.setIcon(icons.icon(icon))
        made.setToolTip(tip)
        made.setAccessibleName(tip.partition("（")[0])
        made.clicked.connect(lambda _checked=False: call())  # type: ignore[operator]
        return made

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
        writing.undo.changed.connect(self._show_undo)
        writing.autosave.waiting.connect(lambda: self._desk.told.emit("正在输入，停下后自动保存"))

    def show_document(self, document: int) -> None:
        """Show a document."""
        self._open_parts = None
        self.writing.open(document)
        stored = self.writing.stored
        assert stored is not None
        self.suggestions.set_document(stored)

    def reread(self) -> None:
        """Let the chips follow the records."""
        self.writing.reread()

    def flush(self) -> None:
        """Keep at once what was typed."""
        self.writing.autosave.flush()

    def show_source(self, source: str) -> None:
        """Bring the first chip of figure:key or claim:key, or a part:id, into view."""
        kind, _, key = source.partition(":")
        if kind == "part":
            self._go_to(int(key))
        else:
            self.area.go_to_chip(source)

    def set_open_parts(self, parts: set[int]) -> None:
        """Take which parts need attention, as the check before issuing found them."""
        self._open_parts = parts
        self._show_outline()

    def regions(self) -> list[QWidget]:
        """Outline and text."""
        return [self.outline, self.area]

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
        for each in (self.insert, self._add):
            each.setEnabled(editable)
        self._show_outline()
        self._show_undo()
        if part:
            self.area.go_to(part)
            self.outline.show_current(part)
        self.state_changed.emit()

    def _show_outline(self) -> None:
        writing = self.writing
        parts, items = writing.parts, writing.manuscript.drawing.readings.items
        open_parts = self._open_parts if self._open_parts is not None else self._unsettled()
        self.outline.show_parts(parts, order.numbers(parts, items), writing.names(), open_parts)

    def _unsettled(self) -> set[int]:
        """The parts in which a figure is unknown or a claim isn't made, until the check says more."""
        from zhengui.figures.chips import chips

        known = self.writing.manuscript.drawing.readings.chips
        return {
            part.id
            for part in self.writing.parts
            if part.rethink
            or any(c.text in known and known[c.text].tone in _OPEN_TONES for c in chips(part.text))
        }

    def _show_undo(self) -> None:
        self.undo.setEnabled(self.writing.editable and self.writing.undo.can_undo)
        self.redo.setEnabled(self.writing.editable and self.writing.undo.can_redo)

    def _kept(self, at: datetime) -> None:
        self._desk.told.emit(f"已自动保存 {at:%H:%M}")
        self.changed.emit()

    # What is asked

    def _go_to(self, part: int) -> None:
        if part:
            self.area.go_to(part)
        else:
            self.area.verticalScrollBar().setValue(0)

    def _do(self, asked: str) -> None:
        deed, part = Deed(asked), self.area.part()
        if deed is Deed.FIND or deed is Deed.REPLACE:
            self.find_bar.start(deed is Deed.REPLACE)
        elif deed is Deed.REST:
            self.writing.undo.rest()
        elif deed is Deed.CHIP:
            at, code = self.area.chip_by_caret()
            if code:
                self.area.open_chip(at, code)
        elif deed is Deed.SAVE_VERSION and self.writing.editable:
            self.keep_version()
        elif deed in (Deed.UP, Deed.DOWN, Deed.UNDO, Deed.REDO):
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
        from zhengui.services.edit_document import keep_version

        self.flush()
        number = keep_version(self._desk.township, self.writing.document, "手动保存")
        self._desk.say(f"已存为第 {number} 版")

    def show_versions(self) -> None:
        """Show the kept versions and what has changed since."""
        from zhengui.gui.editor.versions_dialog import VersionsDialog

        self.flush()
        VersionsDialog(self._desk, self.writing.document, self.writing.editable, self).exec()
