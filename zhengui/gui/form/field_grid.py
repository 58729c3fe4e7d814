"""The fields of a form in columns: short ones side by side, long ones over the whole width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.registry import editor_for
from zhengui.gui.form.field_row import FieldRow

#: In two columns a single short field takes the line; in more it would grow out of proportion.
_NARROW = 2


class FieldGrid(QWidget):
    """Rows in the order of the fields; a short field before a long one takes what is left of its line."""

    def __init__(
        self, fields: Sequence[Field], context: EditorContext, columns: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self.rows = {field.key: FieldRow(field, editor_for(field, context)) for field in fields}
        self.set_columns(columns)

    def set_columns(self, columns: int) -> None:
        """Lay the rows out anew."""
        rows = list(self.rows.values())
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        line = column = 0
        for place, row in enumerate(rows):
            if column and (row.editor.wide or column >= columns):
                line, column = line + 1, 0
            following = rows[place + 1] if place + 1 < len(rows) else None
            alone = row.editor.wide or (following is not None and following.editor.wide)
            left_over = columns - column if columns == _NARROW else 1
            span = columns if row.editor.wide else left_over if alone or following is None else 1
            self._grid.addWidget(row, line, column, 1, span)
            column += span
