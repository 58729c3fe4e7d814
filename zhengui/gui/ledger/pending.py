"""What was typed into a ledger's cells and is not in the file yet: on its way, or kept back by a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhengui.values.parse import Value


@dataclass(frozen=True, eq=False)
class TypedCell:
    """One cell as typed: its editor's state, what the table shows, its value, and what is wrong with it."""

    state: str
    text: str
    value: Value = None
    unread: str = ""
    wrong: str = ""

    @property
    def message(self) -> str:
        """What is wrong with it, empty while nothing is."""
        return self.unread or self.wrong


@dataclass
class Pending:
    """By record and field; `row_wrong` is what a rule says of the record where none of its typed cells is named."""

    cells: dict[int, dict[str, TypedCell]] = field(default_factory=dict)
    row_wrong: dict[int, str] = field(default_factory=dict)

    def typed(self, record: int, key: str) -> TypedCell | None:
        """What was typed into a cell."""
        return self.cells.get(record, {}).get(key)

    def message(self, record: int) -> str:
        """Why a record is kept back; empty for one that is not."""
        wrong = (typed.message for typed in self.cells.get(record, {}).values() if typed.message)
        return next(wrong, self.row_wrong.get(record, ""))

    def held(self) -> Iterator[int]:
        """The records that are kept back."""
        return (record for record in self.cells if self.message(record))

    def put(self, given: Mapping[int, Mapping[str, TypedCell]]) -> dict[int, dict[str, TypedCell]]:
        """Take what was typed; returns all that is pending of the same records."""
        for record, cells in given.items():
            self.row_wrong.pop(record, None)
            row = self.cells.setdefault(record, {})
            row |= {key: replace(typed, wrong="") for key, typed in row.items()}
            row |= cells
        return {record: dict(self.cells[record]) for record in given}

    def drop(self, record: int, sent: Mapping[str, TypedCell]) -> None:
        """Forget what was sent and written, unless something else was typed since."""
        row = self.cells.get(record, {})
        for key, typed in sent.items():
            if row.get(key) is typed:
                del row[key]
        if not row:
            self.cells.pop(record, None)
            self.row_wrong.pop(record, None)

    def blame(self, record: int, messages: Mapping[str, str]) -> None:
        """Note by field why a record can't be written."""
        row = self.cells.get(record)
        if row is None:
            return
        for key in row.keys() & messages.keys():
            row[key] = replace(row[key], wrong=messages[key])
        elsewhere = [text for key, text in messages.items() if key not in row]
        if elsewhere:
            self.row_wrong[record] = elsewhere[0]

    def give_up(self, record: int) -> None:
        """Forget what was typed into a record."""
        self.cells.pop(record, None)
        self.row_wrong.pop(record, None)
