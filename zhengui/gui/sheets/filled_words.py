"""A filled value as a form's cell shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from zhengui.exchange.form_fill import CellValue
from zhengui.exchange.sheet_grid import shown_number
from zhengui.services.county_forms.keep_forms import SheetCell


def words_of(value: CellValue, kind: str = "") -> str:
    """A filled value in words; `kind` is what the cell shows: a day, a share, or nothing special."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return shown_number(value, kind) if kind else f"{value:f}"
    return str(value)


def as_cell(before: SheetCell, value: CellValue) -> SheetCell:
    """A cell with a value in it."""
    number = Decimal(value) if isinstance(value, int | Decimal) else None
    return replace(before, text=words_of(value, before.look.kind), formula="", number=number)
