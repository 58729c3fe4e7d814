"""The values of a record as they stand in its form, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhengui.gui.form.field_row import FieldRow
from zhengui.values.parse import Value, ValueMistake


class TypedValues(Mapping[str, Value]):
    """What stands in the rows; a field that can't be read, or is being read just now, holds nothing.

    Reading one field may ask for another, and that for the first again: who is asked while answering is passed over.
    """

    def __init__(self, rows: Mapping[str, FieldRow]) -> None:
        self._rows = rows
        self._asked: set[str] = set()

    def __getitem__(self, key: str) -> Value:
        row = self._rows[key]
        if key in self._asked:
            return None
        self._asked.add(key)
        try:
            return row.editor.value()
        except ValueMistake:
            return None
        finally:
            self._asked.discard(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
