"""What is known and wished of rows before they become records: wishes, rows with what will happen to them, a preview."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.exchange.column_matches import ColumnMatch
from zhengui.exchange.convert import RowMistake
from zhengui.values.show import mask_id_number, mask_phone
from zhengui.values.value import Value

#: Shorter numbers tell nothing.
_MASKED = 7
_PEOPLE = re.compile(r"\d{17}[\dXx]|1[3-9]\d{9}")
#: Stands for a bad value whose rows are to stay out.
LEAVE = "\0leave"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the rows are to be taken.

    `columns` are field keys by column title, "" for a column that stays out; other columns are matched by the
    program. `values` are, by field key and by what stands in a cell, what is to be read instead, or LEAVE. `fixed`
    are texts for fields without a column. `update` changes records that are there; otherwise their rows are refused.
    `fill` fills merged texts down, `hidden` takes hidden rows, `again` takes rows that are there already in every
    field. `year` completes days without one.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    update: bool = True
    fill: bool = True
    hidden: bool = True
    again: bool = False
    year: int | None = None


class RowDeed(StrEnum):
    """What will become of a row."""

    ADD = "新增"
    UPDATE = "更新"
    SAME = "相同，不动"
    LEFT = "不导入"
    REFUSED = "不能导入"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row of a sheet and what will become of it.

    `values` are those of the row by field key, `record` and `version` the record it updates or equals, `changes`
    what differs there, before and after. `why` says in words why a row stays out.
    """

    sheet: str
    row: int
    deed: RowDeed
    values: Mapping[str, Value]
    record: int = 0
    version: int = 0
    changes: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)
    mistakes: tuple[RowMistake, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class BadValue:
    """One text of one column that can't be read, with its rows; `lost` where no other text can mend it.

    `suggestion` is what was probably meant, or empty.
    """

    field: Field
    text: str
    rows: tuple[tuple[str, int], ...]
    message: str
    suggestion: str = ""
    lost: bool = False

    @property
    def shown(self) -> str:
        """The text as the screen shows it: numbers of people masked."""
        if not self.field.personal or len(self.text) < _MASKED:
            return self.text
        return mask_id_number(self.text) if self.field.type is FieldType.ID_NUMBER else mask_phone(self.text)


def shown_examples(match: ColumnMatch) -> str:
    """Some cells of a column, with what looks like numbers of people masked."""
    return "　".join(_PEOPLE.sub(lambda found: mask_id_number(found[0]), each) for each in match.examples)


@dataclass(frozen=True)
class ImportPreview:
    """What an import will do, before anything of it is done.

    `lacking` are required fields without a column, `unused` columns and `other_sheets` sheets that are not read.
    `versions` are the ledger versions that it was made from.
    """

    ledger: Ledger
    columns: tuple[ColumnMatch, ...]
    rows: tuple[RowPlan, ...]
    bad_values: tuple[BadValue, ...]
    lacking: tuple[Field, ...]
    unused: tuple[str, ...]
    other_sheets: tuple[str, ...]
    remarks: tuple[str, ...]
    titles_above: int
    versions: Mapping[str, int]
    wishes: Wishes

    def count(self, deed: RowDeed) -> int:
        """How many rows this will become of."""
        return sum(row.deed is deed for row in self.rows)

    def of(self, *deeds: RowDeed) -> list[RowPlan]:
        """The rows with one of the deeds."""
        return [row for row in self.rows if row.deed in deeds]

    @property
    def changes_anything(self) -> bool:
        """Whether a record will be added or changed."""
        return any(row.deed in (RowDeed.ADD, RowDeed.UPDATE) for row in self.rows)
