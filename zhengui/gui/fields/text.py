"""Editors for a line of text and for text of several lines with its count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QPlainTextEdit, QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_editor import FieldEditor, LineEditor
from zhengui.values.lookup import NameLookup

#: A line as short as this fits half the form.
SHORT_TEXT = 30
_MIN_LINES, _MAX_LINES = 2, 8
#: Border, padding and the document's own margin, above and below.
_EDGES = 16
#: A long text with the length of a line has no limit worth showing (see `zhengui.values.check`).
_NO_LIMIT_OF_ITS_OWN = 200
#: A limit as small as this is told before the first character.
_TIGHT = 500


class TextEditor(LineEditor):
    """One line of text."""

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.wide = field.max_length > SHORT_TEXT
        if self.wide:
            self.line.setPlaceholderText(field.help)
        if field.known_in:
            self.line.setCompleter(self._names_of(field.known_in))

    def _names_of(self, ledger: str) -> QCompleter:
        """The names that another ledger has, offered as soon as a part of one is typed."""
        lookup = self.context.lookup
        names = list(lookup.names(ledger)) if isinstance(lookup, NameLookup) else []
        completer = QCompleter(names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        return completer

    def normalise(self) -> None:
        self.set_text(self.text().strip())


class LongTextEditor(FieldEditor):
    """Several lines; grows with the text. Enter goes on, Alt+Enter begins a new line, as in a workbook's cell."""

    wide = True

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.area = QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        self.area.setPlaceholderText(field.help)
        self.area.setToolTip("换行请按 Alt+回车")
        self.area.document().setDocumentMargin(2)
        self.area.textChanged.connect(self._text_changed)
        self.area.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._silent = False
        self.box.addWidget(self.area)
        self.watch(self.area)
        self._fit()
        self._count()

    def input(self) -> QWidget:
        return self.area

    def text(self) -> str:
        return self.area.toPlainText()

    def set_text(self, text: str) -> None:
        if text == self.text():
            return
        self._silent = True
        self.area.setPlainText(text)
        self._silent = False

    def normalise(self) -> None:
        self.set_text("\n".join(line.rstrip() for line in self.text().strip().split("\n")))

    def pressed(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.area.isReadOnly():
            self.area.insertPlainText("\n")
            self.area.ensureCursorVisible()
            return True
        return super().pressed(event)

    def set_read_only(self, read_only: bool) -> None:
        self.area.setReadOnly(read_only)
        self.show_look("calc" if read_only else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _text_changed(self) -> None:
        self._fit()
        self._count()
        if not self._silent:
            self.changed.emit()

    def _count(self) -> None:
        limit, count = self.field.max_length, len(self.text())
        own = f" / {limit}" if limit != _NO_LIMIT_OF_ITS_OWN else ""
        self.set_note(f"{count}{own} 字" if count or (limit <= _TIGHT and own) else "")

    def _fit(self) -> None:
        """As many lines as the text needs, between two and eight."""
        lines = round(self.area.document().size().height())  # this layout counts in lines
        shown = min(max(lines, _MIN_LINES), _MAX_LINES)
        always = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > _MAX_LINES
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.area.setVerticalScrollBarPolicy(always)
        self.area.setFixedHeight(shown * QFontMetrics(self.area.font()).lineSpacing() + _EDGES)
