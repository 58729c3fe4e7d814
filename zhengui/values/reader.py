"""The one reader of what is typed, pasted, imported or given to a command, with one working year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhengui.catalogue.model import Field
from zhengui.values.cells import Cell, cell_text
from zhengui.values.lookup import Lookup
from zhengui.values.parse import parse
from zhengui.values.value import Beside, Value


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts and cells as values; `year` is the working year.

    Both ways raise ValueMistake with a sentence, and RowNeeded where only the rest of the record, `beside`, could
    tell what is meant and it was not given.
    """

    lookup: Lookup
    today: date
    year: int

    def text(self, field: Field, text: str, beside: Beside | None = None) -> Value:
        """The value of a text."""
        return parse(field, text, self.lookup, self.today, self.year, beside)

    def cell(self, field: Field, cell: Cell, beside: Beside | None = None) -> Value:
        """The value of a workbook's cell: text, number, date, truth value, Percentage or Fault."""
        return parse(field, cell_text(field, cell), self.lookup, self.today, self.year, beside)
