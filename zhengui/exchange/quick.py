"""Short ways from a workbook's cell to a value, for cells that are plainly right: speed for the many."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Field, FieldType
from zhengui.values.cells import Cell
from zhengui.values.check import length_limit
from zhengui.values.clean import is_clean
from zhengui.values.identity import check_digit_of_whole
from zhengui.values.parse import Value

#: From a cell to a value.
Way = Callable[[Cell], Value]

_ID_NUMBER = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LARGEST = 1e12
#: Texts that a formula or a number that was too long may have left behind.
_SUSPECT = re.compile(r"\A\s*#|E\+1\d\s*\Z", re.IGNORECASE)


def quick_way(field: Field, today: date, long_way: Way) -> Way:
    """The short way for a field; it hands every cell that is not plainly right to the long way.

    It never accepts what the form would refuse: what it answers itself would pass `check_field`.
    """
    make = _MAKERS.get(field.type)
    return make(field, today, long_way) if make is not None else long_way


def _text(field: Field, today: date, long_way: Way) -> Way:
    limit = length_limit(field)
    plainly = _is_name if field.name else _is_text

    def way(cell: Cell) -> Value:
        if type(cell) is str and len(cell) <= limit and plainly(cell):
            return cell.strip() or long_way("")
        return long_way(cell)

    return way


def _is_text(cell: str) -> bool:
    """Whether nothing has to be cleaned out of a text but the blanks around it."""
    return is_clean(cell) and not _SUSPECT.search(cell)


def _is_name(cell: str) -> bool:
    """The same for a name, which has neither blanks nor dots that may have to go."""
    return cell.isalnum()


def _id_number(field: Field, today: date, long_way: Way) -> Way:
    calc_check_digit = check_digit_of_whole()
    shape = _ID_NUMBER.fullmatch

    def way(cell: Cell) -> Value:
        if type(cell) is not str or shape(cell) is None or cell[17] != calc_check_digit(cell):
            return long_way(cell)
        # Days that every month has are right without asking the calendar.
        sound = "1900" <= cell[6:10] <= "2100" and "01" <= cell[10:12] <= "12" and "01" <= cell[12:14] <= "28"
        return cell if sound else long_way(cell)

    return way


def _phone(field: Field, today: date, long_way: Way) -> Way:
    shape = _MOBILE.fullmatch

    def way(cell: Cell) -> Value:
        return cell if type(cell) is str and shape(cell) is not None else long_way(cell)

    return way


def _bounds(field: Field) -> tuple[float, float]:
    """The field's bounds as floats, as wide as numbers may be where it has none."""
    low = -_LARGEST if field.minimum is None else float(field.minimum)
    high = _LARGEST if field.maximum is None else float(field.maximum)
    return low, high


def _integer(field: Field, today: date, long_way: Way) -> Way:
    low, high = _bounds(field)

    def way(cell: Cell) -> Value:
        if type(cell) is float and low <= cell <= high and cell.is_integer():
            return int(cell)
        return long_way(cell)

    return way


def _money(field: Field, today: date, long_way: Way) -> Way:
    low, high = _bounds(field)

    def way(cell: Cell) -> Value:
        if type(cell) is float and low <= cell <= high:
            scaled = cell * 100
            fen = round(scaled)
            if -1e-4 < scaled - fen < 1e-4:
                return fen
        return long_way(cell)

    return way


def _decimal(field: Field, today: date, long_way: Way) -> Way:
    low, high = _bounds(field)
    places = field.decimals

    def way(cell: Cell) -> Value:
        if type(cell) is float and low <= cell <= high:
            kept = round(cell, places)
            if -1e-9 < kept - cell < 1e-9:
                return Decimal(f"{kept:.{places}f}")
        return long_way(cell)

    return way


def _date(field: Field, today: date, long_way: Way) -> Way:
    last = today if field.not_future else date.max

    def way(cell: Cell) -> Value:
        if type(cell) is datetime:
            cell = cell.date()
        return cell if type(cell) is date and cell <= last else long_way(cell)

    return way


def column_way(
    field: Field, way: Way, remembered: Mapping[Cell, Value]
) -> Callable[[Sequence[Cell]], list[Value]]:
    """The way for a whole column: by memory where cells repeat, by the short way where most are different."""
    if field.type not in _DIFFERENT:
        return lambda cells: list(map(remembered.__getitem__, cells))
    if field.type not in (FieldType.TEXT, FieldType.LONG_TEXT):
        return lambda cells: [way(cell) for cell in cells]
    limit = length_limit(field)
    plainly = _is_name if field.name else _is_text

    def texts(cells: Sequence[Any]) -> list[Value]:
        if not field.name and _all_plain(cells, limit):
            bare: list[Value] = list(map(str.strip, cells))
            return [cell or way("") for cell in bare] if "" in bare else bare
        return [
            (cell.strip() or way(""))
            if type(cell) is str and len(cell) <= limit and plainly(cell)
            else way(cell)
            for cell in cells
        ]

    return texts


def _all_plain(cells: Sequence[Any], limit: int) -> bool:
    """Whether all are texts in which nothing has to be looked at twice; one look at all of them together."""
    if set(map(type, cells)) != {str} or max(map(len, cells)) > limit:
        return False
    together = "".join(cells)
    return "#" not in together and "+" not in together and is_clean(together)


_DIFFERENT = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.ID_NUMBER,
        FieldType.PHONE,
        FieldType.INTEGER,
        FieldType.MONEY,
        FieldType.DECIMAL,
    }
)
_MAKERS: dict[FieldType, Callable[[Field, date, Way], Way]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.ID_NUMBER: _id_number,
    FieldType.PHONE: _phone,
    FieldType.INTEGER: _integer,
    FieldType.MONEY: _money,
    FieldType.DECIMAL: _decimal,
    FieldType.DATE: _date,
}
