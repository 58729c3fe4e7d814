"""Rows of a sheet written straight into XlsxWriter's stream: the same file, several times sooner."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from zhengui.catalogue.model import FieldType
from zhengui.values.parse import Value

_AT_ONCE = 500
#: Day 0 of a workbook's calendar, which counts a 29 February 1900 that never was.
_EPOCH = date(1899, 12, 30).toordinal()
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_|^\\s|\\s$")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_LONGEST = 16_000


def _text(value: str) -> str:
    """The inside of an inline string; what XML cannot hold is dropped, what it reads otherwise escaped."""
    if len(value) > _LONGEST:
        value = value[:_LONGEST]
    if _SPECIAL.search(value) is None:
        return f"<is><t>{value}</t></is></c>"
    value = _LOOKS_ESCAPED.sub(r"_x005F_\1", _FORBIDDEN.sub("", value))
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<is><t xml:space="preserve">{value}</t></is></c>'


def _yes_no(value: Value) -> str:
    return _text("是" if value else "否")


def _several(value: Any) -> str:
    return _text("、".join(map(str, value)))


def _month(value: Any) -> str:
    return _text(f"{value // 100:04d}-{value % 100:02d}")


def _number(value: Value) -> str:
    return f"<v>{value}</v></c>"


def _money(value: Any) -> str:
    return f"<v>{value / 100:.2f}</v></c>"


def _day(value: Any) -> str:
    return f"<v>{value.toordinal() - _EPOCH}</v></c>"


_NUMBERS: dict[FieldType, Callable[[Value], str]] = {
    FieldType.INTEGER: _number,
    FieldType.DECIMAL: _number,
    FieldType.YEAR: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _day,
}
_STRINGS: dict[FieldType, Callable[[Value], str]] = {
    FieldType.MONTH: _month,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICES: _several,
    FieldType.ATTACHMENT: _several,
}


class RowWriter:
    """Adds rows below the header of a sheet in constant-memory mode.

    XlsxWriter spends nine tenths of a row on choices that are the same for every cell of a column; here each
    column knows beforehand what its cells look like. The sheet must have been given nothing but its header, of
    `above` rows.
    """

    def __init__(self, sheet: Any, types: Sequence[FieldType], styles: Sequence[int], above: int = 1) -> None:
        from xlsxwriter.utility import xl_col_to_name

        sheet._write_single_row(above)  # flush the header, so that rows may follow it in the stream
        self._sheet, self._count, self._above, self._lines = sheet, 0, above, list[str]()
        self._columns: list[tuple[str, str, Callable[[Any], str]]] = []
        for index, (kind, style) in enumerate(zip(types, styles, strict=True)):
            start = f'<c r="{xl_col_to_name(index)}'
            if kind in _NUMBERS:
                self._columns.append((start, f'" s="{style}">', _NUMBERS[kind]))
            else:
                end = f'" s="{style}" t="inlineStr">'
                self._columns.append((start, end, _STRINGS.get(kind, _text)))

    def add(self, values: Sequence[Value]) -> None:
        """Add one row; None leaves its cell empty."""
        self._count += 1
        number = str(self._count + self._above)
        cells = [
            start + number + end + inside(value)
            for (start, end, inside), value in zip(self._columns, values, strict=True)
            if value is not None
        ]
        self._lines.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(self._lines) >= _AT_ONCE:
            self._flush()

    def finish(self) -> None:
        """Write what is waiting and tell the sheet how far it reaches."""
        self._flush()
        self._sheet.previous_row = self._count + self._above
        self._sheet.dim_rowmax = self._count + self._above - 1

    def _flush(self) -> None:
        self._sheet.fh.write("".join(self._lines))
        self._lines.clear()
