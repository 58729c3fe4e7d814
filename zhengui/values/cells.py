"""What a workbook's cell holds, as a person would have typed it: dates, numbers, percentages, faults."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from zhengui.catalogue.model import Field, FieldType
from zhengui.values.value import ValueMistake

_SIXTEEN_DIGITS = 10**15
#: Day 0 of a workbook's calendar, and the days of it that are dates rather than counts: 1954 to 2119.
_EPOCH = date(1899, 12, 30)
_DAY_NUMBERS = range(20_000, 80_001)
_TIMES = (FieldType.DATE, FieldType.MONTH, FieldType.YEAR)
_PROSE = (FieldType.TEXT, FieldType.LONG_TEXT)
_WORDS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PHONE)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number that its cell shows in percent: 0.85 shown as 85%."""

    share: float


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell whose formula gave no value: `code` is #DIV/0! and the like, or empty for a formula never worked out.

    `place` is the cell as the workbook calls it, such as C5.
    """

    code: str
    place: str


#: What a cell of a workbook can hold; an empty one is "" or None.
Cell = str | int | float | Decimal | date | time | timedelta | Percentage | Fault | None


def cell_text(field: Field, cell: Cell) -> str:
    """What a person would have typed for this cell.

    Raises ValueMistake for a cell whose meaning the workbook has already lost.
    """
    if isinstance(cell, str):
        # The mark that Excel hides before a text that looks like a number, typed where it is not hidden.
        typed = field.type not in _PROSE and cell[:1] in ("'", "‘", "’") and cell[1:2].isdigit()
        return cell[1:] if typed else cell
    if isinstance(cell, Fault):
        raise ValueMistake(_fault(cell))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, Percentage):
        return f"{_digits(round(cell.share * 100, 7))}%"
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time()
        return cell.date().isoformat() if field.type in _TIMES or at_midnight else cell.isoformat(" ")
    if isinstance(cell, int | float):
        return _number_text(field, cell)
    return str(cell)


def _fault(cell: Fault) -> str:
    if cell.code:
        return f"{cell.place} 是公式，结果是 {cell.code}。请改好公式，或直接填写。"
    return f"{cell.place} 是公式，还没有算出结果。请用 WPS 或 Excel 打开后重新保存，再导入。"


def _number_text(field: Field, cell: int | float) -> str:
    if not math.isfinite(cell):
        return str(cell)
    if abs(cell) >= _SIXTEEN_DIGITS and field.type is FieldType.ID_NUMBER:
        raise ValueMistake("身份证号码被存成了数字，后几位已经丢失。请把这一列设为文本格式，再重新填写号码。")
    if abs(cell) >= _SIXTEEN_DIGITS and field.type in _WORDS:
        raise ValueMistake(
            "超过 15 位的号码被存成了数字，后几位已经丢失。请把这一列设为文本格式，再重新填写。"
        )
    if field.type in (FieldType.DATE, FieldType.MONTH):
        return _time_text(field, cell)
    return _digits(cell)


def _time_text(field: Field, cell: int | float) -> str:
    """A number in a column of days or months: a workbook's count of days, or a day typed as a number."""
    if int(cell) in _DAY_NUMBERS:
        return (_EPOCH + timedelta(int(cell))).isoformat()
    text = _digits(cell)
    whole, _, fraction = text.partition(".")
    if field.type is FieldType.MONTH:
        if fraction == "1":
            raise ValueMistake(
                f"月份被存成了数字 {text}，分不清是 1 月还是 10 月。请把这一列设为文本格式，写成 {whole}-10 或 {whole}-01。"
            )
        return text
    # 3.10 typed as a number is kept as 3.1, 3.20 as 3.2, 3.30 as 3.3: those days can't be told from the first three.
    if fraction in ("1", "2", "3") or len(fraction) > 2:
        raise ValueMistake(f"日期被存成了数字 {text}，分不清是哪一天。请写成 2021-03-05。")
    return text


def _digits(cell: int | float) -> str:
    """The number as people write it, without a float's dust."""
    if cell == int(cell):
        return str(int(cell))
    kept = round(cell, 9)
    return f"{kept:f}".rstrip("0") if abs(cell) < 1e-4 else repr(kept)
