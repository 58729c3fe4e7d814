"""Counting and adding up selected cells, at once for a few and in the background for many."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.ledger.columns import Column
from zhengui.gui.ledger.model import Fetch
from zhengui.values.show import show_number
from zhengui.values.value import Value
from zhengui.work import Progress

Range = tuple[int, int, int, int]
#: Up to this many rows are read while the user waits; it takes a few milliseconds.
AT_ONCE = 1500
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Sums:
    """What the status bar tells about a selection."""

    rows: int
    cells: int
    numbers: int
    total: Decimal | None
    field: Field | None

    def words(self) -> str:
        """选中 12 格　数值 9　求和 60,410.00　平均 6,712.22."""
        if self.cells <= 1:
            return f"选中 {self.rows} 行" if self.rows else ""
        parts = [f"选中 {self.cells} 格", f"计数 {self.numbers}" if self.numbers else ""]
        if self.total is not None and self.numbers and self.field is not None:
            parts.append(f"求和 {_shown(self.field, self.total)}")
            parts.append(f"平均 {_shown(self.field, self.total / self.numbers, average=True)}")
        return "　".join(part for part in parts if part)


def _shown(field: Field, number: Decimal, average: bool = False) -> str:
    if field.type is FieldType.MONEY:
        return show_number(field, round(number))
    if average and number != number.to_integral_value():
        return f"{number:,.2f}"
    return show_number(field, int(number) if number == number.to_integral_value() else number)


def size_of(ranges: Sequence[Range]) -> tuple[int, int]:
    """How many rows and cells the ranges have."""
    rows = len(ranges) and sum(bottom - top + 1 for top, bottom, _l, _r in ranges)
    cells = sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in ranges)
    return rows, cells


def sums_of(
    ids: array[int],
    columns: Sequence[Column],
    ranges: Sequence[Range],
    fetch: Fetch,
    progress: Progress | None = None,
) -> Sums:
    """Count all cells; count and add up the numbers, where they are all of one kind."""
    rows, cells = size_of(ranges)
    numbers, total, kinds, done = 0, Decimal(0), {}, 0
    of_kinds: set[tuple[Value, ...]] = set()
    for top, bottom, left, right in ranges:
        wanted = [c for c in columns[left : right + 1] if c.is_number and c.field is not None]
        kinds.update({(c.field.type, c.field.unit, c.field.decimals): c.field for c in wanted if c.field})
        if not wanted:
            continue
        for start in range(top, bottom + 1, CHUNK):
            part = ids[start : min(bottom + 1, start + CHUNK)]
            for row in fetch(part, wanted):
                values = [v for c in wanted if (v := row.values.get(c.key)) is not None]
                of_kinds.update(_kind_of(c.field, row.values) for c in wanted if c.field and c.field.total_by)
                numbers += len(values)
                total += sum(map(_exact, values), Decimal(0))
            done += len(part)
            if progress is not None:
                progress(done, rows)
    one_kind = len(kinds) == 1 and len(of_kinds) <= 1
    field = next(iter(kinds.values())) if one_kind else None
    return Sums(rows, cells, numbers, total if one_kind else None, field)


def _kind_of(field: Field, values: Mapping[str, Value]) -> tuple[Value, ...]:
    """What tells a number of a column from the others: tons aren't added to ditches."""
    return tuple(values.get(name) for name in field.total_by)


def _exact(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value)


def block_of(
    ids: array[int],
    columns: Sequence[Column],
    ranges: Sequence[Range],
    fetch: Fetch,
    progress: Progress | None = None,
) -> list[list[str]]:
    """The selected cells row by row, with headings unless it is a single cell."""
    chosen = sorted({n for _t, _b, left, right in ranges for n in range(left, right + 1)})
    wanted = [columns[n] for n in chosen]
    rows = sorted({(top, bottom) for top, bottom, _l, _r in ranges})
    single = len(wanted) == 1 and len(rows) == 1 and rows[0][0] == rows[0][1]
    lines = [] if single else [[c.heading for c in wanted]]
    count, done = sum(bottom - top + 1 for top, bottom in rows), 0
    for top, bottom in rows:
        for start in range(top, bottom + 1, CHUNK):
            part = ids[start : min(bottom + 1, start + CHUNK)]
            lines.extend([row.texts.get(c.key, "") for c in wanted] for row in fetch(part, wanted))
            done += len(part)
            if progress is not None:
                progress(done, count)
    return lines
