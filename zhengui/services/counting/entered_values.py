"""Values of earlier years entered by hand: one by one, or pasted from a sheet of indicators and years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from zhengui.catalogue.model import Indicator
from zhengui.problem import Problem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import entered
from zhengui.storage.records.entered import Entered

#: The first year that an office may have a value of.
FIRST_YEAR = 1949


class NotEntered(Problem, ValueError):
    """Why a value can't be entered, in words."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Values that were entered together, with what stood there before, so that one call takes them back."""

    values: tuple[Entered, ...]
    before: tuple[Entered, ...]


@reads
def entered_values(reading: Reading) -> list[Entered]:
    """All values that were entered, by indicator, year and village."""
    return entered.find(reading.conn, reading.tables)


@writes(Right.ENTER)
def enter(
    writing: Writing,
    indicator: str,
    year: int,
    value: Decimal,
    document: str,
    dated: date | None = None,
    village: int | None = None,
) -> Kept:
    """Keep one value; raises NotEntered."""
    at = datetime.now()
    return _keep(
        writing, [Entered(indicator, year, village, value, document.strip(), dated, writing.operator, at)]
    )


@writes(Right.ENTER)
def paste(
    writing: Writing,
    rows: Sequence[Sequence[str]],
    document: str,
    dated: date | None = None,
    village: int | None = None,
) -> Kept:
    """Keep a sheet: years in its first row, indicators by title or key in its first column, values where they meet.

    Empty cells are left out. All are kept or none; raises NotEntered with the row and column of the first that can't.
    """
    years = _years(rows[0] if rows else ())
    at, found = datetime.now(), []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        indicator = _indicator(writing, row[0].strip(), number)
        for place, year in years.items():
            text = row[place].strip() if place < len(row) else ""
            if text:
                value = _value(text, f"第 {number} 行 {year} 年")
                found.append(
                    Entered(
                        indicator.key, year, village, value, document.strip(), dated, writing.operator, at
                    )
                )
    if not found:
        raise NotEntered("没有读到数。请把年份写在第一行，指标名称写在第一列。")
    return _keep(writing, found)


def can_be_entered(indicator: Indicator) -> bool:
    """Whether a value of an earlier year means anything for a figure: it is counted, and it is no date."""
    return indicator.measure is not None and indicator.display.style not in ("month", "day")


@writes(Right.ENTER)
def enter_cells(
    writing: Writing,
    cells: Mapping[tuple[str, int], str],
    document: str,
    dated: date | None = None,
    village: int | None = None,
) -> Kept:
    """Keep what was typed beside indicators and years, as (indicator, year): text; an emptied cell forgets its value.

    All are kept or none; raises NotEntered, which says of which cell.
    """
    at, found = datetime.now(), []
    for (key, year), text in cells.items():
        if text.strip():
            title = writing.catalogue.indicators[key].title
            value = _value(text.strip(), f"“{title}”{year} 年")
            found.append(Entered(key, year, village, value, document.strip(), dated, writing.operator, at))
    for each in found:
        _check(writing, each)
    before = _standing(writing, [(key, year, village) for key, year in cells])
    for key, year in cells:
        entered.remove(writing.conn, writing.tables, key, year, village)
    entered.put(writing.conn, writing.tables, found)
    return Kept(tuple(found), before)


@reads
def cells_of(reading: Reading, rows: Sequence[Sequence[str]]) -> dict[tuple[str, int], str]:
    """What a pasted sheet says, as (indicator, year): text, to be looked at before it is kept; raises NotEntered."""
    years = _years(rows[0] if rows else ())
    found: dict[tuple[str, int], str] = {}
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            indicator = _indicator(reading, row[0].strip(), number)
            told = ((place, year) for place, year in years.items() if place < len(row))
            found |= {(indicator.key, year): row[place].strip() for place, year in told if row[place].strip()}
    if not found:
        raise NotEntered("没有读到数。请把年份写在第一行，指标名称写在第一列。")
    return found


@writes(Right.ENTER)
def take_back(writing: Writing, kept: Kept) -> None:
    """Forget what was entered, and put back what stood there."""
    for each in kept.values:
        entered.remove(writing.conn, writing.tables, each.indicator, each.year, each.village)
    entered.put(writing.conn, writing.tables, kept.before)


@writes(Right.ENTER)
def forget(writing: Writing, indicator: str, year: int, village: int | None = None) -> Kept:
    """Remove a value that was entered."""
    stood = _standing(writing, [(indicator, year, village)])
    entered.remove(writing.conn, writing.tables, indicator, year, village)
    return Kept((), stood)


def _keep(writing: Writing, values: Sequence[Entered]) -> Kept:
    for each in values:
        _check(writing, each)
    before = _standing(writing, [(each.indicator, each.year, each.village) for each in values])
    entered.put(writing.conn, writing.tables, values)
    return Kept(tuple(values), before)


def _standing(writing: Writing, places: Iterable[tuple[str, int, int | None]]) -> tuple[Entered, ...]:
    wanted = set(places)
    found = entered.find(writing.conn, writing.tables)
    return tuple(each for each in found if (each.indicator, each.year, each.village) in wanted)


def _check(reading: Reading, value: Entered) -> None:
    indicator = reading.catalogue.indicators.get(value.indicator)
    if indicator is None or indicator.measure is None:
        raise NotEntered("没有这个指标，或者它不是从台账算出来的。请从指标名称里选。")
    if not can_be_entered(indicator):
        raise NotEntered(f"“{indicator.title}”是日期，不用录入以前年度的数。")
    if not FIRST_YEAR <= value.year < reading.today.year:
        raise NotEntered(f"只能录入以前年度的数，{value.year} 年的由台账算出。")
    retired = indicator.life.retired
    if retired is not None and value.year >= retired:
        raise NotEntered(f"“{indicator.title}”从 {retired} 年起停用，不用录入 {value.year} 年的数。")
    if not value.document:
        raise NotEntered("请写明这个数出自哪份文件，例如 2020年工作总结。")
    if value.value < 0 and indicator.display.style == "percent":
        raise NotEntered(f"“{indicator.title}”不能小于 0。")
    if value.village is not None and not reading.catalogue.ledgers[indicator.measure.ledger].village:
        raise NotEntered(reading.speech(f"“{indicator.title}”不分村（居），请录入全镇的数。"))


def _years(header: Sequence[str]) -> dict[int, int]:
    """The years of a sheet's first row by column."""
    found = {}
    for place, cell in enumerate(header):
        text = cell.strip().removesuffix("年")
        if place and text.isdigit() and len(text) == 4:
            found[place] = int(text)
    if not found:
        raise NotEntered("第一行里没有年份。请从第二列起写年份，例如 2019、2020。")
    return found


def _indicator(reading: Reading, name: str, row: int) -> Indicator:
    bare = name.partition("（")[0]
    for indicator in reading.catalogue.indicators.values():
        if name in (indicator.key, indicator.title, indicator.short) or bare == indicator.title:
            return indicator
    raise NotEntered(f"第 {row} 行：没有叫“{name}”的指标，请照指标的名称写。")


def _value(text: str, where: str) -> Decimal:
    plain = text.replace(",", "").replace("，", "").removesuffix("%")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise NotEntered(f"{where}：“{text}”不是数，请只写数字。")
    return value
