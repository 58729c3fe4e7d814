"""Fill a form from the records: for a period and villages, cell by cell, each value traced to where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Field, FieldType, Indicator, Ledger
from zhengui.catalogue.path import dotted
from zhengui.exchange.cell_codes import column_number
from zhengui.exchange.form_fill import CellValue
from zhengui.exchange.sheet_grid import Place, SheetGrid, block_of, place_name
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.figures.units import MONEY_UNITS
from zhengui.services.counting.compute_figures import Villages, compute, compute_by_village
from zhengui.services.county_forms.keep_forms import NUMBER, book_of, marks_of
from zhengui.services.entry.export_workbook import NamedRecords, Names
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import record as records
from zhengui.storage.writing.county_forms import FormMark
from zhengui.values.lookup import exact
from zhengui.values.show import show

#: Words in the column of names that stand for the whole township.
_WHOLE = frozenset({"合计", "总计", "全镇", "全乡", "全街道", "本镇", "共计"})
_SCALES = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class CellSource:
    """Where a filled cell comes from: a figure with its period and villages, or a record of a ledger."""

    figure: str = ""
    period: Period | None = None
    villages: Villages = ()
    ledger: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class Short:
    """A ledger that has more records than a form has rows for them."""

    title: str
    count: int
    room: int

    @property
    def parts(self) -> int:
        """How many copies of the form hold all of them."""
        return -(-self.count // self.room)


@dataclass
class Filled:
    """A form's values by sheet and place, their sources, and what could not be filled, in sentences.

    `personal` are the titles of the fields whose values stand in it unmasked, `short` the ledgers that don't fit
    in, `files` where it was written: to several where it was continued.
    """

    cells: dict[str, dict[Place, CellValue]] = field(default_factory=dict)
    sources: dict[tuple[str, Place], CellSource] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    @property
    def parts(self) -> int:
        """How many copies of the form hold all records."""
        return max((each.parts for each in self.short), default=1)

    @property
    def count(self) -> int:
        """How many cells got a value."""
        return sum(value is not None for cells in self.cells.values() for value in cells.values())

    def put(self, sheet: str, place: Place, value: CellValue, source: CellSource | None = None) -> None:
        """Fill a cell."""
        self.cells.setdefault(sheet, {})[place] = value
        if source is not None:
            self.sources[sheet, place] = source


@reads
def fill(
    reading: Reading,
    form: int,
    period: Period,
    villages: Villages = (),
    personal: bool = False,
    part: int = 1,
) -> Filled:
    """What the marked cells of a form hold for a period and villages (none: all).

    Unknown figures stay empty and are told. Personal data are whole only where their column was marked so and
    `personal` is asked for. Of records that have no room, `part` 2 holds those that come after the first copy.
    """
    marks, book = marks_of(reading, form), book_of(reading, form)
    grids = {sheet: book.grid(sheet) for sheet in {mark.sheet for mark in marks}}
    filler = _Filler(reading, period, villages, personal, grids, part)
    for kind, deed in (
        ("words", filler.words),
        ("figure", filler.figures),
        ("villages", filler.by_village),
        ("column", filler.columns),
    ):
        deed([mark for mark in marks if mark.kind == kind])
    if not marks:
        filler.filled.remarks.append("这张表样还没有对应任何一格。请先打开表样，选中要填的格，说明填什么。")
    return filler.filled


def no_room(short: Short) -> str:
    """What is said where a form has no room for all records."""
    return (
        f"“{short.title}”有 {short.count} 条，表里只留了 {short.room} 行，后面的没有填。"
        f"可以接着填，存成 {short.parts} 份；或者在表里加几行，再更换表样的文件，或者缩小时段。"
    )


def span_of(mark: FormMark, period: Period) -> Period:
    """The time that a mark is about, where the form is filled for a period."""
    if mark.span == "to_date":
        return Period(date(period.end.year, 1, 1), period.end)
    return period.previous() if mark.span == "before" else period


def blocks_of(
    reading: Reading, marks: Sequence[FormMark]
) -> Iterator[tuple[Ledger, list[FormMark], int, int]]:
    """The columns of one ledger that stand side by side, with their first and last row."""
    groups: dict[tuple[str, str, int, int], list[FormMark]] = {}
    for mark in marks:
        if mark.kind == "column":
            top, _left, bottom, _right = block_of(mark.place)
            groups.setdefault((mark.sheet, dotted(mark.of).first, top, bottom), []).append(mark)
    for (_sheet, ledger, top, bottom), group in groups.items():
        yield reading.catalogue.ledgers[ledger], group, top, bottom


def ids_of(reading: Reading, ledger: Ledger, period: Period, villages: Villages) -> Sequence[int]:
    """The records of a ledger in a period and villages, in the order in which a form takes them."""
    sort = ledger.period[0] if ledger.period else ""
    span = period if ledger.period else None
    chosen = Selection(ledger.key, span, villages, sort=sort, today=reading.today)
    return browse.ids_of(reading.conn, reading.tables, chosen)


class _Filler:
    """Fills kind after kind."""

    def __init__(
        self,
        reading: Reading,
        period: Period,
        villages: Villages,
        personal: bool,
        grids: dict[str, SheetGrid],
        part: int,
    ) -> None:
        self.filled = Filled()
        self._reading, self._period, self._villages = reading, period, villages
        self._personal, self._grids, self._part = personal, grids, part
        self._names = NamedRecords(reading)

    def words(self, marks: Sequence[FormMark]) -> None:
        """Period, office, day."""
        profile, period = self._reading.profile(), self._period
        names = Names(self._reading, "village") if self._villages else None
        known: dict[str, CellValue] = {
            "period": period.title,
            "year": period.end.year,
            "month": period.end.month,
            "today": self._reading.today,
            "office": profile.office,
            "township": profile.name,
            "villages": "、".join(names[each] for each in self._villages) if names else profile.name,
            "operator": self._reading.operator,
        }
        for mark in marks:
            self._put(mark, block_of(mark.place)[:2], known[mark.of])

    def figures(self, marks: Sequence[FormMark]) -> None:
        """One figure in one cell."""
        groups: dict[tuple[Period, Villages], list[FormMark]] = {}
        for mark in marks:
            villages = (mark.village,) if mark.village is not None else self._villages
            groups.setdefault((span_of(mark, self._period), villages), []).append(mark)
        for (period, villages), group in groups.items():
            found = compute(self._reading, period, villages, {mark.of for mark in group})
            for mark in group:
                self._put_figure(mark, block_of(mark.place)[:2], found[mark.of], period, villages)

    def by_village(self, marks: Sequence[FormMark]) -> None:
        """A column of figures, for each row that of the village named there."""
        rows = {mark: list(self._villages_in(mark)) for mark in marks}
        groups: dict[Period, list[FormMark]] = {}
        for mark in marks:
            groups.setdefault(span_of(mark, self._period), []).append(mark)
        for period, group in groups.items():
            wanted = tuple({village for mark in group for _row, village in rows[mark] if village})
            keys = {mark.of for mark in group}
            each = compute_by_village(self._reading, period, wanted, keys) if wanted else {}
            whole = compute(self._reading, period, self._villages, keys)
            for mark in group:
                column = block_of(mark.place)[1]
                for row, village in rows[mark]:
                    figures = each[village] if village else whole
                    scope = (village,) if village else self._villages
                    self._put_figure(mark, (row, column), figures[mark.of], period, scope)

    def _villages_in(self, mark: FormMark) -> Iterator[tuple[int, int]]:
        """The rows of a mark with the village named in each, 0 for the whole township."""
        grid, lookup = self._grids[mark.sheet], self._reading.lookup()
        top, left, bottom, _right = block_of(mark.place)
        names = column_number(mark.names.strip().upper())
        for row in range(top, bottom + 1):
            here = grid.cells.get((row, left))
            named = grid.cells.get(grid.first_of((row, names)))
            text = "".join(named.text.split()) if named else ""
            if not text or (here is not None and here.formula):
                continue
            found = exact(text, lookup.find("village", text))
            if text in _WHOLE or text == self._reading.profile().name:
                yield row, 0
            elif len(found) == 1:
                if not self._villages or found[0][0] in self._villages:
                    yield row, found[0][0]
            else:
                self.filled.remarks.append(
                    f"{mark.names}{row} 的“{text}”不是登记过的村（居），这一行没有填。"
                )

    def columns(self, marks: Sequence[FormMark]) -> None:
        """Columns of a ledger, one record a row."""
        for ledger, group, top, bottom in blocks_of(self._reading, marks):
            self._fill_block(ledger, group, top, bottom)

    def _fill_block(self, ledger: Ledger, marks: Sequence[FormMark], top: int, bottom: int) -> None:
        reading = self._reading
        ids = ids_of(reading, ledger, span_of(marks[0], self._period), self._villages)
        room = bottom - top + 1
        if len(ids) > room:
            short = Short(ledger.title, len(ids), room)
            self.filled.short.append(short)
            self.filled.remarks.append(no_room(short))
        before = (self._part - 1) * room
        found = records.fetch(reading.conn, reading.tables, ledger.key, ids[before : before + room])
        for number in range(room):
            record = found[number] if number < len(found) else None
            for mark in marks:
                place = (top + number, block_of(mark.place)[1])
                self._put_record(ledger, mark, place, before + number + 1, record)

    def _put_record(self, ledger: Ledger, mark: FormMark, place: Place, number: int, record: Any) -> None:
        if record is None:
            self.filled.put(mark.sheet, place, None)
            return
        key = dotted(mark.of).then
        source = CellSource(ledger=ledger.key, record=record.id)
        if key == NUMBER:
            self._put(mark, place, number, source)
            return
        self._put(mark, place, self._value(ledger[key], record.values.get(key), mark), source)

    def _value(self, field: Field, value: Any, mark: FormMark) -> CellValue:
        if value is None:
            return None
        if field.personal:
            whole = self._personal and not mark.masked
            if whole:
                self.filled.personal.append(field.title)
            return show(field, value, masked=not whole)
        if field.register:
            return self._names.of(field)[value]
        if field.type is FieldType.MONEY:
            return self._number(Decimal(int(value)) / MONEY_UNITS[mark.unit or "元"], mark)
        if isinstance(value, bool):
            return "是" if value else "否"
        if field.type is FieldType.MONTH:
            return f"{value // 100}年{value % 100}月"
        if isinstance(value, int | Decimal):
            return self._number(Decimal(value) / _SCALES.get(mark.unit, 1), mark)
        return "、".join(map(str, value)) if isinstance(value, tuple) else value

    def _put_figure(
        self, mark: FormMark, place: Place, figure: Figure, period: Period, villages: Villages
    ) -> None:
        indicator = self._reading.catalogue.indicators[mark.of]
        source = CellSource(figure=mark.of, period=period, villages=villages)
        if figure.value is None:
            where = f"{mark.sheet} {place_name(place)}"
            self.filled.remarks.append(f"{where} “{indicator.title}”还不知道：{figure.reason}。这一格空着。")
            self.filled.put(mark.sheet, place, None, source)
            return
        self._put(mark, place, self._in_unit(indicator, Decimal(figure.value), mark, place), source)

    def _in_unit(self, indicator: Indicator, value: Decimal, mark: FormMark, place: Place) -> Decimal:
        if mark.unit in MONEY_UNITS and indicator.unit in MONEY_UNITS:
            value = value * MONEY_UNITS[indicator.unit] / MONEY_UNITS[mark.unit]
        elif mark.unit in _SCALES:
            value = value / _SCALES[mark.unit]
        cell = self._grids[mark.sheet].cells.get(place)
        if indicator.display.style == "percent" and cell is not None and cell.look.kind == "percent":
            return self._number(value, mark) / 100  # the cell itself shows it as a share
        return self._number(value, mark)

    def _number(self, value: Decimal, mark: FormMark) -> Decimal:
        if mark.decimals >= 0:
            return value.quantize(Decimal(1).scaleb(-mark.decimals), ROUND_HALF_UP)
        return round(value, 10).normalize() if value != value.to_integral_value() else Decimal(int(value))

    def _put(self, mark: FormMark, place: Place, value: CellValue, source: CellSource | None = None) -> None:
        grid = self._grids[mark.sheet]
        place = grid.first_of(place)
        if isinstance(value, date):
            value = _dated(value, mark, grid, place)
        if mark.piece == "characters" and value is not None:
            text = f"{value:f}" if isinstance(value, Decimal) else str(value)
            for character in text:
                self.filled.put(mark.sheet, place, character, source)
                place = _right_of(grid, place)
            return
        self.filled.put(mark.sheet, place, value, source)


def _dated(day: date, mark: FormMark, grid: SheetGrid, place: Place) -> CellValue:
    """A day as the form wants it: a part of it, in a style, or a real date where the cell shows dates."""
    if mark.piece in ("year", "month", "day"):
        return int(getattr(day, mark.piece))
    styles = {
        "-": day.isoformat(),
        ".": f"{day.year}.{day.month}.{day.day}",
        "年月日": f"{day.year}年{day.month}月{day.day}日",
        "8": f"{day:%Y%m%d}",
        "年月": f"{day.year}年{day.month}月",
    }
    if mark.date_style in styles:
        return styles[mark.date_style]
    cell = grid.cells.get(place)
    return day if cell is not None and cell.look.kind == "date" else day.isoformat()


def _right_of(grid: SheetGrid, place: Place) -> Place:
    """The cell at the right, behind merged ones."""
    for top, left, bottom, right in grid.merges:
        if top <= place[0] <= bottom and left <= place[1] <= right:
            return place[0], right + 1
    return place[0], place[1] + 1
