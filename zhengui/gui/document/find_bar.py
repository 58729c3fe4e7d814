"""Find and replace in the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QTextEdit, QWidget

from zhengui.gui.document.writing_area import WritingArea
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour


class FindBar(QFrame):
    """Marks every place; Enter goes on, Shift+Enter back, Esc closes."""

    replace_all_asked = Signal(str, str)

    def __init__(self, area: WritingArea, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sub")
        self._area = area
        self._places: list[QTextCursor] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(4)
        self.words = self._field("查找", row)
        self._count = label("", self, "cap")
        row.addWidget(self._count)
        row.addWidget(self._icon("chevron_up", "上一处（Shift+Enter）", lambda: self.go(-1)))
        row.addWidget(self._icon("chevron_down", "下一处（Enter）", lambda: self.go(1)))
        self.other = self._field("替换成", row)
        self._one = button("替换", self, small="s")
        self._one.clicked.connect(self.replace_one)
        self._all = button("全部替换", self, small="s")
        self._all.clicked.connect(lambda: self.replace_all_asked.emit(self.words.text(), self.other.text()))
        for each in (self._one, self._all):
            row.addWidget(each)
        row.addWidget(self._icon("dismiss", "收起查找（Esc）", self.end))
        self.words.textChanged.connect(lambda _text: self.search())
        self.hide()

    def _field(self, words: str, row: QHBoxLayout) -> QLineEdit:
        made = QLineEdit(self)
        made.setPlaceholderText(words)
        made.setAccessibleName(words)
        made.setMinimumWidth(80)
        made.installEventFilter(self)
        row.addWidget(made, 1)
        return made

    def _icon(self, icon: str, tip: str, call: object) -> QPushButton:
        made = button("", self, "icon")
        made.setIcon(icons.icon(icon))
        made.setToolTip(plain(tip))
        made.setAccessibleName(tip.partition("（")[0])
        made.clicked.connect(lambda _checked=False: call())  # type: ignore[operator]
        return made

    def start(self, replacing: bool = False) -> None:
        """Open, with what is selected as the words to look for."""
        chosen = self._area.textCursor().selectedText()
        editable = not self._area.isReadOnly()
        for each in (self.other, self._one, self._all):
            each.setVisible(editable)
        self.show()
        if chosen and len(chosen) < 40 and "\ufffc" not in chosen and "\u2029" not in chosen:
            self.words.setText(chosen)
        field = self.other if replacing and editable and self.words.text() else self.words
        field.setFocus()
        field.selectAll()
        self.search()

    def end(self) -> None:
        """Close and take the marks away."""
        self.hide()
        self._area.setExtraSelections([])
        self._area.setFocus()

    def search(self) -> None:
        """Mark every place where the words stand."""
        self._places = self._found(self.words.text())
        marked = []
        for cursor in self._places:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            tint = QColor(colour("warnfill"))
            tint.setAlpha(90)
            selection.format.setBackground(tint)
            marked.append(selection)
        self._area.setExtraSelections(marked)
        self._tell(-1)

    def _found(self, words: str) -> list[QTextCursor]:
        found: list[QTextCursor] = []
        document: QTextDocument = self._area.document()
        cursor = QTextCursor(document)
        while words:
            cursor = document.find(words, cursor)
            if cursor.isNull():
                break
            found.append(QTextCursor(cursor))
        return found

    def go(self, by: int) -> None:
        """Select the next place, or the one before."""
        if not self._places:
            return
        here = self._area.textCursor()
        if by > 0:
            at = next((n for n, c in enumerate(self._places) if c.selectionStart() >= here.selectionEnd()), 0)
        else:
            before = [n for n, c in enumerate(self._places) if c.selectionEnd() <= here.selectionStart()]
            at = before[-1] if before else len(self._places) - 1
        self._area.setTextCursor(self._places[at])
        self._tell(at)

    def replace_one(self) -> None:
        """Replace the selected place and go on to the next."""
        here = self._area.textCursor()
        if here.selectedText() == self.words.text() and self.words.text():
            self._area.remove_selected()
            cursor = self._area.textCursor()
            cursor.insertText(self.other.text())
            self._area.setTextCursor(cursor)
            self.search()
        self.go(1)

    def _tell(self, at: int) -> None:
        count = len(self._places)
        if not self.words.text():
            self._count.setText("")
        elif not count:
            self._count.setText("没有找到")
        else:
            self._count.setText(f"{at + 1} / {count}" if at >= 0 else f"{count} 处")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.end()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if watched is self.other and not back:
                    self.replace_one()
                else:
                    self.go(-1 if back else 1)
                return True
        return False
