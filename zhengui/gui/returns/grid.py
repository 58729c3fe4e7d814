"""What a matrix shows, as values: rows, columns, cells with their kind and words, and totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhengui.catalogue.model import Area, Ledger
from zhengui.services.returns.report_status import MonthCell, Status, VillageMonths

#: How a cell looks: blue, white with 零, red 未报, empty, grey 未报 where nothing is owed, blue without a number.
REPORTED, ZERO, MISSING, NOT_DUE, QUIET, FULL, LATE, NONE = (
    "reported",
    "zero",
    "missing",
    "not_due",
    "quiet",
    "full",
    "late",
    "none",
)
ZERO_WORD, MISSING_WORD = "零", "未报"
MONTHS = tuple(f"{month}月" for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class ReturnsCell:
    """One cell: its kind, what stands in it, a corner where it was late, and what a screen reader says."""

    kind: str
    text: str = ""
    late: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: what it stands for, its name, its cells, and the words of the columns after them."""

    key: str
    name: str
    cells: tuple[ReturnsCell, ...]
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnsGrid:
    """A matrix: the heading of its names, its columns with keys, the columns at the end, rows and totals.

    `totals` are two lines for each column and each end: the sum, and what it lacks.
    """

    corner: str
    columns: tuple[tuple[str, str], ...]
    ends: tuple[str, ...]
    rows: tuple[GridRow, ...]
    totals: tuple[tuple[str, str], ...] = ()


EMPTY = ReturnsGrid("", (), (), ())


def village_grid(status: Status, ledger: Ledger, wanted: bool, villages: Iterable[int] = ()) -> ReturnsGrid:
    """村（居）× 月 of one ledger."""
    rows = shown_rows(status, villages)
    columns = tuple((str(month), title) for month, title in enumerate(MONTHS, 1))
    shown = tuple(
        GridRow(
            str(row.village),
            row.name,
            tuple(_village_cell(cell, ledger, wanted) for cell in row.cells),
            _ends(row, wanted),
        )
        for row in rows
    )
    totals = [_month_total(rows, place) for place in range(12)]
    whole = sum(cell.count for row in rows for cell in row.cells)
    gaps = sum(cell.state == "missing" for row in rows for cell in row.cells)
    late = sum(cell.late for row in rows for cell in row.cells)
    ends = [(str(whole), ""), (_or_dash(gaps, wanted), ""), (_or_dash(late, wanted), "")]
    return ReturnsGrid("村（居）", columns, ("本年合计", "未报", "迟报"), shown, (*totals, *ends))


def shown_rows(status: Status, villages: Iterable[int]) -> list[VillageMonths]:
    """The rows of the chosen villages; all without a choice, and the township's own always."""
    chosen = set(villages)
    return [row for row in status.rows if not chosen or row.village in chosen or row.village == 0]


def _village_cell(cell: MonthCell, ledger: Ledger, wanted: bool) -> ReturnsCell:
    late = cell.late and wanted
    at = f"，{cell.at.month}月{cell.at.day}日报" if cell.at is not None and wanted else ""
    tail = f"{at}{'，迟报' if late else ''}"
    if cell.state == "reported":
        return ReturnsCell(REPORTED, str(cell.count), late, f"已报 {cell.count} {ledger.measure_word}{tail}")
    if cell.state == "zero":
        return ReturnsCell(ZERO, ZERO_WORD, late, f"零报告{tail}")
    if cell.state == "missing":
        return ReturnsCell(MISSING if wanted else QUIET, MISSING_WORD, False, "未报，有没有还不知道")
    if cell.state == "not_owed":
        return ReturnsCell(NONE, "", False, "不用报送：还没有开始报送，或者村（居）当时不在")
    return ReturnsCell(NOT_DUE, "", False, "未到报送期")


def _ends(row: VillageMonths, wanted: bool) -> tuple[str, ...]:
    gaps = sum(cell.state == "missing" for cell in row.cells)
    late = sum(cell.late for cell in row.cells)
    return str(sum(cell.count for cell in row.cells)), _or_dash(gaps, wanted), _or_dash(late, wanted)


def _or_dash(count: int, wanted: bool) -> str:
    return str(count) if count and wanted else "—"


def _month_total(rows: Sequence[VillageMonths], place: int) -> tuple[str, str]:
    cells = [row.cells[place] for row in rows]
    gaps = sum(cell.state == "missing" for cell in cells)
    known = any(cell.state in ("reported", "zero") for cell in cells)
    total = str(sum(cell.count for cell in cells)) if known else "—"
    return total, f"未报 {gaps}" if gaps else ""


def area_grid(
    areas: Sequence[tuple[Area, Sequence[Ledger]]],
    statuses: Mapping[str, Status],
    villages: Iterable[int] = (),
) -> ReturnsGrid:
    """领域 × 月: in how many villages something of the area is owed or was late."""
    chosen = tuple(villages)
    columns = tuple((str(month), title) for month, title in enumerate(MONTHS, 1))
    rows = []
    for area, ledgers in areas:
        wanted = [statuses[ledger.key] for ledger in ledgers if ledger.key in statuses]
        by_month = [[_at(status, place, chosen) for status in wanted] for place in range(12)]
        cells = tuple(_sum_cell([cell for cells in month for cell in cells], "村") for month in by_month)
        rows.append(GridRow(area.key, area.short, cells, (str(len(wanted) or "—"),)))
    return ReturnsGrid("领域", columns, ("按月报送的台账",), tuple(rows))


def village_area_grid(
    areas: Sequence[tuple[Area, Sequence[Ledger]]],
    statuses: Mapping[str, Status],
    villages: Iterable[int] = (),
) -> ReturnsGrid:
    """村（居）× 领域: how many months of the area's ledgers a village owes or had late."""
    chosen = tuple(villages)
    order: dict[int, str] = {}
    for status in statuses.values():
        for row in shown_rows(status, chosen):
            order.setdefault(row.village, row.name)
    areas = [(area, found) for area, found in areas if any(each.key in statuses for each in found)]
    columns = tuple((area.key, area.short) for area, _ledgers in areas)
    rows = []
    for village, name in order.items():
        cells = []
        for _area, ledgers in areas:
            wanted = [statuses[ledger.key] for ledger in ledgers if ledger.key in statuses]
            found = [c for s in wanted for row in s.rows if row.village == village for c in row.cells]
            cells.append(_sum_cell([(village, cell, number) for number, cell in enumerate(found)], "个月"))
        gaps = sum(int(cell.text) for cell in cells if cell.kind == MISSING)
        rows.append(GridRow(str(village), name, tuple(cells), (_or_dash(gaps, True),)))
    return ReturnsGrid("村（居）", columns, ("未报",), tuple(rows))


def _at(status: Status, place: int, villages: tuple[int, ...]) -> list[tuple[int, MonthCell, int]]:
    """The cells of a month with their village; villages, not ledgers, are counted."""
    return [(row.village, row.cells[place], row.village) for row in shown_rows(status, villages)]


def _sum_cell(found: Sequence[tuple[int, MonthCell, int]], unit: str) -> ReturnsCell:
    """Several cells as one; each is counted once by its last part."""
    if not found:
        return ReturnsCell(NONE, "", False, "没有要求按月报送的台账")
    missing = {what for _village, cell, what in found if cell.state == "missing"}
    if missing:
        return ReturnsCell(MISSING, str(len(missing)), False, f"{len(missing)} {unit}未报")
    late = {what for _village, cell, what in found if cell.late}
    if late:
        return ReturnsCell(LATE, str(len(late)), False, f"都已报送，{len(late)} {unit}迟报")
    if all(cell.state == "not_owed" for _village, cell, _what in found):
        return ReturnsCell(NONE, "", False, "不用报送")
    if all(cell.state in ("not_due", "not_owed") for _village, cell, _what in found):
        return ReturnsCell(NOT_DUE, "", False, "未到报送期")
    return ReturnsCell(FULL, "", False, "到期的都已报送")
